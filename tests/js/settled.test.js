// From which frame on a word's neighbours stay.

import assert from "node:assert/strict";
import test from "node:test";

import { settled } from "../../static/figures/training/training.js";

test("the first frame after which at most one of the neighbours differs from the last's", () => {
  const last = ["a", "b", "c"];
  assert.equal(settled([["x", "y", "z"], ["a", "y", "z"], ["a", "b", "z"], ["c", "b", "a"], last]), 2);
});

test("what leaves again has not settled", () => {
  assert.equal(settled([["a", "b"], ["x", "y"], ["a", "z"], ["a", "b"]]), 2);
});

test("null while the last frame is the only one that is like it", () => {
  assert.equal(settled([["x", "y"], ["a", "b"]]), null);
  assert.equal(settled([["a", "b"]]), null);
});
