// The measures of a plane, against a plain reading of their definitions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { purity, recall } from "../../static/figures/map/measures.js";

/** 40 points of `dim` whole numbers, so that many distances are equal. */
function points(dim, seed) {
  return Array.from({ length: 40 }, () => Array.from({ length: dim }, () => {
    seed = (seed * 48271) % 2147483647;
    return seed % 6;
  }));
}

/** The k nearest to each point: all others sorted by their distance, then by their place. */
const sorted = (all, k) => all.map((point, i) => [...all.keys()].filter((j) => j !== i)
  .map((j) => [point.reduce((sum, x, d) => sum + (x - all[j][d]) ** 2, 0), j]).sort((a, b) => a[0] - b[0] || a[1] - b[1])
  .slice(0, k).map(([, j]) => j));
const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;

test("purity and recall count the nearest by distance, of equally near ones the first", () => {
  const full = points(5, 7), plane = points(2, 11), labels = plane.map((_, i) => i % 3);
  assert.equal(purity(plane, labels, 3), mean(sorted(plane, 3).map((near, i) =>
    near.filter((j) => labels[j] === labels[i]).length / 3)));
  const [near, seen] = [sorted(full, 5), sorted(plane, 5)];
  assert.equal(recall(full, plane, 5), mean(near.map((list, i) => seen[i].filter((j) => list.includes(j)).length / 5)));
});
