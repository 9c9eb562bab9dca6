using System.Net;

namespace Actors.Integration.Api;

/// <summary>
/// Pages have no accounts yet, so they answer this machine only. A web page elsewhere could point its own name at 127.0.0.1;
/// the name gives it away.
/// </summary>
public sealed class LoopbackTests(RunningSilo silo)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:3000")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task A_page_asked_for_under_a_foreign_name_is_refused(string host)
    {
        foreach (var path in new[] { "/", $"/p/{silo.Keys.ProjectId}/live", $"/p/{silo.Keys.ProjectId}/traces", "/_blazor/negotiate?negotiateVersion=1" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(path, r => r.Headers.Host = host));
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task A_page_asked_for_through_a_proxy_is_refused(string header, string value) =>
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await StatusAsync($"/p/{silo.Keys.ProjectId}/live", r => r.Headers.TryAddWithoutValidation(header, value)));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task A_page_asked_for_under_a_local_name_is_answered(string host) =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/p/{silo.Keys.ProjectId}/live", r => r.Headers.Host = host));

    [Fact]
    public async Task The_api_has_keys_and_answers_under_any_name() =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/public/projects", r => r.Headers.Host = "traces.example"));

    [Fact]
    public async Task The_paths_of_the_protocol_have_keys_too_and_nothing_else_is_under_them()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/v1/", r => r.Headers.Host = "traces.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/v1x", r => r.Headers.Host = "traces.example"));
    }

    private async Task<HttpStatusCode> StatusAsync(string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change(request);
        using var answer = await silo.Client.Http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
