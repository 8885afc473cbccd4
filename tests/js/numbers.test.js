import assert from "node:assert/strict";
import test from "node:test";

import { counted, decimal, whole } from "../../static/ui/numbers.js";

test("thousands have commas", () => assert.equal(whole(10000), "10,000"));

test("below zero there is a minus, unless it rounds to zero; where there is no number, a dash", () => {
  const written = [-0.361, -0.001, 0.5, NaN, undefined].map((x) => decimal(x, 2));
  assert.deepEqual(written, ["−0.36", "0.00", "0.50", "–", "–"]);
  assert.equal(decimal(-0.4, 0), "0");
});

test("one is not many", () => assert.deepEqual([0, 1, 2000].map((n) => counted(n, "word")), ["0 words", "1 word", "2,000 words"]));
