// Where words stand on the plane on show: what everything on the map is drawn from.

import { column } from "../../ui/models.js";
import { project } from "./turn.js";

export class Picture {
  /** words: the source of those on the map, as Python has placed them on the first plane; rows: their vectors. */
  constructor(words, rows) {
    Object.assign(this, { words, rows, axes: null });
  }

  /** Show a plane. */
  show(axes) {
    this.axes = axes;
  }

  /** [x, y] of a word; undefined while its vector is not known. */
  at(word) {
    const row = this.rows.of(word);
    if (row && this.axes) return project(this.axes, row);
    const i = column(this.words, "word").indexOf(word);
    return i < 0 ? undefined : [this.words.get("x")[i], this.words.get("y")[i]];
  }

  /** [[x, y] ...] of those of the words whose vectors are known. */
  places(words) {
    return words.map((word) => this.at(word)).filter(Boolean);
  }
}
