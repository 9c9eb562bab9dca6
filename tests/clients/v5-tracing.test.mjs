// @langfuse/tracing and @langfuse/otel 5.11.1: spans over OTLP/HTTP JSON, read with @langfuse/client.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import {
  observe,
  propagateAttributes,
  startActiveObservation,
  startObservation,
  updateActiveObservation,
} from "@langfuse/tracing";
import { anyInstant, anyText, assertMatches, matching, near, oneOf } from "./lib/compare.mjs";
import { unique } from "./lib/server.mjs";
import { GPT_4O, observation, ordered, trace } from "./lib/shapes.mjs";
import { connect, ENVIRONMENT, origin, RELEASE, SERVICE_VERSION, startChild } from "./lib/v5.mjs";

const at = (milliseconds) => new Date(Date.parse("2026-03-03T09:00:00.000Z") + milliseconds);
const anyInstantOrNull = matching("an instant or null", (v) => v === null || anyInstant.accepts(v));
const anySeconds = matching("seconds", (v) => typeof v === "number" && v >= 0);
const anySecondsOrNull = matching("seconds or null", (v) => v === null || anySeconds.accepts(v));

describe("@langfuse 5.11.1 tracing", () => {
  const { client, flush, shutdown } = connect();
  after(shutdown);

  const readTrace = async (id) => ordered(await client.api.trace.get(id));
  const common = { environment: ENVIRONMENT, version: SERVICE_VERSION, metadata: origin() };

  test("nested observations with propagated attributes are read back whole, right after the flush", async () => {
    const [userId, sessionId] = [unique("user"), unique("session")];
    const made = propagateAttributes(
      {
        userId,
        sessionId,
        tags: ["otel", "beta"],
        metadata: { plan: "pro", region: "eu" },
        version: "7.1",
        traceName: "checkout-assistant",
      },
      () => {
        const root = startObservation(
          "handle-request",
          { input: { cart: [1, 2] }, metadata: { attempt: 2, flags: { fast: true } } },
          { startTime: at(0) },
        );
        const generation = startChild(
          root,
          "answer",
          {
            model: "gpt-4o",
            modelParameters: { temperature: 0.3, max_tokens: 128 },
            input: [{ role: "user", content: "Total?" }],
          },
          { asType: "generation", startTime: at(20) },
        );
        generation.update({
          completionStartTime: at(220),
          output: { role: "assistant", content: "€ 41.90" },
          usageDetails: { input: 1000, output: 100 },
        });
        generation.end(at(1020));
        root.update({ output: { total: "€ 41.90" } }).end(at(1100));
        return { root, generation };
      },
    );
    await flush();

    const { traceId } = made.root;
    const root = observation({
      ...common,
      id: made.root.id,
      traceId,
      name: "handle-request",
      startTime: at(0),
      endTime: at(1100),
      version: "7.1",
      input: { cart: [1, 2] },
      output: { total: "€ 41.90" },
      metadata: origin({ attempt: 2, flags: { fast: true } }),
    });
    const generation = observation({
      ...common,
      ...GPT_4O,
      id: made.generation.id,
      traceId,
      parentObservationId: made.root.id,
      type: "GENERATION",
      name: "answer",
      startTime: at(20),
      completionStartTime: at(220),
      endTime: at(1020),
      version: "7.1",
      model: "gpt-4o",
      modelParameters: { temperature: 0.3, max_tokens: 128 },
      input: [{ role: "user", content: "Total?" }],
      output: { role: "assistant", content: "€ 41.90" },
      usageDetails: { input: 1000, output: 100, total: 1100 },
      costDetails: { input: 0.0025, output: 0.001, total: 0.0035 },
    });
    assertMatches(
      await readTrace(traceId),
      trace({
        id: traceId,
        name: "checkout-assistant",
        timestamp: at(0),
        userId,
        sessionId,
        tags: ["beta", "otel"],
        version: "7.1",
        release: RELEASE,
        environment: ENVIRONMENT,
        metadata: origin({ plan: "pro", region: "eu", attempt: 2, flags: { fast: true } }),
        input: { cart: [1, 2] },
        output: { total: "€ 41.90" },
        observations: [root, generation],
        totalCost: 0.0035,
        latency: 1.1,
      }),
    );
    for (const shape of [root, generation]) {
      assertMatches(await client.api.legacy.observationsV1.get(shape.id), shape);
    }
  });

  test("every observation type arrives as itself", async () => {
    const types = ["span", "generation", "agent", "tool", "chain", "retriever", "evaluator", "guardrail", "embedding"];
    const root = startObservation("types", {}, { startTime: at(0) });
    const made = types.map((asType, i) => {
      const child = startChild(root, asType, { input: { asType }, output: i }, { asType, startTime: at(i) });
      child.end(at(i + 10));
      return child;
    });
    const event = startChild(root, "moment", { input: "tick", level: "DEBUG" }, { asType: "event", startTime: at(50) });
    root.end(at(100));
    await flush();

    const { traceId } = root;
    assertMatches(
      await readTrace(traceId),
      trace({
        id: traceId,
        name: "types",
        timestamp: at(0),
        release: RELEASE,
        version: SERVICE_VERSION,
        environment: ENVIRONMENT,
        metadata: origin(),
        latency: 0.1,
        observations: [
          observation({ ...common, id: root.id, traceId, name: "types", startTime: at(0), endTime: at(100) }),
          ...made.map((child, i) =>
            observation({
              ...common,
              id: child.id,
              traceId,
              parentObservationId: root.id,
              type: types[i].toUpperCase(),
              name: types[i],
              startTime: at(i),
              endTime: at(i + 10),
              input: { asType: types[i] },
              // A falsy output is not stored.
              output: i === 0 ? oneOf(0, null) : i,
            }),
          ),
          {
            ...observation({
              ...common,
              id: event.id,
              traceId,
              parentObservationId: root.id,
              type: "EVENT",
              name: "moment",
              startTime: at(50),
              input: "tick",
              level: "DEBUG",
            }),
            endTime: oneOf(null, at(50).toISOString()),
            latency: oneOf(null, 0),
          },
        ],
      }),
    );
  });

  test("usage in OpenAI's shape, costs that were sent, embeddings and failures", async () => {
    const root = startObservation("accounting", {}, { startTime: at(0) });
    const child = (name, asType, attributes) => {
      const made = startChild(root, name, attributes, { asType, startTime: at(0) });
      made.end(at(500));
      return made;
    };
    const chat = child("chat", "generation", {
      model: "gpt-4o",
      usageDetails: {
        prompt_tokens: 1000,
        completion_tokens: 100,
        total_tokens: 1100,
        prompt_tokens_details: { cached_tokens: 400 },
      },
    });
    const paid = child("paid", "generation", {
      model: "gpt-4o",
      usageDetails: { input: 10, output: 10 },
      costDetails: { input: 0.25, output: 0.5 },
    });
    const embedding = child("embed", "embedding", { model: "text-embedding-3-small", usageDetails: { input: 1000 } });
    const failed = child("failed", "generation", {
      model: "house-model-1",
      level: "ERROR",
      statusMessage: "context length exceeded",
    });
    root.end(at(500));
    await flush();

    const { traceId } = root;
    const part = { ...common, traceId, parentObservationId: root.id, startTime: at(0), endTime: at(500) };
    assertMatches(
      await readTrace(traceId),
      trace({
        id: traceId,
        name: "accounting",
        timestamp: at(0),
        release: RELEASE,
        version: SERVICE_VERSION,
        environment: ENVIRONMENT,
        metadata: origin(),
        latency: 0.5,
        totalCost: 0.003 + 0.75 + 0.00002,
        observations: [
          observation({ ...part, id: root.id, parentObservationId: null, name: "accounting" }),
          observation({
            ...part,
            ...GPT_4O,
            id: chat.id,
            type: "GENERATION",
            name: "chat",
            model: "gpt-4o",
            usageDetails: { input: 600, input_cached_tokens: 400, output: 100, total: 1100 },
            costDetails: { input: 0.0015, input_cached_tokens: 0.0005, output: 0.001, total: 0.003 },
          }),
          observation({
            ...part,
            ...GPT_4O,
            id: paid.id,
            type: "GENERATION",
            name: "paid",
            model: "gpt-4o",
            usageDetails: { input: 10, output: 10, total: 20 },
            costDetails: { input: 0.25, output: 0.5, total: 0.75 },
          }),
          {
            ...observation({
              ...part,
              id: embedding.id,
              type: "EMBEDDING",
              name: "embed",
              model: "text-embedding-3-small",
              usageDetails: { input: 1000, total: 1000 },
            }),
            // A price book may price an embedding by its input or by its total: the sum is the same.
            modelId: anyText,
            usagePricingTierName: "Standard",
            usagePricingTierId: anyText,
            inputPrice: oneOf(null, 2e-8),
            totalPrice: oneOf(null, 2e-8),
            costDetails: matching("a total of 0.00002", (v) => Math.abs(v?.total - 0.00002) < 1e-12),
            calculatedInputCost: oneOf(null, 0.00002),
            calculatedTotalCost: near(0.00002),
          },
          observation({
            ...part,
            id: failed.id,
            type: "GENERATION",
            name: "failed",
            model: "house-model-1",
            level: "ERROR",
            statusMessage: "context length exceeded",
          }),
        ],
      }),
    );
  });

  test("active observations nest by context, and what throws is an error with its message", async () => {
    let ids;
    await assert.rejects(
      startActiveObservation(
        "agent-loop",
        async (agent) => {
          ids = { traceId: agent.traceId, agent: agent.id };
          updateActiveObservation({ input: "go" });
          const lookup = observe(async (city) => ({ city, sky: "clear" }), { name: "weather", asType: "tool" });
          await lookup("Oslo");
          ids.note = agent.startObservation("note", { output: "seen" }, { asType: "event" }).id;
          await startActiveObservation("fragile", async (span) => {
            ids.fragile = span.id;
            throw new Error("upstream said no");
          });
        },
        { asType: "agent" },
      ),
      /upstream said no/,
    );
    const failing = observe(() => { throw new TypeError("not a city"); }, { name: "sync-failure" });
    assert.throws(failing, /not a city/);
    await flush();

    const actual = await readTrace(ids.traceId);
    const span = {
      ...common,
      traceId: ids.traceId,
      startTime: anyInstant,
    };
    // An event has no end of its own, but OpenTelemetry gives every span one, read from another clock.
    const shape = (sent) => ({
      ...observation({ ...span, ...sent, endTime: null }),
      ...(sent.type === "EVENT" 
        ? { endTime: anyInstantOrNull, latency: anySecondsOrNull }
        : { endTime: anyInstant, latency: anySeconds }),
    });
    assertMatches(actual, {
      ...trace({
        id: ids.traceId,
        name: "agent-loop",
        timestamp: actual.observations[0].startTime,
        release: RELEASE,
        version: SERVICE_VERSION,
        environment: ENVIRONMENT,
        metadata: origin(),
        input: "go",
      }),
      latency: anySeconds,
      observations: [
        shape({
          id: ids.agent,
          type: "AGENT",
          name: "agent-loop",
          input: "go",
          level: "ERROR",
          statusMessage: "upstream said no",
        }),
        shape({
          id: ids.fragile,
          parentObservationId: ids.agent,
          name: "fragile",
          level: "ERROR",
          statusMessage: "upstream said no",
        }),
        shape({ id: ids.note, parentObservationId: ids.agent, type: "EVENT", name: "note", output: "seen" }),
        shape({
          id: anyText,
          parentObservationId: ids.agent,
          type: "TOOL",
          name: "weather",
          input: "Oslo",
          output: { city: "Oslo", sky: "clear" },
        }),
      ],
    });
  });

  test("a trace is there before its root has ended, and grows", async () => {
    const root = propagateAttributes({ traceName: "long-runner", userId: "u-grow" }, () => {
      const span = startObservation("root", { input: "start" }, { startTime: at(0) });
      return span;
    });
    const early = propagateAttributes({ traceName: "long-runner", userId: "u-grow" }, () =>
      startChild(root, "early", { output: "one" }, { startTime: at(10) }),
    );
    early.end(at(30));
    await flush();

    const { traceId } = root;
    const child = observation({
      ...common,
      id: early.id,
      traceId,
      parentObservationId: root.id,
      name: "early",
      startTime: at(10),
      endTime: at(30),
      output: "one",
    });
    const before = await readTrace(traceId);
    assertMatches(
      { id: before.id, name: before.name, userId: before.userId, observations: before.observations },
      { id: traceId, name: "long-runner", userId: "u-grow", observations: [child] },
    );

    root.update({ output: "end" }).end(at(90));
    await flush();
    assertMatches(
      await readTrace(traceId),
      trace({
        id: traceId,
        name: "long-runner",
        timestamp: at(0),
        userId: "u-grow",
        release: RELEASE,
        version: SERVICE_VERSION,
        environment: ENVIRONMENT,
        metadata: origin(),
        input: "start",
        output: "end",
        latency: 0.09,
        observations: [
          child,
          observation({
            ...common,
            id: root.id,
            traceId,
            name: "root",
            startTime: at(0),
            endTime: at(90),
            input: "start",
            output: "end",
          }),
        ],
      }),
    );
  });

  test("input, output and publication set on the trace win over the root's", async () => {
    const root = startObservation("inner-name", { input: "root in", output: "root out" }, { startTime: at(0) });
    root.setTraceIO({ input: { asked: "trace in" }, output: "trace out" }).setTraceAsPublic();
    root.end(at(5));
    await flush();

    const { traceId } = root;
    assertMatches(
      await readTrace(traceId),
      trace({
        id: traceId,
        name: "inner-name",
        timestamp: at(0),
        release: RELEASE,
        version: SERVICE_VERSION,
        environment: ENVIRONMENT,
        metadata: origin(),
        input: { asked: "trace in" },
        output: "trace out",
        public: true,
        latency: 0.005,
        observations: [
          observation({
            ...common,
            id: root.id,
            traceId,
            name: "inner-name",
            startTime: at(0),
            endTime: at(5),
            input: "root in",
            output: "root out",
          }),
        ],
      }),
    );
  });

  test("an environment and a prompt can be set for one part of an application", async () => {
    const made = propagateAttributes({ environment: "canary", prompt: { name: "greet", version: 4 } }, () => {
      const span = startObservation("prompted", { model: "house-model-1" }, { asType: "generation", startTime: at(0) });
      span.end(at(1));
      return span;
    });
    await flush();

    assertMatches(
      await client.api.legacy.observationsV1.get(made.id),
      observation({
        id: made.id,
        traceId: made.traceId,
        type: "GENERATION",
        name: "prompted",
        model: "house-model-1",
        environment: "canary",
        version: SERVICE_VERSION,
        metadata: origin(),
        startTime: at(0),
        endTime: at(1),
        promptName: "greet",
        promptVersion: 4,
      }),
    );
  });
});
