// What the stub answers: nothing but a function of the request, so that a test can say what to expect.

import { createHash } from "node:crypto";

/** Models that are said to think before they answer. */
const REASONING = /^(o\d|gpt-5)/;

export const REASONING_TOKENS = 64;

/** A request that names such a model is refused with that status. */
export const statusOf = (model) => /^status-(\d{3})$/.exec(model ?? "")?.[1];

/**
 * One turn. `turns` is the conversation in one form for every API: `{ role, text }`, with the role
 * `tool` for the result of a call. Tools are asked for until one has answered; a schema is filled.
 */
export function answer({ model, turns, tools = [], schema }) {
  const last = turns.at(-1) ?? { role: "user", text: "" };
  const asked = turns.findLast((turn) => turn.role === "user")?.text ?? "";
  const usage = { input: 100 * turns.length + 10 * tools.length, cached: turns.length > 1 ? 64 : 0 };
  const reasoning = REASONING.test(model) ? REASONING_TOKENS : 0;
  if (tools.length > 0 && last.role !== "tool") {
    const call = { name: tools[0].name, arguments: JSON.stringify(fill(tools[0].parameters, asked)) };
    return { call, usage: { ...usage, output: 15 + reasoning, reasoning } };
  }
  const text = schema ? JSON.stringify(fill(schema, asked))
    : last.role === "tool" ? `The tool said: ${last.text}`
    : `You said: ${asked}`;
  return { text, usage: { ...usage, output: text.split(" ").length + reasoning, reasoning } };
}

/** A value of a JSON schema: words come from the end of what was asked. */
function fill(schema, asked) {
  const word = asked.split(/\s+/).at(-1).replace(/[?.!]+$/, "");
  switch (schema?.type) {
    case "object":
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, fill(value, asked)]));
    case "array": return [fill(schema.items, asked)];
    case "number": case "integer": return word.length;
    case "boolean": return true;
    default: return word;
  }
}

/** An id that the same request always gets. */
export const idOf = (prefix, request) =>
  `${prefix}${createHash("sha256").update(JSON.stringify(request)).digest("hex").slice(0, 24)}`;

/** The pieces in which a text is streamed: words, with the blanks that follow them. */
export const pieces = (text) => text.match(/\S+\s*/g) ?? [text];

/** A direction in four dimensions that depends on the text alone. */
export function embed(text) {
  const bytes = createHash("sha256").update(text).digest();
  const raw = [0, 1, 2, 3].map((i) => bytes[i] / 255 - 0.5);
  const length = Math.hypot(...raw) || 1;
  return raw.map((v) => Math.fround(v / length));
}

/** The text of a message, whose content is a string or a list of parts. */
export const textOf = (content) =>
  typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");
