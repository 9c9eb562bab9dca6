// Lists are answered from the read model, which promises to follow within one second.

import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";

const PROMISE_MS = 1000;
const INTERVAL_MS = 20;

/**
 * Reads until `accept` is content and returns that answer. An answer that comes later than promised
 * fails; one that is not accepted in time is returned, because the caller's comparison says more.
 */
export async function withinASecond(t, what, read, accept) {
  const start = performance.now();
  for (let reads = 1; ; reads++) {
    const answer = await read();
    const elapsed = performance.now() - start;
    if (accept(answer)) {
      t.diagnostic(`${what}: visible after ${elapsed.toFixed(0)} ms, read ${reads}`);
      assert.ok(elapsed <= PROMISE_MS, `${what} took ${elapsed.toFixed(0)} ms, promised are ${PROMISE_MS}`);
      return answer;
    }
    if (elapsed >= PROMISE_MS) {
      t.diagnostic(`${what}: not visible after ${elapsed.toFixed(0)} ms and ${reads} reads`);
      return answer;
    }
    await pause(INTERVAL_MS);
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends when the wall clock shows a later millisecond, so that two SDK calls cannot carry one timestamp. */
export async function nextMillisecond() {
  const now = Date.now();
  while (Date.now() === now) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
