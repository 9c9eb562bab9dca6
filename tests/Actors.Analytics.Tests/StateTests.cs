using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>Who slows senders down must know whether a read model is too slow, or busy with what it missed, or broken.</summary>
public sealed class StateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_catches_up_with_what_the_log_held_when_it_was_opened_and_follows_from_then_on()
    {
        await using var log = new TestLog();
        await log.AppendAsync(StreamId.ForTrace("before"), Noon, Named("before"));
        var (held, hold) = HeldLog.Around(log.Log);
        await using var model = new TestReadModel(log, instead: held);
        var status = await model.Analytics.GetStatusAsync(TestLog.Project, Token);
        Assert.Equal((AnalyticsState.CatchingUp, true), (status.State, status.Lag > TimeSpan.FromDays(1)));

        hold.Release();
        await model.ListAsync();
        Assert.Equal(AnalyticsState.Following, (await model.Analytics.GetStatusAsync(TestLog.Project, Token)).State);
    }

    [Fact]
    public async Task It_fails_while_it_cannot_go_on()
    {
        await using var log = new TestLog();
        await log.AppendAsync(StreamId.ForTrace("before"), Noon, Named("before"));
        var (failing, hold) = HeldLog.Around(log.Log, fails: true);
        await using var model = new TestReadModel(log, instead: failing);
        await model.Analytics.GetStatusAsync(TestLog.Project, Token);
        await hold.AskedAgain.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.Equal(AnalyticsState.Failing, (await model.Analytics.GetStatusAsync(TestLog.Project, Token)).State);

        hold.Release();
        await model.Analytics.ListTracesAsync(TestLog.Project, new TraceQuery(), Token);
        Assert.Equal(1, (await model.Analytics.ListTracesAsync(TestLog.Project, new TraceQuery(), Token)).TotalItems);
    }

    private static TraceEvent Named(string id) => new() { EventId = id, Timestamp = Noon, StartedAt = Noon, Name = id };
}
