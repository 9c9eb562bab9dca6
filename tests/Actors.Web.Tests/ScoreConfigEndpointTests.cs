using System.Net;
using System.Text.Json.Nodes;
using Actors.Tracing;

namespace Actors.Web.Tests;

public sealed class ScoreConfigEndpointTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string Path = "/api/public/score-configs";

    private ApiServer Api => stored.Server;

    [Fact]
    public async Task Every_type_is_made_answered_and_changed()
    {
        var numeric = await AddAsync("""{"name":"Quality (1-5)","dataType":"NUMERIC","minValue":1,"maxValue":5,"description":"d"}""");
        Json.AssertEqual(
            $$"""
            {"id":"{{numeric["id"]}}","name":"Quality (1-5)","createdAt":"{{numeric["createdAt"]}}","updatedAt":"{{numeric["createdAt"]}}",
             "projectId":"one","dataType":"NUMERIC","isArchived":false,"minValue":1,"maxValue":5,"categories":null,"description":"d"}
            """,
            numeric.ToJsonString());
        Json.AssertEqual(numeric.ToJsonString(), (await Api.GetAsync($"{Path}/{numeric["id"]}")).Body);

        var categorical = await AddAsync("""{"name":"c","dataType":"CATEGORICAL","categories":[{"label":"good","value":1},{"label":"bad","value":0.5}]}""");
        Json.AssertEqual("""[{"label":"good","value":1},{"label":"bad","value":0.5}]""", categorical["categories"]!.ToJsonString());
        var boolean = await AddAsync("""{"name":"b","dataType":"BOOLEAN"}""");
        Json.AssertEqual("""[{"label":"True","value":1},{"label":"False","value":0}]""", boolean["categories"]!.ToJsonString());
        Assert.Null((await AddAsync("""{"name":"t","dataType":"TEXT"}"""))["categories"]);

        var (status, body) = await Api.SendAsync(
            HttpMethod.Patch, $"{Path}/{numeric["id"]}", """{"name":"Renamed","maxValue":10,"isArchived":true}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var changed = JsonNode.Parse(body)!;
        Assert.Equal(
            ("Renamed", 1, 10, true, "d"),
            (changed["name"]!.ToString(), changed["minValue"]!.GetValue<int>(), changed["maxValue"]!.GetValue<int>(), changed["isArchived"]!.GetValue<bool>(), changed["description"]!.ToString()));
    }

    [Fact]
    public async Task Lists_are_newest_first_and_paged()
    {
        await using var alone = await ApiServer.StartWithStoresAsync();
        foreach (var name in new[] { "a", "b", "c" })
        {
            await alone.PostJsonAsync(Path, $$"""{"name":"{{name}}","dataType":"TEXT"}""");
        }

        var page = JsonNode.Parse((await alone.GetAsync(Path + "?limit=2")).Body)!;
        Json.AssertEqual("""{"page":1,"limit":2,"totalItems":3,"totalPages":2}""", page["meta"]!.ToJsonString());
        Assert.Equal("c,b", string.Join(',', page["data"]!.AsArray().Select(c => c!["name"])));
    }

    [Theory]
    [InlineData("GET", "/none", null, 404, """{"message":"Score config not found within authorized project","error":"LangfuseNotFoundError"}""")]
    [InlineData("PATCH", "/none", """{"name":"x"}""", 404, """{"message":"Score config not found within authorized project","error":"LangfuseNotFoundError"}""")]
    [InlineData("PATCH", "/none", "{}", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":[],"message":"Request body cannot be empty. At least one field must be provided for update."}]}""")]
    [InlineData("GET", "?limit=0", null, 400, """{"message":"Invalid request data","error":[{"code":"too_small","path":["limit"],"message":"Too small: expected number to be >=1"}]}""")]
    [InlineData("DELETE", "/none", null, 405, """{"message":"Method not allowed","error":"MethodNotAllowedError"}""")]
    [InlineData("POST", "", """{"dataType":"NUMERIC"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["name"],"message":"Invalid input: expected string, received undefined"}]}""")]
    [InlineData("POST", "", """{"name":"012345678901234567890123456789012345","dataType":"TEXT"}""", 400, """{"message":"Invalid request data","error":[{"code":"too_big","path":["name"],"message":"Too big: expected string to have <=35 characters"}]}""")]
    [InlineData("POST", "", """{"name":"a/b","dataType":"TEXT"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_format","path":["name"],"message":"Invalid string: must match letters, digits, spaces and _ . - ( )"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"CORRECTION"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_value","path":["dataType"],"message":"Invalid option: expected one of NUMERIC, CATEGORICAL, BOOLEAN, TEXT"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"NUMERIC","minValue":2,"maxValue":2}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["maxValue"],"message":"Maximum value must be greater than Minimum value"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"NUMERIC","categories":[{"label":"x","value":1}]}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["categories"],"message":"Only categorical configs have categories"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"TEXT","minValue":2}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["minValue"],"message":"Only numeric configs have a range"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"CATEGORICAL"}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["categories"],"message":"Categorical configs need at least one category"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"CATEGORICAL","categories":[{"label":"x","value":1},{"label":"x","value":2}]}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["categories"],"message":"Duplicate category label: x, category labels must be unique"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"CATEGORICAL","categories":[{"label":"x","value":1},{"label":"y","value":1}]}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["categories"],"message":"Duplicate category value: 1, category values must be unique"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"CATEGORICAL","categories":[{"label":"x"}]}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["categories","0","value"],"message":"Invalid input: expected number, received undefined"}]}""")]
    [InlineData("POST", "", """{"name":"a","dataType":"BOOLEAN","categories":[]}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["categories"],"message":"The categories of a boolean config are made, not sent"}]}""")]
    public async Task Wrong_requests_get_their_answer(string method, string path, string? json, int status, string expected)
    {
        var (answered, body) = await Api.SendAsync(new HttpMethod(method), Path + path, json);
        Assert.Equal(status, (int)answered);
        Json.AssertEqual(expected, body);
    }

    [Fact]
    public async Task A_change_that_breaks_the_type_is_refused()
    {
        var text = await AddAsync("""{"name":"t","dataType":"TEXT"}""");
        var (status, body) = await Api.SendAsync(HttpMethod.Patch, $"{Path}/{text["id"]}", """{"minValue":1}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual("""{"message":"Only numeric configs have a range","error":"InvalidRequestError"}""", body);
    }

    [Fact]
    public async Task A_score_takes_the_name_and_the_type_of_its_config()
    {
        var numeric = await AddAsync("""{"name":"the name","dataType":"NUMERIC","minValue":0,"maxValue":1}""");
        var boolean = await AddAsync("""{"name":"yes or no","dataType":"BOOLEAN"}""");
        var text = await AddAsync("""{"name":"words","dataType":"TEXT"}""");
        var (status, body) = await Api.IngestAsync(Batch(
            ("n", $$"""{"id":"n","name":"sent","value":1,"traceId":"scored","configId":"{{numeric["id"]}}"}"""),
            ("b", $$"""{"id":"b","name":"sent","value":1,"traceId":"scored","configId":"{{boolean["id"]}}"}"""),
            ("t", $$"""{"id":"t","name":"sent","value":"free","traceId":"scored","configId":"{{text["id"]}}"}"""),
            ("u", """{"id":"u","name":"sent","value":1,"traceId":"scored"}""")));

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Assert.Empty(JsonNode.Parse(body)!["errors"]!.AsArray());
        var scores = Api.Grains.Events("one/t:scored").Cast<ScoreEvent>().Select(s => (s.ScoreId, s.Name, s.DataType));
        Assert.Equal(
            [
                ("n", "the name", ScoreDataType.Numeric), ("b", "yes or no", ScoreDataType.Boolean),
                ("t", "words", ScoreDataType.Text), ("u", "sent", ScoreDataType.Numeric),
            ],
            scores);
    }

    [Theory]
    [InlineData("""{"dataType":"NUMERIC","minValue":0,"maxValue":1}""", """ "value":-0.5 """, "value", "The score config 'cfg' wants at least 0")]
    [InlineData("""{"dataType":"NUMERIC","minValue":0,"maxValue":1}""", """ "value":1.5 """, "value", "The score config 'cfg' wants at most 1")]
    [InlineData("""{"dataType":"NUMERIC"}""", """ "value":"x" """, "value", "Invalid input: expected number")]
    [InlineData("""{"dataType":"NUMERIC"}""", """ "value":1,"dataType":"BOOLEAN" """, "dataType", "The score config 'cfg' wants NUMERIC, not BOOLEAN")]
    [InlineData("""{"dataType":"BOOLEAN"}""", """ "value":2 """, "value", "Invalid input: expected 0 or 1")]
    [InlineData("""{"dataType":"CATEGORICAL","categories":[{"label":"good","value":1}]}""", """ "value":"bad" """, "value", "The score config 'cfg' has no category 'bad'")]
    [InlineData("""{"dataType":"CATEGORICAL","categories":[{"label":"good","value":1}]}""", """ "value":1 """, "value", "Invalid input: expected string")]
    [InlineData("""{"dataType":"TEXT"}""", """ "value":"" """, "value", "Invalid input: expected 1 to 500 characters")]
    [InlineData(null, """ "value":1 """, "configId", "There is no score config 'none' in this project")]
    public async Task A_score_that_breaks_its_config_is_an_error_of_its_own(string? config, string value, string field, string message)
    {
        var id = config is null ? "none" : (await AddAsync("{\"name\":\"cfg\"," + config[1..]))["id"]!.ToString();
        var trace = Guid.NewGuid().ToString();

        var (status, body) = await Api.IngestAsync(Batch(
            ("bad", $$"""{"name":"s","traceId":"{{trace}}","configId":"{{id}}",{{value}}}"""),
            ("good", $$"""{"name":"s","traceId":"{{trace}}","value":1}""")));

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        var answer = JsonNode.Parse(body)!;
        Json.AssertEqual("""[{"id":"good","status":201}]""", answer["successes"]!.ToJsonString());
        var error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal(("bad", 400, "Invalid request data"), (error["id"]!.ToString(), error["status"]!.GetValue<int>(), error["message"]!.ToString()));
        Json.AssertEqual($$"""[{"code":"custom","path":["body","{{field}}"],"message":"{{message}}"}]""", error["error"]!.ToString());
        Assert.Equal("good", Assert.Single(Api.Grains.Events($"one/t:{trace}")).EventId);
    }

    [Fact]
    public async Task An_archived_config_takes_no_scores_and_one_of_another_project_is_unknown()
    {
        var config = await AddAsync("""{"name":"old","dataType":"NUMERIC"}""");
        await Api.SendAsync(HttpMethod.Patch, $"{Path}/{config["id"]}", """{"isArchived":true}""");
        var score = Batch(("s", $$"""{"name":"s","traceId":"archived","value":1,"configId":"{{config["id"]}}"}"""));
        Assert.Contains("The score config 'old' is archived", (await Api.IngestAsync(score)).Body, StringComparison.Ordinal);

        using var other = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/public/ingestion", UriKind.Relative));
        other.Headers.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        other.Content = new StringContent(score, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Api.Client.SendAsync(other, TestContext.Current.CancellationToken);
        Assert.Contains("There is no score config", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(Api.Grains.Events("one/t:archived"));
    }

    private static string Batch(params (string Id, string Body)[] events) =>
        Parsing.Batch([.. events.Select(e => Parsing.Event("score-create", e.Body, e.Id))]);

    private async Task<JsonNode> AddAsync(string json)
    {
        var (status, body) = await Api.PostJsonAsync(Path, json);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }
}
