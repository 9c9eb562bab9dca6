using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Clusters;

/// <summary>
/// A clock that only tests move. Short pauses, which gather or retry, pass at once and do not move it, so that a test awaits
/// what follows them and drives nothing.
/// </summary>
internal sealed class StillClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime > TimeSpan.Zero && dueTime <= Short && period == Timeout.InfiniteTimeSpan
            ? System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period)
            : base.CreateTimer(callback, state, dueTime, period);
}
