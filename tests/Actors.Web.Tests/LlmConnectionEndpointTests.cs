using System.Net;
using System.Text.Json.Nodes;
using Actors.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

public sealed class LlmConnectionEndpointTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string Path = "/api/public/llm-connections";

    private ApiServer Api => stored.Server;

    [Fact]
    public async Task A_connection_is_made_replaced_listed_and_deleted_without_showing_its_secrets()
    {
        await using var alone = await ApiServer.StartWithStoresAsync();
        var (created, body) = await alone.SendAsync(HttpMethod.Put, Path, """
            {"provider":"my openai","adapter":"openai","secretKey":"sk-secret-1234","baseURL":"http://localhost:8080/v1","customModels":["m1"],
             "withDefaultModels":false,"extraHeaders":{"X-B":"header-secret","X-A":"2"},"config":{"useResponsesApi":true}}
            """);
        Assert.Equal(HttpStatusCode.Created, created);
        var connection = JsonNode.Parse(body)!;
        Json.AssertEqual(
            $$"""
            {"id":"{{connection["id"]}}","provider":"my openai","adapter":"openai","displaySecretKey":"...1234","baseURL":"http://localhost:8080/v1",
             "customModels":["m1"],"withDefaultModels":false,"extraHeaderKeys":["X-A","X-B"],"config":{"useResponsesApi":true},
             "createdAt":"{{connection["createdAt"]}}","updatedAt":"{{connection["createdAt"]}}"}
            """,
            body);
        Json.AssertEqual(
            $$"""{"data":[{{body}}],"meta":{"page":1,"limit":50,"totalItems":1,"totalPages":1} }""", (await alone.GetAsync(Path)).Body);

        var (replaced, after) = await alone.SendAsync(
            HttpMethod.Put, Path, """{"provider":"my openai","adapter":"anthropic","secretKey":"sk-other-9876"}""");
        Assert.Equal(HttpStatusCode.OK, replaced);
        Json.AssertEqual(
            $$"""
            {"id":"{{connection["id"]}}","provider":"my openai","adapter":"anthropic","displaySecretKey":"...9876","baseURL":null,
             "customModels":[],"withDefaultModels":true,"extraHeaderKeys":[],"config":null,
             "createdAt":"{{connection["createdAt"]}}","updatedAt":"{{JsonNode.Parse(after)!["updatedAt"]}}"}
            """,
            after);
        var store = alone.Services.GetRequiredService<ILlmConnectionStore>();
        var secrets = await store.FindSecretsAsync(FakeProjects.One.Id, "my openai", TestContext.Current.CancellationToken);
        Assert.Equal("sk-other-9876", secrets.Value!.SecretKey);

        var (deleted, message) = await alone.SendAsync(HttpMethod.Delete, $"{Path}/{connection["id"]}");
        Assert.Equal(HttpStatusCode.OK, deleted);
        Json.AssertEqual("""{"message":"LLM connection successfully deleted"}""", message);
        Json.AssertEqual("""{"data":[],"meta":{"page":1,"limit":50,"totalItems":0,"totalPages":0} }""", (await alone.GetAsync(Path)).Body);
    }

    [Theory]
    [InlineData("bedrock", """{"region":"eu-central-1"}""")]
    [InlineData("google-vertex-ai", """{"location":"europe-west4"}""")]
    [InlineData("google-vertex-ai", "null")]
    [InlineData("google-ai-studio", "null")]
    [InlineData("azure", "null")]
    [InlineData("anthropic", "null")]
    [InlineData("openai", """{"useResponsesApi":false}""")]
    public async Task Every_adapter_takes_its_config(string adapter, string config)
    {
        var (status, body) = await Api.SendAsync(
            HttpMethod.Put, Path, $$"""{"provider":"{{Guid.NewGuid()}}","adapter":"{{adapter}}","secretKey":"k","config":{{config}} }""");
        Assert.Equal(HttpStatusCode.Created, status);
        Json.AssertEqual(config, JsonNode.Parse(body)!["config"]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData(""" "adapter":"bedrock" """, """{"code":"invalid_type","path":["config"],"message":"Invalid input: expected object, received undefined"}""")]
    [InlineData(""" "adapter":"bedrock","config":{} """, """{"code":"invalid_type","path":["config","region"],"message":"Invalid input: expected string, received undefined"}""")]
    [InlineData(""" "adapter":"bedrock","config":{"region":"evil.example/x"} """, """{"code":"invalid_format","path":["config","region"],"message":"Invalid string: must match a region such as eu-central-1"}""")]
    [InlineData(""" "adapter":"bedrock","config":{"region":"eu","more":1} """, """{"code":"unrecognized_keys","path":["config"],"message":"Unrecognized key: \"more\""}""")]
    [InlineData(""" "adapter":"google-vertex-ai","config":{"region":"eu"} """, """{"code":"unrecognized_keys","path":["config"],"message":"Unrecognized key: \"region\""},{"code":"invalid_type","path":["config","location"],"message":"Invalid input: expected string, received undefined"}""")]
    [InlineData(""" "adapter":"openai","config":{"useResponsesApi":"yes"} """, """{"code":"invalid_type","path":["config","useResponsesApi"],"message":"Invalid input: expected boolean, received string"}""")]
    [InlineData(""" "adapter":"anthropic","config":{} """, """{"code":"custom","path":["config"],"message":"Config is not supported for the adapter anthropic"}""")]
    [InlineData(""" "adapter":"mistral" """, """{"code":"invalid_value","path":["adapter"],"message":"Invalid option: expected one of anthropic, openai, azure, bedrock, google-vertex-ai, google-ai-studio"}""")]
    [InlineData(""" "adapter":"openai","baseURL":"file:///etc/passwd" """, """{"code":"invalid_format","path":["baseURL"],"message":"Invalid URL: expected an absolute http or https address without a user"}""")]
    [InlineData(""" "adapter":"openai","baseURL":"https://user:pass@example.com" """, """{"code":"invalid_format","path":["baseURL"],"message":"Invalid URL: expected an absolute http or https address without a user"}""")]
    [InlineData(""" "adapter":"openai","baseURL":"/v1" """, """{"code":"invalid_format","path":["baseURL"],"message":"Invalid URL: expected an absolute http or https address without a user"}""")]
    [InlineData(""" "adapter":"openai","extraHeaders":{"a b":"c"} """, """{"code":"invalid_format","path":["extraHeaders","a b"],"message":"Invalid input: expected the name and the value of an HTTP header"}""")]
    [InlineData(""" "adapter":"openai","extraHeaders":{"a":"b\r\nc: d"} """, """{"code":"invalid_format","path":["extraHeaders","a"],"message":"Invalid input: expected the name and the value of an HTTP header"}""")]
    [InlineData(""" "adapter":"openai","customModels":[""] """, """{"code":"too_small","path":["customModels"],"message":"Too small: expected string to have >=1 characters"}""")]
    [InlineData(""" "adapter":"openai","withDefaultModels":1 """, """{"code":"invalid_type","path":["withDefaultModels"],"message":"Invalid input: expected boolean, received number"}""")]
    public async Task Wrong_connections_are_refused(string fields, string issues)
    {
        var (status, body) = await Api.SendAsync(HttpMethod.Put, Path, $$"""{"provider":"p","secretKey":"k",{{fields}} }""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual($$"""{"message":"Invalid request data","error":[{{issues}}]}""", body);
    }

    [Theory]
    [InlineData("PUT", "", "{}", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["adapter"],"message":"Invalid input: expected string, received undefined"},{"code":"invalid_type","path":["provider"],"message":"Invalid input: expected string, received undefined"},{"code":"invalid_type","path":["secretKey"],"message":"Invalid input: expected string, received undefined"}]}""")]
    [InlineData("GET", "?limit=x", null, 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["limit"],"message":"Invalid input: expected int, received string"}]}""")]
    [InlineData("DELETE", "/none", null, 404, """{"message":"LLM connection not found","error":"LangfuseNotFoundError"}""")]
    [InlineData("POST", "", "{}", 405, """{"message":"Method not allowed","error":"MethodNotAllowedError"}""")]
    public async Task Wrong_requests_get_their_answer(string method, string path, string? json, int status, string expected)
    {
        var (answered, body) = await Api.SendAsync(new HttpMethod(method), Path + path, json);
        Assert.Equal(status, (int)answered);
        Json.AssertEqual(expected, body);
    }
}
