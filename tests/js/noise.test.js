// Shares of the noise's draws.

import assert from "node:assert/strict";
import { test } from "node:test";
import { percent, shares } from "../../static/panels/noise.js";

test("shares follow the counts to the power of the exponent", () => {
  assert.deepEqual(shares([100, 25, 4], 0.5, 0.2), [0.2, 0.1, 0.2 * 0.2]);
  assert.deepEqual(shares([100, 25, 4], 0, 0.2), [0.2, 0.2, 0.2]);
});

test("all shares of a whole vocabulary are 1 together", () => {
  const counts = [7, 5, 3, 1], exponent = 0.75;
  const first = counts[0] ** exponent / counts.reduce((sum, count) => sum + count ** exponent, 0);
  assert.ok(Math.abs(shares(counts, exponent, first).reduce((a, b) => a + b) - 1) < 1e-12);
});

test("percentages have two figures that count", () => {
  assert.deepEqual([0.0000237, 0.123, 0.01].map(percent), ["0.0024%", "12%", "1.0%"]);
});
