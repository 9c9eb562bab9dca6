using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Finds units (langfuse-semantics §4.5). What is no number counts as not said.</summary>
internal static class UsageAttributes
{
    // Which names mean which kind; the names of one kind are spellings of different times and authors.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["prompt_tokens"] = UsageUnits.Input,
        ["input_tokens"] = UsageUnits.Input,
        ["prompt"] = UsageUnits.Input,
        ["completion_tokens"] = UsageUnits.Output,
        ["output_tokens"] = UsageUnits.Output,
        ["completion"] = UsageUnits.Output,
        ["total_tokens"] = UsageShapes.Total,
        ["total"] = UsageShapes.Total,
        ["prompt_details.cache_read"] = UsageUnits.CacheRead,
        ["prompt_details.cache_write"] = UsageUnits.CacheWrite,
        ["prompt_details.audio"] = UsageUnits.InputAudio,
        ["input_audio_tokens"] = UsageUnits.InputAudio,
        ["completion_details.reasoning"] = UsageUnits.Reasoning,
        ["completion_details.audio"] = UsageUnits.OutputAudio,
        ["output_audio_tokens"] = UsageUnits.OutputAudio,
        ["reasoning.output_tokens"] = UsageUnits.Reasoning,
        ["reasoning_tokens"] = UsageUnits.Reasoning,
        ["thoughts_tokens"] = UsageUnits.Reasoning,
    };

    public static IReadOnlyList<UsageEntry> Read(SpanSource source)
    {
        var usage = new List<UsageEntry>();
        if (source.Attributes.Json(OtlpAttributes.UsageDetails) is ['{', ..] details)
        {
            _ = UsageShapes.ReadDetails(UsageReader.Read(details), usage);
        }
        else
        {
            var units = new UsageUnits();
            ReadGeneric(source, units);
            VercelUsage.Read(source, units);
            ProviderUsage.Read(source, units);
            usage.AddRange(units.Split());
        }

        return UsageShapes.Merge([], usage.Count > UsageShapes.MaxEntries ? usage[..UsageShapes.MaxEntries] : usage);
    }

    private static void ReadGeneric(SpanSource source, UsageUnits units)
    {
        // What a provider itself says below «details» repeats the common names, so it is asked last.
        const string Details = "details.";
        var details = new List<(string Key, double Units)>();
        foreach (var (key, value) in source.Attributes.Below(OtlpAttributes.UsagePrefix)
            .Concat(source.Attributes.Below(OtlpAttributes.LlmTokenCountPrefix))
            .Concat(source.Attributes.Below(OtlpAttributes.LlmUsagePrefix))
            .Concat(source.Attributes.Below(OtlpAttributes.ResponsePrefix).Where(a => a.Key.EndsWith("_tokens", StringComparison.Ordinal))))
        {
            if (key == "cost" || value.Number is not { } number)
            {
                continue;
            }

            if (key.StartsWith(Details, StringComparison.Ordinal))
            {
                details.Add((key[Details.Length..], number));
            }
            else
            {
                units.Add(Kind(key), number);
            }
        }

        foreach (var (key, number) in details)
        {
            units.Add(Kind(key), number);
        }
    }

    private static string Kind(string key) =>
        Kinds.TryGetValue(key, out var kind) ? kind
        : key.StartsWith("cache_read", StringComparison.Ordinal) ? UsageUnits.CacheRead
        : key.StartsWith("cache_creation", StringComparison.Ordinal) || key.StartsWith("cache_write", StringComparison.Ordinal) ? UsageUnits.CacheWrite
        : key;
}
