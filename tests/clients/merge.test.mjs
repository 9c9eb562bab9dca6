// Raw batches through the ingestion endpoint: the orders and repetitions that networks make and
// that an SDK cannot be told to make. Reads go through langfuse 3.39.2.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertMatches } from "./lib/compare.mjs";
import { get, newId, postBatch, unique } from "./lib/server.mjs";
import { GPT_4O, observation, ordered, score, trace } from "./lib/shapes.mjs";
import { connect } from "./lib/v3.mjs";

const at = (milliseconds) => new Date(Date.parse("2026-03-02T12:00:00.000Z") + milliseconds).toISOString();

const { client } = connect();
const readTrace = async (id) => ordered((await client.fetchTrace(id)).data);

async function post(batch) {
  const { status, body } = await postBatch(batch);
  assert.equal(status, 207);
  const byId = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  assert.deepStrictEqual(
    { successes: body.successes.sort(byId), errors: body.errors },
    { successes: batch.map((event) => ({ id: event.id, status: 201 })).sort(byId), errors: [] },
  );
}

/** The life of one trace as nine events, and what every order of them must come to. */
function story() {
  const id = newId();
  const [span, generation, event, mark] = [newId(), newId(), newId(), newId()];
  const sessionId = unique("session");
  const entry = (type, ms, body) => ({ id: newId(), type, timestamp: at(ms), body });
  const events = [
    entry("trace-create", 0, { id, timestamp: at(0), name: "draft", sessionId, tags: ["z"], metadata: { a: { x: 1 } }, public: true }),
    entry("span-create", 10, { id: span, traceId: id, name: "work", startTime: at(10), input: { n: 1 }, metadata: { m: { p: 1 } } }),
    entry("generation-create", 20, {
      id: generation,
      traceId: id,
      parentObservationId: span,
      name: "answer",
      startTime: at(20),
      model: "gpt-4o",
      input: "hi",
      usageDetails: { input: 1 },
    }),
    entry("event-create", 30, { id: event, traceId: id, parentObservationId: span, name: "note", startTime: at(30), level: "DEBUG" }),
    entry("generation-update", 40, { id: generation, traceId: id, completionStartTime: at(120), output: "hel", statusMessage: "streaming" }),
    entry("generation-update", 50, {
      id: generation,
      traceId: id,
      output: "hello",
      endTime: at(520),
      usageDetails: { input: 100, output: 10 },
      statusMessage: "done",
    }),
    entry("span-update", 60, { id: span, traceId: id, output: [1, 2], endTime: at(1010), metadata: { m: { q: 2 } }, level: "WARNING" }),
    entry("trace-create", 70, { id, name: "final", output: "hello", tags: ["a"], metadata: { a: { y: 2 } }, userId: "u-7", timestamp: at(999) }),
    entry("score-create", 80, { id: mark, traceId: id, observationId: generation, name: "judge", value: 0.5 }),
  ];
  const expected = () =>
    trace({
      id,
      name: "final",
      timestamp: at(0),
      sessionId,
      userId: "u-7",
      tags: ["a", "z"],
      metadata: { a: { x: 1, y: 2 } },
      output: "hello",
      public: true,
      totalCost: 0.00035,
      latency: 1,
      observations: [
        observation({
          id: span,
          traceId: id,
          name: "work",
          startTime: at(10),
          endTime: at(1010),
          input: { n: 1 },
          output: [1, 2],
          metadata: { m: { p: 1, q: 2 } },
          level: "WARNING",
        }),
        observation({
          ...GPT_4O,
          id: generation,
          traceId: id,
          parentObservationId: span,
          type: "GENERATION",
          name: "answer",
          startTime: at(20),
          completionStartTime: at(120),
          endTime: at(520),
          model: "gpt-4o",
          input: "hi",
          output: "hello",
          statusMessage: "done",
          usageDetails: { input: 100, output: 10, total: 110 },
          costDetails: { input: 0.00025, output: 0.0001, total: 0.00035 },
        }),
        observation({
          id: event,
          traceId: id,
          parentObservationId: span,
          type: "EVENT",
          name: "note",
          startTime: at(30),
          level: "DEBUG",
        }),
      ],
      scores: [
        score({
          id: mark,
          traceId: id,
          observationId: generation,
          name: "judge",
          dataType: "NUMERIC",
          value: 0.5,
          timestamp: at(80),
        }),
      ],
    });
  return { id, events, expected };
}

/** A small seeded generator, so that a failing order can be run again. */
function shuffled(items, seed) {
  const copy = [...items];
  let state = seed;
  for (let i = copy.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

describe("order and repetition", () => {
  test("one batch in order", async () => {
    const { id, events, expected } = story();
    await post(events);
    assertMatches(await readTrace(id), expected());
  });

  test("one batch backwards", async () => {
    const { id, events, expected } = story();
    await post(events.toReversed());
    assertMatches(await readTrace(id), expected());
  });

  for (const seed of [1, 2, 3, 4, 5]) {
    test(`one event per request, shuffled with seed ${seed}`, async () => {
      const { id, events, expected } = story();
      for (const event of shuffled(events, seed)) await post([event]);
      assertMatches(await readTrace(id), expected());
    });
  }

  test("every request sent twice, the second time after all others", async () => {
    const { id, events, expected } = story();
    for (const event of events) await post([event]);
    const once = await readTrace(id);
    for (const event of shuffled(events, 6)) await post([event]);
    const twice = await readTrace(id);
    assertMatches(twice, expected());
    assert.equal(twice.createdAt, once.createdAt);
    assert.equal(twice.observations.length, 3);
    assert.equal(twice.scores.length, 1);
  });

  test("one batch that holds every event twice", async () => {
    const { id, events, expected } = story();
    await post([...events, ...shuffled(events, 7)]);
    assertMatches(await readTrace(id), expected());
  });

  test("all events at once over parallel requests", async () => {
    const { id, events, expected } = story();
    await Promise.all(shuffled([...events, ...events], 8).map((event) => post([event])));
    assertMatches(await readTrace(id), expected());
  });

  test("the same body under a new event id changes nothing", async () => {
    const { id, events, expected } = story();
    await post(events);
    await post(events.map((event) => ({ ...event, id: newId() })));
    assertMatches(await readTrace(id), expected());
  });
});

describe("merge", () => {
  const entry = (type, ms, body) => ({ id: newId(), type, timestamp: at(ms), body });

  test("nothing that is absent, empty or falsy overwrites", async () => {
    const [id, span] = [newId(), newId()];
    await post([
      entry("trace-create", 0, { id, timestamp: at(0), name: "kept", userId: "u", input: "in", output: "out", metadata: { k: 1 } }),
      entry("span-create", 0, {
        id: span,
        traceId: id,
        name: "kept",
        startTime: at(0),
        endTime: at(10),
        input: { q: 1 },
        output: "out",
        statusMessage: "fine",
        version: "v",
      }),
      entry("trace-create", 5, { id, input: "", output: null, metadata: {} }),
      entry("span-update", 5, { id: span, traceId: id, output: "", statusMessage: null, endTime: null, version: null, metadata: null }),
    ]);

    assertMatches(
      await readTrace(id),
      trace({
        id,
        name: "kept",
        timestamp: at(0),
        userId: "u",
        input: "in",
        output: "out",
        metadata: { k: 1 },
        latency: 0.01,
        observations: [
          observation({
            id: span,
            traceId: id,
            name: "kept",
            startTime: at(0),
            endTime: at(10),
            input: { q: 1 },
            output: "out",
            statusMessage: "fine",
            version: "v",
          }),
        ],
      }),
    );
  });

  test("an explicit null clears the name, the user and the session of a trace", async () => {
    const id = newId();
    await post([entry("trace-create", 0, { id, timestamp: at(0), name: "n", userId: "u", sessionId: unique("s"), version: "1", release: "r" })]);
    await post([entry("trace-create", 1, { id, name: null, userId: null, sessionId: null, version: null, release: null })]);
    assertMatches(await readTrace(id), trace({ id, timestamp: at(0) }));
  });

  test("an update of an unknown observation creates it, and its trace when that arrives", async () => {
    const [id, generation] = [newId(), newId()];
    await post([entry("generation-update", 3, { id: generation, traceId: id, name: "orphan", output: "x", endTime: at(2), startTime: at(1) })]);
    const shape = observation({
      id: generation,
      traceId: id,
      type: "GENERATION",
      name: "orphan",
      startTime: at(1),
      endTime: at(2),
      output: "x",
    });
    assertMatches((await client.fetchObservation(generation)).data, shape);

    await post([entry("trace-create", 0, { id, timestamp: at(0), name: "parent" })]);
    assertMatches(
      await readTrace(id),
      trace({ id, name: "parent", timestamp: at(0), latency: 0.001, observations: [shape] }),
    );
  });

  test("an end before the start is taken as the start", async () => {
    const [id, span] = [newId(), newId()];
    await post([
      entry("trace-create", 0, { id, timestamp: at(0) }),
      entry("span-create", 0, { id: span, traceId: id, name: "backwards", startTime: at(500), endTime: at(100) }),
    ]);
    assertMatches(
      (await client.fetchObservation(span)).data,
      observation({ id: span, traceId: id, name: "backwards", startTime: at(500), endTime: at(500) }),
    );
  });

  test("times with an offset are read back in UTC", async () => {
    const [id, span] = [newId(), newId()];
    await post([
      { id: newId(), type: "trace-create", timestamp: "2026-03-02T14:00:00+02:00", body: { id, timestamp: "2026-03-02T14:00:00+02:00" } },
      entry("span-create", 0, {
        id: span,
        traceId: id,
        startTime: "2026-03-02T07:00:00.250-05:00",
        endTime: "2026-03-02T12:00:01.5Z",
      }),
    ]);
    assertMatches(
      await readTrace(id),
      trace({
        id,
        timestamp: at(0),
        latency: 1.25,
        observations: [observation({ id: span, traceId: id, name: null, startTime: at(250), endTime: at(1500) })],
      }),
    );
  });

  test("every observation type has its own create event", async () => {
    const id = newId();
    const types = ["agent", "tool", "chain", "retriever", "evaluator", "embedding", "guardrail"];
    const made = types.map((type) => ({ type, id: newId() }));
    await post([
      entry("trace-create", 0, { id, timestamp: at(0), name: "types" }),
      ...made.map((o, i) =>
        entry(`${o.type}-create`, i, { id: o.id, traceId: id, name: o.type, startTime: at(i), endTime: at(i + 1), input: o.type }),
      ),
    ]);
    assertMatches(
      await readTrace(id),
      trace({
        id,
        name: "types",
        timestamp: at(0),
        latency: 0.007,
        observations: made.map((o, i) =>
          observation({
            id: o.id,
            traceId: id,
            type: o.type.toUpperCase(),
            name: o.type,
            startTime: at(i),
            endTime: at(i + 1),
            input: o.type,
          }),
        ),
      }),
    );
  });

  test("environments are put in order: lower case, no reserved prefix, else default", async () => {
    const given = { Production: "production", "langfuse-eval": "eval", "not allowed!": "default", "eu_west-1": "eu_west-1" };
    const traces = Object.entries(given).map(([environment, read]) => ({ id: newId(), environment, read }));
    await post(traces.map(({ id, environment }) => entry("trace-create", 0, { id, timestamp: at(0), environment })));
    for (const { id, read } of traces) {
      assertMatches(await readTrace(id), trace({ id, timestamp: at(0), environment: read }));
    }
  });

  test("one bad event does not harm its neighbours", async () => {
    const [id, good] = [newId(), newId()];
    const bad = entry("generation-create", 1, { id: newId(), traceId: id, startTime: "yesterday" });
    const unknown = entry("spam-create", 1, { id: newId() });
    const { status, body } = await postBatch([
      entry("trace-create", 0, { id, timestamp: at(0), name: "survivor" }),
      bad,
      unknown,
      entry("span-create", 2, { id: good, traceId: id, name: "good", startTime: at(2) }),
    ]);
    assert.equal(status, 207);
    assert.equal(body.successes.length, 2);
    assert.deepStrictEqual(
      body.errors.map(({ id, status, message }) => ({ id, status, message })).sort((a, b) => (a.id < b.id ? -1 : 1)),
      [bad, unknown]
        .map((e) => ({ id: e.id, status: 400, message: "Invalid request data" }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    assertMatches(
      await readTrace(id),
      trace({
        id,
        name: "survivor",
        timestamp: at(0),
        observations: [observation({ id: good, traceId: id, name: "good", startTime: at(2) })],
      }),
    );
  });

  test("an unknown trace answers 404 with the documented body", async () => {
    const id = newId();
    assert.deepStrictEqual(await get(`/api/public/traces/${id}`), {
      status: 404,
      body: { message: `Trace ${id} not found within authorized project`, error: "LangfuseNotFoundError" },
    });
  });
});
