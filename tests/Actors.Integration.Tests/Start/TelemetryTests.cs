using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Actors.Integration.Start;

/// <summary>What the server tells of itself.</summary>
public sealed partial class TelemetryTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Metrics_count_what_was_stored_and_are_for_this_machine_or_the_administrator()
    {
        await using var silo = await SiloProcess.StartAsync(
            new SiloStart { DataDirectory = _scratch.Path, Keys = ProjectKeys.New(), Environment = Administrator.Variables }, Cancel);
        await silo.Client.PostBatchAsync(TraceBatch("one", "two", "three"), Cancel);

        using var http = new HttpClient { BaseAddress = silo.Address };
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
        Assert.Equal("3", StoredEvents().Match(metrics).Groups[1].Value);
        foreach (var name in new[] { "actors_event_log_commit_duration_seconds_bucket", "orleans_catalog_activations", "http_server_request_duration_seconds_bucket" })
        {
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        }

        using var forwarded = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        forwarded.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var refused = await http.SendAsync(forwarded, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);

        using var scraper = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        scraper.Headers.Add("X-Forwarded-For", "203.0.113.9");
        scraper.Headers.Authorization = new("Bearer", Administrator.AdminKey);
        using var served = await http.SendAsync(scraper, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, served.StatusCode);
    }

    [Fact]
    public async Task Every_metric_of_the_table_is_served_and_no_other_of_ours_is()
    {
        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _scratch.Path, Keys = ProjectKeys.New() }, Cancel);
        await silo.Client.PostBatchAsync(TraceBatch("one"), Cancel);
        await silo.Client.GetAsync("/api/public/traces", Cancel);
        await RefuseFeedbackAsync(silo);

        // The last one to be measured is the tick that tells of the trace; what is scraped twice in a moment is the same.
        var told = Told();
        var served = await Eventually.GetAsync(
            "all metrics of the table", TimeSpan.FromSeconds(20), () => ServedAsync(silo), names => told.All(t => names.Any(n => IsOf(n, t))), Cancel);
        Assert.DoesNotContain(served, n => n.StartsWith("actors_", StringComparison.Ordinal) && !told.Any(t => IsOf(n, t)));
    }

    [Fact]
    public async Task A_request_is_traced_through_the_actors_to_whoever_collects_and_nothing_else_is()
    {
        var keys = ProjectKeys.New();
        await using var collector = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _scratch.Combine("collector"), Keys = keys }, Cancel);
        await using var silo = await SiloProcess.StartAsync(
            new SiloStart { DataDirectory = _scratch.Combine("data"), Keys = ProjectKeys.New(), Environment = ExportTo(collector.Address, keys) }, Cancel);
        await silo.Client.PostBatchAsync(TraceBatch("one"), Cancel);
        await silo.Client.GetAsync("/api/public/traces", Cancel);

        var traces = await Eventually.GetAsync(
            "the trace of the request",
            TimeSpan.FromSeconds(20),
            () => collector.Client.GetAsync("/api/public/traces", Cancel),
            answer => answer.Json["data"]!.AsArray().Count >= 2,
            Cancel);
        Assert.Equal(
            ["GET /api/public/traces", "POST /api/public/ingestion"],
            traces.Json["data"]!.AsArray().Select(t => (string)t!["name"]!).Distinct().Order());
        var read = traces.Json["data"]!.AsArray().Single(t => (string)t!["name"]! == "GET /api/public/traces")!;
        var spans = await collector.Client.GetAsync($"/api/public/observations?traceId={read["id"]}", Cancel);
        Assert.Contains(
            spans.Json["data"]!.AsArray(), s => ((string)s!["name"]!).StartsWith("analytics ListTraces", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Told() =>
    [
        .. File.ReadLines(RepositoryRoot.Combine("docs", "configuration.md"))
            .SkipWhile(l => l != "| metric | what it is |")
            .TakeWhile(l => l.StartsWith('|'))
            .SelectMany(l => Name().Matches(l.Split('|')[1]).Select(m => m.Groups[1].Value.Replace('.', '_').Replace('-', '_'))),
    ];

    private static async Task<IReadOnlyList<string>> ServedAsync(SiloProcess silo) =>
        [.. Served().Matches((await silo.Client.GetAsync("/metrics", Cancel)).Text).Select(m => m.Groups[1].Value)];

    // Prometheus' names end with the unit and with what kind of instrument it is.
    private static bool IsOf(string served, string told) =>
        served.StartsWith(told, StringComparison.Ordinal) && served[told.Length..] is "" or "_total" or "_seconds" or "_bytes" or "_ratio";

    // A score with the public key alone, without an origin where one is asked for.
    private static async Task RefuseFeedbackAsync(SiloProcess silo)
    {
        using var policy = new StringContent("""{"allowedOrigins":["https://app.example.com"]}""", Encoding.UTF8, "application/json");
        using var put = await silo.Client.Http.PutAsync(new Uri("/api/public/actors/feedback", UriKind.Relative), policy, Cancel);
        Assert.True(put.IsSuccessStatusCode);
        using var page = new HttpClient { BaseAddress = silo.Address };
        page.DefaultRequestHeaders.Authorization = new("Bearer", silo.Start.Keys!.PublicKey);
        using var score = new StringContent("""{"traceId":"one","name":"n","value":1}""", Encoding.UTF8, "application/json");
        using var refused = await page.PostAsync(new Uri("/api/public/scores", UriKind.Relative), score, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static Dictionary<string, string?> ExportTo(Uri collector, ProjectKeys keys) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "Authorization=Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.PublicKey}:{keys.SecretKey}")),
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
    };

    private static JsonArray TraceBatch(params string[] ids) => [.. ids.Select(id => new JsonObject
    {
        ["id"] = id,
        ["type"] = "trace-create",
        ["timestamp"] = "2026-11-25T03:00:00.000Z",
        ["body"] = new JsonObject { ["id"] = id, ["name"] = "told" },
    })];

    [GeneratedRegex("`([a-z_.-]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("^# TYPE (\\S+)", RegexOptions.Multiline)]
    private static partial Regex Served();

    [GeneratedRegex("actors_ingest_events_total\\{[^}]*outcome=\"stored\"[^}]*\\} (\\d+)")]
    private static partial Regex StoredEvents();
}
