using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Actors.Access;
using Actors.Testing;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Web.Tests;

public sealed class AuthenticationTests
{
    private const string Invalid = "Invalid credentials. Confirm that you've configured the correct host.";

    [Theory]
    [InlineData(null, "No authorization header")]
    [InlineData("Digest x", "Invalid authorization header")]
    [InlineData("Basic", "Invalid authorization header")]
    [InlineData("Basic !!!", "Invalid authorization header")]
    [InlineData("Basic cGs=", "Invalid authorization header")]
    [InlineData("Basic cGstbGYtMTo=", "Invalid authorization header")]
    [InlineData("Basic cGstbGYtMTpzay1sZi05", Invalid)]
    [InlineData("Bearer pk-lf-9", Invalid)]
    [InlineData("Bearer sk-lf-1", Invalid)]
    [InlineData("Bearer ", "Invalid authorization header")]
    public async Task Bad_keys_are_refused_with_the_words_of_the_contract(string? header, string message)
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = null;
        if (header is not null)
        {
            server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        foreach (var path in new[]
        {
            "/traces", "/traces/t1", "/observations", "/observations/o1", "/sessions", "/sessions/s1", "/projects", "/prompts?name=p",
            "/v2/prompts", "/v2/prompts/p", "/score-configs", "/comments", "/annotation-queues", "/annotation-queues/q/items", "/llm-connections",
        })
        {
            var (status, body) = await server.GetAsync("/api/public" + path);
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Json.AssertEqual($$"""{"message":"{{message}}"}""", body);
        }

        var (ingestion, answer) = await server.IngestAsync("""{"batch":[]}""");
        Assert.Equal(HttpStatusCode.Unauthorized, ingestion);
        Json.AssertEqual($$"""{"message":"{{message}}","error":"UnauthorizedError"}""", answer);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PostJsonAsync("/api/public/otel/v1/traces", "{}")).Status);
    }

    [Theory]
    [InlineData("/traces")]
    [InlineData("/traces/t1")]
    [InlineData("/observations")]
    [InlineData("/sessions")]
    [InlineData("/projects")]
    [InlineData("/v2/prompts/p")]
    [InlineData("/score-configs")]
    [InlineData("/comments")]
    [InlineData("/annotation-queues")]
    [InlineData("/llm-connections")]
    public async Task A_public_key_reads_nothing(string path)
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pk-lf-1");
        var (status, body) = await server.GetAsync("/api/public" + path);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Json.AssertEqual("""{"message":"Access denied - insufficient permissions for this endpoint"}""", body);
    }

    [Fact]
    public async Task A_public_key_sends_scores()
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pk-lf-2");
        var (status, body) = await server.IngestAsync(Parsing.Batch(Parsing.Event("score-create", """{"name":"n","value":1,"traceId":"t1"}""")));
        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Json.AssertEqual("""{"successes":[{"id":"e1","status":201}],"errors":[]}""", body);
        Assert.Equal(["two/t:t1"], server.Grains.Keys);
    }

    [Fact]
    public async Task The_secret_alone_decides_the_project()
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-1", "sk-lf-2");
        await server.IngestAsync(Parsing.Batch(Parsing.Event("trace-create", """{"id":"one/t:x"}""")));
        Assert.Equal(["two/t:one/t:x"], server.Grains.Keys);
        Assert.Contains("\"id\":\"two\"", (await server.GetAsync("/api/public/projects")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_needs_no_key()
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = null;
        const string Healthy = """{"status":"OK","version":"4.16.0"}""";
        Assert.Equal((HttpStatusCode.OK, Healthy), await server.GetAsync("/api/public/health"));
        Assert.Equal((HttpStatusCode.OK, Healthy), await server.GetAsync("/api/public/health?failIfDatabaseUnavailable=true"));
        Assert.Equal((HttpStatusCode.OK, Healthy), await server.GetAsync("/api/public/ready"));

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal(
            (HttpStatusCode.InternalServerError, """{"status":"Not ready","version":"4.16.0"}"""), await server.GetAsync("/api/public/ready"));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_told_to_whoever_asks_for_it()
    {
        await using var server = await ApiServer.StartAsync(services => services.AddSingleton<IProjectDirectory>(new Unreachable()));
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/public/health")).Status);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"Database not available","version":"4.16.0"}"""),
            await server.GetAsync("/api/public/health?failIfDatabaseUnavailable=true"));
    }

    [Fact]
    public async Task While_the_control_plane_does_not_answer_callers_are_asked_to_come_back()
    {
        await using var server = await ApiServer.StartAsync(services => services.AddSingleton<IProjectDirectory>(
            new Unreachable(new ControlPlaneUnavailableException("The database of the control plane does not answer; send the request again."))));

        using var answer = await server.Client.GetAsync("/api/public/projects", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
        Json.AssertEqual(
            """{"message":"The database of the control plane does not answer; send the request again.","error":"ServiceUnavailable"}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Health_can_ask_for_recent_events()
    {
        await using var server = await ApiServer.StartAsync();
        const string Path = "/api/public/health?failIfNoRecentEvents=true";
        const string Silent = """{"status":"No events within the last 3 minutes","version":"4.16.0"}""";
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Silent), await server.GetAsync(Path));

        await AppendAsync(server, TimeSpan.FromMinutes(4));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Silent), await server.GetAsync(Path));

        await AppendAsync(server, TimeSpan.FromMinutes(1));
        Assert.Equal((HttpStatusCode.OK, """{"status":"OK","version":"4.16.0"}"""), await server.GetAsync(Path));
    }

    private static async Task AppendAsync(ApiServer server, TimeSpan age)
    {
        var script = new EventScript($"trace-{age.Ticks}").Trace();
        var outcome = await server.Services.GetRequiredService<IEventLog>().AppendAsync(
            new LogAppend
            {
                Project = FakeProjects.One.Id,
                Stream = script.Stream,
                Version = 1,
                AppendId = Guid.NewGuid(),
                PriceBook = 1,
                ReceivedAt = TimeProvider.System.GetUtcNow() - age,
                Events = script.Events,
            },
            CancellationToken.None);
        Assert.False(outcome.IsConflict);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:3000", null, true)]
    [InlineData("::1", "127.0.0.1:3000", null, true)]
    [InlineData("::ffff:127.0.0.1", "[::1]:3000", null, true)]
    [InlineData("127.0.0.1", "evil.example", null, false)]
    [InlineData("127.0.0.1", "localhost.evil.example", null, false)]
    [InlineData("192.168.1.5", "localhost", null, false)]
    [InlineData("127.0.0.1", "localhost", "203.0.113.9", false)]
    public void Pages_are_for_this_machine_only(string address, string host, string? forwardedFor, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        if (forwardedFor is not null)
        {
            context.Request.Headers["X-Forwarded-For"] = forwardedFor;
        }

        Assert.Equal(expected, LoopbackOnly.IsLocal(context));
    }

    [Fact]
    public async Task Browsers_of_any_origin_may_send_what_sdks_send()
    {
        await using var server = await ApiServer.StartAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/public/ingestion");
        preflight.Headers.Add("Origin", "https://shop.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-langfuse-sdk-name,x_langfuse_sdk_version");
        using var allowed = await server.Client.SendAsync(preflight, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal(["*"], allowed.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(
            ["authorization,content-type,x-langfuse-sdk-name,x_langfuse_sdk_version"], allowed.Headers.GetValues("Access-Control-Allow-Headers"));

        using var post = new HttpRequestMessage(HttpMethod.Post, "/api/public/ingestion");
        post.Headers.Add("Origin", "https://shop.example");
        post.Content = new StringContent("{", Encoding.UTF8, "application/json");
        using var answer = await server.Client.SendAsync(post, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    private sealed class Unreachable(Exception fault) : IProjectDirectory
    {
        public Unreachable()
            : this(new TimeoutException())
        {
        }

        public ValueTask<ProjectInfo?> FindBySecretKeyAsync(string secretKey, CancellationToken cancellationToken) => throw fault;

        public ValueTask<ProjectInfo?> FindByPublicKeyAsync(string publicKey, CancellationToken cancellationToken) => throw fault;

        public ValueTask<OrganizationInfo?> FindOrganizationBySecretKeyAsync(string secretKey, CancellationToken cancellationToken) => throw fault;

        public ValueTask<ProjectInfo?> FindAsync(ProjectId project, CancellationToken cancellationToken) => throw fault;

        public Task<IReadOnlyList<ProjectInfo>> ListAsync(CancellationToken cancellationToken) => throw fault;

        public Task<ProjectInfo> EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken) => throw fault;
    }
}
