using System.Globalization;
using System.Text;

namespace Actors.Web.Model.Charts;

/// <summary>The paths of a sparkline in a box of <see cref="Width"/> × <see cref="Height"/>. A missing value is a gap, not a zero.</summary>
/// <param name="Line">Path of the line.</param>
/// <param name="Area">Path of the area under it.</param>
public readonly record struct Sparkline(string Line, string Area)
{
    /// <summary>Width of the view box.</summary>
    public const int Width = 100;

    /// <summary>Height of the view box.</summary>
    public const int Height = 26;

    private const double Pad = 2;

    /// <summary>Draws the values from left to right; fewer than two measured neighbours draw nothing.</summary>
    public static Sparkline Of(IReadOnlyList<double?> values)
    {
        var (low, high) = Range(values);
        if (values.Count < 2 || low > high)
            return new("", "");

        var line = new StringBuilder();
        var area = new StringBuilder();
        var step = (double)Width / (values.Count - 1);
        for (var start = 0; start < values.Count;)
        {
            if (values[start] is null)
            {
                start++;
                continue;
            }

            var end = start;
            while (end + 1 < values.Count && values[end + 1] is not null)
                end++;
            if (end > start)
                Run(values, start, end, step, low, high, line, area);
            start = end + 1;
        }

        return new(line.ToString(), area.ToString());
    }

    private static void Run(
        IReadOnlyList<double?> values, int start, int end, double step, double low, double high, StringBuilder line, StringBuilder area)
    {
        Point(area, 'M', start * step, Height);
        for (var i = start; i <= end; i++)
        {
            var share = high > low ? (values[i]!.Value - low) / (high - low) : 0.5;
            var y = Height - Pad - share * (Height - 2 * Pad);
            Point(line, i == start ? 'M' : 'L', i * step, y);
            Point(area, 'L', i * step, y);
        }
        Point(area, 'L', end * step, Height);
        area.Append('Z');
    }

    private static (double Low, double High) Range(IReadOnlyList<double?> values)
    {
        var low = double.MaxValue;
        var high = double.MinValue;
        foreach (var value in values)
        {
            if (value is not { } v)
                continue;
            low = Math.Min(low, v);
            high = Math.Max(high, v);
        }
        return (low, high);
    }

    private static void Point(StringBuilder path, char command, double x, double y) =>
        path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.##} {y:0.##}");
}
