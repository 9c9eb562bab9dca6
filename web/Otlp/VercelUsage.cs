using System.Text.Json;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>
/// The usage of the Vercel AI SDK: its own attributes behind the common ones, and what the provider told it
/// (<c>ai.response.providerMetadata</c>), for example
/// <c>{"anthropic":{"usage":{"cache_read_input_tokens":16399,"cache_creation":{"ephemeral_1h_input_tokens":2089}}}}</c>.
/// </summary>
internal static class VercelUsage
{
    public static void Read(SpanSource source, UsageUnits units)
    {
        if (source.IsAi)
        {
            Add(source, units, UsageUnits.Input, OtlpAttributes.AiInputTokens);
            Add(source, units, UsageUnits.Output, OtlpAttributes.AiOutputTokens);
            Add(source, units, UsageShapes.Total, [OtlpAttributes.AiUsageTokens, OtlpAttributes.AiTotalTokens]);
            Add(source, units, UsageUnits.CacheRead, OtlpAttributes.AiCachedInputTokens);
            Add(source, units, UsageUnits.CacheWrite, [OtlpAttributes.AiCacheWriteTokens]);
            Add(source, units, UsageUnits.Reasoning, OtlpAttributes.AiReasoningTokens);
        }

        using var metadata = JsonPath.Parse(source.Attributes.Json(OtlpAttributes.AiProviderMetadata));
        if (metadata is not null)
        {
            ReadOpenAi(JsonPath.Below(metadata.RootElement, "openai"), units);
            ReadAnthropic(JsonPath.Below(metadata.RootElement, "anthropic", "usage"), units);
            ReadBedrock(JsonPath.Below(metadata.RootElement, "bedrock", "usage"), units);
        }
    }

    private static void Add(SpanSource source, UsageUnits units, string kind, string[] attributes)
    {
        foreach (var attribute in attributes)
        {
            units.Add(kind, source.Attributes.Get(attribute).Number);
        }
    }

    private static void ReadOpenAi(JsonElement? openAi, UsageUnits units)
    {
        units.Add(UsageUnits.CacheRead, JsonPath.Units(openAi, "cachedPromptTokens"));
        units.Add(UsageUnits.Reasoning, JsonPath.Units(openAi, "reasoningTokens"));
        units.Add("accepted_prediction_tokens", JsonPath.Units(openAi, "acceptedPredictionTokens"));
        units.Add("rejected_prediction_tokens", JsonPath.Units(openAi, "rejectedPredictionTokens"));
    }

    private static void ReadAnthropic(JsonElement? usage, UsageUnits units)
    {
        units.Add(UsageUnits.CacheRead, JsonPath.Units(usage, "cache_read_input_tokens"));
        units.Add(UsageUnits.CacheWrite, JsonPath.Units(usage, "cache_creation_input_tokens"));
        if (usage is { } found && JsonPath.Below(found, "cache_creation") is { } writes)
        {
            units.Divide(
                UsageUnits.CacheWrite,
                (UsageUnits.CacheWrite5Minutes, JsonPath.Units(writes, "ephemeral_5m_input_tokens")),
                (UsageUnits.CacheWrite1Hour, JsonPath.Units(writes, "ephemeral_1h_input_tokens")));
        }
    }

    // Bedrock has kinds of its own, unless the SDK has told the same units by their common names already.
    private static void ReadBedrock(JsonElement? usage, UsageUnits units)
    {
        if (!units.Has(UsageUnits.CacheRead))
        {
            units.Add("input_cache_read", JsonPath.Units(usage, "cacheReadInputTokens"));
        }

        if (!units.Has(UsageUnits.CacheWrite))
        {
            units.Add("input_cache_write", JsonPath.Units(usage, "cacheWriteInputTokens"));
            units.Add(UsageUnits.CacheWrite, JsonPath.Units(usage, "cacheCreationInputTokens"));
        }
    }
}
