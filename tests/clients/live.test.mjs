// What is pushed while events come in: over SignalR with Microsoft's client, as server-sent events, and by the sample program.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as signalR from "@microsoft/signalr";
import { authorization, baseUrl, newId, postBatch, publicKey, secretKey, unique } from "./lib/server.mjs";
import { LiveNumbers, mint } from "../../samples/live-js/live.mjs";

const LIMIT_MS = 20_000;

/** Sends one trace with one generation of a session, and says its id. */
async function send(sessionId, tokens = 5) {
  const [traceId, now] = [newId(), new Date().toISOString()];
  const event = (type, body) => ({ id: newId(), type, timestamp: now, body });
  const { status, body } = await postBatch([
    event("trace-create", { id: traceId, timestamp: now, name: "live", sessionId }),
    event("generation-create", { id: newId(), traceId, name: "call", startTime: now, endTime: now, model: "gpt-4o", usageDetails: { input: 1, output: tokens } }),
    event("score-create", { id: newId(), traceId, name: "helpful", value: 1, dataType: "BOOLEAN" }),
  ]);
  assert.equal(status, 207);
  assert.deepEqual(body.errors, []);
  return traceId;
}

/** Takes messages until one makes the condition true. */
function until(subscribe, condition) {
  return new Promise((resolve, reject) => {
    const numbers = new LiveNumbers();
    const timer = setTimeout(() => reject(new Error(`Not within ${LIMIT_MS} ms; last: ${JSON.stringify(numbers.last)}`)), LIMIT_MS);
    const finish = (end, value) => {
      clearTimeout(timer);
      stop();
      end(value);
    };
    const stop = subscribe((message) => {
      if (message.type === "end") return finish(reject, new Error(`${message.code}: ${message.message}`));
      if (message.type === "tick") assert.equal(message.since, numbers.last.version, "a tick follows the message before");
      numbers.apply(message);
      if (condition(numbers, message)) finish(resolve, numbers);
    }, (error) => finish(reject, error));
  });
}

const connect = (options) => new signalR.HubConnectionBuilder()
  .withUrl(`${baseUrl}/hubs/live`, options).configureLogging(signalR.LogLevel.None).build();

const over = (connection, method, argument) => (next, error) => {
  const subscription = connection.stream(method, argument).subscribe({ next, error, complete: () => error(new Error("the stream has ended")) });
  return () => subscription.dispose();
};

describe("live", () => {
  const hub = connect({ headers: { authorization } });
  before(() => hub.start());
  after(() => hub.stop());

  test("numbers, traces and scores of a session come over SignalR", async () => {
    const session = unique("live");
    const [sent, scores] = [[], []];
    const all = (known, ...series) => known.window("all", ...series)?.current.requests ?? 0;
    const numbers = await until(
      over(hub, "Watch", { session, windows: ["1m", "all"], by: ["model"], feed: 5, scores: true, rate: 10 }),
      (known, message) => {
        scores.push(...(message.scores ?? []));
        // What comes in the moment in which a part begins to be counted is in its numbers, and may not be announced: hence two.
        if (message.type === "snapshot" && sent.length === 0 || sent.length === 1 && all(known) === 1) sent.push(send(session));
        return known.feed.length === 2 && all(known) === 2 && all(known, "model", "gpt-4o") === 2 && scores.length > 0;
      },
    );
    const ids = await Promise.all(sent);
    assert.deepEqual(numbers.feed.map(({ id }) => id).sort(), [...ids].sort());
    assert.equal(numbers.window("1m").current.outputTokens, 10);
    assert.deepEqual(numbers.window("all").current.scores, [{ name: "helpful", source: "API", category: null, count: 2, sum: 2 }]);
    const { traceId, name, value, source } = scores.at(-1);
    assert.deepEqual({ traceId, name, value, source }, { traceId: ids[1], name: "helpful", value: 1, source: "API" });
  });

  test("a token opens its session for a browser, over SignalR and as events", async () => {
    const [session, other] = [unique("live"), unique("live")];
    const token = await mint(baseUrl, publicKey, secretKey, { session, expiresIn: 60 });
    await send(other);
    await send(session);
    const seen = (numbers) => numbers.window("all")?.current.traces === 1;
    const browser = connect({ accessTokenFactory: () => token, withCredentials: false });
    await browser.start();
    try {
      await until(over(browser, "Watch", { windows: ["all"], rate: 10 }), seen);
      await assert.rejects(until(over(browser, "Watch", { session: other }), () => true), /^Error: invalid: filter: nothing that may be seen can match it/);
      await assert.rejects(until(over(browser, "WatchTop", {}), () => true), /^Error: invalid: by: the token opens numbers without names and texts/);
    } finally {
      await browser.stop();
    }
    await until(events(`/stream?windows=all&rate=10&access_token=${token}`), seen);
  });

  test("one trace is followed as it grows", async () => {
    const traceId = await send(unique("live"));
    let grown = false;
    const seen = [];
    await new Promise((resolve, reject) => {
      hub.stream("WatchTrace", traceId).subscribe({
        error: reject,
        complete: resolve,
        next: ({ trace }) => {
          seen.push(trace.observations);
          if (trace.observations === 2) resolve();
          if (grown) return;
          grown = true;
          const now = new Date().toISOString();
          postBatch([{ id: newId(), type: "span-create", timestamp: now, body: { id: newId(), traceId, name: "more", startTime: now } }]).catch(reject);
        },
      });
    });
    assert.deepEqual(seen, [1, 2]);
  });

  test("who stands out is told", async () => {
    const session = unique("live");
    await send(session);
    const [first] = await new Promise((resolve, reject) => {
      const subscription = hub.stream("WatchTop", { by: "session", order: "count", filter: `session:${session}`, window: "1h" }).subscribe({
        error: reject,
        complete: () => {},
        next: ({ top }) => {
          if (top.length === 0) return;
          subscription.dispose();
          resolve(top);
        },
      });
    });
    assert.deepEqual({ value: first.value, traces: first.traces, observations: first.observations }, { value: session, traces: 1, observations: 1 });
  });

  test("without the secret key or a token nobody is let in", async () => {
    for (const headers of [{}, { authorization: `Bearer ${publicKey}` }]) {
      await assert.rejects(connect({ headers }).start(), /40[13]/);
    }
    await assert.rejects(connect({ accessTokenFactory: () => "live_forged" }).start(), /401/);
  });

  test("the sample program prints what comes", async () => {
    // Where its package is installed for the tests; in its own folder it has none.
    const folder = new URL("./node_modules/.live-sample/", import.meta.url);
    cpSync(fileURLToPath(new URL("../../samples/live-js/", import.meta.url)), fileURLToPath(folder), { recursive: true });
    const session = unique("live");
    const child = spawn(process.execPath, [fileURLToPath(new URL("watch.mjs", folder)), `session:${session}`], {
      env: { ...process.env, ACTORS_BASE_URL: baseUrl }, stdio: ["ignore", "pipe", "inherit"], timeout: LIMIT_MS,
    });
    try {
      let traceId;
      for await (const line of createInterface({ input: child.stdout })) {
        const shown = JSON.parse(line);
        traceId ??= await send(session);
        if (shown.observations === 1 && shown.latest[0] === traceId) return;
      }
      assert.fail("The program ended before it printed the trace.");
    } finally {
      child.kill();
    }
  });
});

/** Server-sent events by fetch, as any program reads them. */
function events(path) {
  return (next, error) => {
    const stop = new AbortController();
    (async () => {
      const response = await fetch(`${baseUrl}/api/public/actors/live${path}`, { signal: stop.signal });
      assert.equal(response.status, 200);
      let text = "";
      for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
        text += part;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          const data = text.slice(0, end).split("\n").find((line) => line.startsWith("data: "));
          text = text.slice(end + 2);
          if (data) next(JSON.parse(data.slice(6)));
        }
      }
    })().catch((problem) => stop.signal.aborted || error(problem));
    return () => stop.abort();
  };
}
