// langfuse 3.39.2 beyond tracing: prompts and their cache, datasets and runs.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { assertMatches, including } from "./lib/compare.mjs";
import { newId, unique } from "./lib/server.mjs";
import { connect } from "./lib/v3.mjs";

describe("langfuse 3.39.2 platform", () => {
  const { client } = connect();
  after(() => client.shutdownAsync());

  test("a prompt is created, fetched by label and version, compiled, and moved", async () => {
    const name = unique("prompt");
    await client.createPrompt({ name, prompt: "Hello {{who}}", labels: ["production"], config: { temperature: 0.5 }, tags: ["greeting"] });
    await client.createPrompt({ name, prompt: "Hi {{who}}" });
    const production = await client.getPrompt(name);
    assert.deepStrictEqual([production.version, production.compile({ who: "Ada" }), production.config], [1, "Hello Ada", { temperature: 0.5 }]);
    assert.equal((await client.getPrompt(name, 2)).compile({ who: "Ada" }), "Hi Ada");
    assert.equal((await client.getPrompt(name, undefined, { label: "latest" })).version, 2);
    await client.updatePrompt({ name, version: 2, newLabels: ["production"] });
    assert.equal((await client.getPrompt(name, undefined, { cacheTtlSeconds: 0 })).version, 2);
  });

  test("a chat prompt keeps its messages, and a missing one falls back", async () => {
    const name = unique("chat");
    await client.createPrompt({ name, type: "chat", labels: ["production"], prompt: [{ role: "system", content: "You know {{topic}}" }] });
    const chat = await client.getPrompt(name, undefined, { type: "chat" });
    assertMatches(chat.compile({ topic: "rain" }), [including({ role: "system", content: "You know rain" })]);
    const fallback = await client.getPrompt(unique("missing"), undefined, { fallback: "plan b", maxRetries: 0 });
    assert.deepStrictEqual([fallback.prompt, fallback.isFallback], ["plan b", true]);
  });

  test("a dataset, its items, and a run over them", async () => {
    const name = unique("dataset");
    await client.createDataset({ name, description: "capitals", metadata: { lang: "en" } });
    const item = await client.createDatasetItem({ datasetName: name, id: newId(), input: { country: "Norway" }, expectedOutput: "Oslo" });
    assertMatches(await client.getDatasetItem(item.id), item);
    const dataset = await client.getDataset(name);
    assertMatches(
      [dataset.description, dataset.metadata, dataset.items.map((i) => [i.id, i.input, i.expectedOutput])],
      ["capitals", { lang: "en" }, [[item.id, { country: "Norway" }, "Oslo"]]],
    );

    const run = unique("run");
    const trace = client.trace({ name: "answer", output: "Oslo" });
    // Flushes what it links to.
    await dataset.items[0].link(trace, run, { description: "first try", metadata: { model: "m" } });
    assertMatches(await client.getDatasetRun({ datasetName: name, runName: run }), including({
      name: run, datasetName: name, description: "first try", metadata: { model: "m" },
      datasetRunItems: [including({ datasetItemId: item.id, traceId: trace.id, datasetRunName: run })],
    }));
    assertMatches((await client.getDatasetRuns(name)).data.map((r) => r.name), [run]);
  });
});
