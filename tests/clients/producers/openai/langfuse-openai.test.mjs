// @langfuse/openai 5.11.1 around openai 6.49.0: chat completions, responses and embeddings.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import OpenAI from "openai";
import { observeOpenAI } from "@langfuse/openai";
import { startActiveObservation } from "@langfuse/tracing";
import { assertMatches } from "../../lib/compare.mjs";
import { startProvider } from "../../lib/provider/server.mjs";
import { unique } from "../../lib/server.mjs";
import { readStory, sessionStories, spent } from "../../lib/story.mjs";
import { connect, ENVIRONMENT, RELEASE, SERVICE_VERSION } from "../../lib/v5.mjs";

const messages = [{ role: "system", content: "Be kind." }, { role: "user", content: "Is it sunny in Oslo?" }];
const parameters = { type: "object", properties: { city: { type: "string" } } };
const tools = [{ type: "function", function: { name: "weather", parameters } }];
const said = "You said: Is it sunny in Oslo?";
const message = { role: "assistant", refusal: null, annotations: [] };

/** What this wrapper makes of the usage of a chat completion that thinks and hears nothing. */
const chatUsage = (input, output) => ({
  input,
  output,
  total: input + 64 + output,
  input_cached_tokens: 64,
  input_audio_tokens: 0,
  output_reasoning_tokens: 0,
  output_audio_tokens: 0,
  output_accepted_prediction_tokens: 0,
  output_rejected_prediction_tokens: 0,
});

describe("@langfuse/openai 5.11.1 with openai 6.49.0", () => {
  const { flush, shutdown } = connect();
  let provider;
  before(async () => { provider = await startProvider(); });
  after(() => Promise.all([shutdown(), provider.close()]));

  /** Lets `call` make one call in a session of its own, and compares what is read back. */
  async function observed(call, generation, fails) {
    const sessionId = unique("openai");
    const base = new OpenAI({ apiKey: "sk-stub", baseURL: provider.baseURL, maxRetries: 0 });
    const calling = call(observeOpenAI(base, {
      generationName: "ask", traceName: "question", userId: "u-7", sessionId, tags: ["eu", "beta"], generationMetadata: { plan: "pro" },
    }));
    await (fails ? assert.rejects(calling, fails) : calling);
    await flush();
    const { input, output, metadata = { plan: "pro" } } = generation;
    const read = await sessionStories(sessionId);
    assertMatches(read, [{
      name: "question",
      userId: "u-7",
      sessionId,
      tags: ["beta", "eu"],
      input,
      ...(output === undefined ? {} : { output }),
      release: RELEASE,
      version: SERVICE_VERSION,
      environment: ENVIRONMENT,
      metadata,
      scope: "langfuse-sdk",
      children: [{ type: "GENERATION", name: "ask", scope: "langfuse-sdk", ...generation, metadata }],
    }]);
  }

  const drain = async (stream) => { for await (const chunk of await stream) assert.ok(chunk); };

  test("a chat completion, with its cached tokens at their own price", () =>
    observed((openai) => openai.chat.completions.create({ model: "gpt-4o", messages, temperature: 0.2 }), {
      input: { messages },
      output: { ...message, content: said },
      modelParameters: { temperature: 0.2, response_format: "" },
      ...spent("gpt-4o", chatUsage(136, 7)),
    }));

  test("a stream that tells its usage", () =>
    observed((openai) => drain(openai.chat.completions.create({ model: "gpt-4o", messages, stream: true, stream_options: { include_usage: true } })), {
      input: { messages },
      output: said,
      modelParameters: { stream: "true", response_format: "" },
      firstToken: true,
      ...spent("gpt-4o", chatUsage(136, 7)),
    }));

  test("a stream that tells no usage, of a model that nobody prices", () =>
    observed((openai) => drain(openai.chat.completions.create({ model: "house-model-1", messages, stream: true })), {
      input: { messages },
      output: said,
      model: "house-model-1",
      modelParameters: { stream: "true", response_format: "" },
      firstToken: true,
    }));

  const call = { id: "call_6cbb07a3ca76092f9177382e", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } };
  test("a call of a tool", () =>
    observed((openai) => openai.chat.completions.create({ model: "gpt-4o", messages, tools }), {
      input: { messages, tools },
      output: { ...message, content: null, tool_calls: [call] },
      modelParameters: { response_format: "" },
      ...spent("gpt-4o", chatUsage(146, 15)),
    }));

  test("a call of a tool, piece by piece", () =>
    observed((openai) => drain(openai.chat.completions.create({ model: "gpt-4o", messages, tools, stream: true, stream_options: { include_usage: true } })), {
      input: { messages, tools },
      output: { tool_calls: [{ function: call.function }] },
      modelParameters: { stream: "true", response_format: "" },
      firstToken: true,
      ...spent("gpt-4o", chatUsage(146, 15)),
    }));

  test("an answer in the form of a schema", () => {
    const response_format = { type: "json_schema", json_schema: { name: "place", schema: parameters } };
    return observed((openai) => openai.chat.completions.parse({ model: "gpt-4o", messages, response_format }), {
      input: { messages },
      output: { ...message, content: '{"city":"Oslo"}', parsed: { city: "Oslo" } },
      modelParameters: { response_format: "" },
      metadata: { plan: "pro", response_format },
      ...spent("gpt-4o", chatUsage(136, 1)),
    });
  });

  const responded = { parallel_tool_calls: "true", store: "true", temperature: 1, tool_choice: "auto", top_p: 1, truncation: "disabled" };
  const describedAs = (own) => ({ plan: "pro", reasoning: { effort: null, summary: null }, tools: [], metadata: {}, status: "completed", ...own });

  test("a response of a model that thinks", () =>
    observed((openai) => openai.responses.create({ model: "o3-mini", instructions: "Be kind.", input: "Sunny in Oslo?" }), {
      input: "Sunny in Oslo?",
      output: "You said: Sunny in Oslo?",
      modelParameters: responded,
      metadata: describedAs({ instructions: "Be kind." }),
      ...spent("o3-mini", { input: 136, input_cached_tokens: 64, output: 5, output_reasoning_tokens: 64, total: 269 }),
    }));

  test("a response that is streamed", () =>
    observed((openai) => drain(openai.responses.create({ model: "gpt-4o", input: "Sunny in Oslo?", stream: true })), {
      input: "Sunny in Oslo?",
      output: {
        id: "msg_c0416a08152f7cdf5da462b8",
        type: "message",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", text: "You said: Sunny in Oslo?", annotations: [], logprobs: [] }],
      },
      modelParameters: responded,
      metadata: describedAs(),
      firstToken: true,
      ...spent("gpt-4o", { input: 100, input_cached_tokens: 0, output: 5, output_reasoning_tokens: 0, total: 105 }),
    }));

  test("a response that calls a tool", () => {
    const tool = { type: "function", name: "weather", parameters };
    return observed((openai) => openai.responses.create({ model: "gpt-4o", input: "Sunny in Oslo?", tools: [tool] }), {
      input: "Sunny in Oslo?",
      output: {
        id: "fc_c0416a08152f7cdf5da462b8",
        type: "function_call",
        status: "completed",
        call_id: "call_c0416a08152f7cdf5da462b8",
        name: "weather",
        arguments: '{"city":"Oslo"}',
      },
      modelParameters: responded,
      metadata: describedAs({ tools: [tool] }),
      ...spent("gpt-4o", { input: 110, input_cached_tokens: 0, output: 15, output_reasoning_tokens: 0, total: 125 }),
    });
  });

  for (const [status, reason] of [[401, "Incorrect API key provided."], [429, "Rate limit reached for this model."], [500, "The server had an error."]]) {
    test(`a refusal with ${status} is an error with its message and costs nothing`, () =>
      observed((openai) => openai.chat.completions.create({ model: `status-${status}`, messages }), {
        input: { messages },
        model: `status-${status}`,
        modelParameters: { response_format: "" },
        level: "ERROR",
        statusMessage: `Error: ${status} ${reason}`,
        costDetails: { input: 0, output: 0, total: 0 },
      }, new RegExp(reason)));
  }

  test("calls inside an observation are its children", async () => {
    const openai = observeOpenAI(new OpenAI({ apiKey: "sk-stub", baseURL: provider.baseURL, maxRetries: 0 }), { generationName: "ask" });
    const traceId = await startActiveObservation("agent", async (agent) => {
      await openai.chat.completions.create({ model: "gpt-4o", messages });
      await openai.chat.completions.create({ model: "gpt-4o", messages: messages.slice(1) });
      return agent.traceId;
    }, { asType: "agent" });
    await flush();

    const { children } = await readStory(traceId);
    assertMatches(
      children.map((agent) => [agent.type, agent.children.map((g) => [g.type, g.name, g.input, g.usageDetails.input])]),
      [["AGENT", [["GENERATION", "ask", { messages }, 136], ["GENERATION", "ask", { messages: messages.slice(1) }, 100]]]],
    );
  });
});
