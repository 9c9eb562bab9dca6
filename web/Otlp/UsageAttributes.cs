using System.Text;
using System.Text.Json;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Finds units and cost (langfuse-semantics §4.2 and §4.5). What is no number counts as not said.</summary>
internal static class UsageAttributes
{
    private const string Input = "input";
    private const string Output = "output";

    public static IReadOnlyList<UsageEntry> ReadUsage(SpanSource source)
    {
        var usage = new List<UsageEntry>();
        if (source.Attributes.Get(OtlpAttributes.UsageDetails).AsParsedJson() is ['{', ..] details)
        {
            _ = UsageShapes.ReadDetails(Properties(details), usage);
        }
        else
        {
            ReadGeneric(source, usage);
        }

        return UsageShapes.Merge([], usage.Count > UsageShapes.MaxEntries ? usage[..UsageShapes.MaxEntries] : usage);
    }

    public static IReadOnlyList<CostEntry> ReadCost(SpanSource source)
    {
        var cost = new List<CostEntry>();
        if (source.Attributes.Get(OtlpAttributes.CostDetails).AsParsedJson() is ['{', ..] details)
        {
            _ = UsageShapes.ReadCost(Properties(details), cost);
            return cost.Count > UsageShapes.MaxEntries ? cost[..UsageShapes.MaxEntries] : cost;
        }

        var total = source.Attributes.Get(OtlpAttributes.UsageCost).Number ?? source.Attributes.Get(OtlpAttributes.LlmCostTotal).Number;
        if (total is { } number)
        {
            _ = UsageShapes.ReadCost([new UsageProperty(UsageShapes.Total, null, number, null, IsNull: false, null)], cost);
        }

        return cost;
    }

    private static void ReadGeneric(SpanSource source, List<UsageEntry> usage)
    {
        var units = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, value) in source.Attributes.Below(OtlpAttributes.UsagePrefix)
            .Concat(source.Attributes.Below(OtlpAttributes.LlmTokenCountPrefix)))
        {
            if (key != "cost" && value.Number is >= 0 and < 1e15 and var number)
            {
                units.TryAdd(Kind(key), (long)number);
            }
        }

        if (source.IsAi)
        {
            ReadAi(source, units);
        }

        // What a provider counts among the input or output is taken out of it, so that nothing is paid twice.
        foreach (var (key, value) in units.ToArray())
        {
            var whole = key.StartsWith("input_", StringComparison.Ordinal) ? Input
                : key.StartsWith("output_", StringComparison.Ordinal) ? Output
                : null;
            if (whole is not null && units.TryGetValue(whole, out var all))
            {
                units[whole] = Math.Max(0, all - value);
            }
        }

        usage.AddRange(units.Select(u => new UsageEntry(u.Key, u.Value)));
    }

    private static void ReadAi(SpanSource source, Dictionary<string, long> units)
    {
        AddAi(OtlpAttributes.AiUsageTokens, UsageShapes.Total);
        AddAi(OtlpAttributes.AiCachedInputTokens, "input_cached_tokens");
        AddAi(OtlpAttributes.AiReasoningTokens, "output_reasoning_tokens");

        void AddAi(string attribute, string kind)
        {
            if (source.Attributes.Get(attribute).Number is >= 0 and < 1e15 and var number)
            {
                units.TryAdd(kind, (long)number);
            }
        }
    }

    private static string Kind(string key) => key switch
    {
        "prompt_tokens" or "input_tokens" or "prompt" => Input,
        "completion_tokens" or "output_tokens" or "completion" => Output,
        "total_tokens" or "total" => UsageShapes.Total,
        "prompt_details.cache_read" => "input_cached_tokens",
        "reasoning.output_tokens" or "completion_details.reasoning" => "output_reasoning_tokens",
        "completion_details.audio" => "output_audio_tokens",
        _ when key.StartsWith("cache_read", StringComparison.Ordinal) => "input_cached_tokens",
        _ when key.StartsWith("cache_creation", StringComparison.Ordinal) || key.StartsWith("cache_write", StringComparison.Ordinal) =>
            "input_cache_creation",
        _ when key.StartsWith("details.", StringComparison.Ordinal) => key["details.".Length..],
        _ => key,
    };

    private static List<UsageProperty> Properties(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return UsageReader.Read(ref reader, out var properties) is null ? properties : [];
    }
}
