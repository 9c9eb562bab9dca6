// @arizeai/openinference-instrumentation-openai 4.2.7 around openai 6.49.0, over OTLP/HTTP protobuf.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OpenAIInstrumentation } from "@arizeai/openinference-instrumentation-openai";
import { trace } from "@opentelemetry/api";
import OpenAI from "openai";
import { assertMatches, including } from "../../lib/compare.mjs";
import { connect, RESOURCE } from "../../lib/otel.mjs";
import { startProvider } from "../../lib/provider/server.mjs";
import { readStory, spent } from "../../lib/story.mjs";

const messages = [{ role: "system", content: "Be kind." }, { role: "user", content: "Is it sunny in Oslo?" }];
const parameters = { type: "object", properties: { city: { type: "string" } } };
const SAID = "You said: Is it sunny in Oslo?";
const part = { scope: "@arizeai/openinference-instrumentation-openai", attributes: including({ "llm.system": "openai" }) };

describe("@arizeai/openinference-instrumentation-openai 4.2.7", () => {
  const { flush, shutdown, provider: tracing } = connect();
  const instrumentation = new OpenAIInstrumentation();
  instrumentation.setTracerProvider(tracing);
  instrumentation.manuallyInstrument(OpenAI);
  let provider;
  let openai;
  before(async () => {
    provider = await startProvider();
    openai = new OpenAI({ apiKey: "sk-stub", baseURL: provider.baseURL, maxRetries: 0 });
  });
  after(() => Promise.all([shutdown(), provider.close()]));

  /** Makes one call inside a span of an application, and compares the one observation it left. */
  async function observed(call, expected) {
    let id;
    await trace.getTracer("shop").startActiveSpan("turn", async (span) => {
      id = span.spanContext().traceId;
      await call();
      span.end();
    });
    await flush();
    assertMatches(await readStory(id), {
      name: "turn", scope: "shop", version: RESOURCE["service.version"], environment: RESOURCE["deployment.environment.name"],
      children: [{ name: "turn", scope: "shop", children: [{ ...part, ...expected }] }],
    });
  }

  const generation = (request, own) => ({ type: "GENERATION", name: "OpenAI Chat Completions", input: request, modelParameters: including({}), ...own });
  const used = (input, output) =>
    ({ ...spent("gpt-4o", { input, input_cached_tokens: 64, output, total: input + 64 + output }), usageDetails: including({ input, input_cached_tokens: 64, output, total: input + 64 + output }) });

  test("a chat completion, with its cached tokens at their own price", () => {
    const request = { model: "gpt-4o", messages, temperature: 0.2 };
    return observed(() => openai.chat.completions.create(request), generation(request, {
      output: including({ choices: [including({ message: including({ content: SAID }) })] }),
      modelParameters: including({ temperature: 0.2 }),
      ...used(136, 7),
    }));
  });

  test("a call of a tool", () => {
    const request = { model: "gpt-4o", messages, tools: [{ type: "function", function: { name: "weather", parameters } }] };
    const call = including({ function: { name: "weather", arguments: '{"city":"Oslo"}' } });
    return observed(() => openai.chat.completions.create(request), generation(request, {
      output: including({ choices: [including({ message: including({ tool_calls: [call] }) })] }),
      ...used(146, 15),
    }));
  });

  // This library drops the usage that a stream tells.
  test("a stream is one call with its whole text", () => {
    const request = { model: "house-model-1", messages, stream: true, stream_options: { include_usage: true } };
    return observed(async () => {
      for await (const chunk of await openai.chat.completions.create(request)) assert.ok(chunk);
    }, generation(request, { output: SAID, model: "house-model-1" }));
  });

  test("a response of a model that thinks", () => {
    const request = { model: "o3-mini", instructions: "Be kind.", input: "Sunny in Oslo?" };
    const usage = { input: 136, input_cached_tokens: 64, output: 5, output_reasoning_tokens: 64, total: 269 };
    return observed(() => openai.responses.create(request), generation(request, {
      name: "OpenAI Responses",
      output: including({ status: "completed", model: "o3-mini" }),
      ...spent("o3-mini", usage),
    }));
  });

  // It says no usage, so the text is counted: one token of 0.02 dollars per million.
  test("an embedding has its model", () =>
    observed(() => openai.embeddings.create({ model: "text-embedding-3-small", input: "hello" }), {
      type: "EMBEDDING", name: "OpenAI Embeddings", input: "hello", model: "text-embedding-3-small",
      usageDetails: { input: 1, total: 1 }, costDetails: { total: 2e-8 },
    }));
});
