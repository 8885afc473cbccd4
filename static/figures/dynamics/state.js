// The plane's own state, when it shows something else than a frame: both tables, as they are after a step or a move.

import { splitAxes } from "../../ui/plane.js";

export class State {
  constructor(frames) {
    Object.assign(this, { frames, U: null, V: null });
  }

  get free() {
    return this.U !== null;
  }

  /** Take over the tables of frame f. */
  takeFrame(f) {
    [this.U, this.V] = ["u", "v"].map((matrix) => {
      const [x, y] = this.frames.positions(matrix, f);
      return Float64Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? y : x)[i >> 1]);
    });
  }

  drop() {
    this.U = this.V = null;
  }

  /** [xs, ys] of both tables. */
  positions() {
    return [this.U, this.V].map((matrix) => splitAxes(Array.from(matrix)));
  }
}
