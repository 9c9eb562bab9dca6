using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Integration.Clusters;

/// <summary>Web nodes hold nothing: what one took, every other one answers, and the silos do all of the work.</summary>
public sealed class RoleTests(RunningCluster running) : IClassFixture<RunningCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task What_one_web_node_took_another_one_reads_at_once()
    {
        for (var i = 0; i < 20; i++)
        {
            var (trace, generation) = (NewIds.For("trace"), NewIds.For("generation"));
            await StoreAsync(running.One, Wire.Trace(trace, Now), Wire.Generation(generation, trace, Now));

            var read = await running.Two.GetAsync($"/api/public/traces/{trace}", Cancel);
            Assert.True(read.Status == HttpStatusCode.OK, read.ToString());
            Assert.Equal(generation, (string?)read.Json["observations"]![0]!["id"]);
        }
    }

    [Fact]
    public async Task Lists_on_one_web_node_hold_what_the_other_one_took()
    {
        var name = NewIds.For("name");
        string[] traces = [.. Enumerable.Range(0, 10).Select(_ => NewIds.For("trace"))];
        foreach (var trace in traces)
        {
            await StoreAsync(running.One, Wire.Trace(trace, Now, name));
        }

        var listed = await running.Two.GetAsync($"/api/public/traces?name={name}&limit=50", Cancel);

        Assert.True(listed.Status == HttpStatusCode.OK, listed.ToString());
        Assert.Equal(traces.Order(), listed.Json["data"]!.AsArray().Select(t => (string)t!["id"]!).Order());
    }

    [Fact]
    public async Task A_web_node_without_a_read_model_exports_what_a_silo_holds()
    {
        var name = NewIds.For("name");
        string[] traces = [.. Enumerable.Range(0, 200).Select(_ => NewIds.For("trace"))];
        await StoreAsync(running.One, [.. traces.Select(id =>
        {
            var trace = Wire.Trace(id, Now, name);
            trace["body"]!["input"] = new string('x', 3_000);
            return trace;
        })]);

        // More than one piece, so that the silo is asked again.
        var file = await running.Two.GetAsync($"/p/{running.Cluster.Keys.ProjectId}/export/traces?format=csv&f=name:{name}", Cancel);

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.True(file.Text.Length > 500_000);
        Assert.Equal(traces.Order(), file.Text.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',')[0]).Order());
    }

    [Fact]
    public async Task A_silo_without_pages_says_how_it_does_and_nothing_else()
    {
        var silo = running.Cluster.Silos[0].Client;
        foreach (var path in new[] { "/health", "/ready", "/api/public/health", "/metrics" })
        {
            Assert.Equal(HttpStatusCode.OK, (await silo.GetAsync(path, Cancel)).Status);
        }

        foreach (var path in new[] { "/", "/api/public/traces", "/api/public/projects" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await silo.GetAsync(path, Cancel)).Status);
        }
    }

    [Fact]
    public async Task Every_web_node_answers_for_the_log_that_it_does_not_open()
    {
        await StoreAsync(running.One, Wire.Trace(NewIds.For("trace"), Now));
        Assert.Equal(HttpStatusCode.OK, (await running.Two.GetAsync("/health?failIfNoRecentEvents=true&failIfDatabaseUnavailable=true", Cancel)).Status);
    }

    private static async Task StoreAsync(SiloClient client, params JsonObject[] events)
    {
        var answer = await client.PostBatchAsync([.. events.Select(e => e.DeepClone())], Cancel);
        Assert.True(answer.Status == HttpStatusCode.MultiStatus && answer.Errors.Count == 0, answer.ToString());
    }
}
