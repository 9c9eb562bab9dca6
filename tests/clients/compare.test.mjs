// The comparison that all other tests lean on must itself be able to fail. No server is needed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { absentOrNull, anyInstant, assertMatches, near, oneOf } from "./lib/compare.mjs";

const differs = (actual, expected) => assert.throws(() => assertMatches(actual, expected), assert.AssertionError);

describe("assertMatches", () => {
  test("accepts equal values and satisfied descriptions", () => {
    assertMatches({ a: [1, { b: "x" }], c: null }, { a: [1, { b: "x" }], c: null });
    assertMatches({ t: "2026-01-01T00:00:00.000Z", n: 0.1 + 0.2 }, { t: anyInstant, n: near(0.3) });
    assertMatches({ a: 1 }, { a: 1, b: absentOrNull });
    assertMatches({ a: 1, b: null }, { a: 1, b: absentOrNull });
  });

  test("refuses another value, a surplus field, a missing field", () => {
    differs({ a: 1 }, { a: 2 });
    differs({ a: 1, b: null }, { a: 1 });
    differs({ a: 1 }, { a: 1, b: null });
    differs({ a: "1" }, { a: 1 });
    differs({ a: undefined }, { a: null });
  });

  test("refuses lists of another length or order", () => {
    differs([1, 2], [1]);
    differs([1], [1, 2]);
    differs([2, 1], [1, 2]);
    differs([{ a: 1 }], { 0: { a: 1 } });
  });

  test("refuses what a description does not cover, at any depth", () => {
    differs({ t: "2026-01-01T00:00:00Z" }, { t: anyInstant });
    differs({ a: [{ n: 0.30001 }] }, { a: [{ n: near(0.3) }] });
    differs({ a: "" }, { a: oneOf(0, null) });
    differs(null, { a: absentOrNull });
    differs({ a: 0 }, { a: 0, b: anyInstant });
  });
});
