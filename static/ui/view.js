// The part of the data that planes with the same ranges show: what their figure has fitted, or where the user has moved it.

import { onRanges } from "./models.js";

export const [LEAST, MOST] = [1 / 4, 64];      // zoom, as against the fitted view

const size = ([start, end]) => end - start;
const middle = ([start, end]) => (start + end) / 2;

/** A range [start, end] that is moved by a share of its size. */
export const panned = ([start, end], share) => [start + share * (end - start), end + share * (end - start)];

/** A range `times` as near; what stands at a share of its size, 0 at the start and 1 at the end, stays there. */
export function zoomed([start, end], share, times) {
  const at = start + share * (end - start);
  return [at - (at - start) / times, at + (end - at) / times];
}

export class View {
  constructor(plane) {
    this.ranges = [plane.x_range, plane.y_range];
    this.home = this.now;
    onRanges(plane, () => { if (!this.ours) this.home = this.now; });
  }

  /** [[start, end] of x, of y]. */
  get now() {
    return this.ranges.map(({ start, end }) => [start, end]);
  }

  /** Whether the user has moved it since the figure fitted it. */
  get moved() {
    return this.now.flat().some((end, i) => end !== this.home.flat()[i]);
  }

  show(ranges) {
    this.ours = true;
    ranges.forEach(([start, end], axis) => this.ranges[axis].setv({ start, end }, { sync: false }));
    this.ours = false;
  }

  /** [across, up, times]: where its middle is, in widths and heights of the fitted view from its middle, and how near. */
  get against() {
    const shifts = this.now.map(([start, end], axis) => ((start + end) / 2 - middle(this.home[axis])) / size(this.home[axis]));
    return [...shifts, size(this.home[0]) / size(this.now[0])];
  }

  showAgainst([across, up, times]) {
    const near = Math.min(MOST, Math.max(LEAST, times));
    this.show([across, up].map((shift, axis) => {
      const [start, end] = this.home[axis], at = middle([start, end]) + shift * (end - start), half = (end - start) / 2 / near;
      return [at - half, at + half];
    }));
  }

  /** Move it by shares [x, y] of its size. */
  pan(shares) {
    this.show(this.now.map((range, axis) => panned(range, shares[axis])));
  }

  /** Make it `times` as near, within the limits, about the point at shares [x, y]. */
  zoom(shares, times) {
    const already = size(this.home[0]) / size(this.now[0]);
    const allowed = Math.min(MOST, Math.max(LEAST, already * times)) / already;
    this.show(this.now.map((range, axis) => zoomed(range, shares[axis], allowed)));
  }

  /** Back to what the figure has fitted. */
  reset() {
    this.show(this.home);
  }

  /** The frame has another shape, width by height: a view that the user has moved keeps its middle, area and scales. */
  reshape(shape) {
    const wider = Math.sqrt(shape / (this.shape ?? shape));
    this.shape = shape;
    if (this.moved) this.show(this.now.map((range, axis) => zoomed(range, 0.5, axis ? wider : 1 / wider)));
  }
}

const views = new WeakMap();           // of each x range

/** The View of a plane, which planes with the same ranges share. */
export function viewOf(plane) {
  if (!views.has(plane.x_range)) views.set(plane.x_range, new View(plane));
  return views.get(plane.x_range);
}
