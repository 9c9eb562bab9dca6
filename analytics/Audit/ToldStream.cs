using Actors.Analytics.Ingest;
using Actors.Tracing;

namespace Actors.Analytics.Audit;

/// <summary>A stream as its rows in the log tell it: folded whole, from the beginning.</summary>
internal sealed class ToldStream
{
    private readonly ModelBatch _rows;

    private ToldStream(StreamState state, ModelBatch rows) => (Stream, StreamPosition, LastPosition, _rows) =
        (state.Fold.Stream, state.StreamPosition, state.Fold.Position, rows);

    /// <summary>The stream.</summary>
    public StreamId Stream { get; }

    /// <summary>The position of its first row, which all its rows in the file carry.</summary>
    public long StreamPosition { get; }

    /// <summary>The position of its newest row: a file that holds less says nothing of it yet.</summary>
    public long LastPosition { get; }

    /// <summary>Its trace, when it is one.</summary>
    public IReadOnlyList<TraceRow> Traces => _rows.Traces;

    /// <summary>Its observations.</summary>
    public IReadOnlyList<ObservationRow> Observations => _rows.Observations;

    /// <summary>Its scores.</summary>
    public IReadOnlyList<ScoreRow> Scores => _rows.Scores;

    /// <summary>Folds what the log holds of a stream; null when it never existed.</summary>
    public static async Task<ToldStream?> ReadAsync(
        IEventLog log, IStreamFolder folder, ProjectId project, StreamId stream, CancellationToken cancellationToken)
    {
        var rows = await log.ReadStreamAsync(project, stream, LogText.With, cancellationToken);
        if (rows.Count == 0)
        {
            return null;
        }

        await folder.PrepareAsync(project, rows, cancellationToken);
        var state = StreamState.Load(folder, project, rows);
        var batch = new ModelBatch(0, 0);
        batch.AddAll(state);
        return new ToldStream(state, batch);
    }
}
