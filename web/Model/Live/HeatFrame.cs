using Actors.Queries;

namespace Actors.Web.Model.Live;

/// <summary>A latency heat map as a chart: one row per column of time, one series per band of latency that is used.</summary>
public static class HeatFrame
{
    private const int FewestBands = 8;

    /// <summary>Builds the frame for <paramref name="query"/>. Without calls it has no rows.</summary>
    public static ChartFrame Of(LatencyHeatmap map, HeatmapQuery query)
    {
        var bounds = map.RowUpperBoundsMs;
        var columns = (int)Math.Ceiling((query.To - map.From) / map.Step);
        if (map.Cells.Count == 0 || bounds.Count == 0 || columns <= 0)
            return new ChartFrame(true, query.To.ToUnixTimeMilliseconds(), false, [], [], []);

        var (low, high) = Bands(map);
        var rows = new double?[columns][];
        for (var column = 0; column < columns; column++)
        {
            rows[column] = new double?[high - low + 2];
            rows[column][0] = (map.From + map.Step * column).ToUnixTimeMilliseconds();
        }
        foreach (var cell in map.Cells)
        {
            if (cell.Column >= 0 && cell.Column < columns)
                rows[cell.Column][cell.Row - low + 1] = cell.Count;
        }

        var bands = Enumerable.Range(low, high - low + 1);
        return new ChartFrame(true, query.To.ToUnixTimeMilliseconds(), false, [.. bands.Select(b => Bound(bounds[b]))], [], rows);
    }

    /// <summary>The upper bound of each drawn band in milliseconds. The first one also takes what is faster, the last one what is slower.</summary>
    public static IReadOnlyList<double> Bounds(LatencyHeatmap map)
    {
        if (map.Cells.Count == 0 || map.RowUpperBoundsMs.Count == 0)
            return [];
        var (low, high) = Bands(map);
        return [.. map.RowUpperBoundsMs.Skip(low).Take(high - low + 1)];
    }

    private static (int Low, int High) Bands(LatencyHeatmap map)
    {
        var low = Math.Max(0, map.Cells.Min(c => c.Row) - 1);
        return (low, Math.Min(map.RowUpperBoundsMs.Count - 1, Math.Max(map.Cells.Max(c => c.Row) + 1, low + FewestBands - 1)));
    }

    private static string Bound(double ms) => Format.Duration(TimeSpan.FromMilliseconds(Math.Min(ms, 1e12)));
}
