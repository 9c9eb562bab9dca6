// @traceloop/node-server-sdk 0.27.0 around openai 6.49.0: workflows, tasks and calls of a model.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as traceloop from "@traceloop/node-server-sdk";
import { trace } from "@opentelemetry/api";
import OpenAI from "openai";
import { assertMatches, including } from "../../lib/compare.mjs";
import { startProvider } from "../../lib/provider/server.mjs";
import { authorization, baseUrl, unique } from "../../lib/server.mjs";
import { readStory, spent } from "../../lib/story.mjs";

const messages = [{ role: "system", content: "Be kind." }, { role: "user", content: "Is it sunny in Oslo?" }];
const parts = (content) => [{ type: "text", content }];
const input = messages.map(({ role, content }) => ({ role, parts: parts(content) }));
const says = (content) => [{ role: "assistant", finish_reason: "stop", parts: parts(content) }];
const asked = { args: [], kwargs: { q: 1 } };

describe("@traceloop/node-server-sdk 0.27.0", () => {
  let provider;
  let openai;
  before(async () => {
    traceloop.initialize({
      appName: "shop",
      baseUrl: `${baseUrl}/api/public/otel`,
      headers: { authorization },
      silenceInitializationMessage: true,
      traceloopSyncEnabled: false,
      instrumentModules: { openAI: OpenAI },
    });
    provider = await startProvider();
    openai = new OpenAI({ apiKey: "sk-stub", baseURL: provider.baseURL, maxRetries: 0 });
  });
  after(() => provider.close());

  /** Runs a workflow, flushes, and gives the story of its trace without its head. */
  async function workflow(run) {
    let id;
    const name = unique("workflow");
    await traceloop.withWorkflow({ name }, async () => {
      id = trace.getActiveSpan().spanContext().traceId;
      return run();
    }, { q: 1 });
    await traceloop.forceFlush();
    const { children: [root, ...others], ...head } = await readStory(id);
    assert.deepStrictEqual(others, []);
    assert.equal(head.name, `${name}.workflow`);
    assert.equal(root.name, `${name}.workflow`);
    assert.deepStrictEqual([head.input, root.input], [asked, asked]);
    assert.deepStrictEqual(head.output, root.output);
    return root;
  }

  const generation = (own) => ({
    type: "GENERATION", name: "chat gpt-4o", input, scope: "@traceloop/instrumentation-openai",
    attributes: including({ "gen_ai.provider.name": "openai", "gen_ai.operation.name": "chat" }), ...own,
  });

  test("a chat completion inside a workflow", async () => {
    const root = await workflow(() => openai.chat.completions.create({ model: "gpt-4o", messages, temperature: 0.2 }));
    assertMatches(root.children, [generation({
      output: says("You said: Is it sunny in Oslo?"),
      modelParameters: { temperature: 0.2 },
      ...spent("gpt-4o", { input: 200, output: 7, total: 207 }),
    })]);
    assert.equal(root.output.choices[0].message.content, "You said: Is it sunny in Oslo?");
  });

  test("a call of a tool inside a task inside a workflow", async () => {
    const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } } }];
    const root = await workflow(() =>
      traceloop.withTask({ name: "plan" }, () => openai.chat.completions.create({ model: "gpt-4o", messages, tools })));
    const [task] = root.children;
    assertMatches([task.name, task.children.length], ["plan.task", 1]);
    assertMatches(task.children, [generation({
      output: [{
        role: "assistant",
        finish_reason: "tool_call",
        parts: [{ type: "tool_call", id: "call_6cbb07a3ca76092f9177382e", name: "weather", arguments: { city: "Oslo" } }],
      }],
      ...spent("gpt-4o", { input: 210, output: 15, total: 225 }),
    })]);
  });

  test("a stream is one call with its whole text", async () => {
    const root = await workflow(async () => {
      for await (const chunk of await openai.chat.completions.create({ model: "house-model-1", messages, stream: true })) assert.ok(chunk);
    });
    const [{ usageDetails, ...call }] = root.children;
    assertMatches(call, generation({ name: "chat house-model-1", model: "house-model-1", output: says("You said: Is it sunny in Oslo?") }));
  });

  // This library never ends the span of a call that failed, so the workflow tells all there is.
  test("a workflow around a refused call arrives, with what it was asked", async () => {
    const root = await workflow(() => assert.rejects(openai.chat.completions.create({ model: "status-429", messages }), /Rate limit/));
    assertMatches([root.children, root.output], [undefined, undefined]);
  });
});
