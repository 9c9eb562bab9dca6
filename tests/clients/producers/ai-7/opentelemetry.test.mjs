// ai 7.0.173 with @ai-sdk/otel 1.0.173, over a plain OTLP/HTTP protobuf exporter.

import { after, before, describe } from "node:test";
import { OpenTelemetry } from "@ai-sdk/otel";
import { connect, RESOURCE } from "../../lib/otel.mjs";
import { startProvider } from "../../lib/provider/server.mjs";
import { conversation } from "./conversation.mjs";

describe("ai 7.0.173 with @ai-sdk/otel", () => {
  const { flush, shutdown } = connect();
  let provider;
  before(async () => { provider = await startProvider(); });
  after(() => Promise.all([shutdown(), provider.close()]));

  conversation({
    integration: new OpenTelemetry(),
    provider: () => provider,
    flush,
    around: (call) => call(),
    head: () => ({ version: RESOURCE["service.version"], environment: RESOURCE["deployment.environment.name"] }),
  });
});
