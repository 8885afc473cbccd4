// The words of the atlas: names, positions, classes; the file with GloVe's, as py/builder/atlas.py writes it.

import { ATLAS_CLASSES } from "../../contract/constants.js";
import { unpacked } from "../../ui/positions.js";

/** [least x, least y, most x, most y] of the words that count(i). */
export function boundsOf(x, y, count) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    if (!count(i)) continue;
    bounds[0] = Math.min(bounds[0], x[i]);
    bounds[1] = Math.min(bounds[1], y[i]);
    bounds[2] = Math.max(bounds[2], x[i]);
    bounds[3] = Math.max(bounds[3], y[i]);
  }
  return bounds;
}

/** Words with positions, the most frequent first. */
export class Words {
  /** names: of V words; x, y: Float32Array(V); classes: Uint8Array(V), numbers in kinds; kinds: [[name, colour]], the first
      of words that have none. */
  constructor(names, x, y, classes, kinds = ATLAS_CLASSES) {
    Object.assign(this, { names, x, y, classes, kinds });
    this.index = new Map(names.map((name, i) => [name, i]));
    this.here = null;          // which of them are on show, where they are those of two models; null: all
  }

  /** Whether word i is on show, in its own model or in the other one. */
  isHere(i) {
    return this.here === null || this.here[i] > 0;
  }

  get size() { return this.x.length; }

  /** The name of word i's class. */
  kindOf(i) {
    return this.kinds[this.classes[i]][0];
  }

  /** [least x, least y, most x, most y]. */
  get bounds() {
    return boundsOf(this.x, this.y, (i) => this.isHere(i));
  }

  /** The indices of the k words nearest to word i on the plane, the nearest first. */
  nearestOnPlane(i, k) {
    const nearest = [];        // [squared distance, index], rising
    for (let j = 0; j < this.size; j++) {
      const d = (this.x[j] - this.x[i]) ** 2 + (this.y[j] - this.y[i]) ** 2;
      if (j === i || !this.isHere(j) || nearest.length === k && d >= nearest[k - 1][0]) continue;
      let at = nearest.length;
      while (at && nearest[at - 1][0] > d) at -= 1;
      nearest.splice(at, 0, [d, j]);
      nearest.length = Math.min(nearest.length, k);
    }
    return nearest.map(([, j]) => j);
  }

  /** The indices of the words inside a box [x0, y0, x1, y1]. */
  inBox([x0, y0, x1, y1]) {
    const found = [];
    for (let i = 0; i < this.size; i++) {
      if (this.isHere(i) && this.x[i] >= x0 && this.x[i] <= x1 && this.y[i] >= y0 && this.y[i] <= y1) found.push(i);
    }
    return found;
  }

  /** The indices of the words inside a polygon [[x, y]]: those from which a line to the right crosses it an odd number of times. */
  inPolygon(polygon) {
    const [xs, ys] = [0, 1].map((axis) => polygon.map((corner) => corner[axis]));
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return this.inBox(box).filter((i) => isInside(polygon, this.x[i], this.y[i]));
  }
}

function isInside(polygon, x, y) {
  let inside = false;
  for (let a = 0, b = polygon.length - 1; a < polygon.length; b = a, a += 1) {
    const [[xa, ya], [xb, yb]] = [polygon[a], polygon[b]];
    if (ya > y !== yb > y && x < xa + (y - ya) / (yb - ya) * (xb - xa)) inside = !inside;
  }
  return inside;
}

/** The Words of the file, unzipped bytes. */
export function wordsOf(bytes) {
  const end = bytes.indexOf(10), { words, scale } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  const numbers = new Int16Array(bytes.slice(end + 1, end + 1 + 4 * words).buffer);
  const [x, y] = [numbers.subarray(0, words), numbers.subarray(words)].map((packed) => unpacked(packed, scale));
  const classes = bytes.slice(end + 1 + 4 * words, end + 1 + 5 * words);
  const names = new TextDecoder().decode(bytes.subarray(end + 1 + 5 * words)).split("\n");
  return new Words(names, x, y, classes);
}
