using Actors.Live;

namespace Actors.Web.Model.Live;

/// <summary>
/// Turns courses into chart frames for one viewer. Remembers what that viewer has been sent, so a frame holds only new
/// buckets and buckets that changed.
/// </summary>
public sealed class CourseCharts
{
    /// <summary>Models drawn by name; the others are summed.</summary>
    public const int MaxModels = 8;

    private static readonly string[] Percentiles = ["p50", "p95", "p99"];
    private static readonly int[] PercentileColors = [1, 2, 3];

    private long _sentVersion = -1;
    private long _sentLast;
    private string[]? _models;

    /// <summary>Names of the drawn models, in drawing order.</summary>
    public IReadOnlyList<string> Models => _models ?? [];

    /// <summary>Forgets what was sent: the next frames start anew.</summary>
    public void Reset() => (_sentVersion, _sentLast, _models) = (-1, 0, null);

    /// <summary>The frames that bring the viewer from what was sent last to <paramref name="course"/>.</summary>
    public (ChartFrame Latency, ChartFrame Requests) Next(Course course)
    {
        var models = Choose(course);
        var begin = _models is null;
        var sameModels = !begin && models.SequenceEqual(_models!);
        var changed = Changed(course, begin ? -1 : _sentVersion);
        var all = sameModels ? changed : Changed(course, -1);
        _models = models;
        _sentVersion = course.Version;
        _sentLast = course.Last;

        var now = course.Now.ToUnixTimeMilliseconds();
        return (
            new ChartFrame(begin, now, course.Open, Percentiles, PercentileColors, Latency(course, changed)),
            new ChartFrame(!sameModels, now, course.Open, models, ModelColors.For(models, LiveSeriesKey.Other), Requests(course, all, models)));
    }

    // Buckets between two others count even when they hold nothing: a line must break there, and a count is zero there.
    private List<long> Changed(Course course, long since)
    {
        var seconds = new SortedSet<long>();
        foreach (var point in course.Total)
        {
            if (point.Changed > since && point.Second >= course.From && point.Second <= course.Last)
                seconds.Add(point.Second);
        }
        var start = since < 0 ? FirstKnown(course) : Math.Max(_sentLast, course.From);
        for (var second = start - Mod(start, course.Step); second <= course.Last; second += course.Step)
        {
            if (second >= course.From)
                seconds.Add(second);
        }
        return [.. seconds];
    }

    // Before the first bucket nothing was measured; drawing zeros there would claim otherwise.
    private static long FirstKnown(Course course)
    {
        foreach (var point in course.Total)
        {
            if (point.Second >= course.From)
                return point.Second;
        }
        return long.MaxValue - course.Step;
    }

    private static List<double?[]> Latency(Course course, List<long> seconds)
    {
        var known = course.Total.ToDictionary(p => p.Second, p => p.Stats);
        return seconds.ConvertAll(second => known.TryGetValue(second, out var stats)
            ? [second * 1000d, Round(stats.LatencyP50Ms), Round(stats.LatencyP95Ms), Round(stats.LatencyP99Ms)]
            : new double?[] { second * 1000d, null, null, null });
    }

    private static List<double?[]> Requests(Course course, List<long> seconds, string[] models)
    {
        var rows = seconds.ToDictionary(second => second, second =>
        {
            var row = new double?[models.Length + 1];
            Array.Fill(row, 0);
            row[0] = second * 1000d;
            return row;
        });
        foreach (var (name, points) in course.Models)
        {
            var column = Array.IndexOf(models, name);
            if (column < 0)
                column = Array.IndexOf(models, LiveSeriesKey.Other);
            foreach (var point in points)
            {
                if (rows.TryGetValue(point.Second, out var row))
                    row[column + 1] = Round(row[column + 1] + (double)point.Stats.Requests / course.Step);
            }
        }
        return [.. seconds.Select(second => rows[second])];
    }

    // By name, so that two models that change rank do not change place; what is left over comes last.
    private static string[] Choose(Course course)
    {
        var sums = course.Models
            .Select(m => (m.Name, Sum: m.Points.Where(p => p.Second >= course.From).Sum(p => p.Stats.Requests)))
            .Where(m => m.Sum > 0)
            .ToList();
        var named = sums.Where(m => m.Name != LiveSeriesKey.Other).OrderByDescending(m => m.Sum).ThenBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => m.Name).ToList();
        var rest = named.Count > MaxModels || sums.Count > named.Count;
        return [.. named.Take(MaxModels).Order(StringComparer.Ordinal), .. rest ? [LiveSeriesKey.Other] : Array.Empty<string>()];
    }

    // Four digits are more than a pixel shows, and half the bytes.
    private static double? Round(double? value)
    {
        if (value is not { } v || v == 0 || !double.IsFinite(v))
            return value is { } finite && double.IsFinite(finite) ? finite : null;
        var scale = Math.Pow(10, 3 - Math.Floor(Math.Log10(Math.Abs(v))));
        return Math.Round(v * scale) / scale;
    }

    private static long Mod(long value, long step) => (value % step + step) % step;
}
