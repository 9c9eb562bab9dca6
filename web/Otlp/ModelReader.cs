using System.Text;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Finds the model and its parameters (langfuse-semantics §4.2).</summary>
internal static class ModelReader
{
    private static readonly string[] Names =
    [
        OtlpAttributes.LangfuseModel, OtlpAttributes.ResponseModel, OtlpAttributes.AiModelId, OtlpAttributes.RequestModel,
        OtlpAttributes.LlmResponseModel, OtlpAttributes.LlmModelName, OtlpAttributes.Model,
    ];

    /// <summary>
    /// Whether model, usage and cost belong to the span. Spans around an agent repeat those of the calls inside, which would
    /// then count twice.
    /// </summary>
    public static bool IsCounted(SpanSource source) =>
        source.Attributes.Text(OtlpAttributes.OperationName) is not ("invoke_agent" or "agent_step");

    public static bool HasModel(SpanSource source) => source.Attributes.Text(Names) is not null;

    public static string? ReadModel(SpanSource source) => source.Attributes.Text(Names)
        ?? (source.Attributes.Text(OtlpAttributes.GenkitSubtype) == "model" ? source.Attributes.Text(OtlpAttributes.GenkitName) : null);

    /// <summary>The parameters as the JSON text of an object; null: none.</summary>
    public static string? ReadParameters(SpanSource source)
    {
        var attributes = source.Attributes;
        foreach (var name in (ReadOnlySpan<string>)[OtlpAttributes.LangfuseModelParameters, OtlpAttributes.LlmInvocationParameters, OtlpAttributes.ModelConfig])
        {
            if (attributes.Json(name) is ['{', ..] json)
            {
                return json;
            }
        }

        var parameters = new JsonObjectText();
        foreach (var (key, value) in attributes.Below(OtlpAttributes.RequestPrefix))
        {
            AddParameter(parameters, key, value);
        }

        foreach (var (key, value) in attributes.Below(OtlpAttributes.LlmInvocationParameters + "."))
        {
            AddParameter(parameters, key, value);
        }

        return parameters.IsEmpty ? null : parameters.ToString();
    }

    private static void AddParameter(JsonObjectText parameters, string key, OtlpValue value)
    {
        if (key != "model" && value.Kind != OtlpValueKind.None)
        {
            var isScalar = value.Kind is OtlpValueKind.String or OtlpValueKind.Integer or OtlpValueKind.Double;
            parameters.Add(key, isScalar ? value.ToJson() : JsonText.Quote(value.ToJson()));
        }
    }
}

/// <summary>Builds the JSON text of an object. Of a key that is added twice the last value counts.</summary>
internal sealed class JsonObjectText
{
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);

    public bool IsEmpty => _properties.Count == 0;

    public void Add(string key, string json) => _properties[key] = json;

    public override string ToString()
    {
        var text = new StringBuilder("{");
        foreach (var (key, json) in _properties)
        {
            text.Append(text.Length > 1 ? "," : "").Append(JsonText.Quote(key)).Append(':').Append(json);
        }

        return text.Append('}').ToString();
    }
}
