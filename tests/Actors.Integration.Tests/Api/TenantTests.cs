using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Actors.Integration.Api;

/// <summary>Who has no valid key gets nothing, on every path of the API.</summary>
public sealed class TenantTests(RunningSilo silo)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly string[] Reads =
    [
        "/api/public/projects",
        "/api/public/traces",
        "/api/public/traces/some",
        "/api/public/observations",
        "/api/public/observations/some",
        "/api/public/sessions",
        "/api/public/sessions/some",
    ];

    private static readonly string[] Writes = [SiloClient.Ingestion, "/api/public/otel/v1/traces"];

    public static TheoryData<string, string?> Strangers() => new()
    {
        { "nobody", null },
        { "another project's keys", $"Basic {Base64($"pk-lf-{Guid.Empty}:sk-lf-{Guid.Empty}")}" },
        { "an empty pair", $"Basic {Base64(":")}" },
        { "no pair", $"Basic {Base64("pk-lf-alone")}" },
        { "no base64", "Basic %%%" },
        { "another scheme", "Digest username=x" },
        { "an unknown public key", $"Bearer pk-lf-{Guid.Empty}" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_stranger_is_refused_everywhere(string who, string? authorization)
    {
        using var http = new HttpClient { BaseAddress = silo.Silo.Address };
        if (authorization is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var path in Reads)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{who}: GET {path} answered {(int)answer.StatusCode}");
        }

        foreach (var path in Writes)
        {
            using var content = new StringContent("""{"batch":[]}""", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{who}: POST {path} answered {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_right_public_key_with_a_wrong_secret_is_refused()
    {
        using var client = new SiloClient(silo.Silo.Address, silo.Keys with { SecretKey = $"sk-lf-{Guid.NewGuid()}" });
        var refused = await client.PostBatchAsync([Wire.Trace(NewIds.For("trace"), TimeProvider.System.GetUtcNow())], Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
    }

    [Fact]
    public async Task A_public_key_alone_may_send_scores_and_nothing_else()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (trace, score) = (NewIds.For("trace"), NewIds.For("score"));
        await silo.Client.PostBatchAsync([Wire.Trace(trace, now)], Cancel);

        using var browser = new SiloClient(silo.Silo.Address, keys: null);
        browser.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", silo.Keys.PublicKey);
        var scored = Wire.Score(score, trace, now);
        var refused = Wire.Trace(NewIds.For("trace"), now);
        var answer = await browser.PostBatchAsync([scored, refused], Cancel);

        Assert.Equal(HttpStatusCode.MultiStatus, answer.Status);
        Assert.Equal([Wire.IdOf(scored)], answer.Successes);
        Assert.Equal([(Wire.IdOf(refused), 401)], answer.Errors);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/api/public/traces/{trace}", Cancel)).Status);
        var read = await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel);
        Assert.Equal(score, (string?)read.Json["scores"]![0]!["id"]);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
