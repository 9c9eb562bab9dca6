using System.Data.Common;
using Actors.Queries;

namespace Actors.Analytics.Queries.Metrics;

/// <summary>
/// The one builder of metrics queries: the rows of the view with the keys and measures that are asked for (<c>facts</c>),
/// grouped by the keys. Keys are <c>k0</c>, <c>k1</c>, …, the step of time is <c>kt</c>, measures are <c>m0</c>, <c>m1</c>, …
/// and the metrics of the answer <c>a0</c>, <c>a1</c>, …
/// </summary>
internal sealed class MetricsSql : ISqlQuery<IReadOnlyList<MetricsValue>>
{
    private readonly MetricsQuery _query;
    private readonly MetricsExpression[] _keys;
    private readonly string[] _measureNames;
    private readonly MetricsExpression[] _measures;

    public MetricsSql(MetricsQuery query)
    {
        _query = query;
        _keys = [.. query.Dimensions.Select(name => MetricsExpressions.Dimension(query.View, name))];
        _measureNames = [.. query.Metrics.Select(metric => metric.Measure).Distinct()];
        _measures = [.. _measureNames.Select(name => MetricsExpressions.Measure(query.View, name))];
    }

    public void Write(Sql sql)
    {
        if (MetricsByTrace.Fits(_query, _keys, _measures))
        {
            MetricsByTrace.WriteFacts(sql, _query, _keys, [.. _query.Metrics.Select(metric => MeasureOf(metric).Text)]);
            WriteAnswer(sql, "facts", MetricsByTrace.Aggregate);
            return;
        }

        sql.Append($"WITH facts AS (SELECT {Join([.. KeyColumns(), .. _measures.Select((measure, i) => $"{measure.Text} AS m{i}")])}");
        MetricsRowsSql.Write(sql, _query, _keys.Concat(_measures).Aggregate(MetricsSources.None, (all, part) => all | part.Needs));
        sql.Append($")");
        if (IsOneDistribution())
        {
            WriteDistribution(sql);
            return;
        }

        var histograms = Histograms().ToArray();
        if (histograms.Length > 0)
        {
            WriteBounds(sql, histograms);
        }

        WriteAnswer(sql, histograms.Length > 0 ? "binned" : "facts", (metric, _) => Aggregate(metric));
    }

    public IReadOnlyList<MetricsValue> Read(DbDataReader row)
    {
        var values = new List<MetricsValue>();
        for (var i = 0; i < _keys.Length; i++)
        {
            values.Add(MetricsValues.Read(row, i, _keys[i].Kind));
        }

        if (_query.Granularity is not null)
        {
            values.Add(new MetricsValue { Time = row.Time(values.Count) });
        }

        foreach (var metric in _query.Metrics)
        {
            values.Add(metric.Aggregation == MetricsAggregation.Histogram
                ? MetricsValues.ReadHistogram(row, values.Count, _query.Bins)
                : new MetricsValue { Number = row.DoubleOrNull(values.Count) });
        }

        return values;
    }

    private void WriteAnswer(Sql sql, string from, Func<MetricsColumn, int, string> aggregate)
    {
        // A step is always a time in the answer, also where it is grouped as a date.
        var keys = Keys().Select(key => key == "kt" ? "kt::TIMESTAMP AS kt" : key);
        sql.Append($"SELECT {Join([.. keys, .. _query.Metrics.Select((metric, i) => $"{aggregate(metric, i)} AS a{i}")])} FROM {new Sql.Fragment(from)}");
        if (Keys().Any())
        {
            sql.Append($"GROUP BY {Join(Keys().Select(key => $"{from}.{key}"))}");
        }

        var order = Order().ToList();
        if (order.Count > 0)
        {
            sql.Append($"ORDER BY {Join(order)}");
        }

        sql.Append($"LIMIT {_query.RowLimit}");
    }

    private bool IsOneDistribution() =>
        !Keys().Any() && _measures is [{ IsWhole: true }] && _query.Metrics.All(metric => Percent(metric.Aggregation) is not null);

    // The quantiles of all rows together: equal values are counted first, because gathering millions and partly sorting them
    // is the work of one thread.
    private void WriteDistribution(Sql sql)
    {
        sql.Append($"""
            , counts AS (
                SELECT m0, count(*) AS n FROM facts WHERE m0 IS NOT NULL GROUP BY m0
            ), ranks AS (
                SELECT m0, sum(n) OVER (ORDER BY m0) AS upto, sum(n) OVER () AS total FROM counts
            )
            """);
        var quantiles = _query.Metrics.Select((metric, i) => $"(min(m0) FILTER (WHERE upto * 100 >= total * {Percent(metric.Aggregation)}))::DOUBLE AS a{i}");
        sql.Append($"SELECT {Join(quantiles)} FROM ranks LIMIT {_query.RowLimit}");
    }

    private IEnumerable<string> KeyColumns()
    {
        var keys = _keys.Select((key, i) => $"{key.Text} AS k{i}");
        return _query.Granularity is { } step ? keys.Append($"{MetricsRowsSql.Step(_query.View, step)} AS kt") : keys;
    }

    private IEnumerable<string> Keys()
    {
        var keys = _keys.Select((_, i) => $"k{i}");
        return _query.Granularity is null ? keys : keys.Append("kt");
    }

    private IEnumerable<string> Histograms() => _query.Metrics
        .Where(metric => metric.Aggregation == MetricsAggregation.Histogram)
        .Select(Column)
        .Distinct();

    // The bins of a group lie between its smallest and its largest value, which must be known before a value has a bin.
    private void WriteBounds(Sql sql, string[] columns)
    {
        var extremes = columns.Select(m => $"min({m})::DOUBLE AS lo_{m}, max({m})::DOUBLE AS hi_{m}");
        sql.Append($", bounds AS (SELECT {Join([.. Keys(), .. extremes])} FROM facts");
        if (Keys().Any())
        {
            sql.Append($"GROUP BY {Join(Keys())}");
        }

        sql.Append($"), binned AS (SELECT facts.*");
        foreach (var m in columns)
        {
            var (value, low, high, bin) = (new Sql.Fragment(m), new Sql.Fragment($"lo_{m}"), new Sql.Fragment($"hi_{m}"), new Sql.Fragment($"bin_{m}"));
            sql.Append($"""
                , {low}, {high}, CASE
                    WHEN {value} IS NULL THEN NULL
                    WHEN {high} <= {low} THEN 0
                    ELSE least(floor(({value} - {low}) / ({high} - {low}) * {_query.Bins}), {_query.Bins} - 1)
                END::INTEGER AS {bin}
                """);
        }

        var matching = Keys().Any() ? string.Join(" AND ", Keys().Select(key => $"facts.{key} IS NOT DISTINCT FROM bounds.{key}")) : "true";
        sql.Append($"FROM facts JOIN bounds ON {new Sql.Fragment(matching)})");
    }

    private string Column(MetricsColumn metric) => $"m{Array.IndexOf(_measureNames, metric.Measure)}";

    private MetricsExpression MeasureOf(MetricsColumn metric) => _measures[Array.IndexOf(_measureNames, metric.Measure)];

    private string Aggregate(MetricsColumn metric)
    {
        var m = Column(metric);
        return metric.Aggregation switch
        {
            MetricsAggregation.Sum => $"coalesce(sum({m}), 0)::DOUBLE",
            MetricsAggregation.Avg => $"sum({m})::DOUBLE / nullif(count({m}), 0)",

            // Users and sessions are counted once, however the client spells it.
            MetricsAggregation.Count when metric.Measure is "uniqueUserIds" or "uniqueSessionIds" => $"count(DISTINCT {m})::DOUBLE",
            MetricsAggregation.Count => $"count({m})::DOUBLE",
            MetricsAggregation.Uniq => $"count(DISTINCT {m})::DOUBLE",
            MetricsAggregation.Max => $"max({m})::DOUBLE",
            MetricsAggregation.Min => $"min({m})::DOUBLE",
            MetricsAggregation.Histogram =>
                $"{{'low': min(lo_{m}), 'high': max(hi_{m}), 'bins': map_keys(histogram(bin_{m})), 'counts': map_values(histogram(bin_{m}))::BIGINT[]}}",
            _ => Quantile(metric),
        };
    }

    // All quantiles of a measure come from one aggregate, so that its values are gathered once.
    private string Quantile(MetricsColumn metric)
    {
        var all = _query.Metrics.Where(other => other.Measure == metric.Measure && Percent(other.Aggregation) is not null).ToList();
        if (all.Count == 1)
        {
            return $"quantile_disc({Column(metric)}, 0.{Percent(metric.Aggregation):00})::DOUBLE";
        }

        var quantiles = string.Join(", ", all.Select(other => $"0.{Percent(other.Aggregation):00}"));
        return $"quantile_disc({Column(metric)}, [{quantiles}])[{all.IndexOf(metric) + 1}]::DOUBLE";
    }

    private static int? Percent(MetricsAggregation aggregation) => aggregation switch
    {
        MetricsAggregation.P50 => 50,
        MetricsAggregation.P75 => 75,
        MetricsAggregation.P90 => 90,
        MetricsAggregation.P95 => 95,
        MetricsAggregation.P99 => 99,
        _ => null,
    };

    private IEnumerable<string> Order()
    {
        foreach (var order in _query.OrderBy)
        {
            yield return $"{OrderColumn(order.Field)} {(order.Descending ? "DESC" : "ASC")} NULLS LAST";
        }

        if (_query.OrderBy.Count == 0)
        {
            if (_query.Granularity is not null)
            {
                yield return "kt";
            }
            else if (_query.Metrics[0].Aggregation != MetricsAggregation.Histogram)
            {
                yield return "a0 DESC NULLS LAST";
            }
        }

        // Ties must not change places from one answer to the next.
        foreach (var key in Keys())
        {
            yield return $"{key} NULLS LAST";
        }
    }

    private string OrderColumn(string field)
    {
        if (field == MetricsQuery.TimeDimension && _query.Granularity is not null)
        {
            return "kt";
        }

        for (var i = 0; i < _keys.Length; i++)
        {
            if (_query.Dimensions[i] == field)
            {
                return MetricsValues.OrderText(_keys[i].Kind, $"k{i}");
            }
        }

        for (var i = 0; i < _query.Metrics.Count; i++)
        {
            if (_query.Metrics[i] is { Aggregation: not MetricsAggregation.Histogram } metric && metric.Name == field)
            {
                return $"a{i}";
            }
        }

        throw new ArgumentException($"The answer cannot be ordered by {field}.");
    }

    private static Sql.Fragment Join(IEnumerable<string> parts) => new(string.Join(", ", parts));
}
