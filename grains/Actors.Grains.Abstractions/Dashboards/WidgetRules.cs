using Actors.Filtering;
using Actors.Queries;

namespace Actors.Dashboards;

/// <summary>Something that is wrong with a widget.</summary>
/// <param name="Code">Of what kind, in the words of the contract.</param>
/// <param name="Path">Where, in the shape of the contract.</param>
/// <param name="Message">What.</param>
public sealed record WidgetProblem(string Code, IReadOnlyList<string> Path, string Message)
{
    /// <summary>Place and message in one line.</summary>
    public override string ToString() => $"{string.Join('.', Path)}: {Message}";
}

/// <summary>What a widget must be so that it can be answered.</summary>
public static class WidgetRules
{
    /// <summary>Everything that is wrong; empty: nothing.</summary>
    public static IReadOnlyList<WidgetProblem> Check(WidgetDraft widget)
    {
        ArgumentNullException.ThrowIfNull(widget);
        var catalog = MetricsCatalog.Of(widget.View);
        List<WidgetProblem> problems = [];
        foreach (var (i, name) in widget.Dimensions.Index())
        {
            if (catalog.FindDimension(name) is null)
            {
                problems.Add(new("invalid_value", ["dimensions", $"{i}", "field"], $"Invalid option: expected one of {Names(catalog.AllDimensions.Select(d => d.Name))}"));
            }
        }

        if (widget.Metrics.Count == 0)
        {
            problems.Add(new("too_small", ["metrics"], "Too small: expected array to have >=1 items"));
        }

        foreach (var (i, metric) in widget.Metrics.Index())
        {
            if (catalog.FindMeasure(metric.Measure) is not { } measure)
            {
                problems.Add(new("invalid_value", ["metrics", $"{i}", "measure"], $"Invalid option: expected one of {Names(catalog.AllMeasures.Select(m => m.Name))}"));
            }
            else if (!measure.Allows(metric.Aggregation))
            {
                problems.Add(new("custom", ["metrics", $"{i}", "agg"], $"{measure.Name} cannot be aggregated by {metric.Aggregation.ToString().ToLowerInvariant()}"));
            }
        }

        problems.AddRange(FilterJson.Read(catalog.Filters, widget.Filters).Issues.Select(i => new WidgetProblem(i.Code, ["filters", .. i.Path], i.Message)));
        return problems;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
