// Experiments that @langfuse/client 5.11.1 runs, read back by itself: over a dataset, over data of its own, and by links alone.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { startObservation } from "@langfuse/tracing";
import { anyInstant, anyText, assertMatches, including } from "./lib/compare.mjs";
import { unique } from "./lib/server.mjs";
import { connect } from "./lib/v5.mjs";

const GROUPS = "core,dataset,io,metadata,itemMetadata,experimentMetadata,scores";
const capitals = { Norway: { city: "Oslo" }, France: { city: "Paris" }, Chile: { city: "Santiago" } };
const task = async ({ input }) => {
  startObservation("look up", { input }).end();
  return capitals[input.country];
};
const exact = async ({ output, expectedOutput }) => ({ name: "exact", value: output.city === expectedOutput.city ? 1 : 0, comment: "by rule" });
const items = [["Norway", "Oslo"], ["France", "Lyon"], ["Chile", "Santiago"]]
  .map(([country, city], i) => ({ input: { country }, expectedOutput: { city }, metadata: { level: `${i}.0` } }));

describe("@langfuse/client 5.11.1 experiments", () => {
  const { client, flush, shutdown } = connect();
  after(shutdown);
  const { api } = client;
  const fromStartTime = new Date().toISOString();

  /** All items of an experiment, one by one: each page names the next, and none is met twice. */
  async function listItems(request, limit = 1) {
    const found = [];
    let cursor;
    do {
      const page = await api.experiments.listItems({ fromStartTime, fields: GROUPS, ...request, limit, cursor });
      assert.ok(page.data.length <= limit);
      found.push(...page.data);
      cursor = page.meta.cursor;
    } while (cursor);
    assert.equal(new Set(found.map((item) => item.id)).size, found.length);
    assert.deepStrictEqual(found.map((item) => item.startTime), found.map((item) => item.startTime).sort().reverse());
    return found;
  }

  const score = (name, value, subject) => including({ projectId: anyText, name, value, dataType: "NUMERIC", source: "API", subject, timestamp: anyInstant });

  test("over a dataset", async () => {
    const name = unique("capitals");
    const made = await api.datasets.create({ name });
    for (const item of items) await api.datasetItems.create({ datasetName: name, ...item });
    const dataset = await client.dataset.get(name);
    const result = await dataset.runExperiment({
      name: "capitals", description: "by heart", metadata: { version: "1.0", temperature: 0.5 }, task, evaluators: [exact],
      runEvaluators: [async ({ itemResults }) => ({ name: "accuracy", value: itemResults.filter((r) => r.evaluations[0].value === 1).length / itemResults.length })],
    });
    await flush();

    const { data, meta } = await api.experiments.list({ fromStartTime, id: result.experimentId, fields: "core,metadata,scores" });
    assertMatches(data, [{
      id: result.datasetRunId, name: result.runName, description: "by heart", startTime: anyInstant, endTime: anyInstant, itemCount: 3,
      datasetId: made.id, metadata: { version: "1.0", temperature: 0.5 },
      scores: [score("accuracy", 2 / 3, { kind: "experiment", id: result.datasetRunId })],
    }]);
    assert.deepStrictEqual(meta, {});

    const found = await listItems({ experimentId: result.experimentId });
    assert.equal(found.length, 3);
    for (const { item, traceId, output, evaluations } of result.itemResults) {
      const one = found.find((i) => i.traceId === traceId);
      assertMatches(one, {
        id: anyText, traceId, startTime: anyInstant, endTime: anyInstant, level: "DEFAULT", environment: "sdk-experiment",
        experimentId: result.experimentId, experimentName: result.runName, experimentItemId: item.id,
        experimentDatasetId: made.id, experimentItemVersion: null,
        input: JSON.stringify(item.input), output: JSON.stringify(output), expectedOutput: JSON.stringify(item.expectedOutput),
        metadata: including({ experiment_name: "capitals", dataset_item_id: item.id }),
        experimentItemMetadata: item.metadata, experimentMetadata: { version: "1.0", temperature: 0.5 }, experimentDescription: "by heart",
        scores: [score("exact", evaluations[0].value, { kind: "observation", id: one.id, traceId })],
      });
    }
    const [first] = result.itemResults;
    assertMatches((await listItems({ experimentName: result.runName, experimentItemId: first.item.id, datasetId: made.id })).map((i) => i.traceId), [first.traceId]);
    assertMatches((await api.experiments.list({ fromStartTime, datasetId: made.id, name: result.runName })).data.map((e) => e.id), [result.experimentId]);
  });

  test("over data that no dataset holds", async () => {
    const result = await client.experiment.run({ name: "local", runName: unique("local"), data: items, task, evaluators: [exact] });
    await flush();

    const filter = JSON.stringify([{ type: "string", column: "name", operator: "=", value: result.runName }]);
    assertMatches((await api.experiments.list({ fromStartTime, filter, fields: "core,metadata" })).data, [{
      id: result.experimentId, name: result.runName, description: null, startTime: anyInstant, endTime: anyInstant, itemCount: 3,
      datasetId: null, metadata: null,
    }]);
    const found = await listItems({ experimentId: result.experimentId }, 2);
    assert.deepStrictEqual(found.map((i) => i.traceId).sort(), result.itemResults.map((r) => r.traceId).sort());
    assertMatches(found.map((i) => [i.experimentDatasetId, i.experimentMetadata, i.experimentDescription]), Array(3).fill([null, null, null]));
    assert.equal(new Set(found.map((i) => i.experimentItemId)).size, 3);
  });

  test("by links alone", async () => {
    const name = unique("linked");
    const made = await api.datasets.create({ name });
    for (const item of items) await api.datasetItems.create({ datasetName: name, ...item });
    const dataset = await client.dataset.get(name);
    const run = unique("run");
    const spans = dataset.items.map((item) => startObservation("answer", { input: item.input, output: capitals[item.input.country] }));
    for (const [i, item] of dataset.items.entries()) await item.link(spans[i], run, { description: "by hand", metadata: { version: "1.0" } });
    client.score.observation(spans[0], { name: "exact", value: 1 });
    spans.forEach((span) => span.end());
    await flush();

    const experiments = await api.experiments.list({ fromStartTime, datasetId: made.id, fields: "core,metadata,scores" });
    const { id } = await api.datasets.getRun(name, run);
    assertMatches(experiments.data, [{
      id, name: run, description: "by hand", startTime: anyInstant, endTime: anyInstant, itemCount: 3, datasetId: made.id, metadata: { version: "1.0" }, scores: [],
    }]);
    const pages = [];
    let cursor;
    do {
      const page = await api.experiments.listItems({ fromStartTime, experimentId: id, fields: GROUPS, limit: 2, cursor });
      pages.push(page.data);
      cursor = page.meta.cursor;
    } while (cursor);
    assert.deepStrictEqual(pages.map((page) => page.length), [2, 1]);
    for (const [i, item] of dataset.items.entries()) {
      assertMatches(pages.flat().find((one) => one.id === spans[i].id), {
        id: spans[i].id, traceId: spans[i].traceId, startTime: anyInstant, endTime: anyInstant, level: "DEFAULT", environment: "clients-v5",
        experimentId: id, experimentName: run, experimentItemId: item.id, experimentDatasetId: made.id, experimentItemVersion: item.updatedAt,
        input: JSON.stringify(item.input), output: JSON.stringify(capitals[item.input.country]), expectedOutput: JSON.stringify(item.expectedOutput),
        metadata: including({}), experimentItemMetadata: item.metadata, experimentMetadata: { version: "1.0" }, experimentDescription: "by hand",
        scores: i === 0 ? [score("exact", 1, { kind: "observation", id: spans[0].id, traceId: spans[0].traceId })] : [],
      });
    }
  });

  test("what is asked for wrongly is refused", async () => {
    const refused = { statusCode: 400 };
    await assert.rejects(api.experiments.list({}), refused);
    await assert.rejects(api.experiments.listItems({ fromStartTime, fields: "experimentScores" }), refused);
    await assert.rejects(api.experiments.list({ fromStartTime, cursor: "not-json" }), refused);
  });
});
