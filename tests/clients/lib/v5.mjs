// The @langfuse 5.x packages as an application would set them up.

import assert from "node:assert/strict";
import { diag, DiagLogLevel } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { LangfuseClient } from "@langfuse/client";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { startObservation } from "@langfuse/tracing";
import { baseUrl, publicKey, secretKey } from "./server.mjs";

export const ENVIRONMENT = "clients-v5";
export const RELEASE = "2026.2";
export const SCOPE = { name: "langfuse-sdk", version: "5.11.1", attributes: {} };
/** The version of all that says no other. */
export const SERVICE_VERSION = "9.9.1";
export const RESOURCE = { "service.name": "clients", "service.version": SERVICE_VERSION, "deployment.region": "eu-west" };

/** Everything that OpenTelemetry would only have logged. An export that failed must fail the test. */
const complaints = [];
const record = (...args) => complaints.push(args.map(String).join(" "));
diag.setLogger({ error: record, warn: record, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);

/** Registers the global tracer provider: call once per process. */
export function connect() {
  const processor = new LangfuseSpanProcessor({
    publicKey,
    secretKey,
    baseUrl,
    environment: ENVIRONMENT,
    release: RELEASE,
    flushAt: 500,
    flushInterval: 3600,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes(RESOURCE),
    spanProcessors: [processor],
  });
  provider.register();
  const client = new LangfuseClient({ publicKey, secretKey, baseUrl });
  return {
    client,
    provider,
    async flush() {
      await processor.forceFlush();
      await client.flush();
      assert.deepStrictEqual(complaints.splice(0), []);
    },
    async shutdown() {
      await provider.shutdown();
      await client.shutdown();
    },
  };
}

/** The metadata that every entity which came over OpenTelemetry carries besides its own. */
export const origin = (own = {}) => ({ ...own, resourceAttributes: RESOURCE, scope: SCOPE });

/**
 * Starts an observation under another one at a chosen time: the method of the same purpose on an
 * observation takes a start time and drops it.
 */
export const startChild = (parent, name, attributes, options = {}) =>
  startObservation(name, attributes, { ...options, parentSpanContext: parent.otelSpan.spanContext() });
