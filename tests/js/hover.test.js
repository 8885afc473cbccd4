// Which marks are under the pointer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { marksAt } from "../../static/ui/hover.js";

test("the words of one place under the pointer, the nearest first", () => {
  const marks = [["cat", 50], ["dog", 55], ["horse", 70], ["bird", 49]].map(([text, x]) => ({ text, x, y: 10 }));
  assert.deepEqual(marksAt(marks, { x: 48, y: 12 }).map(({ text }) => text), ["bird", "cat", "dog"]);
  assert.deepEqual(marksAt(marks, { x: 48, y: 40 }), []);
});
