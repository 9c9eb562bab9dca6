using Actors.Dashboards;
using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>Makes figures of answers.</summary>
public static partial class WidgetFigures
{
    private const string Missing = "(none)";

    /// <summary>The figure of an answer.</summary>
    /// <param name="widget">What asked.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="before">The answer for the range before; null: not asked, or not known.</param>
    /// <param name="frame">How the page draws: its clock, and the group of charts that share a crosshair.</param>
    public static WidgetFigure Of(WidgetDraft widget, WidgetQuestion question, MetricsAnswer answer, MetricsAnswer? before, FigureFrame frame)
    {
        var query = question.Query;
        return widget.Chart.Kind switch
        {
            ChartKind.Number => Number(widget, query.Metrics[0], Single(answer), before is null ? null : Single(before)),
            ChartKind.Histogram => Histogram(widget, query, answer),
            ChartKind.HorizontalBar or ChartKind.VerticalBar or ChartKind.Pie => Bars(widget, query, answer),
            ChartKind.PivotTable when query.Dimensions.Count == 2 => Pivot(widget, query, answer),
            ChartKind.PivotTable or ChartKind.Table => Rows(widget, query, answer),
            _ => OverTime(widget, query, answer, frame),
        };
    }

    /// <summary>One number, whoever knows it.</summary>
    public static NumberFigure Number(WidgetDraft widget, MetricsColumn metric, double? value, double? before)
    {
        var unit = WidgetUnits.Of(metric);
        var delta = Delta.Relative(value, before, WidgetUnits.WishFor(metric));
        var text = WidgetUnits.Text(value, unit);
        return new NumberFigure(
            $"{widget.Name}: {text}{(delta.Text.Length > 0 ? $", {delta.Text} against the range before" : "")}.",
            new TableFigure([new("Range", false), new(WidgetUnits.Name(metric), true)], [new(["This one", text]), new(["The one before", WidgetUnits.Text(before, unit)])]),
            WidgetUnits.Figure(value, unit),
            delta)
        {
            IsEmpty = value is null,
        };
    }

    private static double? Single(MetricsAnswer answer) => answer.Rows is [[var value, ..], ..] ? value.Number : null;

    private static CategoryFigure Histogram(WidgetDraft widget, MetricsQuery query, MetricsAnswer answer)
    {
        var unit = WidgetUnits.Of(query.Metrics[0] with { Aggregation = MetricsAggregation.Avg });
        IReadOnlyList<HistogramBin> bins = answer.Rows is [[{ Bins: { } filled }, ..], ..] ? filled : [];
        string[] names = [.. bins.Select(b => $"{WidgetUnits.Text(b.Lower, unit)} – {WidgetUnits.Text(b.Upper, unit)}")];
        var fullest = bins.Count == 0 ? -1 : bins.Index().MaxBy(b => b.Item.Height).Index;
        return new CategoryFigure(
            bins.Count == 0 ? $"{widget.Name}: nothing was measured." : $"{widget.Name}: most values lie between {names[fullest]}, {Format.Count(bins.Sum(b => b.Height))} in all.",
            new TableFigure([new(WidgetUnits.Words(query.Metrics[0].Measure), false), new("count", true)], [.. bins.Select((b, i) => new TableRow([names[i], Format.Count(b.Height)]))]),
            new CategoryChartData("histogram", "", names, [.. bins.Select(b => (double?)b.Height)], [.. bins.Select(_ => 1)], widget.Chart.ShowValueLabels == true),
            [])
        {
            IsEmpty = bins.Count == 0,
        };
    }

    private static CategoryFigure Bars(WidgetDraft widget, MetricsQuery query, MetricsAnswer answer)
    {
        var metric = query.Metrics[0];
        var unit = WidgetUnits.Of(metric);
        var measured = answer.Rows.Where(row => row[^1].Number is not null).ToList();
        var limit = widget.Chart.RowLimit ?? WidgetQuestion.UsualLimit(widget.Chart.Kind);
        var shown = measured.Take(limit).ToList();
        var names = shown.Select(row => Name(query, row)).ToList();
        var values = shown.Select(row => row[^1].Number).ToList();
        List<WidgetPick> picks = [.. shown.Select(row => Pick(query, row))];
        if (widget.Chart.Kind == ChartKind.Pie && measured.Count > limit && WidgetUnits.AddUp(metric))
        {
            // Shares are of the whole, whatever has a slice of its own.
            names.Add($"{measured.Count - limit} others");
            values.Add(measured.Skip(limit).Sum(row => row[^1].Number!.Value));
        }

        var colors = widget.Chart.Kind == ChartKind.Pie ? Colors(names, names.Count > picks.Count ? names[^1] : null) : [.. names.Select(_ => 1)];
        var kind = widget.Chart.Kind switch { ChartKind.HorizontalBar => "hbar", ChartKind.VerticalBar => "vbar", _ => "pie" };
        return new CategoryFigure(
            Summary(widget, names, values, unit),
            new TableFigure([new(Head(query), false), new(WidgetUnits.Name(metric), true)], [.. names.Select((name, i) => new TableRow([name, WidgetUnits.Text(values[i], unit)], i < picks.Count ? picks[i] : null))]),
            new CategoryChartData(kind, unit, names, values, colors, widget.Chart.ShowValueLabels != false),
            query.Dimensions.Count == 0 ? [] : picks)
        {
            Cut = Cut(limit, measured.Count, answer.Rows.Count >= query.RowLimit),
            IsEmpty = shown.Count == 0,
        };
    }

    private static RowsFigure Rows(WidgetDraft widget, MetricsQuery query, MetricsAnswer answer)
    {
        var limit = widget.Chart.RowLimit ?? WidgetQuestion.UsualLimit(widget.Chart.Kind);
        var dimensions = query.Dimensions.Count;
        var units = query.Metrics.Select(WidgetUnits.Of).ToList();
        var rows = answer.Rows.Take(limit).Select(row => new TableRow(
            [.. row.Take(dimensions).Select(Text), .. row.Skip(dimensions).Select((value, i) => WidgetUnits.Text(value.Number, units[i]))],
            dimensions == 0 ? null : Pick(query, row))).ToList();
        var isCut = answer.Rows.Count > limit;
        if (widget.Chart.Kind == ChartKind.PivotTable && dimensions > 0 && rows.Count > 1 && answer.Rows.Count < query.RowLimit)
            rows.Add(Total(query, answer, units));
        return new RowsFigure(
            $"{widget.Name}: {answer.Rows.Count} rows{(rows.Count > 0 ? $", the first is {string.Join(", ", rows[0].Cells)}" : "")}.",
            new TableFigure([.. query.Dimensions.Select(d => new TableColumn(WidgetUnits.Words(d), false)), .. query.Metrics.Select(m => new TableColumn(WidgetUnits.Name(m), true))], rows))
        {
            Cut = isCut ? Cut(limit, answer.Rows.Count, answer.Rows.Count >= query.RowLimit) : null,
            IsEmpty = answer.Rows.Count == 0 || (dimensions == 0 && answer.Rows[0].All(v => v.Number is null or 0)),
        };
    }

    // What does not add up, such as a percentile, has no total.
    private static TableRow Total(MetricsQuery query, MetricsAnswer answer, List<string> units)
    {
        var dimensions = query.Dimensions.Count;
        var sums = query.Metrics.Select((metric, i) => WidgetUnits.AddUp(metric)
            ? WidgetUnits.Text(answer.Rows.Sum(row => row[dimensions + i].Number ?? 0), units[i])
            : "");
        return new TableRow(["Total", .. Enumerable.Repeat("", dimensions - 1), .. sums]) { IsTotal = true };
    }

    private static RowsFigure Pivot(WidgetDraft widget, MetricsQuery query, MetricsAnswer answer)
    {
        var metric = query.Metrics[0];
        var unit = WidgetUnits.Of(metric);
        var adds = WidgetUnits.AddUp(metric);
        var limit = widget.Chart.RowLimit ?? WidgetQuestion.UsualLimit(widget.Chart.Kind);
        var down = answer.Rows.Select(row => Text(row[0])).Distinct().ToList();
        var across = answer.Rows.Select(row => Text(row[1])).Distinct().Take(UsualColumns).ToList();
        var cells = answer.Rows.GroupBy(row => (Text(row[0]), Text(row[1]))).ToDictionary(g => g.Key, g => g.First()[2].Number);
        var rows = down.Take(limit).Select(name => new TableRow(
            [
                name,
                .. across.Select(column => cells.TryGetValue((name, column), out var value) ? WidgetUnits.Text(value, unit) : ""),
                .. TotalOf(name),
            ],
            new WidgetPick([(query.Dimensions[0], name == Missing ? null : name)]))).ToList();
        var columns = answer.Rows.Select(row => Text(row[1])).Distinct().Count();
        return new RowsFigure(
            $"{widget.Name}: {WidgetUnits.Name(metric)} of {down.Count} values of {WidgetUnits.Words(query.Dimensions[0])} by {columns} of {WidgetUnits.Words(query.Dimensions[1])}.",
            new TableFigure(
                [new(WidgetUnits.Words(query.Dimensions[0]), false), .. across.Select(c => new TableColumn(c, true)), .. Enumerable.Repeat(new TableColumn("total", true), adds ? 1 : 0)],
                rows))
        {
            Cut = Cut(limit, down.Count, answer.Rows.Count >= query.RowLimit) ?? Cut(UsualColumns, columns, false),
            IsEmpty = rows.Count == 0,
        };

        IEnumerable<string> TotalOf(string name)
        {
            if (adds)
                yield return WidgetUnits.Text(answer.Rows.Where(row => Text(row[0]) == name).Sum(row => row[2].Number ?? 0), unit);
        }
    }

    private const int UsualColumns = 12;

    private static string Summary(WidgetDraft widget, List<string> names, List<double?> values, string unit) => names.Count == 0
        ? $"{widget.Name}: nothing was measured."
        : $"{widget.Name}: {string.Join(", ", names.Take(3).Select((name, i) => $"{name} {WidgetUnits.Text(values[i], unit)}"))}{(names.Count > 3 ? $", and {names.Count - 3} more" : "")}.";

    private static string? Cut(int limit, int all, bool isBounded) => all <= limit ? null : $"top {limit} of {Format.Count(all)}{(isBounded ? " or more" : "")}";

    private static int[] Colors(IReadOnlyList<string> names, string? rest) => ModelColors.For(names, rest ?? "");

    private static string Head(MetricsQuery query) =>
        query.Dimensions.Count == 0 ? "all" : string.Join(" · ", query.Dimensions.Select(WidgetUnits.Words));

    private static string Name(MetricsQuery query, IReadOnlyList<MetricsValue> row) =>
        query.Dimensions.Count == 0 ? "all" : string.Join(" · ", row.Take(query.Dimensions.Count).Select(Text));

    private static WidgetPick Pick(MetricsQuery query, IReadOnlyList<MetricsValue> row) => new([.. query.Dimensions.Select((d, i) => (d, Plain(row[i])))]);

    private static string Text(MetricsValue value) => Plain(value) is { Length: > 0 } text ? text : Missing;

    private static string? Plain(MetricsValue value) => value switch
    {
        { Text: { } text } => text,
        { Number: { } number } => Format.Number(number),
        { Flag: { } flag } => flag ? "true" : "false",
        { Texts: { Count: > 0 } texts } => string.Join(", ", texts),
        _ => null,
    };
}

/// <summary>How a page draws its figures.</summary>
/// <param name="Now">The clock of the page.</param>
/// <param name="Group">Charts of one group share their crosshair.</param>
/// <param name="Time">Writes a moment for tables.</param>
public sealed record FigureFrame(DateTimeOffset Now, string Group, Func<DateTimeOffset, string> Time);
