using System.Runtime.CompilerServices;

namespace Actors.Silo.Demo;

/// <summary>The last hour before the start, played without waiting.</summary>
internal sealed class DemoHistory(TimeProvider time)
{
    private const int EventsPerBatch = 400;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(60);

    /// <summary>The events in batches of a size that the API takes.</summary>
    public async IAsyncEnumerable<IReadOnlyList<object>> BatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var random = new Random(4711);
        var now = time.GetUtcNow();
        var batch = new List<object>();
        for (var start = now - Length; start < now; start += TimeSpan.FromMilliseconds(random.Next(1_200, 3_200)))
        {
            var steps = new DemoConversation(random).Steps().ToList();
            if (start + steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Pause) >= now)
            {
                // It would not be over yet: conversations that run are left to the live part.
                continue;
            }

            var at = start;
            foreach (var step in steps)
            {
                batch.AddRange(step.Events(at));
                at += step.Pause;
            }

            if (batch.Count >= EventsPerBatch)
            {
                yield return batch;
                batch = [];
                // The newcomer's own requests go first.
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        yield return batch;
    }
}
