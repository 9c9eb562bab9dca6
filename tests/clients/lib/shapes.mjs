// What the read endpoints return for an entity of which nothing but the given fields was sent.
// Every builder lists the complete shape of the public API; a test names only what it sent.

import { absentOrNull, anyInstant, anyText, emptyObjectOrNull, near, oneOf } from "./compare.mjs";
import { currentProject } from "./server.mjs";

const { id: projectId } = await currentProject();

export const iso = (value) => (value instanceof Date ? value.toISOString() : value);

const seconds = (from, to) => near((Date.parse(iso(to)) - Date.parse(iso(from))) / 1000);

/** An observation as trace and observation reads give it, in its first (v1) shape. */
export function observation(sent) {
  const usageDetails = sent.usageDetails ?? {};
  const costDetails = sent.costDetails ?? {};
  const tokens = {
    input: sum(usageDetails, "input"),
    output: sum(usageDetails, "output"),
    total: usageDetails.total ?? 0,
  };
  const { startTime, endTime = null, completionStartTime = null } = sent;
  return {
    projectId,
    parentObservationId: null,
    type: "SPAN",
    environment: "default",
    version: null,
    createdAt: anyInstant,
    updatedAt: anyInstant,
    input: null,
    output: null,
    metadata: {},
    level: "DEFAULT",
    statusMessage: null,
    model: null,
    modelParameters: null,
    promptId: null,
    promptName: null,
    promptVersion: null,
    usageDetails,
    usage: { unit: "TOKENS", ...tokens },
    unit: "TOKENS",
    promptTokens: tokens.input,
    completionTokens: tokens.output,
    totalTokens: tokens.total,
    usagePricingTierName: null,
    usagePricingTierId: null,
    modelId: null,
    inputPrice: null,
    outputPrice: null,
    totalPrice: null,
    calculatedInputCost: costOf(costDetails, "input"),
    calculatedOutputCost: costOf(costDetails, "output"),
    calculatedTotalCost: costDetails.total === undefined ? oneOf(0, null) : near(costDetails.total),
    latency: endTime === null ? null : seconds(startTime, endTime),
    timeToFirstToken: completionStartTime === null ? null : seconds(startTime, completionStartTime),
    ...sent,
    startTime: iso(startTime),
    endTime: iso(endTime),
    completionStartTime: iso(completionStartTime),
    costDetails: Object.fromEntries(Object.entries(costDetails).map(([key, usd]) => [key, near(usd)])),
  };
}

/** What an observation of a known model carries besides its cost. Prices are USD per unit. */
export const pricedAt = (inputPrice, outputPrice, tier = "Standard") => ({
  modelId: anyText,
  usagePricingTierName: tier,
  usagePricingTierId: anyText,
  inputPrice: near(inputPrice),
  outputPrice: near(outputPrice),
});

export const GPT_4O = pricedAt(2.5e-6, 1e-5);
export const GPT_4O_MINI = pricedAt(1.5e-7, 6e-7);

/** A trace without its observations and scores: the part that session reads give. */
function traceCore(sent) {
  return {
    externalId: null,
    name: null,
    userId: null,
    metadata: {},
    release: null,
    version: null,
    projectId,
    environment: "default",
    public: false,
    bookmarked: false,
    tags: [],
    input: null,
    output: null,
    sessionId: null,
    createdAt: anyInstant,
    updatedAt: anyInstant,
    ...sent,
    timestamp: iso(sent.timestamp),
  };
}

/** A trace read by id: `observations` and `scores` are whole objects. */
export function trace({ observations = [], scores = [], totalCost = 0, latency = 0, ...sent }) {
  return ordered({
    ...traceCore(sent),
    observations,
    scores,
    totalCost: near(totalCost),
    latency: near(latency),
    htmlPath: `/project/${projectId}/traces/${sent.id}`,
  });
}

/** A row of the list of traces: `observations` and `scores` are ids. */
export const traceRow = trace;

export const sessionTrace = traceCore;

export function session(sent) {
  return { createdAt: anyInstant, projectId, environment: "default", ...sent };
}

/** A score as part of a trace. */
export function score(sent) {
  return {
    observationId: null,
    source: "API",
    timestamp: anyInstant,
    createdAt: anyInstant,
    updatedAt: anyInstant,
    authorUserId: null,
    comment: null,
    metadata: emptyObjectOrNull,
    configId: null,
    queueId: null,
    environment: "default",
    ...(sent.dataType === "NUMERIC" ? { stringValue: absentOrNull } : {}),
    ...sent,
  };
}

/** Puts the nested lists of a trace in a fixed order: the API promises none. */
export function ordered(actual) {
  if (!Array.isArray(actual?.observations) || !Array.isArray(actual?.scores)) return actual;
  const key = (item) => (typeof item === "string" ? item : `${item.name} ${item.id}`);
  const byKey = (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
  return { ...actual, observations: [...actual.observations].sort(byKey), scores: [...actual.scores].sort(byKey) };
}

const sum = (details, word) =>
  Object.entries(details)
    .filter(([key]) => key.includes(word))
    .reduce((total, [, value]) => total + value, 0);

function costOf(details, word) {
  return Object.keys(details).some((key) => key.includes(word)) ? near(sum(details, word)) : null;
}
