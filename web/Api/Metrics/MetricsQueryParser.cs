using System.Text.Json;
using Actors.Contracts;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Api.Metrics;

/// <summary>
/// Reads the JSON of the parameter <c>query</c> (langfuse-api §13.1). What is wrong is named by its path in that JSON.
/// </summary>
/// <param name="isSecond">Whether the second version of the API is spoken.</param>
internal sealed class MetricsQueryParser(bool isSecond)
{
    private const int MaxRowLimit = 1_000;
    private const int DefaultRowLimit = 100;
    private const string Granularities = "auto, minute, hour, day, week, month";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    private static readonly string[] Aggregations = [.. Enum.GetNames<MetricsAggregation>().Select(name => name.ToLowerInvariant())];

    private readonly MetricsView[] _views = [.. Enum.GetValues<MetricsView>().Where(view => !isSecond || view != MetricsView.Traces)];

    /// <summary>The question, or what is wrong with it.</summary>
    public (MetricsQuery? Query, InvalidRequestBody? Problem) Parse(string? text)
    {
        if (text is null)
        {
            return (null, Problem("invalid_type", "Invalid input: expected string, received undefined"));
        }

        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var reader = new BodyReader(document.RootElement);
            var query = Read(reader);
            return reader.Problem is { } problem ? (null, problem) : (query, null);
        }
        catch (JsonException)
        {
            return (null, Problem("custom", "Invalid JSON: expected an object, nested at most 16 levels"));
        }
    }

    private MetricsQuery? Read(BodyReader reader)
    {
        var view = reader.OneOf("view", ParseView, string.Join(", ", _views.Select(v => MetricsCatalog.Of(v).Name)), required: true);
        var from = reader.Time("fromTimestamp", required: true);
        var to = reader.Time("toTimestamp", required: true);
        var config = reader.Object("config");
        var bins = config?.Integer("bins", min: 1, max: 100);
        var rowLimit = config?.Integer("row_limit", min: 1, max: MaxRowLimit);
        if (view is null || from is null || to is null)
        {
            return null;
        }

        if (from >= to)
        {
            reader.Refuse("custom", "fromTimestamp", "fromTimestamp must be before toTimestamp");
            return null;
        }

        var catalog = MetricsCatalog.Of(view.Value);
        var query = new MetricsQuery
        {
            View = view.Value,
            Dimensions = ReadDimensions(reader, catalog),
            Metrics = ReadMetrics(reader, catalog),
            Filter = ReadFilter(reader, catalog),
            Granularity = ReadGranularity(reader, to.Value - from.Value),
            From = from.Value,
            To = to.Value,
            Bins = bins ?? 10,
            RowLimit = rowLimit ?? (isSecond ? DefaultRowLimit : MetricsQuery.MaxRows),
        };
        query = query with { OrderBy = ReadOrder(reader, query) };
        CheckTogether(reader, query, hasLimit: rowLimit is not null);
        return query;
    }

    private MetricsView? ParseView(string name)
    {
        var index = Array.FindIndex(_views, view => MetricsCatalog.Of(view).Name == name);
        return index < 0 ? null : _views[index];
    }

    private List<string> ReadDimensions(BodyReader reader, MetricsCatalog catalog)
    {
        var names = new List<string>();
        foreach (var item in reader.Objects("dimensions", maxCount: MetricsQuery.MaxParts) ?? [])
        {
            if (item.Text("field", required: true) is not { } name)
            {
                continue;
            }

            if (catalog.FindDimension(name) is { } dimension && (isSecond || !dimension.IsLater))
            {
                if (!names.Contains(name))
                {
                    names.Add(name);
                }
            }
            else
            {
                var known = catalog.AllDimensions.Where(d => isSecond || !d.IsLater).Select(d => d.Name);
                item.Refuse("invalid_value", "field", $"Invalid option: expected one of {string.Join(", ", known)}");
            }
        }

        return names;
    }

    private List<MetricsColumn> ReadMetrics(BodyReader reader, MetricsCatalog catalog)
    {
        var metrics = new List<MetricsColumn>();
        var items = reader.Objects("metrics", required: true, maxCount: MetricsQuery.MaxParts);
        if (items is { Count: 0 })
        {
            reader.Refuse("too_small", "metrics", "Too small: expected array to have >=1 items");
        }

        foreach (var item in items ?? [])
        {
            var name = item.Text("measure", required: true);
            var aggregation = item.OneOf("aggregation", ParseAggregation, string.Join(", ", Aggregations), required: true);
            var measure = name is null ? null : catalog.FindMeasure(name);
            if (name is not null && (measure is null || (measure.IsLater && !isSecond)))
            {
                var known = catalog.AllMeasures.Where(m => isSecond || !m.IsLater).Select(m => m.Name);
                item.Refuse("invalid_value", "measure", $"Invalid option: expected one of {string.Join(", ", known)}");
            }
            else if (measure is not null && aggregation is { } how)
            {
                if (!measure.Allows(how))
                {
                    item.Refuse("custom", "aggregation", $"{name} cannot be aggregated by {how.ToString().ToLowerInvariant()}");
                }
                else if (new MetricsColumn(measure.Name, how) is var metric && !metrics.Contains(metric))
                {
                    metrics.Add(metric);
                }
            }
        }

        return metrics;
    }

    private static MetricsAggregation? ParseAggregation(string name) =>
        Array.IndexOf(Aggregations, name) is >= 0 and var i ? (MetricsAggregation)i : null;

    private static MetricsGranularity? ReadGranularity(BodyReader reader, TimeSpan range)
    {
        if (reader.Object("timeDimension") is not { } time)
        {
            return null;
        }

        var name = time.OneOf<int>("granularity", text => GranularityIndex(text) is >= 0 and var i ? i : null, Granularities, required: true);
        MetricsGranularity? granularity = name switch
        {
            null => null,
            0 => MetricsTime.Choose(range),
            { } i => (MetricsGranularity)(i - 1),
        };
        if (granularity is { } step && MetricsTime.Count(range, step) > MetricsQuery.MaxRows)
        {
            time.Refuse("too_big", "granularity", $"Too big: expected at most {MetricsQuery.MaxRows} steps between fromTimestamp and toTimestamp");
        }

        return granularity;
    }

    private static int GranularityIndex(string name) => Array.IndexOf(Granularities.Split(", "), name);

    private static List<MetricsOrder> ReadOrder(BodyReader reader, MetricsQuery query)
    {
        var known = query.Dimensions
            .Concat(query.Granularity is null ? [] : [MetricsQuery.TimeDimension])
            .Concat(query.Metrics.Where(metric => metric.Aggregation != MetricsAggregation.Histogram).Select(metric => metric.Name))
            .ToList();
        var orders = new List<MetricsOrder>();
        foreach (var item in reader.Objects("orderBy", maxCount: MetricsQuery.MaxParts) ?? [])
        {
            var field = item.Text("field", required: true);
            var descending = item.OneOf<bool>("direction", text => text switch { "asc" => false, "desc" => true, _ => null }, "asc, desc", required: true);
            if (field is not null && !known.Contains(field))
            {
                item.Refuse("invalid_value", "field", $"Invalid option: expected one of {string.Join(", ", known)}");
            }
            else if (field is not null && descending is { } down)
            {
                orders.Add(new MetricsOrder(field, down));
            }
        }

        return orders;
    }

    private void CheckTogether(BodyReader reader, MetricsQuery query, bool hasLimit)
    {
        bool Uses(string dimension, string measure) =>
            query.Dimensions.Contains(dimension) || query.Metrics.Any(metric => metric.Measure == measure);
        if (Uses("costType", "costByType") && Uses("usageType", "usageByType"))
        {
            reader.Refuse("custom", "dimensions", "Cost by type and usage by type cannot be asked for together");
        }

        var catalog = MetricsCatalog.Of(query.View);
        if (!isSecond || query.Dimensions.FirstOrDefault(name => catalog.FindDimension(name)!.IsCostly) is not { } costly)
        {
            return;
        }

        if (query.Granularity is not null)
        {
            reader.Refuse("custom", "timeDimension", $"{costly} has too many values to be combined with timeDimension");
        }
        else if (!hasLimit || !query.OrderBy.Any(order => order.Descending && query.Metrics.Any(metric => metric.Name == order.Field)))
        {
            reader.Refuse("custom", "dimensions", $"{costly} has too many values: set config.row_limit and order by a metric, direction desc");
        }
    }

    private static Filter ReadFilter(BodyReader reader, MetricsCatalog catalog)
    {
        if (reader.Json("filters") is not { } json || reader.IsNull("filters"))
        {
            return Filter.Everything;
        }

        var reading = FilterJson.Read(catalog.Filters, json);
        foreach (var issue in reading.Issues)
        {
            reader.Refuse(issue.Code, ["filters", .. issue.Path], issue.Message);
        }

        return reading.Filter ?? Filter.Everything;
    }

    private static InvalidRequestBody Problem(string code, string message) =>
        new("Invalid request data", [new RequestIssue(code, ["query"], message)]);
}
