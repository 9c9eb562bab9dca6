// One program, traced by whichever telemetry integration is registered: what ai 7 writes are the agents,
// steps and calls of OpenTelemetry's gen_ai conventions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createOpenAI } from "@ai-sdk/openai";
import { trace } from "@opentelemetry/api";
import { embed, generateText, jsonSchema, registerTelemetry, stepCountIs, streamText, tool } from "ai";
import { assertMatches, including } from "../../lib/compare.mjs";
import { readStory, spent } from "../../lib/story.mjs";

const instructions = "Be kind.";
const prompt = "Is it sunny in Oslo?";
const system = { role: "system", content: [{ type: "text", content: instructions }] };
const user = { role: "user", parts: [{ type: "text", content: prompt }] };
const says = (content) => [{ role: "assistant", parts: [{ type: "text", content }], finish_reason: "stop" }];
const SAID = `You said: ${prompt}`;
const used = (input, output) => spent("gpt-4o", { input, input_cached_tokens: 64, output, total: input + 64 + output });

/** Registers the tests. `around` runs a call as the integration wants it; `head` is what the trace then says of itself. */
export function conversation({ integration, provider, flush, around, head }) {
  registerTelemetry(integration);
  const openai = () => createOpenAI({ apiKey: "sk-stub", baseURL: provider().baseURL });
  const part = { scope: "gen_ai", attributes: including({}) };
  const told = { maxRetries: 0, telemetry: { functionId: "ask" } };

  /** Runs a call inside a span of the application, whose only child is compared. */
  async function observed(call, expected) {
    let id;
    await around(async () => {
      await trace.getTracer("langfuse-sdk").startActiveSpan("turn", async (span) => {
        id = span.spanContext().traceId;
        await call();
        span.end();
      });
    });
    await flush();
    const { children, ...read } = await readStory(id);
    assertMatches(read, { name: "turn", scope: "langfuse-sdk", ...head() });
    assertMatches(children.map(({ name, children: [child] }) => ({ name, child })), [{ name: "turn", child: expected }]);
  }

  const agent = (own_, children) => ({ type: "AGENT", name: "invoke_agent gpt-4o", input: [system, user], ...part, ...own_, children });
  const step = (number, ...children) => ({ name: `step ${number}`, ...part, children });
  const generation = (own_) => ({ type: "GENERATION", name: "chat gpt-4o", input: [system, user], output: says(SAID), ...part, ...used(136, 7), ...own_ });

  test("a text is an agent with one step and one call, which alone is paid", () =>
    observed(() => generateText({ model: openai()("gpt-4o"), instructions, prompt, temperature: 0.2, ...told }),
      agent({ output: says(SAID), modelParameters: { temperature: 0.2 } }, [step(1, generation({ modelParameters: { temperature: 0.2 } }))])));

  test("a stream tells what a whole answer tells", () =>
    observed(async () => {
      for await (const piece of streamText({ model: openai()("gpt-4o"), instructions, prompt, ...told }).textStream) assert.ok(piece);
    }, agent({ output: says(SAID) }, [step(1, generation({}))])));

  test("a tool is called between two steps", () => {
    const schema = jsonSchema({ type: "object", properties: { city: { type: "string" } } });
    const weather = tool({ description: "Looks out", inputSchema: schema, execute: ({ city }) => ({ sky: "clear", city }) });
    const call = { type: "tool_call", id: "call_e71a4cc75798ceab370ed8d1", name: "weather", arguments: { city: "Oslo" } };
    const result = { type: "tool_call_response", id: call.id, response: { sky: "clear", city: "Oslo" } };
    const answer = 'The tool said: {"sky":"clear","city":"Oslo"}';
    return observed(() => generateText({ model: openai()("gpt-4o"), instructions, prompt, tools: { weather }, stopWhen: stepCountIs(3), ...told }),
      agent({ output: [{ role: "assistant", parts: [{ type: "text", content: answer }, call, result], finish_reason: "stop" }] }, [
        step(1,
          generation({ output: [{ role: "assistant", parts: [call], finish_reason: "tool_call" }], ...used(146, 15) }),
          { type: "TOOL", name: "weather", input: { city: "Oslo" }, output: { sky: "clear", city: "Oslo" }, ...part },
        ),
        step(2, generation({
          input: [system, user, { role: "assistant", parts: [call] }, { role: "tool", parts: [result] }],
          output: says(answer),
          ...used(246, 4),
        })),
      ]));
  });

  test("an embedding is paid once", () => {
    const embedding = { type: "EMBEDDING", name: "embeddings text-embedding-3-small", ...part };
    return observed(() => embed({ model: openai().embedding("text-embedding-3-small"), value: "hello", ...told }), {
      ...embedding, model: "text-embedding-3-small",
      children: [{ ...embedding, ...spent("text-embedding-3-small", { input: 10, total: 10 }) }],
    });
  });

  test("a provider that refuses makes agent, step and call errors", () => {
    const failed = { level: "ERROR", statusMessage: "Rate limit reached for this model." };
    return observed(() => assert.rejects(generateText({ model: openai()("status-429"), prompt, ...told }), /Rate limit/),
      agent({ name: "invoke_agent status-429", input: [user], ...failed }, [{
        ...step(1, { type: "GENERATION", name: "chat status-429", model: "status-429", input: [user], ...part, ...failed }), ...failed,
      }]));
  });
}
