// node stream-one.mjs <trace name>
// One trace that grows on demand through langfuse 3.39.2. It prints one JSON line per acknowledged
// step and goes on when it reads a line from stdin:
//   {"step":"opened"}  the trace and a running generation
//   {"step":"grown"}   a finished span beside it, and the first words of the generation
//   {"step":"ended"}   the finished generation and trace
// Every line carries traceId, and the ids of the generation and, once it exists, of the span.

import { createInterface } from "node:readline";
import { connect, flush } from "./lib/v3.mjs";
import { newId } from "./lib/server.mjs";
import { nextMillisecond } from "./lib/soon.mjs";

const name = process.argv[2] ?? "stream-one";
const { client } = connect();
const traceId = newId();
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const ids = { traceId };

async function acknowledged(step) {
  await flush(client);
  console.log(JSON.stringify({ step, ...ids }));
}

async function told() {
  const { done } = await lines.next();
  if (done) throw new Error("stdin was closed before the trace had ended");
  await nextMillisecond();
}

const trace = client.trace({ id: traceId, name, userId: "user-stream-one", tags: ["sdk"], input: "Tell me a story." });
const generation = trace.generation({
  name: "story",
  model: "gpt-4o",
  modelParameters: { temperature: 0.9 },
  input: [{ role: "user", content: "Tell me a story." }],
});
ids.generationId = generation.id;
await acknowledged("opened");

await told();
const span = trace.span({ name: "look up a hero", input: { age: 7 } });
generation.update({ completionStartTime: new Date(), output: "Once upon a time" });
await nextMillisecond();
span.end({ output: "a brave otter" });
ids.spanId = span.id;
await acknowledged("grown");

await told();
generation.end({
  output: { role: "assistant", content: "Once upon a time there was a brave otter." },
  usageDetails: { input: 1000, output: 100 },
});
trace.update({ output: "Once upon a time there was a brave otter." });
await acknowledged("ended");
process.stdin.destroy();
