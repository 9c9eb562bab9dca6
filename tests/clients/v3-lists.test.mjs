// langfuse 3.39.2: lists of traces, observations and sessions follow a flush within a second.

import { after, before, describe, test } from "node:test";
import { assertMatches } from "./lib/compare.mjs";
import { newId, unique } from "./lib/server.mjs";
import { GPT_4O, observation, ordered, score, session, trace, traceRow } from "./lib/shapes.mjs";
import { withinASecond } from "./lib/soon.mjs";
import { connect, ENVIRONMENT, flush, RELEASE } from "./lib/v3.mjs";

const at = (milliseconds) => new Date(Date.parse("2026-03-02T13:00:00.000Z") + milliseconds);

describe("langfuse 3.39.2 lists", () => {
  const { client } = connect();
  const name = unique("listed");
  const [userId, otherUser] = [unique("user"), unique("other")];
  const sessionId = unique("session");
  const tag = unique("tag");
  const stories = Array.from({ length: 5 }, (_, i) => tell(i));

  /** Five traces a second apart: three of one user, three of one session, two with a tag, one failed. */
  function tell(i) {
    const start = i * 1000;
    const ids = { trace: newId(), outer: newId(), inner: newId(), rating: newId() };
    const turn = {
      id: ids.trace,
      name,
      timestamp: at(start),
      userId: i < 3 ? userId : otherUser,
      sessionId: i % 2 === 0 ? sessionId : null,
      tags: i < 2 ? ["common", tag] : ["common"],
      version: `v${i}`,
      metadata: { i, deep: { even: i % 2 === 0 } },
      input: { question: i },
      output: `answer ${i}`,
    };
    const outer = {
      id: ids.outer,
      name: "outer",
      startTime: at(start),
      endTime: at(start + 500 + i),
      level: i === 4 ? "ERROR" : "DEFAULT",
    };
    const inner = {
      id: ids.inner,
      name: "inner",
      startTime: at(start + 100),
      endTime: at(start + 400),
      model: "gpt-4o",
      input: "q",
      output: "a",
    };
    const usage = { input: 100 * (i + 1), output: 10 };
    const cost = { input: 0.00025 * (i + 1), output: 0.0001, total: 0.00025 * (i + 1) + 0.0001 };

    const send = () => {
      const root = client.trace(turn);
      root.span(outer).generation({ ...inner, usageDetails: usage });
      root.score({ id: ids.rating, name: "rating", value: i });
    };
    const common = { traceId: ids.trace, environment: ENVIRONMENT };
    const read = {
      turn: { ...turn, release: RELEASE, environment: ENVIRONMENT, totalCost: cost.total, latency: (500 + i) / 1000 },
      outer: observation({ ...common, ...outer }),
      inner: observation({
        ...common,
        ...GPT_4O,
        ...inner,
        parentObservationId: ids.outer,
        type: "GENERATION",
        usageDetails: { ...usage, total: usage.input + usage.output },
        costDetails: cost,
      }),
      rating: score({ ...common, id: ids.rating, name: "rating", dataType: "NUMERIC", value: i }),
    };
    return { ids, send, read };
  }

  const rows = (...indexes) =>
    indexes.map((i) => {
      const { ids, read } = stories[i];
      return traceRow({ ...read.turn, observations: [ids.outer, ids.inner], scores: [ids.rating] });
    });
  const one = (count) => ({ page: 1, limit: 50, totalItems: count, totalPages: 1 });
  const complete = (count) => (answer) =>
    answer.data?.length === count && answer.data.every((t) => t.observations?.length === 2 && t.scores?.length === 1);

  async function assertTraces(t, query, indexes, meta = one(indexes.length)) {
    const answer = await withinASecond(
      t,
      `traces by ${Object.keys(query).join(", ")}`,
      () => client.fetchTraces(query),
      complete(indexes.length),
    );
    assertMatches(answer.data.map(ordered), rows(...indexes));
    assertMatches(answer.meta, meta);
  }

  before(async () => {
    for (const story of stories) story.send();
    await flush(client);
  });
  after(() => client.shutdownAsync());

  test("traces by name, newest first", (t) => assertTraces(t, { name }, [4, 3, 2, 1, 0]));
  test("traces of a user", (t) => assertTraces(t, { userId }, [2, 1, 0]));
  test("traces of a session", (t) => assertTraces(t, { sessionId }, [4, 2, 0]));
  // This client joins several tags by commas, which the API does not promise to take apart.
  test("traces with a tag", (t) => assertTraces(t, { tags: [tag] }, [1, 0]));
  test("traces of a version", (t) => assertTraces(t, { name, version: "v3" }, [3]));
  test("traces of a release", (t) => assertTraces(t, { name, release: RELEASE }, [4, 3, 2, 1, 0]));
  test("traces of an environment", (t) => assertTraces(t, { name, environment: ENVIRONMENT }, [4, 3, 2, 1, 0]));
  test("traces of no such environment", (t) => assertTraces(t, { name, environment: "nowhere" }, [], { ...one(0), totalPages: 0 }));
  test("traces in a span of time: from inclusive, to exclusive", (t) =>
    assertTraces(t, { name, fromTimestamp: at(1000).toISOString(), toTimestamp: at(3000).toISOString() }, [2, 1]));
  test("traces in the order asked for", (t) => assertTraces(t, { name, orderBy: "timestamp.asc" }, [0, 1, 2, 3, 4]));

  test("traces page by page", async (t) => {
    const meta = (page) => ({ page, limit: 2, totalItems: 5, totalPages: 3 });
    await assertTraces(t, { name, limit: 2, page: 1 }, [4, 3], meta(1));
    await assertTraces(t, { name, limit: 2, page: 2 }, [2, 1], meta(2));
    await assertTraces(t, { name, limit: 2, page: 3 }, [0], meta(3));
    await assertTraces(t, { name, limit: 2, page: 4 }, [], meta(4));
  });

  async function assertObservations(t, query, expected) {
    const answer = await withinASecond(
      t,
      `observations by ${Object.keys(query).join(", ")}`,
      () => client.fetchObservations(query),
      ({ data }) => data?.length === expected.length,
    );
    assertMatches(answer.data, expected);
    assertMatches(answer.meta, one(expected.length));
  }

  const [first, , , , failed] = stories;
  test("observations of a trace, latest start first", (t) =>
    assertObservations(t, { traceId: first.ids.trace }, [first.read.inner, first.read.outer]));
  test("observations of a type", (t) =>
    assertObservations(t, { traceId: first.ids.trace, type: "GENERATION" }, [first.read.inner]));
  test("observations under a parent", (t) =>
    assertObservations(t, { parentObservationId: first.ids.outer }, [first.read.inner]));
  test("observations of a level", (t) =>
    assertObservations(t, { userId: otherUser, level: "ERROR" }, [failed.read.outer]));
  test("observations of a user and a name, in a span of time", (t) =>
    assertObservations(
      t,
      { userId, name: "outer", fromStartTime: at(1000).toISOString(), toStartTime: at(3000).toISOString() },
      [stories[2].read.outer, stories[1].read.outer],
    ));

  test("the session of the traces", async (t) => {
    const find = ({ data }) => data?.find((s) => s.id === sessionId);
    const answer = await withinASecond(t, "sessions", () => client.fetchSessions({ limit: 100 }), find);
    assertMatches(find(answer), session({ id: sessionId, environment: ENVIRONMENT }));
  });

  test("a trace read by id carries what the lists carry", async () => {
    for (const { ids, read } of stories) {
      assertMatches(
        ordered((await client.fetchTrace(ids.trace)).data),
        trace({ ...read.turn, observations: [read.outer, read.inner], scores: [read.rating] }),
      );
    }
  });
});
