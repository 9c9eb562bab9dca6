using Actors.Tracing;

namespace Actors.Analytics.Ingest;

/// <summary>A trace to write.</summary>
/// <param name="Record">The trace.</param>
/// <param name="Version">The version of its stream.</param>
/// <param name="StreamPosition">The position of the first row of its stream, which its observations and scores carry too.</param>
/// <param name="FirstPosition">The position of the row with which it became a visible trace.</param>
/// <param name="LastPosition">The position of its newest row.</param>
internal readonly record struct TraceRow(TraceRecord Record, long Version, long StreamPosition, long FirstPosition, long LastPosition);

/// <summary>An observation to write.</summary>
/// <param name="Record">The observation.</param>
/// <param name="StreamPosition">The position of the first row of its stream, which lets a delete skip most of the file.</param>
internal readonly record struct ObservationRow(ObservationRecord Record, long StreamPosition);

/// <summary>A score to write.</summary>
/// <param name="Record">The score.</param>
/// <param name="Stream">The stream that holds it.</param>
/// <param name="StreamPosition">The position of the first row of its stream.</param>
internal readonly record struct ScoreRow(ScoreRecord Record, StreamId Stream, long StreamPosition);

/// <summary>
/// What one commit changes: stale rows go, then rows come. A row that is new to the file is only appended; one that is
/// written again is also stale.
/// </summary>
internal sealed class ModelBatch(long from, long to)
{
    /// <summary>The watermark that the file must have before.</summary>
    public long From { get; } = from;

    /// <summary>The watermark that it has afterwards.</summary>
    public long To { get; } = to;

    public List<TraceRow> Traces { get; } = [];

    public List<ObservationRow> Observations { get; } = [];

    public List<ScoreRow> Scores { get; } = [];

    /// <summary>Traces that are written again, with their first position.</summary>
    public List<(string TraceId, long FirstPosition)> StaleTraces { get; } = [];

    /// <summary>Observations that are written again.</summary>
    public List<(string TraceId, string Id, long StreamPosition)> StaleObservations { get; } = [];

    /// <summary>Scores that are written again.</summary>
    public List<(StreamId Stream, string Id, long StreamPosition)> StaleScores { get; } = [];

    /// <summary>Streams that are written again as a whole.</summary>
    public List<(StreamId Stream, long StreamPosition)> StaleStreams { get; } = [];

    /// <summary>Streams that were deleted; what comes of them in this batch came after that.</summary>
    public List<(StreamId Stream, long StreamPosition)> DeletedStreams { get; } = [];

    /// <summary>Streams that are written again because their rows were wrong: all goes that bears their name, wherever it is.</summary>
    public List<StreamId> MendedStreams { get; } = [];

    /// <summary>The number of rows that come.</summary>
    public int Count => Traces.Count + Observations.Count + Scores.Count;

    /// <summary>Adds all that a stream folds to.</summary>
    public void AddAll(StreamState state)
    {
        AddTrace(state);
        foreach (var observation in state.Fold.GetObservations())
        {
            Observations.Add(new ObservationRow(observation, state.StreamPosition));
        }

        foreach (var score in state.Fold.GetScores())
        {
            Scores.Add(new ScoreRow(score, state.Fold.Stream, state.StreamPosition));
        }
    }

    /// <summary>Adds the trace of a stream, when it is one.</summary>
    public void AddTrace(StreamState state)
    {
        if (state.TracePosition is { } position && state.Fold.GetTrace() is { } trace)
        {
            Traces.Add(new TraceRow(trace, state.Fold.Version, state.StreamPosition, position, state.Fold.Position));
        }
    }
}
