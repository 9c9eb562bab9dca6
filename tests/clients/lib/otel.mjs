// OpenTelemetry as an application sets it up that knows nothing of Langfuse.

import assert from "node:assert/strict";
import { diag, DiagLogLevel } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { authorization, baseUrl } from "./server.mjs";

export const RESOURCE = { "service.name": "producers", "service.version": "4.5.6", "deployment.environment.name": "producers" };

const complaints = [];
const record = (...args) => complaints.push(args.map(String).join(" "));

/** Registers the global tracer provider: call once per process. */
export function connect({ exporter = new OTLPTraceExporter({ url: `${baseUrl}/api/public/otel/v1/traces`, headers: { authorization } }), processors } = {}) {
  diag.setLogger({ error: record, warn: record, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes(RESOURCE),
    spanProcessors: processors ?? [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 3_600_000 })],
  });
  provider.register();
  return {
    provider,
    async flush() {
      await provider.forceFlush();
      assert.deepStrictEqual(complaints.splice(0), []);
    },
    shutdown: () => provider.shutdown(),
  };
}
