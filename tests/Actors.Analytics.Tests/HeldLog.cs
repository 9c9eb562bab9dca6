using System.Reflection;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>A log whose change feed waits, or fails, until it is released; everything else is the real one's.</summary>
// Not sealed: the proxy is a class derived from this one.
#pragma warning disable CA1852
internal class HeldLog : DispatchProxy
#pragma warning restore CA1852
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IEventLog _log = null!;
    private bool _fails;
    private int _calls;

    /// <summary>Completes when the feed was asked for a second time: then the first question has failed.</summary>
    public Task AskedAgain => _asked.Task;

    public static (IEventLog Log, HeldLog Hold) Around(IEventLog log, bool fails = false)
    {
        var proxy = Create<IEventLog, HeldLog>();
        var hold = (HeldLog)(object)proxy;
        (hold._log, hold._fails) = (log, fails);
        return (proxy, hold);
    }

    public void Release() => _released.TrySetResult();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IEventLog.ReadChangesAsync) && (int)args![2]! > 1
            ? FeedAsync((ProjectId)args[0]!, (long)args[1]!, (int)args[2]!, (CancellationToken)args[3]!)
            : targetMethod.Invoke(_log, args);

    private async Task<IReadOnlyList<LogRow>> FeedAsync(ProjectId project, long after, int rows, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) == 2)
        {
            _asked.TrySetResult();
        }

        if (_fails && !_released.Task.IsCompleted)
        {
            throw new IOException("The disk says no.");
        }

        await _released.Task.WaitAsync(cancellationToken);
        return await _log.ReadChangesAsync(project, after, rows, cancellationToken);
    }
}
