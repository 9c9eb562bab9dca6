using System.Net;
using System.Text.Json;
using Actors.Access;
using Actors.Contracts;
using Actors.Live;
using Actors.Web.Hubs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Actors.Web.Tests.Hubs.LiveSamples;

namespace Actors.Web.Tests.Hubs;

/// <summary>
/// Who may see what of the live side: every method of the hub and every stream, with every kind of key and token. What is refused
/// is refused before anything of the project is touched.
/// </summary>
public sealed class LiveAccessTests : IAsyncLifetime
{
    private const string Tokens = "/api/public/actors/live/tokens";

    private static readonly string[] Streams =
        ["/api/public/actors/live", "/api/public/actors/live/stream", "/api/public/actors/live/top/stream", "/api/public/actors/live/traces/t1/stream"];

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartOwnAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Nobody_comes_in_without_the_secret_key_or_a_token()
    {
        foreach (var (header, status, message) in new (string?, int, string)[]
        {
            (null, 401, "No authorization header"),
            ("Basic cGstbGYtMTpzay1sZi05", 401, "Invalid credentials"),
            ("Bearer pk-lf-1", 403, "The public key sends scores and reads nothing"),
            ("Bearer live_forged", 401, "The live token is not one of this server, or has expired"),
            ("Basic b3JnOnNrLWxmLW9yZw==", 403, "Are you using an organization key?"),
        })
        {
            _server.Client.DefaultRequestHeaders.Authorization = null;
            _server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
            foreach (var path in Streams)
            {
                await ExpectAsync(HttpMethod.Get, path);
            }

            await ExpectAsync(HttpMethod.Post, "/hubs/live/negotiate?negotiateVersion=1");

            // Nor by the door behind negotiation.
            await ExpectAsync(HttpMethod.Get, "/hubs/live?id=guessed");

            async Task ExpectAsync(HttpMethod method, string path)
            {
                var (answered, body) = await _server.SendAsync(method, path);
                Assert.Equal((path, status), (path, (int)answered));
                Assert.Contains(message, body, StringComparison.Ordinal);
            }
        }

        Assert.Equal(0, _server.Grains.Metrics("one").Reads);
    }

    [Fact]
    public async Task A_key_in_the_address_opens_nothing()
    {
        // Addresses end up in logs; only what ends by itself may be in them.
        _server.Client.DefaultRequestHeaders.Authorization = null;
        foreach (var path in Streams.Append("/hubs/live/negotiate"))
        {
            foreach (var key in new[] { "sk-lf-1", "pk-lf-1", "cGstbGYtMTpzay1sZi0x" })
            {
                var method = path.EndsWith("negotiate", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get;
                Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(method, $"{path}?access_token={key}")).Status);
            }
        }
    }

    [Fact]
    public async Task A_token_is_minted_with_the_secret_key_alone_and_opens_the_hub_by_header_and_by_address()
    {
        var token = await MintAsync("{}");
        _server.Client.DefaultRequestHeaders.Authorization = null;

        await using var header = await _server.ConnectAsync(token);
        await using var address = await _server.ConnectAsync(query: "?access_token=" + token);
        foreach (var hub in new[] { header, address })
        {
            await using var reader = hub.Watch();
            Assert.Equal(1, (await reader.NextAsync<LiveSnapshotMessage>()).Version);
        }

        var (status, body) = await _server.GetAsync("/api/public/actors/live?access_token=" + token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("snapshot", JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());

        _server.Client.DefaultRequestHeaders.Authorization = new("Bearer", "pk-lf-1");
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.PostJsonAsync(Tokens, "{}")).Status);
        _server.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.PostJsonAsync(Tokens, "{}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync("/api/public/traces")).Status);
    }

    [Fact]
    public async Task Each_project_sees_its_own_numbers_whichever_way_it_asks()
    {
        _server.Grains.Metrics("one").Snapshot = new LiveSnapshot { Version = 11, At = Start };
        _server.Grains.Metrics("two").Snapshot = new LiveSnapshot { Version = 22, At = Start };
        _server.Grains.Trace("one/t:t1").Document = new(5, null, [], []);
        var token = await MintAsync("""{"detail":true}""");

        _server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        await using var two = await _server.ConnectAsync();
        await using var foreign = two.Watch();
        Assert.Equal(22, (await foreign.NextAsync<LiveSnapshotMessage>()).Version);
        await using var trace = two.Read("WatchTrace", "t1");
        Assert.Equal((0, null), await VersionAsync(trace));

        // The header says the second project and the token the first: the token decides alone, and nothing is mixed.
        Assert.Equal(11, JsonDocument.Parse((await _server.GetAsync("/api/public/actors/live?access_token=" + token)).Body).RootElement.GetProperty("version").GetInt64());
        Assert.Equal(22, JsonDocument.Parse((await _server.GetAsync("/api/public/actors/live?project=one")).Body).RootElement.GetProperty("version").GetInt64());

        static async Task<(long, LiveTraceBody?)> VersionAsync(LiveClient.LiveReader reader)
        {
            var message = await reader.NextAsync<LiveTraceMessage>();
            return (message.Version, message.Trace);
        }
    }

    [Fact]
    public async Task A_token_for_numbers_shows_no_names_and_texts()
    {
        var token = await MintAsync("{}");
        await using var hub = await _server.ConnectAsync(token);
        foreach (var (method, argument) in new (string, object)[]
        {
            ("Watch", new LiveSubscribe { Feed = 1 }), ("Watch", new LiveSubscribe { Scores = true }), ("WatchTop", new LiveTopSubscribe()), ("WatchTrace", "t1"),
        })
        {
            await using var reader = hub.Read(method, argument);
            Assert.Contains("numbers without names and texts", await reader.RefusalAsync(), StringComparison.Ordinal);
        }

        _server.Client.DefaultRequestHeaders.Authorization = null;
        foreach (var path in new[] { "/stream?feed=1", "/stream?scores=true", "/top/stream?limit=5", "/traces/t1/stream?x=1" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await _server.SendAsync(HttpMethod.Get, $"/api/public/actors/live{path}&access_token={token}")).Status);
        }
    }

    [Fact]
    public async Task A_token_for_one_trace_opens_that_trace_and_nothing_else()
    {
        _server.Grains.Trace("one/t:t1").Document = new(5, null, [], []);
        await using var hub = await _server.ConnectAsync(await MintAsync("""{"traceId":"t1"}"""));

        await using var trace = hub.Read("WatchTrace", "t1");
        Assert.Equal(5, (await trace.NextAsync<LiveTraceMessage>()).Version);
        await using var other = hub.Read("WatchTrace", "t2");
        Assert.Contains("the token does not open this trace", await other.RefusalAsync(), StringComparison.Ordinal);
        await using var numbers = hub.Watch();
        Assert.Contains("it opens one trace and no numbers", await numbers.RefusalAsync(), StringComparison.Ordinal);
        await using var top = hub.Read("WatchTop", new LiveTopSubscribe());
        Assert.Contains("it opens one trace and no numbers", await top.RefusalAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _server.Grains.Metrics("one").Reads);
    }

    [Fact]
    public async Task A_token_for_a_part_opens_that_part_and_parts_of_it()
    {
        var access = new LiveAccess(Project) { Filter = LiveFilter.Of(LiveDimension.Session, "s1") };

        Assert.Equal("session:s1", Part(new LiveTopSubscribe()).Text);
        Assert.Equal("env:eu session:s1", Part(new LiveTopSubscribe { Filter = "env:eu" }).Text);
        Assert.Equal("nothing that may be seen can match it", Problem(new LiveTopSubscribe { Session = "s2" }));
        Assert.Equal("nothing that may be seen can match it", Problem(new LiveTopSubscribe { Filter = "session:s2,s3" }));

        await using var hub = await _server.ConnectAsync(await MintAsync("""{"session":"s1","detail":true}"""));
        await using var trace = hub.Read("WatchTrace", "t1");
        Assert.Contains("the token does not open this trace", await trace.RefusalAsync(), StringComparison.Ordinal);
        await using var top = hub.Read("WatchTop", new LiveTopSubscribe { User = "ann" });
        await top.NextAsync<LiveTopMessage>();
        Assert.Equal("session:s1 user:ann", string.Join(' ', _server.Grains.Analytics.LiveTopQuery!.Filter.Text.Split(' ').Order(StringComparer.Ordinal)));

        LiveFilter Part(LiveTopSubscribe asked) => new LiveQuestionReader(access).Top(asked).Filter;

        string Problem(LiveTopSubscribe asked)
        {
            var reader = new LiveQuestionReader(access);
            reader.Top(asked);
            return Assert.Single(reader.Problems).Message;
        }
    }

    [Fact]
    public void A_token_reads_back_as_what_was_written_until_it_ends_and_when_nobody_touched_it()
    {
        var time = new FakeTimeProvider(Start);
        var keys = new EphemeralDataProtectionProvider();
        var tokens = new LiveTokens(keys, time);
        var access = new LiveAccess(Project)
        {
            Filter = LiveFilter.All([new LiveCondition(LiveDimension.Environment, ["a b", "c\"d"]), new LiveCondition(LiveDimension.User, ["ü:1"])]),
            TraceId = "t 1",
            Detail = false,
            ExpiresAt = Start.AddMinutes(5),
        };
        var token = tokens.Write(access, access.ExpiresAt.Value);

        Assert.Equal(access, tokens.Read(token));
        Assert.Null(new LiveTokens(new EphemeralDataProtectionProvider(), time).Read(token));
        Assert.Null(tokens.Read(token[LiveTokens.Prefix.Length..]));
        Assert.Null(tokens.Read(LiveTokens.Prefix));
        Assert.Null(tokens.Read(LiveTokens.Prefix + new string('a', 20_000)));
        for (var place = LiveTokens.Prefix.Length; place < token.Length; place++)
        {
            Assert.Null(tokens.Read(token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..]));
            Assert.Null(tokens.Read(token[..place]));
        }

        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(tokens.Read(token));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(tokens.Read(token));
    }

    [Fact]
    public async Task A_wrong_wish_for_a_token_is_refused_by_name()
    {
        foreach (var (body, field) in new[]
        {
            ("""{"filter":"level:ERROR"}""", "filter"),
            ("""{"session":"a","filter":"session:b"}""", "filter"),
            ("""{"traceId":"t1","user":"u"}""", "traceId"),
            ("""{"traceId":""}""", "traceId"),
            ("""{"expiresIn":0}""", "expiresIn"),
            ("""{"expiresIn":86401}""", "expiresIn"),
            ("""{"project":"two"}""", "project"),
        })
        {
            var (status, answer) = await _server.PostJsonAsync(Tokens, body);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(field, answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_says_when_it_ends()
    {
        var before = TimeProvider.System.GetUtcNow();
        var (status, body) = await _server.PostJsonAsync(Tokens, """{"expiresIn":90}""");

        Assert.Equal(HttpStatusCode.OK, status);
        var ends = JsonSerializer.Deserialize(body, ContractsJsonContext.Default.LiveTokenBody)!.ExpiresAt;
        Assert.InRange(ends, before.AddSeconds(89), before.AddSeconds(150));
    }

    [Fact]
    public async Task Streams_end_with_their_token()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ApiServer.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        var token = server.Services.GetRequiredService<LiveTokens>().Write(new LiveAccess(Project), time.GetUtcNow().AddMinutes(1));
        server.Client.DefaultRequestHeaders.Authorization = null;
        await using var hub = await server.ConnectAsync(token);
        await using var reader = hub.Watch();
        await reader.NextAsync<LiveSnapshotMessage>();
        await using var events = await EventReader.OpenAsync(server, "/stream?access_token=" + token);
        await events.NextAsync();

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("The token has expired", await reader.RefusalAsync(), StringComparison.Ordinal);
        Assert.Equal("expired", Assert.IsType<LiveEndMessage>((await events.NextAsync())!.Value.Message).Code);
        Assert.Null(await events.NextAsync());
        await using var again = hub.Watch();
        Assert.Contains("The token has expired", await again.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_end_when_their_key_is_revoked()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var keys = new RevocableProjects();
        await using var server = await ApiServer.StartAsync(services => services.AddSingleton<TimeProvider>(time).AddSingleton<IProjectDirectory>(keys));
        await using var hub = await server.ConnectAsync();
        await using var reader = hub.Watch(new LiveSubscribe { Rate = 10 });
        await reader.NextAsync<LiveSnapshotMessage>();

        keys.IsRevoked = true;
        time.Advance(TimeSpan.FromMinutes(1));
        await server.Grains.Metrics("one").TickAsync(Tick(2, 5));

        Assert.Contains("no longer opens this project", await reader.RefusalAsync(), StringComparison.Ordinal);
    }

    private async Task<string> MintAsync(string body)
    {
        var (status, answer) = await _server.PostJsonAsync(Tokens, body);
        Assert.Equal(HttpStatusCode.OK, status);
        return JsonSerializer.Deserialize(answer, ContractsJsonContext.Default.LiveTokenBody)!.Token;
    }

    private sealed class RevocableProjects : IProjectDirectory
    {
        private readonly FakeProjects _projects = new();

        public bool IsRevoked { get; set; }

        public ValueTask<ProjectInfo?> FindBySecretKeyAsync(string secretKey, CancellationToken cancellationToken) =>
            IsRevoked ? default : _projects.FindBySecretKeyAsync(secretKey, cancellationToken);

        public ValueTask<ProjectInfo?> FindByPublicKeyAsync(string publicKey, CancellationToken cancellationToken) =>
            _projects.FindByPublicKeyAsync(publicKey, cancellationToken);

        public ValueTask<OrganizationInfo?> FindOrganizationBySecretKeyAsync(string secretKey, CancellationToken cancellationToken) =>
            _projects.FindOrganizationBySecretKeyAsync(secretKey, cancellationToken);

        public ValueTask<ProjectInfo?> FindAsync(ProjectId project, CancellationToken cancellationToken) => _projects.FindAsync(project, cancellationToken);

        public Task<IReadOnlyList<ProjectInfo>> ListAsync(CancellationToken cancellationToken) => _projects.ListAsync(cancellationToken);

        public Task<ProjectInfo> EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
