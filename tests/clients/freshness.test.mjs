// From what a client was told to be stored to visible, for each read that its SDK offers. Every read has a write of its own
// just before it: after another read, what it looks for would be there already.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, describe, test } from "node:test";
import { startObservation, propagateAttributes } from "@langfuse/tracing";
import { sees, table } from "./lib/freshness.mjs";
import { get, newId, unique } from "./lib/server.mjs";
import * as v3 from "./lib/v3.mjs";
import * as v5 from "./lib/v5.mjs";

const ROUNDS = Number(process.env.FRESHNESS_ROUNDS ?? 8);

/** Writes and reads, again and again, for each of some reads: `[read, whether its answer shows what was written]` by name. */
async function measure(client, write, reads) {
  for (const [name, [read, shows]] of Object.entries(reads)) {
    for (let round = 0; round < ROUNDS; round++) {
      const sent = await write();
      await sees(`${client}: ${name}`, () => read(sent), (answer) => shows(answer, sent));
    }
  }
}

const body = async (path) => (await get(path)).body;
const hasId = (answer, id) => answer.id === id;
const holds = (id) => ({ data }) => data.some((item) => item.id === id);
const one = ({ data }) => data.length === 1;
const none = ({ data }) => data.length === 0;
const around = ({ from }) => ({ fromTimestamp: new Date(from - 5_000).toISOString(), toTimestamp: new Date(from + 60_000).toISOString() });

/** Counts what was sent under a name that only it has. */
const counting = (view) => (sent) => JSON.stringify({
  view,
  metrics: [{ measure: "count", aggregation: "count" }],
  filters: [{ column: "name", operator: "=", value: sent.name, type: "string" }],
  ...around(sent),
});
const counted = ({ data }) => data.length === 1 && Number(data[0].count_count) === 1;

/** What no SDK has a method of its own for. */
const plain = {
  "scores": [(sent) => body(`/api/public/scores?name=${sent.score}`), one],
  "metrics/daily": [(sent) => body(`/api/public/metrics/daily?traceName=${sent.name}`), ({ data }) => data[0]?.countTraces === 1],
};

const fresh = () => ({ from: Date.now(), name: unique("fresh"), sessionId: unique("session"), score: unique("score"), scoreId: newId() });

describe("freshness", () => {
  const old = v3.connect().client;
  const { client, flush, shutdown } = v5.connect();
  const { api } = client;
  after(() => Promise.all([old.shutdownAsync(), shutdown()]));

  test("of what langfuse 3.39.2 sent", () => measure("v3", async () => {
    const sent = { ...fresh(), traceId: newId(), observationId: newId() };
    const trace = old.trace({ id: sent.traceId, name: sent.name, sessionId: sent.sessionId });
    trace.span({ id: sent.observationId, name: "step" }).end();
    trace.score({ id: sent.scoreId, name: sent.score, value: 1 });
    await v3.flush(old);
    return sent;
  }, {
    "trace by id": [(sent) => old.fetchTrace(sent.traceId), ({ data }) => data.observations.length === 1 && data.scores.length === 1],
    "traces by name": [({ name }) => old.fetchTraces({ name }), ({ data }) => data.length === 1 && data[0].scores.length === 1],
    "observation by id": [(sent) => old.fetchObservation(sent.observationId), ({ data }, sent) => data.traceId === sent.traceId],
    "observations of a trace": [({ traceId }) => old.fetchObservations({ traceId }), one],
    "sessions": [({ from }) => old.fetchSessions({ fromTimestamp: new Date(from - 5_000), limit: 100 }), (answer, sent) => holds(sent.sessionId)(answer)],
    "session by id": [({ sessionId }) => body(`/api/public/sessions/${sessionId}`), ({ traces }) => traces?.length === 1],
    "v2/scores": [({ score }) => body(`/api/public/v2/scores?name=${score}`), one],
    "v3/scores": [({ score }) => body(`/api/public/v3/scores?name=${score}`), one],
    "metrics": [(sent) => body(`/api/public/metrics?query=${encodeURIComponent(counting("traces")(sent))}`), counted],
    ...plain,
  }));

  test("of what @langfuse 5.11.1 sent", () => measure("v5", async () => {
    const sent = fresh();
    propagateAttributes({ sessionId: sent.sessionId }, () => {
      const span = startObservation(sent.name);
      client.score.trace(span, { id: sent.scoreId, name: sent.score, value: 1 });
      Object.assign(sent, { traceId: span.traceId, observationId: span.id });
      span.end();
    });
    await flush();
    return sent;
  }, {
    "trace by id": [({ traceId }) => api.trace.get(traceId), ({ observations, scores }) => observations.length === 1 && scores.length === 1],
    "traces by name": [({ name }) => api.trace.list({ name }), ({ data }) => data.length === 1 && data[0].scores.length === 1],
    "observation by id": [(sent) => api.legacy.observationsV1.get(sent.observationId), (answer, sent) => answer.traceId === sent.traceId],
    "observations of a trace": [({ traceId }) => api.legacy.observationsV1.getMany({ traceId }), one],
    "v2/observations of a trace": [({ traceId }) => api.observations.getMany({ traceId }), one],
    "sessions": [({ from }) => api.sessions.list({ fromTimestamp: new Date(from - 5_000).toISOString(), limit: 100 }), (answer, sent) => holds(sent.sessionId)(answer)],
    "session by id": [({ sessionId }) => api.sessions.get(sessionId), ({ traces }) => traces.length === 1],
    "v2/scores": [({ score }) => api.scores.getMany({ name: score }), one],
    "v2/score by id": [({ scoreId }) => api.scores.getById(scoreId), (answer, sent) => answer.name === sent.score],
    "v3/scores": [({ score }) => api.scoresV3.getManyV3({ name: score }), one],
    "metrics": [(sent) => api.legacy.metricsV1.metrics({ query: counting("traces")(sent) }), counted],
    "v2/metrics": [(sent) => api.metrics.metrics({ query: counting("observations")(sent) }), counted],
    ...plain,
  }));

  test("of what was deleted", async () => {
    const written = async () => {
      const span = startObservation(unique("gone"));
      const sent = { traceId: span.traceId, score: unique("gone") };
      client.score.trace(span, { name: sent.score, value: 1 });
      span.end();
      await flush();
      await api.trace.delete(sent.traceId);
      return sent;
    };
    await measure("v5, deleted", written, {
      "trace by id": [({ traceId }) => get(`/api/public/traces/${traceId}`), ({ status }) => status === 404],
      "v2/observations of a trace": [({ traceId }) => api.observations.getMany({ traceId }), none],
      "v2/scores": [({ score }) => api.scores.getMany({ name: score }), none],
    });
  });

  test("of prompts", async () => {
    const create = async () => {
      const name = unique("fresh");
      const { id } = await api.prompts.create({ type: "text", name, prompt: `say ${name}`, labels: ["production"] });
      return { name, id };
    };
    const says = ({ prompt }, { name }) => prompt === `say ${name}`;
    await measure("v3", create, { "prompt": [({ name }) => old.getPrompt(name, undefined, { cacheTtlSeconds: 0 }), says] });
    await measure("v5", create, {
      "prompt": [({ name }) => client.prompt.get(name, { cacheTtlSeconds: 0 }), says],
      "v2/prompts by name": [({ name }) => api.prompts.list({ name }), one],
    });
    const moved = async () => {
      const { name } = await create();
      await api.prompts.create({ type: "text", name, prompt: "second" });
      await api.prompts.get(name);
      await api.promptVersion.update(name, 2, { newLabels: ["production"] });
      return name;
    };
    await measure("v5", moved, { "prompt whose label moved": [(name) => api.prompts.get(name), ({ version }) => version === 2] });
    const linked = async () => {
      const prompt = await create();
      const generation = startObservation("ask", { prompt: { name: prompt.name, version: 1, isFallback: false } }, { asType: "generation" });
      generation.end();
      await flush();
      return { ...prompt, observationId: generation.id };
    };
    await measure("v5", linked, {
      "prompt of an observation": [({ observationId }) => api.legacy.observationsV1.get(observationId), ({ promptId }, { id }) => promptId === id],
    });
  });

  test("of datasets and their runs", async () => {
    const create = async () => {
      const name = unique("fresh");
      const { id } = await api.datasets.create({ name });
      const item = await api.datasetItems.create({ datasetName: name, input: { name } });
      return { id, name, itemId: item.id };
    };
    const hasItem = ({ items }, { itemId }) => items.length === 1 && items[0].id === itemId;
    await measure("v3", create, {
      "dataset with its items": [({ name }) => old.getDataset(name), hasItem],
      "dataset item by id": [({ itemId }) => old.getDatasetItem(itemId), (item, { itemId }) => hasId(item, itemId)],
    });
    await measure("v5", create, {
      "dataset with its items": [({ name }) => client.dataset.get(name), hasItem],
      "v2/datasets": [() => api.datasets.list({ limit: 100 }), (answer, { id }) => holds(id)(answer)],
      "dataset items": [({ name }) => api.datasetItems.list({ datasetName: name }), one],
      "dataset item by id": [({ itemId }) => api.datasetItems.get(itemId), (item, { itemId }) => hasId(item, itemId)],
    });
    const run = async () => {
      const dataset = await create();
      const runName = unique("run");
      const item = await api.datasetRunItems.create({ runName, datasetItemId: dataset.itemId, traceId: newId() });
      return { ...dataset, runName, runItemId: item.id, runId: item.datasetRunId };
    };
    const hasRunItem = ({ datasetRunItems }, { runItemId }) => datasetRunItems.length === 1 && datasetRunItems[0].id === runItemId;
    await measure("v3", run, {
      "dataset run": [({ name, runName }) => old.getDatasetRun({ datasetName: name, runName }), hasRunItem],
      "dataset runs": [({ name }) => old.getDatasetRuns(name), one],
    });
    await measure("v5", run, {
      "dataset run": [({ name, runName }) => api.datasets.getRun(name, runName), hasRunItem],
      "dataset runs": [({ name }) => api.datasets.getRuns(name), one],
      "dataset run items": [({ id, runName }) => api.datasetRunItems.list({ datasetId: id, runName }), one],
    });
    const scored = async () => {
      const sent = await run();
      client.score.create({ datasetRunId: sent.runId, name: "accuracy", value: 1 });
      await flush();
      return sent;
    };
    await measure("v5", scored, { "v2/scores of a dataset run": [({ runId }) => api.scores.getMany({ datasetRunId: runId }), one] });
  });

  test("of files", () => measure("v5", async () => {
    const bytes = Buffer.from(unique("file"));
    const span = startObservation("with a file", { input: `data:text/plain;base64,${bytes.toString("base64")}` });
    span.end();
    await flush();
    return createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
  }, { "media": [(id) => api.media.get(id), ({ mediaId }, id) => mediaId === id] }));

  test("of configs, comments, models and queues", async () => {
    const { data: [{ id: projectId }] } = await api.projects.get();
    const root = startObservation("looked at");
    root.end();
    await flush();
    const config = () => api.scoreConfigs.create({ name: unique("config").slice(0, 35), dataType: "NUMERIC" });
    await measure("v5", config, {
      "score config by id": [({ id }) => api.scoreConfigs.getById(id), (answer, { id }) => hasId(answer, id)],
      "score configs": [() => api.scoreConfigs.get({ limit: 100 }), (answer, { id }) => holds(id)(answer)],
    });
    await measure("v5", () => api.comments.create({ projectId, objectType: "TRACE", objectId: root.traceId, content: "look" }), {
      "comment by id": [({ id }) => api.comments.getById(id), (answer, { id }) => hasId(answer, id)],
      "comments": [() => api.comments.get({ objectType: "TRACE", objectId: root.traceId, limit: 100 }), (answer, { id }) => holds(id)(answer)],
    });
    await measure("v5", () => api.models.create({ modelName: unique("model"), matchPattern: "(?i)^none$", unit: "TOKENS", inputPrice: 1 }), {
      "model by id": [({ id }) => api.models.get(id), (answer, { id }) => hasId(answer, id)],
    });
    const { id: queueId } = await api.annotationQueues.createQueue({ name: unique("queue"), scoreConfigIds: [(await config()).id] });
    await measure("v5", () => api.annotationQueues.createQueueItem(queueId, { objectId: newId(), objectType: "TRACE" }), {
      "queue item by id": [({ id }) => api.annotationQueues.getQueueItem(queueId, id), (answer, { id }) => hasId(answer, id)],
      "queue items": [() => api.annotationQueues.listQueueItems(queueId, { limit: 100 }), (answer, { id }) => holds(id)(answer)],
    });
  });

  test("as a table", (t) => {
    const lines = table();
    for (const line of lines) t.diagnostic(`freshness ${line}`);
    assert.ok(lines.length > 1);
  });
});
