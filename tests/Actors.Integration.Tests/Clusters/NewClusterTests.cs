using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Actors.Testing.Postgres;

namespace Actors.Integration.Clusters;

/// <summary>Nodes that start at once agree on what there may be one of, and outlive their database.</summary>
public sealed class NewClusterTests(NewCluster cluster) : IClassFixture<NewCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_start_at_once_make_one_project_one_pair_of_keys_and_one_ring()
    {
        foreach (var table in new[] { "organizations", "projects", "api_keys" })
        {
            Assert.Equal(1, await PostgresServer.CountAsync(cluster.Database, $"SELECT count(*) FROM control.{table}", Cancel));
        }

        Assert.Single(Directory.GetFiles(cluster.SharedDirectory, "first-project*"));
        Assert.Single(Directory.GetFiles(Path.Combine(cluster.SharedDirectory, "keys")));
        foreach (var client in cluster.Clients)
        {
            var projects = await client.GetAsync("/api/public/projects", Cancel);
            Assert.True(projects.Status == HttpStatusCode.OK, projects.ToString());
            Assert.Equal(cluster.Keys.ProjectId, (string?)Assert.Single(projects.Json["data"]!.AsArray())!["id"]);
        }
    }

    /// <summary>
    /// Goal: without its database a node says what it cannot do, in the words of each protocol, goes on with what it remembers,
    /// and needs no restart. Method: the database is killed; everything is asked at the same time, because some answers wait.
    /// </summary>
    [Fact]
    public async Task Without_its_database_a_node_refuses_for_a_while_and_goes_on_when_it_is_back()
    {
        var (before, during, after) = (NewIds.For("trace"), NewIds.For("trace"), NewIds.For("trace"));
        var node = cluster.Clients[0];
        Assert.Equal(HttpStatusCode.MultiStatus, (await StoreAsync(node, before)).StatusCode);
        await node.PostAsync("/api/public/v2/prompts", """{"name":"greeting","prompt":"Hello","labels":["production"]}"""u8.ToArray(), cancellationToken: Cancel);
        await ReadRememberedAsync(node);

        await ShownAsync(node, Page("health"), "My project");

        await cluster.Server.KillAsync();
        try
        {
            await Task.WhenAll(
                RefusedAsync(StoreAsync(node, during)),
                RefusedAsync(ExportAsync(node)),
                GrpcRefusedAsync(),
                RefusedAsync(node.Http.GetAsync(new Uri("/api/public/traces", UriKind.Relative), Cancel)),
                RefusedAsync(node.Http.GetAsync(new Uri($"/api/public/traces/{during}", UriKind.Relative), Cancel)),
                RefusedAsync(node.Http.GetAsync(new Uri("/api/public/v2/prompts/unknown", UriKind.Relative), Cancel)),
                ReadRememberedAsync(node),
                ShownAsync(node, Page("traces"), "My project"),
                ShownAsync(node, Page("live"), "My project"),
                ShownAsync(node, "/", "The database does not answer"),
                ShownAsync(node, "/p/unknown/traces", "The database does not answer"));
        }
        finally
        {
            await cluster.Server.StartAsync(Cancel);
        }

        foreach (var client in cluster.Clients)
        {
            await Eventually.GetAsync(
                "An append after the outage", Patience, () => StoreAsync(client, after), a => a.StatusCode == HttpStatusCode.MultiStatus, Cancel);
            var found = await client.GetAsync($"/api/public/traces/{before}", Cancel);
            Assert.True(found.Status == HttpStatusCode.OK, found.ToString());
            var listed = await client.GetAsync("/api/public/traces?limit=50", Cancel);
            Assert.True(listed.Status == HttpStatusCode.OK, listed.ToString());
            Assert.Subset(listed.Json["data"]!.AsArray().Select(t => (string)t!["id"]!).ToHashSet(), new HashSet<string> { before, after });
        }

        Assert.All(cluster.Nodes, n => Assert.False(n.HasExited));
    }

    private string Page(string name) => $"/p/{cluster.Keys.ProjectId}/{name}";

    private static async Task<HttpResponseMessage> StoreAsync(SiloClient client, string trace)
    {
        var body = $$"""{"batch":[{{Wire.Trace(trace, TimeProvider.System.GetUtcNow()).ToJsonString()}}]}""";
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await client.Http.PostAsync(new Uri(SiloClient.Ingestion, UriKind.Relative), content, Cancel);
    }

    private static async Task<HttpResponseMessage> ExportAsync(SiloClient client)
    {
        using var content = new StringContent("""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0123456789abcdef0123456789abcdef","spanId":"0123456789abcdef","name":"span",
            "startTimeUnixNano":"1750000000000000000","endTimeUnixNano":"1750000000000000000"}]}]}]}
            """, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await client.Http.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, Cancel);
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var told = $"{answer.RequestMessage!.RequestUri}: {await answer.Content.ReadAsStringAsync(Cancel)}";
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{(int)answer.StatusCode} {told}");
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1), told);
    }

    private async Task GrpcRefusedAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = cluster.Nodes[0].GrpcAddress };
        client.DefaultRequestHeaders.Authorization = cluster.Keys.Authorization;
        var answer = await GrpcExport.SendAsync(client, "text", Cancel);
        Assert.Equal(GrpcExport.Unavailable, answer.Status);
        Assert.Contains("google.rpc.RetryInfo", answer.Details, StringComparison.Ordinal);
    }

    private static async Task ReadRememberedAsync(SiloClient node)
    {
        var prompt = await node.GetAsync("/api/public/v2/prompts/greeting", Cancel);
        Assert.True(prompt.Status == HttpStatusCode.OK, prompt.ToString());
        Assert.Equal("Hello", (string?)prompt.Json["prompt"]);
    }

    private static async Task ShownAsync(SiloClient node, string page, string text)
    {
        var answer = await node.GetAsync(page, Cancel);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{page}: {answer}");
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }
}
