using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Model;
using Actors.Web.Model.Live;
using static Actors.Components.Sample;

namespace Actors.Components;

public sealed class CourseTests
{
    private static LiveState State(params LiveSeries[] series) =>
        LiveState.From(new LiveSnapshot { Version = 1, At = T0, Series = series });

    private static Course Course(LiveState state, int after = 0) =>
        Web.Model.Live.Course.Of(state, TimeSpan.FromSeconds(60), T0.AddSeconds(after));

    [Fact]
    public void The_first_frame_begins_where_something_was_measured_and_shows_gaps()
    {
        var course = Course(State(Total(Point(-3, 4, 100), Point(-1, 2, 50)), Model("m", Point(-3, 4), Point(-1, 2))));
        var latency = PartsChart.Latency().Next(course);
        var requests = StackChart.Requests(LiveDimension.Model).Next(course);

        Assert.True(latency.Reset);
        Assert.Equal([100, null, 50, null], latency.Rows.Select(r => r[1]));
        Assert.Equal([4, 0, 2, 0], requests.Rows.Select(r => r[1]));
        Assert.Equal(Second(-3) * 1000d, latency.Rows[0][0]);
    }

    [Fact]
    public void Later_frames_hold_only_what_changed_and_what_is_new()
    {
        var state = State(Total([.. Enumerable.Range(-30, 30).Select(i => Point(i, 1, 10))]), Model("m", Point(-30, 1)));
        var (latencyChart, requestsChart) = (PartsChart.Latency(), StackChart.Requests(LiveDimension.Model));
        latencyChart.Next(Course(state));
        requestsChart.Next(Course(state));

        var next = state.Apply(Tick(2, 1, Total(Point(-20, 7, 70), Point(1, 1, 10)), Model("m", Point(-20, 7))))!;
        var latency = latencyChart.Next(Course(next, 1));
        var requests = requestsChart.Next(Course(next, 1));

        Assert.False(latency.Reset);
        Assert.Equal([Second(-20) * 1000d, Second(0) * 1000d, Second(1) * 1000d], latency.Rows.Select(r => r[0]!.Value));
        Assert.False(requests.Reset);
        Assert.Equal(7, requests.Rows[0][1]);
    }

    [Fact]
    public void Another_set_of_models_starts_the_stack_anew()
    {
        var state = State(Total(Point(-1, 1, 10)), Model("m", Point(-1, 1)));
        var chart = StackChart.Requests(LiveDimension.Model);
        chart.Next(Course(state));

        var requests = chart.Next(Course(state.Apply(Tick(2, 0, Total(Point(0, 3, 10)), Model("n", Point(0, 2))))!));

        Assert.True(requests.Reset);
        Assert.Equal(["m", "n"], requests.Series);
    }

    [Fact]
    public void Beyond_eight_models_the_rest_is_summed()
    {
        var models = Enumerable.Range(0, 12).Select(i => Model($"m{i:00}", Point(-1, 100 - i))).ToArray();

        var requests = StackChart.Requests(LiveDimension.Model).Next(Course(State([Total(Point(-1, 1, 1)), .. models])));

        Assert.Equal(9, requests.Series.Count);
        Assert.Equal(LiveSeriesKey.Other, requests.Series[^1]);
        Assert.Equal(92 + 91 + 90 + 89, requests.Rows[0][9]);
        Assert.Equal(0, requests.Colors[^1]);
    }

    [Fact]
    public void History_is_drawn_as_rates_per_second()
    {
        var query = new HistoryQuery { From = T0.AddMinutes(-10), To = T0, Step = TimeSpan.FromSeconds(60) };
        var history = new HistoryWindow(9, query.Step, [Point(-600, 120, 10), Point(-60, 60, 20)], [Model("m", Point(-600, 120), Point(-60, 60))], LiveStats.Empty, LiveStats.Empty);

        var course = Web.Model.Live.Course.Of([history], query, open: false);
        var latency = PartsChart.Latency().Next(course);
        var requests = StackChart.Requests(LiveDimension.Model).Next(course);

        Assert.Equal(10, requests.Rows.Count);
        Assert.Equal(2, requests.Rows[0][1]);
        Assert.Equal(1, requests.Rows[^1][1]);
        Assert.False(latency.Open);
    }

    [Fact]
    public void The_tiles_say_rates_shares_and_changes()
    {
        var now = new LiveStats { Requests = 600, Observations = 1000, Errors = 10, TotalTokens = 60_000, CostUsd = 0.24m, LatencyP95Ms = 1257, Scores = [new("helpfulness", 10, 8.7, P10: -0.25, P50: 0.9012, P90: 1)] };
        var then = now with { Requests = 500, Errors = 20, LatencyP95Ms = 1300 };
        var yesterday = now with { Requests = 1200, CostUsd = 0.2m };
        var state = LiveState.From(new LiveSnapshot { Version = 1, At = T0, Windows = [Sample.Window(now, then) with { Yesterday = yesterday }] });

        var tiles = LiveTiles.Of(Course(state), score: null).ToDictionary(t => t.Key);

        Assert.Equal(new Quantity("10", "/s"), tiles["requests"].Value);
        Assert.Equal(new Delta("+20.0%", ""), tiles["requests"].Delta);
        Assert.Equal(new Delta("−50.0%", ""), tiles["requests"].Yesterday);
        Assert.Equal(new Delta("+20.0%", "bad"), tiles["spend"].Yesterday);
        Assert.Equal(new Quantity("1,257", "ms"), tiles["latency"].Value);
        Assert.Equal("good", tiles["latency"].Delta.Tone);
        Assert.Equal(new Quantity("1.00", "%"), tiles["errors"].Value);
        Assert.Equal(new Delta("−1.0 pt", "good"), tiles["errors"].Delta);
        Assert.Equal(new Quantity("0.2400", "$/min"), tiles["spend"].Value);
        Assert.Equal(new Quantity("0.87", ""), tiles["quality"].Value);
        Assert.Equal(("median 0.90", "-0.25 … 1.00"), (tiles["quality"].Spread!.Median, tiles["quality"].Spread!.Ends));
        Assert.All(tiles.Values.Where(t => t.Key != "quality"), t => Assert.Null(t.Spread));
    }

    [Fact]
    public void Yes_and_no_have_a_share_and_no_spread()
    {
        var state = LiveState.From(new LiveSnapshot { Version = 1, At = T0, Windows = [Sample.Window(new LiveStats { Scores = [new("resolved", 4, 3)] }, null)] });

        var quality = LiveTiles.Of(Course(state), score: null).Single(t => t.Key == "quality");

        Assert.Equal("0.75", quality.Value.Value);
        Assert.Null(quality.Spread);
    }

    [Fact]
    public void The_score_of_the_address_stands_for_quality()
    {
        var stats = new LiveStats { Scores = [new("helpfulness", 10, 8), new("tone", 2, 1), new("tone", 2, 2, ScoreSource.Eval)] };
        var state = LiveState.From(new LiveSnapshot { Version = 1, At = T0, Windows = [Sample.Window(stats, null)] });

        var quality = LiveTiles.Of(Course(state), "tone").Single(t => t.Key == "quality");

        Assert.Equal(("Quality · tone", "0.75"), (quality.Label, quality.Value.Value));
    }

    [Fact]
    public void Requests_are_told_apart_by_name_status_and_tokens()
    {
        var stats = new LiveStats { Requests = 5, Observations = 8, Errors = 2, InputTokens = 100, OutputTokens = 30, TotalTokens = 150 };
        var point = new LivePoint { Second = Second(-1), Stats = stats };
        var course = Course(State(Total(point), new LiveSeries(new LiveSeriesKey(LiveDimension.TraceName, "chat"), [point])));

        var name = StackChart.Requests(LiveDimension.TraceName).Next(course);
        var status = PartsChart.Status().Next(course);
        var tokens = PartsChart.Tokens().Next(course);

        Assert.Equal(["chat"], name.Series);
        Assert.Equal(5, name.Rows[0][1]);
        Assert.Equal((2, 6), ((int)status.Rows[0][1]!, (int)status.Rows[0][2]!));
        Assert.Equal([100, 30, 20], tokens.Rows[0].Skip(1).Select(n => (int)n!));
        Assert.Equal([0, 0], status.Rows[1].Skip(1).Select(n => (int)n!));
    }

    [Fact]
    public void Spend_is_told_per_minute_and_scores_by_their_quantiles()
    {
        var stats = new LiveStats { CostUsd = 0.02m, Scores = [new("tone", 4, 3, P10: 0.1, P50: 0.8, P90: 0.9), new("fine", 2, 1)] };
        var point = new LivePoint { Second = Second(-1), Stats = stats };
        var course = Course(State(Total(point), Model("m", point)));

        Assert.Equal(1.2, StackChart.Spend().Next(course).Rows[0][1]);
        Assert.Equal([0.1, 0.8, 0.9], PartsChart.Score("tone", hasSpread: true).Next(course).Rows[0].Skip(1));
        Assert.Equal([0.5, null], PartsChart.Score("fine", hasSpread: false).Next(course).Rows.Select(r => r[1]));
    }

    [Fact]
    public void A_window_in_which_nothing_happened_has_no_latency_and_no_quality()
    {
        var tiles = LiveTiles.Of(Course(State()), score: null).ToDictionary(t => t.Key);

        Assert.Equal("–", tiles["latency"].Value.Value);
        Assert.Equal("–", tiles["quality"].Value.Value);
        Assert.Equal("–", tiles["errors"].Value.Value);
        Assert.Equal("0", tiles["requests"].Value.Value);
        Assert.All(tiles.Values, t => Assert.Equal("", t.Delta.Text));
    }

    [Theory]
    [InlineData("1h", 30)]
    [InlineData("24h", 600)]
    [InlineData("30d", 21_600)]
    public void Longer_windows_choose_buckets_that_the_read_model_takes(string range, int step)
    {
        var query = HistoryWindows.Query(TimeRange.Parse(range, TimeRange.Day), T0.AddSeconds(17), LiveFilter.Everything);

        Assert.Equal(step, query.Step.TotalSeconds);
        Assert.Equal(0, query.From.ToUnixTimeSeconds() % step);
        Assert.True((query.To - query.From) / query.Step <= 1500);
        Assert.True(HistoryWindows.Heat(TimeRange.Parse(range, TimeRange.Day), T0, LiveFilter.Everything) is var heat && (heat.To - heat.From) / heat.Step <= 120);
    }

    [Fact]
    public void The_heat_map_leaves_out_latencies_that_nobody_had()
    {
        var query = new HeatmapQuery { From = T0.AddMinutes(-3), To = T0, Step = TimeSpan.FromMinutes(1) };
        var bounds = Enumerable.Range(0, 30).Select(i => 10 * Math.Pow(1.5, i)).ToList();

        var frame = HeatFrame.Of(new LatencyHeatmap(query.From, query.Step, bounds, [new(0, 10, 5), new(2, 12, 7), new(9, 12, 1)]), query);

        Assert.Equal(3, frame.Rows.Count);
        Assert.Equal(8, frame.Series.Count);
        Assert.Equal(bounds.Skip(9).Take(8), HeatFrame.Bounds(new LatencyHeatmap(query.From, query.Step, bounds, [new(0, 10, 5), new(2, 12, 7)])));
        Assert.Equal(5, frame.Rows[0][2]);
        Assert.Equal(7, frame.Rows[2][4]);
        Assert.Null(frame.Rows[1][2]);
    }
}
