using System.Text;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Collects metadata of observations and traces (langfuse-semantics §4.1 and §4.2).</summary>
internal sealed class MetadataReader(OtlpSpanGroup group)
{
    private static readonly HashSet<string> OwnPlace = new(StringComparer.Ordinal)
    {
        OtlpAttributes.InputMessages, OtlpAttributes.OutputMessages, OtlpAttributes.SystemInstructions,
        OtlpAttributes.InputValue, OtlpAttributes.OutputValue, OtlpAttributes.ToolCallArguments, OtlpAttributes.ToolCallResult,
        "input", "output", "genkit:input", "genkit:output", "mlflow.spanInputs", "mlflow.spanOutputs",
        "traceloop.entity.input", "traceloop.entity.output", "ai.prompt.messages", "ai.prompt", "ai.response.text",
        "ai.response.toolCalls", "ai.response.object", "ai.toolCall.args", "ai.toolCall.result", "tool_arguments", "tool_response",
        "gcp.vertex.agent.llm_request", "gcp.vertex.agent.llm_response", "pydantic_ai.all_messages", "final_result",
    };

    private static readonly string[] OwnPrefixes =
    [
        "langfuse.", OtlpAttributes.PromptPrefix, OtlpAttributes.CompletionPrefix, OtlpAttributes.LlmInputMessagesPrefix,
        OtlpAttributes.LlmOutputMessagesPrefix, OtlpAttributes.AiMetadataPrefix,
    ];

    private readonly string? _resource = group.Resource.Count == 0 ? null : group.Resource.ToJsonOfTexts();
    private readonly string _scope = ScopeJson(group.Scope);

    /// <summary>The metadata of the span as an observation.</summary>
    public string ReadObservation(SpanSource source)
    {
        var metadata = new JsonObjectText();
        Add(metadata, source, OtlpAttributes.ObservationMetadata);
        AddShared(metadata, source);
        AddSurroundings(metadata, source);
        return metadata.ToString();
    }

    /// <summary>The metadata that the span gives its trace; null: none.</summary>
    public string? ReadTrace(SpanSource source)
    {
        var metadata = new JsonObjectText();
        Add(metadata, source, OtlpAttributes.TraceMetadata);
        if (source.IsRoot)
        {
            Add(metadata, source, OtlpAttributes.ObservationMetadata);
            AddShared(metadata, source);
            AddSurroundings(metadata, source);
        }

        return metadata.IsEmpty ? null : metadata.ToString();
    }

    private void AddSurroundings(JsonObjectText metadata, SpanSource source)
    {
        // The attributes of Langfuse's own SDKs all have a place of their own already.
        if (!source.IsLangfuse && Rest(source.Attributes) is { } rest)
        {
            metadata.Add("attributes", rest);
        }

        if (_resource is not null)
        {
            metadata.Add("resourceAttributes", _resource);
        }

        metadata.Add("scope", _scope);
    }

    private static void AddShared(JsonObjectText metadata, SpanSource source)
    {
        Add(metadata, source, OtlpAttributes.LangfuseMetadata);
        foreach (var (key, value) in source.Attributes.Below(OtlpAttributes.AiMetadataPrefix))
        {
            if (key is not ("userId" or "sessionId" or "tags" or "langfusePrompt"))
            {
                AddValue(metadata, key, value);
            }
        }
    }

    private static void Add(JsonObjectText metadata, SpanSource source, string name)
    {
        if (source.Attributes.Get(name).AsParsedJson() is ['{', ..] whole)
        {
            JsonText.ForEachProperty(whole, metadata.Add);
        }

        foreach (var (key, value) in source.Attributes.Below(name + "."))
        {
            if (key is not (OtlpAttributes.MetadataUserId or OtlpAttributes.MetadataSessionId or OtlpAttributes.MetadataTags))
            {
                AddValue(metadata, key, value);
            }
        }
    }

    private static void AddValue(JsonObjectText metadata, string key, OtlpValue value)
    {
        if (value.AsParsedJson() is { } json)
        {
            metadata.Add(key, json);
        }
    }

    private static string? Rest(OtlpAttributeSet attributes)
    {
        var rest = new JsonObjectText();
        foreach (var (key, value) in attributes.All)
        {
            if (!OwnPlace.Contains(key) && !Array.Exists(OwnPrefixes, p => key.StartsWith(p, StringComparison.Ordinal)))
            {
                rest.Add(key, JsonText.Quote(value.AsText() ?? ""));
            }
        }

        return rest.IsEmpty ? null : rest.ToString();
    }

    private static string ScopeJson(OtlpScope scope)
    {
        var json = new StringBuilder("{\"name\":").Append(JsonText.Quote(scope.Name));
        json.Append(",\"version\":").Append(JsonText.Quote(scope.Version)).Append(",\"attributes\":");
        return json.Append(scope.Attributes.ToJsonOfTexts()).Append('}').ToString();
    }
}
