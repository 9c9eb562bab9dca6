using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>The way from what a widget shows to the traces behind it.</summary>
public static class WidgetLinks
{
    /// <summary>The list of the traces behind a point, a bar or a cell, as far as traces know of what it counts.</summary>
    /// <param name="project">The project.</param>
    /// <param name="question">What the widget asked.</param>
    /// <param name="pick">What was pointed at.</param>
    /// <param name="range">From when it is.</param>
    public static string Traces(ProjectId project, WidgetQuestion question, WidgetPick pick, TimeRange range)
    {
        var query = question.Query;
        var catalog = MetricsCatalog.Of(query.View).Filters;
        var values = pick.Values.Select(v => Condition(catalog, v.Dimension, v.Value)).OfType<Filter>();
        var filter = DashboardFilters.ToTraces(query.View, Filter.All([query.Filter, .. values]));

        // A trace begins before its observations and its scores.
        var shown = query.View == MetricsView.Traces || !range.IsFixed
            ? range
            : TimeRange.Between(range.Start!.Value.AddSeconds(-60), range.Start.Value + range.Length);
        return ProjectPath.Traces(project) + (TraceFilter.Empty with { Range = shown }).With(filter).ToQuery();
    }

    // Dimensions and columns have the same names, but for a few.
    private static Filter? Condition(FilterCatalog catalog, string dimension, string? value)
    {
        var name = dimension switch
        {
            "providedModelName" => "model",
            "traceRelease" => "release",
            "tags" when catalog == FilterCatalog.Observations => "traceTags",
            _ => dimension,
        };
        if (catalog.Find(name) is not { } column)
            return null;
        if (value is null)
            return column.Allows(FilterOperator.IsNull) && !column.IsKeyed ? new Condition(column.Name, null, FilterOperator.IsNull, NoValue.Instance) : null;
        return column.Type is FilterColumnType.Text or FilterColumnType.Choice or FilterColumnType.List ? Filter.OneOf(column, null, [value]) : null;
    }
}
