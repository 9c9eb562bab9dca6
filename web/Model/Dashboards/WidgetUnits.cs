using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>What the numbers of widgets count, and how they are written.</summary>
public static class WidgetUnits
{
    /// <summary>The unit as charts spell it: <c>$</c>, <c>ms</c>, <c>/s</c>, or empty for pieces.</summary>
    public static string Of(MetricsColumn metric) => metric switch
    {
        { Aggregation: MetricsAggregation.Count or MetricsAggregation.Uniq } => "",
        { Measure: "totalCost" or "inputCost" or "outputCost" or "costByType" } => "$",
        { Measure: "latency" or "streamingLatency" or "timeToFirstToken" } => "ms",
        { Measure: "tokensPerSecond" or "outputTokensPerSecond" } => "/s",
        _ => "",
    };

    /// <summary>Whether values of parts add up to that of the whole.</summary>
    public static bool AddUp(MetricsColumn metric) => metric.Aggregation switch
    {
        MetricsAggregation.Sum => true,

        // One user may be in several parts.
        MetricsAggregation.Count => metric.Measure is not ("uniqueUserIds" or "uniqueSessionIds"),
        _ => false,
    };

    /// <summary>A number with its unit.</summary>
    public static Quantity Figure(double? value, string unit) => (value, unit) switch
    {
        (null, _) => Quantity.None,
        ({ } v, "$") => new("$" + Format.Money(Money(v)), ""),
        ({ } v, "ms") => Format.Latency(v),
        ({ } v, "/s") => new(Format.Number(v), "/s"),
        ({ } v, _) => new(v == Math.Floor(v) && Math.Abs(v) < 1e6 ? Format.Count((long)v) : Format.Number(v), ""),
    };

    /// <summary>The same in one text.</summary>
    public static string Text(double? value, string unit)
    {
        var quantity = Figure(value, unit);
        return quantity.Unit.Length == 0 ? quantity.Value : $"{quantity.Value} {quantity.Unit}";
    }

    /// <summary>Whether growth is welcome.</summary>
    public static Wish WishFor(MetricsColumn metric) => Of(metric) switch
    {
        "$" or "ms" => Wish.Less,
        "/s" => Wish.More,
        _ => metric.Measure == "value" ? Wish.More : Wish.Neutral,
    };

    /// <summary>A metric in words: <c>p95 latency</c>, <c>total cost</c>.</summary>
    public static string Name(MetricsColumn metric)
    {
        var measure = Words(metric.Measure);
        return metric switch
        {
            { Measure: "count" } => "count",
            { Aggregation: MetricsAggregation.Sum } => measure,
            { Aggregation: MetricsAggregation.Count } when metric.Measure.StartsWith("unique", StringComparison.Ordinal) => measure.Replace("unique ", "", StringComparison.Ordinal),
            { Aggregation: MetricsAggregation.Uniq } => $"different {measure}",
            _ => $"{metric.Aggregation.ToString().ToLowerInvariant()} {measure}",
        };
    }

    /// <summary>A dimension in words: <c>trace name</c>.</summary>
    public static string Words(string name) => name switch
    {
        "providedModelName" => "model",
        "uniqueUserIds" => "unique users",
        "uniqueSessionIds" => "unique sessions",
        "userId" => "user",
        "sessionId" => "session",
        "stringValue" => "category",
        "calledToolNames" => "tool called",
        "toolNames" => "tool offered",
        _ => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString())),
    };

    private static decimal Money(double value) => Math.Abs(value) < 1e15 ? (decimal)value : 0;
}
