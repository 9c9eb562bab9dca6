using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests;

public sealed class AnnotationEndpointTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string Path = "/api/public/annotation-queues";
    private const string NoQueue = """{"message":"Annotation queue not found","error":"LangfuseNotFoundError"}""";
    private const string NoItem = """{"message":"Annotation queue item not found","error":"LangfuseNotFoundError"}""";

    private ApiServer Api => stored.Server;

    [Fact]
    public async Task A_queue_is_made_answered_and_listed()
    {
        var config = await AddConfigAsync();
        var (status, body) = await Api.PostJsonAsync(Path, $$"""{"name":"first","description":"look","scoreConfigIds":["{{config}}"]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var queue = JsonNode.Parse(body)!;
        Json.AssertEqual(
            $$"""
            {"id":"{{queue["id"]}}","name":"first","description":"look","scoreConfigIds":["{{config}}"],
             "createdAt":"{{queue["createdAt"]}}","updatedAt":"{{queue["createdAt"]}}"}
            """,
            body);
        Json.AssertEqual(body, (await Api.GetAsync($"{Path}/{queue["id"]}")).Body);
        Assert.Contains(
            queue["id"]!.ToString(),
            JsonNode.Parse((await Api.GetAsync(Path)).Body)!["data"]!.AsArray().Select(q => q!["id"]!.ToString()));

        var (taken, message) = await Api.PostJsonAsync(Path, $$"""{"name":"first","scoreConfigIds":["{{config}}"]}""");
        Assert.Equal(HttpStatusCode.Conflict, taken);
        Json.AssertEqual("""{"message":"A queue with this name already exists.","error":"LangfuseConflictError"}""", message);
    }

    [Fact]
    public async Task An_item_goes_from_pending_to_completed_and_away()
    {
        var items = $"{Path}/{await AddQueueAsync("items")}/items";

        // Nobody has seen this trace yet: it may still be on its way.
        var (status, body) = await Api.PostJsonAsync(items, """{"objectId":"unseen","objectType":"TRACE"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var item = JsonNode.Parse(body)!;
        Json.AssertEqual(
            $$"""
            {"id":"{{item["id"]}}","queueId":"{{items.Split('/')[4]}}","objectId":"unseen","objectType":"TRACE","status":"PENDING",
             "completedAt":null,"createdAt":"{{item["createdAt"]}}","updatedAt":"{{item["createdAt"]}}"}
            """,
            body);
        Json.AssertEqual(body, (await Api.GetAsync($"{items}/{item["id"]}")).Body);
        Json.AssertEqual(body, (await Api.SendAsync(HttpMethod.Patch, $"{items}/{item["id"]}", "{}")).Body);

        var completed = JsonNode.Parse((await Api.SendAsync(HttpMethod.Patch, $"{items}/{item["id"]}", """{"status":"COMPLETED"}""")).Body)!;
        Assert.Equal(("COMPLETED", true), (completed["status"]!.ToString(), completed["completedAt"] is not null));
        await Api.PostJsonAsync(items, """{"objectId":"s","objectType":"SESSION"}""");
        Assert.Equal("unseen", await IdsAsync("?status=COMPLETED"));
        Assert.Equal("s", await IdsAsync("?status=PENDING"));
        Assert.Equal("s,unseen", await IdsAsync(""));
        Assert.Equal("unseen", await IdsAsync("?page=2&limit=1"));
        var again = JsonNode.Parse((await Api.SendAsync(HttpMethod.Patch, $"{items}/{item["id"]}", """{"status":"PENDING"}""")).Body)!;
        Assert.Null(again["completedAt"]);

        Json.AssertEqual(
            """{"success":true,"message":"Annotation queue item deleted successfully"}""",
            (await Api.SendAsync(HttpMethod.Delete, $"{items}/{item["id"]}")).Body);
        Json.AssertEqual(NoItem, (await Api.GetAsync($"{items}/{item["id"]}")).Body);

        async Task<string> IdsAsync(string query) => string.Join(
            ',', JsonNode.Parse((await Api.GetAsync(items + query)).Body)!["data"]!.AsArray().Select(i => i!["objectId"]));
    }

    [Fact]
    public async Task What_is_added_as_completed_has_its_time()
    {
        var items = $"{Path}/{await AddQueueAsync("done")}/items";
        var item = JsonNode.Parse((await Api.PostJsonAsync(items, """{"objectId":"o","objectType":"OBSERVATION","status":"COMPLETED"}""")).Body)!;
        Assert.Equal(item["createdAt"]!.ToString(), item["completedAt"]!.ToString());
    }

    [Fact]
    public async Task Only_members_are_assigned()
    {
        var path = $"{Path}/{await AddQueueAsync("assigned")}/assignments";
        var (status, body) = await Api.PostJsonAsync(path, """{"userId":"stranger"}""");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Json.AssertEqual("""{"message":"User not found or not authorized for this project","error":"LangfuseNotFoundError"}""", body);

        var member = await stored.AddMemberAsync("ann@example.com");
        var (assigned, answer) = await Api.PostJsonAsync(path, $$"""{"userId":"{{member}}"}""");
        Assert.Equal(HttpStatusCode.OK, assigned);
        Json.AssertEqual($$"""{"userId":"{{member}}","queueId":"{{path.Split('/')[4]}}","projectId":"one"}""", answer);
        for (var i = 0; i < 2; i++)
        {
            Json.AssertEqual("""{"success":true}""", (await Api.SendAsync(HttpMethod.Delete, path, $$"""{"userId":"{{member}}"}""")).Body);
        }
    }

    [Theory]
    [InlineData("GET", "/none", null, 404, NoQueue)]
    [InlineData("GET", "/none/items", null, 404, NoQueue)]
    [InlineData("POST", "/none/items", """{"objectId":"t","objectType":"TRACE"}""", 404, NoQueue)]
    [InlineData("GET", "/none/items/none", null, 404, NoQueue)]
    [InlineData("PATCH", "/none/items/none", "{}", 404, NoQueue)]
    [InlineData("DELETE", "/none/items/none", null, 404, NoQueue)]
    [InlineData("POST", "/none/assignments", """{"userId":"u"}""", 404, NoQueue)]
    [InlineData("DELETE", "/none/assignments", """{"userId":"u"}""", 404, NoQueue)]
    [InlineData("GET", "/{queue}/items/none", null, 404, NoItem)]
    [InlineData("PATCH", "/{queue}/items/none", "{}", 404, NoItem)]
    [InlineData("DELETE", "/{queue}/items/none", null, 404, NoItem)]
    [InlineData("POST", "", """{"name":"q","scoreConfigIds":["none"]}""", 400, """{"message":"At least one of the score config IDs cannot be found for the given project.","error":"InvalidRequestError"}""")]
    [InlineData("POST", "", """{"name":"q","scoreConfigIds":[]}""", 400, """{"message":"Invalid request data","error":[{"code":"too_small","path":["scoreConfigIds"],"message":"Too small: expected array to have >=1 items"}]}""")]
    [InlineData("POST", "", """{"scoreConfigIds":["x"],"more":1}""", 400, """{"message":"Invalid request data","error":[{"code":"unrecognized_keys","path":[],"message":"Unrecognized key: \"more\""},{"code":"invalid_type","path":["name"],"message":"Invalid input: expected string, received undefined"}]}""")]
    [InlineData("POST", "/{queue}/items", """{"objectId":"t","objectType":"PROMPT"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_value","path":["objectType"],"message":"Invalid option: expected one of TRACE, OBSERVATION, SESSION"}]}""")]
    [InlineData("POST", "/{queue}/items", """{"objectId":"t","objectType":"TRACE","status":"done"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_value","path":["status"],"message":"Invalid option: expected one of PENDING, COMPLETED"}]}""")]
    [InlineData("GET", "/{queue}/items?status=done", null, 400, """{"message":"Invalid request data","error":[{"code":"invalid_value","path":["status"],"message":"Invalid option: expected one of PENDING, COMPLETED"}]}""")]
    [InlineData("PATCH", "/{queue}/items/none", """{"more":1}""", 400, """{"message":"Invalid request data","error":[{"code":"unrecognized_keys","path":[],"message":"Unrecognized key: \"more\""}]}""")]
    [InlineData("POST", "/{queue}/assignments", "{}", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["userId"],"message":"Invalid input: expected string, received undefined"}]}""")]
    [InlineData("PUT", "/{queue}", "{}", 405, """{"message":"Method not allowed","error":"MethodNotAllowedError"}""")]
    public async Task Wrong_requests_get_their_answer(string method, string path, string? json, int status, string expected)
    {
        if (path.Contains("{queue}", StringComparison.Ordinal))
        {
            path = path.Replace("{queue}", await AddQueueAsync($"{Guid.NewGuid()}"), StringComparison.Ordinal);
        }

        var (answered, body) = await Api.SendAsync(new HttpMethod(method), Path + path, json);
        Assert.Equal(status, (int)answered);
        Json.AssertEqual(expected, body);
    }

    private async Task<string> AddConfigAsync() =>
        JsonNode.Parse((await Api.PostJsonAsync("/api/public/score-configs", """{"name":"c","dataType":"TEXT"}""")).Body)!["id"]!.ToString();

    private async Task<string> AddQueueAsync(string name)
    {
        var (_, body) = await Api.PostJsonAsync(Path, $$"""{"name":"{{name}}","scoreConfigIds":["{{await AddConfigAsync()}}"]}""");
        return JsonNode.Parse(body)!["id"]!.ToString();
    }
}
