// A model provider on loopback that speaks OpenAI's API and answers by rule: it needs no key, no
// network and no patience.

import { once } from "node:events";
import { createServer } from "node:http";
import { statusOf } from "./answers.mjs";
import { completion, completionChunks, embeddings } from "./chat.mjs";
import { response, responseEvents } from "./responses.mjs";

const ROUTES = {
  "/v1/chat/completions": { whole: completion, stream: completionChunks },
  "/v1/responses": { whole: response, stream: responseEvents },
  "/v1/embeddings": { whole: embeddings },
};

const FAILURES = {
  401: { type: "invalid_request_error", code: "invalid_api_key", message: "Incorrect API key provided." },
  429: { type: "tokens", code: "rate_limit_exceeded", message: "Rate limit reached for this model." },
};

/** Listens on a free port. `requests` are the bodies that were received, in order. */
export async function startProvider(port = 0) {
  const requests = [];
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing, requests).catch((error) => fail(outgoing, 500, { type: "server_error", message: String(error) }));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    baseURL: `http://127.0.0.1:${server.address().port}/v1`,
    requests,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

async function handle(incoming, outgoing, requests) {
  const route = ROUTES[new URL(incoming.url, "http://stub").pathname];
  if (!route || incoming.method !== "POST") return fail(outgoing, 404, { type: "invalid_request_error", message: `No ${incoming.url} here.` });
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const request = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  requests.push(request);

  const status = statusOf(request.model);
  if (status) return fail(outgoing, Number(status), FAILURES[status] ?? { type: "server_error", message: "The server had an error." });
  if (request.stream) return stream(outgoing, route.stream(request));
  outgoing.writeHead(200, { "content-type": "application/json", "x-request-id": "req_stub" });
  outgoing.end(JSON.stringify(route.whole(request)));
}

function stream(outgoing, events) {
  outgoing.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req_stub" });
  for (const event of events) {
    outgoing.write(`${event.type ? `event: ${event.type}\n` : ""}data: ${JSON.stringify(event)}\n\n`);
  }
  outgoing.end("data: [DONE]\n\n");
}

function fail(outgoing, status, error) {
  outgoing.writeHead(status, { "content-type": "application/json" });
  outgoing.end(JSON.stringify({ error: { param: null, code: null, ...error } }));
}
