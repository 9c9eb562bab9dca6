// @langfuse/client 5.11.1: scores, and every read of the API client that the server answers.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LangfuseClient } from "@langfuse/client";
import { propagateAttributes, startObservation } from "@langfuse/tracing";
import { anyText, assertMatches } from "./lib/compare.mjs";
import { baseUrl, currentProject, newId, publicKey, unique } from "./lib/server.mjs";
import { observation, ordered, score, session, sessionTrace, trace, traceRow } from "./lib/shapes.mjs";
import { withinASecond } from "./lib/soon.mjs";
import { connect, ENVIRONMENT, origin, RELEASE, SERVICE_VERSION, startChild } from "./lib/v5.mjs";

const at = (milliseconds) => new Date(Date.parse("2026-03-03T10:00:00.000Z") + milliseconds);

describe("@langfuse/client 5.11.1", () => {
  const { client, flush, shutdown } = connect();
  after(shutdown);

  const [traceName, sessionId, userId, tag] = ["listed", "session", "user", "all"].map(unique);
  const ids = { quality: newId(), verdict: newId(), passed: newId() };
  const turns = [];

  before(async () => {
    for (let i = 0; i < 3; i++) {
      propagateAttributes({ traceName, sessionId, userId, tags: [`t${i}`, tag] }, () => {
        const root = startObservation("turn", { input: { i }, output: `done ${i}` }, { startTime: at(i * 1000) });
        const step = startChild(root, "step", { level: "WARNING" }, { asType: "tool", startTime: at(i * 1000 + 10) });
        step.end(at(i * 1000 + 20));
        root.end(at(i * 1000 + 100));
        turns.push({ root, step });
      });
    }
    const [{ root, step }] = turns;
    client.score.trace(root, { id: ids.quality, name: "quality", value: 0.7, comment: "fine", metadata: { by: { team: "qa" } } });
    client.score.observation(step, { id: ids.verdict, name: "verdict", value: "keep", dataType: "CATEGORICAL" });
    client.score.create({ id: ids.passed, traceId: root.traceId, name: "passed", value: 1, dataType: "BOOLEAN" });
    client.score.create({ sessionId, name: "csat", value: 5 });
    await flush();
  });

  const core = (i) => ({
    id: turns[i].root.traceId,
    name: traceName,
    timestamp: at(i * 1000),
    userId,
    sessionId,
    tags: [tag, `t${i}`],
    release: RELEASE,
    version: SERVICE_VERSION,
    environment: ENVIRONMENT,
    metadata: origin(),
    input: { i },
    output: `done ${i}`,
  });
  const parts = (i) => {
    const { root, step } = turns[i];
    const common = { traceId: root.traceId, environment: ENVIRONMENT, version: SERVICE_VERSION, metadata: origin() };
    return {
      root: observation({
        ...common,
        id: root.id,
        name: "turn",
        startTime: at(i * 1000),
        endTime: at(i * 1000 + 100),
        input: { i },
        output: `done ${i}`,
      }),
      step: observation({
        ...common,
        id: step.id,
        parentObservationId: root.id,
        type: "TOOL",
        name: "step",
        startTime: at(i * 1000 + 10),
        endTime: at(i * 1000 + 20),
        level: "WARNING",
      }),
    };
  };
  const scores = () => {
    const [{ root, step }] = turns;
    const common = { traceId: root.traceId, environment: "default" };
    return [
      score({
        ...common,
        id: ids.quality,
        name: "quality",
        dataType: "NUMERIC",
        value: 0.7,
        comment: "fine",
        metadata: { by: { team: "qa" } },
      }),
      score({
        ...common,
        id: ids.verdict,
        observationId: step.id,
        name: "verdict",
        dataType: "CATEGORICAL",
        value: 0,
        stringValue: "keep",
      }),
      score({ ...common, id: ids.passed, name: "passed", dataType: "BOOLEAN", value: 1, stringValue: "True" }),
    ];
  };

  test("scores are part of the trace right after the flush", async () => {
    const { root, step } = parts(0);
    assertMatches(
      ordered(await client.api.trace.get(core(0).id)),
      trace({ ...core(0), observations: [root, step], scores: scores(), latency: 0.1 }),
    );
  });

  test("traces are listed within a second", async (t) => {
    const answer = await withinASecond(
      t,
      "api.trace.list",
      () => client.api.trace.list({ name: traceName, orderBy: "timestamp.asc" }),
      ({ data }) => data.length === 3 && data[0].scores?.length === 3,
    );
    assertMatches(
      answer.data.map(ordered),
      [0, 1, 2].map((i) =>
        traceRow({
          ...core(i),
          observations: [turns[i].root.id, turns[i].step.id],
          scores: i === 0 ? Object.values(ids) : [],
          latency: 0.1,
        }),
      ).map(ordered),
    );
    assertMatches(answer.meta, { page: 1, limit: 50, totalItems: 3, totalPages: 1 });
  });

  test("several tags and several environments in one query", async (t) => {
    const environment = ["nowhere", ENVIRONMENT];
    const { data } = await withinASecond(
      t,
      "api.trace.list by tags",
      () => client.api.trace.list({ tags: [tag, "t1"], environment }),
      (answer) => answer.data.length === 1,
    );
    assertMatches(data.map(({ id, tags }) => ({ id, tags })), [{ id: core(1).id, tags: [tag, "t1"] }]);
    assertMatches((await client.api.trace.list({ tags: [tag, "t1", "t2"] })).data, []);
  });

  test("fields narrow what a list carries", async (t) => {
    const { data } = await withinASecond(
      t,
      "api.trace.list with fields",
      () => client.api.trace.list({ name: traceName, orderBy: "timestamp.asc", limit: 1, fields: "core" }),
      (answer) => answer.data.length === 1,
    );
    const { input, output, metadata, ...rest } = traceRow(core(0));
    assertMatches(data, [{ ...rest, totalCost: -1, latency: -1 }]);
  });

  test("observations are listed within a second", async (t) => {
    const { traceId } = turns[1].root;
    const answer = await withinASecond(
      t,
      "api.legacy.observationsV1.getMany",
      () => client.api.legacy.observationsV1.getMany({ traceId }),
      ({ data }) => data.length === 2,
    );
    const { root, step } = parts(1);
    assertMatches(answer.data, [step, root]);
    assertMatches(answer.meta, { page: 1, limit: 50, totalItems: 2, totalPages: 1 });
    assertMatches((await client.api.legacy.observationsV1.getMany({ traceId, type: "TOOL" })).data, [step]);
  });

  test("a session holds its traces", async (t) => {
    const find = ({ data }) => data.find((s) => s.id === sessionId);
    const listed = await withinASecond(t, "api.sessions.list", () => client.api.sessions.list({ limit: 100 }), find);
    assertMatches(find(listed), session({ id: sessionId, environment: ENVIRONMENT }));

    const whole = await withinASecond(
      t,
      "api.sessions.get",
      () => client.api.sessions.get(sessionId),
      ({ traces }) => traces.length === 3,
    );
    const byTime = [...whole.traces].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
    assertMatches(
      { ...whole, traces: byTime },
      { ...session({ id: sessionId, environment: ENVIRONMENT }), traces: [0, 1, 2].map((i) => sessionTrace(core(i))) },
    );
  });

  test("what does not exist is NotFound to the client", async () => {
    const notFound = { statusCode: 404 };
    await assert.rejects(client.api.trace.get(newId()), notFound);
    await assert.rejects(client.api.legacy.observationsV1.get(newId()), notFound);
    await assert.rejects(client.api.sessions.get(newId()), notFound);
  });

  test("the project behind the keys, and the address of a trace in it", async () => {
    const project = await currentProject();
    const answer = await client.api.projects.get();
    assert.equal(answer.data.length, 1);
    assertMatches(
      { id: answer.data[0].id, name: answer.data[0].name, metadata: answer.data[0].metadata },
      { id: project.id, name: anyText, metadata: {} },
    );
    assertMatches(answer.data[0].organization, { id: anyText, name: anyText });
    assert.equal(await client.getTraceUrl("abc"), `${baseUrl}/project/${project.id}/traces/abc`);
  });

  test("health needs no keys and tells a version", async () => {
    assertMatches(await client.api.health.health(), { status: "OK", version: anyText });
    const anonymous = await fetch(`${baseUrl}/api/public/health`);
    assert.equal(anonymous.status, 200);
    assert.equal((await fetch(`${baseUrl}/api/public/ready`)).status, 200);
  });

  test("wrong keys are Unauthorized to the client", async () => {
    const stranger = new LangfuseClient({ baseUrl, publicKey, secretKey: "sk-lf-not-the-key" });
    await assert.rejects(stranger.api.projects.get(), { statusCode: 401 });
    await assert.rejects(stranger.api.trace.list({}), { statusCode: 401 });
  });
});
