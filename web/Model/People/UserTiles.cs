using Actors.Live;
using Actors.Queries;
using Actors.Web.Model.Live;

namespace Actors.Web.Model.People;

/// <summary>The six figures of a user over a range of time, against the range before it.</summary>
public static class UserTiles
{
    /// <summary>The figures.</summary>
    /// <param name="history">The courses and sums.</param>
    /// <param name="totals">What the traces of the range add up to; null: there are none.</param>
    public static IReadOnlyList<TileModel> Of(HistoryWindow history, TraceGroup? totals)
    {
        ArgumentNullException.ThrowIfNull(history);
        var (now, then) = (history.Current, history.Previous);
        return
        [
            Tile("traces", "Traces", Whole(now.Traces), Delta.Relative(now.Traces, then.Traces, Wish.Neutral), s => s.Traces),
            Tile("sessions", "Sessions", Whole(totals?.Sessions ?? 0), Delta.None, _ => null),
            Tile("cost", "Cost", new Quantity(Format.Cost(now.CostUsd), ""), Delta.Relative((double)now.CostUsd, (double)then.CostUsd, Wish.Less), s => (double)s.CostUsd),
            Tile("errors", "Failed traces", Format.Percent(totals?.FailedShare), Delta.Points(Share(now), Share(then), Wish.Less), Share),
            Tile("latency", "p95 latency", Format.Latency(now.LatencyP95Ms), Delta.Relative(now.LatencyP95Ms, then.LatencyP95Ms, Wish.Less), s => s.LatencyP95Ms),
            Tile("satisfaction", "Satisfaction", Format.Percent(totals?.Satisfaction), Delta.None, _ => null),
        ];

        TileModel Tile(string key, string label, Quantity value, Delta delta, Func<LiveStats, double?> point) =>
            new(key, label, value, delta, Delta.None, [.. history.Total.Select(p => point(p.Stats))]);
    }

    private static Quantity Whole(long value) => new(Format.Number(value), "");

    private static double? Share(LiveStats stats) => stats.Observations > 0 ? (double)stats.Errors / stats.Observations : null;
}
