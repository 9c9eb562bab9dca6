// Lists are answered from the read model, which promises to follow within one second.

import { performance } from "node:perf_hooks";

const PROMISE_MS = 1000;
const INTERVAL_MS = 20;

/**
 * Reads until `accept` is content, for at most the promised second after the call, and tells
 * how long it took. The last answer is returned either way: the caller compares it in full.
 */
export async function withinASecond(t, what, read, accept) {
  const start = performance.now();
  for (let reads = 1; ; reads++) {
    const answer = await read();
    const elapsed = performance.now() - start;
    if (accept(answer)) {
      t.diagnostic(`${what}: visible ${elapsed.toFixed(0)} ms after the flush, read ${reads}`);
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
