namespace Actors.Web.Otlp;

/// <summary>A span with what it came with: what the readers of single fields look at.</summary>
internal sealed class SpanSource(OtlpSpanGroup group, OtlpSpan span)
{
    public const string LangfuseScope = "langfuse-sdk";

    public OtlpSpan Span => span;

    public OtlpAttributeSet Attributes => span.Attributes;

    public OtlpAttributeSet Resource => group.Resource;

    public OtlpScope Scope => group.Scope;

    /// <summary>Whether the span was made with a Langfuse SDK, whose attributes all have a place of their own.</summary>
    public bool IsLangfuse => group.Scope.Name.StartsWith(LangfuseScope, StringComparison.Ordinal);

    /// <summary>Whether the span was made by the Vercel AI SDK.</summary>
    public bool IsAi => group.Scope.Name == OtlpAttributes.AiScope;

    /// <summary>Whether the span was made by Genkit.</summary>
    public bool IsGenkit => group.Scope.Name == OtlpAttributes.GenkitScope;

    /// <summary>Whether it is Genkit's span of one call of a model.</summary>
    public bool IsGenkitModel => Attributes.Text(OtlpAttributes.GenkitSubtype) is "model" or "background-model";

    /// <summary>
    /// The operation of the Vercel AI SDK, for example <c>ai.generateText.doGenerate</c>; null: none. The name may be
    /// followed by the id of a function.
    /// </summary>
    public string? VercelOperation
    {
        get
        {
            var said = Attributes.Text(OtlpAttributes.AiOperationId) ?? Attributes.Text(OtlpAttributes.AiOperationName);
            if (said?.StartsWith("ai.", StringComparison.Ordinal) != true)
            {
                return null;
            }

            var end = said.IndexOf(' ', StringComparison.Ordinal);
            return end < 0 ? said : said[..end];
        }
    }

    /// <summary>Whether model, usage and cost are those of this span.</summary>
    public bool IsCounted { get; private init; } = true;

    /// <summary>Whether the trace's own fields come from this span.</summary>
    public bool IsRoot => span.ParentSpanId is null || Attributes.Get(OtlpAttributes.AsRoot).IsTrue;

    public static SpanSource Of(OtlpSpanGroup group, OtlpSpan span) =>
        new(group, span) { IsCounted = !AggregateSpans.Contains(new SpanSource(group, span)) };
}
