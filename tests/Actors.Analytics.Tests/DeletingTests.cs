using Actors.Analytics.Ingest;
using Actors.Queries;
using Actors.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Analytics;

/// <summary>What was deleted is in no answer, however far the file was behind when it happened.</summary>
public sealed class DeletingTests
{
    private static readonly StreamId Trace = StreamId.ForTrace("trace-1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(64L << 20)]
    [InlineData(0)]
    public async Task A_deleted_trace_leaves_lists_scores_and_its_session_when_it_was_the_last(long foldCacheBytes)
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log, configure: options => options.FoldCacheBytes = foldCacheBytes);
        var second = StreamId.ForTrace("trace-2");
        await log.AppendAsync(Trace, Traffic.Start, Said("trace-1", "session-1"), Step("o-1"), Scored("s-1"));
        await log.AppendAsync(second, Traffic.Start, Said("trace-2", "session-1"), Step("o-2"));
        Assert.Equal(2, (await model.ListAsync()).TotalItems);

        await log.DeleteAsync(Trace, Traffic.Start);
        Assert.Equal("trace-2", Assert.Single((await model.ListAsync()).Items).Id);
        Assert.Null(await model.Analytics.GetObservationAsync(TestLog.Project, "o-1", Token));
        Assert.NotNull(await model.Analytics.GetObservationAsync(TestLog.Project, "o-2", Token));
        Assert.NotNull(await model.Analytics.GetSessionAsync(TestLog.Project, "session-1", Token));

        await log.DeleteAsync(second, Traffic.Start);
        Assert.Null(await model.Analytics.GetSessionAsync(TestLog.Project, "session-1", Token));
        Assert.Empty((await model.Analytics.ListSessionsAsync(TestLog.Project, new SessionQuery(), Token)).Items);
        Assert.Equal(["== meta", "== traces", "== observations", "== scores"], (await model.DumpAsync()).Split('\n').Where(l => l.StartsWith("==", StringComparison.Ordinal) || l.Contains("trace-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_deleted_score_is_no_longer_among_those_of_its_trace()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        await log.AppendAsync(Trace, Traffic.Start, Said("trace-1", null), Scored("s-1"), Scored("s-2"));
        await model.ListAsync();

        await log.AppendAsync(Trace, Traffic.Start, new ScoreDeletedEvent { EventId = "d", Timestamp = Traffic.Start, ScoreId = "s-1" });

        Assert.Equal(1, Assert.Single((await model.ListAsync()).Items).Summary.Scores);
        var page = await model.Analytics.ListTracesWithChildrenAsync(TestLog.Project, new TraceQuery(), Token);
        Assert.Equal(["s-2"], page.Children["trace-1"].ScoreIds);
    }

    /// <summary>
    /// Goal: a follower that has read rows of the feed which are deleted before it can fold them goes on as if nothing had
    /// happened. Method: the rows are read, then deleted, then folded and committed, once with and once without what the
    /// stream was reborn with.
    /// </summary>
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 64L << 20)]
    [InlineData(true, 0)]
    [InlineData(true, 64L << 20)]
    public async Task Rows_that_are_deleted_while_they_are_folded_do_no_harm(bool isReborn, long foldCacheBytes)
    {
        await using var log = new TestLog();
        var file = new Schema.ProjectFile(
            Path.Combine(log.Directory, "direct", $"{TestLog.Project.Value}.duckdb"), new AnalyticsOptions(), NullLogger.Instance);
        var (connection, watermark) = file.Open(TestLog.Project, log.Log);
        using (connection)
        {
            var writer = new BatchWriter(connection);
            var folder = new BatchFolder(TestLog.Project, log.Log, log.Folder, new FoldCache(foldCacheBytes));
            await log.AppendAsync(Trace, Traffic.Start, Said("trace-1", "session-1"), Step("o-1"), Scored("s-1"));
            watermark = await CommitAsync(await ReadAsync());
            await log.AppendAsync(Trace, Traffic.Start.AddSeconds(-9), Step("o-1"), Step("o-2"));
            var overtaken = await ReadAsync();

            await log.DeleteAsync(Trace, Traffic.Start);
            if (isReborn)
            {
                await log.AppendAsync(Trace, Traffic.Start, Said("trace-1", "session-2"));
                await log.DeleteAsync(Trace, Traffic.Start);
                await log.AppendAsync(Trace, Traffic.Start, Step("o-3"));
            }

            watermark = await CommitAsync(overtaken);
            await CommitAsync(await ReadAsync());

            async Task<IReadOnlyList<LogRow>> ReadAsync() => await log.Log.ReadChangesAsync(TestLog.Project, watermark, 100, Token);

            async Task<long> CommitAsync(IReadOnlyList<LogRow> rows)
            {
                var batch = await folder.FoldAsync(watermark, rows, Token);
                writer.Commit(batch);
                return batch.To;
            }
        }

        await using var live = new TestReadModel(log, Path.Combine(log.Directory, "direct"));
        await using var rebuilt = new TestReadModel(log, Path.Combine(log.Directory, "rebuilt"));
        Assert.Equal(isReborn ? 1 : 0, (await live.ListAsync()).TotalItems);
        Assert.Equal(await rebuilt.DumpAsync(), await live.DumpAsync());
    }

    private static TraceEvent Said(string trace, string? session) => new()
    {
        EventId = "said-" + trace,
        Timestamp = Traffic.Start,
        Name = trace,
        SessionId = session,
    };

    private static ObservationEvent Step(string id) => new() { EventId = "step-" + id, Timestamp = Traffic.Start, ObservationId = id };

    private static ScoreEvent Scored(string id) => new()
    {
        EventId = "scored-" + id, Timestamp = Traffic.Start, ScoreId = id, Name = "n", DataType = ScoreDataType.Numeric, Value = 1,
    };
}
