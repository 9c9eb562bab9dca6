using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Finds the model and its parameters (langfuse-semantics §4.2).</summary>
internal static class ModelReader
{
    private const string ServiceTier = "service_tier";

    private static readonly string[] Names =
    [
        OtlpAttributes.LangfuseModel, OtlpAttributes.ResponseModel, OtlpAttributes.AiModelId, OtlpAttributes.RequestModel,
        OtlpAttributes.LlmResponseModel, OtlpAttributes.LlmModelName, OtlpAttributes.EmbeddingModelName, OtlpAttributes.Model,
    ];

    // Not ai.model.id: the Vercel AI SDK puts it on every span of a call.
    private static readonly string[] GenerationNames =
    [
        OtlpAttributes.LangfuseModel, OtlpAttributes.RequestModel, OtlpAttributes.ResponseModel, OtlpAttributes.LlmModelName,
        OtlpAttributes.Model,
    ];

    private static readonly (string Parameter, string[] Sources)[] VercelParameters =
    [
        ("maxSteps", [OtlpAttributes.AiMaxSteps]),
        ("toolChoice", [OtlpAttributes.AiPromptToolChoice]),
        ("maxTokens", [OtlpAttributes.RequestMaxTokens]),
        ("finishReason", [OtlpAttributes.FinishReasons, OtlpAttributes.OldFinishReason]),
        ("system", [OtlpAttributes.GenAiSystem, OtlpAttributes.AiModelProvider]),
        ("maxRetries", [OtlpAttributes.AiMaxRetries]),
        ("mode", [OtlpAttributes.AiMode]),
        ("temperature", [OtlpAttributes.RequestTemperature]),
    ];

    /// <summary>Whether a model is named in a way that only calls of models have.</summary>
    public static bool SaysGeneration(SpanSource source) => source.Attributes.Text(GenerationNames) is not null;

    public static string? ReadModel(SpanSource source) =>
        source.Attributes.Text(Names) ?? (source.IsGenkitModel ? source.Attributes.Text(OtlpAttributes.GenkitName) : null);

    /// <summary>The parameters as the JSON text of an object whose values are strings or numbers; null: none.</summary>
    public static string? ReadParameters(SpanSource source)
    {
        var parameters = new JsonObjectText();
        if (source.IsAi)
        {
            AddVercel(parameters, source);
            AddObject(parameters, source.Attributes.Json(OtlpAttributes.LangfuseModelParameters));
        }
        else if (!Array.Exists(Objects(source), json => AddObject(parameters, json)))
        {
            AddBelow(parameters, source, OtlpAttributes.RequestPrefix);
            AddBelow(parameters, source, OtlpAttributes.LlmInvocationParameters + ".");
        }

        if (!parameters.Has(ServiceTier) && ReadServiceTier(source) is { } tier)
        {
            parameters.Add(ServiceTier, JsonText.Quote(tier));
        }

        return parameters.IsEmpty ? null : parameters.ToString();
    }

    // The first that holds an object counts.
    private static string?[] Objects(SpanSource source) =>
    [
        source.Attributes.Json(OtlpAttributes.LangfuseModelParameters),
        source.IsGenkit ? JsonPath.Find(source.Attributes.Json(OtlpAttributes.GenkitInput), "config") : null,
        source.Attributes.Json(OtlpAttributes.LlmInvocationParameters),
        source.Attributes.Json(OtlpAttributes.ModelConfig),
    ];

    private static void AddVercel(JsonObjectText parameters, SpanSource source)
    {
        foreach (var (parameter, sources) in VercelParameters)
        {
            if (source.Attributes.Text(sources) is { } value)
            {
                parameters.Add(parameter, JsonText.Quote(value));
            }
        }
    }

    // Prices may depend on the tier, so it is worth looking for in every place that tells it.
    private static string? ReadServiceTier(SpanSource source)
    {
        if (source.Attributes.Text(OtlpAttributes.ServiceTiers) is { } said)
        {
            return said;
        }

        var metadata = source.Attributes.Json(OtlpAttributes.AiProviderMetadata);
        return JsonPath.Text(metadata, "openai", "serviceTier") ?? JsonPath.Text(metadata, "anthropic", "usage", ServiceTier);
    }

    private static bool AddObject(JsonObjectText parameters, string? json)
    {
        if (json is not ['{', ..])
        {
            return false;
        }

        JsonText.ForEachProperty(json, (key, value) =>
        {
            if (value != "null")
            {
                parameters.Add(key, value[0] is '"' or '-' || char.IsAsciiDigit(value[0]) ? value : JsonText.Quote(value));
            }
        });
        return true;
    }

    private static void AddBelow(JsonObjectText parameters, SpanSource source, string prefix)
    {
        foreach (var (key, value) in source.Attributes.Below(prefix))
        {
            if (key != "model" && value.Kind != OtlpValueKind.None)
            {
                var isScalar = value.Kind is OtlpValueKind.String or OtlpValueKind.Integer or OtlpValueKind.Double;
                parameters.Add(key, isScalar ? value.ToJson() : JsonText.Quote(value.ToJson()));
            }
        }
    }
}
