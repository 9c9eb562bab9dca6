// From a client's flush to visible, for each read that its SDK offers.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { startObservation, propagateAttributes } from "@langfuse/tracing";
import { sees, table } from "./lib/freshness.mjs";
import { get, newId, unique } from "./lib/server.mjs";
import * as v3 from "./lib/v3.mjs";
import * as v5 from "./lib/v5.mjs";

const ROUNDS = 20;

/** The reads that every client has in some form, by the ids and names of what was sent. */
async function readAll(client, { trace, list, observation, observations, session }, sent) {
  await sees(`${client}: trace by id`, () => trace(sent.traceId), (t) => t.observations.length === 1 && t.scores.length === 1);
  await sees(`${client}: traces by name`, () => list({ name: sent.name }), ({ data }) => data.length === 1 && data[0].scores.length === 1);
  await sees(`${client}: observation by id`, () => observation(sent.observationId), (o) => o.traceId === sent.traceId);
  await sees(`${client}: observations of a trace`, () => observations({ traceId: sent.traceId }), ({ data }) => data.length === 1);
  await sees(`${client}: session by id`, () => session(sent.sessionId), (s) => s.traces.length === 1);
  const query = (path) => async () => (await get(path)).body;
  await sees(`${client}: v2/scores`, query(`/api/public/v2/scores?name=${sent.score}`), ({ data }) => data.length === 1);
  await sees(`${client}: v3/scores`, query(`/api/public/v3/scores?name=${sent.score}`), ({ data }) => data.length === 1);
  // The traces of the last seconds by name: this one is among them.
  const metrics = encodeURIComponent(JSON.stringify({
    view: "traces",
    dimensions: [{ field: "name" }],
    metrics: [{ measure: "count", aggregation: "count" }],
    fromTimestamp: new Date(sent.from - 5_000).toISOString(),
    toTimestamp: new Date(sent.from + 60_000).toISOString(),
  }));
  await sees(`${client}: metrics`, query(`/api/public/metrics?query=${metrics}`), ({ data }) => data.some((row) => row.name === sent.name));
}

describe("freshness", () => {
  const old = v3.connect();
  const { client, flush, shutdown } = v5.connect();
  after(() => Promise.all([old.client.shutdownAsync(), shutdown()]));

  test("of what langfuse 3.39.2 sent", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const sent = { from: Date.now(), traceId: newId(), name: unique("fresh"), observationId: newId(), sessionId: unique("session"), score: unique("score") };
      const trace = old.client.trace({ id: sent.traceId, name: sent.name, sessionId: sent.sessionId });
      trace.span({ id: sent.observationId, name: "step" }).end();
      trace.score({ name: sent.score, value: 1 });
      await v3.flush(old.client);
      await readAll("v3", {
        trace: async (id) => (await old.client.fetchTrace(id)).data,
        list: (query) => old.client.fetchTraces(query),
        observation: async (id) => (await old.client.fetchObservation(id)).data,
        observations: (query) => old.client.fetchObservations(query),
        session: async (id) => (await get(`/api/public/sessions/${id}`)).body,
      }, sent);
    }
  });

  test("of what @langfuse 5.11.1 sent", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const sent = { from: Date.now(), name: unique("fresh"), sessionId: unique("session"), score: unique("score") };
      propagateAttributes({ sessionId: sent.sessionId }, () => {
        const span = startObservation(sent.name);
        client.score.trace(span, { name: sent.score, value: 1 });
        Object.assign(sent, { traceId: span.traceId, observationId: span.id });
        span.end();
      });
      await flush();
      await readAll("v5", {
        trace: (id) => client.api.trace.get(id),
        list: (query) => client.api.trace.list(query),
        observation: (id) => client.api.legacy.observationsV1.get(id),
        observations: (query) => client.api.legacy.observationsV1.getMany(query),
        session: (id) => client.api.sessions.get(id),
      }, sent);
    }
  });

  test("of prompts and datasets", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = unique("fresh");
      await client.api.prompts.create({ type: "text", name, prompt: `say ${round}`, labels: ["production"] });
      await sees("v5: prompt by name", () => client.prompt.get(name, { cacheTtlSeconds: 0 }), (p) => p.prompt === `say ${round}`);
      await sees("v5: prompts by name", () => client.api.prompts.list({ name }), ({ data }) => data.length === 1);
      await client.api.datasets.create({ name });
      await client.api.datasetItems.create({ datasetName: name, input: { round } });
      await sees("v5: dataset with its items", () => client.dataset.get(name), ({ items }) => items.length === 1 && items[0].input.round === round);
    }
  });

  test("as a table", (t) => {
    const lines = table();
    for (const line of lines) t.diagnostic(`freshness ${line}`);
    assert.ok(lines.length > 1);
  });
});
