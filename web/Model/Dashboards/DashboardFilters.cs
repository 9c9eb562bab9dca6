using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>
/// A dashboard is narrowed in the words of observations; each of its widgets is about rows of its own. What one of them cannot
/// be narrowed by is said, because its numbers would be of something else.
/// </summary>
public static class DashboardFilters
{
    /// <summary>A page that is narrowed by nothing.</summary>
    public static ListState Empty { get; } = ListState.Of(new ListShape("observation", "observations", FilterCatalog.Observations, [new("time", "Time", 128) { Sortable = true }], "time"));

    private static readonly (string Observations, string Other)[] OfTraces =
        [("traceId", "id"), ("traceName", "name"), ("traceTags", "tags"), ("trace_scores_avg", "scores_avg"), ("trace_score_categories", "score_categories"), ("trace_score_booleans", "score_booleans")];

    // These mean the observation itself, and a trace or a score has one of its own by the same name.
    private static readonly string[] Own = ["id", "name", "metadata", "scores_avg", "score_categories", "score_booleans"];

    /// <summary>The filter for the rows of a view.</summary>
    /// <param name="view">What rows.</param>
    /// <param name="filter">In the words of observations.</param>
    /// <param name="foreign">The first column that such rows do not have; null: they have all.</param>
    public static Filter For(MetricsView view, Filter filter, out string? foreign)
    {
        if (view == MetricsView.Observations)
        {
            foreign = null;
            return filter;
        }

        var catalog = MetricsCatalog.Of(view).Filters;
        string? missing = null;
        var translated = Translate(filter, condition => Rename(catalog, condition) ?? Miss(condition));
        foreign = missing;
        return translated;

        Filter Miss(Condition condition)
        {
            missing ??= condition.Column;
            return Filter.Everything;
        }
    }

    /// <summary>The traces behind rows of a view, as far as traces know of what narrows the rows; conditions that they do not know are left out.</summary>
    public static Filter ToTraces(MetricsView view, Filter filter) => view switch
    {
        MetricsView.Traces => filter,
        _ => Filter.All(Parts(filter).Select(part => Known(part)).OfType<Filter>()),
    };

    private static IReadOnlyList<Filter> Parts(Filter filter) => filter is AllFilter all ? all.Parts : [filter];

    private static Filter? Known(Filter part)
    {
        var known = true;
        var translated = Translate(part, condition =>
        {
            var renamed = Rename(FilterCatalog.Traces, condition);
            known &= renamed is not null;
            return renamed ?? Filter.Everything;
        });
        return known ? translated : null;
    }

    private static Filter Translate(Filter filter, Func<Condition, Filter> rename) => filter switch
    {
        AllFilter all => Filter.All(all.Parts.Select(p => Translate(p, rename))),
        AnyFilter any => Filter.Any(any.Parts.Select(p => Translate(p, rename))),
        NotFilter not => Filter.Not(Translate(not.Part, rename)),
        Condition condition => rename(condition),
        _ => throw new ArgumentException("Unknown kind of filter.", nameof(filter)),
    };

    private static Condition? Rename(FilterCatalog catalog, Condition condition)
    {
        if (condition.Column == FilterCatalog.Search)
            return condition;

        var isOfTraces = catalog == FilterCatalog.Traces;
        var renamed = isOfTraces ? Array.Find(OfTraces, c => c.Observations == condition.Column).Other : null;
        if (renamed is null && Own.Contains(condition.Column))
            return null;
        if (catalog.Find(renamed ?? condition.Column) is not { } column)
            return null;

        // The model of a call is one, those of a trace are several.
        return (column.Type, condition) switch
        {
            (FilterColumnType.List, { Operator: FilterOperator.Equal, Value: TextValue text }) =>
                condition with { Column = column.Name, Operator = FilterOperator.OneOf, Value = new TextsValue([text.Text]) },
            _ when column.Allows(condition.Operator) => condition with { Column = column.Name },
            _ => null,
        };
    }
}
