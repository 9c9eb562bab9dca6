using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Integration.Api;

/// <summary>Scores with the public key alone, as the log, the actors and the columns see them.</summary>
public sealed class FeedbackTests(RunningSilo silo)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task The_same_id_is_one_score_with_the_last_value_however_it_was_sent()
    {
        var (trace, score, name) = (NewIds.For("trace"), NewIds.For("score"), NewIds.For("name"));
        await silo.Client.PostBatchAsync([Wire.Trace(trace, Now)], Cancel);
        using var browser = Browser();
        for (var value = 0; value < 5; value++)
        {
            await SendAsync(browser, new JsonObject { ["id"] = score, ["traceId"] = trace, ["name"] = name, ["value"] = value });
        }

        // Later than the last of them for sure: times are kept in milliseconds.
        var batch = Wire.Event("score-create", Now.AddMilliseconds(5), new JsonObject { ["id"] = score, ["traceId"] = trace, ["name"] = name, ["value"] = 9 });
        for (var i = 0; i < 2; i++)
        {
            Assert.Empty((await browser.PostBatchAsync([batch.DeepClone()], Cancel)).Errors);
        }

        Assert.Equal([(score, 9)], Values(await ReadAsync($"/api/public/v2/scores?name={name}")));
        Assert.Equal([(score, 9)], Values((await ReadAsync($"/api/public/traces/{trace}"))["scores"]!));
    }

    [Fact]
    public async Task Clicks_at_once_with_the_same_id_are_one_score()
    {
        var (trace, score, name) = (NewIds.For("trace"), NewIds.For("score"), NewIds.For("name"));
        using var browser = Browser();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(value =>
            SendAsync(browser, new JsonObject { ["id"] = score, ["traceId"] = trace, ["name"] = name, ["value"] = value })));
        await silo.Client.PostBatchAsync([Wire.Trace(trace, Now)], Cancel);

        var (id, value) = Assert.Single(Values((await ReadAsync($"/api/public/traces/{trace}"))["scores"]!));
        Assert.Equal(score, id);
        Assert.Equal([(score, value)], Values(await ReadAsync($"/api/public/v2/scores?name={name}")));
    }

    [Fact]
    public async Task A_score_that_came_before_its_trace_and_its_span_belongs_to_them_when_they_come()
    {
        var (trace, generation, name) = (NewIds.For("trace"), NewIds.For("generation"), NewIds.For("name"));
        using var browser = Browser();
        await SendAsync(browser, new JsonObject { ["id"] = $"{name}-1", ["traceId"] = trace, ["name"] = name, ["value"] = 1 });
        await SendAsync(browser, new JsonObject { ["id"] = $"{name}-2", ["traceId"] = trace, ["observationId"] = generation, ["name"] = name, ["value"] = 2 });
        Assert.Equal(HttpStatusCode.NotFound, (await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel)).Status);
        Assert.Empty((await ReadAsync($"/api/public/traces?name={name}")).AsArray());

        var started = Wire.Trace(trace, Now, name);
        started["body"]!["userId"] = name;
        await silo.Client.PostBatchAsync([started, Wire.Generation(generation, trace, Now)], Cancel);

        Assert.Equal([($"{name}-1", 1), ($"{name}-2", 2)], Values((await ReadAsync($"/api/public/traces/{trace}"))["scores"]!));
        Assert.Equal([($"{name}-1", 1), ($"{name}-2", 2)], Values(await ReadAsync($"/api/public/scores?userId={name}")));
        Assert.Equal(2, Assert.Single((await ReadAsync($"/api/public/traces?name={name}")).AsArray())!["scores"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_session_is_scored_before_and_after_its_traces()
    {
        var (session, name) = (NewIds.For("session"), NewIds.For("name"));
        using var browser = Browser();
        await SendAsync(browser, new JsonObject { ["id"] = $"{name}-1", ["sessionId"] = session, ["name"] = name, ["value"] = 1 });
        var started = Wire.Trace(NewIds.For("trace"), Now);
        started["body"]!["sessionId"] = session;
        await silo.Client.PostBatchAsync([started], Cancel);
        await SendAsync(browser, new JsonObject { ["id"] = $"{name}-2", ["sessionId"] = session, ["name"] = name, ["value"] = 2 });
        await SendAsync(browser, new JsonObject { ["id"] = $"{name}-1", ["sessionId"] = session, ["name"] = name, ["value"] = 3 });

        Assert.Equal([($"{name}-1", 3), ($"{name}-2", 2)], Values(await ReadAsync($"/api/public/v2/scores?sessionId={session}")));
    }

    private SiloClient Browser()
    {
        var browser = new SiloClient(silo.Silo.Address, keys: null);
        browser.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", silo.Keys.PublicKey);
        browser.Http.DefaultRequestHeaders.Add("Origin", "https://shop.example");
        return browser;
    }

    private static async Task SendAsync(SiloClient browser, JsonObject score)
    {
        var answer = await browser.PostAsync("/api/public/scores", Encoding.UTF8.GetBytes(score.ToJsonString()), cancellationToken: Cancel);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
    }

    private async Task<JsonNode> ReadAsync(string path)
    {
        var answer = await silo.Client.GetAsync(path, Cancel);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return answer.Json["data"] ?? answer.Json;
    }

    private static IEnumerable<(string Id, double Value)> Values(JsonNode scores) =>
        scores.AsArray().Select(s => ((string)s!["id"]!, (double)s["value"]!)).Order();
}
