// The parts of the dynamics figure: frames, trails, steps and a cell's own frames.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Frames, frameOf } from "../../static/figures/dynamics/frames.js";
import { procrustes, turn } from "../../static/figures/dynamics/align.js";
import { categories } from "../../static/figures/dynamics/legend.js";
import { drawAt } from "../../static/figures/dynamics/log.js";
import { balance, nearestWithin } from "../../static/figures/dynamics/mover.js";
import { takeStep } from "../../static/figures/dynamics/objective.js";
import { ghostOf, marksFor, unitOf } from "../../static/figures/dynamics/runs.js";
import { changes, mixed } from "../../static/figures/dynamics/settings.js";
import { actorsOf, distanceTo, liveliest, readable } from "../../static/figures/dynamics/steps.js";
import { trailsTo } from "../../static/figures/dynamics/trails.js";

const source = (data) => ({ data, get: (name) => data[name] });

/** Two words in three frames. */
const run = (u) => new Frames({
  frames: source({ step: [0, 10, 25], epoch: [0, 1, 2], loss: [3, 2, 1], separation: [0, 0.5, 0.9], unit: [0.5, 0.5, 0.5], u, v: u }),
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
  assert.deepEqual(frames.at(2), { step: 25, epoch: 2, loss: 1, separation: 0.9 });
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

test("moves are drawn 1, 2, 5, 10 ... times as long", () => {
  assert.deepEqual([0, 0.2, 1, 1.9, 2, 7, 10, 49, 50, 1234].map(readable), [1, 1, 1, 1, 2, 5, 10, 20, 50, 1000]);
});

test("steps are looked at where the words move farthest a step", () => {
  assert.equal(liveliest([0, 10, 20, 60], [1, 4, 8]), 1);
});

test("the distance of a point to an arrow, also beyond its ends and to one without length", () => {
  const arrow = [[0, 0], [4, 0]];
  assert.deepEqual([[2, 3], [-3, 4], [7, 4]].map((at) => distanceTo(at, arrow)), [3, 5, 5]);
  assert.equal(distanceTo([3, 4], [[0, 0], [0, 0]]), 5);
});

test("a log is read step by step", () => {
  const ids = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  assert.deepEqual(drawAt(ids, 1, 2), { centre: 5, context: 6, negatives: [7, 8] });
});

test("a negative that is the context is skipped; one drawn twice moves its row twice, and acts once", () => {
  const U = Float64Array.of(1, 0, 0, 0), V = Float64Array.of(0, 1, 1, 0);
  const record = takeStep(U, V, { centre: 0, context: 0, negatives: [1, 0, 1], rate: 1 });
  assert.deepEqual(record.rows.map(({ role }) => role), ["context", "negative", "skipped", "negative"]);
  const sigma = 1 / (1 + Math.exp(-1));
  assert.deepEqual([...V], [0.5, 1, 1 - 2 * sigma, 0]);            // the context's σ is one half
  assert.ok(Math.abs(U[0] - (1 - 2 * sigma)) < 1e-15 && U[1] === 0.5);
  assert.ok(Math.abs(record.loss - (Math.log(2) - 2 * Math.log(1 - sigma))) < 1e-15);
  assert.deepEqual(actorsOf(record).map(({ matrix, id }) => matrix + id), ["u0", "v0", "v1"]);
});

test("a turned and a mirrored run are laid on the other", () => {
  const Y = [1, 0, 0, 2, -1, -1], close = (a, b) => a.forEach((x, i) => assert.ok(Math.abs(x - b[i]) < 1e-12));
  for (const [a, b, c, d] of [[0.6, 0.8, -0.8, 0.6], [0.6, 0.8, 0.8, -0.6]]) {
    const X = Y.map((_, i) => i % 2 ? Y[i - 1] * b + Y[i] * d : Y[i] * a + Y[i + 1] * c);
    const [xs, ys] = turn([[X[0], X[2], X[4]], [X[1], X[3], X[5]]], procrustes(X, Y));
    close(xs, [1, 0, -1]);
    close(ys, [0, 2, -1]);
  }
  assert.deepEqual(procrustes([0, 0], [0, 0]), [1, 0, 0, 1]);
});

test("a ghost knows its words on the run on show, whatever their order", () => {
  const one = (words, u) => ({ points: { word: words }, frames: { step: [0], unit: [1], u, v: u } });
  const { words } = ghostOf(one(["a", "b", "c"], [1, 0, 0, 1, 5, 5]), one(["b", "a"], [0, 1, 1, 0]));
  assert.deepEqual(words, [[1, 0], [0, 1]]);
  assert.equal(ghostOf(one(["a"], [1, 0]), one(["a"], [1, 0])), null);
});

test("what is changed but not trained is named", () => {
  const run = { window: 3, seed: 0, corpus: "a" };
  assert.deepEqual(changes({ window: 5, seed: 0, corpus: "b" }, run), ["window 5 (the run has 3)", "another corpus"]);
  assert.deepEqual(changes({ ...run }, run), []);
});

test("a word changes the lists, not the mixed sentences", () => {
  assert.equal(mixed("red blue\ncat dog\ncat dog and red blue", "red", ["red", "blue"], ["cat", "dog"]),
    "blue\ncat dog red\ncat dog and red blue");
});

test("the mark within reach that is nearest", () => {
  const places = [[0, 0], [10, 0], [12, 0]];
  assert.deepEqual([[9, 0], [12, 1], [30, 0]].map((at) => nearestWithin(places, at, 6)), [1, 2, -1]);
});

test("pull against push in words", () => {
  assert.deepEqual([[1, 0.99], [2, 1], [1, 2], [0, 0]].map((sizes) => balance(sizes, "cat").split(" ").slice(0, 2).join(" ")),
    ["Pull and", "The pull", "The push", "Pull and"]);
});

test("the legend has each category once", () => {
  assert.deepEqual(categories({ category: ["a", "b", "a"], colour: ["red", "blue", "red"], marker: ["circle", "hex", "circle"] }),
    [["a", "red", "●"], ["b", "blue", "●"]]);
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
