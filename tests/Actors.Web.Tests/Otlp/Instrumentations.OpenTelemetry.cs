namespace Actors.Web.Tests;

internal static partial class Instrumentations
{
    private static (string Name, SpanSample Span, string Expected)[] OpenTelemetry =>
    [
        ("OpenTelemetry 1.38, chat with whole messages",
            SpanSample.Of("opentelemetry.instrumentation.openai_v2", "chat gpt-4o", """
                {"gen_ai.operation.name":"chat","gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-4o",
                 "gen_ai.response.model":"gpt-4o-2024-08-06","gen_ai.request.temperature":0.5,"gen_ai.request.stop_sequences":["END"],
                 "openai.response.service_tier":"flex",
                 "gen_ai.usage.input_tokens":100,"gen_ai.usage.output_tokens":40,
                 "gen_ai.usage.cache_read.input_tokens":60,"gen_ai.usage.cache_creation.input_tokens":10,"gen_ai.usage.reasoning.output_tokens":15,
                 "gen_ai.system_instructions":"[{\"type\":\"text\",\"content\":\"Be brief\"}]",
                 "gen_ai.input.messages":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"my \\\"system\\\" fails\"}]}]",
                 "gen_ai.output.messages":"[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Restart it\"}]}]"}
                """),
            """
            GENERATION chat gpt-4o
            model gpt-4o-2024-08-06
            parameters {"temperature":0.5,"stop_sequences":"[\"END\"]","service_tier":"flex"}
            usage input=30 output=25 input_cached_tokens=60 input_cache_creation=10 output_reasoning_tokens=15 total=140
            in [{"role":"system","content":[{"type":"text","content":"Be brief"}]},{"role":"user","parts":[{"type":"text","content":"my \"system\" fails"}]}]
            out [{"role":"assistant","parts":[{"type":"text","content":"Restart it"}]}]
            """),
        ("OpenTelemetry 1.38, messages in the details event",
            SpanSample.Of("genai", "chat", """{"gen_ai.operation.name":"chat","gen_ai.request.model":"m"}""") with
            {
                Events =
                [
                    ("gen_ai.client.inference.operation.details", """
                        {"gen_ai.system_instructions":"Be kind","gen_ai.input.messages":"[{\"role\":\"system\",\"content\":\"own\"}]",
                         "gen_ai.output.messages":"[{\"role\":\"assistant\",\"content\":\"Hi\"}]"}
                        """),
                ],
            },
            """
            GENERATION chat
            model m
            in [{"role":"system","content":"own"}]
            out [{"role":"assistant","content":"Hi"}]
            """),
        ("OpenTelemetry 1.28, one event per message",
            SpanSample.Of("opentelemetry.instrumentation.openai_v2", "chat", """{"gen_ai.operation.name":"chat","gen_ai.request.model":"m"}""") with
            {
                Events =
                [
                    ("gen_ai.system.message", """{"content":"Be brief"}"""),
                    ("gen_ai.user.message", """{"content":"Hi"}"""),
                    ("gen_ai.choice", """{"index":0,"finish_reason":"stop","message":"{\"role\":\"assistant\",\"content\":\"Hello\"}"}"""),
                ],
            },
            """
            GENERATION chat
            model m
            in [{"role":"system","content":"Be brief"},{"role":"user","content":"Hi"}]
            out {"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hello"}}
            """),
        ("OpenTelemetry 1.26, names of then",
            SpanSample.Of("openai", "completion", """
                {"gen_ai.operation.name":"completion","gen_ai.system":"openai","gen_ai.request.model":"davinci",
                 "gen_ai.usage.prompt_tokens":7,"gen_ai.usage.completion_tokens":3}
                """),
            """
            GENERATION completion
            model davinci
            usage input=7 output=3 total=10
            """),
        ("Semantic Kernel, events of prompt and completion",
            SpanSample.Of("Microsoft.SemanticKernel.Diagnostics", "chat.completions m", """
                {"gen_ai.operation.name":"chat.completions","gen_ai.request.model":"m","gen_ai.response.prompt_tokens":9,"gen_ai.response.completion_tokens":4}
                """) with
            {
                Events =
                [
                    ("gen_ai.content.prompt", """{"gen_ai.prompt":"[{\"role\":\"user\",\"content\":\"Hi\"}]"}"""),
                    ("gen_ai.content.completion", """{"gen_ai.completion":"[{\"role\":\"Assistant\",\"content\":\"Hello\"}]"}"""),
                ],
            },
            """
            GENERATION chat.completions m
            model m
            usage input=9 output=4 total=13
            in [{"role":"user","content":"Hi"}]
            out [{"role":"Assistant","content":"Hello"}]
            """),
        ("Microsoft.Extensions.AI, the loop around tool calls",
            SpanSample.Of("Experimental.Microsoft.Extensions.AI", "orchestrate_tools", """
                {"gen_ai.operation.name":"orchestrate_tools","gen_ai.request.model":"gpt-4o","gen_ai.usage.input_tokens":300,"gen_ai.usage.output_tokens":90}
                """),
            "SPAN orchestrate_tools"),
        ("Microsoft.Extensions.AI 10, whose loop names no operation",
            SpanSample.Of("app", "orchestrate_tools", """{"gen_ai.usage.input_tokens":620,"gen_ai.usage.output_tokens":21}"""),
            "SPAN orchestrate_tools"),
        ("Microsoft.Extensions.AI 10, a call that is streamed",
            SpanSample.Of("app", "chat gpt-4o", """
                {"gen_ai.operation.name":"chat","gen_ai.request.model":"gpt-4o","gen_ai.response.time_to_first_chunk":0.0748299,
                 "gen_ai.usage.input_tokens":200,"gen_ai.usage.output_tokens":7,"gen_ai.usage.cache_read.input_tokens":64,
                 "gen_ai.usage.reasoning.output_tokens":0}
                """),
            """
            GENERATION chat gpt-4o
            model gpt-4o
            usage input=136 output=7 input_cached_tokens=64 output_reasoning_tokens=0 total=207
            first token 75 ms
            """),
        ("Semantic Kernel 1.82, whole messages inside events",
            SpanSample.Of("Microsoft.SemanticKernel.Diagnostics", "chat gpt-4o", """
                {"gen_ai.operation.name":"chat","gen_ai.system":"openai","gen_ai.request.model":"gpt-4o"}
                """) with
            {
                Events =
                [
                    ("gen_ai.user.message", """{"gen_ai.system":"openai","gen_ai.event.content":"{\"role\":\"user\",\"name\":null,\"content\":\"Hi\",\"tool_calls\":[]}"}"""),
                    ("gen_ai.choice", """{"gen_ai.event.content":"{\"index\":0,\"message\":{\"role\":\"Assistant\",\"content\":\"Hello\"},\"finish_reason\":\"Stop\"}"}"""),
                ],
            },
            """
            GENERATION chat gpt-4o
            model gpt-4o
            in [{"role":"user","name":null,"content":"Hi","tool_calls":[]}]
            out {"index":0,"message":{"role":"Assistant","content":"Hello"},"finish_reason":"Stop"}
            """),
        ("Microsoft Agent Framework, agent",
            SpanSample.Of("Experimental.Microsoft.Agents.AI", "invoke_agent Clerk", """
                {"gen_ai.operation.name":"invoke_agent","gen_ai.agent.name":"Clerk","gen_ai.request.model":"gpt-4o",
                 "gen_ai.usage.input_tokens":300,"gen_ai.usage.output_tokens":90,"gen_ai.usage.cost":0.5,
                 "gen_ai.input.messages":"[]","gen_ai.output.messages":"[{\"role\":\"assistant\",\"parts\":[]}]"}
                """),
            """
            AGENT invoke_agent Clerk
            in []
            out [{"role":"assistant","parts":[]}]
            """),
        ("OpenTelemetry 1.38, tool",
            SpanSample.Of("agents", "execute_tool weather", """
                {"gen_ai.operation.name":"execute_tool","gen_ai.tool.name":"weather","gen_ai.tool.call.id":"call_1",
                 "gen_ai.tool.call.arguments":"{\"city\":\"Bern\"}","gen_ai.tool.call.result":"sunny"}
                """),
            """
            TOOL weather
            in {"city":"Bern"}
            out "sunny"
            """),
        ("OpenTelemetry 1.38, embeddings",
            SpanSample.Of("openai", "embeddings e-3", """{"gen_ai.operation.name":"embeddings","gen_ai.request.model":"e-3","gen_ai.usage.input_tokens":12}"""),
            """
            EMBEDDING embeddings e-3
            model e-3
            usage input=12 total=12
            """),
        ("OpenLLMetry, flattened messages",
            SpanSample.Of("opentelemetry.instrumentation.anthropic", "anthropic.chat", """
                {"llm.request.type":"chat","gen_ai.system":"Anthropic","gen_ai.request.model":"claude-sonnet-4-5","gen_ai.request.max_tokens":200,
                 "gen_ai.prompt.1.role":"user","gen_ai.prompt.1.content":"Weather?","gen_ai.prompt.0.role":"system","gen_ai.prompt.0.content":"Be brief",
                 "gen_ai.prompt.__proto__.role":"x",
                 "gen_ai.completion.0.role":"assistant","gen_ai.completion.0.tool_calls.0.name":"weather","gen_ai.completion.0.tool_calls.0.arguments":"{\"city\":\"Bern\"}",
                 "gen_ai.usage.input_tokens":120,"gen_ai.usage.output_tokens":20,"llm.usage.total_tokens":140,
                 "gen_ai.usage.cache_read_input_tokens":100,"gen_ai.usage.cache_creation_input_tokens":0}
                """),
            """
            GENERATION anthropic.chat
            model claude-sonnet-4-5
            parameters {"max_tokens":200}
            usage input=20 output=20 input_cached_tokens=100 input_cache_creation=0 total=140
            in [{"role":"system","content":"Be brief"},{"role":"user","content":"Weather?"}]
            out [{"role":"assistant","tool_calls":[{"name":"weather","arguments":{"city":"Bern"}}]}]
            """),
        ("OpenLLMetry, workflow",
            SpanSample.Of("opentelemetry.instrumentation.langchain", "chain.workflow", """
                {"traceloop.span.kind":"workflow","traceloop.entity.name":"chain","traceloop.entity.input":"{\"inputs\":{\"q\":1}}",
                 "traceloop.entity.output":"{\"outputs\":2}","gen_ai.request.model":"m","gen_ai.usage.input_tokens":5}
                """),
            """
            SPAN chain.workflow
            in {"inputs":{"q":1}}
            out {"outputs":2}
            """),
    ];
}
