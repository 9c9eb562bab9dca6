// langfuse 3.39.2: traces, spans, generations and events, their updates, and reads by id.

import { after, describe, test } from "node:test";
import { assertMatches } from "./lib/compare.mjs";
import { newId, unique } from "./lib/server.mjs";
import { GPT_4O, GPT_4O_MINI, observation, ordered, trace } from "./lib/shapes.mjs";
import { nextMillisecond } from "./lib/soon.mjs";
import { connect, endOf, ENVIRONMENT, flush, RELEASE } from "./lib/v3.mjs";

const at = (milliseconds) => new Date(Date.parse("2026-03-02T09:00:00.000Z") + milliseconds);

describe("langfuse 3.39.2 tracing", () => {
  const { client, sent } = connect();
  after(() => client.shutdownAsync());

  test("a nested trace is read back whole, right after the flush", async () => {
    const id = newId();
    const userId = unique("user");
    const sessionId = unique("session");
    const root = client.trace({
      id,
      name: "support-turn",
      timestamp: at(0),
      userId,
      sessionId,
      tags: ["support", "beta", "support"],
      metadata: { channel: "chat", customer: { tier: "gold", seats: 25, flags: [true, null, "x"] } },
      input: { question: "Where is my order?", history: [] },
      output: "On its way — arriving Tuesday 📦",
      version: "1.4.0",
      public: true,
      externalId: null,
    });
    const handle = root.span({ name: "handle", startTime: at(0), input: { step: 1 }, metadata: { worker: 7 } });
    const retrieve = handle.span({
      name: "retrieve",
      startTime: at(5),
      endTime: at(45),
      input: "order status",
      output: [{ doc: "a1", score: 0.91 }, { doc: "b2", score: 0.4 }],
      version: "idx-3",
    });
    const rerank = retrieve.event({
      name: "rerank-skipped",
      startTime: at(44),
      level: "WARNING",
      statusMessage: "fewer than three documents",
      input: { found: 2 },
      metadata: { threshold: 3 },
    });
    const answer = handle.generation({
      name: "answer",
      startTime: at(50),
      completionStartTime: at(370),
      endTime: at(1250),
      model: "gpt-4o",
      modelParameters: { temperature: 0.2, maxTokens: 256, stream: true, stop: ["END", "STOP"] },
      input: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Where is my order?" },
      ],
      output: { role: "assistant", content: "On its way — arriving Tuesday 📦" },
      usageDetails: { input: 1000, output: 200 },
      metadata: { region: "eu" },
    });
    await nextMillisecond();
    handle.update({ output: { ok: true }, endTime: at(1300) });
    await flush(client);

    const { data } = await client.fetchTrace(id);
    const common = { traceId: id, environment: ENVIRONMENT };
    const expected = {
      handle: observation({
        ...common,
        id: handle.id,
        name: "handle",
        startTime: at(0),
        endTime: at(1300),
        input: { step: 1 },
        output: { ok: true },
        metadata: { worker: 7 },
      }),
      retrieve: observation({
        ...common,
        id: retrieve.id,
        parentObservationId: handle.id,
        name: "retrieve",
        startTime: at(5),
        endTime: at(45),
        input: "order status",
        output: [{ doc: "a1", score: 0.91 }, { doc: "b2", score: 0.4 }],
        version: "idx-3",
      }),
      rerank: observation({
        ...common,
        id: rerank.id,
        parentObservationId: retrieve.id,
        type: "EVENT",
        name: "rerank-skipped",
        startTime: at(44),
        level: "WARNING",
        statusMessage: "fewer than three documents",
        input: { found: 2 },
        metadata: { threshold: 3 },
      }),
      answer: observation({
        ...common,
        ...GPT_4O,
        id: answer.id,
        parentObservationId: handle.id,
        type: "GENERATION",
        name: "answer",
        startTime: at(50),
        completionStartTime: at(370),
        endTime: at(1250),
        model: "gpt-4o",
        modelParameters: { temperature: 0.2, maxTokens: 256, stream: true, stop: ["END", "STOP"] },
        input: [
          { role: "system", content: "Be brief." },
          { role: "user", content: "Where is my order?" },
        ],
        output: { role: "assistant", content: "On its way — arriving Tuesday 📦" },
        usageDetails: { input: 1000, output: 200, total: 1200 },
        costDetails: { input: 0.0025, output: 0.002, total: 0.0045 },
        metadata: { region: "eu" },
      }),
    };
    assertMatches(
      ordered(data),
      trace({
        id,
        name: "support-turn",
        timestamp: at(0),
        userId,
        sessionId,
        tags: ["beta", "support"],
        metadata: { channel: "chat", customer: { tier: "gold", seats: 25, flags: [true, null, "x"] } },
        input: { question: "Where is my order?", history: [] },
        output: "On its way — arriving Tuesday 📦",
        version: "1.4.0",
        release: RELEASE,
        environment: ENVIRONMENT,
        public: true,
        observations: Object.values(expected),
        totalCost: 0.0045,
        latency: 1.3,
      }),
    );
    for (const [name, shape] of Object.entries(expected)) {
      assertMatches((await client.fetchObservation(shape.id)).data, shape, `observation ${name} read by id`);
    }
  });

  test("what nothing was sent for reads as empty", async () => {
    const id = newId();
    client.trace({ id, timestamp: at(0) }).span({ id: `${id}-span`, name: "bare", startTime: at(1) });
    await flush(client);

    assertMatches(
      ordered((await client.fetchTrace(id)).data),
      trace({
        id,
        timestamp: at(0),
        release: RELEASE,
        environment: ENVIRONMENT,
        observations: [
          observation({ id: `${id}-span`, traceId: id, name: "bare", startTime: at(1), environment: ENVIRONMENT }),
        ],
      }),
    );
  });

  test("updates of a trace merge: scalars are replaced, metadata deep, tags united, time and environment kept", async () => {
    const id = newId();
    const handle = client.trace({
      id,
      name: "first name",
      timestamp: at(0),
      userId: "u-1",
      tags: ["b"],
      metadata: { keep: 1, nested: { a: 1, b: { c: true } } },
      input: "in",
      version: "1",
      public: true,
    });
    await nextMillisecond();
    handle.update({ name: "second name", tags: ["a"], metadata: { nested: { b: { d: "new" } }, added: "x" } });
    await flush(client);
    handle.update({ output: { done: true }, userId: "u-2", release: "2026.2", environment: "elsewhere" });
    await flush(client);

    assertMatches(
      (await client.fetchTrace(id)).data,
      trace({
        id,
        name: "second name",
        timestamp: at(0),
        userId: "u-2",
        tags: ["a", "b"],
        metadata: { keep: 1, nested: { a: 1, b: { c: true, d: "new" } }, added: "x" },
        input: "in",
        output: { done: true },
        version: "1",
        release: "2026.2",
        environment: ENVIRONMENT,
        public: true,
      }),
    );
  });

  test("span.update and generation.end complete what was opened, across flushes", async () => {
    const id = newId();
    const root = client.trace({ id, name: "stream", timestamp: at(0) });
    const span = root.span({ name: "work", startTime: at(0), metadata: { a: { x: 1 } }, level: "DEBUG" });
    const generation = span.generation({
      name: "write",
      startTime: at(10),
      model: "gpt-4o-mini",
      modelParameters: { temperature: 1 },
      input: "prompt",
    });
    await flush(client);

    const { data: open } = await client.fetchObservation(generation.id);
    assertMatches(
      { endTime: open.endTime, output: open.output, latency: open.latency, input: open.input, level: open.level },
      { endTime: null, output: null, latency: null, input: "prompt", level: "DEFAULT" },
      "the generation while it runs",
    );

    generation.update({ completionStartTime: at(200) });
    await nextMillisecond();
    generation.end({ output: "text", usage: { promptTokens: 100, completionTokens: 50 } });
    span.update({ statusMessage: "slow", level: "ERROR", metadata: { a: { y: 2 } }, output: "partial" });
    await nextMillisecond();
    span.end({ output: "whole" });
    await flush(client);

    const generationEnd = endOf(sent, generation.id);
    const spanEnd = endOf(sent, span.id);
    const cost = { input: 0.000015, output: 0.00003, total: 0.000045 };
    const { data } = await client.fetchTrace(id);
    assertMatches(
      ordered(data),
      trace({
        id,
        name: "stream",
        timestamp: at(0),
        release: RELEASE,
        environment: ENVIRONMENT,
        totalCost: cost.total,
        latency: (Math.max(Date.parse(generationEnd), Date.parse(spanEnd)) - at(0).getTime()) / 1000,
        observations: [
          observation({
            id: span.id,
            traceId: id,
            name: "work",
            environment: ENVIRONMENT,
            startTime: at(0),
            endTime: spanEnd,
            metadata: { a: { x: 1, y: 2 } },
            level: "ERROR",
            statusMessage: "slow",
            output: "whole",
          }),
          observation({
            ...GPT_4O_MINI,
            id: generation.id,
            traceId: id,
            parentObservationId: span.id,
            type: "GENERATION",
            name: "write",
            environment: ENVIRONMENT,
            startTime: at(10),
            completionStartTime: at(200),
            endTime: generationEnd,
            model: "gpt-4o-mini",
            modelParameters: { temperature: 1 },
            input: "prompt",
            output: "text",
            usageDetails: { input: 100, output: 50, total: 150 },
            costDetails: cost,
          }),
        ],
      }),
    );
  });

  test("text of any kind and size comes back as it was sent", async () => {
    const texts = {
      controls: "tab\t line\n return\r bell\u0007 zero\u0000 delete\u007f",
      scripts: "Ünïcødé — 日本語 — العربية — हिन्दी — 👩‍👩‍👧‍👦 — \u2028\u2029\ufeff",
      markup: "<script>alert('x')</script> & \"quoted\" \\ back`tick` ${x} {{y}} %s",
      query: "'; DROP TABLE traces; --",
      large: "0123456789 äöü 🚀 ".repeat(20_000),
    };
    const deep = { list: Array.from({ length: 500 }, (_, i) => ({ i, odd: i % 2 === 1, half: i / 2, nothing: null })) };
    const numbers = [0.1, -0.5, 1e-7, 1e21, 9007199254740991, -9007199254740991, 1.7976931348623157e308, 5e-324];
    const id = newId();
    const root = client.trace({ id, name: texts.markup, timestamp: at(0), input: texts, output: deep, metadata: { numbers, texts } });
    const span = root.span({ name: texts.scripts, startTime: at(0), endTime: at(1), input: texts.large, output: numbers });
    await flush(client);

    assertMatches(
      (await client.fetchTrace(id)).data,
      trace({
        id,
        name: texts.markup,
        timestamp: at(0),
        release: RELEASE,
        environment: ENVIRONMENT,
        input: texts,
        output: deep,
        metadata: { numbers, texts },
        latency: 0.001,
        observations: [
          observation({
            id: span.id,
            traceId: id,
            name: texts.scripts,
            environment: ENVIRONMENT,
            startTime: at(0),
            endTime: at(1),
            input: texts.large,
            output: numbers,
          }),
        ],
      }),
    );
  });

  test("calls made within one millisecond keep their order", async () => {
    // The SDK stamps events with milliseconds, so a busy application regularly sends several
    // changes of one observation with equal timestamps; their place in the batch decides.
    const id = newId();
    const root = client.trace({ id, name: "burst", timestamp: at(0) });
    const spans = Array.from({ length: 25 }, (_, i) => {
      const span = root.span({ name: `burst-${String(i).padStart(2, "0")}`, startTime: at(i) });
      span.update({ output: "draft", level: "WARNING" });
      span.update({ output: `final ${i}`, level: "DEBUG", endTime: at(i + 10) });
      return span;
    });
    await flush(client);

    const { data } = await client.fetchTrace(id);
    assertMatches(
      ordered(data).observations.map(({ id, output, level }) => ({ id, output, level })),
      spans.map((span, i) => ({ id: span.id, output: `final ${i}`, level: "DEBUG" })),
    );
  });

  test("an application with default settings loses nothing to concurrent batches", async () => {
    // Fifteen events per request, several requests under way at once, as the SDK does by default.
    const app = connect({ flushAt: 15, flushInterval: 10_000 });
    const ids = Array.from({ length: 12 }, () => newId());
    for (const [i, id] of ids.entries()) {
      const root = app.client.trace({ id, name: "defaults", timestamp: at(i) });
      for (let step = 0; step < 4; step++) {
        const span = root.span({ name: `step-${step}`, startTime: at(i + step), input: { i, step } });
        span.update({ output: i * step + 1, endTime: at(i + step + 100) });
      }
    }
    await app.client.shutdownAsync();

    for (const [i, id] of ids.entries()) {
      assertMatches(
        ordered((await client.fetchTrace(id)).data),
        trace({
          id,
          name: "defaults",
          timestamp: at(i),
          release: RELEASE,
          environment: ENVIRONMENT,
          latency: 0.103,
          observations: Array.from({ length: 4 }, (_, step) =>
            observation({
              id: matchingIdOf(app.sent, id, `step-${step}`),
              traceId: id,
              name: `step-${step}`,
              environment: ENVIRONMENT,
              startTime: at(i + step),
              endTime: at(i + step + 100),
              input: { i, step },
              output: i * step + 1,
            }),
          ),
        }),
      );
    }
  });
});

function matchingIdOf(sent, traceId, name) {
  return sent.find((e) => e.type === "span-create" && e.body.traceId === traceId && e.body.name === name).body.id;
}
