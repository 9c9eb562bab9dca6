namespace Actors.Web.Model.Charts;

/// <summary>What a chart is, sent to the browser once.</summary>
/// <param name="Kind"><c>lines</c>, <c>bands</c> (percentiles, lowest first), <c>spread</c> (low, middle, high), <c>stack</c> or <c>heat</c>.</param>
/// <param name="Unit"><c>ms</c>, <c>$</c>, <c>%</c> or a plain suffix such as <c>/s</c>.</param>
/// <param name="WindowMs">Length of the time axis.</param>
/// <param name="StepMs">Length of one bucket.</param>
/// <param name="Capacity">Rows the browser keeps at most.</param>
/// <param name="Group">Charts of one group share their crosshair.</param>
public sealed record ChartOptions(
    string Kind, string Unit, long WindowMs, long StepMs, int Capacity, string? Group = null);

/// <summary>A change of a chart: rows by time, each <c>[unix ms, value of series 1, …]</c>, where null is a gap.</summary>
/// <param name="Reset">Forget everything before; only then may <paramref name="Series"/> differ from the frame before.</param>
/// <param name="Now">Right end of the time axis in Unix milliseconds.</param>
/// <param name="Open">The newest row is still filling.</param>
/// <param name="Series">Names, in drawing order.</param>
/// <param name="Colors">Palette index per series; 0 is the colour of the rest.</param>
/// <param name="Rows">New or changed rows in ascending time.</param>
public sealed record ChartFrame(
    bool Reset, long Now, bool Open, IReadOnlyList<string> Series, IReadOnlyList<int> Colors, IReadOnlyList<double?[]> Rows)
{
    /// <summary>
    /// One frame that has the effect of <paramref name="older"/> followed by <paramref name="newer"/>, so that a slow
    /// viewer is owed at most one frame of at most <paramref name="capacity"/> rows.
    /// </summary>
    /// <exception cref="ArgumentException">The series differ and <paramref name="newer"/> is not a reset.</exception>
    public static ChartFrame Merge(ChartFrame older, ChartFrame newer, int capacity)
    {
        if (newer.Reset)
            return newer;
        if (!newer.Series.SequenceEqual(older.Series))
            throw new ArgumentException("A frame that changes the series of a chart must reset it.", nameof(newer));

        var rows = new SortedDictionary<double, double?[]>();
        foreach (var row in older.Rows.Concat(newer.Rows))
            rows[row[0]!.Value] = row;
        return newer with { Reset = older.Reset, Rows = [.. rows.Values.Skip(Math.Max(0, rows.Count - capacity))] };
    }
}

/// <summary>A point somebody clicked.</summary>
/// <param name="From">Start of the bucket.</param>
/// <param name="To">End of the bucket.</param>
/// <param name="Series">Index of the series, heat map bucket, or band; that above the last line has the number of lines.</param>
/// <param name="Above">Of a band the line below it; null: it has none, or it is no band.</param>
/// <param name="UpTo">Of a band the line above it; null: it has none, or it is no band.</param>
public readonly record struct ChartPick(DateTimeOffset From, DateTimeOffset To, int Series, double? Above = null, double? UpTo = null);

/// <summary>A moment that is marked on a chart.</summary>
/// <param name="At">When, in Unix milliseconds.</param>
/// <param name="Kind">What kind, which decides the colour: <c>error</c>, <c>model</c>, <c>prompt</c>, <c>release</c>.</param>
/// <param name="Text">What happened.</param>
/// <param name="Key">What is told when somebody clicks it.</param>
public sealed record ChartMark(long At, string Kind, string Text, string Key);

/// <summary>A range of time somebody dragged over a chart.</summary>
public readonly record struct ChartZoom(DateTimeOffset From, DateTimeOffset To);
