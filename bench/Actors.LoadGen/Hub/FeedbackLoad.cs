using System.Net.Http.Json;
using Actors.LoadGen.Load;
using Actors.LoadGen.Server;
using Actors.LoadGen.Workload;

namespace Actors.LoadGen.Hub;

/// <summary>Sends scores as pages in browsers do: each alone, with the public key alone, at a fixed rate.</summary>
internal sealed class FeedbackLoad(SiloProcess silo, int connections) : IDisposable
{
    private const int Traces = 5_000;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly Uri Scores = new("/api/public/scores", UriKind.Relative);
    private static readonly Uri Policy = new("/api/public/actors/feedback", UriKind.Relative);

    private readonly HttpClient _http = silo.CreateClient(connections);
    private long _sent;

    /// <summary>Lets one address send as much as a thousand would.</summary>
    public async Task AllowAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.PutAsJsonAsync(
            Policy, new { allowedOrigins = Array.Empty<string>(), scoresPerMinutePerKey = 1_000_000, scoresPerMinutePerAddress = 1_000_000 }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        _http.DefaultRequestHeaders.Authorization = SiloProcess.BrowserKey;
    }

    /// <summary>Sends so many scores per second; a latency counts from the time at which a score was due.</summary>
    public async Task<ArrivalResult> RunAsync(double perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (started, count, next, accepted) = (Time.GetTimestamp(), (long)(perSecond * duration.TotalSeconds), -1L, 0L);
        var latencies = new Latencies();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(SendAllAsync, CancellationToken.None)));
        return new ArrivalResult(accepted, Time.GetElapsedTime(started), latencies);

        async Task SendAllAsync()
        {
            while (Interlocked.Increment(ref next) is var index && index < count && !cancellationToken.IsCancellationRequested)
            {
                var due = TimeSpan.FromSeconds(index / perSecond);
                var early = due - Time.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, Time, CancellationToken.None);
                }

                if (await PostAsync(_http, "thumbs", Interlocked.Increment(ref _sent), CancellationToken.None))
                {
                    Interlocked.Increment(ref accepted);
                }

                latencies.Add(Time.GetElapsedTime(started) - due);
            }
        }
    }

    /// <summary>A probe of the way of such a score to a viewer.</summary>
    public PushProbe Probe() => new(silo, async (http, number, cancellationToken) =>
    {
        http.DefaultRequestHeaders.Authorization = SiloProcess.BrowserKey;
        await PostAsync(http, CanonicalWorkload.ProbeName, number, cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<bool> PostAsync(HttpClient http, string name, long number, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(
            Scores, new { id = $"{name}-{number}", traceId = $"feedback-{number % Traces}", name, value = number % 2 }, cancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
