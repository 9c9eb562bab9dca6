// The `langfuse` 3.x client as an application would set it up.

import assert from "node:assert/strict";
import { Langfuse } from "langfuse";
import { baseUrl, publicKey, secretKey } from "./server.mjs";

export const ENVIRONMENT = "clients-v3";
export const RELEASE = "2026.1";

/**
 * A client that keeps its events until it is flushed and does not hide a refused batch behind
 * retries. `sent` records every body as the SDK wrote it, because some values (the end time of
 * `end()`) are chosen by the SDK itself.
 */
export function connect(options = {}) {
  const client = new Langfuse({
    publicKey,
    secretKey,
    baseUrl,
    environment: ENVIRONMENT,
    release: RELEASE,
    flushAt: 1000,
    flushInterval: 0,
    fetchRetryCount: 0,
    ...options,
  });
  const sent = [];
  client.on("*", (type, body) => {
    if (typeof type === "string" && /-(create|update)$/.test(type)) sent.push({ type, body });
  });
  return { client, sent };
}

/** Sends what is queued as one batch. The SDK resolves to nothing when the server refused an event. */
export async function flush(client) {
  const items = await client.flushAsync();
  assert.ok(Array.isArray(items), "the server refused the batch, see the SDK's message above");
  return items;
}

/** The moment at which the SDK says that the observation ended. */
export function endOf(sent, id) {
  const last = sent.filter((e) => e.body.id === id && e.body.endTime).at(-1);
  assert.ok(last, `no end was sent for ${id}`);
  return new Date(last.body.endTime).toISOString();
}
