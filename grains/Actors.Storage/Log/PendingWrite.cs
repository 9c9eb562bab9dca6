using Actors.Storage.Formats;
using Actors.Tracing;

namespace Actors.Storage.Log;

/// <summary>One call on its way through the queue and the writer.</summary>
internal abstract class PendingWrite
{
    // Callers must never run on the writer's thread.
    private readonly TaskCompletionSource<AppendOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public abstract ProjectId Project { get; }

    /// <summary>What it weighs in the queue.</summary>
    public abstract long Length { get; }

    /// <summary>Whether stored text goes with it.</summary>
    public abstract bool Erases { get; }

    /// <summary>Known inside the transaction, told after its commit.</summary>
    public AppendOutcome Outcome { get; set; }

    /// <summary>Whether this attempt stored the row; false on conflict, and when an earlier attempt had stored it.</summary>
    public bool IsNew { get; set; }

    public Task<AppendOutcome> Done => _done.Task;

    public void Complete() => _done.TrySetResult(Outcome);

    public void Fail(Exception e) => _done.TrySetException(e);
}

/// <summary>A row to append.</summary>
/// <param name="append">What its caller said.</param>
/// <param name="row">The row's blobs.</param>
/// <param name="redaction">What must leave the earlier rows; null: nothing.</param>
internal sealed class PendingAppend(LogAppend append, EncodedRow row, Redaction? redaction = null) : PendingWrite
{
    public LogAppend Append { get; } = append;

    public EncodedRow Row { get; } = row;

    public Redaction? Redaction { get; } = redaction;

    public override ProjectId Project => Append.Project;

    public override long Length => Row.Length + (Redaction?.Length ?? 0);

    public override bool Erases => Redaction is not null;
}

/// <summary>A stream to delete.</summary>
/// <param name="deletion">What its caller said.</param>
/// <param name="remains">What the log must remember or clean up.</param>
internal sealed class PendingDeletion(LogDeletion deletion, StreamRemains remains) : PendingWrite
{
    public LogDeletion Deletion { get; } = deletion;

    public StreamRemains Remains { get; } = remains;

    public override ProjectId Project => Deletion.Project;

    public override long Length => Remains.AppendIds.Length;

    public override bool Erases => true;
}
