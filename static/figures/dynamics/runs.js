// The runs that the figure can show: one for each K, made by the build, and the user's: trained, or sent by a cell.

import { OTHER } from "../../contract/colours.js";
import { INT16_MAX } from "../../contract/constants.js";
import { fetchJson, TOY_RUNS } from "../../ui/addresses.js";
import { columnView, setData, toObject } from "../../ui/models.js";
import { procrustes, turn } from "./align.js";
import { Frames } from "./frames.js";

export const YOURS = "yours";

/** The unit of packed positions: INT16_MAX of it are the largest of them. */
export const unitOf = (...matrices) =>
  matrices.flatMap((flat) => Array.from(flat)).reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9) / INT16_MAX;

/** Columns with the marks of words: those of a run's columns, one of their own for words that it does not have. */
export function marksFor(words, { word, category, colour, marker }) {
  const known = new Map(Array.from(word, (one, i) => [one, [category[i], colour[i], marker[i]]]));
  const marks = words.map((one) => known.get(one) ?? ["other", OTHER.colour, OTHER.marker]);
  return { word: words, category: marks.map(([name]) => name), colour: marks.map(([, name]) => name),
           marker: marks.map(([, , name]) => name), alpha: words.map(() => 1) };
}

/** Columns of a run as Frames read them. */
const asFrames = ({ frames, points }) =>
  new Frames(Object.fromEntries(Object.entries({ frames, points }).map(([name, data]) =>
    [name, { get: (column) => data[column] }])));

/** How another run lies on the run on show: {frames, R, words: [its row, row on show]}; null if they share no two words. */
export function ghostOf(before, now) {
  const words = Array.from(now.points.word).flatMap((word, i) => {
    const j = Array.prototype.indexOf.call(before.points.word, word);
    return j < 0 ? [] : [[j, i]];
  });
  if (words.length < 2) return null;
  const [theirs, ours] = [asFrames(before), asFrames(now)];
  const ends = [theirs, ours].map((frames, side) => {
    const [x, y] = frames.positions("u", frames.last);
    return words.flatMap((pair) => [x[pair[side]], y[pair[side]]]);
  });
  return { frames: theirs, R: procrustes(...ends), words };
}

export class Runs {
  /** drawn(frame): called when another run is on show, to be seen at a frame, by default the one on show. */
  constructor(models, drawn) {
    Object.assign(this, { models, drawn, key: null, before: null, yours: null, ghost: null, made: null });
    this.first = this.read();                // the document's, of the first K
    this.key = String(this.first.run.negatives[0]);
    this.shown = this.first;
  }

  /** What the sources hold now. */
  read() {
    const { points, contexts, run, frames } = this.models;
    return Object.fromEntries(Object.entries({ points, contexts, run, frames })
      .map(([name, source]) => [name, { ...toObject(source.data) }]));
  }

  /** Whether the run on show was made by the build. */
  get isMade() {
    return this.key !== YOURS;
  }

  get isFirst() {
    return this.shown === this.first;
  }

  /** K of the run on show; undefined for a cell's frames. */
  get K() {
    return this.shown.run.negatives[0];
  }

  /** Python has put a run on the figure, to be seen at a frame. */
  arrived(frame) {
    if (this.replacing) return;
    this.yours = this.read();
    this.become(YOURS, this.yours, frame);
  }

  become(key, data, frame) {
    this.before = { key: this.key, K: this.K, data: this.shown };
    this.key = key;
    this.shown = data;
    this.ghost = ghostOf(this.before.data, data);
    this.drawn(frame);
  }

  /** Show the run of a K, fetched when first wanted, or the user's; rejects when it cannot be had. */
  async show(key) {
    const data = key === YOURS ? this.yours : await this.madeFor(key);
    if (key !== this.key) this.replace(key, data);
  }

  /** Show frames {words, steps, losses, u, v} of a cell. */
  showCells({ words, steps, losses, u, v }) {
    const marks = { ...marksFor(words, this.first.points), x: words.map(() => 0), y: words.map(() => 0) };
    const unit = unitOf(u, v), nothing = steps.map(() => NaN);
    const packed = (flat) => this.matrix(Array.from(flat, (x) => Math.round(x / unit)), steps.length, words.length);
    this.yours = {
      points: marks, contexts: { ...marks }, run: Object.fromEntries(Object.keys(this.first.run).map((name) => [name, []])),
      frames: { step: steps, epoch: nothing, loss: losses, separation: nothing, rate: nothing,
                unit: steps.map(() => unit), u: packed(u), v: packed(v) },
    };
    this.replace(YOURS, this.yours);
  }

  /** Bokeh's array of int16, which knows its shape. */
  matrix(flat, frames, words) {
    const Matrix = this.first.frames.u.constructor;
    return new Matrix(flat, [frames, 2 * words]);
  }

  replace(key, data) {
    this.replacing = true;
    for (const name of ["points", "contexts", "run", "frames"]) setData(this.models[name], { ...data[name] });
    this.replacing = false;
    this.become(key, data);
  }

  async madeFor(key) {
    if (key === String(this.first.run.negatives[0])) return this.first;
    const { points, contexts, run } = this.first, columns = (await this.fetch())[key];
    const count = columns.step.length, words = points.word.length;
    const frames = { ...columns, u: this.matrix(columns.u, count, words), v: this.matrix(columns.v, count, words) };
    return { points, contexts, run: { ...run, negatives: [Number(key)] }, frames };
  }

  /** The columns of frames for each K but the first. */
  fetch() {
    this.made ??= fetchJson(TOY_RUNS);
    this.made.catch(() => { this.made = null; });
    return this.made;
  }

  /** Where the run before has its words when this one is in frame f: columns x, y, marker; none without a ghost. */
  ghosts(f, matrix) {
    if (!this.ghost) return { x: [], y: [], marker: [] };
    const { frames, R, words } = this.ghost, last = columnView(this.models.frames, "step").length - 1;
    const at = Math.round(f / Math.max(last, 1) * frames.last);
    const [x, y] = turn(frames.positions(matrix, at), R), marker = columnView(this.models.points, "marker");
    return { x: words.map(([j]) => x[j]), y: words.map(([j]) => y[j]), marker: words.map(([, i]) => marker[i]) };
  }

  /** Loss and separation of the run before, by step. */
  curves() {
    const { step, loss, separation } = this.before?.data.frames ?? { step: [], loss: [], separation: [] };
    return { step, loss, separation };
  }
}
