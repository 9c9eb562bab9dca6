// The two programs that browser tests start: what they print, and what the server holds after each step.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, test } from "node:test";
import { assertMatches, near } from "./lib/compare.mjs";
import { get, unique } from "./lib/server.mjs";
import { ordered } from "./lib/shapes.mjs";

const LIMIT_MS = 20_000;

function start(script, name) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), name], {
    stdio: ["pipe", "pipe", "inherit"],
    timeout: LIMIT_MS,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => child.once("close", resolve));
  return {
    async line() {
      const { value, done } = await lines.next();
      assert.ok(!done, `${script} ended without the line that was awaited`);
      return JSON.parse(value);
    },
    goOn: () => child.stdin.write("\n"),
    ended,
  };
}

const readTrace = async (id) => ordered((await get(`/api/public/traces/${id}`)).body);
const brief = (trace) => ({
  name: trace.name,
  output: trace.output,
  observations: trace.observations.map((o) => ({
    id: o.id,
    type: o.type,
    output: o.output,
    running: o.endTime === null,
    streaming: o.completionStartTime !== null,
  })),
});

describe("programs for browser tests", () => {
  test("flush-one sends one nested trace", async () => {
    const name = unique("flush-one");
    const program = start("flush-one.mjs", name);
    const printed = await program.line();
    assert.equal(await program.ended, 0);
    const trace = await readTrace(printed.traceId);
    assertMatches(
      { name: trace.name, cost: trace.totalCost, ids: trace.observations.map((o) => o.id).sort(), scores: trace.scores.length },
      { name, cost: near(0.0045), ids: printed.observations.sort(), scores: 1 },
    );
  });

  test("stream-one opens a trace, grows it and ends it, one line at a time", async () => {
    const name = unique("stream-one");
    const program = start("stream-one.mjs", name);
    const { step, traceId, generationId } = await program.line();
    assert.equal(step, "opened");
    const story = { id: generationId, type: "GENERATION", output: null, running: true, streaming: false };
    assertMatches(brief(await readTrace(traceId)), { name, output: null, observations: [story] });

    program.goOn();
    const grown = await program.line();
    assert.deepStrictEqual({ step: grown.step, traceId: grown.traceId }, { step: "grown", traceId });
    const hero = { id: grown.spanId, type: "SPAN", output: "a brave otter", running: false, streaming: false };
    assertMatches(brief(await readTrace(traceId)), {
      name,
      output: null,
      observations: [hero, { ...story, output: "Once upon a time", streaming: true }],
    });

    program.goOn();
    assert.equal((await program.line()).step, "ended");
    assert.equal(await program.ended, 0);
    const text = "Once upon a time there was a brave otter.";
    const ended = await readTrace(traceId);
    assertMatches(ended.totalCost, near(0.0035));
    assertMatches(brief(ended), {
      name,
      output: text,
      observations: [
        hero,
        {
          ...story,
          output: { role: "assistant", content: text },
          running: false,
          streaming: true,
        },
      ],
    });
  });
});
