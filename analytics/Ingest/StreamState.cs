using Actors.Tracing;

namespace Actors.Analytics.Ingest;

/// <summary>The fold of one stream and the positions that its rows in the file carry.</summary>
internal sealed class StreamState(IStreamFold fold, long streamPosition)
{
    public IStreamFold Fold { get; } = fold;

    /// <summary>The position of the stream's first row.</summary>
    public long StreamPosition { get; } = streamPosition;

    /// <summary>The position of the row with which the trace became visible; null: it has only scores so far, or nothing.</summary>
    public long? TracePosition { get; private set; }

    /// <summary>Folds all rows that a stream has, from version 1.</summary>
    public static StreamState Load(IStreamFolder folder, ProjectId project, IReadOnlyList<LogRow> rows)
    {
        var fold = folder.Start(project, rows[0].Stream, LogText.With);
        fold.Load(rows);
        var state = new StreamState(fold, rows[0].Position);
        foreach (var row in rows)
        {
            state.Notice(row);
        }

        return state;
    }

    /// <summary>Folds the next row on top; false: the state is unusable.</summary>
    public bool TryApply(LogRow row, StreamChanges changes)
    {
        Notice(row);
        return Fold.TryApply(row, changes);
    }

    // A stream that has only scores is not a trace yet; this depends on the rows alone, so every rebuild says the same.
    private void Notice(LogRow row)
    {
        if (row.IsDeletion)
        {
            TracePosition = null;
        }
        else if (TracePosition is null && row.Stream.Kind == StreamKind.Trace && row.Events.Any(e => e is not (ScoreEvent or ScoreDeletedEvent)))
        {
            TracePosition = row.Position;
        }
    }
}
