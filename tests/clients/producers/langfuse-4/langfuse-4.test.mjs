// @langfuse/* 4.6.1: spans over OTLP, scores over the batch API, and the reads that the helpers use.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { LangfuseClient } from "@langfuse/client";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { observe, startActiveObservation, startObservation, updateActiveTrace } from "@langfuse/tracing";
import { assertMatches } from "../../lib/compare.mjs";
import { baseUrl, newId, publicKey, secretKey, unique } from "../../lib/server.mjs";
import { readStory, sessionStories, spent } from "../../lib/story.mjs";

const scope = "langfuse-sdk";
const own = { environment: "clients-v4", release: "2026.4" };

describe("@langfuse 4.6.1", () => {
  const processor = new LangfuseSpanProcessor({ publicKey, secretKey, baseUrl, ...own, flushAt: 500, flushInterval: 3600 });
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  const client = new LangfuseClient({ publicKey, secretKey, baseUrl });
  const flush = async () => { await processor.forceFlush(); await client.flush(); };
  after(() => Promise.all([provider.shutdown(), client.shutdown()]));

  test("nested observations of every kind, and what is said of their trace", async () => {
    const [sessionId, userId] = [unique("session"), unique("user")];
    const root = startObservation("handle", { input: { q: 1 }, metadata: { attempt: 2 } }, { asType: "agent" });
    root.updateTrace({ name: "checkout", sessionId, userId, tags: ["v4", "otel"], metadata: { plan: "pro" }, version: "1.4", public: true });
    const kinds = ["span", "tool", "chain", "retriever", "evaluator", "guardrail"];
    for (const asType of kinds) root.startObservation(asType, { input: asType, output: [asType] }, { asType }).end();
    root.startObservation("vector", { model: "text-embedding-3-small", usageDetails: { input: 10 } }, { asType: "embedding" }).end();
    const answer = root.startObservation("answer", {
      model: "gpt-4o",
      modelParameters: { temperature: 0.3 },
      input: [{ role: "user", content: "Total?" }],
      prompt: { name: "no-such-prompt", version: 3, isFallback: false },
    }, { asType: "generation" });
    answer.update({
      completionStartTime: new Date(),
      output: { role: "assistant", content: "€ 41.90" },
      usageDetails: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100, prompt_tokens_details: { cached_tokens: 400 } },
    }).end();
    root.update({ output: "done", level: "WARNING", statusMessage: "slow" }).end();
    await flush();

    const read = await readStory(root.traceId);
    const byName = (a, b) => a.name.localeCompare(b.name);
    const [handle] = read.children;
    handle.children.sort(byName);
    assertMatches(read, {
      name: "checkout", sessionId, userId, tags: ["otel", "v4"], version: "1.4", public: true, ...own,
      input: { q: 1 }, output: "done", metadata: { plan: "pro", attempt: 2 }, scope,
      children: [{
        type: "AGENT", name: "handle", input: { q: 1 }, output: "done", level: "WARNING", statusMessage: "slow", metadata: { attempt: 2 }, scope,
        children: [
          ...kinds.map((kind) => ({ ...(kind === "span" ? {} : { type: kind.toUpperCase() }), name: kind, input: kind, output: [kind], scope })),
          { type: "EMBEDDING", name: "vector", scope, ...spent("text-embedding-3-small", { input: 10, total: 10 }) },
          {
            type: "GENERATION", name: "answer", input: [{ role: "user", content: "Total?" }], output: { role: "assistant", content: "€ 41.90" },
            modelParameters: { temperature: 0.3 }, firstToken: true, scope,
            promptName: "no-such-prompt", promptVersion: 3,
            ...spent("gpt-4o", { input: 600, input_cached_tokens: 400, output: 100, total: 1100 }),
          },
        ].sort(byName),
      }],
    });
  });

  test("active observations nest, and a function that throws is an error", async () => {
    const sessionId = unique("session");
    const failing = observe(async (city) => { throw new Error(`no ${city}`); }, { name: "lookup", asType: "tool" });
    await startActiveObservation("loop", async () => {
      updateActiveTrace({ sessionId });
      await assert.rejects(failing("Oslo"), /no Oslo/);
    });
    await flush();
    assertMatches(await sessionStories(sessionId), [{
      name: "loop", sessionId, ...own, scope,
      children: [{ name: "loop", scope, children: [{ type: "TOOL", name: "lookup", input: "Oslo", output: { error: "Error: no Oslo" }, level: "ERROR", statusMessage: "no Oslo", scope }] }],
    }]);
  });

  test("scores of a trace, of an observation and by id", async () => {
    const root = startObservation("scored");
    root.end();
    const ids = [newId(), newId(), newId()];
    client.score.trace(root, { id: ids[0], name: "quality", value: 0.5 });
    client.score.observation(root, { id: ids[1], name: "verdict", value: "keep" });
    client.score.create({ id: ids[2], traceId: root.traceId, name: "passed", value: 1, dataType: "BOOLEAN" });
    await flush();
    const { scores } = await readStory(root.traceId);
    assert.deepStrictEqual(scores.map((s) => s.name).sort(), ["passed", "quality", "verdict"]);
    const { scores: whole } = await client.api.trace.get(root.traceId);
    assertMatches(
      Object.fromEntries(whole.map((s) => [s.id, [s.name, s.dataType, s.value, s.stringValue ?? null, s.observationId]])),
      {
        [ids[0]]: ["quality", "NUMERIC", 0.5, null, null],
        [ids[1]]: ["verdict", "CATEGORICAL", 0, "keep", root.id],
        [ids[2]]: ["passed", "BOOLEAN", 1, "True", null],
      },
    );
  });
});
