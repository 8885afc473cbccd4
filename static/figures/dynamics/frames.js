// The frames of the run on show: where its words are, and which frame a step belongs to.

import { column, columnView, matrixRow } from "../../ui/models.js";
import { splitAxes } from "../../ui/plane.js";

/** The last of the ascending `steps` that is not above a step, as an index. */
export function frameOf(steps, step) {
  let f = 0;
  while (f < steps.length - 1 && steps[f + 1] <= step) f += 1;
  return f;
}

/** The run in the data sources `frames` and `points`; matrices are "u", the centres, and "v", the contexts. */
export class Frames {
  constructor({ frames, points }) {
    Object.assign(this, { frames, points });
  }

  get steps() {
    return columnView(this.frames, "step");
  }

  get last() {
    return this.steps.length - 1;
  }

  get words() {
    return columnView(this.points, "word").length;
  }

  /** False between two patches, when words and frames are not of one run. */
  get complete() {
    return 2 * this.words * (this.last + 1) === columnView(this.frames, "u").length;
  }

  clamp(f) {
    return Math.max(0, Math.min(this.last, f));
  }

  frameOf(step) {
    return frameOf(this.steps, step);
  }

  /** Step, epoch, loss per term and separation of frame f. */
  at(f) {
    return { step: this.steps[f], epoch: columnView(this.frames, "epoch")[f], loss: columnView(this.frames, "loss")[f],
             separation: columnView(this.frames, "separation")[f] };
  }

  /** The positions of all words in frame f of a matrix: [xs, ys]. */
  positions(matrix, f) {
    const unit = columnView(this.frames, "unit")[f];
    return splitAxes(matrixRow(columnView(this.frames, matrix), f, 2 * this.words).map((x) => x * unit));
  }

  /** How far the words' centre vectors move, all together, from frame f to the next. */
  distance(f) {
    const [[x0, y0], [x1, y1]] = [this.positions("u", f), this.positions("u", f + 1)];
    return x0.reduce((sum, x, i) => sum + Math.hypot(x1[i] - x, y1[i] - y0[i]), 0);
  }

  /** The positions of all words in all frames of a matrix: [x, y, x, y ...]. */
  all(matrix) {
    const unit = columnView(this.frames, "unit")[0];
    return column(this.frames, matrix).map((x) => x * unit);
  }
}
