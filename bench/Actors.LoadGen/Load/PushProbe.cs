using System.Collections.Concurrent;
using System.Text.Json;
using Actors.LoadGen.Server;
using Actors.LoadGen.Workload;

namespace Actors.LoadGen.Load;

/// <summary>
/// Measures the way to a viewer: sends a marked score every 100 ms and waits for the first pushed tick whose tile of marked
/// scores includes it. The stream of ticks comes from the same state that feeds the pages.
/// </summary>
/// <param name="silo">The server that is watched.</param>
/// <param name="send">Sends the marked score of a number, alone or with a trace.</param>
/// <param name="target">The server that the scores are sent to; null: the one that is watched.</param>
internal sealed class PushProbe(SiloProcess silo, Func<HttpClient, int, CancellationToken, Task> send, SiloProcess? target = null) : IAsyncDisposable
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TickTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _posts = (target ?? silo).CreateClient(4);
    private readonly HttpClient _stream = silo.CreateClient(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _firstTick = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<long> _unseen = new();
    private Latencies _latencies = new();
    private Task _reading = Task.CompletedTask;
    private long _seen;
    private long _ticks;
    private int _sent;

    /// <summary>Sends each score with a trace of its own.</summary>
    public static PushProbe OfTraces(SiloProcess silo, CanonicalWorkload workload, Tally tally, SiloProcess? target = null)
    {
        return new PushProbe(silo, PostAsync, target);

        async Task PostAsync(HttpClient http, int number, CancellationToken cancellationToken)
        {
            var body = workload.RenderProbe(number, Time.GetUtcNow(), out var cost);
            var outcome = await new IngestionClient(http).PostAsync(body, cancellationToken);
            tally.Add(TraceTemplate.Events, outcome, 1, cost);
        }
    }

    /// <summary>Ticks that arrived.</summary>
    public long Ticks => Interlocked.Read(ref _ticks);

    /// <summary>Probes that no tick has included yet.</summary>
    public int Unseen => _unseen.Count;

    /// <summary>Opens the stream of ticks, sends one trace, and waits until it is seen.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _stream.Timeout = Timeout.InfiniteTimeSpan;
        _reading = ReadTicksAsync();
        await SendAsync(cancellationToken);
        await _firstTick.Task.WaitAsync(TickTimeout, Time, cancellationToken);
    }

    /// <summary>Sends probes until cancelled and returns how long each took to be seen.</summary>
    public async Task<Latencies> RunAsync(CancellationToken cancellationToken)
    {
        var latencies = _latencies = new Latencies();
        var posts = new List<Task>();
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                posts.Add(SendAsync(CancellationToken.None));
            }
        }
        catch (OperationCanceledException)
        {
            // The load has ended.
        }

        await Task.WhenAll(posts);
        await WaitUntilSeenAsync();
        return latencies;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading;
        _posts.Dispose();
        _stream.Dispose();
        _ending.Dispose();
    }

    private Task SendAsync(CancellationToken cancellationToken)
    {
        _unseen.Enqueue(Time.GetTimestamp());
        return send(_posts, _sent++, cancellationToken);
    }

    private async Task WaitUntilSeenAsync()
    {
        var started = Time.GetTimestamp();
        while (!_unseen.IsEmpty && Time.GetElapsedTime(started) < TickTimeout)
        {
            await Task.Delay(Interval, Time);
        }
    }

    private async Task ReadTicksAsync()
    {
        try
        {
            var path = new Uri("/api/public/actors/live/stream?windows=5m&rate=10", UriKind.Relative);
            await using var stream = await _stream.GetStreamAsync(path, _ending.Token);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(_ending.Token) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal))
                {
                    Take(line.AsMemory(5));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The probe ends.
        }
        catch (Exception e)
        {
            _firstTick.TrySetException(e);
        }
    }

    // Marked scores are counted, not named: the feed of a busy tick has no room for all traces, the count misses none.
    private void Take(ReadOnlyMemory<char> data)
    {
        var now = Time.GetTimestamp();
        using var message = JsonDocument.Parse(data);
        Interlocked.Increment(ref _ticks);
        var count = CountMarked(message.RootElement);
        for (; _seen < count && _unseen.TryDequeue(out var sent); _seen++)
        {
            _latencies.Add(Time.GetElapsedTime(sent, now));
            _firstTick.TrySetResult();
        }
    }

    // A window that has not changed is not told again, and counts no more than it did.
    private static long CountMarked(JsonElement message)
    {
        if (message.TryGetProperty("windows", out var windows))
        {
            foreach (var score in windows.EnumerateArray().SelectMany(w => w.GetProperty("current").GetProperty("scores").EnumerateArray()))
            {
                if (score.GetProperty("name").ValueEquals(CanonicalWorkload.ProbeName))
                {
                    return score.GetProperty("count").GetInt64();
                }
            }
        }

        return 0;
    }
}
