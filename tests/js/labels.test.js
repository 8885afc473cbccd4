// Labels keep out of each other's way, stay in the frame and stay where they were.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CROWDED, NEAR, placeLabels } from "../../static/ui/labels.js";

const HEIGHT = 15;
const width = (text) => 7 * text.length;
const place = (items, size, positions, memory) => placeLabels(items, size, positions, memory, width);

/** The box of a placed label, from its columns. */
function boxOf(items, placed, n) {
  const { text, x, y } = items[placed.index[n]], wide = width(text);
  const left = x + placed.dx[n] - { left: 0, center: wide / 2, right: wide }[placed.align[n]];
  const top = y + placed.dy[n] - { top: 0, middle: HEIGHT / 2, bottom: HEIGHT }[placed.baseline[n]];
  return { left, top, right: left + wide, bottom: top + HEIGHT };
}

const boxes = (items, placed) => placed.index.map((_, n) => boxOf(items, placed, n));
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test("a label alone stands to the right of its mark", () => {
  const placed = place([{ text: "king", x: 100, y: 100 }], [400, 400], NEAR);
  assert.deepEqual(placed, { index: [0], dx: [9], dy: [0], align: ["left"], baseline: ["middle"] });
});

test("at the right edge it stands to the left", () => {
  assert.deepEqual(place([{ text: "king", x: 390, y: 100 }], [400, 400], NEAR).align, ["right"]);
});

test("labels of a crowd overlap neither each other nor another's mark", () => {
  const items = Array.from({ length: 12 }, (_, i) => ({ text: `word${i}`, x: 200 + 6 * (i % 4), y: 200 + 8 * (i >> 2) }));
  const placed = place(items, [400, 400], CROWDED), all = boxes(items, placed);
  assert.ok(all.length >= 6);
  for (const [i, a] of all.entries()) {
    assert.ok(all.slice(i + 1).every((b) => !overlap(a, b)));
    for (const [j, { x, y }] of items.entries()) {
      if (j !== placed.index[i]) assert.ok(!overlap(a, { left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
    }
  }
});

test("the most important comes first where there is room for one", () => {
  const items = ["first", "second"].map((text) => ({ text, x: 30, y: 8 }));
  assert.deepEqual(place(items, [80, 16], NEAR).index, [0]);
});

test("one without a text is only an obstacle", () => {
  const items = [{ text: "king", x: 100, y: 100 }, { text: "", x: 115, y: 100 }];
  const placed = place(items, [400, 400], NEAR);
  assert.deepEqual(placed.index, [0]);
  assert.notEqual(placed.align[0], "left");
});

test("a label stays where it was while that is free", () => {
  const memory = new Map(), obstacle = { text: "", x: 115, y: 100 };
  const first = place([{ text: "king", x: 100, y: 100 }, obstacle], [400, 400], NEAR, memory);
  const second = place([{ text: "king", x: 100, y: 100 }], [400, 400], NEAR, memory);
  assert.deepEqual(second, first);
});
