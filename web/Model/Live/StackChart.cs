using Actors.Live;

namespace Actors.Web.Model.Live;

/// <summary>A number of each value of a dimension, stacked. The greatest are drawn by name, the others are summed.</summary>
/// <param name="by">The dimension.</param>
/// <param name="number">The number of a bucket.</param>
/// <param name="per">The seconds that the number is told per.</param>
public sealed class StackChart(LiveDimension by, Func<LiveStats, double> number, int per = 1) : CourseChart
{
    /// <summary>Values drawn by name.</summary>
    public const int MaxValues = 8;

    /// <summary>Model calls per second.</summary>
    public static StackChart Requests(LiveDimension by) => new(by, s => s.Requests);

    /// <summary>US dollars per minute, by model.</summary>
    public static StackChart Spend() => new(LiveDimension.Model, s => (double)s.CostUsd, per: 60);

    /// <inheritdoc/>
    protected override IReadOnlyList<int> Colors(string[] names) => ModelColors.For(names, LiveSeriesKey.Other);

    // By name, so that two values that change rank do not change place; what is left over comes last.
    /// <inheritdoc/>
    protected override string[] Choose(Course course)
    {
        var sums = course.Series(by)
            .Select(s => (s.Name, Sum: s.Points.Where(p => p.Second >= course.From).Sum(p => number(p.Stats))))
            .Where(s => s.Sum > 0)
            .ToList();
        var named = sums.Where(s => s.Name != LiveSeriesKey.Other).OrderByDescending(s => s.Sum).ThenBy(s => s.Name, StringComparer.Ordinal)
            .Select(s => s.Name).ToList();
        var rest = named.Count > MaxValues || sums.Count > named.Count;
        return [.. named.Take(MaxValues).Order(StringComparer.Ordinal), .. rest ? [LiveSeriesKey.Other] : Array.Empty<string>()];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<double?[]> Rows(Course course, IReadOnlyList<long> seconds, string[] names)
    {
        var rows = seconds.ToDictionary(second => second, second =>
        {
            var row = new double?[names.Length + 1];
            Array.Fill(row, 0);
            row[0] = second * 1000d;
            return row;
        });
        foreach (var (name, points) in course.Series(by))
        {
            var column = Array.IndexOf(names, name);
            if (column < 0)
                column = Array.IndexOf(names, LiveSeriesKey.Other);
            if (column < 0)
                continue;
            foreach (var point in points)
            {
                if (rows.TryGetValue(point.Second, out var row))
                    row[column + 1] = Round(row[column + 1] + (number(point.Stats) * per / course.Step));
            }
        }
        return [.. seconds.Select(second => rows[second])];
    }
}
