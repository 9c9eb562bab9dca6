using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.Feedback;

/// <summary>What may come in with a public key alone, at both doors of scores.</summary>
public sealed class FeedbackDoorTests(FeedbackApi api) : IClassFixture<FeedbackApi>, IAsyncLifetime
{
    private const string Scores = "/api/public/scores";
    private const string Batches = "/api/public/ingestion";

    private readonly List<string> _traces = [];

    private ApiServer Server => api.Server;

    // The events that are stored of what this test has sent.
    private int Stored => _traces.Sum(trace => Server.Grains.Events($"one/t:{trace}").Count);

    public async ValueTask InitializeAsync() => await api.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("https://anywhere.example")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task A_project_without_a_list_takes_scores_from_anywhere(string? origin)
    {
        Assert.Equal(200, (await SendAsync(Scores, origin)).Status);
        Assert.Equal(207, (await SendAsync(Batches, origin)).Status);
    }

    [Theory]
    [InlineData("https://app.example.com", true)]
    [InlineData("https://www.shop.example", true)]
    [InlineData("https://shop.example", false)]
    [InlineData("http://app.example.com", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    public async Task A_project_with_a_list_takes_scores_from_its_pages_only(string origin, bool isAllowed)
    {
        await api.SetAsync("""{"allowedOrigins":["https://app.example.com","https://*.shop.example"]}""");
        foreach (var (door, taken) in new[] { (Scores, 200), (Batches, 207) })
        {
            var answer = await SendAsync(door, origin);
            Assert.Equal(isAllowed ? taken : 403, answer.Status);
            if (!isAllowed)
            {
                Json.AssertEqual(
                    $$"""{"message":"The project does not take scores from pages of '{{origin}}'. Add it to the allowed origins of the project","error":"OriginNotAllowedError"}""", answer.Body);

                // Without this header the page could not read why.
                Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            }
        }

        Assert.Equal(isAllowed ? 2 : 0, Stored);
    }

    [Fact]
    public async Task With_a_list_a_request_that_names_no_origin_is_refused_and_told_why()
    {
        await api.SetAsync("""{"allowedOrigins":["https://app.example.com"]}""");
        var answer = await SendAsync(Scores, origin: null);
        Assert.Equal(403, answer.Status);
        Json.AssertEqual(
            """
            {"message":"The project takes scores with its public key alone only from pages of its allowed origins, and the request has no Origin header. Use the secret key, on a server","error":"OriginNotAllowedError"}
            """,
            answer.Body);
    }

    [Fact]
    public async Task A_preflight_shows_no_key_and_is_answered_so_that_the_page_can_read_the_refusal()
    {
        await api.SetAsync("""{"allowedOrigins":["https://app.example.com"]}""");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, Scores);
        preflight.Headers.Add("Origin", "https://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var answer = await Server.Client.SendAsync(preflight, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("authorization", answer.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    [Fact]
    public async Task Whoever_shows_the_secret_key_is_not_asked()
    {
        await api.SetAsync("""{"allowedOrigins":["https://app.example.com"],"scoresPerMinutePerKey":1,"scoresPerMinutePerAddress":1}""");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await SendAsync(Scores, "https://evil.example", isPublic: false)).Status);
            Assert.Equal(207, (await SendAsync(Batches, origin: null, isPublic: false)).Status);
        }
    }

    [Fact]
    public async Task An_address_is_told_how_long_to_wait_and_let_in_again()
    {
        await api.SetAsync("""{"scoresPerMinutePerAddress":3}""");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await SendAsync(Scores)).Status);
        }

        foreach (var door in new[] { Scores, Batches })
        {
            var refused = await SendAsync(door);
            Assert.Equal(429, refused.Status);
            Assert.Equal(("20", "3", "0"), (Header(refused, "Retry-After"), Header(refused, "X-RateLimit-Limit"), Header(refused, "X-RateLimit-Remaining")));
            Json.AssertEqual(
                $$$"""
                {"message":"At most 3 scores a minute are taken from your address. Try again later.","code":"rate_limited",
                 "details":{"retryAfterSeconds":20,"limit":3,"remaining":0,"resetAt":"{{{WireTime.ToText(api.Clock.GetUtcNow().AddSeconds(20))}}}"}}
                """,
                refused.Body);
        }

        api.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, (await SendAsync(Scores)).Status);
        Assert.Equal(429, (await SendAsync(Scores)).Status);
        Assert.Equal(4, Stored);
    }

    [Fact]
    public async Task Addresses_are_counted_apart_and_networks_of_ipv6_as_one()
    {
        await api.SetAsync("""{"scoresPerMinutePerAddress":1}""");
        Assert.Equal(200, (await SendAsync(Scores, from: "203.0.113.9")).Status);
        Assert.Equal(429, (await SendAsync(Scores, from: "198.51.100.7, 203.0.113.9")).Status);
        Assert.Equal(200, (await SendAsync(Scores, from: "203.0.113.10")).Status);
        Assert.Equal(200, (await SendAsync(Scores, from: "2001:db8:1:2::7")).Status);
        Assert.Equal(429, (await SendAsync(Scores, from: "2001:db8:1:2:ffff::8")).Status);
        Assert.Equal(200, (await SendAsync(Scores, from: "2001:db8:1:3::7")).Status);
    }

    [Fact]
    public async Task A_key_has_a_limit_over_all_addresses_and_another_key_one_of_its_own()
    {
        await api.SetAsync("""{"scoresPerMinutePerKey":2,"scoresPerMinutePerAddress":2}""");
        Assert.Equal(200, (await SendAsync(Scores, from: "203.0.113.1")).Status);
        Assert.Equal(200, (await SendAsync(Scores, from: "203.0.113.2")).Status);
        var refused = await SendAsync(Scores, from: "203.0.113.3");
        Assert.Equal(429, refused.Status);
        Assert.Equal("At most 2 scores a minute are taken with this public key. Try again later.", (string?)JsonNode.Parse(refused.Body)!["message"]);
        Assert.Equal(200, (await SendAsync(Scores, from: "203.0.113.3", key: "pk-lf-2")).Status);

        // What the key's limit refused has not been counted against the address.
        await api.SetAsync("""{"scoresPerMinutePerKey":600,"scoresPerMinutePerAddress":2}""");
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await SendAsync(Scores, from: "203.0.113.3")).Status);
        Assert.Equal(200, (await SendAsync(Scores, from: "203.0.113.3")).Status);
    }

    [Fact]
    public async Task Every_score_of_a_batch_counts_and_one_too_large_is_refused_for_good()
    {
        await api.SetAsync("""{"scoresPerMinutePerAddress":5}""");
        Assert.Equal(207, (await SendAsync(Batches, count: 3)).Status);
        var refused = await SendAsync(Batches, count: 3);
        Assert.Equal(429, refused.Status);

        // That it came at all has been counted.
        Assert.Equal(207, (await SendAsync(Batches)).Status);
        Assert.Equal(429, (await SendAsync(Batches)).Status);

        api.Clock.Advance(TimeSpan.FromMinutes(1));
        var tooLarge = await SendAsync(Batches, count: 6);
        Assert.Equal(413, tooLarge.Status);
        Json.AssertEqual(
            """{"message":"With the public key alone a request takes at most 5 scores, and this one has 6","error":"PayloadTooLargeError"}""", tooLarge.Body);
        Assert.Equal(4, Stored);
    }

    [Fact]
    public async Task Without_trusted_proxies_no_header_makes_another_address()
    {
        await using var server = await ApiServer.StartWithStoresAsync();
        await server.SendAsync(HttpMethod.Put, FeedbackApi.Policy, """{"scoresPerMinutePerAddress":1}""");
        Assert.Equal(200, (await SendAsync(server, Scores, null, "203.0.113.1", "pk-lf-1", 1)).Status);
        Assert.Equal(429, (await SendAsync(server, Scores, null, "203.0.113.2", "pk-lf-1", 1)).Status);
    }

    [Fact]
    public async Task Refusals_are_counted_by_reason()
    {
        var reasons = new List<string>();
        using var listener = new MeterListener();
        var factory = Server.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "actors.feedback.refused" && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => reasons.AddRange(Enumerable.Repeat((string)tags[0].Value!, (int)count)));
        listener.Start();

        await api.SetAsync("""{"allowedOrigins":["https://app.example.com"],"scoresPerMinutePerKey":2,"scoresPerMinutePerAddress":1}""");
        await SendAsync(Scores, "https://evil.example");
        await SendAsync(Scores);
        await SendAsync(Scores, "https://app.example.com");
        await SendAsync(Scores, "https://app.example.com");
        await SendAsync(Scores, "https://app.example.com", from: "203.0.113.1");
        await SendAsync(Scores, "https://app.example.com", from: "203.0.113.2");
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(Batches, "https://app.example.com", count: 2);
        Assert.Equal(["origin", "no_origin", "address_rate", "key_rate", "too_many_at_once"], reasons);
    }

    private Task<Sent> SendAsync(
        string door, string? origin = null, string from = "203.0.113.200", string key = "pk-lf-1", int count = 1, bool isPublic = true) =>
        SendAsync(Server, door, origin, from, isPublic ? key : null, count);

    private async Task<Sent> SendAsync(ApiServer server, string door, string? origin, string from, string? publicKey, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, door);
        request.Headers.Authorization = publicKey is null ? null : new AuthenticationHeaderValue("Bearer", publicKey);
        request.Headers.Add("X-Forwarded-For", from);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        var traces = Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString()).ToList();
        _traces.AddRange(traces);
        var scores = traces.Select(trace => new JsonObject { ["traceId"] = trace, ["name"] = "helpful", ["value"] = 1 });
        var body = door == Scores ? scores.Single() : new JsonObject
        {
            ["batch"] = new JsonArray([.. scores.Select(score => new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(), ["type"] = "score-create", ["timestamp"] = "2026-01-05T10:00:00.000Z", ["body"] = score,
            })]),
        };
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Sent((int)response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }

    private static string Header(Sent sent, string name) => sent.Headers.GetValues(name).Single();

    private sealed record Sent(int Status, HttpResponseHeaders Headers, string Body);
}
