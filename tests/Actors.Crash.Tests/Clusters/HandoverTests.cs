using System.Net;
using System.Text.Json.Nodes;
using Actors.Testing.Postgres;

namespace Actors.Crash.Clusters;

/// <summary>A silo that takes over a read model goes on from the base that the one before it has left, and nothing is lost or comes back.</summary>
public sealed class HandoverTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Traces = 40;
    private const int SpansOfEach = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly ClusterStart Start = new()
    {
        Silos = 2,
        Webs = 1,
        Environment = new Dictionary<string, string?>
        {
            ["Actors__Cluster__DrainDelay"] = "00:00:00",
            ["Actors__Analytics__ScanInterval"] = "00:00:00.500",
            ["Actors__Analytics__Bases__LeaveAfterRows"] = $"{Traces}",
            ["Actors__Analytics__Bases__TakeFromRows"] = "10",
        },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_owner_of_a_read_model_goes_on_from_a_base()
    {
        await using var cluster = await ProcessCluster.StartAsync(server, Start, Cancel);
        var web = cluster.Webs[0].Client;
        await WriteAsync(web);

        var bases = Path.Combine(cluster.SharedDirectory, "read-models", Start.Keys.ProjectId);
        await Eventually.GetAsync("a base", Limit, () => Task.FromResult(Directory.Exists(Path.Combine(bases, $"{Traces}"))), there => there, Cancel);
        var deleted = await web.DeleteAsync("/api/public/traces/trace-7", cancellationToken: Cancel);
        Assert.True(deleted.Status == HttpStatusCode.OK, deleted.ToString());

        var owner = cluster.Silos.Single(s => File.Exists(FileOf(s)));
        var next = cluster.Silos.Single(s => s != owner);
        await owner.KillAsync();
        Directory.Delete(owner.Start.DataDirectory, recursive: true);
        await AssertCountAsync(web, "traces", Traces - 1);
        await AssertCountAsync(web, "observations", (Traces - 1) * SpansOfEach);

        var metrics = await next.Client.GetAsync("/metrics", Cancel);
        Assert.Contains("actors_analytics_bases", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("outcome=\"taken\"", metrics.Text, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(bases, $"{Traces}")).Count(f => !Path.GetFileName(f).StartsWith("until-", StringComparison.Ordinal)));
    }

    private static string FileOf(ClusterNode silo) => Path.Combine(silo.Start.DataDirectory, "analytics", $"{Start.Keys.ProjectId}.duckdb");

    private static async Task WriteAsync(SiloClient web)
    {
        var now = TimeProvider.System.GetUtcNow();
        var events = new JsonArray();
        for (var trace = 0; trace < Traces; trace++)
        {
            events.Add(Wire.Trace($"trace-{trace}", now));
            for (var span = 0; span < SpansOfEach; span++)
            {
                events.Add(Wire.Span($"span-{trace}-{span}", $"trace-{trace}", now));
            }
        }

        var answer = await web.PostBatchAsync(events, Cancel);
        Assert.True(answer.Status == HttpStatusCode.MultiStatus && answer.Errors.Count == 0, answer.ToString());
    }

    private static async Task AssertCountAsync(SiloClient web, string list, int expected) => await Eventually.GetAsync(
        $"the list of {list}",
        Limit,
        () => web.GetAsync($"/api/public/{list}?limit=1", Cancel),
        answer => answer.Status == HttpStatusCode.OK && (int)answer.Json["meta"]!["totalItems"]! == expected,
        Cancel);
}
