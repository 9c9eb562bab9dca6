using Actors.Grains.Pricing;
using Actors.LoadGen.Workload;
using Actors.Web.Ingestion;

namespace Actors.LoadGen.Floors;

/// <summary>The parser alone, on one thread: nothing that takes the events in can cost less.</summary>
internal static class ParseFloor
{
    private const int Bodies = 256;

    /// <summary>Measures for about three times <paramref name="duration"/> after a warm-up of the same length.</summary>
    public static async Task<Floor> MeasureAsync(CanonicalWorkload workload, TimeSpan duration)
    {
        var bodies = workload.RenderMany(Bodies, TimeProvider.System.GetUtcNow());
        EnsureWhole(bodies);
        Parse(bodies, duration);
        return await Floor.MedianAsync(() => Task.FromResult(Parse(bodies, duration)));
    }

    // A parser that refuses events is fast for the wrong reason.
    private static void EnsureWhole(byte[][] bodies)
    {
        foreach (var body in bodies)
        {
            var batch = IngestionParser.Parse(body, PriceBooks.Current.AttributeKeys);
            if (batch.Rejection is not null || batch.Errors.Count > 0 || batch.Streams.Sum(s => s.Events.Count) != CanonicalWorkload.EventsPerRequest)
            {
                throw new InvalidOperationException(
                    $"The workload is not valid: {batch.Rejection} {string.Join(' ', batch.Errors)}");
            }
        }
    }

    private static long Parse(byte[][] bodies, TimeSpan duration)
    {
        var started = TimeProvider.System.GetTimestamp();
        long events = 0;
        while (TimeProvider.System.GetElapsedTime(started) < duration)
        {
            foreach (var body in bodies)
            {
                var batch = IngestionParser.Parse(body, PriceBooks.Current.AttributeKeys);
                events += batch.Streams.Sum(static s => (long)s.Events.Count);
            }
        }

        return events;
    }
}
