using System.Net;
using System.Text.Json.Nodes;

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

    private async Task<JsonNode> AddAsync(string json)
    {
        var (status, body) = await Api.PostJsonAsync(Path, json);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }
}
