using System.Net;
using Actors.Contracts;
using Actors.Live;
using Actors.Testing.Processes;
using Actors.Web.Hubs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Actors.Web.Tests.Hubs.LiveSamples;

namespace Actors.Web.Tests.Hubs;

/// <summary>The same messages for those without SignalR.</summary>
public sealed class LiveEventStreamTests : IAsyncLifetime
{
    private ApiServer _server = null!;

    private FakeMetrics Metrics => _server.Grains.Metrics("one");

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartOwnAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Events_are_the_messages_of_the_hub_with_their_versions_as_ids()
    {
        Metrics.Snapshot = new LiveSnapshot { Version = 7, At = Start, Windows = [Window(3)], Feed = [Trace("t1")] };
        await using var events = await EventReader.OpenAsync(_server, "/stream?rate=10&feed=3&windows=1m");
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.ToString());
        Assert.True(events.Response.Headers.CacheControl!.NoStore);
        await using var hub = await _server.ConnectAsync();
        await using var reader = hub.Watch(new LiveSubscribe { Rate = 10, Feed = 3 });

        var (id, whole) = (await events.NextAsync())!.Value;
        Assert.Equal("7", id);
        Assert.Equivalent(await reader.NextAsync<LiveSnapshotMessage>(), whole, strict: true);

        await Metrics.TickAsync(Tick(8, 5) with { Feed = [Trace("t2", second: 1)] });
        var (next, tick) = (await events.NextAsync())!.Value;
        Assert.Equal("8", next);
        Assert.Equivalent(await reader.NextAsync<LiveTickMessage>(), tick, strict: true);
    }

    [Fact]
    public async Task Whoever_comes_back_begins_with_a_snapshot()
    {
        Metrics.Snapshot = new LiveSnapshot { Version = 7, At = Start };
        await using var events = await EventReader.OpenAsync(_server, "/stream", lastId: "5");

        Assert.IsType<LiveSnapshotMessage>((await events.NextAsync())!.Value.Message);
    }

    [Fact]
    public async Task Traces_and_what_stands_out_are_streamed_too()
    {
        _server.Grains.Trace("one/t:a/b").Document = new(5, null, [], []);
        await using var trace = await EventReader.OpenAsync(_server, "/traces/a%2Fb/stream");
        await using var top = await EventReader.OpenAsync(_server, "/top/stream?by=session&order=count&window=24h&limit=3");

        Assert.Equal(("a/b", 5), (await trace.NextAsync())!.Value.Message is LiveTraceMessage t ? (t.TraceId, t.Version) : default);
        Assert.IsType<LiveTopMessage>((await top.NextAsync())!.Value.Message);
        Assert.Equal((LiveDimension.Session, 3), (_server.Grains.Analytics.LiveTopQuery!.Dimension, _server.Grains.Analytics.LiveTopQuery.Limit));
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_is_alive()
    {
        var time = new FakeTimeProvider(Start);
        await using var server = await ApiServer.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        server.Grains.Metrics("one").Snapshot = new LiveSnapshot { Version = 1, At = Start };
        using var response = await server.Client.GetAsync(
            new Uri("/api/public/actors/live/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["retry: 2000", "", "id: 1"], [await LineAsync(lines), await LineAsync(lines), await LineAsync(lines)]);
        Assert.StartsWith("data: {\"type\":\"snapshot\",", await LineAsync(lines), StringComparison.Ordinal);
        Assert.Equal("", await LineAsync(lines));

        // The wait for the next message begins some time after the last one was read, so time moves until it is seen.
        var next = lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        await Eventually.GetAsync(
            "the comment",
            TimeSpan.FromSeconds(20),
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(15));
                return Task.FromResult(next.IsCompleted);
            },
            done => done,
            TestContext.Current.CancellationToken);
        Assert.Equal(":", await next);
    }

    [Fact]
    public async Task What_is_wrong_is_named_before_the_stream_begins()
    {
        foreach (var (path, field) in new[]
        {
            ("/stream?windows=1m,9m", "windows"), ("/stream?filter=level:ERROR", "filter"), ("/stream?points=perhaps", "points"),
            ("/stream?by=model,user", "by"), ("/top/stream?by=level", "by"), ("/traces/%01/stream", "traceId"),
        })
        {
            var (status, body) = await _server.SendAsync(HttpMethod.Get, "/api/public/actors/live" + path);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, status));
            Assert.Contains($"\"path\":[\"{field}\"]", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reader_who_leaves_gives_its_place_back()
    {
        var limits = _server.Services.GetRequiredService<LiveLimits>();
        var events = await EventReader.OpenAsync(_server, "/stream");
        await events.NextAsync();
        Assert.Equal((1, 1), (limits.Connections, limits.Subscriptions));

        await events.DisposeAsync();

        await Eventually.GetAsync(
            "the places", TimeSpan.FromSeconds(20), () => Task.FromResult((limits.Connections, limits.Subscriptions)), now => now == (0, 0),
            TestContext.Current.CancellationToken);
    }

    private static async Task<string?> LineAsync(StreamReader lines) =>
        await lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
}
