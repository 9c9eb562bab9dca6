namespace Actors.Web.Otlp;

/// <summary>A span with what it came with: what the readers of single fields look at.</summary>
internal sealed class SpanSource(OtlpSpanGroup group, OtlpSpan span)
{
    private const string LangfuseScope = "langfuse-sdk";

    public OtlpSpan Span => span;

    public OtlpAttributeSet Attributes => span.Attributes;

    public OtlpAttributeSet Resource => group.Resource;

    public OtlpScope Scope => group.Scope;

    /// <summary>Whether the span was made with a Langfuse SDK, whose attributes all have a place of their own.</summary>
    public bool IsLangfuse => group.Scope.Name.StartsWith(LangfuseScope, StringComparison.Ordinal);

    /// <summary>Whether the span was made by the Vercel AI SDK.</summary>
    public bool IsAi => group.Scope.Name == "ai";

    /// <summary>Whether the trace's own fields come from this span.</summary>
    public bool IsRoot => span.ParentSpanId is null || Attributes.Get(OtlpAttributes.AsRoot).IsTrue;
}
