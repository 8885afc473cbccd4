// A sum of words, a − b + c, on the plane on show: its parallelogram, its words, and the answers nearest to it.

import { column, setData } from "../../ui/models.js";
import { decimal } from "../../ui/numbers.js";
import { toPixels } from "../../ui/plane.js";
import { shortened } from "./arrows.js";

const FAINT = 0.62;            // alpha of the labels of all answers but the first
const RING = 17;               // px, around a, b and c

/** Where a − b + c is. */
export const tipOf = ([a, b, c]) => a.map((x, i) => x - b[i] + c[i]);

/** The columns of lines {from, to, ...} as x0, y0, x1, y1. */
const ends = (lines) => ({
  x0: lines.map(({ from }) => from[0]), y0: lines.map(({ from }) => from[1]),
  x1: lines.map(({ to }) => to[0]), y1: lines.map(({ to }) => to[1]),
});

const columnsOf = (list, names) => Object.fromEntries(names.map((name) => [name, list.map((item) => item[name])]));

export class Sum {
  /** pointed: the answer that the reader points at in the list, whose label then has its score. */
  constructor(models, picture) {
    Object.assign(this, { models, picture, pointed: undefined });
  }

  /** {inputs, tip, answers} with a place `at` each; null while there is no sum, or not all vectors. */
  read() {
    const { sum, answers } = this.models, [words] = column(sum, "words"), [names] = column(sum, "names");
    if (!words) return null;
    const placed = (word, name, rest = {}) => ({ word, name, at: this.picture.at(word), ...rest });
    const inputs = Array.from(words, (word, i) => placed(word, names[i]));
    const [name, score] = ["name", "score"].map((of) => column(answers, of));
    const found = column(answers, "word").map((word, i) => placed(word, name[i], { score: score[i] }))
      .filter(({ at }) => at);
    if (!found.length || inputs.some(({ at }) => !at)) return null;
    return { inputs, answers: found, tip: { name: column(sum, "label")[0], at: tipOf(inputs.map(({ at }) => at)) } };
  }

  /** [[x, y] ...] of all that is drawn. */
  places() {
    const sum = this.read();
    return sum ? [...sum.inputs, sum.tip, ...sum.answers].map(({ at }) => at) : [];
  }

  /** Whether the plane shows all of it. */
  isInView() {
    const { plane } = this.models;
    return this.places().map(([x, y]) => toPixels(plane, x, y))
      .every(({ x, y }) => x >= 0 && y >= 0 && x <= plane.inner_width && y <= plane.inner_height);
  }

  draw() {
    const sum = this.read();
    this.drawLines(sum);
    const first = { marker: "circle", size: 10, fill: 1, alpha: 1 }, next = { ...first, size: 6, fill: 0.6, alpha: 0.6 };
    const answer = ({ word, at }, i) => ({ word, at, ...(i ? next : first) });
    const marks = sum ? [
      ...sum.answers.map(answer).reverse(),
      ...sum.inputs.map(({ word, at }) => ({ word, at, marker: "circle", size: RING, fill: 0, alpha: 1 })),
      { word: "", at: sum.tip.at, marker: "x", size: 11, fill: 1, alpha: 1 },
    ] : [];
    setData(this.models.sumMarks, { ...columnsOf(marks, ["word", "marker", "size", "fill", "alpha"]),
                                    x: marks.map(({ at }) => at[0]), y: marks.map(({ at }) => at[1]) });
  }

  drawLines(sum) {
    const { plane, sumArrows, sumLines } = this.models;
    const [a, b, c] = sum?.inputs.map(({ at }) => at) ?? [], tip = sum?.tip.at;
    const arrows = sum ? [[b, a], [c, tip]].map(([from, to]) => ({ from, to: shortened(from, to, plane) })) : [];
    const sides = sum ? [[b, c], [a, tip]].map(([from, to]) => ({ from, to, dash: "solid", alpha: 0.5 })) : [];
    const lines = sum ? [...sides, { from: tip, to: sum.answers[0].at, dash: "2 3", alpha: 1 }] : [];
    setData(sumArrows, ends(arrows));
    setData(sumLines, { ...ends(lines), ...columnsOf(lines, ["dash", "alpha"]) });
  }

  /** What to write beside the marks, the most important first: {word, text, dataX, dataY, alpha, over}. */
  labels() {
    const sum = this.read();
    if (!sum) return [];
    const [best, ...others] = sum.answers, seen = new Set();
    const pointed = sum.answers.filter(({ word }) => word === this.pointed).map((answer) =>
      ({ ...answer, name: `${answer.name} ${decimal(answer.score, 3)}` }));
    const label = (alpha, over, spread = 0) => ({ word, name, at: [dataX, dataY] }) =>
      ({ word, text: name, dataX, dataY, alpha, over, spread });
    return [...[...pointed, best, sum.tip].map(label(1, true)), ...sum.inputs.map(label(1, true, RING / 5)),
      ...others.map(label(FAINT, false))]
      .filter(({ word = "" }) => !seen.has(word) && seen.add(word));
  }
}
