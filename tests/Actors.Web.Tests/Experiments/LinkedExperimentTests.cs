using System.Net;
using System.Text.Json.Nodes;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Tests.Experiments;

/// <summary>Runs that are known from <c>POST /dataset-run-items</c> alone, read as experiments from the real stores.</summary>
public sealed class LinkedExperimentTests : IAsyncLifetime
{
    private const string From = "fromStartTime=2026-01-05T00:00:00Z";

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private ApiServer _server = null!;
    private JsonNode _dataset = null!;
    private JsonNode _item = null!;

    private FakeAnalytics Analytics => _server.Grains.Analytics;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartWithStoresAsync();
        _dataset = await OkAsync(HttpMethod.Post, "/v2/datasets", """{"name":"capitals"}""");
        _item = await OkAsync(HttpMethod.Post, "/dataset-items", """
            {"datasetName":"capitals","input":"Norway","expectedOutput":{"city":"Oslo"},"metadata":{"hard":false}}
            """);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_run_is_an_experiment_with_the_times_of_its_links()
    {
        await LinkAsync("run", "t1", 1, "\"runDescription\":\"tries\",\"metadata\":{\"version\":\"1.0\"}");
        var link = await LinkAsync("run", "t2", 5);

        var page = await OkAsync(HttpMethod.Get, $"/experiments?{From}&fields=metadata,scores");
        Json.AssertEqual(
            $$"""
            {"data":[{"id":"{{link["datasetRunId"]}}","name":"run","description":"tries","startTime":"2026-01-05T10:00:01.000Z",
            "endTime":"2026-01-05T10:00:05.000Z","itemCount":2,"datasetId":"{{_dataset["id"]}}","metadata":{"version":"1.0"},"scores":[]}],"meta":{} }
            """,
            page.ToJsonString());
        var clipped = await OkAsync(HttpMethod.Get, "/experiments?fromStartTime=2026-01-05T10:00:02Z");
        Assert.Equal(("2026-01-05T10:00:05.000Z", 1), ((string)clipped["data"]![0]!["startTime"]!, (int)clipped["data"]![0]!["itemCount"]!));
    }

    [Fact]
    public async Task An_item_is_what_its_link_connects()
    {
        Analytics.Observations.Add(new ObservationRecord
        {
            Id = "o",
            TraceId = "t1",
            Type = ObservationType.Generation,
            Level = ObservationLevel.Error,
            StartTime = Start,
            EndTime = Start.AddSeconds(2),
            Environment = "staging",
            Input = "\"Norway\"",
            Output = "{\"city\":\"Oslo\"}",
            Metadata = """{"a":1}""",
        });
        var link = await LinkAsync("run", "t1", 7, "\"observationId\":\"o\",\"runDescription\":\"tries\",\"metadata\":[1]");

        var page = await OkAsync(HttpMethod.Get, $"/experiment-items?{From}&fields=dataset,io,metadata,itemMetadata,experimentMetadata,scores");
        Json.AssertEqual(
            $$"""
            {"data":[{"id":"o","traceId":"t1","startTime":"2026-01-05T10:00:00.000Z","endTime":"2026-01-05T10:00:02.000Z","level":"ERROR",
            "environment":"staging","experimentId":"{{link["datasetRunId"]}}","experimentName":"run","experimentItemId":"{{_item["id"]}}",
            "experimentDatasetId":"{{_dataset["id"]}}","experimentItemVersion":"{{_item["updatedAt"]}}","input":"Norway",
            "output":"{\"city\":\"Oslo\"}","expectedOutput":"{\"city\":\"Oslo\"}","metadata":{"a":1},"experimentItemMetadata":{"hard":false},
            "experimentMetadata":{"metadata":[1]},"experimentDescription":"tries","scores":[]}],"meta":{} }
            """,
            page.ToJsonString());
        Assert.Equal(("t1", "o"), (Assert.Single(Analytics.SubjectScoreQuery!.TraceIds), Assert.Single(Analytics.SubjectScoreQuery.ObservationIds)));
    }

    [Fact]
    public async Task An_item_without_an_observation_is_its_trace()
    {
        Analytics.Traces.Add(new TraceRecord
        {
            Id = "t1",
            Timestamp = Start,
            Environment = "staging",
            Input = "\"Norway\"",
            Output = "\"Oslo\"",
            Summary = TraceSummary.Empty with { Observations = 1, Level = ObservationLevel.Warning, Latency = TimeSpan.FromSeconds(1.5) },
        });
        await LinkAsync("run", "t1", 7);

        var item = (await OkAsync(HttpMethod.Get, $"/experiment-items?{From}&fields=io"))["data"]![0]!;
        Assert.Equal(("t1", "t1", "Oslo"), ((string)item["id"]!, (string)item["traceId"]!, (string)item["output"]!));
        Assert.Equal(("2026-01-05T10:00:00.000Z", "2026-01-05T10:00:01.500Z"), ((string)item["startTime"]!, (string)item["endTime"]!));
        Assert.Equal(("WARNING", "staging"), ((string)item["level"]!, (string)item["environment"]!));
        Assert.Null(Analytics.TraceQuery!.TextLimit);
        await OkAsync(HttpMethod.Get, $"/experiment-items?{From}");
        Assert.Equal(0, Analytics.TraceQuery.TextLimit);
    }

    [Fact]
    public async Task A_trace_that_has_not_come_is_known_from_its_link()
    {
        await LinkAsync("run", "t1", 7, "\"observationId\":\"o\"");

        var item = (await OkAsync(HttpMethod.Get, $"/experiment-items?{From}&fields=io"))["data"]![0]!;
        Assert.Equal(("o", "t1", "2026-01-05T10:00:07.000Z"), ((string)item["id"]!, (string)item["traceId"]!, (string)item["startTime"]!));
        Assert.Null(item["endTime"]);
        Assert.Null(item["output"]);
        Assert.Equal("""{"city":"Oslo"}""", (string)item["expectedOutput"]!);
    }

    [Fact]
    public async Task A_run_that_spans_speak_of_is_left_to_them()
    {
        var link = await LinkAsync("spoken", "t1", 1);
        await LinkAsync("linked", "t2", 2);
        Analytics.Experiments.Add(new ExperimentRecord
        {
            Id = (string)link["datasetRunId"]!, Name = "spoken", StartTime = Start, EndTime = Start, LastActivity = Start, ItemCount = 4,
        });

        var experiments = await OkAsync(HttpMethod.Get, $"/experiments?{From}");
        Assert.Equal([("linked", 1), ("spoken", 4)], experiments["data"]!.AsArray().Select(e => ((string)e!["name"]!, (int)e["itemCount"]!)));
        var items = await OkAsync(HttpMethod.Get, $"/experiment-items?{From}");
        Assert.Equal(["t2"], items["data"]!.AsArray().Select(i => (string)i!["traceId"]!));
    }

    [Fact]
    public async Task Another_project_sees_none_of_it()
    {
        await LinkAsync("run", "t1", 1);
        _server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");

        Assert.Empty((await OkAsync(HttpMethod.Get, $"/experiments?{From}"))["data"]!.AsArray());
        Assert.Empty((await OkAsync(HttpMethod.Get, $"/experiment-items?{From}"))["data"]!.AsArray());
    }

    private Task<JsonNode> LinkAsync(string run, string traceId, int second, string rest = "\"runDescription\":null") => OkAsync(
        HttpMethod.Post,
        "/dataset-run-items",
        $$"""{"runName":"{{run}}","datasetItemId":"{{_item["id"]}}","traceId":"{{traceId}}","createdAt":"2026-01-05T10:00:0{{second}}Z",{{rest}}}""");

    private async Task<JsonNode> OkAsync(HttpMethod method, string path, string? json = null)
    {
        var (status, body) = await _server.SendAsync(method, $"/api/public{path}", json);
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        return JsonNode.Parse(body)!;
    }
}
