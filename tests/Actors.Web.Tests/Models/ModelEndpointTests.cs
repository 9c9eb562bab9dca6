using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests;

/// <summary>The routes under <c>/models</c> with the real stores and the real price books.</summary>
public sealed class ModelEndpointTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string Models = "/api/public/models";

    private static int _names;

    private ApiServer Server => stored.Server;

    [Fact]
    public async Task A_model_with_flat_prices_has_one_tier_called_Standard()
    {
        var name = NewName();
        var model = await AddAsync($$$"""
            {"modelName":"{{{name}}}","matchPattern":"(?i)^{{{name}}}$","startDate":"2026-01-02T03:04:05+01:00","unit":"TOKENS","inputPrice":2.5e-6,
             "outputPrice":0.00001,"tokenizerId":"openai","tokenizerConfig":{"tokenizerModel":"gpt-4o","tokensPerMessage":3,"tokensPerName":1}}
            """);

        Assert.Equal(
            ["id", "modelName", "matchPattern", "startDate", "unit", "inputPrice", "outputPrice", "totalPrice", "tokenizerId",
                "tokenizerConfig", "isLangfuseManaged", "createdAt", "prices", "pricingTiers"],
            model.Select(p => p.Key));
        var tier = Assert.Single(model["pricingTiers"]!.AsArray())!;
        Json.AssertEqual(
            $$$"""
            {"id":"{{{model["id"]}}}","modelName":"{{{name}}}","matchPattern":"(?i)^{{{name}}}$","startDate":"2026-01-02T02:04:05.000Z","unit":"TOKENS",
             "inputPrice":0.0000025,"outputPrice":0.00001,"totalPrice":null,"tokenizerId":"openai",
             "tokenizerConfig":{"tokenizerModel":"gpt-4o","tokensPerMessage":3,"tokensPerName":1},"isLangfuseManaged":false,
             "createdAt":"{{{model["createdAt"]}}}","prices":{"input":{"price":0.0000025},"output":{"price":0.00001}},
             "pricingTiers":[{"id":"{{{tier["id"]}}}","name":"Standard","isDefault":true,"priority":0,"conditions":[],
               "prices":{"input":0.0000025,"output":0.00001}}]}
            """,
            model.ToJsonString());

        var (status, body) = await Server.GetAsync($"{Models}/{model["id"]}");
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual(model.ToJsonString(), body);
    }

    [Fact]
    public async Task A_model_keeps_its_tiers_by_priority()
    {
        const string Tiers = """
            [{"name":"Large","isDefault":false,"priority":2,"conditions":[{"usageDetailPattern":"^input","operator":"gte","value":200000,"caseSensitive":true}],"prices":{"input":2}},
             {"name":"Usual","isDefault":true,"priority":0,"conditions":[],"prices":{"input":1,"input_cached_tokens":0.5}},
             {"name":"Fast","isDefault":false,"priority":1,"conditions":[{"source":"metadata","key":"speed","operator":"in","values":["fast"]}],"prices":{"total":3}}]
            """;
        var name = NewName();
        var model = await AddAsync($$"""{"modelName":"{{name}}","matchPattern":"{{name}}","pricingTiers":{{Tiers}}}""");

        var tiers = model["pricingTiers"]!.AsArray();
        Assert.Equal(["Usual", "Fast", "Large"], tiers.Select(t => t!["name"]!.GetValue<string>()));
        foreach (var tier in tiers)
        {
            tier!.AsObject().Remove("id");
        }

        var said = JsonNode.Parse(Tiers)!.AsArray().OrderBy(t => t!["priority"]!.GetValue<int>()).Select(t => t!.ToJsonString());
        Json.AssertEqual($"[{string.Join(',', said)}]", tiers.ToJsonString());
        Assert.Equal(1m, model["inputPrice"]!.GetValue<decimal>());
        Assert.Null(model["unit"]);
    }

    [Fact]
    public async Task The_list_holds_built_in_models_and_those_of_the_project_alone_by_name()
    {
        const string Name = "gpt-4-test";
        await AddAsync($$"""{"modelName":"{{Name}}","matchPattern":"^{{Name}}$","totalPrice":1}""");

        var names = await NamesAsync();
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        Assert.True(names.Count > 167);
        Assert.Contains("claude-sonnet-4-20250514", names);

        // A test of the JavaScript SDK looks for it there.
        var (_, second) = await Server.GetAsync(Models + "?page=2");
        Assert.Contains(Name, JsonNode.Parse(second)!["data"]!.AsArray().Select(m => m!["modelName"]!.GetValue<string>()));

        using var other = new HttpRequestMessage(HttpMethod.Get, Models + "?page=2");
        other.Headers.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        using var answer = await Server.Client.SendAsync(other, TestContext.Current.CancellationToken);
        Assert.DoesNotContain($"\"{Name}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_one_name_and_unit_the_latest_start_comes_first_and_none_last()
    {
        var name = NewName();
        foreach (var start in new[] { "null", "\"2025-01-01T00:00:00Z\"", "\"2026-01-01T00:00:00Z\"" })
        {
            await AddAsync($$"""{"modelName":"{{name}}","matchPattern":"{{name}}","totalPrice":1,"unit":"IMAGES","startDate":{{start}}}""");
        }

        await AddAsync($$"""{"modelName":"{{name}}","matchPattern":"{{name}}","totalPrice":1}""");
        var listed = (await AllAsync()).Where(m => m["modelName"]!.GetValue<string>() == name).ToList();
        Assert.Equal(["IMAGES", "IMAGES", "IMAGES", null], listed.Select(m => m["unit"]?.GetValue<string>()));
        Assert.Equal(
            ["2026-01-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z", null, null], listed.Select(m => m["startDate"]?.GetValue<string>()));
    }

    [Fact]
    public async Task A_built_in_model_is_shown_as_managed_and_cannot_be_deleted()
    {
        var (status, body) = await Server.GetAsync(Models + "/gpt-4o");
        Assert.Equal(HttpStatusCode.OK, status);
        var model = JsonNode.Parse(body)!;
        Assert.True(model["isLangfuseManaged"]!.GetValue<bool>());
        Assert.Equal(0.0000025m, model["inputPrice"]!.GetValue<decimal>());
        Assert.Equal(["Standard", "Fast mode"], model["pricingTiers"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()));
        Json.AssertEqual("""{"tokenizerModel":"gpt-4o","tokensPerMessage":3,"tokensPerName":1}""", model["tokenizerConfig"]!.ToJsonString());

        Assert.Equal(
            (HttpStatusCode.NotFound, """{"message":"Model not found within authorized project. Built-in models stay; a model of your own with the same name goes before them.","error":"LangfuseNotFoundError"}"""),
            await Server.SendAsync(HttpMethod.Delete, Models + "/gpt-4o"));
        Assert.Equal(HttpStatusCode.OK, (await Server.GetAsync(Models + "/gpt-4o")).Status);
    }

    [Fact]
    public async Task A_deleted_model_is_gone()
    {
        var name = NewName();
        var id = (await AddAsync($$"""{"modelName":"{{name}}","matchPattern":"{{name}}","totalPrice":0}"""))["id"]!.GetValue<string>();

        var missing = (HttpStatusCode.NotFound, """{"message":"Model not found within authorized project","error":"LangfuseNotFoundError"}""");
        Assert.Equal((HttpStatusCode.OK, """{"message":"Model successfully deleted"}"""), await Server.SendAsync(HttpMethod.Delete, $"{Models}/{id}"));
        Assert.Equal(missing, await Server.GetAsync($"{Models}/{id}"));
        Assert.Equal(missing, await Server.SendAsync(HttpMethod.Delete, $"{Models}/{id}"));
        Assert.DoesNotContain(name, await NamesAsync());
    }

    [Fact]
    public async Task Another_project_neither_sees_nor_deletes_a_model()
    {
        var name = NewName();
        var id = (await AddAsync($$"""{"modelName":"{{name}}","matchPattern":"{{name}}","totalPrice":0}"""))["id"]!.GetValue<string>();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, $"{Models}/{id}");
            request.Headers.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
            using var answer = await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await Server.GetAsync($"{Models}/{id}")).Status);
    }

    [Fact]
    public async Task Models_that_are_added_at_once_are_all_there()
    {
        var name = NewName();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            AddAsync($$"""{"modelName":"{{name}}","matchPattern":"{{name}}","totalPrice":1}""")));
        Assert.Equal(12, (await NamesAsync()).Count(n => n == name));
    }

    [Theory]
    [InlineData("""[]""", "invalid_type", "", "Invalid input: expected object, received array")]
    [InlineData("""{"matchPattern":"a","totalPrice":1}""", "invalid_type", "modelName", "Invalid input: expected string, received undefined")]
    [InlineData("""{"modelName":"","matchPattern":"a","totalPrice":1}""", "too_small", "modelName", "Too small: expected string to have >=1 characters")]
    [InlineData("""{"modelName":"a","totalPrice":1}""", "invalid_type", "matchPattern", "Invalid input: expected string, received undefined")]
    [InlineData("""{"modelName":"a","matchPattern":"a","startDate":"soon","totalPrice":1}""", "invalid_format", "startDate", null)]
    [InlineData("""{"modelName":"a","matchPattern":"a","unit":"APPLES","totalPrice":1}""", "invalid_value", "unit", "Invalid option: expected one of CHARACTERS, TOKENS, MILLISECONDS, SECONDS, IMAGES, REQUESTS")]
    [InlineData("""{"modelName":"a","matchPattern":"a","tokenizerId":"bert","totalPrice":1}""", "invalid_value", "tokenizerId", "Invalid option: expected one of openai, claude")]
    [InlineData("""{"modelName":"a","matchPattern":"a","tokenizerConfig":[],"totalPrice":1}""", "invalid_type", "tokenizerConfig", "Invalid input: expected object, received array")]
    [InlineData("""{"modelName":"a","matchPattern":"a","inputPrice":-1}""", "too_small", "inputPrice", "Too small: expected number to be >=0")]
    [InlineData("""{"modelName":"a","matchPattern":"a","inputPrice":"1"}""", "invalid_type", "inputPrice", "Invalid input: expected number, received string")]
    [InlineData("""{"modelName":"a","matchPattern":"a","inputPrice":1e300}""", "invalid_type", "inputPrice", "Invalid input: expected a decimal of at most 28 digits")]
    [InlineData("""{"modelName":"a","matchPattern":"a","outputPrice":1000001}""", "too_big", "outputPrice", "Too big: expected number to be <=1000000")]
    [InlineData("""{"modelName":"a","matchPattern":"a","inputPrice":1,"totalPrice":1}""", "custom", "totalPrice", "totalPrice excludes inputPrice and outputPrice")]
    [InlineData("""{"modelName":"a","matchPattern":"a"}""", "custom", "pricingTiers", "Either pricingTiers or flat prices (inputPrice, outputPrice, totalPrice) must be given, not both")]
    public async Task A_wrong_model_is_refused_with_the_field_that_is_wrong(string json, string code, string path, string? message)
    {
        var (status, body) = await Server.PostJsonAsync(Models, json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        var answer = JsonNode.Parse(body)!;
        Assert.Equal("Invalid request data", answer["message"]!.GetValue<string>());
        var issue = answer["error"]![0]!;
        Assert.Equal((code, path), (issue["code"]!.GetValue<string>(), string.Join('.', issue["path"]!.AsArray())));
        Assert.True(message is null || message == issue["message"]!.GetValue<string>(), issue.ToJsonString());
    }

    [Theory]
    [InlineData("""[]""", "", "Exactly one tier must be the default")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,true,0,[],1)]""", "", "Exactly one tier must be the default")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(A,false,1,[IF],1)]""", "", "Tier names must be unique within a model")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,false,1,[IF],1),TIER(C,false,1,[IF],1)]""", "", "Tier priorities must be unique within a model")]
    [InlineData("""[TIER(A,true,0,[IF],1)]""", ".0.conditions", "The default tier has no conditions")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,false,1,[],1)]""", ".1.conditions", "A tier that is not the default needs at least one condition")]
    [InlineData("""[TIER(A,true,1,[],1)]""", ".0.priority", "The default tier has priority 0, and only it")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,false,0,[IF],1)]""", ".1.priority", "The default tier has priority 0, and only it")]
    [InlineData("""[{"name":"A","isDefault":true,"priority":0,"conditions":[],"prices":{}}]""", ".0.prices", "A tier has 1 to 100 prices")]
    [InlineData("""[{"name":"A","isDefault":true,"priority":0,"conditions":[],"prices":{"input":-1}}]""", ".0.prices.input", "Too small: expected number to be >=0")]
    [InlineData("""[{"name":"A","isDefault":true,"priority":0,"conditions":[]}]""", ".0.prices", "Invalid input: expected object, received undefined")]
    [InlineData("""[{"name":"A","priority":0,"conditions":[],"prices":{"a":1}}]""", ".0.isDefault", "Invalid input: expected boolean, received undefined")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,false,1,[{"usageDetailPattern":"a","operator":"over","value":1}],1)]""", ".1.conditions.0.operator", "Invalid option: expected one of gt, gte, lt, lte, eq, neq")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,false,1,[{"usageDetailPattern":"a","operator":"gt"}],1)]""", ".1.conditions.0.value", "Invalid input: expected number, received undefined")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,false,1,[{"source":"input","key":"a","operator":"in","values":["a"]}],1)]""", ".1.conditions.0.source", "Invalid option: expected one of model_parameters, metadata")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,false,1,[{"source":"metadata","key":"a","operator":"is","values":["a"]}],1)]""", ".1.conditions.0.operator", "Invalid option: expected one of in")]
    [InlineData("""[TIER(A,true,0,[],1),TIER(B,false,1,[{"source":"metadata","key":"a","operator":"in","values":[]}],1)]""", ".1.conditions.0.values", "Too small: expected array to have >=1 items")]
    public async Task Tiers_that_break_a_rule_are_refused(string tiers, string path, string message)
    {
        var spelled = System.Text.RegularExpressions.Regex
            .Replace(tiers, @"TIER\((\w),(\w+),(\d),(\[(?:[^\[\]]|\[[^\]]*\])*\]),1\)", """{"name":"$1","isDefault":$2,"priority":$3,"conditions":$4,"prices":{"input":1}}""")
            .Replace("[IF]", """[{"usageDetailPattern":"input","operator":"gt","value":1}]""", StringComparison.Ordinal);
        var (status, body) = await Server.PostJsonAsync(Models, $$"""{"modelName":"a","matchPattern":"a","pricingTiers":{{spelled}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        var issue = JsonNode.Parse(body)!["error"]![0]!;
        Assert.Equal(("pricingTiers" + path, message), (string.Join('.', issue["path"]!.AsArray()), issue["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Patterns_that_are_no_regular_expressions_are_refused()
    {
        var (status, body) = await Server.PostJsonAsync(Models, """{"modelName":"a","matchPattern":"(","totalPrice":1}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            """{"message":"Invalid request data","error":[{"code":"custom","path":["matchPattern"],"message":"'(' is not a regular expression: Invalid pattern '(' at offset 1. Not enough )'s."}]}""",
            body);

        (status, body) = await Server.PostJsonAsync(Models, """
            {"modelName":"a","matchPattern":"a","pricingTiers":[{"name":"A","isDefault":true,"priority":0,"conditions":[],"prices":{"a":1}},
             {"name":"B","isDefault":false,"priority":1,"conditions":[{"usageDetailPattern":"[","operator":"gt","value":1}],"prices":{"a":1}}]}
            """);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("pricingTiers", JsonNode.Parse(body)!["error"]![0]!["path"]![0]!.GetValue<string>());

        var (tooLong, _) = await Server.PostJsonAsync(Models, $$"""{"modelName":"a","matchPattern":"{{new string('a', 2_001)}}","totalPrice":1}""");
        Assert.Equal(HttpStatusCode.BadRequest, tooLong);
    }

    [Theory]
    [InlineData("limit=101", """{"message":"Invalid request data","error":[{"code":"too_big","path":["limit"],"message":"Too big: expected number to be <=100"}]}""")]
    [InlineData("page=0", """{"message":"Invalid request data","error":[{"code":"too_small","path":["page"],"message":"Too small: expected number to be >=1"}]}""")]
    public async Task A_wrong_page_is_refused(string query, string expected) =>
        Assert.Equal((HttpStatusCode.BadRequest, expected), await Server.GetAsync($"{Models}?{query}"));

    [Fact]
    public async Task A_page_behind_the_last_is_empty()
    {
        var (status, body) = await Server.GetAsync(Models + "?page=2147483647&limit=100");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(JsonNode.Parse(body)!["data"]!.AsArray());
    }

    [Fact]
    public async Task Other_methods_and_callers_without_keys_are_refused()
    {
        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, """{"message":"Method not allowed","error":"MethodNotAllowedError"}"""),
            await Server.SendAsync(HttpMethod.Put, Models, "{}"));
        using var anonymous = new HttpClient { BaseAddress = Server.Client.BaseAddress };
        using var answer = await anonymous.GetAsync(new Uri(Models, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static string NewName() => $"own-model-{Interlocked.Increment(ref _names)}";

    private async Task<JsonObject> AddAsync(string json)
    {
        var (status, body) = await Server.PostJsonAsync(Models, json);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!.AsObject();
    }

    private async Task<List<JsonNode>> AllAsync()
    {
        var all = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var (_, body) = await Server.GetAsync($"{Models}?limit=100&page={page}");
            var answer = JsonNode.Parse(body)!;
            all.AddRange(answer["data"]!.AsArray()!);
            if (page >= answer["meta"]!["totalPages"]!.GetValue<int>())
            {
                return all;
            }
        }
    }

    private async Task<List<string>> NamesAsync() => [.. (await AllAsync()).Select(m => m["modelName"]!.GetValue<string>())];
}
