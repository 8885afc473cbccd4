// Ranges and pixels of a plane.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fitPlane, rangesAround, splitAxes, toPixels } from "../../static/ui/plane.js";

const size = ([start, end]) => end - start;

test("coordinates are split into axes", () => assert.deepEqual(splitAxes([1, 2, 3, 4]), [[1, 3], [2, 4]]));

test("ranges hold all points, centred, with the same scale both ways", () => {
  const flat = [0, 10, 4, 12, 2, 11], shape = 1.6;
  const [x, y] = rangesAround(flat, shape);
  assert.ok(Math.abs(x[0] + x[1] - 4) < 1e-12 && Math.abs(y[0] + y[1] - 22) < 1e-12);
  assert.ok(x[0] < 0 && x[1] > 4 && y[0] < 10 && y[1] > 12);
  assert.ok(Math.abs(size(x) / size(y) - shape) < 1e-12);
});

test("a high plane has the longer range upwards", () => {
  const [x, y] = rangesAround([0, 0, 1, 1], 0.5);
  assert.ok(Math.abs(size(y) / size(x) - 2) < 1e-12);
});

test("a single point has ranges too, wide enough for ticks that can be read", () => {
  const [x] = rangesAround([3, 3], 1);
  assert.ok(x[0] < 2.5 && x[0] > 1 && x[1] > 3.5 && x[1] < 5);
});

test("a plane that has no size yet is fitted as a square, without telling Python", () => {
  const set = [], range = { setv: (...given) => set.push(given) };
  fitPlane({ x_range: range, y_range: range, inner_width: 0, inner_height: 0 }, [0, 0, 1, 1]);
  assert.deepEqual(set[0], set[1]);
  assert.deepEqual(set[0][1], { sync: false });
  assert.deepEqual(Object.keys(set[0][0]), ["start", "end"]);
});

test("pixels count from the upper left corner", () => {
  const plane = { x_range: { start: 0, end: 10 }, y_range: { start: 0, end: 5 }, inner_width: 100, inner_height: 50 };
  assert.deepEqual(toPixels(plane, 0, 5), { x: 0, y: 0 });
  assert.deepEqual(toPixels(plane, 10, 0), { x: 100, y: 50 });
});
