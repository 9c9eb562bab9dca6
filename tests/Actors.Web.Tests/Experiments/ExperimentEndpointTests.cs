using System.Net;
using System.Text.Json.Nodes;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Tests.Experiments;

/// <summary>What spans say of experiments and their items, as literal JSON (langfuse-api §10).</summary>
public sealed class ExperimentEndpointTests
{
    private const string From = "fromStartTime=2026-01-05T10:00:00Z";

    private const string Experiment = """
        "id":"e","name":"run 1","description":"tries","startTime":"2026-01-05T10:00:01.000Z","endTime":"2026-01-05T10:00:09.000Z","itemCount":2,
        "datasetId":"d"
        """;

    private const string Item = """
        "id":"o","traceId":"t","startTime":"2026-01-05T10:00:01.000Z","endTime":"2026-01-05T10:00:02.500Z","level":"WARNING",
        "environment":"sdk-experiment","experimentId":"e","experimentName":"run 1","experimentItemId":"i"
        """;

    private const string ScoreRest =
        "\"projectId\":\"one\",\"name\":\"exact\",\"dataType\":\"BOOLEAN\",\"source\":\"EVAL\",\"environment\":\"default\"," +
        "\"createdAt\":\"2026-01-05T10:00:03.000Z\",\"updatedAt\":\"2026-01-05T10:00:03.000Z\"";

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", $"{{{Experiment}}}")]
    [InlineData("core", $"{{{Experiment}}}")]
    [InlineData("metadata", $$"""{{{Experiment}},"metadata":{"version":"1.0","n":1} }""")]
    [InlineData("scores,metadata", $$"""{{{Experiment}},"metadata":{"version":"1.0","n":1},"scores":[] }""")]
    public async Task An_experiment_holds_the_groups_asked_for(string fields, string expected)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync($"/api/public/experiments?{From}&fields={fields}");

        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual($$"""{"data":[{{expected}}],"meta":{} }""", body);
    }

    [Theory]
    [InlineData("", $$"""{{{Item}},"experimentDatasetId":"d","experimentItemVersion":"2026-01-05T10:00:00.000Z"}""")]
    [InlineData("core", $"{{{Item}}}")]
    [InlineData("io", $$"""{{{Item}},"input":"{\"country\":\"Norway\"}","output":"Oslo","expectedOutput":"[1.50,\"ü\"]"}""")]
    [InlineData("metadata", $$"""{{{Item}},"metadata":{"experiment_name":"capitals"} }""")]
    [InlineData("itemMetadata", $$"""{{{Item}},"experimentItemMetadata":{"metadata":["hard"]} }""")]
    [InlineData("experimentMetadata,core", $$"""{{{Item}},"experimentMetadata":{"version":"1.0"},"experimentDescription":"tries"}""")]
    [InlineData("scores", $$"""{{{Item}},"scores":[]}""")]
    public async Task An_item_holds_the_groups_asked_for(string fields, string expected)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync($"/api/public/experiment-items?{From}&fields={fields}");

        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual($$"""{"data":[{{expected}}],"meta":{} }""", body);
        Assert.Equal(fields == "io", server.Grains.Analytics.ItemQuery!.WithIo);
        Assert.Equal(fields == "metadata", server.Grains.Analytics.ItemQuery.WithMetadata);
    }

    [Fact]
    public async Task What_nobody_said_is_null()
    {
        await using var server = await ServerAsync();
        server.Grains.Analytics.Experiments[0] = new ExperimentRecord { Id = "e", StartTime = Start, EndTime = Start, LastActivity = Start, ItemCount = 0 };
        server.Grains.Analytics.Observations[0] = Observation with
        {
            EndTime = null, Input = null, Output = null, Metadata = null, Experiment = new ExperimentLink { Id = "e", ItemId = "i", ItemRootObservationId = "o" },
        };

        var (_, experiments) = await server.GetAsync($"/api/public/experiments?{From}&fields=metadata,scores");
        var (_, items) = await server.GetAsync($"/api/public/experiment-items?{From}&fields=dataset,io,metadata,itemMetadata,experimentMetadata,scores");

        Json.AssertEqual(
            """
            {"data":[{"id":"e","name":"","description":null,"startTime":"2026-01-05T10:00:00.000Z","endTime":"2026-01-05T10:00:00.000Z","itemCount":0,
            "datasetId":null,"metadata":null,"scores":[]}],"meta":{} }
            """,
            experiments);
        Json.AssertEqual(
            """
            {"data":[{"id":"o","traceId":"t","startTime":"2026-01-05T10:00:01.000Z","endTime":null,"level":"WARNING","environment":"sdk-experiment",
            "experimentId":"e","experimentName":"","experimentItemId":"i","experimentDatasetId":null,"experimentItemVersion":null,"input":null,
            "output":null,"expectedOutput":null,"metadata":{},"experimentItemMetadata":null,"experimentMetadata":null,"experimentDescription":null,
            "scores":[]}],"meta":{} }
            """,
            items);
    }

    [Fact]
    public async Task Scores_say_what_they_are_about_and_only_so_many_are_answered()
    {
        await using var server = await ServerAsync();
        server.Grains.Analytics.Scores.AddRange(
        [
            Score(5, "t", "o"),
            Score(4, "t", "other"),
            Score(3, "t"),
            Score(2, "t", "o"),
            Score(1, run: "e"),
        ]);

        var (_, items) = await server.GetAsync($"/api/public/experiment-items?{From}&fields=scores&scoreLimit=2");
        Json.AssertEqual(
            $$"""
            [{"id":"5","value":true,"timestamp":"2026-01-05T10:00:05.000Z",{{ScoreRest}},"subject":{"kind":"observation","id":"o","traceId":"t"} },
             {"id":"3","value":true,"timestamp":"2026-01-05T10:00:03.000Z",{{ScoreRest}},"subject":{"kind":"trace","id":"t"} }]
            """,
            JsonNode.Parse(items)!["data"]![0]!["scores"]!.ToJsonString());
        var query = server.Grains.Analytics.SubjectScoreQuery!;
        Assert.Equal((2, "t", "o"), (query.LimitPerSubject, Assert.Single(query.TraceIds), Assert.Single(query.ObservationIds)));
        Assert.Empty(query.DatasetRunIds);

        server.Grains.Analytics.Scores.RemoveRange(0, 4);
        var (_, experiments) = await server.GetAsync($"/api/public/experiments?{From}&fields=scores");
        Json.AssertEqual(
            $$"""[{"id":"1","value":true,"timestamp":"2026-01-05T10:00:01.000Z",{{ScoreRest}},"subject":{"kind":"experiment","id":"e"} }]""",
            JsonNode.Parse(experiments)!["data"]![0]!["scores"]!.ToJsonString());
        query = server.Grains.Analytics.SubjectScoreQuery!;
        Assert.Equal((50, "e"), (query.LimitPerSubject, Assert.Single(query.DatasetRunIds)));
        Assert.Empty(query.TraceIds);
    }

    [Fact]
    public async Task Every_parameter_of_experiments_reaches_the_read_model()
    {
        await using var server = await ServerAsync();
        var (status, _) = await server.GetAsync(
            "/api/public/experiments?fromStartTime=2026-01-05T12:00:00+02:00&toStartTime=2026-01-06T00:00:00Z&limit=7&id=a,%20b&name=n&datasetId=d,,e&unknown=1&filter="
            + Uri.EscapeDataString("""[{"type":"string","column":"name","operator":"contains","value":"x"}]"""));

        Assert.Equal(HttpStatusCode.OK, status);
        var query = server.Grains.Analytics.ExperimentQuery!;
        Assert.Equal((8, Start, Start.AddHours(14)), (query.Limit, query.From, query.To));
        Assert.Equal(["a", "b"], query.Ids);
        Assert.Equal(["n"], query.Names);
        Assert.Equal(["d", "e"], query.DatasetIds);
        Assert.Equal(new Condition("name", null, FilterOperator.Contains, new TextValue("x")), query.Filter);
        Assert.Null(query.After);
    }

    [Fact]
    public async Task Every_parameter_of_items_reaches_the_read_model()
    {
        await using var server = await ServerAsync();
        var (status, _) = await server.GetAsync(
            $"/api/public/experiment-items?{From}&toStartTime=2026-01-06T00:00:00Z&experimentId=a,b&experimentName=n&experimentItemId=i&datasetId=d&filter="
            + Uri.EscapeDataString("""[{"type":"stringOptions","column":"experimentItemId","operator":"none of","value":["x"]}]"""));

        Assert.Equal(HttpStatusCode.OK, status);
        var query = server.Grains.Analytics.ItemQuery!;
        Assert.Equal((51, Start, Start.AddHours(14), false), (query.Limit, query.From, query.To, query.WithTotal));
        var items = query.ExperimentItems!;
        Assert.Equal(["a", "b"], items.ExperimentIds);
        Assert.Equal(("n", "i", "d"), (Assert.Single(items.ExperimentNames), Assert.Single(items.ItemIds), Assert.Single(items.DatasetIds)));
        Assert.IsType<NotFilter>(items.Filter);
    }

    [Fact]
    public async Task A_cursor_leads_behind_the_last_one_and_is_missing_on_the_last_page()
    {
        await using var server = await ServerAsync();
        server.Grains.Analytics.Experiments.Add(server.Grains.Analytics.Experiments[0] with { Id = "f" });
        server.Grains.Analytics.Observations.Add(Observation with { Id = "p" });

        await server.GetAsync($"/api/public/experiments?{From}&cursor={await CursorAsync("experiments")}");
        Assert.Equal(new ExperimentPlace(Start.AddSeconds(8), "e"), server.Grains.Analytics.ExperimentQuery!.After);
        await server.GetAsync($"/api/public/experiment-items?{From}&cursor={await CursorAsync("experiment-items")}");
        Assert.Equal(new ObservationPlace(Start.AddSeconds(1), "t", "o"), server.Grains.Analytics.ItemQuery!.After);

        async Task<string> CursorAsync(string list)
        {
            var (_, body) = await server.GetAsync($"/api/public/{list}?{From}&limit=1");
            var page = JsonNode.Parse(body)!;
            Assert.Single(page["data"]!.AsArray());
            return (string)page["meta"]!["cursor"]!;
        }
    }

    private static ObservationRecord Observation => new()
    {
        Id = "o",
        TraceId = "t",
        Type = ObservationType.Span,
        Level = ObservationLevel.Warning,
        StartTime = Start.AddSeconds(1),
        EndTime = Start.AddSeconds(2.5),
        Environment = "sdk-experiment",
        Input = """{"country":"Norway"}""",
        Output = "\"Oslo\"",
        Metadata = """{"experiment_name":"capitals"}""",
        Experiment = new ExperimentLink
        {
            Id = "e",
            Name = "run 1",
            Description = "tries",
            Metadata = """{"version":"1.0"}""",
            DatasetId = "d",
            ItemId = "i",
            ItemVersion = Start,
            ItemMetadata = """["hard"]""",
            ItemRootObservationId = "o",
            ItemExpectedOutput = """[1.50,"ü"]""",
        },
    };

    private static ScoreItem Score(int second, string? traceId = null, string? observationId = null, string? run = null) => new(
        new ScoreRecord
        {
            Id = $"{second}",
            TraceId = traceId,
            ObservationId = observationId,
            DatasetRunId = run,
            Name = "exact",
            DataType = ScoreDataType.Boolean,
            Value = 1,
            Source = ScoreSource.Eval,
            Environment = "default",
            Timestamp = Start.AddSeconds(second),
            CreatedAt = Start.AddSeconds(3),
            UpdatedAt = Start.AddSeconds(3),
        },
        null);

    private static async Task<ApiServer> ServerAsync()
    {
        var server = await ApiServer.StartAsync();
        server.Grains.Analytics.Experiments.Add(new ExperimentRecord
        {
            Id = "e",
            Name = "run 1",
            Description = "tries",
            StartTime = Start.AddSeconds(1),
            EndTime = Start.AddSeconds(9),
            LastActivity = Start.AddSeconds(8),
            ItemCount = 2,
            DatasetId = "d",
            Metadata = """{"version":"1.0","n":1}""",
        });
        server.Grains.Analytics.Observations.Add(Observation);
        return server;
    }
}
