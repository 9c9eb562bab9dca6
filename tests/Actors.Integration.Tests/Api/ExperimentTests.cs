using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Integration.Api;

/// <summary>
/// Experiments from spans and from links, over the whole server: written by OTLP and by <c>POST /dataset-run-items</c>, many
/// of them at the same moments, and walked page by page.
/// </summary>
public sealed class ExperimentTests(RunningSilo silo)
{
    private const int Traced = 9;
    private const int Linked = 8;

    // Far from the other tests' times, and different in each test.
    private static int _tests;

    private readonly DateTimeOffset _start = new(2011, 1, 1 + Interlocked.Increment(ref _tests), 0, 0, 0, TimeSpan.Zero);
    private readonly string _run = NewIds.For("run");
    private readonly string _prefix = Guid.NewGuid().ToString("N")[..8];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Window => $"fromStartTime={Wire.Iso(_start)}&toStartTime={Wire.Iso(_start.AddDays(1))}";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task No_page_loses_or_repeats_what_spans_and_links_say(int limit)
    {
        var (experiments, items) = await WriteAsync();

        var walkedItems = await WalkAsync($"/experiment-items?{Window}", limit);
        Assert.Equal(items.Order(), walkedItems.Select(i => (string)i["traceId"]!).Order());
        AssertNewestFirst(walkedItems, "startTime");
        var walked = await WalkAsync($"/experiments?{Window}", limit);
        Assert.Equal(experiments.Order(), walked.Select(e => (string)e["name"]!).Order());
        AssertNewestFirst(walked, "endTime");
        Assert.Equal(Traced + Linked, walked.Sum(e => (int)e["itemCount"]!));
    }

    [Fact]
    public async Task Windows_that_follow_each_other_share_nothing()
    {
        var (_, items) = await WriteAsync();
        var middle = Wire.Iso(_start.AddSeconds(2));

        var older = await WalkAsync($"/experiment-items?fromStartTime={Wire.Iso(_start)}&toStartTime={middle}", 2);
        var newer = await WalkAsync($"/experiment-items?fromStartTime={middle}&toStartTime={Wire.Iso(_start.AddDays(1))}", 2);

        Assert.Equal(items.Order(), older.Concat(newer).Select(i => (string)i["traceId"]!).Order());
        Assert.All(older, i => Assert.True(string.CompareOrdinal((string)i["startTime"]!, middle) < 0));
        Assert.NotEmpty(older);
        Assert.All(newer, i => Assert.True(string.CompareOrdinal((string)i["startTime"]!, middle) >= 0));
    }

    [Fact]
    public async Task An_experiment_is_its_spans_from_when_the_first_has_come()
    {
        var dataset = await PostAsync("/v2/datasets", new JsonObject { ["name"] = _run });
        var item = await PostAsync("/dataset-items", new JsonObject { ["datasetName"] = _run, ["input"] = 1 });
        var trace = TraceIdOf(1);
        var link = await LinkAsync((string)item["id"]!, _run, trace, _start);
        var id = (string)link["datasetRunId"]!;
        var before = Assert.Single(await WalkAsync($"/experiment-items?{Window}", 10));
        Assert.Equal((trace, id), ((string)before["id"]!, (string)before["experimentId"]!));

        await ExportAsync([Span(1, _start.AddSeconds(1), id, _run, (string)item["id"]!, (string)dataset["id"]!)]);

        var after = Assert.Single(await WalkAsync($"/experiment-items?{Window}&fields=dataset,io,itemMetadata,experimentMetadata", 10));
        Assert.Equal((SpanIdOf(1), trace, Wire.Iso(_start.AddSeconds(1))), ((string)after["id"]!, (string)after["traceId"]!, (string)after["startTime"]!));
        Assert.Equal(("question 1", "answer 1", "expected"), ((string)after["input"]!, (string)after["output"]!, (string)after["expectedOutput"]!));
        Assert.Equal(((string)dataset["id"]!, "2026-01-05T00:00:00.000Z"), ((string)after["experimentDatasetId"]!, (string)after["experimentItemVersion"]!));
        Assert.Equal(("""{"hard":true}""", """{"version":"1.0"}""", "tries"),
            (after["experimentItemMetadata"]!.ToJsonString(), after["experimentMetadata"]!.ToJsonString(), (string)after["experimentDescription"]!));
        var experiment = Assert.Single(await WalkAsync($"/experiments?{Window}", 10));
        Assert.Equal((id, 1, Wire.Iso(_start.AddSeconds(2))), ((string)experiment["id"]!, (int)experiment["itemCount"]!, (string)experiment["endTime"]!));
    }

    // Nine spans of three experiments, and eight links of two runs, over four seconds: every moment has several of both.
    private async Task<(IEnumerable<string> Experiments, IEnumerable<string> TraceIds)> WriteAsync()
    {
        await PostAsync("/v2/datasets", new JsonObject { ["name"] = _run });
        var item = await PostAsync("/dataset-items", new JsonObject { ["datasetName"] = _run, ["input"] = 1 });
        await ExportAsync([.. Enumerable.Range(0, Traced).Select(i => Span(i, At(i), $"{_run}-{i % 3}", $"{_run}-{i % 3}", $"item-{i}", null))]);
        for (var i = Traced; i < Traced + Linked; i++)
        {
            await LinkAsync((string)item["id"]!, $"{_run}-linked-{i % 2}", TraceIdOf(i), At(i));
        }

        return (
            [.. Enumerable.Range(0, 3).Select(i => $"{_run}-{i}"), .. Enumerable.Range(0, 2).Select(i => $"{_run}-linked-{i}")],
            Enumerable.Range(0, Traced + Linked).Select(TraceIdOf));
    }

    private DateTimeOffset At(int i) => _start.AddSeconds(i % 4);

    private string TraceIdOf(int i) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{i:x24}");

    private string SpanIdOf(int i) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{i:x8}");

    private JsonObject Span(int i, DateTimeOffset at, string experiment, string name, string item, string? dataset)
    {
        JsonObject Attribute(string key, string value) => new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };
        var attributes = new JsonArray(
            Attribute("langfuse.observation.input", $"question {i}"),
            Attribute("langfuse.observation.output", $"answer {i}"),
            Attribute("langfuse.experiment.id", experiment),
            Attribute("langfuse.experiment.name", name),
            Attribute("langfuse.experiment.description", "tries"),
            Attribute("langfuse.experiment.metadata", """{"version":"1.0"}"""),
            Attribute("langfuse.experiment.item.id", item),
            Attribute("langfuse.experiment.item.version", "2026-01-05"),
            Attribute("langfuse.experiment.item.metadata", """{"hard":true}"""),
            Attribute("langfuse.experiment.item.root_observation_id", SpanIdOf(i)),
            Attribute("langfuse.experiment.item.expected_output", "expected"));
        if (dataset is not null)
        {
            attributes.Add(Attribute("langfuse.experiment.dataset.id", dataset));
        }

        return new JsonObject
        {
            ["traceId"] = TraceIdOf(i),
            ["spanId"] = SpanIdOf(i),
            ["name"] = "experiment-item-run",
            ["startTimeUnixNano"] = $"{at.ToUnixTimeMilliseconds()}000000",
            ["endTimeUnixNano"] = $"{at.AddSeconds(1).ToUnixTimeMilliseconds()}000000",
            ["attributes"] = attributes,
        };
    }

    private async Task ExportAsync(JsonObject[] spans)
    {
        var body = new JsonObject
        {
            ["resourceSpans"] = new JsonArray(new JsonObject
            {
                ["scopeSpans"] = new JsonArray(new JsonObject { ["scope"] = new JsonObject { ["name"] = "langfuse-sdk" }, ["spans"] = new JsonArray([.. spans]) }),
            }),
        };
        var answer = await silo.Client.PostAsync(
            "/api/public/otel/v1/traces", Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json", cancellationToken: Cancel);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
    }

    private Task<JsonNode> LinkAsync(string itemId, string run, string traceId, DateTimeOffset at) => PostAsync(
        "/dataset-run-items",
        new JsonObject { ["runName"] = run, ["datasetItemId"] = itemId, ["traceId"] = traceId, ["createdAt"] = Wire.Iso(at) });

    private async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        var answer = await silo.Client.PostAsync(
            $"/api/public{path}", Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json", cancellationToken: Cancel);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return answer.Json;
    }

    private async Task<List<JsonNode>> WalkAsync(string path, int limit)
    {
        var walked = new List<JsonNode>();
        var cursor = "";
        do
        {
            var answer = await silo.Client.GetAsync($"/api/public{path}&limit={limit}&cursor={cursor}", Cancel);
            Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
            var page = answer.Json["data"]!.AsArray();
            Assert.InRange(page.Count, cursor.Length == 0 ? 0 : 1, limit);
            walked.AddRange(page.Select(i => i!));
            cursor = (string?)answer.Json["meta"]!["cursor"] ?? "";
        }
        while (cursor.Length > 0);
        return walked;
    }

    private static void AssertNewestFirst(List<JsonNode> walked, string time)
    {
        var times = walked.ConvertAll(i => (string)i[time]!);
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
    }
}
