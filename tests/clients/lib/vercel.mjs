// What the Vercel AI SDK writes, in the two generations that trace by themselves. They differ in the
// usage that they tell of a call.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertMatches, including } from "./compare.mjs";
import { connect, RESOURCE } from "./otel.mjs";
import { startProvider } from "./provider/server.mjs";
import { unique } from "./server.mjs";
import { sessionStories, spent } from "./story.mjs";

const system = "Be kind.";
const prompt = "Is it sunny in Oslo?";
const SAID = `You said: ${prompt}`;
const turns = [{ role: "system", content: system }, { role: "user", content: [{ type: "text", text: prompt }] }];
const place = { type: "object", properties: { city: { type: "string" } }, required: ["city"], additionalProperties: false };
const own = { metadata: { plan: "pro" }, scope: "ai", attributes: including({}) };

/**
 * @param ai the package
 * @param createOpenAI of its provider package
 * @param tells whether a call that is not streamed tells its cached and its reasoning tokens
 */
export function traces(title, { ai, createOpenAI, tells }) {
  describe(title, () => {
    const { flush, shutdown } = connect();
    let provider;
    let openai;
    before(async () => {
      provider = await startProvider();
      openai = createOpenAI({ apiKey: "sk-stub", baseURL: provider.baseURL });
    });
    after(() => Promise.all([shutdown(), provider.close()]));

    /** Lets `call` make one call in a session of its own, and compares its trace, whose root is an outer span around `children`. */
    async function observed(operation, call, { children, ...outer }, api = "responses") {
      const sessionId = unique("ai");
      await call({
        maxRetries: 0,
        experimental_telemetry: { isEnabled: true, functionId: "ask", metadata: { sessionId, userId: "u-5", tags: ["b", "a"], plan: "pro" } },
      });
      await flush();
      const served = { system: `openai.${api}`, maxRetries: "0", ...(api === "responses" && !outer.level ? { service_tier: "default" } : {}) };
      const name = `ask:ai.${operation}`;
      const { input, output } = outer;
      assertMatches(await sessionStories(sessionId), [{
        name,
        userId: "u-5",
        sessionId,
        tags: ["a", "b"],
        ...(input === undefined ? {} : { input }),
        ...(output === undefined ? {} : { output }),
        version: RESOURCE["service.version"],
        environment: RESOURCE["deployment.environment.name"],
        ...own,
        children: [{
          name,
          modelParameters: served,
          ...own,
          ...outer,
          children: children.map(({ modelParameters, ...part }) => ({
            ...own, ...part, ...(part.type === "TOOL" ? {} : { modelParameters: { ...served, ...modelParameters } }),
          })),
        }],
      }]);
    }

    const used = (model, input, output, { cached = 64, reasoning = 0 } = {}, told = tells) =>
      spent(model, told
        ? { input: input - cached, input_cached_tokens: cached, output: output - reasoning, output_reasoning_tokens: reasoning, total: input + output }
        : { input, output, total: input + output });
    const stopped = { finishReason: '["stop"]' };

    test("a text is one generation inside a span that counts nothing", () =>
      observed("generateText", (told) => ai.generateText({ model: openai("gpt-4o"), system, prompt, temperature: 0.2, ...told }), {
        input: { system, prompt },
        output: SAID,
        children: [{
          type: "GENERATION", name: "ask:ai.generateText.doGenerate", input: turns, output: SAID,
          modelParameters: { ...stopped, temperature: "0.2" }, ...used("gpt-4o", 200, 7),
        }],
      }));

    test("a text from the chat completions API", () =>
      observed("generateText", (told) => ai.generateText({ model: openai.chat("house-model-1"), system, prompt, ...told }), {
        input: { system, prompt },
        output: SAID,
        children: [{
          type: "GENERATION", name: "ask:ai.generateText.doGenerate", input: turns, output: SAID, model: "house-model-1", modelParameters: stopped,
          usageDetails: including(tells ? { input: 136, input_cached_tokens: 64, output: 7, total: 207 } : { input: 200, output: 7, total: 207 }),
        }],
      }, "chat"));

    test("a model that thinks is paid for its thoughts", () =>
      observed("generateText", (told) => ai.generateText({ model: openai("o3-mini"), system, prompt, ...told }), {
        input: { system, prompt },
        output: SAID,
        children: [{
          type: "GENERATION", name: "ask:ai.generateText.doGenerate", input: turns, output: SAID,
          modelParameters: stopped, ...used("o3-mini", 200, 71, { reasoning: 64 }),
        }],
      }));

    test("a stream has its first token, and tells its cached tokens", () =>
      observed("streamText", async (told) => {
        for await (const piece of ai.streamText({ model: openai("gpt-4o"), system, prompt, ...told }).textStream) assert.ok(piece);
      }, {
        input: { system, prompt },
        output: SAID,
        children: [{
          type: "GENERATION", name: "ask:ai.streamText.doStream", input: turns, output: SAID, firstToken: true,
          modelParameters: stopped, ...used("gpt-4o", 200, 7, {}, true),
        }],
      }));

    test("a tool is called between two generations", async () => {
      const weather = ai.tool({ description: "Looks out", inputSchema: ai.jsonSchema(place), execute: ({ city }) => ({ sky: "clear", city }) });
      const ask = (told) => ai.generateText({ model: openai("gpt-4o"), system, prompt, tools: { weather }, stopWhen: ai.stepCountIs(3), ...told });
      const called = { toolCallId: "call_e71a4cc75798ceab370ed8d1", toolName: "weather" };
      const output = 'The tool said: {"sky":"clear","city":"Oslo"}';
      const step = { type: "GENERATION", name: "ask:ai.generateText.doGenerate" };
      await observed("generateText", ask, {
        input: { system, prompt },
        output,
        children: [
          {
            ...step, input: turns, output: [{ ...called, input: '{"city":"Oslo"}' }], ...used("gpt-4o", 210, 15),
            modelParameters: { toolChoice: '{"type":"auto"}', finishReason: '["tool-calls"]' },
          },
          { type: "TOOL", name: "weather", input: { city: "Oslo" }, output: { sky: "clear", city: "Oslo" } },
          {
            ...step, output, ...used("gpt-4o", 310, 4),
            input: [
              ...turns,
              { role: "assistant", content: [including({ type: "tool-call", ...called, input: { city: "Oslo" } })] },
              { role: "tool", content: [including({ type: "tool-result", ...called, output: { type: "json", value: { sky: "clear", city: "Oslo" } } })] },
            ],
            modelParameters: { toolChoice: '{"type":"auto"}', ...stopped },
          },
        ],
      });
    });

    test("an object is read as an object", () =>
      observed("generateObject", (told) => ai.generateObject({ model: openai("gpt-4o"), system, prompt, schema: ai.jsonSchema(place), ...told }), {
        input: { system, prompt },
        output: { city: "Oslo" },
        children: [{
          type: "GENERATION", name: "ask:ai.generateObject.doGenerate", input: turns, output: { city: "Oslo" },
          modelParameters: stopped, ...used("gpt-4o", 200, 1, {}, false),
        }],
      }));

    test("an embedding is paid once", () =>
      observed("embed", (told) => ai.embed({ model: openai.textEmbeddingModel("text-embedding-3-small"), value: "hello", ...told }), {
        input: "hello",
        children: [{ type: "EMBEDDING", name: "ask:ai.embed.doEmbed", input: including({}), ...spent("text-embedding-3-small", { total: 10 }) }],
      }, "embedding"));

    test("a provider that refuses makes both spans errors", () =>
      observed("generateText", (told) => assert.rejects(ai.generateText({ model: openai("status-429"), prompt, ...told }), /Rate limit/), {
        input: { prompt },
        level: "ERROR",
        statusMessage: "Rate limit reached for this model.",
        children: [{
          type: "GENERATION", name: "ask:ai.generateText.doGenerate", input: turns.slice(1), model: "status-429",
          level: "ERROR", statusMessage: "Rate limit reached for this model.",
        }],
      }));
  });
}
