// @langfuse/client 5.11.1 beyond tracing: prompts and their cache, datasets, experiments, and the rest of its API.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { startObservation } from "@langfuse/tracing";
import { anyInstant, anyText, assertMatches, including } from "./lib/compare.mjs";
import { newId, unique } from "./lib/server.mjs";
import { withinASecond } from "./lib/soon.mjs";
import { connect } from "./lib/v5.mjs";

describe("@langfuse/client 5.11.1 platform", () => {
  const { client, flush, shutdown } = connect();
  after(shutdown);
  const { api } = client;

  test("a prompt is created, fetched by label and version, compiled, and moved", async () => {
    const name = unique("folder/prompt");
    const first = await client.prompt.create({ name, prompt: "Hello {{who}}", labels: ["production"], config: { temperature: 0.5 }, tags: ["greeting"] });
    const second = await client.prompt.create({ name, prompt: "Hi {{who}}", labels: ["staging"] });
    assert.deepStrictEqual([first.version, second.version], [1, 2]);

    const production = await client.prompt.get(name);
    assert.deepStrictEqual([production.version, production.compile({ who: "Ada" }), production.config], [1, "Hello Ada", { temperature: 0.5 }]);
    assert.equal((await client.prompt.get(name, { label: "latest" })).version, 2);
    assert.equal((await client.prompt.get(name, { version: 2 })).compile({ who: "Ada" }), "Hi Ada");

    await client.prompt.update({ name, version: 2, newLabels: ["production"] });
    const moved = await client.prompt.get(name, { cacheTtlSeconds: 0 });
    assert.deepStrictEqual([moved.version, [...moved.labels].sort()], [2, ["latest", "production", "staging"]]);
    assertMatches(await api.prompts.list({ name }), including({
      data: [including({ name, type: "text", versions: [1, 2], tags: ["greeting"], labels: including({ length: 3 }) })],
    }));
    await assert.rejects(client.prompt.get(unique("no-such-prompt"), { maxRetries: 0 }));
  });

  test("a chat prompt keeps its messages and placeholders", async () => {
    const name = unique("chat");
    await client.prompt.create({
      name, type: "chat", labels: ["production"],
      prompt: [{ role: "system", content: "You know {{topic}}" }, { type: "placeholder", name: "history" }, { role: "user", content: "Go" }],
    });
    const chat = await client.prompt.get(name, { type: "chat" });
    assert.deepStrictEqual(chat.compile({ topic: "rain" }, { history: [{ role: "assistant", content: "Ready" }] }), [
      { role: "system", content: "You know rain" },
      { role: "assistant", content: "Ready" },
      { role: "user", content: "Go" },
    ]);
  });

  test("a prompt in the cache is not asked for again, and one that fails falls back", async () => {
    const name = unique("cached");
    await api.prompts.create({ type: "text", name, prompt: "one", labels: ["production"] });
    assert.equal((await client.prompt.get(name)).prompt, "one");
    await api.prompts.create({ type: "text", name, prompt: "two", labels: ["production"] });
    assert.equal((await client.prompt.get(name)).prompt, "one");
    assert.equal((await client.prompt.get(name, { cacheTtlSeconds: 0 })).prompt, "two");
    const fallback = await client.prompt.get(unique("missing"), { fallback: "plan b", maxRetries: 0 });
    assert.deepStrictEqual([fallback.prompt, fallback.isFallback], ["plan b", true]);
  });

  test("a generation is linked to its prompt", async () => {
    const name = unique("linked");
    const prompt = await client.prompt.create({ name, prompt: "x", labels: ["production"] });
    const generation = startObservation("ask", { prompt }, { asType: "generation" });
    generation.end();
    await flush();
    const read = await api.legacy.observationsV1.get(generation.id);
    assert.deepStrictEqual([read.promptName, read.promptVersion, read.promptId], [name, 1, (await api.prompts.get(name)).id]);
  });

  test("a dataset, its items, and a run over them", async () => {
    const name = unique("dataset");
    const made = await api.datasets.create({ name, description: "capitals", metadata: { lang: "en" } });
    assertMatches(await api.datasets.get(name), made);
    const item = await api.datasetItems.create({ datasetName: name, id: newId(), input: { country: "Norway" }, expectedOutput: "Oslo", metadata: { hard: false } });
    assertMatches(await api.datasetItems.get(item.id), item);
    const dataset = await client.dataset.get(name);
    assert.deepStrictEqual(dataset.items.map((i) => [i.id, i.input, i.expectedOutput]), [[item.id, { country: "Norway" }, "Oslo"]]);

    const run = unique("run");
    const span = startObservation("answer", { output: "Oslo" });
    await dataset.items[0].link(span, run, { description: "first try", metadata: { model: "m" } });
    span.end();
    await flush();
    assertMatches(await api.datasets.getRun(name, run), including({
      name: run, datasetName: name, description: "first try", metadata: { model: "m" },
      datasetRunItems: [including({ datasetItemId: item.id, traceId: span.traceId, datasetRunName: run })],
    }));
    assertMatches((await api.datasets.getRuns(name)).data.map((r) => r.name), [run]);
  });

  test("an experiment runs a task over a dataset and scores its items and itself", async (t) => {
    const name = unique("dataset");
    await api.datasets.create({ name });
    for (const [input, expectedOutput] of [["Norway", "Oslo"], ["France", "Lyon"]]) await api.datasetItems.create({ datasetName: name, input, expectedOutput });
    const dataset = await client.dataset.get(name);
    const capitals = { Norway: "Oslo", France: "Paris" };
    const result = await dataset.runExperiment({
      name: "capitals",
      runName: unique("experiment"),
      task: async ({ input }) => capitals[input],
      evaluators: [async ({ output, expectedOutput }) => ({ name: "exact", value: output === expectedOutput ? 1 : 0 })],
      runEvaluators: [async ({ itemResults }) => ({ name: "accuracy", value: itemResults.filter((r) => r.evaluations[0].value === 1).length / itemResults.length })],
    });
    await flush();

    assert.deepStrictEqual(result.itemResults.map((r) => [r.input ?? r.item.input, r.output, r.evaluations[0].value]).sort(), [["France", "Paris", 0], ["Norway", "Oslo", 1]]);
    const run = await api.datasets.getRun(name, result.runName);
    assert.deepStrictEqual(run.datasetRunItems.map((i) => i.traceId).sort(), result.itemResults.map((r) => r.traceId).sort());
    const { data } = await withinASecond(t, "scores of the run", () => api.scores.getMany({ datasetRunId: run.id }), (answer) => answer.data.length === 1);
    assertMatches(data.map((s) => [s.name, s.value]), [["accuracy", 0.5]]);
    const trace = await api.trace.get(result.itemResults[0].traceId);
    assertMatches([trace.environment, trace.scores.map((s) => s.name)], ["sdk-experiment", ["exact"]]);
  });

  test("score configs, comments, models and queues", async () => {
    const root = startObservation("commented");
    root.end();
    await flush();
    const config = await api.scoreConfigs.create({ name: unique("config").slice(0, 35), dataType: "NUMERIC", minValue: 0, maxValue: 1 });
    assertMatches(await api.scoreConfigs.getById(config.id), config);
    const project = (await api.projects.get()).data[0];
    const comment = await api.comments.create({ projectId: project.id, objectType: "TRACE", objectId: root.traceId, content: "look *here*" });
    assertMatches(await api.comments.getById(comment.id), including({ id: comment.id, objectId: root.traceId, content: "look *here*", createdAt: anyInstant }));
    const model = await api.models.create({ modelName: unique("model"), matchPattern: "(?i)^house-x$", unit: "TOKENS", inputPrice: 0.001, outputPrice: 0.002 });
    assertMatches(await api.models.get(model.id), model);
    await api.models.delete(model.id);
    await assert.rejects(api.models.get(model.id));
    const queue = await api.annotationQueues.createQueue({ name: unique("queue"), scoreConfigIds: [config.id] });
    const item = await api.annotationQueues.createQueueItem(queue.id, { objectId: root.traceId, objectType: "TRACE" });
    assertMatches(await api.annotationQueues.getQueueItem(queue.id, item.id), including({ id: item.id, queueId: queue.id, objectId: root.traceId, status: "PENDING" }));
    await api.annotationQueues.updateQueueItem(queue.id, item.id, { status: "COMPLETED" });
    assertMatches(await api.annotationQueues.listQueueItems(queue.id, { status: "COMPLETED" }), including({ data: [including({ id: item.id })] }));
  });

  test("a dashboard and its widgets", async () => {
    const { dashboards, dashboardWidgets } = api.unstable;
    const widget = await dashboardWidgets.create({
      name: unique("widget"), view: "observations", dimensions: [{ field: "providedModelName" }], metrics: [{ measure: "totalCost", agg: "sum" }],
      filters: [{ type: "stringOptions", column: "environment", operator: "any of", value: ["production"] }], chartType: "PIE", chartConfig: { row_limit: 8 },
    });
    assertMatches(await dashboardWidgets.get(widget.id), widget);
    assertMatches(widget, including({ chartConfig: { type: "PIE", row_limit: 8 }, description: "" }));
    const board = await dashboards.create({ name: unique("board") });
    const tile = await dashboards.addPlacement(board.id, { type: "widget", widgetId: widget.id });
    assertMatches(tile, including({ type: "widget", widgetId: widget.id, x: 0, y: 0, width: 6, height: 6 }));
    assertMatches(await dashboards.updatePlacement(board.id, tile.id, { x: 6, height: 3 }), including({ x: 6, y: 0, width: 6, height: 3 }));
    await assert.rejects(dashboardWidgets.delete(widget.id), (e) => e.statusCode === 409 && e.body.code === "conflict");
    const read = await dashboards.update(board.id, { description: "what it costs" });
    assertMatches([read.description, read.definition.widgets.map((w) => w.id)], ["what it costs", [tile.id]]);
    assertMatches((await dashboards.list({ limit: 1 })).data.map((d) => d.id), [board.id]);
    await dashboards.deletePlacement(board.id, tile.id);
    await dashboardWidgets.delete(widget.id);
    await dashboards.delete(board.id);
    await assert.rejects(dashboards.get(board.id), (e) => e.statusCode === 404);
    await assert.rejects(dashboards.create({ name: "" }), (e) => e.statusCode === 400 && e.body.details.issues[0].path[0] === "name");
  });

  test("health and the project behind the keys", async () => {
    assertMatches(await api.health.health(), including({ status: "OK", version: anyText }));
    assertMatches((await api.projects.get()).data, [including({ id: anyText, name: anyText })]);
  });
});
