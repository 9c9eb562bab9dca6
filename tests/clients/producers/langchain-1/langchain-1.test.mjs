// @langfuse/langchain 5.11.1 with langchain 1.5.14: a chain, a stream, an agent with a tool, a failure.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { CallbackHandler } from "@langfuse/langchain";
import { createAgent } from "langchain";
import { z } from "zod";
import { assertMatches, including } from "../../lib/compare.mjs";
import { startProvider } from "../../lib/provider/server.mjs";
import { unique } from "../../lib/server.mjs";
import { outline, partsOf, sessionStories, spent } from "../../lib/story.mjs";
import { connect, ENVIRONMENT, RELEASE, SERVICE_VERSION } from "../../lib/v5.mjs";

const SAID = "You said: Is it sunny in Oslo?";
const scope = "langfuse-sdk";
const prompt = ChatPromptTemplate.fromMessages([["system", "Be kind."], ["user", "Is it sunny in {city}?"]]);
const asked = [{ role: "system", content: "Be kind." }, { role: "user", content: "Is it sunny in Oslo?" }];

/** A message or prompt as LangChain serializes it. */
const serialized = (type, kwargs) => including({ lc: 1, type: "constructor", id: including({ 2: type }), kwargs: including(kwargs) });
const prompted = serialized("ChatPromptValue", {
  messages: [serialized("SystemMessage", { content: "Be kind." }), serialized("HumanMessage", { content: "Is it sunny in Oslo?" })],
});

describe("@langfuse/langchain 5.11.1 with langchain 1.5.14", () => {
  const { flush, shutdown } = connect();
  let provider;
  before(async () => { provider = await startProvider(); });
  after(() => Promise.all([shutdown(), provider.close()]));

  const chat = (options) =>
    new ChatOpenAI({ apiKey: "sk-stub", model: "gpt-4o", temperature: 0.2, maxRetries: 0, configuration: { baseURL: provider.baseURL }, ...options });

  /** Runs under a handler in a session of its own and reads the one trace of it. */
  async function traced(run) {
    const sessionId = unique("langchain");
    const handler = new CallbackHandler({ sessionId, userId: "u-3", tags: ["chain"], traceMetadata: { plan: "pro" } });
    await run({ callbacks: [handler], runName: "forecast", metadata: { attempt: 2 } });
    await flush();
    const [read, ...others] = await sessionStories(sessionId);
    assert.deepStrictEqual(others, []);
    const { children, input, output, ...head } = read;
    assertMatches(head, {
      name: "forecast", userId: "u-3", sessionId, tags: ["chain"], scope,
      release: RELEASE, version: SERVICE_VERSION, environment: ENVIRONMENT, metadata: including({ plan: "pro", attempt: 2 }),
    });
    assert.equal(children.length, 1);
    assertMatches({ input, output }, { input: children[0].input, output: children[0].output });
    return children[0];
  }

  const generation = (own) => ({
    type: "GENERATION",
    name: "ChatOpenAI",
    input: asked,
    output: { role: "assistant", content: SAID },
    modelParameters: { temperature: 0.2 },
    metadata: including({ tags: ["seq:step:2"], attempt: 2, ls_provider: "openai", ls_model_type: "chat" }),
    scope,
    ...spent("gpt-4o", { input: 200, output: 7, total: 207 }),
    ...own,
  });
  const formatted = { name: "ChatPromptTemplate", input: { city: "Oslo" }, output: prompted, metadata: { tags: ["seq:step:1"], attempt: 2 }, scope };

  test("a chain is a span with a span for each of its steps", async () => {
    const root = await traced((config) => prompt.pipe(chat()).pipe(new StringOutputParser()).invoke({ city: "Oslo" }, config));
    assertMatches(root, {
      name: "forecast",
      input: { city: "Oslo" },
      output: SAID,
      metadata: { attempt: 2 },
      scope,
      children: [
        formatted,
        generation(),
        { name: "StrOutputParser", input: serialized("AIMessage", { content: SAID }), output: SAID, metadata: { tags: ["seq:step:3"], attempt: 2 }, scope },
      ],
    });
  });

  test("a stream has its first token, its whole text and its usage", async () => {
    const root = await traced(async (config) => {
      const stream = await prompt.pipe(chat({ streaming: true })).stream({ city: "Oslo" }, config);
      for await (const chunk of stream) assert.ok(chunk);
    });
    assertMatches(root, {
      name: "forecast",
      input: { city: "Oslo" },
      output: serialized("AIMessageChunk", { content: SAID }),
      metadata: { attempt: 2 },
      scope,
      children: [formatted, generation({ firstToken: true })],
    });
  });

  test("an agent calls its tool between two generations", async () => {
    const weather = tool(({ city }) => `Sunny in ${city}`, { name: "weather", description: "Looks out", schema: z.object({ city: z.string() }) });
    const agent = createAgent({ model: chat(), tools: [weather], systemPrompt: "Be kind." });
    const root = await traced((config) => agent.invoke({ messages: [{ role: "user", content: "Is it sunny in Oslo?" }] }, config));

    assert.deepStrictEqual(outline(root), [
      "SPAN forecast",
      ["SPAN __start__"],
      ["SPAN model_request", ["GENERATION ChatOpenAI"], ["SPAN RunnableLambda"]],
      ["SPAN tools", ["TOOL weather"]],
      ["SPAN model_request", ["GENERATION ChatOpenAI"], ["SPAN RunnableLambda"]],
    ]);
    const call = { id: "call_0b22a1021c2ab92de22e3a25", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } };
    const node = (name) => including({ attempt: 2, langgraph_node: name });
    const turns = [{ role: "system", content: [{ type: "text", text: "Be kind." }] }, asked[1]];
    const tools = [including({ type: "function", function: including({ name: "weather", description: "Looks out" }) })];
    const [first, second] = partsOf(root, "GENERATION");
    assertMatches(first, generation({
      input: { messages: turns, tools },
      output: { role: "assistant", content: "", tool_calls: [call] },
      metadata: node("model_request"),
      ...spent("gpt-4o", { input: 210, output: 15, total: 225 }),
    }));
    assertMatches(second, generation({
      input: including({ messages: including({ 0: turns[0], 1: turns[1], 3: including({ role: "weather", content: "Sunny in Oslo" }) }), tools }),
      output: { role: "assistant", content: "The tool said: Sunny in Oslo" },
      metadata: node("model_request"),
      ...spent("gpt-4o", { input: 410, output: 6, total: 416 }),
    }));
    assertMatches(partsOf(root, "TOOL"), [
      { type: "TOOL", name: "weather", input: including({ city: "Oslo" }), output: serialized("ToolMessage", { content: "Sunny in Oslo" }), metadata: node("tools"), scope },
    ]);
  });

  test("a provider that fails makes the generation an error, and the chain around it", async () => {
    const root = await traced((config) =>
      assert.rejects(prompt.pipe(chat({ model: "status-500" })).invoke({ city: "Oslo" }, config), /The server had an error/));
    assert.deepStrictEqual(outline(root), ["SPAN forecast", ["SPAN ChatPromptTemplate"], ["GENERATION ChatOpenAI"]]);
    for (const failed of [root, root.children[1]]) {
      assert.equal(failed.level, "ERROR");
      assert.match(failed.statusMessage, /The server had an error/);
    }
    assert.equal(root.children[1].model, "status-500");
  });
});
