namespace Actors.Web.Tests;

/// <summary>
/// A span of each instrumentation library, with the attributes that the library's documentation or source shows and values
/// of our own, and what must become of it.
/// </summary>
internal static partial class Instrumentations
{
    public static IReadOnlyDictionary<string, (SpanSample Span, string Expected)> All { get; } =
        new[] { Langfuse, OpenTelemetry, Vercel, OpenInference, Google, Frameworks }
            .SelectMany(family => family)
            .ToDictionary(i => i.Name, i => (i.Span, i.Expected), StringComparer.Ordinal);

    public static TheoryData<string> Names { get; } = [.. All.Keys];

    private static (string Name, SpanSample Span, string Expected)[] Langfuse =>
    [
        ("Langfuse JS 5, generation",
            SpanSample.Of("langfuse-sdk", "answer", """
                {"langfuse.observation.type":"generation","langfuse.observation.model.name":"gpt-4o",
                 "langfuse.observation.model.parameters":"{\"temperature\":0.2,\"stream\":true,\"stop\":null}",
                 "langfuse.observation.usage_details":"{\"prompt_tokens\":30,\"completion_tokens\":10,\"total_tokens\":40}",
                 "langfuse.observation.cost_details":"{\"input\":0.001,\"output\":0.002}",
                 "langfuse.observation.prompt.name":"support","langfuse.observation.prompt.version":3,
                 "langfuse.observation.completion_start_time":"\"2026-01-05T10:00:00.200Z\"",
                 "langfuse.observation.input":"[{\"role\":\"user\",\"content\":\"Where is it?\"}]","langfuse.observation.output":"On its way",
                 "gen_ai.input.messages":"ignored"}
                """),
            """
            GENERATION answer
            model gpt-4o
            parameters {"temperature":0.2,"stream":"true"}
            usage input=30 output=10 total=40
            cost input=0.001 output=0.002
            prompt support 3
            first token 200 ms
            in [{"role":"user","content":"Where is it?"}]
            out "On its way"
            """),
        ("Langfuse Python 3.3, generation that calls itself a span",
            SpanSample.Of("langfuse-sdk", "old", """{"langfuse.observation.type":"span","langfuse.observation.model.name":"gpt-4o"}""") with
            {
                ScopeVersion = "3.3.0", Resource = """{"telemetry.sdk.language":"python"}""",
            },
            """
            GENERATION old
            model gpt-4o
            """),
        ("Langfuse Python 3.4, span",
            SpanSample.Of("langfuse-sdk", "new", """{"langfuse.observation.type":"span","langfuse.observation.prompt.name":"p"}""") with
            {
                ScopeVersion = "3.4.0", Resource = """{"telemetry.sdk.language":"python"}""",
            },
            "SPAN new"),
        ("Langfuse, guardrail with a level of another language",
            SpanSample.Of("langfuse-sdk", "filter", """{"langfuse.observation.type":"guardrail","langfuse.observation.level":"warn","langfuse.observation.status_message":"close"}"""),
            """
            GUARDRAIL filter
            level WARNING
            status close
            """),
    ];
}
