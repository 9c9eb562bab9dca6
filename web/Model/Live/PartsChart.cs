using Actors.Live;

namespace Actors.Web.Model.Live;

/// <summary>Some numbers of the total beside each other: percentiles, or parts of a sum.</summary>
/// <param name="parts">Name, palette index and number of each. A number of a bucket of the given seconds; null: nothing was measured.</param>
/// <param name="isCount">Whether a bucket that holds nothing is a zero; else it is a gap.</param>
public sealed class PartsChart(IReadOnlyList<(string Name, int Color, Func<LiveStats, long, double?> Number)> parts, bool isCount) : CourseChart
{
    private const int Failed = 9;

    private readonly string[] _names = [.. parts.Select(p => p.Name)];
    private readonly int[] _colors = [.. parts.Select(p => p.Color)];

    /// <summary>Latency of model calls.</summary>
    public static PartsChart Latency() => new(
        [("p50", 1, (s, _) => s.LatencyP50Ms), ("p95", 2, (s, _) => s.LatencyP95Ms), ("p99", 3, (s, _) => s.LatencyP99Ms)],
        isCount: false);

    /// <summary>Observations per second that failed, and those that did not.</summary>
    public static PartsChart Status() => new(
        [("error", Failed, (s, step) => (double)s.Errors / step), ("ok", 2, (s, step) => (double)(s.Observations - s.Errors) / step)],
        isCount: true);

    /// <summary>Tokens per second. A total may be more than its parts: reasoning, caches.</summary>
    public static PartsChart Tokens() => new(
        [
            ("input", 1, (s, step) => (double)s.InputTokens / step),
            ("output", 2, (s, step) => (double)s.OutputTokens / step),
            ("not told apart", 0, (s, step) => (double)Math.Max(0, s.TotalTokens - s.InputTokens - s.OutputTokens) / step),
        ],
        isCount: true);

    /// <summary>How the scores of a name are distributed; of yes and no, and of sources that have no numbers, the mean.</summary>
    public static PartsChart Score(string name, bool hasSpread) => hasSpread
        ? new(
            [
                ("p10", 3, (s, _) => LiveScores.Spread(s, name)?.P10), ("p50", 1, (s, _) => LiveScores.Spread(s, name)?.P50),
                ("p90", 2, (s, _) => LiveScores.Spread(s, name)?.P90),
            ],
            isCount: false)
        : new([("mean", 1, (s, _) => LiveScores.Mean(s, name))], isCount: false);

    /// <inheritdoc/>
    protected override string[] Choose(Course course) => _names;

    /// <inheritdoc/>
    protected override IReadOnlyList<int> Colors(string[] names) => _colors;

    /// <inheritdoc/>
    protected override IReadOnlyList<double?[]> Rows(Course course, IReadOnlyList<long> seconds, string[] names)
    {
        var known = course.Total.ToDictionary(p => p.Second, p => p.Stats);
        return [.. seconds.Select(second =>
        {
            var row = new double?[parts.Count + 1];
            row[0] = second * 1000d;
            var stats = known.GetValueOrDefault(second);
            for (var i = 0; i < parts.Count; i++)
                row[i + 1] = stats is null ? isCount ? 0 : null : Round(parts[i].Number(stats, course.Step));
            return row;
        })];
    }
}
