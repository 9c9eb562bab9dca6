// A plain OpenTelemetry exporter without any Langfuse package: OTLP/HTTP protobuf, gzip, gen_ai.*.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, describe, test } from "node:test";
import { Metadata } from "@grpc/grpc-js";
import { context, SpanKind, SpanStatusCode, trace as tracing } from "@opentelemetry/api";
import { CompressionAlgorithm } from "@opentelemetry/otlp-exporter-base";
import { OTLPTraceExporter as GrpcExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { ExportResultCode } from "@opentelemetry/core";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { assertMatches } from "./lib/compare.mjs";
import { authorization, baseUrl, get, grpcUrl, unique } from "./lib/server.mjs";
import { GPT_4O, observation, ordered, trace } from "./lib/shapes.mjs";

const at = (milliseconds) => new Date(Date.parse("2026-03-04T09:00:00.000Z") + milliseconds);
const RESOURCE = { "service.name": "shop", "service.version": "3.2.1", "deployment.environment.name": "staging" };
const SCOPE = { name: "shop.llm", version: "0.4.0" };

const connection = { url: `${baseUrl}/api/public/otel/v1/traces`, headers: { authorization } };
const protobuf = new ProtobufExporter({ ...connection, compression: CompressionAlgorithm.GZIP });
const json = new JsonExporter(connection);
const metadata = new Metadata();
metadata.set("authorization", authorization);
const grpc = new GrpcExporter({ url: grpcUrl(), metadata });

/** Collects what `record` draws, so that a test can export it when, how and as often as it likes. */
function draw(record) {
  const finished = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes(RESOURCE),
    spanProcessors: [new SimpleSpanProcessor(finished)],
  });
  const tracer = provider.getTracer(SCOPE.name, SCOPE.version);
  const start = (name, { parent, startTime, ...options }) =>
    tracer.startSpan(name, { startTime, ...options }, parent ? tracing.setSpan(context.active(), parent) : context.active());
  record(start);
  return finished.getFinishedSpans();
}

async function send(exporter, spans) {
  const result = await new Promise((resolve) => exporter.export(spans, resolve));
  assert.equal(result.code, ExportResultCode.SUCCESS, result.error?.message);
}

const readTrace = async (id) => ordered((await get(`/api/public/traces/${id}`)).body);
const origin = (attributes) => ({ attributes, resourceAttributes: RESOURCE, scope: { ...SCOPE, attributes: {} } });

/** One request of an instrumented shop: web root, chat call, tool call, failing embedding. */
function shop() {
  const session = unique("conversation");
  const messages = {
    in: [{ role: "user", parts: [{ type: "text", content: "Is the blue one in stock?" }] }],
    out: [{ role: "assistant", parts: [{ type: "text", content: "Yes, three." }], finish_reason: "stop" }],
  };
  let made;
  const spans = draw((start) => {
    const root = start("POST /chat", {
      startTime: at(0),
      kind: SpanKind.SERVER,
      attributes: { "http.request.method": "POST", "http.response.status_code": 200, "user.id": "u-42", "session.id": session },
    });
    const chat = start("chat gpt-4o", {
      parent: root,
      startTime: at(10),
      kind: SpanKind.CLIENT,
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.max_tokens": 200,
        "gen_ai.usage.input_tokens": 1000,
        "gen_ai.usage.output_tokens": 100,
        "gen_ai.input.messages": JSON.stringify(messages.in),
        "gen_ai.output.messages": JSON.stringify(messages.out),
      },
    });
    chat.end(at(910));
    const tool = start("execute_tool stock", {
      parent: root,
      startTime: at(920),
      attributes: {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "stock",
        "gen_ai.tool.call.id": "call-1",
        "gen_ai.tool.call.arguments": JSON.stringify({ colour: "blue" }),
        "gen_ai.tool.call.result": JSON.stringify({ left: 3 }),
      },
    });
    tool.end(at(940));
    const embedding = start("embeddings house-embed", {
      parent: root,
      startTime: at(950),
      kind: SpanKind.CLIENT,
      attributes: { "gen_ai.operation.name": "embeddings", "gen_ai.request.model": "house-embed" },
    });
    embedding.setStatus({ code: SpanStatusCode.ERROR, message: "quota exhausted" });
    embedding.end(at(960));
    root.end(at(1000));
    made = { root, chat, tool, embedding };
  });
  const id = (span) => span.spanContext().spanId;
  const { traceId } = made.root.spanContext();
  const common = { traceId, parentObservationId: id(made.root), environment: "staging", version: "3.2.1" };
  const web = { "http.request.method": "POST", "http.response.status_code": "200", "user.id": "u-42", "session.id": session };
  const expected = trace({
    id: traceId,
    name: "POST /chat",
    timestamp: at(0),
    userId: "u-42",
    sessionId: session,
    version: "3.2.1",
    environment: "staging",
    metadata: origin(web),
    latency: 1,
    totalCost: 0.0035,
    observations: [
      observation({
        ...common,
        parentObservationId: null,
        id: id(made.root),
        name: "POST /chat",
        startTime: at(0),
        endTime: at(1000),
        metadata: origin(web),
      }),
      observation({
        ...common,
        ...GPT_4O,
        id: id(made.chat),
        type: "GENERATION",
        name: "chat gpt-4o",
        startTime: at(10),
        endTime: at(910),
        model: "gpt-4o-2024-08-06",
        modelParameters: { temperature: 0.5, max_tokens: 200 },
        input: messages.in,
        output: messages.out,
        usageDetails: { input: 1000, output: 100, total: 1100 },
        costDetails: { input: 0.0025, output: 0.001, total: 0.0035 },
        metadata: origin({
          "gen_ai.operation.name": "chat",
          "gen_ai.provider.name": "openai",
          "gen_ai.request.model": "gpt-4o",
          "gen_ai.response.model": "gpt-4o-2024-08-06",
          "gen_ai.request.temperature": "0.5",
          "gen_ai.request.max_tokens": "200",
          "gen_ai.usage.input_tokens": "1000",
          "gen_ai.usage.output_tokens": "100",
        }),
      }),
      observation({
        ...common,
        id: id(made.tool),
        type: "TOOL",
        name: "stock",
        startTime: at(920),
        endTime: at(940),
        input: { colour: "blue" },
        output: { left: 3 },
        metadata: origin({
          "gen_ai.operation.name": "execute_tool",
          "gen_ai.tool.name": "stock",
          "gen_ai.tool.call.id": "call-1",
        }),
      }),
      observation({
        ...common,
        id: id(made.embedding),
        type: "EMBEDDING",
        name: "embeddings house-embed",
        startTime: at(950),
        endTime: at(960),
        level: "ERROR",
        statusMessage: "quota exhausted",
        model: "house-embed",
        metadata: origin({ "gen_ai.operation.name": "embeddings", "gen_ai.request.model": "house-embed" }),
      }),
    ],
  });
  return { traceId, spans, expected };
}

describe("OpenTelemetry exporters", () => {
  after(() => Promise.all([protobuf.shutdown(), json.shutdown(), grpc.shutdown()]));

  test("protobuf with gzip: a trace with gen_ai attributes is read back whole", async () => {
    const { traceId, spans, expected } = shop();
    await send(protobuf, spans);
    assertMatches(await readTrace(traceId), expected);
  });

  test("JSON gives the same trace as protobuf", async () => {
    const { traceId, spans, expected } = shop();
    await send(json, spans);
    assertMatches(await readTrace(traceId), expected);
  });

  test("gRPC gives the same trace as protobuf and JSON", async () => {
    const { traceId, spans, expected } = shop();
    await send(grpc, spans);
    assertMatches(await readTrace(traceId), expected);
  });

  test("one trace through three doors, a span through each and each span twice", async () => {
    const { traceId, spans, expected } = shop();
    for (const [i, span] of spans.entries()) {
      await send([grpc, protobuf, json][i % 3], [span]);
      await send([json, grpc, protobuf][i % 3], [span]);
    }
    assertMatches(await readTrace(traceId), expected);
  });

  test("span by span, children first, over both encodings", async () => {
    const { traceId, spans, expected } = shop();
    for (const [i, span] of spans.entries()) await send(i % 2 === 0 ? protobuf : json, [span]);
    assertMatches(await readTrace(traceId), expected);
  });

  test("root first, then the children backwards", async () => {
    const { traceId, spans, expected } = shop();
    for (const span of spans.toReversed()) await send(protobuf, [span]);
    assertMatches(await readTrace(traceId), expected);
  });

  test("an export that is repeated, whole and in part, counts once", async () => {
    const { traceId, spans, expected } = shop();
    await send(protobuf, spans);
    await send(protobuf, spans);
    await send(json, spans.slice(1, 3));
    assertMatches(await readTrace(traceId), expected);
  });

  test("messages as span events, as older instrumentations write them", async () => {
    let span;
    const spans = draw((start) => {
      span = start("chat", { startTime: at(0), attributes: { "gen_ai.operation.name": "chat", "gen_ai.request.model": "house-model-1" } });
      span.addEvent("gen_ai.system.message", { content: "Be kind." }, at(1));
      span.addEvent("gen_ai.user.message", { content: "Hello" }, at(2));
      span.addEvent("gen_ai.choice", { index: 0, finish_reason: "stop", message: "Hi" }, at(3));
      span.end(at(4));
    });
    await send(protobuf, spans);

    const { spanId } = span.spanContext();
    const { body } = await get(`/api/public/observations/${spanId}`);
    assertMatches(
      { type: body.type, model: body.model, input: body.input, output: body.output },
      {
        type: "GENERATION",
        model: "house-model-1",
        input: [
          { role: "system", content: "Be kind." },
          { role: "user", content: "Hello" },
        ],
        output: { index: 0, finish_reason: "stop", message: "Hi" },
      },
    );
  });

  test("a picture in a message becomes a file, whatever the door", async () => {
    const bytes = Buffer.from(unique("a picture"));
    const message = (url) => [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }];
    const id = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
    for (const exporter of [protobuf, json, grpc]) {
      let span;
      const spans = draw((start) => {
        const input = JSON.stringify(message(`data:image/png;base64,${bytes.toString("base64")}`));
        span = start("look", { startTime: at(0), attributes: { "input.value": input } });
        span.end(at(4));
      });
      await send(exporter, spans);

      const { body } = await get(`/api/public/observations/${span.spanContext().spanId}`);
      assert.deepStrictEqual(body.input, message(`@@@langfuseMedia:type=image/png|id=${id}|source=base64_data_uri@@@`));
    }
    const { body: file } = await get(`/api/public/media/${id}`);
    assert.deepEqual([file.contentType, file.contentLength], ["image/png", bytes.length]);
    assert.deepEqual(Buffer.from(await (await fetch(file.url)).arrayBuffer()), bytes);
  });

  test("messages as flattened attributes, as OpenLLMetry writes them", async () => {
    let span;
    const spans = draw((start) => {
      span = start("openai.chat", {
        startTime: at(0),
        attributes: {
          "gen_ai.request.model": "gpt-4o",
          "gen_ai.prompt.0.role": "system",
          "gen_ai.prompt.0.content": "Be kind.",
          "gen_ai.prompt.1.role": "user",
          "gen_ai.prompt.1.content": "Hello",
          "gen_ai.completion.0.role": "assistant",
          "gen_ai.completion.0.content": "Hi",
          "gen_ai.usage.prompt_tokens": 12,
          "gen_ai.usage.completion_tokens": 3,
        },
      });
      span.end(at(4));
    });
    await send(protobuf, spans);

    const { body } = await get(`/api/public/observations/${span.spanContext().spanId}`);
    assertMatches(
      { type: body.type, input: body.input, output: body.output, usageDetails: body.usageDetails },
      {
        type: "GENERATION",
        input: [
          { role: "system", content: "Be kind." },
          { role: "user", content: "Hello" },
        ],
        output: [{ role: "assistant", content: "Hi" }],
        usageDetails: { input: 12, output: 3, total: 15 },
      },
    );
  });

  test("an export of three hundred spans arrives whole", async () => {
    let root;
    const spans = draw((start) => {
      root = start("wide", { startTime: at(0) });
      for (let i = 0; i < 299; i++) {
        start(`leaf-${i}`, { parent: root, startTime: at(i), attributes: { "input.value": `in ${i}` } }).end(at(i + 1));
      }
      root.end(at(1000));
    });
    await send(protobuf, spans);

    const { body } = await get(`/api/public/traces/${root.spanContext().traceId}`);
    assert.equal(body.observations.length, 300);
    assert.deepStrictEqual(
      new Set(body.observations.map((o) => `${o.name} ${o.input} ${o.startTime}`)),
      new Set([
        `wide null ${at(0).toISOString()}`,
        ...Array.from({ length: 299 }, (_, i) => `leaf-${i} in ${i} ${at(i).toISOString()}`),
      ]),
    );
  });
});
