// Which plane is on show: one of Python's, or two directions of the user's own; and the turn from one to the next.

import { CHOSEN, SPREAD } from "../../contract/constants.js";
import { column, columnView, matrixRow } from "../../ui/models.js";
import { planeAlong, turnBetween } from "./turn.js";

export const OWN = "own";
const DURATION = 1_400;        // ms of a turn

const NAMES = { [CHOSEN]: "chosen to show", [SPREAD]: "PCA", [OWN]: "your directions" };
export const nameOf = (plane) => NAMES[plane] ?? `the analogy ${plane}`;

const ease = (t) => t * t * (3 - 2 * t);
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A direction of D numbers out of "poor → rich" or one word, and its name; null for an empty text. */
export function readDirection(text) {
  const words = text.split(/→|->|:/).map((word) => word.trim());
  if (words.length > 2 || words.some((word) => !word)) return null;
  return { words, name: words.join(" → ") };
}

export class Planes {
  /**
   * models: of the map; rows: the words' vectors; drawn(axes): draw the map so, called for each moment of a turn; changed():
   * another plane was chosen, or the slider has moved.
   */
  constructor(models, rows, drawn, changed) {
    Object.assign(this, { models, rows, drawn, changed, t: 1, own: null, edition: rows.edition });
    this.read();
    this.name = this.wanted = this.names[0];
    this.arrive();
  }

  /** The planes that Python has sent. */
  read() {
    const axes = columnView(this.models.planes, "axes");
    this.names = column(this.models.planes, "name");
    const width = axes.subarray ? axes.length / this.names.length : undefined;
    this.axes = new Map(this.names.map((name, i) => {
      const flat = matrixRow(axes, i, width), D = flat.length / 2;
      return [name, [flat.slice(0, D), flat.slice(D)]];
    }));
  }

  /** Python has sent other planes, maybe of other vectors: that of the name last chosen, else the first, at once. */
  follow() {
    this.stop();
    this.read();
    if (this.edition !== this.rows.edition) this.own = null;
    this.edition = this.rows.edition;
    this.name = this.axes.has(this.wanted) || (this.wanted === OWN && this.own) ? this.wanted : this.names[0];
    this.arrive();
    this.show();
  }

  /** Stand at the end of a turn from PCA, so that the slider has a way to go. */
  arrive() {
    this.from = { name: SPREAD, axes: this.axesOf(SPREAD) };
    this.to = { name: this.name, axes: this.axesOf(this.name) };
    this.turn = turnBetween(this.from.axes, this.to.axes);
    this.t = 1;
  }

  axesOf(name) {
    return name === OWN ? this.own.axes : this.axes.get(name);
  }

  /** The two directions, {words, name} each, as a plane to choose; false if they are parallel. The vectors must be known. */
  setOwn(across, up) {
    const direction = ({ words: [a, b] }) => {
      const [start, end] = [this.rows.of(a), this.rows.of(b ?? a)];
      return b === undefined ? Array.from(start) : Array.from(end, (x, i) => x - start[i]);
    };
    const axes = planeAlong(direction(across), direction(up));
    if (axes) this.own = { axes, names: [across.name, up.name] };
    return axes !== null;
  }

  /** Turn from what is on show to a plane. */
  choose(name) {
    this.stop();
    const axes = this.axesOf(name), now = this.turn(this.t);
    this.from = { name: this.t === 1 ? this.to.name : null, axes: now };
    this.to = { name, axes };
    this.name = this.wanted = name;
    this.turn = turnBetween(now, axes);
    this.t = still() ? 1 : 0;
    this.changed();
    if (still()) this.show();
    else this.play();
  }

  play() {
    const started = performance.now();
    const tick = (now) => {
      this.t = ease(Math.min(1, Math.max(0, (now - started) / DURATION)));
      this.playing = this.t < 1 ? requestAnimationFrame(tick) : 0;
      this.show();
    };
    this.playing = requestAnimationFrame(tick);
  }

  stop() {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
  }

  /** Stop the turn at a moment of it, 0..1. */
  stopAt(t) {
    this.stop();
    this.t = t;
    this.show();
  }

  show() {
    this.drawn(this.turn(this.t));
    this.changed();
  }

  /** What the axes of the plane on show are called, if anything. */
  get axisNames() {
    return this.t === 1 && this.name === OWN ? this.own.names : null;
  }
}
