namespace Actors.Web.Hubs;

/// <summary>Says that something is new. Whoever waits resets it first and looks afterwards, so that nothing is missed.</summary>
internal sealed class LiveSignal
{
    private TaskCompletionSource _set = New();

    public void Set() => Volatile.Read(ref _set).TrySetResult();

    public void Reset()
    {
        if (Volatile.Read(ref _set).Task.IsCompleted)
        {
            Volatile.Write(ref _set, New());
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => Volatile.Read(ref _set).Task.WaitAsync(cancellationToken);

    /// <summary>Waits until it is set, at most for a while.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        await Volatile.Read(ref _set).Task.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Lets through so many per second at most. The next moment counts from the one that was due, not from the one that came, so that
/// the delays of timers do not add up and drift away from what sets the pace.
/// </summary>
internal sealed class LivePace(TimeProvider time, TimeSpan interval)
{
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _due;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetElapsedTime(_start);
        var at = now > _due ? now : _due;
        if (at > now)
        {
            await Task.Delay(at - now, time, cancellationToken);
        }

        _due = at + interval;
    }
}
