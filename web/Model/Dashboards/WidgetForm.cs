using Actors.Dashboards;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>A widget while a person writes it. Whatever is chosen, the other fields stay such that it can be answered.</summary>
public sealed class WidgetForm
{
    /// <summary>The kinds of charts as people call them.</summary>
    public static IReadOnlyList<(ChartKind Kind, string Name)> Kinds { get; } =
    [
        (ChartKind.LineTimeSeries, "Lines over time"),
        (ChartKind.AreaTimeSeries, "Areas over time, stacked"),
        (ChartKind.BarTimeSeries, "Bars over time, stacked"),
        (ChartKind.HeatMap, "Heat map over time"),
        (ChartKind.HorizontalBar, "Horizontal bars"),
        (ChartKind.VerticalBar, "Vertical bars"),
        (ChartKind.Pie, "Pie"),
        (ChartKind.Number, "Number"),
        (ChartKind.Histogram, "Histogram"),
        (ChartKind.Table, "Table"),
        (ChartKind.PivotTable, "Pivot table"),
    ];

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it answers.</summary>
    public string Description { get; set; } = "";

    /// <summary>What rows it is about.</summary>
    public MetricsView View { get; private set; } = MetricsView.Observations;

    /// <summary>What is computed; at least one.</summary>
    public List<MetricsColumn> Metrics { get; private set; } = [new("count", MetricsAggregation.Count)];

    /// <summary>One name for each dimension; empty: none chosen.</summary>
    public List<string> Dimensions { get; private set; } = ["", ""];

    /// <summary>In the readable language.</summary>
    public string FilterText { get; set; } = "";

    /// <summary>How it is drawn.</summary>
    public ChartKind Kind { get; set; } = ChartKind.LineTimeSeries;

    /// <summary>The most values; null: what is usual for its kind.</summary>
    public int? RowLimit { get; set; }

    /// <summary>The bins of a histogram; null: what is usual.</summary>
    public int? Bins { get; set; }

    /// <summary>What can be asked about its rows.</summary>
    public MetricsCatalog Catalog => MetricsCatalog.Of(View);

    /// <summary>The form of a widget.</summary>
    public static WidgetForm Of(WidgetDraft widget)
    {
        var catalog = MetricsCatalog.Of(widget.View).Filters;
        return new WidgetForm
        {
            Name = widget.Name,
            Description = widget.Description,
            View = widget.View,
            Metrics = [.. widget.Metrics],
            Dimensions = [.. widget.Dimensions.Append("").Append("").Take(2)],
            FilterText = FilterJson.Read(catalog, widget.Filters).Filter is { } filter ? Filtering.FilterText.Format(catalog, filter) : "",
            Kind = widget.Chart.Kind,
            RowLimit = widget.Chart.RowLimit,
            Bins = widget.Chart.Bins,
        };
    }

    /// <summary>Asks about other rows. What these do not have is given up.</summary>
    public void ChangeView(MetricsView view)
    {
        View = view;
        Dimensions = [.. Dimensions.Select(d => Catalog.FindDimension(d) is null ? "" : d)];
        Metrics = [.. Metrics.Where(m => Catalog.FindMeasure(m.Measure)?.Allows(m.Aggregation) == true)];
        if (Metrics.Count == 0)
            Metrics.Add(new("count", MetricsAggregation.Count));
    }

    /// <summary>Computes another number. An aggregation that it does not have becomes one that it has.</summary>
    public void ChangeMetric(int index, string measure, MetricsAggregation aggregation)
    {
        var known = Catalog.FindMeasure(measure);
        Metrics[index] = new(measure, known?.Allows(aggregation) == false ? Aggregations(measure).First() : aggregation);
    }

    /// <summary>The ways in which a measure can become one number.</summary>
    public IEnumerable<MetricsAggregation> Aggregations(string measure) =>
        Enum.GetValues<MetricsAggregation>().Where(a => a != MetricsAggregation.Histogram && Catalog.FindMeasure(measure)?.Allows(a) == true);

    /// <summary>The widget, or what is wrong.</summary>
    public (WidgetDraft? Widget, string? Problem) Read()
    {
        if (string.IsNullOrWhiteSpace(Name))
            return (null, "A widget needs a name.");

        var parse = Filtering.FilterText.Parse(Catalog.Filters, FilterText);
        if (parse.Filter is not { } filter)
            return (null, parse.Problem!.Message);
        if (FilterJson.TryWrite(Catalog.Filters, filter) is not { } filters)
            return (null, "The filter of a widget is a list of conditions that must all hold; alternatives are written as name:a,b.");

        var widget = new WidgetDraft
        {
            Name = Name.Trim(),
            Description = Description.Trim(),
            View = View,
            Dimensions = [.. Dimensions.Where(d => d.Length > 0).Distinct()],
            Metrics = [.. Metrics.Distinct()],
            Filters = filters,
            Chart = new WidgetChart(Kind) { RowLimit = RowLimit, Bins = Kind == ChartKind.Histogram ? Bins : null },
        };
        return WidgetRules.Check(widget) is [var problem, ..] ? (null, problem.ToString()) : (widget, null);
    }
}
