using System.Text.Json.Nodes;
using Actors.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Actors.Integration.Clients;

/// <summary>Microsoft's client of the hub for .NET, and the program of <c>samples/live-dotnet</c>, against the whole server.</summary>
public sealed class LiveSampleTests(RunningSilo silo)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_followed_from_nothing()
    {
        var session = NewIds.For("session");
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(silo.Silo.Address, "/hubs/live"), options => options.Headers["Authorization"] = silo.Client.Http.DefaultRequestHeaders.Authorization!.ToString())
            .Build();
        await hub.StartAsync(Cancel);
        var subscribe = new LiveSubscribe { Session = session, Windows = ["1m", "all"], Feed = 3, Rate = 10 };
        await using var messages = hub.StreamAsync<LiveMessage>("Watch", subscribe, Cancel).GetAsyncEnumerator(Cancel);

        var whole = Assert.IsType<LiveSnapshotMessage>(await NextAsync(messages));
        Assert.Equal(LiveProtocol.Version, whole.Protocol);
        Assert.Empty(whole.Feed!);

        var traceId = await SendAsync(session);
        var version = whole.Version;
        var traces = new List<string>();
        LiveWindowBody? all = null;
        while (all is not { Current.Traces: 1 } || traces.Count == 0)
        {
            var tick = Assert.IsType<LiveTickMessage>(await NextAsync(messages));
            Assert.Equal(version, tick.Since);
            version = tick.Version;
            traces.AddRange((tick.Feed ?? []).Select(t => t.Id));
            all = tick.Windows?.FirstOrDefault(w => w is { By: "total", Window: "all" }) ?? all;
        }

        Assert.Equal([traceId], traces.Distinct());
    }

    [Fact]
    public async Task The_sample_program_prints_what_comes()
    {
        var session = NewIds.For("session");
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = RepositoryRoot.Combine("samples", "live-dotnet", "bin", output.Parent!.Name, output.Name, "Actors.Samples.Live.dll");
        await using var sample = ChildProcess.Start("dotnet", [program, $"session:{session}"], RepositoryRoot.Path, new Dictionary<string, string?>
        {
            ["ACTORS_BASE_URL"] = silo.Silo.Address.ToString(),
            ["LANGFUSE_PUBLIC_KEY"] = silo.Keys.PublicKey,
            ["LANGFUSE_SECRET_KEY"] = silo.Keys.SecretKey,
        });
        await PrintsAsync(sample, ": 0 observations");

        await SendAsync(session);

        await PrintsAsync(sample, ": 1 observations");
    }

    private static async Task PrintsAsync(ChildProcess program, string text)
    {
        var line = await program.Output.FirstAsync(l => l.Contains(text, StringComparison.Ordinal)).WaitAsync(Patience, TimeProvider.System, Cancel);
        Assert.True(line is not null, $"The program ended without «{text}».\n{program.Transcript}");
    }

    private static async Task<LiveMessage> NextAsync(IAsyncEnumerator<LiveMessage> messages)
    {
        Assert.True(await messages.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System, Cancel), "The stream ended.");
        return messages.Current;
    }

    private async Task<string> SendAsync(string session)
    {
        var (traceId, now) = (NewIds.For("trace"), WireTime.ToText(TimeProvider.System.GetUtcNow()));
        var answer = await silo.Client.PostBatchAsync(
            [
                Event("trace-create", new JsonObject { ["id"] = traceId, ["timestamp"] = now, ["sessionId"] = session }),
                Event("generation-create", new JsonObject { ["id"] = NewIds.For("call"), ["traceId"] = traceId, ["startTime"] = now, ["endTime"] = now }),
            ],
            Cancel);
        Assert.Equal(2, answer.Successes.Count);
        return traceId;

        JsonObject Event(string type, JsonObject body) => new() { ["id"] = NewIds.For("event"), ["type"] = type, ["timestamp"] = now, ["body"] = body };
    }
}
