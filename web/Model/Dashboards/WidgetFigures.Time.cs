using Actors.Dashboards;
using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>Figures with an axis of time.</summary>
public static partial class WidgetFigures
{
    private const string Rest = "other";

    private sealed record Line(string Name, WidgetPick? Pick, Dictionary<DateTimeOffset, double?> Points)
    {
        public double Weight => Points.Values.Sum(v => Math.Abs(v ?? 0));
    }

    private static TimeFigure OverTime(WidgetDraft widget, MetricsQuery query, MetricsAnswer answer, FigureFrame frame)
    {
        var steps = answer.Rows.Select(row => row[query.Dimensions.Count].Time!.Value).Distinct().Order().ToList();
        var all = query.Dimensions.Count == 0 ? ByMetric(query, answer) : ByValue(query, answer);
        var limit = widget.Chart.RowLimit ?? WidgetQuestion.UsualLimit(widget.Chart.Kind);
        var lines = Shown(query, all, limit);
        var unit = WidgetUnits.Of(query.Metrics[0]);
        var kind = widget.Chart.Kind switch
        {
            ChartKind.AreaTimeSeries => "stack",
            ChartKind.BarTimeSeries => "bars",
            ChartKind.HeatMap => "cells",
            _ => "lines",
        };

        // A count of nothing is a zero; a latency of nothing is a gap.
        var zero = WidgetUnits.AddUp(query.Metrics[0]) && query.Dimensions.Count > 0 ? 0 : (double?)null;
        var rows = steps.Select(at => (double?[])
            [at.ToUnixTimeMilliseconds(), .. lines.Select(line => line.Points.TryGetValue(at, out var value) ? value : zero)]).ToList();
        var names = lines.Select(line => line.Name).ToList();
        var step = steps.Count > 1 ? steps[1] - steps[0] : TimeSpan.FromMinutes(1);
        var end = steps.Count == 0 ? query.To : MetricsTime.Next(steps[^1], query.Granularity!.Value);
        var window = steps.Count == 0 ? query.To - query.From : (kind is "bars" or "cells" ? end : steps[^1]) - steps[0];
        return new TimeFigure(
            Summary(widget, all, unit),
            new TableFigure([new("time", false), .. names.Select(n => new TableColumn(n, true))], [.. rows.Select(row => Row(row, unit, frame))]),
            new ChartOptions(kind, unit, Math.Max(1, (long)window.TotalMilliseconds), (long)step.TotalMilliseconds, Math.Max(2, rows.Count + 1), kind == "cells" ? null : frame.Group),
            new ChartFrame(
                true,
                (kind is "bars" or "cells" || steps.Count == 0 ? end : steps[^1]).ToUnixTimeMilliseconds(),
                steps.Count > 0 && end > frame.Now,
                names,
                ModelColors.For(names, Rest),
                rows),
            query.Dimensions.Count == 0 ? [] : [.. lines.Select(line => line.Pick ?? new WidgetPick([]))])
        {
            Cut = answer.Rows.Count >= query.RowLimit ? $"the first {Format.Count(query.RowLimit)} rows; choose fewer values or a shorter range" : Cut(limit, all.Count, false),
            IsEmpty = lines.All(line => line.Weight == 0),
        };
    }

    private static List<Line> ByMetric(MetricsQuery query, MetricsAnswer answer) =>
    [
        .. query.Metrics.Select((metric, i) => new Line(
            WidgetUnits.Name(metric), null, answer.Rows.ToDictionary(row => row[0].Time!.Value, row => row[1 + i].Number))),
    ];

    // The rows that fill steps in which nothing happened have no value of the dimension, and no number either.
    private static List<Line> ByValue(MetricsQuery query, MetricsAnswer answer) =>
    [
        .. answer.Rows.Where(row => Plain(row[0]) is not null || row[^1].Number is not (null or 0))
            .GroupBy(row => Name(query, row))
            .Select(g => new Line(g.Key, Pick(query, g.First()), Points(query, g)))
            .OrderByDescending(line => line.Weight).ThenBy(line => line.Name, StringComparer.Ordinal),
    ];

    // No value and an empty one are told alike.
    private static Dictionary<DateTimeOffset, double?> Points(MetricsQuery query, IEnumerable<IReadOnlyList<MetricsValue>> rows) => rows
        .GroupBy(row => row[query.Dimensions.Count].Time!.Value)
        .ToDictionary(g => g.Key, g => g.Select(row => row[^1].Number).FirstOrDefault(number => number is not null));

    private static List<Line> Shown(MetricsQuery query, List<Line> all, int limit)
    {
        if (query.Dimensions.Count == 0 || all.Count <= limit)
            return all;

        var shown = all.Take(limit).ToList();
        if (WidgetUnits.AddUp(query.Metrics[0]))
        {
            // What is stacked must be as high as the whole.
            var rest = all.Skip(limit).SelectMany(line => line.Points).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => (double?)g.Sum(p => p.Value ?? 0));
            shown.Add(new Line(Rest, null, rest));
        }

        return shown;
    }

    private static TableRow Row(double?[] row, string unit, FigureFrame frame) =>
        new([frame.Time(DateTimeOffset.FromUnixTimeMilliseconds((long)row[0]!.Value)), .. row.Skip(1).Select(v => WidgetUnits.Text(v, unit))]);

    private static string Summary(WidgetDraft widget, List<Line> lines, string unit)
    {
        var told = lines.Where(line => line.Weight > 0).Take(3).Select(line =>
        {
            var values = line.Points.Values.Where(v => v is not null).Select(v => v!.Value).ToList();
            return $"{line.Name} from {WidgetUnits.Text(values.Min(), unit)} to {WidgetUnits.Text(values.Max(), unit)}";
        }).ToList();
        return told.Count == 0 ? $"{widget.Name}: nothing was measured." : $"{widget.Name} over time: {string.Join("; ", told)}.";
    }
}
