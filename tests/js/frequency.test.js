// Where lengths are drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { place } from "../../static/panels/frequency.js";

test("ten times the count is a step to the right, wherever; twice the length is twice as high", () => {
  const [xs, ys] = [[10, 100, 1000].map((count) => place(count, 1)[0]), [0, 2, 4].map((length) => place(10, length)[1])];
  assert.ok(Math.abs(xs[2] - xs[1] - (xs[1] - xs[0])) < 1e-9 && xs[1] > xs[0]);
  assert.ok(Math.abs(ys[2] - ys[1] - (ys[1] - ys[0])) < 1e-9 && ys[1] < ys[0]);
});
