using System.Net.Http.Headers;
using System.Text;
using Actors.Silo.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Actors.Silo.Demo;

/// <summary>
/// A support copilot with customers: sends the traces of their conversations to this server's own public API, in the pace
/// of a small product, a few of them running at any moment.
/// </summary>
internal sealed partial class DemoTraffic(
    StartProjects projects, IServer server, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DemoTraffic> logger)
    : BackgroundService
{
    /// <summary>The argument that switches it on.</summary>
    public const string Flag = "--demo";

    private const int Customers = 20;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (projects.Demo is not { } project)
        {
            return;
        }

        await StartedAsync(stoppingToken);
        using var http = new HttpClient { BaseAddress = new Uri(Address()) };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{project.PublicKey}:{project.SecretKey}"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);

        // What happened before the first look: the last hour at a lower pace, so that every window has something to show.
        var history = new DemoHistory(time);
        await foreach (var batch in history.BatchesAsync(stoppingToken))
        {
            await SendAsync(http, batch, stoppingToken);
        }

        await Task.WhenAll(Enumerable.Range(0, Customers).Select(i => ServeCustomersAsync(http, i, stoppingToken)));
    }

    private async Task ServeCustomersAsync(HttpClient http, int seed, CancellationToken stoppingToken)
    {
        var random = new Random(seed);
        while (!stoppingToken.IsCancellationRequested)
        {
            var conversation = new DemoConversation(random);
            foreach (var step in conversation.Steps())
            {
                await SendAsync(http, step.Events(time.GetUtcNow()), stoppingToken);
                await Task.Delay(step.Pause, time, stoppingToken);
            }
        }
    }

    private async Task SendAsync(HttpClient http, IReadOnlyList<object> events, CancellationToken stoppingToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        try
        {
            using var response = await http.PostAsJsonAsync("/api/public/ingestion", new { batch = events }, stoppingToken);
            if (!response.IsSuccessStatusCode)
            {
                LogRefused((int)response.StatusCode);
            }
        }
        catch (HttpRequestException e)
        {
            LogFailed(e);
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
    }

    private string Address() =>
        Announcement.ToLocal(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? SiloDefaults.DefaultUrl);

    [LoggerMessage(5000, LogLevel.Warning, "The server refused demo traffic with status {Status}.")]
    private partial void LogRefused(int status);

    [LoggerMessage(5001, LogLevel.Warning, "Demo traffic could not be sent.")]
    private partial void LogFailed(Exception e);
}
