using System.Collections.Frozen;
using System.Text;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Collects metadata of observations and traces (langfuse-semantics §4.1 and §4.2).</summary>
internal sealed class MetadataReader(OtlpSpanGroup group)
{
    // What became input, output or metadata need not be said again.
    private static readonly FrozenSet<string> OwnPlace = FrozenSet.ToFrozenSet(
        [.. InputOutputReader.OwnAttributes, OtlpAttributes.TraceMetadata, OtlpAttributes.ObservationMetadata, OtlpAttributes.LangfuseMetadata],
        StringComparer.Ordinal);

    private static readonly string[] OwnPrefixes =
    [
        OtlpAttributes.TraceMetadata + ".", OtlpAttributes.ObservationMetadata + ".", OtlpAttributes.LangfuseMetadata + ".",
        OtlpAttributes.AiMetadata + ".", OtlpAttributes.Prompt + ".", OtlpAttributes.Completion + ".",
        OtlpAttributes.LlmInputMessages + ".", OtlpAttributes.LlmOutputMessages + ".",
    ];

    private readonly string? _resource = group.Resource.Count == 0 ? null : group.Resource.ToJsonOfTexts();
    private readonly string _scope = ScopeJson(group.Scope);

    /// <summary>The metadata of the span as an observation.</summary>
    public string ReadObservation(SpanSource source)
    {
        var metadata = new JsonObjectText();
        Add(metadata, source.Resource, OtlpAttributes.ObservationMetadata);
        AddShared(metadata, source.Resource);
        Add(metadata, source.Attributes, OtlpAttributes.ObservationMetadata);
        AddShared(metadata, source.Attributes);
        AddSurroundings(metadata, source);
        return metadata.ToString();
    }

    /// <summary>The metadata that the span gives its trace; null: none.</summary>
    public string? ReadTrace(SpanSource source)
    {
        var metadata = new JsonObjectText();
        if (source.IsRoot)
        {
            Add(metadata, source.Resource, OtlpAttributes.TraceMetadata);
            AddShared(metadata, source.Resource);
        }

        Add(metadata, source.Attributes, OtlpAttributes.TraceMetadata);
        if (source.IsRoot)
        {
            Add(metadata, source.Attributes, OtlpAttributes.ObservationMetadata);
            AddShared(metadata, source.Attributes);
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

    private static void AddShared(JsonObjectText metadata, OtlpAttributeSet attributes)
    {
        Add(metadata, attributes, OtlpAttributes.LangfuseMetadata);
        foreach (var (key, value) in attributes.Below(OtlpAttributes.AiMetadata + "."))
        {
            if (key is not ("userId" or "sessionId" or "tags" or "langfusePrompt"))
            {
                AddValue(metadata, key, value);
            }
        }
    }

    private static void Add(JsonObjectText metadata, OtlpAttributeSet attributes, string name)
    {
        if (attributes.Get(name).AsParsedJson() is ['{', ..] whole)
        {
            JsonText.ForEachProperty(whole, metadata.Add);
        }

        foreach (var (key, value) in attributes.Below(name + "."))
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
