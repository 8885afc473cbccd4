// The atlas without a page: its file, what lies where, labels, names of regions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { labelsOf } from "../../static/ui/free-labels.js";
import { compared } from "../../static/figures/atlas/near.js";
import { regionsOf } from "../../static/figures/atlas/regions.js";
import { Words, wordsOf } from "../../static/figures/atlas/words.js";
import { positionsOf } from "../../static/ui/positions.js";

const words = (points, classes = points.map(() => 0), ...kinds) =>
  new Words(points.map((_, i) => `w${i}`), Float32Array.from(points, ([x]) => x), Float32Array.from(points, ([, y]) => y), Uint8Array.from(classes), ...kinds);

/** A generator of numbers in 0..1, the same each time. */
function random(seed) {
  let state = seed;
  return () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    return state / 2 ** 32;
  };
}

const cloud = (n, seed = 1) => {
  const next = random(seed);
  return Array.from({ length: n }, () => [next(), next()]);
};

test("the file gives names, positions and classes", () => {
  const head = new TextEncoder().encode(`${JSON.stringify({ words: 2, scale: 8 })}\n`);
  const numbers = new Uint8Array(Int16Array.of(32767, -32767, 0, 16384).buffer);
  const read = wordsOf(Uint8Array.of(...head, ...numbers, 3, 0, ...new TextEncoder().encode("café\nthe")));
  assert.deepEqual([...read.x], [8, -8]);
  assert.deepEqual([...read.y].map((y) => Math.round(y * 1000)), [0, 4000]);
  assert.deepEqual([[...read.classes], read.names, read.index.get("the")], [[3, 0], ["café", "the"], 1]);
});

test("positions of Python's come in pairs", () => {
  const [x, y] = positionsOf(Int16Array.of(32767, 0, -32767, 32767), 2);
  assert.deepEqual([[...x], [...y]], [[2, -2], [0, 2]]);
});

test("the nearest on the plane are those that sorting all distances gives", () => {
  const points = cloud(200), all = words(points);
  for (const i of [0, 7, 199]) {
    const distance = (j) => Math.hypot(points[j][0] - points[i][0], points[j][1] - points[i][1]);
    const sorted = points.map((_, j) => j).filter((j) => j !== i).sort((a, b) => distance(a) - distance(b));
    assert.deepEqual(all.nearestOnPlane(i, 10), sorted.slice(0, 10));
  }
  assert.deepEqual(words([[0, 0], [1, 1]]).nearestOnPlane(0, 10), [1]);
});

test("a polygon holds what is inside, also where it is concave", () => {
  const corner = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [0, 1]];        // an L
  assert.deepEqual(words([[1, 0.5], [3.5, 3], [1, 3], [5, 0.5], [-1, 0.5]]).inPolygon(corner), [0, 1]);
  assert.deepEqual(words([[1, 1]]).inPolygon([[0, 0], [0, 0]]), []);
});

test("labels meet no other and stay inside, the important ones first", () => {
  const items = cloud(400, 2).map(([x, y], i) => ({ text: `word ${i}`, x: x * 500, y: y * 300 }));
  const labels = labelsOf(items, [500, 300], () => 50), boxes = labels.map(({ left, base }) => [left, base - 8, left + 50, base + 8]);
  assert.ok(labels.length > 40);
  assert.equal(labels[0].text, "word 0");
  for (const [i, a] of boxes.entries()) {
    assert.ok(a[0] >= 0 && a[2] <= 500);
    for (const b of boxes.slice(i + 1)) assert.ok(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]);
  }
  assert.equal(labelsOf(items, [500, 300], () => 50, 7).length, 7);
  assert.deepEqual(labelsOf([{ text: "out", x: -5, y: 9 }], [500, 300], () => 10), []);
});

test("a region is named after a class that is common there and rare elsewhere, else after its commonest words", () => {
  const at = (x, y, n, seed) => cloud(n, seed).map(([a, b]) => [x + a / 8, y + b / 8]);
  const points = [...at(0, 0, 300, 3), ...at(5, 5, 300, 4), ...at(0, 5, 300, 5)];
  const classes = points.map((_, i) => i < 300 ? 1 : i < 600 ? 11 : 0);
  assert.ok(!regionsOf(words(points, points.map(() => 1))).some(({ text }) => text === "animals"));    // which all words are
  const few = classes.map((number, i) => number === 1 && i >= 100 ? 0 : number);
  const named = regionsOf(words(points, few));
  const animals = named.find(({ text }) => text === "animals");
  assert.ok(animals && Math.hypot(animals.x, animals.y) < 0.5);
  assert.ok(named.some(({ text, x, y }) => /^w3\d\d, w3\d\d, w3\d\d$/.test(text) && Math.hypot(x - 5, y - 5) < 0.5));   // verbs name none
  const own = regionsOf(words(points, points.map((_, i) => Math.floor(i / 225)), [["none"], ["a"], ["b"], ["c"]]));
  assert.ok(own.some(({ text, x, y }) => text === "c" && Math.hypot(x, y - 5) < 0.5));
  assert.deepEqual(regionsOf(words([[0, 0]])).map(({ text }) => text), ["w0"]);
});

test("arrows are compared by their mean cosine and their lengths", () => {
  const all = words([[0, 0], [1, 0], [5, 5], [7, 5], [2, 2], [1, 2]]);
  assert.deepEqual(compared(all, [[0, 1], [2, 3]]), { cosine: 1, times: 2 });
  assert.deepEqual(compared(all, [[0, 1], [4, 5]]), { cosine: -1, times: 1 });
  assert.ok(Number.isNaN(compared(all, [[0, 1]]).cosine));
});
