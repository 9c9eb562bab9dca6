// langfuse-langchain 3.39.2 with langchain 0.3.37: a chain, a stream, an agent with a tool, a failure.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { AgentExecutor, createToolCallingAgent } from "langchain/agents";
import { CallbackHandler } from "langfuse-langchain";
import { z } from "zod";
import { assertMatches, including } from "../../lib/compare.mjs";
import { startProvider } from "../../lib/provider/server.mjs";
import { baseUrl, publicKey, secretKey, unique } from "../../lib/server.mjs";
import { outline, partsOf, sessionStories, spent } from "../../lib/story.mjs";

const SAID = "You said: Is it sunny in Oslo?";
const prompt = ChatPromptTemplate.fromMessages([["system", "Be kind."], ["user", "Is it sunny in {city}?"]]);
const asked = [{ role: "system", content: "Be kind." }, { role: "user", content: "Is it sunny in Oslo?" }];
const prompted = including({ messages: including({ 0: including({ kwargs: including({ content: "Be kind." }) }) }) });

/** Token counts as LangChain details them: this handler takes the cached ones out of the input. */
const used = (input, output) => ({ input, output, total: input + 64 + output, input_cache_read: 64, input_audio: 0, output_audio: 0, output_reasoning: 0 });

describe("langfuse-langchain 3.39.2 with langchain 0.3.37", () => {
  let provider;
  before(async () => { provider = await startProvider(); });
  after(() => provider.close());

  const chat = (options) =>
    new ChatOpenAI({ apiKey: "sk-stub", model: "gpt-4o", temperature: 0.2, maxRetries: 0, configuration: { baseURL: provider.baseURL }, ...options });

  /** Runs under a handler in a session of its own and reads the one trace of it. */
  async function traced(run) {
    const sessionId = unique("langchain");
    const own = { release: "r-1", version: "v-1", environment: "clients-lc" };
    const handler = new CallbackHandler({ publicKey, secretKey, baseUrl, flushAt: 1000, sessionId, userId: "u-3", tags: ["chain"], metadata: { plan: "pro" }, ...own });
    await run({ callbacks: [handler], runName: "forecast", metadata: { attempt: 2 } });
    await handler.shutdownAsync();
    const [read, ...others] = await sessionStories(sessionId);
    assert.deepStrictEqual(others, []);
    const { children, input, output, ...head } = read;
    assertMatches(head, { name: "forecast", userId: "u-3", sessionId, tags: ["chain"], ...own, metadata: { plan: "pro", attempt: 2 } });
    assert.equal(children.length, 1);
    return { root: children[0], input, output };
  }

  const generation = (own) => ({
    type: "GENERATION",
    name: "ChatOpenAI",
    input: asked,
    output: { role: "assistant", content: SAID },
    modelParameters: { temperature: 0.2 },
    metadata: { tags: ["seq:step:2"], attempt: 2, ls_provider: "openai", ls_model_name: "gpt-4o", ls_model_type: "chat", ls_temperature: 0.2 },
    ...spent("gpt-4o", used(136, 7)),
    ...own,
  });
  const formatted = { name: "ChatPromptTemplate", input: { city: "Oslo" }, output: prompted, metadata: { tags: ["seq:step:1"], attempt: 2 } };

  test("a chain is a span with a span for each of its steps", async () => {
    const { root, input, output } = await traced((config) => prompt.pipe(chat()).pipe(new StringOutputParser()).invoke({ city: "Oslo" }, config));
    assert.deepStrictEqual([input, output], [{ city: "Oslo" }, SAID]);
    assertMatches(root, {
      name: "forecast",
      input: { city: "Oslo" },
      output: SAID,
      metadata: { attempt: 2 },
      children: [formatted, generation(), { name: "StrOutputParser", input: SAID, output: SAID, metadata: { tags: ["seq:step:3"], attempt: 2 } }],
    });
  });

  test("a stream has its first token, its whole text and its usage", async () => {
    const { root } = await traced(async (config) => {
      const stream = await prompt.pipe(chat({ streaming: true })).stream({ city: "Oslo" }, config);
      for await (const chunk of stream) assert.ok(chunk);
    });
    assertMatches(root, {
      name: "forecast",
      input: { city: "Oslo" },
      output: including({ content: SAID }),
      metadata: { attempt: 2 },
      children: [formatted, generation({ output: { content: SAID }, firstToken: true })],
    });
  });

  test("an agent calls its tool between two generations", async () => {
    const weather = tool(({ city }) => `Sunny in ${city}`, { name: "weather", description: "Looks out", schema: z.object({ city: z.string() }) });
    const turns = ChatPromptTemplate.fromMessages([["system", "Be kind."], ["user", "{input}"], ["placeholder", "{agent_scratchpad}"]]);
    const agent = createToolCallingAgent({ llm: chat(), tools: [weather], prompt: turns });
    const { root, input } = await traced((config) => new AgentExecutor({ agent, tools: [weather] }).invoke({ input: "Is it sunny in Oslo?" }, config));

    assert.deepStrictEqual(input, { input: "Is it sunny in Oslo?" });
    assert.deepStrictEqual(root.output.returnValues, { output: "The tool said: Sunny in Oslo" });
    const prepared = ["SPAN RunnableAssign", ["SPAN RunnableMap", ["SPAN RunnableLambda"]]];
    const step = ["SPAN ToolCallingAgent", prepared, ["SPAN ChatPromptTemplate"], ["GENERATION ChatOpenAI"], ["SPAN ToolCallingAgentOutputParser"]];
    assert.deepStrictEqual(outline(root), ["SPAN forecast", step, ["SPAN weather"], step]);
    const [first, second] = partsOf(root, "GENERATION");
    const call = including({ id: "call_6cbb07a3ca76092f9177382e", function: including({ name: "weather", arguments: '{"city":"Oslo"}' }) });
    const metadata = including({ attempt: 2, ls_model_name: "gpt-4o" });
    const streamed = { firstToken: true, metadata, input: including({}) };
    assertMatches(first, generation({ ...streamed, output: { content: "", additional_kwargs: { tool_calls: [call] } }, ...spent("gpt-4o", used(146, 15)) }));
    assertMatches(second, generation({ ...streamed, output: including({ content: "The tool said: Sunny in Oslo" }), ...spent("gpt-4o", used(346, 6)) }));
    const used1 = root.children[1];
    assertMatches(used1, { name: "weather", input: including({ city: "Oslo" }), output: "Sunny in Oslo", metadata: { attempt: 2 } });
  });

  test("a provider that fails makes the generation an error, and the chain around it", async () => {
    const { root, output } = await traced((config) =>
      assert.rejects(prompt.pipe(chat({ model: "status-500" })).invoke({ city: "Oslo" }, config), /The server had an error/));
    assert.deepStrictEqual(outline(root), ["SPAN forecast", ["SPAN ChatPromptTemplate"], ["GENERATION ChatOpenAI"]]);
    for (const failed of [root, root.children[1]]) {
      assert.equal(failed.level, "ERROR");
      assert.match(failed.statusMessage, /The server had an error/);
    }
    assert.match(output, /The server had an error/);
    assert.equal(root.children[1].model, "status-500");
  });
});
