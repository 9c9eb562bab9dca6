namespace Actors.Web.Otlp;

/// <summary>
/// Spans around calls of models. They repeat the model, usage and cost of the calls inside them, which are spans of their
/// own: counted again they would double every number.
/// </summary>
internal static class AggregateSpans
{
    private const string OrchestrateTools = "orchestrate_tools";

    /// <summary>Whether model, usage and cost belong to spans inside this one.</summary>
    public static bool Contains(SpanSource source)
    {
        var attributes = source.Attributes;
        if (attributes.Text(OtlpAttributes.OperationName) is { } operation)
        {
            return operation is "invoke_agent" or "agent_step" or OrchestrateTools or "invoke_workflow";
        }

        // Microsoft.Extensions.AI gives its loop around calls and tools this name, the usage of all of them, and no operation.
        if (source.Span.Name == OrchestrateTools)
        {
            return true;
        }

        // Who names model or usage in the words of Langfuse means this very span.
        if (attributes.Has(OtlpAttributes.LangfuseModel) || attributes.Has(OtlpAttributes.UsageDetails) || attributes.Has(OtlpAttributes.CostDetails))
        {
            return false;
        }

        return attributes.Text(OtlpAttributes.SpanKind)?.ToUpperInvariant() is "AGENT" or "CHAIN"
            || attributes.Text(OtlpAttributes.TraceloopKind) is "workflow" or "agent" or "task"
            || (source.Scope.Name == OtlpAttributes.PydanticScope && attributes.Has(OtlpAttributes.PydanticAgentName))
            || IsOuterVercelSpan(source);
    }

    // ai.generateText holds one ai.generateText.doGenerate per step.
    private static bool IsOuterVercelSpan(SpanSource source) =>
        source.VercelOperation is "ai.generateText" or "ai.streamText" or "ai.generateObject" or "ai.streamObject" or "ai.embed" or "ai.embedMany";
}
