// langfuse 3.39.2: every way to report usage and cost, and what the server makes of it.

import { after, describe, test } from "node:test";
import { anyText, assertMatches, near, oneOf } from "./lib/compare.mjs";
import { newId } from "./lib/server.mjs";
import { GPT_4O, observation, ordered, pricedAt, trace } from "./lib/shapes.mjs";
import { connect, ENVIRONMENT, flush, RELEASE } from "./lib/v3.mjs";

const start = new Date("2026-03-02T10:00:00.000Z");
const end = new Date("2026-03-02T10:00:02.500Z");

/** What is sent for one generation, and what is read back for it. */
const cases = {
  "usageDetails are priced by the model table": {
    send: { model: "gpt-4o", usageDetails: { input: 1000, output: 200 } },
    read: {
      ...GPT_4O,
      usageDetails: { input: 1000, output: 200, total: 1200 },
      costDetails: { input: 0.0025, output: 0.002, total: 0.0045 },
    },
  },
  "a dated model name finds its price": {
    send: { model: "gpt-4o-2024-08-06", usageDetails: { input: 3, output: 7, total: 10 } },
    read: {
      ...GPT_4O,
      usageDetails: { input: 3, output: 7, total: 10 },
      costDetails: { input: 0.0000075, output: 0.00007, total: 0.0000775 },
    },
  },
  "legacy usage with a unit": {
    send: { model: "gpt-4o", usage: { input: 100, output: 50, unit: "TOKENS" } },
    read: {
      ...GPT_4O,
      usageDetails: { input: 100, output: 50, total: 150 },
      costDetails: { input: 0.00025, output: 0.0005, total: 0.00075 },
    },
  },
  "legacy OpenAI usage in camel case": {
    send: { model: "gpt-4o", usage: { promptTokens: 10, completionTokens: 5, totalTokens: 15 } },
    read: {
      ...GPT_4O,
      usageDetails: { input: 10, output: 5, total: 15 },
      costDetails: { input: 0.000025, output: 0.00005, total: 0.000075 },
    },
  },
  "OpenAI chat usage: cached tokens leave the input and cost half": {
    send: {
      model: "gpt-4o",
      usageDetails: {
        prompt_tokens: 1000,
        completion_tokens: 100,
        total_tokens: 1100,
        prompt_tokens_details: { cached_tokens: 400 },
      },
    },
    read: {
      ...GPT_4O,
      usageDetails: { input: 600, input_cached_tokens: 400, output: 100, total: 1100 },
      costDetails: { input: 0.0015, input_cached_tokens: 0.0005, output: 0.001, total: 0.003 },
    },
  },
  "OpenAI chat usage: details of both sides are kept apart": {
    send: {
      model: "house-model-1",
      usageDetails: {
        prompt_tokens: 30,
        completion_tokens: 20,
        total_tokens: 50,
        prompt_tokens_details: { cached_tokens: 10, audio_tokens: 5 },
        completion_tokens_details: { reasoning_tokens: 12 },
      },
    },
    read: {
      usageDetails: {
        input: 15,
        input_cached_tokens: 10,
        input_audio_tokens: 5,
        output: 8,
        output_reasoning_tokens: 12,
        total: 50,
      },
    },
  },
  "OpenAI Responses usage": {
    send: {
      model: "house-model-1",
      usageDetails: {
        input_tokens: 75,
        output_tokens: 25,
        total_tokens: 100,
        input_tokens_details: { cached_tokens: 25 },
        output_tokens_details: { reasoning_tokens: 5 },
      },
    },
    read: {
      usageDetails: { input: 50, input_cached_tokens: 25, output: 20, output_reasoning_tokens: 5, total: 100 },
    },
  },
  "usage of one's own kinds adds up to a total": {
    send: { model: "house-model-1", usageDetails: { input: 5, images: 2, seconds: 30 } },
    read: { usageDetails: { input: 5, images: 2, seconds: 30, total: 37 } },
  },
  "costs that are sent are not computed again": {
    send: {
      model: "gpt-4o",
      usageDetails: { input: 1000, output: 1000 },
      costDetails: { input: 0.01, output: 0.02 },
    },
    read: {
      ...GPT_4O,
      usageDetails: { input: 1000, output: 1000, total: 2000 },
      costDetails: { input: 0.01, output: 0.02, total: 0.03 },
    },
  },
  "a total cost alone stands alone": {
    send: { model: "gpt-4o", usageDetails: { input: 1, output: 1 }, costDetails: { total: 0.5 } },
    read: { ...GPT_4O, usageDetails: { input: 1, output: 1, total: 2 }, costDetails: { total: 0.5 } },
  },
  "legacy usage carries costs": {
    send: { model: "house-model-1", usage: { input: 4, output: 6, inputCost: 0.1, outputCost: 0.3, totalCost: 0.4 } },
    read: {
      usageDetails: { input: 4, output: 6, total: 10 },
      costDetails: { input: 0.1, output: 0.3, total: 0.4 },
    },
  },
  "the priority service tier has its own price": {
    send: {
      model: "gpt-4o",
      modelParameters: { service_tier: "priority" },
      usageDetails: { input: 1000, output: 100 },
    },
    read: {
      ...pricedAt(4.25e-6, 1.7e-5, anyText),
      inputPrice: oneOf(2.5e-6, 4.25e-6),
      outputPrice: oneOf(1e-5, 1.7e-5),
      modelParameters: { service_tier: "priority" },
      usageDetails: { input: 1000, output: 100, total: 1100 },
      costDetails: { input: 0.00425, output: 0.0017, total: 0.00595 },
    },
  },
  "an unknown model has usage and no cost": {
    send: { model: "house-model-1", usageDetails: { input: 8, output: 9 } },
    read: { usageDetails: { input: 8, output: 9, total: 17 } },
  },
  "a failed call without usage costs nothing": {
    send: { model: "house-model-1", level: "ERROR", statusMessage: "429 from the provider" },
    read: { level: "ERROR", statusMessage: "429 from the provider" },
  },
};

describe("langfuse 3.39.2 usage and cost", () => {
  const { client } = connect();
  after(() => client.shutdownAsync());

  test("every form of usage gives exact tokens and dollars", async (t) => {
    const id = newId();
    const root = client.trace({ id, name: "costs", timestamp: start });
    const sent = Object.entries(cases).map(([name, { send, read }]) => ({
      name,
      generation: root.generation({ name, startTime: start, endTime: end, ...send }),
      send,
      read,
    }));
    await flush(client);

    const expected = sent.map(({ name, generation, send, read }) =>
      observation({
        id: generation.id,
        traceId: id,
        type: "GENERATION",
        name,
        environment: ENVIRONMENT,
        startTime: start,
        endTime: end,
        model: send.model,
        ...read,
      }),
    );
    const { data } = await client.fetchTrace(id);
    for (const shape of expected) {
      await t.test(shape.name, () => assertMatches(data.observations.find((o) => o.id === shape.id), shape));
    }
    await t.test("the trace costs what its generations cost", () => {
      const totalCost = Object.values(cases).reduce((usd, { read }) => usd + (read.costDetails?.total ?? 0), 0);
      assertMatches(
        { ...ordered(data), observations: data.observations.length },
        {
          ...trace({ id, name: "costs", timestamp: start, release: RELEASE, environment: ENVIRONMENT, latency: 2.5 }),
          observations: expected.length,
          totalCost: near(totalCost),
        },
      );
    });
  });

  test("later usage replaces earlier usage and the cost follows", async () => {
    const id = newId();
    const generation = client
      .trace({ id, name: "recount", timestamp: start })
      .generation({ name: "answer", startTime: start, model: "gpt-4o", usageDetails: { input: 10, output: 1, extra: 4 } });
    await flush(client);
    generation.update({ usageDetails: { input: 20, output: 2 }, endTime: end });
    await flush(client);

    assertMatches(
      (await client.fetchObservation(generation.id)).data,
      observation({
        ...GPT_4O,
        id: generation.id,
        traceId: id,
        type: "GENERATION",
        name: "answer",
        environment: ENVIRONMENT,
        startTime: start,
        endTime: end,
        model: "gpt-4o",
        usageDetails: { input: 20, output: 2, total: 22 },
        costDetails: { input: 0.00005, output: 0.00002, total: 0.00007 },
      }),
    );
  });

  test("a generation names the prompt version it used", async () => {
    const id = newId();
    const generation = client.trace({ id, name: "prompted", timestamp: start }).generation({
      name: "answer",
      startTime: start,
      endTime: end,
      promptName: "support/answer",
      promptVersion: 3,
    });
    await flush(client);

    assertMatches(
      (await client.fetchObservation(generation.id)).data,
      observation({
        id: generation.id,
        traceId: id,
        type: "GENERATION",
        name: "answer",
        environment: ENVIRONMENT,
        startTime: start,
        endTime: end,
        promptName: "support/answer",
        promptVersion: 3,
      }),
    );
  });
});
