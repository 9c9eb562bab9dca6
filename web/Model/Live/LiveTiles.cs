using System.Globalization;
using Actors.Live;

namespace Actors.Web.Model.Live;

/// <summary>One figure of the live page.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Label">What is measured.</param>
/// <param name="Value">The figure of the window.</param>
/// <param name="Delta">Change against the window before.</param>
/// <param name="Yesterday">Change against the same window a day earlier.</param>
/// <param name="Points">Its course.</param>
/// <param name="Spread">How the values behind a mean lie; null: there is no more to say.</param>
public sealed record TileModel(string Key, string Label, Quantity Value, Delta Delta, Delta Yesterday, IReadOnlyList<double?> Points, Spread? Spread = null);

/// <summary>The six figures of the live page.</summary>
public static class LiveTiles
{
    private const int Cells = 30;

    /// <summary>The figures of a window. <paramref name="before"/> lends its points while they are still fresh enough.</summary>
    /// <param name="course">The numbers.</param>
    /// <param name="score">The score that stands for quality; null: the one that was given most.</param>
    /// <param name="before">The figures before.</param>
    public static IReadOnlyList<TileModel> Of(Course course, string? score, IReadOnlyList<TileModel>? before = null)
    {
        var now = course.Current;
        var seconds = course.Length.TotalSeconds;
        var cells = before is null ? Cut(course) : null;
        var step = (double)Math.Max(1, (course.Last - course.From + course.Step) / Cells);
        var name = score ?? LiveScores.Names(now).FirstOrDefault();

        return
        [
            Tile(0, "requests", "Requests", Format.Rate(now.Requests / seconds, "/s"), Delta.Relative, s => s.Requests, Wish.Neutral, c => c.Sum(s => s.Requests) / step),
            Tile(1, "latency", "p95 latency", Format.Latency(now.LatencyP95Ms), Delta.Relative, s => s.LatencyP95Ms, Wish.Less, MeanP95),
            Tile(2, "tokens", "Tokens", Format.Rate(now.TotalTokens / seconds, "/s"), Delta.Relative, s => s.TotalTokens, Wish.Neutral, c => c.Sum(s => s.TotalTokens) / step),
            Tile(3, "errors", "Error rate", Format.Percent(Share(now)), Delta.Points, Share, Wish.Less, ErrorShare),
            Tile(4, "spend", "Spend", new Quantity(Format.Money(now.CostUsd * 60 / (decimal)seconds), "$/min"), Delta.Relative, s => (double)s.CostUsd, Wish.Less, c => (double)c.Sum(s => s.CostUsd)),
            Tile(5, "quality", name is null ? "Quality" : $"Quality · {name}", LiveScores.Mean(now, name) is { } mean ? new Quantity(Score(mean), "") : Quantity.None,
                Delta.Absolute, s => LiveScores.Mean(s, name), Wish.More, c => ScoreMean(c, name)) with { Spread = SpreadOf(now, name) },
        ];

        TileModel Tile(
            int index, string key, string label, Quantity value, Func<double?, double?, Wish, Delta> compare, Func<LiveStats, double?> number, Wish wish,
            Func<List<LiveStats>, double?> point)
        {
            return new(key, label, value, Against(course.Previous), Against(course.Yesterday), cells is null ? before![index].Points : [.. cells.Select(point)]);

            Delta Against(LiveStats? then) => then is null ? Delta.None : compare(number(now), number(then), wish);
        }
    }

    private static List<List<LiveStats>> Cut(Course course)
    {
        var cells = Enumerable.Range(0, Cells).Select(_ => new List<LiveStats>()).ToList();
        // The bucket that is still filling would end every course in a fall.
        var last = course.Last - (course.Open ? course.Step : 0);
        var length = last - course.From + course.Step;
        if (length <= 0)
            return cells;
        foreach (var point in course.Total)
        {
            if (point.Second >= course.From && point.Second <= last)
                cells[(int)((point.Second - course.From) * Cells / length)].Add(point.Stats);
        }
        return cells;
    }

    // Quantiles of buckets cannot be added exactly; weighted by calls they show the course, and the figure above is exact.
    private static double? MeanP95(List<LiveStats> cell)
    {
        var (sum, weight) = (0d, 0d);
        foreach (var stats in cell)
        {
            if (stats.LatencyP95Ms is { } p95)
            {
                var calls = Math.Max(1, stats.Requests);
                sum += p95 * calls;
                weight += calls;
            }
        }
        return weight > 0 ? sum / weight : null;
    }

    private static double? ErrorShare(List<LiveStats> cell)
    {
        var observations = cell.Sum(s => s.Observations);
        return observations > 0 ? (double)cell.Sum(s => s.Errors) / observations : null;
    }

    private static double? ScoreMean(List<LiveStats> cell, string? name)
    {
        var scores = cell.SelectMany(s => s.Scores).Where(s => s.Name == name && s.Category is null).ToList();
        var count = scores.Sum(s => s.Count);
        return count > 0 ? scores.Sum(s => s.Sum) / count : null;
    }

    private static double? Share(LiveStats stats) => stats.Observations > 0 ? (double)stats.Errors / stats.Observations : null;

    private static Spread? SpreadOf(LiveStats stats, string? name) =>
        LiveScores.Spread(stats, name) is { P10: { } low, P50: { } median, P90: { } high }
            ? new(
                $"median {Score(median)}",
                $"{Score(low)} … {Score(high)}",
                $"A tenth of the scores lie below {Score(low)}, half below {Score(median)}, a tenth above {Score(high)}; within 1 %")
            : null;

    private static string Score(double value) => value.ToString(Math.Abs(value) < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
