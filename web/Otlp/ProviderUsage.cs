using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Usage inside the output that Genkit, Google's Agent Development Kit and MLflow record.</summary>
internal static class ProviderUsage
{
    public static void Read(SpanSource source, UsageUnits units)
    {
        // Genkit's other spans carry the output of the model inside them once more.
        if (source.IsGenkitModel)
        {
            ReadGenkit(source.Attributes.Json(OtlpAttributes.GenkitOutput), units);
        }

        ReadAdk(source.Attributes.Json(OtlpAttributes.AdkResponse), units);
        ReadMlflow(source.Attributes.Json(OtlpAttributes.MlflowTokenUsage), units);
    }

    // {"message":…,"usage":{"inputTokens":42,"outputTokens":17,"thoughtsTokens":3,"totalTokens":62}}
    private static void ReadGenkit(string? output, UsageUnits units)
    {
        using var document = JsonPath.Parse(output);
        if (document is not null && JsonPath.Below(document.RootElement, "usage") is { } usage)
        {
            units.Add(UsageUnits.Input, JsonPath.Units(usage, "inputTokens"));
            units.Add(UsageUnits.Output, JsonPath.Units(usage, "outputTokens"));
            units.Add(UsageShapes.Total, JsonPath.Units(usage, "totalTokens"));
            units.Add(UsageUnits.CacheRead, JsonPath.Units(usage, "cachedContentTokens"));
            AddThoughts(units, JsonPath.Units(usage, "thoughtsTokens"));
        }
    }

    // {"content":…,"usage_metadata":{"prompt_token_count":100,"candidates_token_count":50,"thoughts_token_count":200,…}}
    private static void ReadAdk(string? response, UsageUnits units)
    {
        using var document = JsonPath.Parse(response);
        if (document is not null && JsonPath.Below(document.RootElement, "usage_metadata") is { } usage)
        {
            units.Add(UsageUnits.Input, JsonPath.Units(usage, "prompt_token_count"));
            units.Add(UsageUnits.Output, JsonPath.Units(usage, "candidates_token_count"));
            units.Add(UsageShapes.Total, JsonPath.Units(usage, "total_token_count"));
            units.Add(UsageUnits.CacheRead, JsonPath.Units(usage, "cached_content_token_count"));
            AddThoughts(units, JsonPath.Units(usage, "thoughts_token_count"));
        }
    }

    private static void ReadMlflow(string? tokenUsage, UsageUnits units)
    {
        using var document = JsonPath.Parse(tokenUsage);
        if (document is { RootElement: var usage })
        {
            units.Add(UsageUnits.Input, JsonPath.Units(usage, "input_tokens"));
            units.Add(UsageUnits.Output, JsonPath.Units(usage, "output_tokens"));
            units.Add(UsageShapes.Total, JsonPath.Units(usage, "total_tokens"));
            units.Add(UsageUnits.CacheRead, JsonPath.Units(usage, "cache_read_input_tokens"));
            units.Add(UsageUnits.CacheWrite, JsonPath.Units(usage, "cache_creation_input_tokens"));
        }
    }

    // Gemini counts thoughts beside the candidates, others among the output: where there is a total, it tells.
    private static void AddThoughts(UsageUnits units, long? thoughts)
    {
        if (thoughts is not > 0 || units.Has(UsageUnits.Reasoning))
        {
            return;
        }

        if (units[UsageShapes.Total] is { } total && total == units[UsageUnits.Input] + units[UsageUnits.Output])
        {
            units.Add(UsageUnits.Reasoning, thoughts);
        }
        else
        {
            units.AddBeside(UsageUnits.Reasoning, thoughts);
        }
    }
}
