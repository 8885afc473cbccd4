// Labels keep out of each other's way, stay in the frame and stay where they were.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CROWDED, leadersTo, NEAR, placeLabels, shareLabels } from "../../static/ui/labels.js";

const HEIGHT = 15;
const width = (text) => 7 * text.length;
const place = (items, size, positions, options) => placeLabels(items, size, positions, { widthOf: width, ...options });

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
  assert.deepEqual(placed, { index: [0], text: ["king"], dx: [9], dy: [0], align: ["left"], baseline: ["middle"] });
});

test("a label that must be there covers the fewest marks, and no other label", () => {
  const must = { text: "king", x: 100, y: 100, over: true }, size = [400, 400];
  const boxAt = (position) => boxOf([must], place([must], size, [position]), 0);
  const middles = NEAR.map(boxAt).map(({ left, right, top, bottom }) => ({ text: "", x: (left + right) / 2, y: (top + bottom) / 2 }));
  const marks = [...middles, ...middles.filter((_, i) => i !== 3)], all = [must, ...marks];      // NEAR[3] is the best place left
  assert.deepEqual(place([{ ...must, over: false }, ...marks], size, NEAR).text, []);
  const covered = (box) => marks.filter(({ x, y }) => overlap(box, { left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 })).length;
  const [box] = boxes(all, place(all, size, NEAR));
  assert.equal(covered(box), Math.min(...NEAR.map(boxAt).map(covered)));
  const first = { text: "queen", x: box.left - 9, y: (box.top + box.bottom) / 2 }, two = place([first, ...all], size, NEAR);
  assert.deepEqual(two.text, ["queen", "king"]);
  assert.ok(!overlap(...boxes([first, ...all], two)));
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
  const first = place([{ text: "king", x: 100, y: 100 }, obstacle], [400, 400], NEAR, { memory });
  const second = place([{ text: "king", x: 100, y: 100 }], [400, 400], NEAR, { memory });
  assert.deepEqual(second, first);
});

test("larger labels stand further off and take more room", () => {
  const placed = place([{ text: "king", x: 100, y: 100 }], [400, 400], NEAR, { fontSize: 26 });
  assert.deepEqual(placed, { index: [0], text: ["king"], dx: [18], dy: [0], align: ["left"], baseline: ["middle"] });
  const two = [{ text: "king", x: 100, y: 100 }, { text: "queen", x: 100, y: 120 }];
  assert.deepEqual(place(two, [400, 400], NEAR).align, ["left", "left"]);
  assert.notDeepEqual(place(two, [400, 400], NEAR, { fontSize: 26 }).align, ["left", "left"]);
});

test("a label further from its mark than a word's height has a line to it, and no other has one", () => {
  const items = Array.from({ length: 16 }, (_, i) => ({ text: `word${i}`, x: 200 + 5 * (i % 4), y: 200 + 5 * (i >> 2) }));
  for (const fontSize of [13, 20]) {
    const placed = placeLabels(items, [500, 500], CROWDED, { fontSize, widthOf: (text) => fontSize / 2 * text.length });
    const { index, length, angle } = leadersTo(placed, fontSize);
    assert.ok(index.length > 0 && placed.index.length === items.length);
    placed.index.forEach((item, n) => {
      const { x, y } = items[item], [dx, dy] = [placed.dx[n], placed.dy[n]], height = 15 * fontSize / 13;
      const wide = fontSize / 2 * items[item].text.length, led = index.indexOf(item);
      const left = x + dx - { left: 0, center: wide / 2, right: wide }[placed.align[n]];
      const top = y + dy - { top: 0, middle: height / 2, bottom: height }[placed.baseline[n]];
      const away = Math.hypot(Math.max(left - x, 0, x - left - wide), Math.max(top - y, 0, y - top - height));
      if (led < 0) assert.ok(away <= height + 0.01);
      else assert.ok(Math.abs(x + length[led] * Math.cos(angle[led]) - (x + dx)) <= 2 && -Math.sign(dy) === Math.sign(angle[led]));
    });
  }
});

test("marks that coincide share one label, each word once", () => {
  const at = (text, x, y = 50) => ({ text, x, y });
  const shared = shareLabels([at("cat", 50), at("far", 60), at("dog", 53), at("cat", 51), at("", 50), at("horse", 50, 54)]);
  assert.deepEqual(shared.map(({ text }) => text), ["cat, dog, horse", "far", "", "", "", ""]);
  const alone = shareLabels([at("cat", 50), at("dog", 53)]);
  assert.equal(place(alone, [400, 400], NEAR).dx[0], 9 + 3);
  assert.deepEqual(place(shared, [160, 400], NEAR).text.slice(-1), ["cat + 2 more"]);
  const all = shareLabels(["a", "b", "c", "d", "e", "f"].map((text) => at(text, 9)));
  assert.equal(all[0].text, "a, b, c + 3 more");
  assert.equal(shareLabels([at("cat", 50), at("dog", 56)], 26)[0].text, "cat, dog");
});
