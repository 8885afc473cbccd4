// The parts of the dynamics figure: frames, trails, steps and a cell's own frames.

import assert from "node:assert/strict";
import { test } from "node:test";
import { marksAt } from "../../static/figures/dynamics/hover.js";
import { Frames, frameOf } from "../../static/figures/dynamics/frames.js";
import { marksFor, unitOf } from "../../static/figures/dynamics/own-frames.js";
import { arrowsOf, neighbour, pairs, readable, rolesOf } from "../../static/figures/dynamics/steps.js";
import { trailsTo } from "../../static/figures/dynamics/trails.js";

const source = (data) => ({ data, get: (name) => data[name] });

/** Two words in three frames. */
const run = (u) => new Frames({
  frames: source({ step: [0, 10, 25], epoch: [0, 1, 2], loss: [3, 2, 1], unit: [0.5, 0.5, 0.5], u, v: u }),
  points: source({ word: ["a", "b"] }),
});
const U = [0, 0, 2, 2, 4, 6, 8, 10, -2, -4, -6, -8];

test("positions are those of the frame, times the unit", () => {
  for (const matrix of [Int16Array.from(U), [U.slice(0, 4), U.slice(4, 8), U.slice(8)]]) {
    assert.deepEqual(run(matrix).positions("u", 1), [[2, 4], [3, 5]]);
  }
});

test("a run between two patches is not complete", () => {
  assert.equal(run(Int16Array.from(U)).complete, true);
  assert.equal(run(Int16Array.from(U.slice(4))).complete, false);
});

test("frames are kept within the run", () => {
  const frames = run(Int16Array.from(U));
  assert.deepEqual([-1, 1, 9].map((f) => frames.clamp(f)), [0, 1, 2]);
  assert.deepEqual(frames.at(2), { step: 25, epoch: 2, loss: 1 });
});

test("the frame of a step is the last that is not after it", () => {
  assert.deepEqual([0, 9, 10, 24, 25, 99].map((step) => frameOf([0, 10, 25], step)), [0, 0, 1, 1, 2, 2]);
});

test("trails join each word's positions, the last 60 frames of them", () => {
  const asked = [];
  const positions = (f) => { asked.push(f); return [[f, 10 * f], [-f, 0]]; };
  assert.deepEqual(trailsTo(2, positions), { xs: [[0, 1, 2], [0, 10, 20]], ys: [[-0, -1, -2], [0, 0, 0]] });
  asked.length = 0;
  trailsTo(100, positions);
  assert.deepEqual([asked[0], asked.at(-1), asked.length], [40, 100, 61]);
});

test("arrows are drawn 1, 2, 5, 10 ... times as long", () => {
  assert.deepEqual([0.2, 1, 1.9, 2, 7, 10, 49, 50, 1234].map(readable), [1, 1, 1, 2, 5, 10, 20, 50, 1000]);
});

test("a negative that is the context is skipped, and has no arrow", () => {
  const roles = rolesOf({ rows: [3, 7, 3], skipped: [false, false, true] });
  assert.deepEqual(roles, ["centre", "context", "negative", "skipped"]);
  const before = pairs([0, 0, 1, 1, 2, 2, 3, 3]), moved = pairs([1, 0, 0, 1, -1, 0, 9, 9]);
  assert.deepEqual(arrowsOf(before, moved, roles, 2),
    { of: [0, 1, 2], x0: [0, 1, 2], y0: [0, 1, 2], x1: [2, 1, 0], y1: [0, 3, 2] });
});

test("from one recorded step to the next, and not beyond the ends", () => {
  const steps = Int32Array.of(0, 30, 70);
  assert.deepEqual([[0, 1], [30, -1], [70, 1], [0, -1]].map(([step, by]) => neighbour(steps, step, by)), [30, 0, 70, 0]);
  assert.equal(neighbour([], 5, 1), 5);
});

test("own frames fill the range of int16", () => {
  const unit = unitOf([0.1, -4], Float32Array.of(2));
  assert.equal(Math.round(-4 / unit), -32767);
  assert.ok(unitOf([0, 0]) > 0);
});

test("own words have the marks of the run's, others one of their own", () => {
  const marks = marksFor(["cat", "new"], { word: ["cat"], category: ["animals"], colour: ["#0077bb"], marker: ["square"] });
  assert.deepEqual(marks.word, ["cat", "new"]);
  assert.deepEqual(marks.category, ["animals", "other"]);
  assert.deepEqual([marks.colour[0], marks.marker], ["#0077bb", ["square", "circle"]]);
});

test("the words of one place under the pointer, the nearest first", () => {
  const marks = [["cat", 50], ["dog", 55], ["horse", 70], ["bird", 49]].map(([text, x]) => ({ text, x, y: 10 }));
  assert.deepEqual(marksAt(marks, { x: 48, y: 12 }).map(({ text }) => text), ["bird", "cat", "dog"]);
  assert.deepEqual(marksAt(marks, { x: 48, y: 40 }), []);
});
