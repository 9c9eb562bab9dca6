using System.Buffers.Text;
using System.Net;
using System.Text;

namespace Actors.Web.Tests.Experiments;

/// <summary>What is refused by the lists of experiments and of their items, and with which words (langfuse-api §10).</summary>
public sealed class ExperimentErrorTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string From = "fromStartTime=2026-01-05T10:00:00Z";
    private const string Cursor = "Invalid cursor: take it from meta.cursor of the page before";

    private const string Time = "Invalid ISO datetime: expected a date with offset of the years 1970 to 2199";

    public static TheoryData<string, string, string, string> OfBoth => new()
    {
        { "", "invalid_type", "fromStartTime", "Invalid input: expected string, received undefined" },
        { "fromStartTime=", "invalid_type", "fromStartTime", "Invalid input: expected string, received undefined" },
        { "fromStartTime=yesterday", "invalid_format", "fromStartTime", Time },
        { $"{From}&toStartTime=1", "invalid_format", "toStartTime", Time },
        { $"{From}&limit=0", "too_small", "limit", "Too small: expected number to be >=1" },
        { $"{From}&limit=101", "too_big", "limit", "Too big: expected number to be <=100" },
        { $"{From}&limit=many", "invalid_type", "limit", "Invalid input: expected int, received string" },
        { $"{From}&scoreLimit=0", "too_small", "scoreLimit", "Too small: expected number to be >=1" },
        { $"{From}&scoreLimit=51", "too_big", "scoreLimit", "Too big: expected number to be <=50" },
        { $"{From}&scoreLimit=1.5", "invalid_type", "scoreLimit", "Invalid input: expected int, received string" },
        { $"{From}&cursor=not-json", "custom", "cursor", Cursor },
        { $"{From}&cursor=%F0%9F%98%80", "custom", "cursor", Cursor },
        { $"{From}&cursor={Encode("[]")}", "custom", "cursor", Cursor },
        { $"{From}&cursor={Encode("null")}", "custom", "cursor", Cursor },
        { $"{From}&cursor={Encode("""{"v":1}""")}", "custom", "cursor", Cursor },
        { $"{From}&cursor={Encode("""{"v":1,"lastTime":"never","linked":false,"lastTraceId":"t","lastId":"o"}""")}", "custom", "cursor", Cursor },
        { $"{From}&cursor={Encode("""{"v":1,"lastTime":"2026-01-05T10:00:00.000Z","linked":false,"lastTraceId":"t","lastId":null}""")}", "custom", "cursor", Cursor },
        { $"{From}&cursor={Encode("""{"v":1,"lastTime":"2026-01-05T10:00:00.000Z","linked":false,"lastTraceId":"t","lastId":"\ud800"}""")}", "custom", "cursor", Cursor },
        { $"{From}&cursor={Encode("""{"v":2,"lastTime":"2026-01-05T10:00:00.000Z","linked":false,"lastTraceId":"t","lastId":"o"}""")}", "custom", "cursor", Cursor },
        { $"{From}&datasetId={Many}", "too_big", "datasetId", "Too big: expected at most 100 values" },
    };

    private static string Many => string.Join(',', Enumerable.Range(0, 101));

    [Theory]
    [MemberData(nameof(OfBoth))]
    public async Task Both_lists_name_what_is_wrong(string query, string code, string parameter, string message)
    {
        await RefusedAsync($"/experiments?{query}", code, parameter, message);
        await RefusedAsync($"/experiment-items?{query}", code, parameter, message);
    }

    [Theory]
    [InlineData("/experiments", "dataset", "core, metadata, scores")]
    [InlineData("/experiments", "core,experimentScores", "core, metadata, scores")]
    [InlineData("/experiment-items", "experimentScores", "core, dataset, io, metadata, itemMetadata, experimentMetadata, scores")]
    [InlineData("/experiment-items", "io,IO", "core, dataset, io, metadata, itemMetadata, experimentMetadata, scores")]
    public Task Unknown_groups_of_fields_are_refused(string path, string fields, string expected) =>
        RefusedAsync($"{path}?{From}&fields={fields}", "invalid_value", "fields", $"Invalid option: expected one of {expected}");

    [Theory]
    [InlineData("/experiments", "id")]
    [InlineData("/experiments", "name")]
    [InlineData("/experiment-items", "experimentId")]
    [InlineData("/experiment-items", "experimentName")]
    [InlineData("/experiment-items", "experimentItemId")]
    public Task Lists_of_values_have_an_end(string path, string parameter) =>
        RefusedAsync($"{path}?{From}&{parameter}={Many}", "too_big", parameter, "Too big: expected at most 100 values");

    [Theory]
    [InlineData("/experiments", "experimentId")]
    [InlineData("/experiments", "description")]
    [InlineData("/experiment-items", "id")]
    [InlineData("/experiment-items", "traceId")]
    public async Task Filters_know_their_columns_alone(string path, string column)
    {
        var filter = Uri.EscapeDataString($$"""[{"type":"string","column":"{{column}}","operator":"=","value":"x"}]""");
        var (status, body) = await stored.Server.GetAsync($"/api/public{path}?{From}&filter={filter}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"path\":[\"filter\",\"0\",\"column\"]", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/experiments")]
    [InlineData("/experiment-items")]
    public async Task All_that_is_wrong_is_said_at_once(string path)
    {
        var (status, body) = await stored.Server.GetAsync($"/api/public{path}?limit=0&scoreLimit=0&filter=%5B");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        foreach (var parameter in new[] { "fromStartTime", "limit", "scoreLimit", "filter" })
        {
            Assert.Contains($"\"path\":[\"{parameter}\"", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/experiments")]
    [InlineData("/experiment-items")]
    public async Task They_can_only_be_read_and_only_with_a_key(string path)
    {
        var (status, body) = await stored.Server.PostJsonAsync($"/api/public{path}", "{}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, status);
        Json.AssertEqual("""{"message":"Method not allowed","error":"MethodNotAllowedError"}""", body);

        using var anonymous = new HttpClient { BaseAddress = stored.Server.Client.BaseAddress };
        using var refused = await anonymous.GetAsync(new Uri($"/api/public{path}?{From}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private async Task RefusedAsync(string path, string code, string parameter, string message)
    {
        var (status, body) = await stored.Server.GetAsync($"/api/public{path}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            $$"""{"message":"Invalid request data","error":[{"code":"{{code}}","path":["{{parameter}}"],"message":"{{message}}"}]}""", body);
    }
}
