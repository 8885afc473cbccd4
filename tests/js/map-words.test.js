// What is typed into the map's search box, and the frame that follows a word.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inFrame, panTo } from "../../static/figures/map/reveal.js";
import { completions, isList, lastPart, oneLine } from "../../static/figures/map/typed.js";

test("the first words that begin so complete a text, in capitals or not", () => {
  const words = ["the", "Theory", "cat", "then", "them", "THE"];
  assert.deepEqual(completions("the", words), ["the", "Theory", "then", "them", "THE"]);
  assert.deepEqual(completions("THEM", words), ["them"]);
  assert.deepEqual(completions("dog", words), []);
});

test("at most eight complete it, and the word itself is the first, however rare", () => {
  const words = [...Array.from({ length: 20 }, (_, i) => `cat${i}`), "cat"];
  assert.deepEqual(completions("cat", words), ["cat", ...words.slice(0, 7)]);
});

test("several words have commas and the like between them, and the last one is completed", () => {
  assert.deepEqual(["new york", "a, b", "a;b", "a\tb"].map(isList), [false, true, true, true]);
  assert.deepEqual(["cat", "cat, do", "cat; ", "new yo"].map(lastPart), ["cat", "do", "", "new yo"]);
});

test("lines and columns become one line; one line stays as it is", () => {
  assert.equal(oneLine("a\tb\r\nc d\n\n"), "a, b, c d");
  assert.equal(oneLine("a,  b "), "a,  b ");
});

/** A plane whose frame is 0..10 both ways. */
function plane() {
  const range = () => ({ start: 0, end: 10, setv(values) { Object.assign(this, values); } });
  return { x_range: range(), y_range: range() };
}

test("the frame moves no further than a word needs, and not for one inside", () => {
  const one = plane();
  panTo(one, [9.9, 0.1]);
  assert.deepEqual([one.x_range.start, one.y_range.end], [0, 10]);
  panTo(one, [12, 5]);
  assert.ok(inFrame(one, [12, 5]) && one.x_range.end - one.x_range.start === 10 && one.x_range.end < 13);
  assert.deepEqual([one.y_range.start, one.y_range.end], [0, 10]);
  panTo(one, [-3, -4]);
  assert.ok(inFrame(one, [-3, -4]));
});
