using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Integration.Api;

/// <summary>What was deleted is gone everywhere when the answer comes, and what is sent later is there again.</summary>
public sealed class DeleteTests(RunningSilo silo)
{
    private static readonly TimeSpan ListPromise = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_deleted_trace_is_gone_with_all_that_belongs_to_it_and_so_is_its_session()
    {
        var (trace, generation, score, name, session) =
            (NewIds.For("trace"), NewIds.For("generation"), NewIds.For("score"), NewIds.For("name"), NewIds.For("session"));
        var started = Wire.Trace(trace, Now, name);
        started["body"]!["sessionId"] = session;
        await StoreAsync(started, Wire.Generation(generation, trace, Now), Wire.Score(score, trace, Now));
        Assert.Equal(HttpStatusCode.OK, (await silo.Client.GetAsync($"/api/public/sessions/{session}", Cancel)).Status);

        var answer = await silo.Client.DeleteAsync($"/api/public/traces/{trace}", cancellationToken: Cancel);

        Assert.Equal((HttpStatusCode.OK, """{"message":"Trace deleted successfully"}"""), (answer.Status, answer.Text));
        Assert.Equal(HttpStatusCode.NotFound, (await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await silo.Client.GetAsync($"/api/public/observations/{generation}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await silo.Client.GetAsync($"/api/public/scores/{score}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await silo.Client.GetAsync($"/api/public/sessions/{session}", Cancel)).Status);
        await ListedAsync($"/api/public/traces?name={name}", 0);

        await StoreAsync(Wire.Trace(trace, Now, name), Wire.Span(NewIds.For("span"), trace, Now));
        var reborn = await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel);
        Assert.Single(reborn.Json["observations"]!.AsArray());
        Assert.Empty(reborn.Json["scores"]!.AsArray());
        await ListedAsync($"/api/public/traces?name={name}", 1);
    }

    [Fact]
    public async Task Many_traces_are_deleted_while_they_are_written()
    {
        var name = NewIds.For("name");
        var traces = Enumerable.Range(0, 40).Select(_ => NewIds.For("trace")).ToList();
        await StoreAsync([.. traces.Select(t => Wire.Trace(t, Now, name))]);

        var writing = Task.WhenAll(traces.Select(t => StoreAsync(Wire.Span(NewIds.For("span"), t, Now))));
        var body = new JsonObject { ["traceIds"] = new JsonArray([.. traces.Select(t => (JsonNode)t)]) };
        var answer = await silo.Client.DeleteAsync("/api/public/traces", body, Cancel);
        Assert.Equal((HttpStatusCode.OK, """{"message":"Traces deleted successfully"}"""), (answer.Status, answer.Text));
        await writing;

        // What was written after its trace was deleted began a trace without the name.
        await ListedAsync($"/api/public/traces?name={name}", 0);
        await silo.Client.DeleteAsync("/api/public/traces", body.DeepClone(), Cancel);
        foreach (var trace in traces)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel)).Status);
        }
    }

    [Fact]
    public async Task A_deleted_score_stays_away_when_it_is_sent_again_and_a_newer_one_brings_it_back()
    {
        var (trace, score) = (NewIds.For("trace"), NewIds.For("score"));
        var said = Wire.Score(score, trace, Now);
        await StoreAsync(Wire.Trace(trace, Now), said);

        var answer = await silo.Client.DeleteAsync($"/api/public/scores/{score}", cancellationToken: Cancel);
        Assert.Equal((HttpStatusCode.Accepted, """{"message":"Score deletion queued successfully"}"""), (answer.Status, answer.Text));
        Assert.Empty(await ScoresAsync(trace));
        await StoreAsync((JsonObject)said.DeepClone());
        Assert.Empty(await ScoresAsync(trace));

        await StoreAsync(Wire.Score(score, trace, Now.AddSeconds(1), value: 0.9));
        Assert.Equal(0.9, (double)Assert.Single(await ScoresAsync(trace))!["value"]!);
        Assert.Equal(HttpStatusCode.Accepted, (await silo.Client.DeleteAsync($"/api/public/scores/{NewIds.For("unknown")}", cancellationToken: Cancel)).Status);
    }

    private async Task<JsonArray> ScoresAsync(string trace) =>
        (await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel)).Json["scores"]!.AsArray();

    private async Task StoreAsync(params JsonObject[] events)
    {
        var answer = await silo.Client.PostBatchAsync([.. events], Cancel);
        Assert.Equal(HttpStatusCode.MultiStatus, answer.Status);
        Assert.Empty(answer.Errors);
    }

    private Task<Answer> ListedAsync(string path, int count) => Eventually.GetAsync(
        path,
        ListPromise,
        () => silo.Client.GetAsync(path, Cancel),
        answer => answer.Status == HttpStatusCode.OK && answer.Json["data"]!.AsArray().Count == count,
        Cancel);
}
