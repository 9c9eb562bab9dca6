namespace Actors.Web.Tests;

internal static partial class Instrumentations
{
    private static (string Name, SpanSample Span, string Expected)[] Vercel =>
    [
        ("Vercel AI 5, a step that calls a tool",
            SpanSample.Of("ai", "ai.generateText.doGenerate", """
                {"operation.name":"ai.generateText.doGenerate support","ai.operationId":"ai.generateText.doGenerate","ai.telemetry.functionId":"support",
                 "ai.model.id":"gpt-5-mini","ai.model.provider":"openai.responses","ai.settings.maxRetries":2,"gen_ai.system":"openai.responses",
                 "gen_ai.request.model":"gpt-5-mini","gen_ai.request.temperature":0.3,"gen_ai.request.max_tokens":500,
                 "gen_ai.response.finish_reasons":["tool-calls"],"gen_ai.response.model":"gpt-5-mini-2025-08-07",
                 "ai.prompt.messages":"[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Weather?\"}]}]",
                 "ai.prompt.toolChoice":"{\"type\":\"auto\"}","ai.response.text":"",
                 "ai.response.toolCalls":"[{\"toolName\":\"weather\",\"input\":\"{}\"}]",
                 "gen_ai.usage.input_tokens":200,"gen_ai.usage.output_tokens":80,"ai.usage.inputTokens":200,"ai.usage.outputTokens":80,
                 "ai.usage.totalTokens":280,"ai.usage.cachedInputTokens":128,"ai.usage.reasoningTokens":64,
                 "ai.response.providerMetadata":"{\"openai\":{\"cachedPromptTokens\":128,\"reasoningTokens\":64,\"acceptedPredictionTokens\":3,\"serviceTier\":\"priority\"}}",
                 "ai.telemetry.metadata.langfusePrompt":"{\"name\":\"support\",\"version\":7}","ai.response.msToFirstChunk":12.2}
                """),
            """
            GENERATION support:ai.generateText.doGenerate
            model gpt-5-mini-2025-08-07
            parameters {"toolChoice":"{\"type\":\"auto\"}","maxTokens":"500","finishReason":"[\"tool-calls\"]","system":"openai.responses","maxRetries":"2","temperature":"0.3","service_tier":"priority"}
            usage input=72 output=16 total=280 input_cached_tokens=128 output_reasoning_tokens=64 accepted_prediction_tokens=3
            prompt support 7
            first token 13 ms
            in [{"role":"user","content":[{"type":"text","text":"Weather?"}]}]
            out {"role":"assistant","content":"","tool_calls":[{"toolName":"weather","input":"{}"}]}
            """),
        ("Vercel AI 5, the call around the steps",
            SpanSample.Of("ai", "ai.generateText", """
                {"operation.name":"ai.generateText","ai.operationId":"ai.generateText","ai.model.id":"gpt-5-mini","ai.prompt":"{\"prompt\":\"Weather?\"}",
                 "ai.response.text":"Sunny","ai.usage.inputTokens":200,"ai.usage.outputTokens":80,"ai.usage.totalTokens":280,
                 "ai.usage.cachedInputTokens":128,"ai.usage.reasoningTokens":64,
                 "ai.response.providerMetadata":"{\"openai\":{\"cachedPromptTokens\":128}}"}
                """),
            """
            SPAN ai.generateText
            in {"prompt":"Weather?"}
            out "Sunny"
            """),
        ("Vercel AI 4, Anthropic with its cache",
            SpanSample.Of("ai", "ai.streamText.doStream", """
                {"operation.name":"ai.streamText.doStream","ai.model.id":"claude-sonnet-4-5","ai.prompt.messages":"[]","ai.response.text":"Hi",
                 "gen_ai.usage.prompt_tokens":19000,"gen_ai.usage.completion_tokens":445,
                 "ai.response.providerMetadata":"{\"anthropic\":{\"usage\":{\"input_tokens\":7,\"cache_creation_input_tokens\":2089,\"cache_read_input_tokens\":16399,\"cache_creation\":{\"ephemeral_5m_input_tokens\":89,\"ephemeral_1h_input_tokens\":2000},\"service_tier\":\"standard\"}}}",
                 "ai.stream.msToFirstChunk":100}
                """),
            """
            GENERATION ai.streamText.doStream
            model claude-sonnet-4-5
            parameters {"service_tier":"standard"}
            usage input=512 output=445 input_cached_tokens=16399 input_cache_creation=0 input_cache_creation_5m=89 input_cache_creation_1h=2000 total=19445
            first token 100 ms
            in []
            out "Hi"
            """),
        ("Vercel AI 4, Bedrock with its cache",
            SpanSample.Of("ai", "ai.generateText.doGenerate", """
                {"ai.operationId":"ai.generateText.doGenerate","ai.model.id":"anthropic.claude","ai.response.text":"Hi",
                 "gen_ai.usage.input_tokens":5000,"gen_ai.usage.output_tokens":5,
                 "ai.response.providerMetadata":"{\"bedrock\":{\"usage\":{\"cacheReadInputTokens\":4482,\"cacheWriteInputTokens\":10}}}"}
                """),
            """
            GENERATION ai.generateText.doGenerate
            model anthropic.claude
            usage input=508 output=5 input_cache_read=4482 input_cache_write=10 total=5005
            out "Hi"
            """),
        ("Vercel AI 5, tool",
            SpanSample.Of("ai", "ai.toolCall", """
                {"operation.name":"ai.toolCall","ai.operationId":"ai.toolCall","ai.toolCall.name":"weather","ai.toolCall.id":"c1",
                 "ai.toolCall.args":"{\"city\":\"Bern\"}","ai.toolCall.result":"{\"sky\":\"clear\"}"}
                """),
            """
            TOOL weather
            in {"city":"Bern"}
            out {"sky":"clear"}
            """),
        ("Vercel AI 5, embedding",
            SpanSample.Of("ai", "ai.embed.doEmbed", """
                {"operation.name":"ai.embed.doEmbed","ai.operationId":"ai.embed.doEmbed","ai.model.id":"text-embedding-3-small","ai.values":["\"sunny\""],"ai.usage.tokens":4}
                """),
            """
            EMBEDDING ai.embed.doEmbed
            model text-embedding-3-small
            usage total=4
            in ["\"sunny\""]
            """),
        ("Vercel AI 3, an object",
            SpanSample.Of("ai", "ai.generateObject.doGenerate", """
                {"operation.name":"ai.generateObject.doGenerate","ai.model.id":"gpt-4o","ai.settings.mode":"json","ai.result.object":"{\"ok\":true}","gen_ai.finishReason":"stop"}
                """),
            """
            GENERATION ai.generateObject.doGenerate
            model gpt-4o
            parameters {"finishReason":"stop","mode":"json"}
            out {"ok":true}
            """),
    ];

    private static (string Name, SpanSample Span, string Expected)[] OpenInference =>
    [
        ("OpenInference, LLM",
            SpanSample.Of("@arizeai/openinference-instrumentation-openai", "OpenAI Chat Completions", """
                {"openinference.span.kind":"LLM","llm.system":"openai","llm.model_name":"gpt-4o-2024-08-06",
                 "llm.invocation_parameters":"{\"model\":\"gpt-4o\",\"temperature\":0,\"stream\":false}",
                 "llm.input_messages.0.message.role":"user","llm.input_messages.0.message.content":"Hi",
                 "llm.output_messages.0.message.role":"assistant","llm.output_messages.0.message.content":"Hello",
                 "llm.token_count.prompt":50,"llm.token_count.completion":30,"llm.token_count.total":80,
                 "llm.token_count.prompt_details.cache_read":20,"llm.token_count.prompt_details.cache_write":5,
                 "llm.token_count.prompt_details.audio":4,"llm.token_count.completion_details.reasoning":10,"llm.token_count.completion_details.audio":6,
                 "llm.cost.total":0.012}
                """),
            """
            GENERATION OpenAI Chat Completions
            model gpt-4o-2024-08-06
            parameters {"model":"gpt-4o","temperature":0,"stream":"false"}
            usage input=21 output=14 total=80 input_cached_tokens=20 input_cache_creation=5 input_audio_tokens=4 output_reasoning_tokens=10 output_audio_tokens=6
            cost total=0.012
            in [{"message":{"role":"user","content":"Hi"}}]
            out [{"message":{"role":"assistant","content":"Hello"}}]
            """),
        ("OpenInference, the agent that sums its calls up (smolagents)",
            SpanSample.Of("openinference.instrumentation.smolagents", "CodeAgent.run", """
                {"openinference.span.kind":"AGENT","input.value":"{\"task\":\"add\"}","output.value":"5","llm.token_count.prompt":900,"llm.token_count.completion":90}
                """),
            """
            AGENT CodeAgent.run
            in {"task":"add"}
            out 5
            """),
        ("OpenInference, embedding",
            SpanSample.Of("@arizeai/openinference-instrumentation-openai", "OpenAI Embeddings", """
                {"openinference.span.kind":"EMBEDDING","embedding.model_name":"text-embedding-3-small","input.value":"hello","input.mime_type":"text/plain"}
                """),
            """
            EMBEDDING OpenAI Embeddings
            model text-embedding-3-small
            in "hello"
            """),
        ("OpenInference, retriever",
            SpanSample.Of("openinference.instrumentation.llama_index", "retrieve", """
                {"openinference.span.kind":"RETRIEVER","input.value":"refunds","retrieval.documents.0.document.content":"14 days"}
                """),
            """
            RETRIEVER retrieve
            in "refunds"
            """),
    ];
}
