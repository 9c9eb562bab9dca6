using Actors.LoadGen.Workload;

namespace Actors.LoadGen.Load;

/// <summary>
/// Sends requests at a fixed rate: each has an intended time, and its latency counts from then. A server that falls behind
/// is therefore charged for the waiting that it causes.
/// </summary>
internal sealed class ArrivalLoad(IngestionClient client, CanonicalWorkload workload, Tally tally, int connections)
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private long _nextRequest;

    /// <summary>Sends <paramref name="eventsPerSecond"/> for <paramref name="duration"/>, or until cancelled.</summary>
    public async Task<ArrivalResult> RunAsync(double eventsPerSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromSeconds(CanonicalWorkload.EventsPerRequest / eventsPerSecond);
        var count = (long)(duration / interval);
        var first = _nextRequest;
        _nextRequest += count;
        var run = new Run(Time.GetTimestamp(), Time.GetUtcNow(), interval, first, count);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(run, cancellationToken), CancellationToken.None)));
        return new ArrivalResult(run.Events, Time.GetElapsedTime(run.Started), run.Acknowledgement);
    }

    private async Task SendAsync(Run run, CancellationToken cancellationToken)
    {
        var buffer = new byte[workload.BufferSize];
        while (run.TryTake(out var index))
        {
            var intended = index * run.Interval;
            var early = intended - Time.GetElapsedTime(run.Started);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, Time, CancellationToken.None);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            // What is under way is awaited even when the run ends: a request that is cut off would have an unknown fate.
            var length = workload.Render(buffer, run.First + index, run.StartedAt + intended, out var cost);
            var outcome = await client.PostAsync(buffer.AsMemory(0, length), CancellationToken.None);
            run.Acknowledgement.Add(Time.GetElapsedTime(run.Started) - intended);
            run.AddEvents(outcome.Acknowledged);
            tally.Add(CanonicalWorkload.EventsPerRequest, outcome, CanonicalWorkload.TracesPerRequest, cost);
        }
    }

    private sealed class Run(long started, DateTimeOffset startedAt, TimeSpan interval, long first, long count)
    {
        private long _next = -1;
        private long _events;

        public long Started => started;

        public DateTimeOffset StartedAt => startedAt;

        public TimeSpan Interval => interval;

        public long First => first;

        public Latencies Acknowledgement { get; } = new();

        public long Events => Interlocked.Read(ref _events);

        public bool TryTake(out long index) => (index = Interlocked.Increment(ref _next)) < count;

        public void AddEvents(int acknowledged) => Interlocked.Add(ref _events, acknowledged);
    }
}

/// <summary>What one run of the load reached.</summary>
/// <param name="Acknowledged">Events acknowledged.</param>
/// <param name="Elapsed">From the first intended time to the last answer.</param>
/// <param name="Acknowledgement">From the intended time to the answer.</param>
internal sealed record ArrivalResult(long Acknowledged, TimeSpan Elapsed, Latencies Acknowledgement)
{
    /// <summary>Acknowledged events per second.</summary>
    public double EventsPerSecond => Acknowledged / Elapsed.TotalSeconds;
}
