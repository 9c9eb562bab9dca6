using System.Net;
using Actors.Contracts;

namespace Actors.Web.Tests.Hubs;

/// <summary>Everything that grows with clients has a bound, and its refusal names the setting.</summary>
public sealed class LiveLimitTests
{
    [Fact]
    public async Task A_connection_has_so_many_subscriptions()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Live:MaxSubscriptionsPerConnection", "2"));
        await using var hub = await server.ConnectAsync();
        await using var first = hub.Watch();
        await using var second = hub.Watch();
        await first.NextAsync<LiveSnapshotMessage>();
        await second.NextAsync<LiveSnapshotMessage>();
        await using var third = hub.Watch();

        Assert.Contains("has 2 subscriptions, the most it may have (Actors:Live:MaxSubscriptionsPerConnection)", await third.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_has_so_many_connections_and_others_have_theirs()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Live:MaxConnectionsPerProject", "1"));
        await using var hub = await server.ConnectAsync();

        await using var second = server.HubOf();
        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => second.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var (status, body) = await server.SendAsync(HttpMethod.Get, "/api/public/actors/live/stream");
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("The project has 1 live connections, the most it may have (Actors:Live:MaxConnectionsPerProject)", body, StringComparison.Ordinal);

        server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        await using var other = await server.ConnectAsync();
    }

    [Fact]
    public async Task A_server_has_so_many_connections()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Live:MaxConnections", "1"));
        await using var hub = await server.ConnectAsync();
        server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");

        var (status, body) = await server.SendAsync(HttpMethod.Get, "/api/public/actors/live");

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("This server has 1 live connections, the most it takes (Actors:Live:MaxConnections)", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_asks_so_many_different_things_and_equal_ones_count_once()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Live:MaxDifferentSubscriptionsPerProject", "1"));
        await using var hub = await server.ConnectAsync();
        await using var first = hub.Watch();
        await using var same = hub.Watch(new LiveSubscribe { Rate = 2, Windows = ["1m"] });
        await first.NextAsync<LiveSnapshotMessage>();
        await same.NextAsync<LiveSnapshotMessage>();
        await using var different = hub.Watch(new LiveSubscribe { Rate = 3 });

        Assert.Contains("1 different subscriptions, the most it may have (Actors:Live:MaxDifferentSubscriptionsPerProject)", await different.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_has_so_many_bytes()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Live:MaxMessageBytes", "1024"));
        await using var hub = await server.ConnectAsync();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        await using var reader = hub.Watch(new LiveSubscribe { Filter = new string('a', 2_000) });

        await Assert.ThrowsAnyAsync<Exception>(() => reader.NextAsync<LiveSnapshotMessage>());
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
