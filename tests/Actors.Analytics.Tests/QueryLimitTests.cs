using Actors.Analytics.Queries;
using Actors.Queries;

namespace Actors.Analytics;

/// <summary>A query is ended when nobody waits for it any more, and who asked too much is told from who had no turn.</summary>
public sealed class QueryLimitTests
{
    private readonly QueryLimit _limit = new(TimeSpan.FromMilliseconds(1), TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_query_that_runs_for_too_long_is_ended_and_named() => Assert.ThrowsAsync<QueryTooLongException>(
        () => _limit.RunAsync(_ => 0, async (read, cancel) =>
        {
            read(null!);
            await UntilAsync(cancel);
            return 0;
        }, Token));

    [Fact]
    public async Task A_query_whose_turn_did_not_come_has_not_asked_too_much()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _limit.RunAsync(_ => 0, async (_, cancel) =>
        {
            await UntilAsync(cancel);
            return 0;
        }, Token));
    }

    [Fact]
    public async Task A_query_whose_caller_has_gone_is_ended_too()
    {
        using var gone = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new QueryLimit(TimeSpan.FromDays(1), TimeProvider.System).RunAsync(_ => 0, async (read, cancel) =>
            {
                read(null!);
                await gone.CancelAsync();
                await UntilAsync(cancel);
                return 0;
            }, gone.Token));
    }

    private static Task UntilAsync(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
}
