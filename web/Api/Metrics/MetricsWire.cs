using System.Globalization;
using System.Text.Json;
using Actors.Contracts;
using Actors.Queries;

namespace Actors.Web.Api.Metrics;

/// <summary>Answers about numbers in the shapes of the contract (langfuse-api §13). Numbers are JSON numbers.</summary>
internal static class MetricsWire
{
    private static ContractsJsonContext Context => ContractsJsonContext.Wire;

    public static MetricsBody ToWire(this MetricsAnswer answer) => new([.. answer.Rows.Select(row => Row(answer.Columns, row))]);

    public static DailyMetricsBody ToWire(this DailyMetrics day) => new(
        day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        day.Traces,
        day.Observations,
        WireNumbers.Trim(day.CostUsd),
        [.. day.Models.Select(model => new DailyUsageBody(
            model.Model, model.InputTokens, model.OutputTokens, model.TotalTokens, WireNumbers.Trim(model.CostUsd), model.Observations, model.Traces))]);

    private static Dictionary<string, RawJson> Row(IReadOnlyList<string> columns, IReadOnlyList<MetricsValue> values)
    {
        var row = new Dictionary<string, RawJson>(columns.Count);
        for (var i = 0; i < columns.Count; i++)
        {
            row[columns[i]] = Value(values[i]);
        }

        return row;
    }

    private static RawJson Value(MetricsValue value) => value switch
    {
        { Text: { } text } => new RawJson(JsonSerializer.Serialize(text, Context.String)),
        { Number: { } number } => new RawJson(JsonSerializer.Serialize(number, Context.Double)),
        { Flag: { } flag } => new RawJson(flag ? "true" : "false"),
        { Time: { } time } => new RawJson($"\"{WireTime.ToText(time)}\""),
        { Texts: { } texts } => new RawJson(JsonSerializer.Serialize(texts, Context.IReadOnlyListString)),
        { Bins: { } bins } => new RawJson($"[{string.Join(',', bins.Select(Bin))}]"),
        _ => RawJson.Null,
    };

    private static string Bin(HistogramBin bin) => string.Create(CultureInfo.InvariantCulture, $"[{bin.Lower:R},{bin.Upper:R},{bin.Height}]");
}
