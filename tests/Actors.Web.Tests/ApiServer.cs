using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Actors.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

/// <summary>The API on a real Kestrel in front of fake grains.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly ApiHost _host;
    private readonly Func<ApiHost, ValueTask> _giveBack;

    private ApiServer(ApiHost host, Func<ApiHost, ValueTask> giveBack)
    {
        (_host, _giveBack) = (host, giveBack);
        Grains = host.Renew();
        Client = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = Basic("pk-lf-1", "sk-lf-1");
    }

    public FakeGrains Grains { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>A server with keys that nobody stored, as it comes, for tests that store nothing in the control plane: they share it.</summary>
    public static async Task<ApiServer> StartAsync() => new(await IdleServers.TakeAsync(), IdleServers.GiveBackAsync);

    /// <summary>Starts one that nobody else gets, for tests that leave connections and subscriptions in it.</summary>
    public static Task<ApiServer> StartOwnAsync() => StartAsync(_ => { });

    /// <summary>Starts with keys that nobody stored, for tests that store nothing in the control plane.</summary>
    public static Task<ApiServer> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(services => services.AddSingleton<IProjectDirectory, FakeProjects>(), settings);

    /// <summary>Starts with keys that nobody stored, and with what <paramref name="add"/> adds before the stores.</summary>
    public static Task<ApiServer> StartAsync(Action<IServiceCollection> add) =>
        StartAsync(services => add(services.AddSingleton<IProjectDirectory, FakeProjects>()), []);

    /// <summary>Starts with the two projects of <see cref="FakeProjects"/> in the stores.</summary>
    public static Task<ApiServer> StartWithStoresAsync(params (string Key, string Value)[] settings) =>
        StartWithStoresAsync(_ => { }, settings);

    /// <summary>Starts with the two projects in the stores, and with what <paramref name="add"/> adds before them.</summary>
    public static async Task<ApiServer> StartWithStoresAsync(
        Action<IServiceCollection> add, params (string Key, string Value)[] settings)
    {
        var server = await StartAsync(add, settings);
        foreach (var (project, number) in new[] { (FakeProjects.One, 1), (FakeProjects.Two, 2) })
        {
            await server.Services.GetRequiredService<IProjectDirectory>().EnsureAsync(
                new ProjectSetup
                {
                    OrganizationId = project.OrganizationId,
                    OrganizationName = project.OrganizationName,
                    ProjectId = project.Id,
                    ProjectName = project.Name,
                    PublicKey = $"pk-lf-{number}",
                    SecretKey = $"sk-lf-{number}",
                },
                CancellationToken.None);
        }

        return server;
    }

    public static AuthenticationHeaderValue Basic(string publicKey, string secretKey) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{publicKey}:{secretKey}")));

    public async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, HttpContent content)
    {
        using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<(HttpStatusCode Status, string Body)> PostJsonAsync(string path, string json) =>
        PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>Sends JSON, or nothing when it is null, with any method.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (response.StatusCode, await ReadAsync(response));
    }

    /// <summary>The body of an answer; nothing of a stream, which has no end.</summary>
    public static Task<string> ReadAsync(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? Task.FromResult("") : response.Content.ReadAsStringAsync();

    public Task<(HttpStatusCode Status, string Body)> IngestAsync(string json) => PostJsonAsync("/api/public/ingestion", json);

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _giveBack(_host);
    }

    private static async Task<ApiServer> StartAsync(Action<IServiceCollection> addFakes, (string Key, string Value)[] settings) =>
        new(await ApiHost.StartAsync(addFakes, settings), host => host.DisposeAsync());
}
