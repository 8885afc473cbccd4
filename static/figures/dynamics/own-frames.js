// Frames that a cell sends, on the figure in the place of its run, which comes back on demand.

import { OTHER } from "../../contract/colours.js";
import { INT16_MAX } from "../../contract/constants.js";
import { byId } from "../../ui/dom.js";
import { columnView, setData, toObject } from "../../ui/models.js";

/** The unit of packed positions: INT16_MAX of it are the largest of them. */
export const unitOf = (...matrices) =>
  matrices.flatMap((flat) => Array.from(flat)).reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9) / INT16_MAX;

/** Columns with the marks of words: those of a run's columns, one of their own for words that it does not have. */
export function marksFor(words, { word, category, colour, marker }) {
  const known = new Map(Array.from(word, (one, i) => [one, [category[i], colour[i], marker[i]]]));
  const marks = words.map((one) => known.get(one) ?? ["other", OTHER.colour, OTHER.marker]);
  return { word: words, category: marks.map(([name]) => name), colour: marks.map(([, name]) => name),
           marker: marks.map(([, , name]) => name) };
}

export class OwnFrames {
  constructor(models) {
    this.models = models;
    this.run = null;           // while own frames are on show: {data: [[source, columns]], frame} of the run
    this.replacing = false;
    byId("dynamics-back").onclick = () => this.back();
    byId("dynamics-own").hidden = true;
  }

  get shown() {
    return this.run !== null;
  }

  /** Show frames {words, steps, losses, u, v}, without telling Python. */
  show({ words, steps, losses, u, v }) {
    const { player, points, contexts, steps: recorded, frames } = this.models;
    this.run ??= { data: [points, contexts, recorded, frames].map((source) => [source, source.data]), frame: player.value };
    const zeros = words.map(() => 0);
    const marks = { ...marksFor(words, toObject(this.run.data[0][1])), x: zeros, y: zeros };
    const Matrix = columnView(frames, "u").constructor;        // Bokeh's array of int16, which knows its shape
    const unit = unitOf(u, v);
    const matrix = (flat) => new Matrix(Array.from(flat, (x) => Math.round(x / unit)), [steps.length, 2 * words.length]);
    this.replace([[points, marks], [contexts, { ...marks }], [recorded, { step: [] }],
      [frames, { step: steps, epoch: steps.map(() => NaN), loss: losses, unit: steps.map(() => unit),
                 u: matrix(u), v: matrix(v) }]]);
  }

  replace(data) {
    this.replacing = true;
    for (const [source, columns] of data) setData(source, columns);
    this.replacing = false;
    byId("dynamics-own").hidden = !this.shown;
  }

  /** Show the run again. */
  back() {
    const { data, frame } = this.run;
    this.run = null;
    this.replace(data);
    this.models.player.value = frame;
    byId("dynamics-figure").querySelector("[tabindex]").focus();
  }

  /** A run that Python puts on the figure takes the place of own frames. */
  giveWay() {
    if (!this.shown || this.replacing) return;
    this.run = null;
    byId("dynamics-own").hidden = true;
  }
}
