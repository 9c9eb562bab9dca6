using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests.Prompts;

public sealed class PromptEndpointTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string Path = "/api/public/v2/prompts";

    private ApiServer Api => stored.Server;

    [Fact]
    public async Task A_text_prompt_is_made_and_answered_as_it_is()
    {
        var (status, body) = await Api.PostJsonAsync(Path, """
            {"name":"greet","prompt":"Hello {{name}} \"ü\" \n","labels":["production"],"tags":["a","b"],"config":{"temperature":0.2},"commitMessage":"first"}
            """);
        Assert.Equal(HttpStatusCode.Created, status);
        var made = JsonNode.Parse(body)!;
        Json.AssertEqual(
            $$"""
            {"id":"{{made["id"]}}","createdAt":"{{made["createdAt"]}}","updatedAt":"{{made["createdAt"]}}","projectId":"one","createdBy":"API",
             "prompt":"Hello {{"{{name}}"}} \"ü\" \n","name":"greet","version":1,"type":"text","isActive":null,"config":{"temperature":0.2},
             "tags":["a","b"],"labels":["latest","production"],"commitMessage":"first","resolutionGraph":null}
            """,
            body);
        foreach (var query in new[] { "", "?version=1", "?label=latest", "?label=production&resolve=false" })
        {
            Assert.Equal((HttpStatusCode.OK, body), await Api.GetAsync($"{Path}/greet{query}"));
        }
    }

    [Fact]
    public async Task A_chat_prompt_keeps_its_messages_and_placeholders()
    {
        const string Messages =
            """[{"role":"system","content":"You {{are}}"},{"type":"placeholder","name":"history"},{"type":"chatmessage","role":"user","content":"x"}]""";
        var (status, body) = await Api.PostJsonAsync(Path, $$"""{"type":"chat","name":"talk","prompt":{{Messages}},"config":null}""");
        Assert.Equal(HttpStatusCode.Created, status);
        var made = JsonNode.Parse(body)!;
        Json.AssertEqual(Messages, made["prompt"]!.ToJsonString());
        Assert.Equal(("chat", "{}"), (made["type"]!.ToString(), made["config"]!.ToJsonString()));
    }

    [Fact]
    public async Task Names_with_slashes_are_escaped_in_the_path()
    {
        await AddAsync("""{"name":"folder/sub/50% off","prompt":"x","labels":["production"]}""");
        var path = $"{Path}/{Uri.EscapeDataString("folder/sub/50% off")}";
        Assert.Equal("folder/sub/50% off", JsonNode.Parse((await Api.GetAsync(path)).Body)!["name"]!.ToString());
        var (patched, body) = await Api.SendAsync(HttpMethod.Patch, path + "/versions/1", """{"newLabels":["x"]}""");
        Assert.Equal(HttpStatusCode.OK, patched);
        Assert.Equal("""["latest","production","x"]""", JsonNode.Parse(body)!["labels"]!.ToJsonString());
        Assert.Equal((HttpStatusCode.NoContent, ""), await Api.SendAsync(HttpMethod.Delete, path));
        Assert.Equal(HttpStatusCode.NotFound, (await Api.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Labels_move_and_tags_belong_to_the_name()
    {
        await AddAsync("""{"name":"moves","prompt":"1","labels":["production","qa"],"tags":["t1"]}""");
        var second = await AddAsync("""{"name":"moves","prompt":"2","labels":["qa","qa"]}""");
        Assert.Equal("""["t1"]""", second["tags"]!.ToJsonString());
        Assert.Equal("""["latest","qa"]""", second["labels"]!.ToJsonString());
        Assert.Equal("""["production"]""", (await GetAsync("moves?version=1"))["labels"]!.ToJsonString());

        var (_, patched) = await Api.SendAsync(HttpMethod.Patch, $"{Path}/moves/versions/2", """{"newLabels":["production","new"]}""");
        Assert.Equal("""["latest","new","production","qa"]""", JsonNode.Parse(patched)!["labels"]!.ToJsonString());
        Assert.Equal("[]", (await GetAsync("moves?version=1"))["labels"]!.ToJsonString());

        await AddAsync("""{"name":"moves","prompt":"3","tags":[]}""");
        Assert.Equal("[]", (await GetAsync("moves?version=1"))["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task Deleting_the_latest_version_moves_its_label()
    {
        foreach (var text in new[] { "1", "2", "3" })
        {
            await AddAsync($$"""{"name":"shrinks","prompt":"{{text}}","labels":["l{{text}}"]}""");
        }

        Assert.Equal(HttpStatusCode.NoContent, (await Api.SendAsync(HttpMethod.Delete, $"{Path}/shrinks?label=l3")).Status);
        Assert.Equal("""["l2","latest"]""", (await GetAsync("shrinks?label=latest"))["labels"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.NoContent, (await Api.SendAsync(HttpMethod.Delete, $"{Path}/shrinks?version=1")).Status);
        Assert.Equal(3, (await AddAsync("""{"name":"shrinks","prompt":"again"}"""))["version"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NoContent, (await Api.SendAsync(HttpMethod.Delete, $"{Path}/shrinks")).Status);
        Assert.Equal(1, (await AddAsync("""{"name":"shrinks","type":"chat","prompt":[]}"""))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Embedded_prompts_are_put_in()
    {
        var leaf = await AddAsync("""{"name":"c/leaf","prompt":"leaf \"q\" $1","labels":["production"]}""");
        var middle = await AddAsync("""{"name":"c/middle","prompt":"[@@@langfusePrompt:name=c/leaf|label=production@@@]"}""");
        var root = await AddAsync("""
            {"type":"chat","name":"c/root","prompt":[{"role":"user","content":"@@@langfusePrompt:name=c/middle|version=1@@@ and @@@langfusePrompt:name=c/leaf|version=1@@@ @@@langfusePrompt:what@@@"}]}
            """);

        var resolved = await GetAsync("c%2Froot?version=1");

        Assert.Equal(
            "[leaf \"q\" $1] and leaf \"q\" $1 @@@langfusePrompt:what@@@", resolved["prompt"]![0]!["content"]!.GetValue<string>());
        Json.AssertEqual(
            $$$"""
            {"root":{"id":"{{{root["id"]}}}","name":"c/root","version":1},
             "dependencies":{
               "{{{root["id"]}}}":[{"id":"{{{middle["id"]}}}","name":"c/middle","version":1},{"id":"{{{leaf["id"]}}}","name":"c/leaf","version":1}],
               "{{{middle["id"]}}}":[{"id":"{{{leaf["id"]}}}","name":"c/leaf","version":1}]}}
            """,
            resolved["resolutionGraph"]!.ToJsonString());
        var raw = await GetAsync("c%2Froot?version=1&resolve=false");
        Assert.StartsWith("@@@langfusePrompt:name=c/middle", raw["prompt"]![0]!["content"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(raw["resolutionGraph"]);
    }

    [Fact]
    public async Task What_cannot_be_embedded_is_refused_when_it_is_sent()
    {
        await AddAsync("""{"type":"chat","name":"e/chat","prompt":[],"labels":["production"]}""");
        await RefusedAsync("e/x", "@@@langfusePrompt:name=e/none|version=1@@@", "Prompt dependency not found: 'e/none' version 1");
        await RefusedAsync("e/x", "@@@langfusePrompt:name=e/none|label=qa@@@", "Prompt dependency not found: 'e/none' with label 'qa'");
        await RefusedAsync(
            "e/x", "@@@langfusePrompt:name=e/chat|version=1@@@", "Only text prompts can be embedded: 'e/chat' version 1 is a chat prompt");
        await AddAsync("""{"name":"e/1","prompt":"1"}""");
        await RefusedAsync("e/1", "@@@langfusePrompt:name=e/1|version=1@@@", "Circular dependency: e/1 v2 → e/1 v1");
        for (var i = 2; i <= 5; i++)
        {
            await AddAsync($$"""{"name":"e/{{i}}","prompt":"@@@langfusePrompt:name=e/{{i - 1}}|version=1@@@"}""");
        }

        await RefusedAsync("e/6", "@@@langfusePrompt:name=e/5|version=1@@@", "Maximum nesting depth exceeded (5)");
        await RefusedAsync("e/1", "@@@langfusePrompt:name=e/3|version=1@@@", "Circular dependency: e/1 v2 → e/3 v1 → e/2 v1 → e/1 v1");
        await RefusedAsync(
            "e/6", "@@@langfusePrompt:name=e/2|version=1@@@@@@langfusePrompt:name=e/5|version=1@@@", "Maximum nesting depth exceeded (5)");

        async Task RefusedAsync(string name, string text, string message)
        {
            var (status, body) = await Api.PostJsonAsync(Path, $$"""{"name":"{{name}}","prompt":"{{text}}"}""");
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Json.AssertEqual($$"""{"message":"{{message}}","error":"InvalidRequestError"}""", body);
        }
    }

    [Fact]
    public async Task What_is_embedded_cannot_be_deleted_before_what_embeds_it()
    {
        await AddAsync("""{"name":"d/part","prompt":"1","labels":["production"]}""");
        await AddAsync("""{"name":"d/part","prompt":"2","labels":["qa"]}""");
        await AddAsync("""{"name":"d/whole","prompt":"@@@langfusePrompt:name=d/part|version=1@@@ @@@langfusePrompt:name=d/part|label=qa@@@"}""");
        await AddAsync("""{"name":"d/newest","prompt":"@@@langfusePrompt:name=d/part|label=latest@@@"}""");
        const string Start = "Other prompts embed what would be deleted. Delete them first: ";

        await RefusedAsync("?version=1", Start + "d/whole v1 embeds d/part v1");
        await RefusedAsync("?label=qa", Start + "d/whole v1 embeds d/part with label qa");
        await RefusedAsync(
            "", Start + "d/newest v1 embeds d/part with label latest; d/whole v1 embeds d/part v1; d/whole v1 embeds d/part with label qa");

        Assert.Equal(HttpStatusCode.NoContent, (await Api.SendAsync(HttpMethod.Delete, $"{Path}/d%2Fwhole")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Api.SendAsync(HttpMethod.Delete, $"{Path}/d%2Fpart?version=2")).Status);
        Assert.Equal("1", (await GetAsync("d%2Fnewest?version=1"))["prompt"]!.ToString());

        async Task RefusedAsync(string query, string message)
        {
            var (status, body) = await Api.SendAsync(HttpMethod.Delete, $"{Path}/d%2Fpart{query}");
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Json.AssertEqual($$"""{"message":"{{message}}","error":"InvalidRequestError"}""", body);
        }
    }

    [Theory]
    [InlineData("GET", "/none", null, 404, """{"message":"Prompt not found: 'none' with label 'production'","error":"LangfuseNotFoundError"}""")]
    [InlineData("GET", "/none?label=qa", null, 404, """{"message":"Prompt not found: 'none' with label 'qa'","error":"LangfuseNotFoundError"}""")]
    [InlineData("GET", "/none?version=3", null, 404, """{"message":"Prompt not found: 'none' with version 3","error":"LangfuseNotFoundError"}""")]
    [InlineData("GET", "/none?version=3&label=qa", null, 400, """{"message":"Cannot specify both version and label","error":"InvalidRequestError"}""")]
    [InlineData("GET", "/none?version=x", null, 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["version"],"message":"Invalid input: expected int, received string"}]}""")]
    [InlineData("GET", "/none?resolve=x", null, 400, """{"message":"Invalid request data","error":[{"code":"invalid_value","path":["resolve"],"message":"Invalid option: expected one of true, false"}]}""")]
    [InlineData("GET", "?limit=101", null, 400, """{"message":"Invalid request data","error":[{"code":"too_big","path":["limit"],"message":"Too big: expected number to be <=100"}]}""")]
    [InlineData("GET", "?page=0", null, 400, """{"message":"Invalid request data","error":[{"code":"too_small","path":["page"],"message":"Too small: expected number to be >=1"}]}""")]
    [InlineData("DELETE", "/none", null, 404, """{"message":"Prompt not found","error":"LangfuseNotFoundError"}""")]
    [InlineData("DELETE", "/none?version=1&label=x", null, 400, """{"message":"Cannot specify both version and label","error":"InvalidRequestError"}""")]
    [InlineData("PUT", "", "{}", 405, """{"message":"Method not allowed","error":"MethodNotAllowedError"}""")]
    [InlineData("PATCH", "/none/versions/1", """{"newLabels":["a"]}""", 404, """{"message":"Prompt not found: 'none' with version 1","error":"LangfuseNotFoundError"}""")]
    [InlineData("PATCH", "/none/versions/x", """{"newLabels":[]}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["promptVersion"],"message":"Invalid input: expected number, received NaN"}]}""")]
    [InlineData("PATCH", "/none/versions/1", """{"newLabels":["latest"]}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["newLabels"],"message":"Label 'latest' is always assigned to the latest prompt version"}]}""")]
    [InlineData("PATCH", "/none/versions/1", """{"newLabels":["A"]}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_format","path":["newLabels"],"message":"Label must be lowercase alphanumeric with optional underscores, hyphens, or periods"}]}""")]
    [InlineData("PATCH", "/none/versions/1", "{}", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["newLabels"],"message":"Invalid input: expected array, received undefined"}]}""")]
    [InlineData("POST", "", "{}", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["name"],"message":"Invalid input: expected string, received undefined"},{"code":"invalid_type","path":["prompt"],"message":"Invalid input: expected string, received undefined"}]}""")]
    [InlineData("POST", "", """{"name":"a|b","prompt":"x"}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["name"],"message":"Invalid input: a prompt's name has no '|'"}]}""")]
    [InlineData("POST", "", """{"name":"","prompt":"x"}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["name"],"message":"Invalid input: a prompt's name has 1 to 255 characters"}]}""")]
    [InlineData("POST", "", """{"name":"new","prompt":"x"}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["name"],"message":"Invalid input: 'new' is reserved"}]}""")]
    [InlineData("POST", "", """{"name":"a//b","prompt":"x"}""", 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["name"],"message":"Invalid input: every folder of a prompt's name has a name"}]}""")]
    [InlineData("POST", "", """{"name":"a","prompt":[]}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["prompt"],"message":"Invalid input: expected string, received array"}]}""")]
    [InlineData("POST", "", """{"name":"a","type":"chat","prompt":"x"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["prompt"],"message":"Invalid input: expected array, received string"}]}""")]
    [InlineData("POST", "", """{"name":"a","type":"image","prompt":"x"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_value","path":["type"],"message":"Invalid option: expected one of text, chat"}]}""")]
    [InlineData("POST", "", """{"name":"a","type":"chat","prompt":[{"role":"user"},{"type":"placeholder","name":"1"}]}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["prompt","0","content"],"message":"Invalid input: expected string, received undefined"},{"code":"invalid_format","path":["prompt","1","name"],"message":"Invalid string: must match a name of letters, digits and underscores that starts with a letter"}]}""")]
    [InlineData("POST", "", """{"name":"a","prompt":"x","labels":["Prod"]}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_format","path":["labels"],"message":"Label must be lowercase alphanumeric with optional underscores, hyphens, or periods"}]}""")]
    [InlineData("POST", "", """{"name":"a","prompt":"x","tags":[1]}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["tags"],"message":"Invalid input: expected string, received number"}]}""")]
    [InlineData("POST", "", """{"name":"a","type":"chat","prompt":[{"role":"user","content":"{{ history }}"},{"type":"placeholder","name":"history"}]}""", 400, """{"message":"Variables and placeholders need different names: history","error":"InvalidRequestError"}""")]
    public async Task Wrong_requests_get_their_answer(string method, string path, string? json, int status, string expected)
    {
        var (answered, body) = await Api.SendAsync(new HttpMethod(method), Path + path, json);
        Assert.Equal(status, (int)answered);
        Json.AssertEqual(expected, body);
    }

    [Fact]
    public async Task Too_long_texts_are_refused()
    {
        foreach (var (field, json) in new[]
        {
            ("name", $$"""{"name":"{{new string('n', 256)}}","prompt":"x"}"""),
            ("labels", $$"""{"name":"a","prompt":"x","labels":["{{new string('l', 37)}}"]}"""),
            ("commitMessage", $$"""{"name":"a","prompt":"x","commitMessage":"{{new string('m', 501)}}"}"""),
        })
        {
            var (status, body) = await Api.PostJsonAsync(Path, json);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Equal($"""["{field}"]""", JsonNode.Parse(body)!["error"]![0]!["path"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task The_type_of_a_name_cannot_change()
    {
        await AddAsync("""{"name":"typed","prompt":"x"}""");
        var (status, body) = await Api.PostJsonAsync(Path, """{"name":"typed","type":"chat","prompt":[]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            """{"message":"The versions of 'typed' have another type. Choose another name for this prompt","error":"InvalidRequestError"}""", body);
    }

    [Fact]
    public async Task Lists_are_by_name_filtered_and_paged()
    {
        await using var alone = await ApiServer.StartWithStoresAsync();
        for (var i = 11; i >= 0; i--)
        {
            await alone.PostJsonAsync(Path, $$$"""{"name":"p{{{i:00}}}","prompt":"x","labels":["production"],"tags":["t{{{i % 2}}}"],"config":{"v":1}}""");
        }

        await alone.PostJsonAsync(Path, """{"name":"p03","prompt":"y","labels":["qa"],"config":{"v":2}}""");

        var first = JsonNode.Parse((await alone.GetAsync(Path)).Body)!;
        Assert.Equal(10, first["data"]!.AsArray().Count);
        Json.AssertEqual("""{"page":1,"limit":10,"totalItems":12,"totalPages":2}""", first["meta"]!.ToJsonString());
        Json.AssertEqual(first["meta"]!.ToJsonString(), first["pagination"]!.ToJsonString());
        var third = first["data"]![3]!;
        Json.AssertEqual(
            $$$"""
            {"name":"p03","type":"text","versions":[1,2],"labels":["latest","production","qa"],"tags":["t1"],
             "lastUpdatedAt":"{{{third["lastUpdatedAt"]}}}","lastConfig":{"v":2}}
            """,
            third.ToJsonString());
        Assert.Equal("p10,p11", await NamesAsync("?page=2"));
        Assert.Equal("p04,p05", await NamesAsync("?page=3&limit=2"));
        Assert.Equal("p03", await NamesAsync("?name=p03"));
        Assert.Equal("p03", await NamesAsync("?label=qa"));
        Assert.Equal("p03", await NamesAsync("?version=2"));
        Assert.Equal("p00,p02,p04,p06,p08,p10", await NamesAsync("?tag=t0"));
        Assert.Equal("", await NamesAsync("?tag=t"));
        Assert.Equal("", await NamesAsync("?toUpdatedAt=2020-01-01T00:00:00Z"));
        Assert.Equal("p00", await NamesAsync("?fromUpdatedAt=2020-01-01T00:00:00%2B02:00&limit=1"));
        Assert.Equal("[2]", JsonNode.Parse((await alone.GetAsync(Path + "?label=qa")).Body)!["data"]![0]!["versions"]!.ToJsonString());

        async Task<string> NamesAsync(string query) => string.Join(
            ',', JsonNode.Parse((await alone.GetAsync(Path + query)).Body)!["data"]!.AsArray().Select(p => p!["name"]!.ToString()));
    }

    [Fact]
    public async Task The_oldest_form_knows_one_active_version()
    {
        const string Old = "/api/public/prompts";
        var (status, made) = await Api.PostJsonAsync(Old, """{"name":"old one","prompt":"1","isActive":true}""");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.True(JsonNode.Parse(made)!["isActive"]!.GetValue<bool>());
        var (_, second) = await Api.PostJsonAsync(Old, """{"name":"old one","prompt":"2","isActive":false}""");
        Assert.False(JsonNode.Parse(second)!["isActive"]!.GetValue<bool>());
        Assert.Equal("1", JsonNode.Parse((await Api.GetAsync(Old + "?name=old%20one")).Body)!["prompt"]!.ToString());
        Assert.Equal("2", JsonNode.Parse((await Api.GetAsync(Old + "?name=old%20one&version=2")).Body)!["prompt"]!.ToString());

        var (missing, message) = await Api.GetAsync(Old + "?name=none");
        Assert.Equal(HttpStatusCode.NotFound, missing);
        Json.AssertEqual("""{"message":"Prompt not found","error":"LangfuseNotFoundError"}""", message);
        Json.AssertEqual(
            """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["name"],"message":"Invalid input: expected string, received undefined"}]}""",
            (await Api.GetAsync(Old)).Body);
        Json.AssertEqual(
            """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["isActive"],"message":"Invalid input: expected boolean, received undefined"}]}""",
            (await Api.PostJsonAsync(Old, """{"name":"old one","prompt":"3"}""")).Body);
    }

    private async Task<JsonNode> AddAsync(string json)
    {
        var (status, body) = await Api.PostJsonAsync(Path, json);
        Assert.True(status == HttpStatusCode.Created, body);
        return JsonNode.Parse(body)!;
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse((await Api.GetAsync($"{Path}/{path}")).Body)!;
}
