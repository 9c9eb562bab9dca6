using System.Text.Json;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Finds what a span says about its trace (langfuse-semantics §4.2 and §5).</summary>
internal static class TraceAttributes
{
    private const int MaxTags = 1000;

    private static readonly string[] UserIds =
        Keys(OtlpAttributes.MetadataUserId, "userId", OtlpAttributes.LangfuseUserId, OtlpAttributes.UserId);

    private static readonly string[] SessionIds = Keys(
        OtlpAttributes.MetadataSessionId, "sessionId", OtlpAttributes.LangfuseSessionId, OtlpAttributes.SessionId, OtlpAttributes.ConversationId);

    private static readonly string[] TagKeys =
        [.. Keys(OtlpAttributes.MetadataTags, "tags", OtlpAttributes.TraceTags, OtlpAttributes.LangfuseTags), OtlpAttributes.TagTags];

    private static readonly string[] Updating =
    [
        OtlpAttributes.TraceName, OtlpAttributes.TraceInput, OtlpAttributes.TraceOutput, OtlpAttributes.TraceMetadata,
        OtlpAttributes.TracePublic, OtlpAttributes.LangfusePublic, .. UserIds, .. SessionIds.Where(k => k != OtlpAttributes.ConversationId), .. TagKeys,
    ];

    private static readonly string[] Environments =
        [OtlpAttributes.LangfuseEnvironment, OtlpAttributes.DeploymentEnvironmentName, OtlpAttributes.DeploymentEnvironment];

    /// <summary>Whether the span says anything about its trace.</summary>
    public static bool AreOn(SpanSource source) =>
        Array.Exists(Updating, source.Attributes.Has) || source.Attributes.Below(OtlpAttributes.TraceMetadata + ".").Any();

    public static string? UserId(SpanSource source) => source.Attributes.Text(UserIds);

    public static string? SessionId(SpanSource source) =>
        source.Attributes.Text(SessionIds) is { } id && Tracing.StreamId.IsValidId(id) ? id : null;

    public static string? Version(SpanSource source) =>
        source.Attributes.Text(OtlpAttributes.LangfuseVersion) ?? source.Resource.Text(OtlpAttributes.ServiceVersion);

    public static string? Release(SpanSource source) =>
        source.Attributes.Text(OtlpAttributes.LangfuseRelease) ?? source.Resource.Text(OtlpAttributes.LangfuseRelease);

    public static bool? Public(SpanSource source)
    {
        foreach (var key in (ReadOnlySpan<string>)[OtlpAttributes.TracePublic, OtlpAttributes.LangfusePublic])
        {
            if (source.Attributes.Has(key))
            {
                return source.Attributes.Get(key).IsTrue;
            }
        }

        return null;
    }

    public static string Environment(SpanSource source)
    {
        foreach (var key in Environments)
        {
            if ((source.Attributes.Text(key) ?? source.Resource.Text(key)) is { } environment)
            {
                return EnvironmentName.Normalize(environment);
            }
        }

        return EnvironmentName.Default;
    }

    public static IReadOnlyList<string> Tags(SpanSource source)
    {
        foreach (var key in TagKeys)
        {
            if (source.Attributes.Has(key))
            {
                return [.. Tags(source.Attributes.Get(key)).Where(t => t.Length > 0).Distinct().Take(MaxTags)];
            }
        }

        return [];
    }

    private static IEnumerable<string> Tags(OtlpValue value)
    {
        if (value.Kind == OtlpValueKind.List)
        {
            return value.Items.Select(i => i.AsText() ?? "");
        }

        var text = value.AsText() ?? "";
        if (text.AsSpan().TrimStart() is ['[', ..] && JsonText.IsJson(text))
        {
            using var list = JsonDocument.Parse(text);
            return [.. list.RootElement.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()! : i.GetRawText())];
        }

        return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Keys(string metadataKey, string aiKey, params string[] first) =>
    [
        .. first,
        $"{OtlpAttributes.ObservationMetadata}.{metadataKey}",
        $"{OtlpAttributes.TraceMetadata}.{metadataKey}",
        $"{OtlpAttributes.AiMetadata}.{aiKey}",
    ];
}
