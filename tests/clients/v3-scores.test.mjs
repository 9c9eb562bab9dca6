// langfuse 3.39.2: scores of every kind on traces, observations and sessions.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { LangfuseWeb } from "langfuse";
import { assertMatches } from "./lib/compare.mjs";
import { baseUrl, get, newId, publicKey, unique } from "./lib/server.mjs";
import { observation, ordered, score, trace } from "./lib/shapes.mjs";
import { connect, ENVIRONMENT, flush, RELEASE } from "./lib/v3.mjs";

const start = new Date("2026-03-02T11:00:00.000Z");

describe("langfuse 3.39.2 scores", () => {
  const { client } = connect();
  after(() => client.shutdownAsync());

  test("numeric, boolean and categorical scores of a trace and of an observation", async () => {
    const id = newId();
    const root = client.trace({ id, name: "scored", timestamp: start });
    const span = root.span({ name: "work", startTime: start });
    const ids = Object.fromEntries(["quality", "helpful", "tone", "latency-ok", "guess"].map((n) => [n, newId()]));
    root.score({
      id: ids.quality,
      name: "quality",
      value: 0.85,
      comment: "close enough",
      metadata: { grader: "v2", weights: { a: 0.5, b: 2 }, n: 3, ok: true },
    });
    root.score({ id: ids.helpful, name: "helpful", value: 1, dataType: "BOOLEAN" });
    span.score({ id: ids.tone, name: "tone", value: "friendly", dataType: "CATEGORICAL" });
    span.score({ id: ids["latency-ok"], name: "latency-ok", value: 0, dataType: "BOOLEAN" });
    client.score({ id: ids.guess, traceId: id, name: "guess", value: "maybe" });
    await flush(client);

    const common = { traceId: id, environment: ENVIRONMENT };
    assertMatches(
      ordered((await client.fetchTrace(id)).data),
      trace({
        id,
        name: "scored",
        timestamp: start,
        release: RELEASE,
        environment: ENVIRONMENT,
        observations: [
          observation({ id: span.id, traceId: id, name: "work", startTime: start, environment: ENVIRONMENT }),
        ],
        scores: [
          score({
            ...common,
            id: ids.quality,
            name: "quality",
            dataType: "NUMERIC",
            value: 0.85,
            comment: "close enough",
            metadata: { grader: "v2", weights: { a: 0.5, b: 2 }, n: 3, ok: true },
          }),
          score({ ...common, id: ids.helpful, name: "helpful", dataType: "BOOLEAN", value: 1, stringValue: "True" }),
          score({
            ...common,
            id: ids.tone,
            observationId: span.id,
            name: "tone",
            dataType: "CATEGORICAL",
            value: 0,
            stringValue: "friendly",
          }),
          score({
            ...common,
            id: ids["latency-ok"],
            observationId: span.id,
            name: "latency-ok",
            dataType: "BOOLEAN",
            value: 0,
            stringValue: "False",
          }),
          score({ ...common, id: ids.guess, name: "guess", dataType: "CATEGORICAL", value: 0, stringValue: "maybe" }),
        ],
      }),
    );
  });

  test("a score sent again under its id is changed, not doubled", async () => {
    const id = newId();
    const scoreId = newId();
    client.trace({ id, name: "rescored", timestamp: start });
    client.score({ id: scoreId, traceId: id, name: "rating", value: 2, comment: "first look" });
    await flush(client);
    const first = (await client.fetchTrace(id)).data.scores[0];
    client.score({ id: scoreId, traceId: id, name: "rating", value: 5 });
    await flush(client);

    assertMatches((await client.fetchTrace(id)).data.scores, [
      score({
        id: scoreId,
        traceId: id,
        name: "rating",
        dataType: "NUMERIC",
        value: 5,
        comment: "first look",
        environment: ENVIRONMENT,
        timestamp: first.timestamp,
        createdAt: first.createdAt,
      }),
    ]);
  });

  test("a browser scores a trace with the public key alone", async () => {
    const id = newId();
    const scoreId = newId();
    client.trace({ id, name: "rated by its reader", timestamp: start });
    await flush(client);
    const browser = new LangfuseWeb({ publicKey, baseUrl });
    await browser.score({ id: scoreId, traceId: id, name: "thumbs", value: 0, comment: "not what I asked" });

    assertMatches((await client.fetchTrace(id)).data.scores, [
      score({ id: scoreId, traceId: id, name: "thumbs", dataType: "NUMERIC", value: 0, comment: "not what I asked" }),
    ]);
  });

  test("feedback that arrives before its trace waits for it", async () => {
    const id = newId();
    const scoreId = newId();
    client.score({ id: scoreId, traceId: id, name: "thumbs", value: 1, dataType: "BOOLEAN" });
    await flush(client);
    assert.equal((await get(`/api/public/traces/${id}`)).status, 404, "scores alone do not make a trace visible");

    client.trace({ id, name: "late", timestamp: start });
    await flush(client);
    assertMatches(
      ordered((await client.fetchTrace(id)).data),
      trace({
        id,
        name: "late",
        timestamp: start,
        release: RELEASE,
        environment: ENVIRONMENT,
        scores: [
          score({
            id: scoreId,
            traceId: id,
            name: "thumbs",
            dataType: "BOOLEAN",
            value: 1,
            stringValue: "True",
            environment: ENVIRONMENT,
          }),
        ],
      }),
    );
  });

  test("a session takes scores and its traces do not show them as their own", async () => {
    const id = newId();
    const sessionId = unique("session");
    client.trace({ id, name: "in session", timestamp: start, sessionId });
    client.score({ id: newId(), sessionId, name: "csat", value: 4, comment: "solved" });
    await flush(client);

    assertMatches(
      (await client.fetchTrace(id)).data,
      trace({ id, name: "in session", timestamp: start, sessionId, release: RELEASE, environment: ENVIRONMENT }),
    );
  });
});
