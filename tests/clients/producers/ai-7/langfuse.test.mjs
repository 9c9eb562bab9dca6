// ai 7.0.173 with @langfuse/vercel-ai-sdk 5.11.1, over @langfuse/otel.

import { after, before, describe } from "node:test";
import { propagateAttributes } from "@langfuse/tracing";
import { LangfuseVercelAiSdkIntegration } from "@langfuse/vercel-ai-sdk";
import { startProvider } from "../../lib/provider/server.mjs";
import { unique } from "../../lib/server.mjs";
import { connect, ENVIRONMENT, RELEASE, SERVICE_VERSION } from "../../lib/v5.mjs";
import { conversation } from "./conversation.mjs";

describe("ai 7.0.173 with @langfuse/vercel-ai-sdk", () => {
  const { flush, shutdown } = connect();
  let provider;
  before(async () => { provider = await startProvider(); });
  after(() => Promise.all([shutdown(), provider.close()]));

  const told = { userId: unique("user"), sessionId: unique("session"), tags: ["ai"] };
  conversation({
    integration: new LangfuseVercelAiSdkIntegration(),
    provider: () => provider,
    flush,
    around: (call) => propagateAttributes({ ...told, metadata: { plan: "pro" } }, call),
    head: () => ({ ...told, metadata: { plan: "pro" }, release: RELEASE, version: SERVICE_VERSION, environment: ENVIRONMENT }),
  });
});
