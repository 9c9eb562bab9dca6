using Actors.Storage.Formats;
using Actors.Tracing;

namespace Actors.Storage.Sqlite;

/// <summary>One append on its way through the queue and the writer.</summary>
internal sealed class PendingAppend(LogAppend append, EncodedRow row)
{
    // Callers must never run on the writer's thread.
    private readonly TaskCompletionSource<AppendOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LogAppend Append { get; } = append;

    public EncodedRow Row { get; } = row;

    /// <summary>Known inside the transaction, told after its commit.</summary>
    public AppendOutcome Outcome { get; set; }

    /// <summary>Whether this attempt stored the row; false on conflict, and when an earlier attempt had stored it.</summary>
    public bool IsNew { get; set; }

    public Task<AppendOutcome> Done => _done.Task;

    public void Complete() => _done.TrySetResult(Outcome);

    public void Fail(Exception e) => _done.TrySetException(e);
}
