// @langfuse/client 5.11.1: files of traces and of dataset items.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, describe, test } from "node:test";
import { LangfuseMedia, MediaContentType } from "@langfuse/core";
import { startObservation } from "@langfuse/tracing";
import { newId, unique } from "./lib/server.mjs";
import { connect } from "./lib/v5.mjs";

describe("files with @langfuse/client 5.11.1", () => {
  const { client, flush, shutdown } = connect();
  after(shutdown);

  const announce = (bytes, contentType) =>
    client.api.media.getUploadUrl({
      traceId: newId(),
      field: "input",
      contentType,
      contentLength: bytes.length,
      sha256Hash: createHash("sha256").update(bytes).digest("base64"),
    });

  test("every type that the SDK knows is taken", async () => {
    for (const type of Object.values(MediaContentType)) {
      const { mediaId, uploadUrl } = await announce(Buffer.from(unique(type)), type);
      assert.equal(mediaId.length, 22, type);
      assert.ok(uploadUrl, type);
    }
  });

  test("a file in the input of a span is uploaded, referred to and resolved", async () => {
    const bytes = Buffer.from(unique("a picture"));
    const media = new LangfuseMedia({ source: "bytes", contentBytes: bytes, contentType: "image/png" });
    const root = startObservation("with a file", { input: { picture: media } });
    root.end();
    await flush();

    const { observations } = await client.api.trace.get(root.traceId);
    const [{ input }] = observations;
    const id = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
    assert.equal(input.picture, `@@@langfuseMedia:type=image/png|id=${id}|source=base64_data_uri@@@`);
    const found = await client.api.media.get(id);
    assert.equal(found.contentType, "image/png");
    assert.equal(found.contentLength, bytes.length);
    assert.deepEqual(Buffer.from(await (await fetch(found.url)).arrayBuffer()), bytes);
    assert.equal((await announce(bytes, "image/png")).uploadUrl, null);

    const resolved = await client.media.resolveReferences({ obj: input, resolveWith: "base64DataUri" });
    assert.equal(resolved.picture, `data:image/png;base64,${bytes.toString("base64")}`);
  });
});
