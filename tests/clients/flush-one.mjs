// node flush-one.mjs <trace name> [input tokens]
// Sends one nested trace through langfuse 3.39.2 and prints {"traceId", "name", "observations"} on
// one line when the server has acknowledged it. Browser tests use it as an application would.

import { connect, flush } from "./lib/v3.mjs";
import { newId } from "./lib/server.mjs";

const name = process.argv[2] ?? "flush-one";
const input = Number(process.argv[3] ?? 1000);
const { client } = connect();
const traceId = newId();
const now = Date.now();
const ago = (milliseconds) => new Date(now - milliseconds);

const root = client.trace({
  id: traceId,
  name,
  timestamp: ago(1500),
  userId: "user-flush-one",
  sessionId: `session-${traceId.slice(0, 8)}`,
  tags: ["sdk"],
  metadata: { source: "flush-one" },
  input: { question: "Where is my order?" },
  output: { answer: "It arrives on Tuesday." },
});
const span = root.span({ name: "handle", startTime: ago(1500), endTime: ago(0), input: { step: 1 }, output: { ok: true } });
const retrieval = span.span({
  name: "retrieve",
  startTime: ago(1450),
  endTime: ago(1300),
  input: "order status",
  output: ["doc-1", "doc-2"],
});
const generation = span.generation({
  name: "answer",
  startTime: ago(1250),
  completionStartTime: ago(900),
  endTime: ago(50),
  model: "gpt-4o",
  modelParameters: { temperature: 0.2 },
  input: [{ role: "user", content: "Where is my order?" }],
  output: { role: "assistant", content: "It arrives on Tuesday." },
  usageDetails: { input, output: 200 },
});
root.score({ name: "helpful", value: 1, dataType: "BOOLEAN" });
await flush(client);

console.log(JSON.stringify({ traceId, name, observations: [span.id, retrieval.id, generation.id] }));
