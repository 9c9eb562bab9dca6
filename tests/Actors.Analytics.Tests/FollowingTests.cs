using Actors.Live;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>The read model follows the log: what is appended is listed, once, with its newest values.</summary>
public sealed class FollowingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_right_after_an_append_sees_it()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        for (var i = 0; i < 20; i++)
        {
            var position = await log.AppendAsync(StreamId.ForTrace($"trace-{i}"), Noon, Named($"trace-{i}", "first", i));

            var page = await model.ListAsync();

            Assert.Equal(i + 1, page.TotalItems);
            Assert.Equal($"trace-{i}", page.Items[0].Id);
            Assert.True(page.Watermark >= position);
        }
    }

    [Fact]
    public async Task A_running_observation_ends_and_stays_one()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        var stream = StreamId.ForTrace("trace-1");
        await log.AppendAsync(stream, Noon, Step("started", 0) with { StartTime = Noon, IsCreate = true, Type = ObservationType.Generation });
        Assert.Equal(1, Assert.Single((await model.ListAsync()).Items).Summary.Running);

        await log.AppendAsync(stream, Noon.AddSeconds(2), Step("ended", 2) with { EndTime = Noon.AddSeconds(2) });

        var trace = Assert.Single((await model.ListAsync()).Items);
        Assert.Equal(0, trace.Summary.Running);
        Assert.Equal(TimeSpan.FromSeconds(2), trace.Summary.Latency);
        var observations = await model.Analytics.ListObservationsAsync(TestLog.Project, new ObservationQuery(), Token);
        Assert.Equal(Noon.AddSeconds(2), Assert.Single(observations.Items).EndTime);
    }

    [Fact]
    public async Task A_late_event_and_a_repeated_one_change_nothing_newer()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        var stream = StreamId.ForTrace("trace-1");
        var newest = Named("trace-1", "newest", 10);
        await log.AppendAsync(stream, Noon, newest);
        await model.ListAsync();
        await log.AppendAsync(stream, Noon.AddSeconds(1), Named("trace-1", "older", 5) with { UserId = "user-late" });
        await log.AppendAsync(stream, Noon.AddSeconds(2), newest);

        var trace = Assert.Single((await model.ListAsync()).Items);

        Assert.Equal("newest", trace.Name);
        Assert.Equal("user-late", trace.UserId);
    }

    [Fact]
    public async Task Hostile_and_huge_text_comes_back_as_it_was()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        var huge = $"\"{new string('x', 1 << 20)}é🙂\"";
        var named = Named("trace-1", "a\0b\0'\"; DROP TABLE traces; -- \uFDD0\uFDD1", 0) with { Input = huge, Tags = ["\0", "x\0y"] };
        await log.AppendAsync(StreamId.ForTrace("trace-1"), Noon, named);

        var trace = Assert.Single((await model.ListAsync(new TraceQuery
        {
            Filter = Filter.All(Filter.Equal("name", named.Name!), Filter.OneOf(FilterCatalog.Traces.Find("tags")!, null, ["x\0y"])),
        })).Items);

        Assert.Equal(named.Name, trace.Name);
        Assert.Equal(huge, trace.Input);
        Assert.Equal(named.Tags, trace.Tags);
    }

    [Fact]
    public async Task Numbers_beyond_all_reason_do_not_stop_the_feed()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        await log.AppendAsync(StreamId.ForTrace("trace-1"), Noon, Step("absurd", 0) with
        {
            Type = ObservationType.Generation,
            StartTime = DateTimeOffset.MinValue,
            EndTime = DateTimeOffset.MaxValue.AddTicks(-9999),
            Usage = [new("input", long.MaxValue), new("total", long.MaxValue)],
            Cost = [new("total", decimal.MaxValue)],
        });
        await log.AppendAsync(StreamId.ForTrace("trace-2"), Noon, Step("absurd too", 0) with { Type = ObservationType.Generation, Usage = [new("total", long.MaxValue)] });
        await log.AppendAsync(StreamId.ForTrace("trace-3"), Noon, Named("trace-3", "sane", 0));

        Assert.Equal(3, (await model.ListAsync()).TotalItems);
        var range = new LiveRange(Noon.AddDays(-1).ToUnixTimeSeconds(), Noon.AddDays(1).ToUnixTimeSeconds());
        var sums = await model.Analytics.GetLiveSumsAsync(TestLog.Project, new LiveSumsQuery { Ranges = [range], LatestTraces = 50 }, Token);
        Assert.Equal(3, sums.LatestTraces.Count);
    }

    [Fact]
    public async Task A_list_that_must_not_jump_shows_what_had_begun()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        await log.AppendAsync(StreamId.ForTrace("old"), Noon, Named("old", "a", 0));
        await log.AppendAsync(StreamId.ForTrace("scored"), Noon, new ScoreEvent
        {
            EventId = "s", Timestamp = Noon, ScoreId = "s", Name = "n", DataType = ScoreDataType.Numeric, Value = 1,
        });
        var seen = await model.ListAsync();
        Assert.Equal("old", Assert.Single(seen.Items).Id);
        await log.AppendAsync(StreamId.ForTrace("old"), Noon.AddSeconds(1), Named("old", "b", 1));
        await log.AppendAsync(StreamId.ForTrace("scored"), Noon.AddSeconds(1), Named("scored", "c", 1));

        var same = await model.ListAsync(new TraceQuery { FirstPositionUpTo = seen.Watermark });
        var news = await model.ListAsync(new TraceQuery { FirstPositionAfter = seen.Watermark });

        Assert.Equal("b", Assert.Single(same.Items).Name);
        Assert.Equal("scored", Assert.Single(news.Items).Id);
    }

    [Fact]
    public async Task The_status_says_how_far_behind_the_file_is()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        var position = await log.AppendAsync(StreamId.ForTrace("trace-1"), Noon, Named("trace-1", "a", 0));
        await model.ListAsync();

        var status = await model.Analytics.GetStatusAsync(TestLog.Project, Token);

        Assert.Equal(new AnalyticsStatus(position, position, TimeSpan.Zero), status with { Audit = null });
    }

    [Fact]
    public async Task More_projects_than_may_be_open_are_all_answered()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log, configure: options => options.MaxOpenProjects = 2);
        await log.AppendAsync(StreamId.ForTrace("trace-1"), Noon, Named("trace-1", "a", 0));
        var projects = Enumerable.Range(0, 6).Select(i => new ProjectId($"other-{i}")).Append(TestLog.Project).ToList();

        var pages = await Task.WhenAll(projects.SelectMany(project => Enumerable.Range(0, 4).Select(_ =>
            model.Analytics.ListTracesAsync(project, new TraceQuery(), Token))));

        Assert.Equal(4, pages.Sum(page => page.TotalItems));
    }

    [Fact]
    public async Task A_project_without_rows_answers_every_question_with_nothing()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        var analytics = model.Analytics;
        var to = Noon.AddMinutes(10);

        Assert.Empty((await model.ListAsync()).Items);
        Assert.Empty((await analytics.ListObservationsAsync(TestLog.Project, new ObservationQuery(), Token)).Items);
        Assert.Empty((await analytics.ListSessionsAsync(TestLog.Project, new SessionQuery(), Token)).Items);
        Assert.Empty((await analytics.CountTracesAsync(TestLog.Project, new TraceQuery(), ["name"], Token))[0].Values);
        Assert.Empty((await analytics.GetLiveSumsAsync(TestLog.Project, new LiveSumsQuery { Ranges = [LiveRange.AllTime] }, Token)).Buckets);
        var history = await analytics.GetHistoryAsync(TestLog.Project, new HistoryQuery { From = Noon, To = to, Step = TimeSpan.FromMinutes(1) }, Token);
        Assert.Equal(0, history.Current.Observations + history.Previous.Observations + history.Total.Count + history.Series.Count);
        var map = await analytics.GetLatencyHeatmapAsync(TestLog.Project, new HeatmapQuery { From = Noon, To = to, Step = TimeSpan.FromMinutes(1) }, Token);
        Assert.Empty(map.Cells);
        Assert.Equal(new AnalyticsStatus(0, 0, TimeSpan.Zero), (await analytics.GetStatusAsync(TestLog.Project, Token)) with { Audit = null });
    }

    private static TraceEvent Named(string id, string name, int second) => new()
    {
        EventId = $"{id}-{name.Length}-{second}",
        Timestamp = Noon.AddSeconds(second),
        StartedAt = Noon.AddSeconds(second),
        Name = name,
    };

    private static ObservationEvent Step(string id, int second) => new()
    {
        EventId = id,
        Timestamp = Noon.AddSeconds(second),
        ObservationId = "step-1",
    };
}
