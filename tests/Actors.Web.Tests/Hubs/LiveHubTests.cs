using System.Net;
using System.Text.Json;
using Actors.Contracts;
using Actors.Live;
using Actors.Testing.Processes;
using Actors.Tracing;
using Actors.Web.Hubs;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Web.Tests.Hubs.LiveSamples;

namespace Actors.Web.Tests.Hubs;

/// <summary>The hub as a client meets it: real Kestrel, the real client, a live edge that says what the test tells it to.</summary>
public sealed class LiveHubTests : IAsyncLifetime
{
    private ApiServer _server = null!;

    private FakeMetrics Metrics => _server.Grains.Metrics("one");

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartOwnAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task A_subscriber_gets_the_whole_and_then_what_changes(HttpTransportType transport)
    {
        Metrics.Snapshot = new LiveSnapshot { Version = 7, At = Start, Windows = [Window(3), Window(9, LiveWindows.FiveMinutes)], Feed = [Trace("t1")], TracesSeen = 40 };
        await using var hub = await _server.ConnectAsync(transport: transport);
        await using var reader = hub.Watch(new LiveSubscribe { Rate = 10, Feed = 5, Compare = true, Distributions = true });

        var whole = await reader.NextAsync<LiveSnapshotMessage>();
        Assert.Equal((7, LiveProtocol.Version, 40, false), (whole.Version, whole.Protocol, whole.TracesSeen, whole.Stale));
        var window = Assert.Single(whole.Windows);
        Assert.Equal(("total", "", "1m", Start.ToUnixTimeSeconds(), false), (window.By, window.Value, window.Window, window.From, window.Waiting));
        Assert.Equal((3, 4, 5), (window.Current.Requests, window.Previous!.Requests, window.Yesterday!.Requests));
        Assert.Equal((0.0375m, 1235d), (window.Current.CostUsd, window.Current.LatencyP50Ms));
        Assert.Equal([new LiveScoreSumBody("helpful", "API", null, 3, 1.5, -0.1235, 0.5, 1)], window.Current.Scores);
        Assert.Equal(["t1"], whole.Feed!.Select(t => t.Id));
        Assert.Null(whole.Series);

        await Metrics.TickAsync(Tick(8, 5) with { Feed = [Trace("t2", second: 1)] });
        var tick = await reader.NextAsync<LiveTickMessage>();
        Assert.Equal((8, 7, 59d), (tick.Version, tick.Since, tick.LagMs));
        Assert.Equal(5, Assert.Single(tick.Windows!).Current.Requests);
        Assert.Equal(["t2"], tick.Feed!.Select(t => t.Id));
        Assert.Null(tick.Left);

        await Metrics.TickAsync(Tick(9, 5) with { Feed = [Trace("t1", version: 2) with { IsDeleted = true }] });
        var next = await reader.NextAsync<LiveTickMessage>();
        Assert.Equal(["t1"], next.Left);
        Assert.Null(next.Feed);
        Assert.Null(next.Windows);
    }

    [Fact]
    public async Task Seconds_are_told_to_whoever_asks_for_them_and_only_those_that_changed()
    {
        Metrics.Snapshot = new LiveSnapshot
        {
            Version = 1,
            At = Start,
            Series = [new LiveSeries(LiveSeriesKey.Total, [Point(0, 1)]), new LiveSeries(OfModel("gpt-4o"), [Point(0, 1)])],
        };
        await using var hub = await _server.ConnectAsync();
        await using var total = hub.Watch(new LiveSubscribe { Rate = 10, Points = true });
        await using var models = hub.Watch(new LiveSubscribe { Rate = 10, Points = true, By = ["model"] });
        Assert.Equal(["total"], (await total.NextAsync<LiveSnapshotMessage>()).Series!.Select(s => s.By));
        Assert.Equal(["total ", "model gpt-4o"], (await models.NextAsync<LiveSnapshotMessage>()).Series!.Select(s => $"{s.By} {s.Value}"));

        await Metrics.TickAsync(Tick(2) with { Changed = [new LiveSeries(OfModel("gpt-4o"), [Point(1, 4)])] });

        Assert.Null((await total.NextAsync<LiveTickMessage>()).Series);
        var series = Assert.Single((await models.NextAsync<LiveTickMessage>()).Series!);
        Assert.Equal(("gpt-4o", Start.ToUnixTimeSeconds() + 1, 4), (series.Value, Assert.Single(series.Points).Second, series.Points[0].Stats.Requests));
    }

    [Fact]
    public async Task A_live_edge_that_has_moved_begins_anew()
    {
        Metrics.Snapshot = new LiveSnapshot { Version = 50, At = Start, Windows = [Window(3)] };
        await using var hub = await _server.ConnectAsync();
        await using var reader = hub.Watch(new LiveSubscribe { Rate = 10 });
        Assert.Equal(50, (await reader.NextAsync<LiveSnapshotMessage>()).Version);

        // A gap makes the node ask for a snapshot; the new activation counts versions from the start.
        Metrics.Snapshot = new LiveSnapshot { Version = 60, At = Start.AddSeconds(5), Windows = [Window(6)] };
        await Metrics.TickAsync(Tick(59));

        var tick = Assert.IsType<LiveTickMessage>(await reader.UntilAsync(m => m.Version == 60));
        Assert.Equal(6, Assert.Single(tick.Windows!).Current.Requests);
    }

    [Fact]
    public async Task Equal_subscriptions_share_one_observer_and_no_tick_reads_anything()
    {
        Metrics.Snapshot = new LiveSnapshot { Version = 1, At = Start, Windows = [Window(1)] };
        var hubs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _server.ConnectAsync()));
        var readers = hubs.SelectMany(h => new[] { h.Watch(new LiveSubscribe { Rate = 10 }), h.Watch(new LiveSubscribe { Rate = 5 }) }).ToList();
        foreach (var reader in readers)
        {
            await reader.NextAsync<LiveSnapshotMessage>();
        }

        Assert.Equal(2, Sources.Count);
        await Metrics.TickAsync(Tick(2, 2));
        foreach (var reader in readers)
        {
            Assert.Equal(2, (await reader.NextAsync<LiveTickMessage>()).Version);
        }

        Assert.Equal(1, Metrics.Reads);
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }

        foreach (var hub in hubs)
        {
            await hub.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_client_that_cancels_or_leaves_gives_its_place_back()
    {
        await using var hub = await _server.ConnectAsync();
        var other = await _server.ConnectAsync();
        var reader = hub.Watch();
        await reader.NextAsync<LiveSnapshotMessage>();
        await other.Watch().NextAsync<LiveSnapshotMessage>();
        Assert.Equal((2, 2), (Limits.Connections, Limits.Subscriptions));

        await reader.DisposeAsync();
        await other.DisposeAsync();

        await Eventually.GetAsync(
            "the places", TimeSpan.FromSeconds(20), () => Task.FromResult((Limits.Connections, Limits.Subscriptions, Sources.Count)), now => now == (1, 0, 0),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_trace_is_told_as_it_grows_until_it_is_deleted()
    {
        var trace = _server.Grains.Trace("one/t:t1");
        trace.Document = Document(3, 2);
        await using var hub = await _server.ConnectAsync();
        await using var reader = hub.Read("WatchTrace", "t1");
        await using var second = hub.Read("WatchTrace", "t1");

        var first = await reader.NextAsync<LiveTraceMessage>();
        Assert.Equal(("t1", 3, 2, "answer"), (first.TraceId, first.Version, first.Trace!.Observations, first.Trace.Name));
        await second.NextAsync<LiveTraceMessage>();
        Assert.Single(trace.Observers);

        await trace.GrowAsync(4, Document(4, 5));
        Assert.Equal(5, (await reader.NextAsync<LiveTraceMessage>()).Trace!.Observations);

        await trace.GrowAsync(6, null);
        var gone = await reader.NextAsync<LiveTraceMessage>();
        Assert.Equal((6, null), (gone.Version, gone.Trace));
    }

    [Fact]
    public async Task What_stands_out_is_asked_of_the_read_model()
    {
        _server.Grains.Analytics.LiveTop = new LiveTop(12, [new TopValue("ann", 1, 2, 3, 4, 0.50m)], 7, new TopValue("other", 5, 6, 7, 8, 9));
        await using var hub = await _server.ConnectAsync();
        await using var reader = hub.Read("WatchTop", new LiveTopSubscribe { By = "user", Order = "errors", Window = "all", Limit = 1, Filter = "env:production" });

        var top = await reader.NextAsync<LiveTopMessage>();

        Assert.Equal((12, 7), (top.Version, top.Values));
        Assert.Equal([new LiveTopValueBody("ann", 1, 2, 3, 4, 0.5m)], top.Top);
        Assert.Equal("other", top.Other.Value);
        var asked = _server.Grains.Analytics.LiveTopQuery!;
        Assert.Equal((LiveDimension.User, LiveTopOrder.Errors, LiveRange.AllTime, 1), (asked.Dimension, asked.OrderBy, asked.Range, asked.Limit));
        Assert.Equal("env:production", asked.Filter.Text);
    }

    [Fact]
    public async Task A_wrong_argument_is_named_and_harms_no_other_subscription()
    {
        await using var hub = await _server.ConnectAsync();
        foreach (var (method, argument, message) in new[]
        {
            ("Watch", """{"rate":11}""", "rate: expected 1 to 10"),
            ("Watch", """{"rate":0}""", "rate: expected 1 to 10"),
            ("Watch", """{"feed":51}""", "feed: expected 0 to 50"),
            ("Watch", """{"windows":["2m"]}""", "windows: expected some of 1m, 5m, 15m, 1h, 24h, all"),
            ("Watch", """{"by":["user"]}""", "by: expected some of model, traceName, environment, release, promptVersion, tool"),
            ("Watch", """{"filter":"level:ERROR"}""", "filter: "),
            ("Watch", """{"filter":"env:"}""", "filter: "),
            ("Watch", $$"""{"filter":"env:{{new string('a', 1_000)}}"}""", "filter: expected at most 1000 characters"),
            ("Watch", $$"""{"user":"{{new string('a', 201)}}"}""", "user: expected at most 200 characters"),
            ("Watch", """{"session":"a","filter":"session:b"}""", "filter: nothing that may be seen can match it"),
            ("WatchTop", """{"by":"level"}""", "by: expected some of model"),
            ("WatchTop", """{"order":"name"}""", "order: expected one of cost, count, errors"),
            ("WatchTop", """{"limit":101}""", "limit: expected 1 to 100"),
            ("WatchTrace", "\"\"", "traceId: expected 1 to 800 characters"),
            ("WatchTrace", "null", "traceId: expected 1 to 800 characters"),
        })
        {
            await using var reader = hub.Read(method, JsonDocument.Parse(argument).RootElement);
            var refusal = await reader.RefusalAsync();
            Assert.True(refusal.StartsWith("invalid: " + message, StringComparison.Ordinal), $"{method} {argument}: {refusal}");
        }

        await using var right = hub.Watch();
        await right.NextAsync<LiveSnapshotMessage>();
    }

    [Fact]
    public async Task Scores_are_told_as_they_come_to_whoever_asks()
    {
        await using var hub = await _server.ConnectAsync();
        await using var reader = hub.Watch(new LiveSubscribe { Rate = 10, Scores = true });
        await using var other = hub.Watch(new LiveSubscribe { Rate = 10 });
        await reader.NextAsync<LiveSnapshotMessage>();
        await other.NextAsync<LiveSnapshotMessage>();

        await Metrics.TickAsync(Tick(2) with { Scores = [Score("s2", 0.5), Score("s1")] });
        await Metrics.TickAsync(Tick(3) with { Scores = [Score("s1") with { IsDeleted = true }] });

        var told = new List<LiveScoreBody>();
        await reader.UntilAsync(m =>
        {
            told.AddRange(Assert.IsType<LiveTickMessage>(m).Scores ?? []);
            return m.Version == 3;
        });
        Assert.Equal([("s2", false), ("s1", true)], told.Where(s => s.Id == "s2" || s.Deleted).Select(s => (s.Id, s.Deleted)));
        Assert.Equal(("t1", "helpful", 0.5, "ANNOTATION"), told.Select(s => (s.TraceId, s.Name, s.Value, s.Source)).First(s => s.Value == 0.5));
        Assert.Null(Assert.IsType<LiveTickMessage>(await other.UntilAsync(m => m.Version == 3)).Scores);
    }

    [Fact]
    public async Task Each_part_of_a_project_has_its_own_numbers_and_asks_for_the_windows_that_somebody_watches()
    {
        foreach (var (key, version) in new[] { ("one/model:gpt-4o env:eu", 2), ("one/s1", 3), ("one/ann", 4), ("one/greeting", 5) })
        {
            _server.Grains.Metrics(key).Snapshot = new LiveSnapshot
            {
                Version = version, At = Start, Seen = new LiveSeen(5, 9), Running = 2, Position = 77,
                Windows = [Window(1) with { IsWaiting = true }, Window(8, LiveWindows.AllTime)],
            };
        }

        await using var hub = await _server.ConnectAsync();
        foreach (var (subscribe, version) in new[]
        {
            (new LiveSubscribe { Filter = "model:gpt-4o env:eu" }, 2), (new LiveSubscribe { Session = "s1" }, 3), (new LiveSubscribe { Filter = "session:s1" }, 3),
            (new LiveSubscribe { User = "ann" }, 4), (new LiveSubscribe { Prompt = "greeting" }, 5),
        })
        {
            await using var reader = hub.Watch(subscribe with { Windows = ["1m", "all"] });
            var whole = await reader.NextAsync<LiveSnapshotMessage>();
            Assert.Equal((version, 2, 77, 5L, 9L), (whole.Version, whole.Running, whole.Position, whole.FirstSecond, whole.LastSecond));
            Assert.Equal([("1m", (long?)Start.ToUnixTimeSeconds(), true), ("all", null, false)], whole.Windows.Select(w => (w.Window, w.From, w.Waiting)));
            Assert.Null(whole.Windows[0].Previous);
        }

        Assert.Equal(LiveWindows.AllTime, _server.Grains.Metrics("one/s1").Wanted);
        await using var compared = hub.Watch(new LiveSubscribe { Windows = ["1m", "24h"], Compare = true });
        await compared.NextAsync<LiveSnapshotMessage>();
        Assert.Equal(LiveWindows.Minute | LiveWindows.Day, Metrics.Wanted);
    }

    [Fact]
    public async Task A_part_that_finds_no_room_is_refused_in_the_words_of_whoever_counts()
    {
        _server.Grains.Metrics("one/env:eu").Failure = new LiveWatchesFullException();
        await using var hub = await _server.ConnectAsync();
        await using var reader = hub.Watch(new LiveSubscribe { Filter = "env:eu" });

        Assert.Contains("are watched already; close one first", await reader.RefusalAsync(), StringComparison.Ordinal);
        foreach (var path in new[] { "", "/stream" })
        {
            var (status, body) = await _server.SendAsync(HttpMethod.Get, $"/api/public/actors/live{path}?filter=env:eu");
            Assert.Equal(HttpStatusCode.TooManyRequests, status);
            Assert.Contains("are watched already; close one first", body, StringComparison.Ordinal);
        }
    }

    private LiveLimits Limits => _server.Services.GetRequiredService<LiveLimits>();

    private LiveSources Sources => _server.Services.GetRequiredService<LiveSources>();

    private static LivePoint Point(int second, long requests) => new() { Second = Start.ToUnixTimeSeconds() + second, Stats = Stats(requests) };

    private static StreamDocument Document(long version, int observations) => new(
        version,
        new TraceRecord
        {
            Id = "t1",
            Timestamp = Start,
            Environment = "default",
            Name = "answer",
            UpdatedAt = Start,
            Summary = TraceSummary.Empty with { Observations = observations },
        },
        [],
        []);
}
