namespace Actors.Web.Tests;

internal static partial class Instrumentations
{
    private static (string Name, SpanSample Span, string Expected)[] Google =>
    [
        ("Genkit, model",
            SpanSample.Of("genkit-tracer", "googleai/gemini-2.5-flash", """
                {"genkit:type":"action","genkit:metadata:subtype":"model","genkit:name":"googleai/gemini-2.5-flash",
                 "genkit:input":"{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}],\"config\":{\"temperature\":0.4}}",
                 "genkit:output":"{\"message\":{\"role\":\"model\",\"content\":[{\"text\":\"Hello\"}]},\"usage\":{\"inputTokens\":42,\"outputTokens\":17,\"thoughtsTokens\":3,\"totalTokens\":62}}"}
                """),
            """
            GENERATION googleai/gemini-2.5-flash
            model googleai/gemini-2.5-flash
            parameters {"temperature":0.4}
            usage input=42 output=17 total=62 output_reasoning_tokens=3
            in [{"role":"user","content":[{"text":"Hi"}]}]
            out {"role":"model","content":[{"text":"Hello"}]}
            """),
        ("Genkit, thoughts that the output counts already",
            SpanSample.Of("genkit-tracer", "m", """
                {"genkit:metadata:subtype":"model","genkit:name":"m",
                 "genkit:output":"{\"usage\":{\"inputTokens\":42,\"outputTokens\":17,\"thoughtsTokens\":3,\"totalTokens\":59}}"}
                """),
            """
            GENERATION m
            model m
            usage input=42 output=14 total=59 output_reasoning_tokens=3
            out {"usage":{"inputTokens":42,"outputTokens":17,"thoughtsTokens":3,"totalTokens":59}}
            """),
        ("Genkit, the flow around the model",
            SpanSample.Of("genkit-tracer", "greet", """
                {"genkit:type":"action","genkit:metadata:subtype":"flow","genkit:name":"greet","genkit:input":"\"Ada\"",
                 "genkit:output":"{\"message\":{\"role\":\"model\"},\"usage\":{\"inputTokens\":42,\"outputTokens\":17}}"}
                """),
            """
            SPAN greet
            in "Ada"
            out {"role":"model"}
            """),
        ("Google ADK, model",
            SpanSample.Of("gcp.vertex.agent", "call_llm", """
                {"gen_ai.system":"gcp.vertex.agent","gen_ai.request.model":"gemini-2.5-pro","gen_ai.usage.input_tokens":1000,"gen_ai.usage.output_tokens":200,
                 "gcp.vertex.agent.llm_request":"{\"contents\":[]}",
                 "gcp.vertex.agent.llm_response":"{\"content\":{\"parts\":[]},\"usage_metadata\":{\"prompt_token_count\":1000,\"candidates_token_count\":200,\"thoughts_token_count\":80,\"cached_content_token_count\":50,\"total_token_count\":1280}}"}
                """),
            """
            GENERATION call_llm
            model gemini-2.5-pro
            usage input=950 output=200 total=1280 input_cached_tokens=50 output_reasoning_tokens=80
            in {"contents":[]}
            out {"content":{"parts":[]},"usage_metadata":{"prompt_token_count":1000,"candidates_token_count":200,"thoughts_token_count":80,"cached_content_token_count":50,"total_token_count":1280}}
            """),
        ("Google ADK, tool",
            SpanSample.Of("gcp.vertex.agent", "execute_tool weather", """
                {"gen_ai.operation.name":"execute_tool","gen_ai.tool.name":"weather","gcp.vertex.agent.llm_request":"{}","gcp.vertex.agent.llm_response":"{}",
                 "gcp.vertex.agent.tool_call_args":"{\"city\":\"Bern\"}","gcp.vertex.agent.tool_response":"{\"sky\":\"clear\"}"}
                """),
            """
            TOOL weather
            in {"city":"Bern"}
            out {"sky":"clear"}
            """),
    ];

    private static (string Name, SpanSample Span, string Expected)[] Frameworks =>
    [
        ("MLflow, chat model",
            SpanSample.Of("mlflow", "Completions", """
                {"mlflow.spanType":"\"CHAT_MODEL\"","mlflow.spanInputs":"{\"messages\":[]}","mlflow.spanOutputs":"{\"id\":\"x\"}",
                 "mlflow.chat.tokenUsage":"{\"input_tokens\":9,\"output_tokens\":4,\"total_tokens\":13}"}
                """),
            """
            GENERATION Completions
            usage input=9 output=4 total=13
            in {"messages":[]}
            out {"id":"x"}
            """),
        ("Logfire, prompt and messages",
            SpanSample.Of("logfire.openai", "Chat Completion", """
                {"logfire.msg":"Chat Completion with 'gpt-4o'","prompt":"Hi","all_messages_events":"[{\"role\":\"user\",\"content\":\"Hi\"}]"}
                """),
            """
            SPAN Chat Completion with 'gpt-4o'
            in "Hi"
            out [{"role":"user","content":"Hi"}]
            """),
        ("Logfire, one list of events",
            SpanSample.Of("logfire.openai", "Chat Completion", """
                {"gen_ai.request.model":"gpt-4o","events":"[{\"event.name\":\"gen_ai.user.message\",\"content\":\"Hi\"},{\"event.name\":\"gen_ai.choice\",\"message\":{\"content\":\"Hello\"}}]"}
                """),
            """
            GENERATION Chat Completion
            model gpt-4o
            in [{"event.name":"gen_ai.user.message","content":"Hi"}]
            out {"event.name":"gen_ai.choice","message":{"content":"Hello"}}
            """),
        ("pydantic-ai, request",
            SpanSample.Of("pydantic-ai", "chat claude-haiku-4-5", """
                {"gen_ai.operation.name":"chat","gen_ai.request.model":"claude-haiku-4-5","gen_ai.usage.input_tokens":120,"gen_ai.usage.output_tokens":30,
                 "gen_ai.usage.details.input_tokens":20,"gen_ai.usage.details.cache_read_input_tokens":100,"gen_ai.usage.details.reasoning_tokens":5}
                """),
            """
            GENERATION chat claude-haiku-4-5
            model claude-haiku-4-5
            usage input=20 output=25 input_cached_tokens=100 output_reasoning_tokens=5 total=150
            """),
        ("pydantic-ai, the agent around its requests",
            SpanSample.Of("pydantic-ai", "agent run", """
                {"agent_name":"clerk","model_name":"claude-haiku-4-5","logfire.msg":"clerk run","gen_ai.usage.input_tokens":500,
                 "gen_ai.system_instructions":"[{\"type\":\"text\",\"content\":\"Be kind\"}]",
                 "pydantic_ai.all_messages":"[{\"role\":\"user\",\"parts\":[]}]","final_result":"done"}
                """),
            """
            SPAN clerk run
            in [{"role":"system","content":[{"type":"text","content":"Be kind"}]},{"role":"user","parts":[]}]
            out "done"
            """),
        ("pydantic-ai, tool",
            SpanSample.Of("pydantic-ai", "running tool", """
                {"gen_ai.tool.name":"weather","gen_ai.tool.call.id":"c1","tool_arguments":"{\"city\":\"Bern\"}","tool_response":"clear"}
                """),
            """
            TOOL weather
            in {"city":"Bern"}
            out "clear"
            """),
        ("LiveKit, model",
            SpanSample.Of("livekit-agents", "llm_node", """{"lk.chat_ctx":"{\"items\":[]}","lk.response.text":"Hello","gen_ai.request.model":"gpt-4o"}"""),
            """
            GENERATION llm_node
            model gpt-4o
            in {"items":[]}
            out "Hello"
            """),
        ("LiveKit, turn of the agent",
            SpanSample.Of("livekit-agents", "agent_turn", """{"lk.user_input":"Hi","lk.response.text":"Hello"}"""),
            """
            AGENT agent_turn
            in "Hi"
            out "Hello"
            """),
        ("LiveKit, tool",
            SpanSample.Of("livekit-agents", "function_tool", """{"lk.function_tool.name":"weather","lk.function_tool.arguments":"{}","lk.function_tool.output":"clear"}"""),
            """
            TOOL function_tool
            in {}
            out "clear"
            """),
        ("LiveKit, plumbing",
            SpanSample.Of("livekit-agents", "eou_detection", """{"lk.eou.probability":0.7}"""),
            """
            SPAN eou_detection
            level DEBUG
            """),
        ("Flue, turn of a model",
            SpanSample.Of("@flue/opentelemetry", "chat claude", """
                {"gen_ai.operation.name":"chat","gen_ai.request.model":"claude","flue.turn.input":"{\"messages\":[]}","flue.turn.output":"{\"role\":\"assistant\"}"}
                """),
            """
            GENERATION chat claude
            model claude
            in {"messages":[]}
            out {"role":"assistant"}
            """),
        ("Flue, tool",
            SpanSample.Of("@flue/opentelemetry", "flue.tool weather", """{"flue.tool.name":"weather","flue.tool.call_id":"c","flue.tool.arguments":"{\"city\":\"Bern\"}","flue.tool.result":"{\"content\":[]}"}"""),
            """
            TOOL flue.tool weather
            in {"city":"Bern"}
            out {"content":[]}
            """),
        ("Flue, task",
            SpanSample.Of("@flue/opentelemetry", "flue.task writer", """{"flue.task.id":"t","flue.task.agent":"writer","flue.task.prompt":"Sum it up","flue.task.result":"Done"}"""),
            """
            AGENT flue.task writer
            in "Sum it up"
            out "Done"
            """),
        ("Flue, workflow",
            SpanSample.Of("@flue/opentelemetry", "flue.workflow report", """{"flue.workflow.name":"report","flue.workflow.payload":"{\"month\":3}","flue.workflow.result":"{\"pages\":2}"}"""),
            """
            SPAN flue.workflow report
            in {"month":3}
            out {"pages":2}
            """),
        ("Pipecat, plain input and output",
            SpanSample.Of("pipecat", "llm", """{"gen_ai.request.model":"gpt-4o","input":"[{\"role\":\"user\"}]","output":"Hello"}"""),
            """
            GENERATION llm
            model gpt-4o
            in [{"role":"user"}]
            out "Hello"
            """),
    ];
}
