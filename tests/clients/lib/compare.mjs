// Whole-object comparison: every field that the server returns is either given exactly or
// described by a predicate, and a field too many is as much a failure as a missing one.

import assert from "node:assert/strict";

class Matcher {
  constructor(description, accepts) {
    this.description = description;
    this.accepts = accepts;
  }
}

export const matching = (description, accepts) => new Matcher(description, accepts);

export const anyText = matching("non-empty text", (v) => typeof v === "string" && v.length > 0);

/** Dates always leave the server in UTC with milliseconds. */
export const anyInstant = matching(
  "an instant in UTC with milliseconds",
  (v) => typeof v === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(v) && !Number.isNaN(Date.parse(v)),
);

/** Money and seconds are decimal on the server and binary here, so the last bits may differ. */
export const near = (expected) =>
  matching(
    `a number within 1e-9 of ${expected}`,
    (v) => typeof v === "number" && Math.abs(v - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
  );

export const oneOf = (...values) =>
  matching(`one of ${JSON.stringify(values)}`, (v) => values.some((value) => Object.is(value, v)));

/** A key that a reader may see as null or may not see at all. */
export const absentOrNull = matching("null or absent", (v) => v === null || v === undefined);

export const emptyObjectOrNull = matching(
  "null or {}",
  (v) => v === null || (typeof v === "object" && Object.keys(v).length === 0),
);

/** An object or list with these members, and perhaps others: for what a library writes at length. */
export const including = (expected) =>
  matching(`an object with ${JSON.stringify(printable(expected))}`, (v) =>
    typeof v === "object" && v !== null && Object.entries(expected).every(([key, member]) => isSettled(v[key], member)));

function isSettled(actual, expected) {
  const pair = settle(actual, expected);
  try {
    assert.deepStrictEqual(pair.actual, pair.expected);
    return true;
  } catch {
    return false;
  }
}

export function assertMatches(actual, expected, message) {
  const settled = settle(actual, expected);
  if (message === undefined) {
    assert.deepStrictEqual(settled.actual, settled.expected);
  } else {
    try {
      assert.deepStrictEqual(settled.actual, settled.expected);
    } catch (error) {
      error.message = `${message}\n${error.message}`;
      throw error;
    }
  }
}

/** Replaces each satisfied matcher on both sides by the actual value, so that only real differences show. */
function settle(actual, expected) {
  if (expected instanceof Matcher) {
    return expected.accepts(actual)
      ? { actual, expected: actual }
      : { actual, expected: `<${expected.description}>` };
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const pairs = actual.map((item, i) => (i < expected.length ? settle(item, expected[i]) : { actual: item }));
    return {
      actual: pairs.map((p) => p.actual),
      expected: expected.map((item, i) => (i < pairs.length ? pairs[i].expected : printable(item))),
    };
  }
  if (isPlainObject(expected) && isPlainObject(actual)) {
    const left = {};
    const right = {};
    for (const key of [...new Set([...Object.keys(actual), ...Object.keys(expected)])].sort()) {
      const pair = settle(actual[key], expected[key]);
      if (key in actual) left[key] = pair.actual;
      if (key in expected && !(pair.expected === undefined && !(key in actual))) right[key] = pair.expected;
    }
    return { actual: left, expected: right };
  }
  return { actual, expected: printable(expected) };
}

function printable(expected) {
  if (expected instanceof Matcher) return `<${expected.description}>`;
  if (Array.isArray(expected)) return expected.map(printable);
  if (isPlainObject(expected)) {
    return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, printable(value)]));
  }
  return expected;
}

const isPlainObject = (v) => typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype;
