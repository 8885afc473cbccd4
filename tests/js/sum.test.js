// A sum of words on the plane: a parallelogram, whatever the plane; the words that its labels name once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { scoreKind } from "../../static/figures/map/answers.js";
import { Sum, tipOf } from "../../static/figures/map/sum.js";
import { project } from "../../static/figures/map/turn.js";

/** A data source of Bokeh's, as far as the modules need it. */
class Source {
  constructor(data = {}) { this.data = data; }
  get(name) { return this.data[name]; }
  setv({ data }) { this.data = data; }
}

const ROWS = { king: [1, 0, 0], man: [0, 1, 0], woman: [0, 0, 1], queen: [0.8, -0.6, 0], throne: [0.6, 0, 0.8] };
const AXES = [[0.6, 0.8, 0], [0, 0.6, 0.8]];

function sumOf(words = ["king", "man", "woman"], answers = ["queen", "throne"], rows = ROWS) {
  const range = { start: -2, end: 2 };
  const models = {
    sum: new Source({ words: [words], names: [words.map((word) => word.toUpperCase())], label: ["the sum"], method: ["add"] }),
    answers: new Source({ word: answers, name: answers, score: answers.map((_, i) => 0.9 - i / 10) }),
    sumArrows: new Source(), sumLines: new Source(), sumMarks: new Source(),
    plane: { x_range: range, y_range: range, inner_width: 400, inner_height: 400 },
  };
  return new Sum(models, { at: (word) => rows[word] && project(AXES, rows[word]) });
}

const near = (a, b) => a.forEach((x, i) => assert.ok(Math.abs(x - b[i]) < 1e-9, `${a} is not ${b}`));

test("the tip is where the projection of a - b + c is", () => {
  const full = ROWS.king.map((x, d) => x - ROWS.man[d] + ROWS.woman[d]);
  near(tipOf(["king", "man", "woman"].map((word) => project(AXES, ROWS[word]))), project(AXES, full));
});

test("both arrows are drawn alike, the sides close them to a parallelogram", () => {
  const sum = sumOf();
  sum.draw();
  const { sumArrows: { data: { x0, y0, x1, y1 } }, sumLines: { data: lines } } = sum.models;
  near([x1[0] - x0[0], y1[0] - y0[0]], [x1[1] - x0[1], y1[1] - y0[1]]);
  near([lines.x1[0] - lines.x0[0], lines.y1[0] - lines.y0[0]], [lines.x1[1] - lines.x0[1], lines.y1[1] - lines.y0[1]]);
  near([lines.x0[2], lines.y0[2]], [lines.x1[1], lines.y1[1]]);               // from the tip ...
  near([lines.x1[2], lines.y1[2]], project(AXES, ROWS.queen));                // ... to the best answer
});

test("each word has one label, the best answer's first; the other answers' are fainter", () => {
  const labels = sumOf(["king", "man", "woman"], ["king", "queen"]).labels();
  assert.deepEqual(labels.map(({ text }) => text), ["king", "the sum", "MAN", "WOMAN", "queen"]);
  assert.deepEqual(labels.map(({ alpha }) => alpha === 1), [true, true, true, true, false]);
});

test("the answer that is pointed at says its score", () => {
  const sum = sumOf();
  sum.pointed = "throne";
  assert.deepEqual(sum.labels()[0], { ...sum.labels()[0], word: "throne", text: "throne 0.800", alpha: 1 });
  assert.equal(sum.labels().length, 6);
});

test("nothing is drawn of a word whose vector is not there", () => {
  const missing = sumOf(undefined, undefined, { ...ROWS, man: undefined });
  missing.draw();
  assert.deepEqual([missing.labels(), missing.places(), missing.models.sumMarks.data.x], [[], [], []]);
  assert.ok(!sumOf(undefined, undefined, { ...ROWS, throne: undefined }).labels().some(({ word }) => word === "throne"));
});

test("a sum that reaches out of the frame is noticed", () => {
  const sum = sumOf();
  assert.ok(sum.isInView());
  sum.models.plane.x_range = { start: -0.5, end: 0.5 };
  assert.ok(!sum.isInView());
});

test("the score is named after the method", () => {
  assert.match(scoreKind("add", "king − man + woman"), /cosine with king − man \+ woman .3CosAdd/);
  assert.match(scoreKind("mul", ""), /÷.*3CosMul/);
});
