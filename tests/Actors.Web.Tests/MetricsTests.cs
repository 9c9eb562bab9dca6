using System.Net;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Tests;

/// <summary>What is asked and answered about numbers (langfuse-api §13), compared as literal JSON.</summary>
public sealed class MetricsTests
{
    private const string Range = "\"fromTimestamp\":\"2026-01-05T10:00:00Z\",\"toTimestamp\":\"2026-01-05T11:30:00Z\"";
    private const string Count = "\"metrics\":[{\"measure\":\"count\",\"aggregation\":\"count\"}]";

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_question_is_passed_on()
    {
        await using var server = await ApiServer.StartAsync();
        await AskAsync(server, "/v2/metrics", $$"""
            {"view":"observations","dimensions":[{"field":"name"},{"field":"isRootObservation"},{"field":"name"}],
             "metrics":[{"measure":"latency","aggregation":"p95"},{"measure":"totalCost","aggregation":"sum"},{"measure":"latency","aggregation":"histogram"}],
             "filters":[{"type":"string","column":"providedModelName","operator":"=","value":"gpt-4o"}],"timeDimension":{"granularity":"auto"},{{Range}},
             "orderBy":[{"field":"p95_latency","direction":"desc"},{"field":"time_dimension","direction":"asc"}],"config":{"bins":7,"row_limit":30} }
            """);
        var query = server.Grains.Analytics.MetricsQuery!;
        Assert.Equal((MetricsView.Observations, MetricsGranularity.Minute, 7, 30), (query.View, query.Granularity, query.Bins, query.RowLimit));
        Assert.Equal(["name", "isRootObservation"], query.Dimensions);
        Assert.Equal(Filter.Equal("model", "gpt-4o"), query.Filter);
        Assert.Equal(
            [new("latency", MetricsAggregation.P95), new("totalCost", MetricsAggregation.Sum), new("latency", MetricsAggregation.Histogram)], query.Metrics);
        Assert.Equal([new("p95_latency", true), new("time_dimension", false)], query.OrderBy);
        Assert.Equal((Start, Start.AddMinutes(90)), (query.From, query.To));
    }

    [Theory]
    [InlineData("/metrics", MetricsQuery.MaxRows)]
    [InlineData("/v2/metrics", 100)]
    public async Task What_is_left_out_has_a_default(string path, int rows)
    {
        await using var server = await ApiServer.StartAsync();
        await AskAsync(server, path, $$"""{"view":"scores-numeric",{{Count}},{{Range}},"timeDimension":null,"orderBy":null,"config":null}""");
        var query = server.Grains.Analytics.MetricsQuery!;
        Assert.Equal((null, 10, rows), (query.Granularity, query.Bins, query.RowLimit));
        Assert.Empty(query.Dimensions);
        Assert.Empty(query.OrderBy);
    }

    [Theory]
    [InlineData("2026-01-05T11:59:59Z", MetricsGranularity.Minute)]
    [InlineData("2026-01-05T12:00:00Z", MetricsGranularity.Hour)]
    [InlineData("2026-01-08T10:00:00Z", MetricsGranularity.Day)]
    [InlineData("2026-03-06T10:00:00Z", MetricsGranularity.Week)]
    [InlineData("2027-01-05T10:00:00Z", MetricsGranularity.Month)]
    public async Task The_steps_fit_the_range(string to, MetricsGranularity granularity)
    {
        await using var server = await ApiServer.StartAsync();
        await AskAsync(server, "/metrics", $$$"""
            {"view":"traces",{{{Count}}},"timeDimension":{"granularity":"auto"},"fromTimestamp":"2026-01-05T10:00:00Z","toTimestamp":"{{{to}}}"}
            """);
        Assert.Equal(granularity, server.Grains.Analytics.MetricsQuery!.Granularity);
    }

    [Fact]
    public async Task An_answer_holds_every_kind_of_value()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Analytics.MetricsAnswer = new MetricsAnswer(
            ["name", "isRootObservation", "tags", "time_dimension", "count_count", "sum_totalCost", "histogram_latency", "avg_latency"],
            [
                [
                    new() { Text = "größe \"1\"" }, new() { Flag = true }, new() { Texts = ["a", "b"] }, new() { Time = Start },
                    new() { Number = 5 }, new() { Number = 0.000125 }, new() { Bins = [new(0, 0.5, 3), new(0.5, 1, 2)] }, default,
                ],
            ]);
        var (status, body) = await AskAsync(server, "/v2/metrics", $$"""{"view":"observations",{{Count}},{{Range}}}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual(
            """
            {"data":[{"name":"größe \"1\"","isRootObservation":true,"tags":["a","b"],"time_dimension":"2026-01-05T10:00:00.000Z",
              "count_count":5,"sum_totalCost":0.000125,"histogram_latency":[[0,0.5,3],[0.5,1,2]],"avg_latency":null}]}
            """,
            body);
    }

    [Theory]
    [InlineData("/metrics", "\"view\":\"traces\"")]
    [InlineData("/metrics", "\"view\":\"observations\"")]
    [InlineData("/v2/metrics", "\"view\":\"observations\"")]
    [InlineData("/v2/metrics", "\"view\":\"scores-numeric\"")]
    [InlineData("/v2/metrics", "\"view\":\"scores-categorical\"")]
    [InlineData("/v2/metrics", "\"view\":\"scores-boolean\"")]
    public async Task Views_are_served(string path, string view)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await AskAsync(server, path, $$"""{ {{view}},{{Count}},{{Range}} }""");
        Assert.Equal((HttpStatusCode.OK, """{"data":[]}"""), (status, body));
    }

    [Theory]
    [InlineData("x", "custom", "query", "Invalid JSON: expected an object, nested at most 16 levels")]
    [InlineData("", "invalid_type", "query", "Invalid input: expected string, received undefined")]
    public async Task A_question_that_is_no_JSON_is_refused(string query, string code, string field, string message)
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var path in new[] { "/metrics", "/v2/metrics" })
        {
            var (status, body) = await AskAsync(server, path, query);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Json.AssertEqual(Problem(code, $"\"{field}\"", message), body);
        }
    }

    [Theory]
    [InlineData("/metrics", "\"view\":\"spans\"", "invalid_value", "\"view\"", "Invalid option: expected one of traces, observations, scores-numeric, scores-categorical, scores-boolean")]
    [InlineData("/v2/metrics", "\"view\":\"traces\"", "invalid_value", "\"view\"", "Invalid option: expected one of observations, scores-numeric, scores-categorical, scores-boolean")]
    [InlineData("/metrics", "\"metrics\":[]", "too_small", "\"metrics\"", "Too small: expected array to have >=1 items")]
    [InlineData("/metrics", "\"metrics\":null", "invalid_type", "\"metrics\"", "Invalid input: expected array, received null")]
    [InlineData("/metrics", "\"metrics\":[{\"measure\":\"count\",\"aggregation\":\"median\"}]", "invalid_value", "\"metrics\",\"0\",\"aggregation\"", "Invalid option: expected one of sum, avg, count, max, min, p50, p75, p90, p95, p99, histogram, uniq")]
    [InlineData("/v2/metrics", "\"metrics\":[{\"measure\":\"traceId\",\"aggregation\":\"sum\"}]", "custom", "\"metrics\",\"0\",\"aggregation\"", "traceId cannot be aggregated by sum")]
    [InlineData("/v2/metrics", "\"metrics\":[{\"measure\":\"latency\",\"aggregation\":\"uniq\"}]", "custom", "\"metrics\",\"0\",\"aggregation\"", "latency cannot be aggregated by uniq")]
    [InlineData("/metrics", "\"dimensions\":[{}]", "invalid_type", "\"dimensions\",\"0\",\"field\"", "Invalid input: expected string, received undefined")]
    [InlineData("/metrics", "\"timeDimension\":{\"granularity\":\"second\"}", "invalid_value", "\"timeDimension\",\"granularity\"", "Invalid option: expected one of auto, minute, hour, day, week, month")]
    [InlineData("/metrics", "\"orderBy\":[{\"field\":\"name\",\"direction\":\"asc\"}]", "invalid_value", "\"orderBy\",\"0\",\"field\"", "Invalid option: expected one of count_count")]
    [InlineData("/metrics", "\"orderBy\":[{\"field\":\"count_count\",\"direction\":\"up\"}]", "invalid_value", "\"orderBy\",\"0\",\"direction\"", "Invalid option: expected one of asc, desc")]
    [InlineData("/metrics", "\"config\":{\"bins\":101}", "too_big", "\"config\",\"bins\"", "Too big: expected number to be <=100")]
    [InlineData("/metrics", "\"config\":{\"row_limit\":1001}", "too_big", "\"config\",\"row_limit\"", "Too big: expected number to be <=1000")]
    [InlineData("/metrics", "\"config\":{\"row_limit\":0}", "too_small", "\"config\",\"row_limit\"", "Too small: expected number to be >=1")]
    [InlineData("/metrics", "\"fromTimestamp\":\"2026-01-05T11:30:00Z\"", "custom", "\"fromTimestamp\"", "fromTimestamp must be before toTimestamp")]
    [InlineData("/v2/metrics", "\"dimensions\":[{\"field\":\"userId\"}]", "custom", "\"dimensions\"", "userId has too many values: set config.row_limit and order by a metric, direction desc")]
    [InlineData("/v2/metrics", "\"dimensions\":[{\"field\":\"userId\"}],\"config\":{\"row_limit\":5}", "custom", "\"dimensions\"", "userId has too many values: set config.row_limit and order by a metric, direction desc")]
    [InlineData("/v2/metrics", "\"dimensions\":[{\"field\":\"userId\"}],\"config\":{\"row_limit\":5},\"orderBy\":[{\"field\":\"count_count\",\"direction\":\"asc\"}]", "custom", "\"dimensions\"", "userId has too many values: set config.row_limit and order by a metric, direction desc")]
    [InlineData("/v2/metrics", "\"dimensions\":[{\"field\":\"userId\"}],\"timeDimension\":{\"granularity\":\"day\"},\"config\":{\"row_limit\":5},\"orderBy\":[{\"field\":\"count_count\",\"direction\":\"desc\"}]", "custom", "\"timeDimension\"", "userId has too many values to be combined with timeDimension")]
    [InlineData("/v2/metrics", "\"dimensions\":[{\"field\":\"costType\"},{\"field\":\"usageType\"}]", "custom", "\"dimensions\"", "Cost by type and usage by type cannot be asked for together")]
    public async Task What_is_wrong_with_a_question_is_named(string path, string part, string code, string field, string message)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await AskAsync(server, path, With(part));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(Problem(code, field, message), body);
        Assert.Null(server.Grains.Analytics.MetricsQuery);
    }

    [Theory]
    [InlineData("/metrics", "\"dimensions\":[{\"field\":\"shoe\"}]", "\"dimensions\",\"0\",\"field\"")]
    [InlineData("/metrics", "\"dimensions\":[{\"field\":\"isRootObservation\"}]", "\"dimensions\",\"0\",\"field\"")]
    [InlineData("/metrics", "\"filters\":[{\"type\":\"string\",\"column\":\"name\",\"operator\":\">\",\"value\":\"a\"}]", "\"filters\",\"0\",\"operator\"")]
    [InlineData("/metrics", "\"metrics\":[{\"measure\":\"usageByType\",\"aggregation\":\"sum\"}]", "\"metrics\",\"0\",\"measure\"")]
    [InlineData("/v2/metrics", "\"metrics\":[{\"measure\":\"name); DROP TABLE traces; --\",\"aggregation\":\"sum\"}]", "\"metrics\",\"0\",\"measure\"")]
    public async Task A_name_that_the_version_does_not_know_is_refused(string path, string part, string field)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await AskAsync(server, path, With(part));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(
            $$"""{"message":"Invalid request data","error":[{"code":"invalid_value","path":[{{field}}],"message":"Invalid option: expected one of """,
            body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_steps_of_time_are_refused()
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await AskAsync(server, "/metrics", $$"""
            {"view":"traces",{{Count}},"timeDimension":{"granularity":"minute"},"fromTimestamp":"2026-01-01T00:00:00Z","toTimestamp":"2026-02-01T00:00:00Z"}
            """);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            Problem("too_big", "\"timeDimension\",\"granularity\"", "Too big: expected at most 10000 steps between fromTimestamp and toTimestamp"), body);
    }

    [Fact]
    public async Task Days_are_answered_with_their_models()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Analytics.Days.Add(new DailyMetrics(
            new DateOnly(2026, 1, 5), 3, 9, 0.2500m, [new("gpt-4o", 10, 20, 30, 0.25m, 4, 2), new(null, 0, 0, 0, 0, 5, 3)]));
        var (status, body) = await server.GetAsync(
            "/api/public/metrics/daily?page=2&limit=7&traceName=n&userId=u&tags=a&tags=b&traceEnvironment=x&environment=y"
            + "&fromTimestamp=2026-01-05T10:00:00Z&toTimestamp=2026-01-05T11:00:00Z");
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual(
            """
            {"data":[{"date":"2026-01-05","countTraces":3,"countObservations":9,"totalCost":0.25,"usage":[
               {"model":"gpt-4o","inputUsage":10,"outputUsage":20,"totalUsage":30,"totalCost":0.25,"countObservations":4,"countTraces":2},
               {"model":null,"inputUsage":0,"outputUsage":0,"totalUsage":0,"totalCost":0,"countObservations":5,"countTraces":3}]}],
             "meta":{"page":2,"limit":7,"totalItems":1,"totalPages":1} }
            """,
            body);
        var query = server.Grains.Analytics.DailyMetricsQuery!;
        Assert.Equal((2, 7, "n", "u", Start, Start.AddHours(1)), (query.Page, query.Limit, query.TraceName, query.UserId, query.From, query.To));
        Assert.Equal(["a", "b"], query.Tags);
        Assert.Equal(["y", "x"], query.Environments);

        (status, body) = await server.GetAsync("/api/public/metrics/daily?limit=101");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(Problem("too_big", "\"limit\"", "Too big: expected number to be <=100"), body);
    }

    private static string Problem(string code, string path, string message) =>
        $$"""{"message":"Invalid request data","error":[{"code":"{{code}}","path":[{{path}}],"message":"{{message}}"}]}""";

    // A later property of the same name counts, so that a part can replace what is right.
    private static string With(string part) => $$"""{"view":"observations",{{Count}},{{Range}},{{part}}}""";

    private static Task<(HttpStatusCode Status, string Body)> AskAsync(ApiServer server, string path, string query) =>
        server.GetAsync($"/api/public{path}?query={Uri.EscapeDataString(query)}");
}
