using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>While a read model is built it answers, says that its answer is not whole, and denies nothing that it has not read yet.</summary>
public sealed class PartialAnswerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_says_how_far_it_is_behind()
    {
        await using var log = new TestLog();
        var head = await log.AppendAsync(StreamId.ForTrace("a"), Noon, Named("a"));
        var (held, hold) = HeldLog.Around(log.Log);
        await using var model = new TestReadModel(log, configure: o => o.ReadWait = TimeSpan.Zero, instead: held);

        var page = await model.Analytics.ListTracesAsync(TestLog.Project, new TraceQuery(), Token);
        Assert.Equal((0L, head, true), (page.Watermark, page.Head, page.IsPartial()));

        hold.Release();
        await using var patient = new TestReadModel(log, Path.Combine(log.Directory, "other"));
        page = await patient.ListAsync();
        Assert.Equal((head, head, false), (page.Watermark, page.Head, page.IsPartial()));
    }

    [Fact]
    public async Task What_is_not_found_in_a_part_of_the_log_is_not_denied()
    {
        await using var log = new TestLog();
        await log.AppendAsync(StreamId.ForTrace("a"), Noon, Named("a"));
        var (held, _) = HeldLog.Around(log.Log);
        await using var model = new TestReadModel(log, configure: o => o.ReadWait = TimeSpan.Zero, instead: held);

        await Assert.ThrowsAsync<ReadModelBehindException>(() => model.Analytics.GetSessionAsync(TestLog.Project, "s", Token));
        await Assert.ThrowsAsync<ReadModelBehindException>(() => model.Analytics.GetObservationAsync(TestLog.Project, "o", Token));
        await Assert.ThrowsAsync<ReadModelBehindException>(() => model.Analytics.GetScoreAsync(TestLog.Project, "s", Token));

        await using var patient = new TestReadModel(log, Path.Combine(log.Directory, "other"));
        Assert.Null(await patient.Analytics.GetSessionAsync(TestLog.Project, "s", Token));
    }

    private static TraceEvent Named(string id) => new() { EventId = id, Timestamp = Noon, StartedAt = Noon, Name = id };
}
