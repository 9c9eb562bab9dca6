// The server under test, addressed over plain HTTP. The SDKs are given the same address and keys.

import { randomBytes, randomUUID } from "node:crypto";

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: these tests need a running server (see README.md).`);
  }
  return value;
}

export const baseUrl = required("ACTORS_BASE_URL").replace(/\/+$/, "");
export const publicKey = required("LANGFUSE_PUBLIC_KEY");
export const secretKey = required("LANGFUSE_SECRET_KEY");
export const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString("base64")}`;

/** The door for gRPC, which only its tests need. */
export const grpcUrl = () => required("ACTORS_GRPC_URL").replace(/\/+$/, "");

/** A name no other test and no earlier run has used, so that a kept database does no harm. */
export const unique = (prefix) => `${prefix}-${randomBytes(6).toString("hex")}`;

export const newId = () => randomUUID();

/** Posts one batch exactly as given: event ids, envelope timestamps and order are the caller's. */
export async function postBatch(batch) {
  return request("POST", "/api/public/ingestion", { batch });
}

export async function get(path) {
  return request("GET", path);
}

async function request(method, path, body) {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { authorization, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

let project;

/** The project behind the keys, as the server describes it. */
export async function currentProject() {
  if (!project) {
    const { status, body } = await get("/api/public/projects");
    if (status !== 200 || body?.data?.length !== 1) {
      throw new Error(`GET /api/public/projects answered ${status} ${JSON.stringify(body)}`);
    }
    project = body.data[0];
  }
  return project;
}
