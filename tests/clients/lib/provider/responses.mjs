// OpenAI's responses API.

import { answer, idOf, pieces, textOf } from "./answers.mjs";

const CREATED = 1_772_600_000;

export const response = (request) => begin(request, "completed");

/** The events of a stream, in the order in which OpenAI sends them. */
export function* responseEvents(request) {
  let sequence = 0;
  const event = (type, rest) => ({ type, sequence_number: sequence++, ...rest });
  const started = { ...begin(request, "in_progress"), output: [], usage: null };
  const done = response(request);
  yield event("response.created", { response: started });
  yield event("response.in_progress", { response: started });
  for (const [output_index, item] of done.output.entries()) {
    const place = { item_id: item.id, output_index };
    const open = { ...item, status: "in_progress" };
    if (item.type === "function_call") {
      yield event("response.output_item.added", { output_index, item: { ...open, arguments: "" } });
      for (const delta of item.arguments.match(/.{1,8}/g) ?? []) yield event("response.function_call_arguments.delta", { ...place, delta });
      yield event("response.function_call_arguments.done", { ...place, name: item.name, arguments: item.arguments });
    } else if (item.type === "message") {
      const [part] = item.content;
      const at = { ...place, content_index: 0 };
      yield event("response.output_item.added", { output_index, item: { ...open, content: [] } });
      yield event("response.content_part.added", { ...at, part: { ...part, text: "" } });
      for (const delta of pieces(part.text)) yield event("response.output_text.delta", { ...at, delta, logprobs: [] });
      yield event("response.output_text.done", { ...at, text: part.text, logprobs: [] });
      yield event("response.content_part.done", { ...at, part });
    } else {
      yield event("response.output_item.added", { output_index, item });
    }
    yield event("response.output_item.done", { output_index, item });
  }
  yield event("response.completed", { response: done });
}

function begin(request, status) {
  const { model, input, instructions = null, tools = [], text } = request;
  const items = typeof input === "string" ? [{ role: "user", content: input }] : input;
  const made = answer({
    model,
    turns: [...(instructions ? [{ role: "system", text: instructions }] : []), ...items.map(turnOf).filter(Boolean)],
    tools,
    schema: text?.format?.schema,
  });
  const { usage } = made;
  const main = made.call
    ? { id: idOf("fc_", items), type: "function_call", status: "completed", call_id: idOf("call_", items), ...made.call }
    : {
        id: idOf("msg_", items),
        type: "message",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", text: made.text, annotations: [], logprobs: [] }],
      };
  return {
    id: idOf("resp_", items),
    object: "response",
    created_at: CREATED,
    status,
    error: null,
    incomplete_details: null,
    instructions,
    metadata: request.metadata ?? {},
    model,
    output: usage.reasoning > 0 ? [{ id: idOf("rs_", items), type: "reasoning", summary: [] }, main] : [main],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: "default",
    store: request.store ?? true,
    temperature: request.temperature ?? 1,
    text: text ?? { format: { type: "text" } },
    tool_choice: request.tool_choice ?? "auto",
    tools,
    top_p: request.top_p ?? 1,
    truncation: "disabled",
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.output,
    },
    user: null,
  };
}

/** Calls and thoughts that the caller sends back are not turns of their own. */
function turnOf(item) {
  if (item.type === "function_call_output") return { role: "tool", text: textOf(item.output) };
  return item.role ? { role: item.role, text: textOf(item.content) } : undefined;
}
