// What a word costs, against counts by hand and a Huffman tree built in the plain way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { costs, inWords, meanDepth } from "../../static/panels/cost.js";

/** Mean depth of a Huffman tree over 1/rank, by joining the two lightest of a sorted list. */
function plainDepth(V) {
  let nodes = Array.from({ length: V }, (_, i) => ({ weight: 1 / (i + 1), sum: 0 }));
  const total = nodes.reduce((sum, { weight }) => sum + weight, 0);
  while (nodes.length > 1) {
    nodes.sort((a, b) => a.weight - b.weight);
    const [a, b, ...rest] = nodes, weight = a.weight + b.weight;
    nodes = [...rest, { weight, sum: a.sum + b.sum + weight }];
  }
  return nodes[0].sum / total;
}

test("two words are one turn away", () => assert.equal(meanDepth(2), 1));

for (const V of [3, 10, 257]) {
  test(`the mean depth of ${V} words is that of a Huffman tree`, () => {
    assert.ok(Math.abs(meanDepth(V) - plainDepth(V)) < 1e-9);
  });
}

test("numbers in words", () => {
  assert.deepEqual([38_400_000, 1e9, 2.5e12, 999_999, 12.34].map(inWords),
    ["38.4 million", "1 billion", "2.5 trillion", "999,999", "12.3"]);
});

test("the table's multiplications", () => {
  const rows = costs(50_000, 300, 5);
  assert.deepEqual(rows.map(([, number]) => number).filter((_, i) => i !== 3), [15e6, 0, 15e6, 1800]);
  assert.equal(rows[4][2], "6 dot products");
});
