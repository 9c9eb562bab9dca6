using System.Net;
using System.Net.Http.Headers;

namespace Actors.Web.Tests.Feedback;

public sealed class FeedbackPolicyEndpointTests(FeedbackApi api) : IClassFixture<FeedbackApi>, IAsyncLifetime
{
    private const string Path = FeedbackApi.Policy;
    private const string Default = """{"allowedOrigins":[],"scoresPerMinutePerKey":6000,"scoresPerMinutePerAddress":600}""";

    private ApiServer Server => api.Server;

    public async ValueTask InitializeAsync()
    {
        Server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-1", "sk-lf-1");
        await api.ForgetAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_policy_is_answered_as_it_holds_and_replaced_as_a_whole()
    {
        Assert.Equal((HttpStatusCode.OK, Default), await Server.GetAsync(Path));

        const string Policy = """{"allowedOrigins":["https://app.example.com","https://*.example.org:8443"],"scoresPerMinutePerKey":1000000,"scoresPerMinutePerAddress":1}""";
        Assert.Equal((HttpStatusCode.OK, Policy), await Server.SendAsync(HttpMethod.Put, Path, Policy));
        Assert.Equal((HttpStatusCode.OK, Policy), await Server.GetAsync(Path));

        Assert.Equal(
            (HttpStatusCode.OK, """{"allowedOrigins":["https://app.example.com"],"scoresPerMinutePerKey":6000,"scoresPerMinutePerAddress":600}"""),
            await Server.SendAsync(HttpMethod.Put, Path, """{"allowedOrigins":["HTTPS://App.example.com:443","https://app.example.com"],"scoresPerMinutePerKey":null}"""));
        Assert.Equal((HttpStatusCode.OK, Default), await Server.SendAsync(HttpMethod.Put, Path, "{}"));
    }

    [Fact]
    public async Task Another_project_has_its_own()
    {
        await Server.SendAsync(HttpMethod.Put, Path, """{"scoresPerMinutePerKey":7}""");
        Server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        Assert.Equal((HttpStatusCode.OK, Default), await Server.GetAsync(Path));
    }

    [Fact]
    public async Task A_public_key_neither_reads_nor_sets_it()
    {
        Server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pk-lf-1");
        Assert.Equal(HttpStatusCode.Forbidden, (await Server.GetAsync(Path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Server.SendAsync(HttpMethod.Put, Path, "{}")).Status);
    }

    [Theory]
    [InlineData("""{"allowedOrigins":["https://app.example.com","app.example.com"]}""", "invalid_format", "\"allowedOrigins\",\"1\"",
        "Invalid origin: expected a scheme, a host and at most a port, such as https://app.example.com or http://localhost:5173, without a path")]
    [InlineData("""{"allowedOrigins":["https://*.com"]}""", "invalid_format", "\"allowedOrigins\",\"0\"",
        "Invalid origin: a wildcard is the first label of an http or https host with a dot behind it, as in https://*.example.com")]
    [InlineData("""{"allowedOrigins":"https://app.example.com"}""", "invalid_type", "\"allowedOrigins\"", "Invalid input: expected array, received string")]
    [InlineData("""{"scoresPerMinutePerKey":0}""", "too_small", "\"scoresPerMinutePerKey\"", "Too small: expected number to be >=1")]
    [InlineData("""{"scoresPerMinutePerAddress":1000001}""", "too_big", "\"scoresPerMinutePerAddress\"", "Too big: expected number to be <=1000000")]
    [InlineData("""{"scoresPerMinutePerAddress":1.5}""", "invalid_type", "\"scoresPerMinutePerAddress\"", "Invalid input: expected int, received number")]
    [InlineData("""{"scoresPerMinute":5}""", "unrecognized_keys", "", "Unrecognized key: \"scoresPerMinute\"")]
    public async Task What_is_wrong_is_named_and_changes_nothing(string body, string code, string path, string message)
    {
        var (status, answer) = await Server.SendAsync(HttpMethod.Put, Path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            $$"""{"message":"Invalid request data","error":[{"code":"{{code}}","path":[{{path}}],"message":"{{message.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}]}""", answer);
        Assert.Equal((HttpStatusCode.OK, Default), await Server.GetAsync(Path));
    }

    [Fact]
    public async Task A_list_of_origins_has_an_end()
    {
        var origins = string.Join(',', Enumerable.Range(0, 101).Select(n => $"\"https://app-{n}.example\""));
        var (status, answer) = await Server.SendAsync(HttpMethod.Put, Path, $$"""{"allowedOrigins":[{{origins}}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Too big: expected array to have \\u003C=100 items", answer.Replace("<", "\\u003C", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
