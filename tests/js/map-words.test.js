// What is typed into the map's search box, and the frame that follows a word.

import assert from "node:assert/strict";
import { test } from "node:test";
import { framed, inFrame } from "../../static/figures/map/reveal.js";
import { completions, isList, lastPart, oneLine } from "../../static/ui/typed.js";

test("the first words that begin so complete a text, in capitals or not", () => {
  const words = ["the", "Theory", "cat", "then", "them", "THE"];
  assert.deepEqual(completions("the", words), ["the", "Theory", "then", "them", "THE"]);
  assert.deepEqual(completions("THEM", words), ["them"]);
  assert.deepEqual(completions("dog", words), []);
  assert.deepEqual(completions("CAF\u00c9", ["cafe\u0301s", "caf\u00e9", "cafe"]), ["caf\u00e9", "cafe\u0301s"]);
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

test("the frame moves no further than a word needs, and not for one inside", () => {
  const frame = [[0, 10], [0, 10]];
  assert.deepEqual(framed(frame, [9.9, 0.1]), frame);
  const [[start, end], up] = framed(frame, [12, 5]);
  assert.ok(start < 12 && end > 12 && end < 13 && end - start === 10);
  assert.deepEqual(up, [0, 10]);
  const [x, y] = framed(frame, [-3, -4]);
  assert.ok(inFrame({ x_range: { start: x[0], end: x[1] }, y_range: { start: y[0], end: y[1] } }, [-3, -4]));
});
