using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Integration.Api;

/// <summary>A read after a 207 sees the write: by id at once, in lists within a second.</summary>
public sealed class ReadYourWritesTests(RunningSilo silo)
{
    private static readonly TimeSpan ListPromise = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_trace_and_its_observations_are_read_by_id_right_after_the_answer()
    {
        for (var i = 0; i < 50; i++)
        {
            var (trace, span, generation, score) = (NewIds.For("trace"), NewIds.For("span"), NewIds.For("generation"), NewIds.For("score"));
            await StoreAsync(
                Wire.Trace(trace, Now), Wire.Span(span, trace, Now), Wire.Generation(generation, trace, Now), Wire.Score(score, trace, Now));

            var read = await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel);
            Assert.Equal(HttpStatusCode.OK, read.Status);
            Assert.Equal(new[] { generation, span }.Order(), Ids(read.Json["observations"]!).Order());
            Assert.Equal([score], Ids(read.Json["scores"]!));

            var one = await silo.Client.GetAsync($"/api/public/observations/{generation}", Cancel);
            Assert.Equal(HttpStatusCode.OK, one.Status);
            Assert.Equal(trace, (string?)one.Json["traceId"]);
        }
    }

    [Fact]
    public async Task An_update_is_read_right_after_its_answer()
    {
        var (trace, generation) = (NewIds.For("trace"), NewIds.For("generation"));
        await StoreAsync(Wire.Trace(trace, Now));
        for (var i = 1; i <= 50; i++)
        {
            await StoreAsync(Wire.Event("generation-update", Now.AddMilliseconds(i), new JsonObject
            {
                ["id"] = generation,
                ["traceId"] = trace,
                ["output"] = $"word {i}",
            }));
            var read = await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel);
            Assert.Equal($"word {i}", (string?)read.Json["observations"]![0]!["output"]);
        }
    }

    [Fact]
    public async Task Lists_of_traces_and_observations_see_it_within_a_second()
    {
        var (trace, generation, name) = (NewIds.For("trace"), NewIds.For("generation"), NewIds.For("name"));
        await StoreAsync(Wire.Trace(trace, Now, name), Wire.Generation(generation, trace, Now));

        var traces = await ListedAsync($"/api/public/traces?name={name}", 1);
        Assert.Equal([trace], Ids(traces.Json["data"]!));
        Assert.Equal(generation, (string?)traces.Json["data"]![0]!["observations"]![0]);
        var observations = await ListedAsync($"/api/public/observations?traceId={trace}", 1);
        Assert.Equal([generation], Ids(observations.Json["data"]!));
    }

    [Fact]
    public async Task A_session_lists_its_traces()
    {
        var session = NewIds.For("session");
        string[] traces = [NewIds.For("trace"), NewIds.For("trace")];
        foreach (var trace in traces)
        {
            var started = Wire.Trace(trace, Now);
            started["body"]!["sessionId"] = session;
            await StoreAsync(started);
        }

        var read = await Eventually.GetAsync(
            "the session's traces",
            ListPromise,
            () => silo.Client.GetAsync($"/api/public/sessions/{session}", Cancel),
            answer => answer.Status == HttpStatusCode.OK && answer.Json["traces"]!.AsArray().Count == traces.Length,
            Cancel);
        Assert.Equal(traces.Order(), Ids(read.Json["traces"]!).Order());
        var sessions = await silo.Client.GetAsync("/api/public/sessions?limit=100", Cancel);
        Assert.Single(Ids(sessions.Json["data"]!), session);
    }

    [Fact]
    public async Task Tokens_are_priced_alike_by_id_and_in_the_list()
    {
        var (trace, name) = (NewIds.For("trace"), NewIds.For("name"));
        await StoreAsync(
            Wire.Trace(trace, Now, name),
            Wire.Generation(NewIds.For("generation"), trace, Now, input: 1000, output: 100),
            Wire.Generation(NewIds.For("generation"), trace, Now, input: 3000, output: 500));

        // gpt-4o: 2.5 dollars per million in, 10 dollars per million out.
        const double cost = 0.0025 + 0.001 + 0.0075 + 0.005;
        var read = await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel);
        Assert.Equal(cost, (double)read.Json["totalCost"]!, 12);
        var listed = await ListedAsync($"/api/public/traces?name={name}", 1);
        Assert.Equal(cost, (double)listed.Json["data"]![0]!["totalCost"]!, 12);
    }

    [Fact]
    public async Task Health_and_readiness_answer_without_a_key()
    {
        using var anonymous = new SiloClient(silo.Silo.Address, keys: null);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync("/api/public/health", Cancel)).Status);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync("/api/public/ready", Cancel)).Status);
    }

    private async Task StoreAsync(params JsonObject[] events)
    {
        var answer = await silo.Client.PostBatchAsync([.. events], Cancel);
        Assert.Equal(HttpStatusCode.MultiStatus, answer.Status);
        Assert.Empty(answer.Errors);
        Assert.Equal(events.Length, answer.Successes.Count);
    }

    private Task<Answer> ListedAsync(string path, int count) => Eventually.GetAsync(
        path,
        ListPromise,
        () => silo.Client.GetAsync(path, Cancel),
        answer => answer.Status == HttpStatusCode.OK && answer.Json["data"]!.AsArray().Count == count,
        Cancel);

    private static IEnumerable<string> Ids(JsonNode list) => list.AsArray().Select(i => (string)i!["id"]!);
}
