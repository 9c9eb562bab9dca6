// How long after a client's flush each read sees what was sent.

import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";

const PROMISE_MS = 1000;
const MOST_READS = 500;
const taken = new Map();

/** Reads, again and again without a pause, until `accept` is content; the time it took is remembered under a name. */
export async function sees(name, read, accept) {
  const start = performance.now();
  for (let reads = 1; ; reads++) {
    const answer = await read();
    const elapsed = performance.now() - start;
    if (accept(answer)) {
      assert.ok(elapsed <= PROMISE_MS, `${name} took ${elapsed.toFixed(0)} ms, promised are ${PROMISE_MS}`);
      taken.set(name, [...(taken.get(name) ?? []), { elapsed, reads }]);
      return answer;
    }
    assert.ok(reads < MOST_READS && elapsed < PROMISE_MS, `${name}: not visible after ${reads} reads and ${elapsed.toFixed(0)} ms`);
    await new Promise(setImmediate);
  }
}

/** One line per read: how often, how long (which includes the read itself), and how many reads it took at most. */
export function table() {
  const rows = [...taken].map(([name, all]) => {
    const times = all.map(({ elapsed }) => elapsed).sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)].toFixed(1).padStart(8);
    return `${name.padEnd(44)}${String(times.length).padStart(4)}${at(0.5)}${at(0.99)}${String(Math.max(...all.map(({ reads }) => reads))).padStart(7)}`;
  });
  return [`${"of".padEnd(44)}   n  p50 ms  p99 ms  reads`, ...rows];
}
