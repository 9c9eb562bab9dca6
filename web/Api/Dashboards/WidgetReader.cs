using Actors.Dashboards;
using Actors.Queries;

namespace Actors.Web.Api.Dashboards;

/// <summary>Reads widgets. Other properties than the known ones say nothing (langfuse-api §19).</summary>
internal static class WidgetReader
{
    private static readonly string Charts = string.Join(", ", DashboardWire.ChartWords);
    private static readonly string Aggregations = string.Join(", ", DashboardWire.Aggregations);
    private static readonly string Views = string.Join(", ", DashboardWire.Views);

    /// <summary>A widget to be made; null when something is wrong with it.</summary>
    /// <param name="body">The object.</param>
    /// <param name="mayBeOld">Whether it may be about traces, as widgets that people made may.</param>
    public static WidgetDraft? Draft(BodyReader body, bool mayBeOld = false)
    {
        var (view, dimensions, metrics) = (View(body, required: true, mayBeOld), Dimensions(body, required: true), Metrics(body, required: true));
        var name = body.Text("name", required: true, min: 1, max: DashboardReader.MaxNameLength);
        var description = body.Text("description", max: DashboardReader.MaxDescriptionLength) ?? "";
        var filters = Filters(body, required: true);
        var kind = body.OneOf("chartType", DashboardWire.ParseChart, Charts, required: true);
        var (chart, word) = Chart(body);
        if (word is not null && kind is not null && word != kind)
        {
            body.Refuse("custom", ["chartConfig", "type"], "Invalid input: expected the same as chartType");
        }

        if (view is null || dimensions is null || metrics is null || name is null || filters is null || kind is null)
        {
            return null;
        }

        var widget = new WidgetDraft
        {
            Name = name,
            Description = description,
            View = view.Value,
            Dimensions = dimensions,
            Metrics = metrics,
            Filters = filters,
            Chart = (chart ?? new WidgetChart(kind.Value)) with { Kind = kind.Value },
        };
        foreach (var problem in WidgetRules.Check(widget))
        {
            body.Refuse(problem.Code, problem.Path, problem.Message);
        }

        return widget;
    }

    /// <summary>A change of a widget. What depends on the widget is checked where it is changed.</summary>
    public static WidgetChange Change(BodyReader body)
    {
        DashboardReader.RefuseEmpty(body);
        var (chart, word) = Chart(body);
        return new WidgetChange
        {
            Name = body.Text("name", min: 1, max: DashboardReader.MaxNameLength),
            Description = body.Text("description", max: DashboardReader.MaxDescriptionLength),
            View = View(body, required: false, mayBeOld: false),
            Dimensions = Dimensions(body, required: false),
            Metrics = Metrics(body, required: false),
            Filters = Filters(body, required: false),
            Kind = body.OneOf("chartType", DashboardWire.ParseChart, Charts),
            Chart = chart,
            ChartWord = word,
        };
    }

    private static MetricsView? View(BodyReader body, bool required, bool mayBeOld) => body.OneOf<MetricsView>(
        "view", text => DashboardWire.ParseView(text) is { } view && (mayBeOld || view != MetricsView.Traces) ? view : null, Views, required);

    private static List<string>? Dimensions(BodyReader body, bool required)
    {
        var items = body.Objects("dimensions", required, MetricsQuery.MaxParts);
        return items is null ? null : [.. items.Select(i => i.Text("field", required: true, min: 1)).OfType<string>()];
    }

    private static List<MetricsColumn>? Metrics(BodyReader body, bool required)
    {
        if (body.Objects("metrics", required, MetricsQuery.MaxParts) is not { } items)
        {
            return null;
        }

        if (items.Count == 0)
        {
            body.Refuse("too_small", "metrics", "Too small: expected array to have >=1 items");
            return null;
        }

        List<MetricsColumn> metrics = [];
        foreach (var item in items)
        {
            var measure = item.Text("measure", required: true, min: 1);
            if (item.OneOf("agg", DashboardWire.ParseAggregation, Aggregations, required: true) is { } how && measure is not null)
            {
                metrics.Add(new MetricsColumn(measure, how));
            }
        }

        return metrics.Count == items.Count ? metrics : null;
    }

    private static string? Filters(BodyReader body, bool required) => body.Objects("filters", required) is null ? null : body.Json("filters");

    private static (WidgetChart? Chart, ChartKind? Word) Chart(BodyReader body)
    {
        if (body.Object("chartConfig") is not { } config)
        {
            return (null, null);
        }

        var word = config.OneOf("type", DashboardWire.ParseChart, Charts);
        WidgetSort? order = null;
        if (config.Object("defaultSort") is { } sort)
        {
            var column = sort.Text("column", required: true, min: 1, max: 200);
            var descending = sort.OneOf<bool>("order", text => text switch { "ASC" => false, "DESC" => true, _ => null }, "ASC, DESC", required: true);
            order = column is null || descending is null ? null : new WidgetSort(column, descending.Value);
        }

        return (
            new WidgetChart(default(ChartKind))
            {
                RowLimit = config.Integer("row_limit", min: 1, max: WidgetChart.MaxRowLimit),
                ShowValueLabels = config.Flag("show_value_labels"),
                Bins = config.Integer("bins", min: 1, max: WidgetChart.MaxBins),
                Sort = order,
            },
            word);
    }
}
