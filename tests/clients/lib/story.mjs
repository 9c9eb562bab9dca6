// A trace as the story it tells: what happened inside what, without ids, times and all that nobody
// said. Two traces of the same program have the same story.

import assert from "node:assert/strict";
import { anyInstant, assertMatches, near } from "./compare.mjs";
import { get } from "./server.mjs";
import { observation, trace as traceShape } from "./shapes.mjs";

const SAID = [
  "type", "name", "input", "output", "model", "modelParameters", "usageDetails", "costDetails", "level", "statusMessage",
  "promptName", "promptVersion", "environment", "version",
];
const UNFILLED = ["tags", "modelParameters", "usageDetails", "costDetails", "metadata", "attributes"];
const UNSAID = { type: "SPAN", level: "DEFAULT", environment: "default" };
/** What no story tells and nothing else decides. */
const OWN = [
  "id", "parentObservationId", "startTime", "endTime", "completionStartTime", "metadata", "promptId",
  "modelId", "usagePricingTierName", "usagePricingTierId", "inputPrice", "outputPrice", "totalPrice",
];

/** Reads a trace by id, once: a read after a flush sees the write. */
export async function readTrace(id) {
  const { status, body } = await get(`/api/public/traces/${id}`);
  assert.equal(status, 200, `trace ${id}: ${JSON.stringify(body)}`);
  return body;
}

export const readStory = async (id) => story(await readTrace(id));

/** Reads the list of traces of one session, and their stories from the first to the last. */
export async function sessionStories(sessionId) {
  const { body } = await get(`/api/public/traces?sessionId=${encodeURIComponent(sessionId)}&orderBy=timestamp.asc`);
  return Promise.all(body.data.map((row) => readStory(row.id)));
}

/**
 * Checks every field that follows from others (latencies, totals, the old names of usage and cost,
 * the trace that a part belongs to) and leaves it out; what remains is what somebody said.
 */
export function story(trace) {
  const { observations, scores, ...head } = trace;
  for (const o of observations) assertDerived(o, trace);
  const { observations: _, scores: __, ...shape } = traceShape({ ...head, totalCost: cost(observations), latency: duration(observations) });
  assertMatches(head, shape, head.name);
  const ids = new Set(observations.map((o) => o.id));
  const parentOf = (o) => (ids.has(o.parentObservationId) ? o.parentObservationId : null);
  const under = (parent) => observations.filter((o) => parentOf(o) === parent).sort(byStart);
  const node = (o) => {
    const children = under(o.id).map(node);
    return {
      ...said(o, SAID, head),
      ...origin(o.metadata),
      ...(o.completionStartTime === null ? {} : { firstToken: true }),
      ...(children.length === 0 ? {} : { children }),
    };
  };
  return {
    ...said(head, ["name", "userId", "sessionId", "tags", "input", "output", "release", "version", "public", "environment"]),
    ...origin(head.metadata),
    ...(scores.length === 0 ? {} : { scores: scores.map(({ name, value }) => ({ name, value })) }),
    children: under(null).map(node),
  };
}

function assertDerived(o, trace) {
  const given = Object.fromEntries([...SAID, ...OWN].map((key) => [key, o[key]]));
  assertMatches(o, observation({ ...given, traceId: trace.id }), o.name);
  assert.ok(anyInstant.accepts(o.startTime) && o.endTime >= o.startTime, `${o.name}: ${o.startTime} to ${o.endTime}`);
}

const cost = (observations) => observations.reduce((sum, o) => sum + (o.costDetails.total ?? 0), 0);

function duration(observations) {
  const starts = observations.map((o) => Date.parse(o.startTime));
  const ends = observations.map((o) => Date.parse(o.endTime ?? o.startTime));
  return (Math.max(...ends) - Math.min(...starts)) / 1000;
}

// What began in the same millisecond and ended sooner came first: steps follow each other.
const byStart = (a, b) => a.startTime.localeCompare(b.startTime) || (a.endTime ?? "").localeCompare(b.endTime ?? "") || a.name.localeCompare(b.name);

const isSaid = (key, value) =>
  value !== null && value !== undefined && value !== false && value !== UNSAID[key]
  && !(UNFILLED.includes(key) && Object.keys(value).length === 0);

/** A part repeats the trace's environment and version, and is silent about them. */
const said = (from, keys, { environment, version } = UNSAID) =>
  Object.fromEntries(
    keys
      .filter((key) => isSaid(key, from[key]) && from[key] !== { environment, version }[key])
      .map((key) => [key, from[key]]),
  );

/** Metadata apart from where it came from: the resource is the same everywhere in these programs. */
function origin({ resourceAttributes, scope, attributes, ...metadata }) {
  return {
    ...(isSaid("metadata", metadata) ? { metadata } : {}),
    ...(scope ? { scope: scope.name } : {}),
    ...(isSaid("attributes", attributes) ? { attributes } : {}),
  };
}

/** Prices in USD per unit, as the providers publish them. */
export const PRICES = {
  "gpt-4o": { input: 2.5e-6, input_cached_tokens: 1.25e-6, input_cache_read: 1.25e-6, output: 1e-5 },
  "o3-mini": { input: 1.1e-6, input_cached_tokens: 0.55e-6, output: 4.4e-6, output_reasoning_tokens: 4.4e-6 },
  "text-embedding-3-small": { total: 2e-8 },
};

/** What a generation of a model used, and what that costs. */
export function spent(model, usageDetails) {
  const prices = PRICES[model];
  const costs = Object.entries(usageDetails).filter(([key]) => key in prices).map(([key, units]) => [key, units * prices[key]]);
  const total = costs.reduce((sum, [, usd]) => sum + usd, 0);
  const costDetails = Object.fromEntries([...costs, ["total", total]].map(([key, usd]) => [key, near(usd)]));
  return { model, usageDetails, costDetails };
}

/** What is inside what, and nothing else: `["AGENT loop", ["TOOL weather"]]`. */
export const outline = ({ type = "SPAN", name, children = [] }) => [`${type} ${name}`, ...children.map(outline)];

/** All parts of a story of one type, outer before inner. */
export const partsOf = (node, type) =>
  (node.children ?? []).flatMap((child) => [...(child.type === type ? [child] : []), ...partsOf(child, type)]);
