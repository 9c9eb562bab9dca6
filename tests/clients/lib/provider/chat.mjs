// OpenAI's chat completions and embeddings.

import { answer, embed, idOf, pieces, textOf } from "./answers.mjs";

const CREATED = 1_772_600_000;

export function completion(request) {
  const { message, finish, usage, head } = turn(request);
  return {
    ...head,
    object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", refusal: null, annotations: [], ...message }, logprobs: null, finish_reason: finish }],
    usage,
  };
}

/** The chunks of a stream. Usage comes last, in a chunk without choices, and only when it was asked for. */
export function* completionChunks(request) {
  const { message, finish, usage, head } = turn(request);
  const asked = request.stream_options?.include_usage === true;
  const chunk = (delta, finish_reason = null) => ({
    ...head,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(asked ? { usage: null } : {}),
  });
  yield chunk({ role: "assistant", content: message.tool_calls ? null : "", refusal: null });
  for (const [index, call] of (message.tool_calls ?? []).entries()) {
    yield chunk({ tool_calls: [{ index, ...call, function: { name: call.function.name, arguments: "" } }] });
    for (const piece of call.function.arguments.match(/.{1,8}/g) ?? []) {
      yield chunk({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  if (message.content !== null) for (const piece of pieces(message.content)) yield chunk({ content: piece });
  yield chunk({}, finish);
  if (asked) yield { ...head, object: "chat.completion.chunk", choices: [], usage };
}

export function embeddings(request) {
  const inputs = [request.input].flat();
  const tokens = 10 * inputs.length;
  return {
    object: "list",
    data: inputs.map((text, index) => ({ object: "embedding", index, embedding: encoded(embed(text), request.encoding_format) })),
    model: request.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

const encoded = (vector, format) =>
  format === "base64" ? Buffer.from(Float32Array.from(vector).buffer).toString("base64") : vector;

function turn(request) {
  const { model, messages, tools = [], response_format: format } = request;
  const made = answer({
    model,
    turns: messages.map((m) => ({ role: m.role, text: textOf(m.content) })),
    tools: tools.map((tool) => tool.function),
    schema: format?.json_schema?.schema,
  });
  const { input, cached, output, reasoning } = made.usage;
  return {
    head: { id: idOf("chatcmpl-", messages), created: CREATED, model, service_tier: "default", system_fingerprint: "fp_stub" },
    message: made.call
      ? { content: null, tool_calls: [{ id: idOf("call_", messages), type: "function", function: made.call }] }
      : { content: made.text },
    finish: made.call ? "tool_calls" : "stop",
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
    },
  };
}
