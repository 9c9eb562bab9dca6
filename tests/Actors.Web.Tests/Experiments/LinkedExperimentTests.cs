using System.Net;
using System.Text.Json.Nodes;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Tests.Experiments;

/// <summary>
/// Runs that are known from <c>POST /dataset-run-items</c> alone, read as experiments from the real stores. Each test has a
/// dataset and traces of its own.
/// </summary>
public sealed class LinkedExperimentTests(StoredApi stored) : IClassFixture<StoredApi>, IAsyncLifetime
{

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly string _name = Guid.NewGuid().ToString();
    private JsonNode _dataset = null!;
    private JsonNode _item = null!;

    private FakeAnalytics Analytics => stored.Server.Grains.Analytics;

    private string Own => $"fromStartTime=2026-01-05T00:00:00Z&datasetId={_dataset["id"]}";

    private string Trace => $"{_name}-trace";

    public async ValueTask InitializeAsync()
    {
        _dataset = await OkAsync(HttpMethod.Post, "/v2/datasets", $$"""{"name":"{{_name}}"}""");
        _item = await OkAsync(HttpMethod.Post, "/dataset-items", $$"""
            {"datasetName":"{{_name}}","input":"Norway","expectedOutput":{"city":"Oslo"},"metadata":{"hard":false} }
            """);
    }

    public ValueTask DisposeAsync()
    {
        Analytics.Experiments.Clear();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_run_is_an_experiment_with_the_times_of_its_links()
    {
        await LinkAsync("run", Trace, 1, "\"runDescription\":\"tries\",\"metadata\":{\"version\":\"1.0\"}");
        var link = await LinkAsync("run", "other", 5);

        var page = await OkAsync(HttpMethod.Get, $"/experiments?{Own}&fields=metadata,scores");
        Json.AssertEqual(
            $$"""
            {"data":[{"id":"{{link["datasetRunId"]}}","name":"run","description":"tries","startTime":"2026-01-05T10:00:01.000Z",
            "endTime":"2026-01-05T10:00:05.000Z","itemCount":2,"datasetId":"{{_dataset["id"]}}","metadata":{"version":"1.0"},"scores":[]}],"meta":{} }
            """,
            page.ToJsonString());
        var clipped = await OkAsync(HttpMethod.Get, $"/experiments?fromStartTime=2026-01-05T10:00:02Z&datasetId={_dataset["id"]}");
        Assert.Equal(("2026-01-05T10:00:05.000Z", 1), ((string)clipped["data"]![0]!["startTime"]!, (int)clipped["data"]![0]!["itemCount"]!));
    }

    [Fact]
    public async Task An_item_is_what_its_link_connects()
    {
        Analytics.Observations.Add(new ObservationRecord
        {
            Id = "o",
            TraceId = Trace,
            Type = ObservationType.Generation,
            Level = ObservationLevel.Error,
            StartTime = Start,
            EndTime = Start.AddSeconds(2),
            Environment = "staging",
            Input = "\"Norway\"",
            Output = "{\"city\":\"Oslo\"}",
            Metadata = """{"a":1}""",
        });
        var link = await LinkAsync("run", Trace, 7, "\"observationId\":\"o\",\"runDescription\":\"tries\",\"metadata\":[1]");

        var page = await OkAsync(HttpMethod.Get, $"/experiment-items?{Own}&fields=dataset,io,metadata,itemMetadata,experimentMetadata,scores");
        Json.AssertEqual(
            $$"""
            {"data":[{"id":"o","traceId":"{{Trace}}","startTime":"2026-01-05T10:00:00.000Z","endTime":"2026-01-05T10:00:02.000Z","level":"ERROR",
            "environment":"staging","experimentId":"{{link["datasetRunId"]}}","experimentName":"run","experimentItemId":"{{_item["id"]}}",
            "experimentDatasetId":"{{_dataset["id"]}}","experimentItemVersion":"{{_item["updatedAt"]}}","input":"Norway",
            "output":"{\"city\":\"Oslo\"}","expectedOutput":"{\"city\":\"Oslo\"}","metadata":{"a":1},"experimentItemMetadata":{"hard":false},
            "experimentMetadata":{"metadata":[1]},"experimentDescription":"tries","scores":[]}],"meta":{} }
            """,
            page.ToJsonString());
        Assert.Equal((Trace, "o"), (Assert.Single(Analytics.SubjectScoreQuery!.TraceIds), Assert.Single(Analytics.SubjectScoreQuery.ObservationIds)));
    }

    [Fact]
    public async Task An_item_without_an_observation_is_its_trace()
    {
        Analytics.Traces.Add(new TraceRecord
        {
            Id = Trace,
            Timestamp = Start,
            Environment = "staging",
            Input = "\"Norway\"",
            Output = "\"Oslo\"",
            Summary = TraceSummary.Empty with { Observations = 1, Level = ObservationLevel.Warning, Latency = TimeSpan.FromSeconds(1.5) },
        });
        await LinkAsync("run", Trace, 7);

        var item = (await OkAsync(HttpMethod.Get, $"/experiment-items?{Own}&fields=io"))["data"]![0]!;
        Assert.Equal((Trace, Trace, "Oslo"), ((string)item["id"]!, (string)item["traceId"]!, (string)item["output"]!));
        Assert.Equal(("2026-01-05T10:00:00.000Z", "2026-01-05T10:00:01.500Z"), ((string)item["startTime"]!, (string)item["endTime"]!));
        Assert.Equal(("WARNING", "staging"), ((string)item["level"]!, (string)item["environment"]!));
        Assert.Null(Analytics.TraceQuery!.TextLimit);
        await OkAsync(HttpMethod.Get, $"/experiment-items?{Own}");
        Assert.Equal(0, Analytics.TraceQuery.TextLimit);
    }

    [Fact]
    public async Task A_trace_that_has_not_come_is_known_from_its_link()
    {
        await LinkAsync("run", Trace, 7, "\"observationId\":\"o\"");

        var item = (await OkAsync(HttpMethod.Get, $"/experiment-items?{Own}&fields=io"))["data"]![0]!;
        Assert.Equal(("o", Trace, "2026-01-05T10:00:07.000Z"), ((string)item["id"]!, (string)item["traceId"]!, (string)item["startTime"]!));
        Assert.Null(item["endTime"]);
        Assert.Null(item["output"]);
        Assert.Equal("""{"city":"Oslo"}""", (string)item["expectedOutput"]!);
    }

    [Fact]
    public async Task A_run_that_spans_speak_of_is_left_to_them()
    {
        var link = await LinkAsync("traced", Trace, 1);
        await LinkAsync("linked", "other", 2);
        Analytics.Experiments.Add(new ExperimentRecord
        {
            Id = (string)link["datasetRunId"]!, Name = "traced", StartTime = Start, EndTime = Start, LastActivity = Start, ItemCount = 4,
        });

        var experiments = await OkAsync(HttpMethod.Get, $"/experiments?{Own}");
        Assert.Equal([("linked", 1), ("traced", 4)], experiments["data"]!.AsArray().Select(e => ((string)e!["name"]!, (int)e["itemCount"]!)));
        var items = await OkAsync(HttpMethod.Get, $"/experiment-items?{Own}");
        Assert.Equal(["other"], items["data"]!.AsArray().Select(i => (string)i!["traceId"]!));
    }

    [Fact]
    public async Task Another_project_sees_none_of_it()
    {
        await LinkAsync("run", Trace, 1);
        using var other = new HttpClient { BaseAddress = stored.Server.Client.BaseAddress };
        other.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        foreach (var list in new[] { "experiments", "experiment-items" })
        {
            var uri = new Uri($"/api/public/{list}?{Own}", UriKind.Relative);
            Json.AssertEqual("""{"data":[],"meta":{} }""", await other.GetStringAsync(uri, TestContext.Current.CancellationToken));
        }
    }

    private Task<JsonNode> LinkAsync(string run, string traceId, int second, string rest = "\"runDescription\":null") => OkAsync(
        HttpMethod.Post,
        "/dataset-run-items",
        $$"""{"runName":"{{run}}","datasetItemId":"{{_item["id"]}}","traceId":"{{traceId}}","createdAt":"2026-01-05T10:00:0{{second}}Z",{{rest}}}""");

    private async Task<JsonNode> OkAsync(HttpMethod method, string path, string? json = null)
    {
        var (status, body) = await stored.Server.SendAsync(method, $"/api/public{path}", json);
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        return JsonNode.Parse(body)!;
    }
}
