// The atlas drawn: points, rings and lines, labels; moved and zoomed as the other planes are.

import { element, oncePerFrame } from "../../ui/dom.js";
import { labelsOf, MOST } from "../../ui/free-labels.js";
import { onRanges, onResize } from "../../ui/models.js";
import { OwnPlane } from "../../ui/own-plane.js";
import { attachPanZoom } from "../../ui/pan-zoom.js";
import { fitPlane, toData, toPixels } from "../../ui/plane.js";
import { pointsOn } from "./points.js";

const FLIGHT = 600;            // ms to a word
const FEW = 5000;              // words whose points are larger
const REGIONS = 4;             // zoom up to which regions have names
const AT_FIRST = 24;           // labels of the whole; more as one zooms
const CANDIDATES = 4000;       // words that are looked at for labels
const MARKED = 12;             // px from a ringed word to its label
const SIZES = { region: 15, marked: 13, word: 11.5 };

export const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Chart {
  /** place: the element that it fills. */
  constructor(place) {
    this.canvas = element("canvas", { ariaHidden: "true" });
    this.over = element("canvas", { ariaHidden: "true" });
    place.append(this.canvas, this.over);
    this.plane = new OwnPlane(place);
    this.points = pointsOn(this.canvas, () => this.draw());
    this.context = this.over.getContext("2d");
    this.widths = new Map();
    Object.assign(this, { place, words: null, regions: [], colours: null, drawn: () => {},
      marks: { chosen: null, near: [], region: [], lines: [], path: null } });
    this.draw = oncePerFrame(() => this.drawNow());
    this.fit();
    const { view, tools } = attachPanZoom(this.plane, { fit: () => this.fit() });
    Object.assign(this, { view, tools });
    onResize(this.plane, () => { if (!view.moved) this.fit(); this.draw(); });
    onRanges(this.plane, this.draw);
    for (const type of ["lab-theme", "resize"]) addEventListener(type, this.draw);
    document.fonts?.ready.then(() => { this.widths.clear(); this.draw(); });
  }

  /** Show Words, whose regions have no names yet. */
  show(words) {
    Object.assign(this, { words, regions: [] });
    const xy = new Float32Array(2 * words.size), last = words.size - 1;          // the most frequent are drawn last
    for (let i = 0; i <= last; i++) {
      xy[2 * (last - i)] = words.x[i];
      xy[2 * (last - i) + 1] = words.y[i];
    }
    this.points.setPositions(xy);
    if (!this.view.moved) this.fit();
    this.draw();
  }

  /** colourOf(i): [r, g, b, a] of word i, 0..255; of alpha 0 the word is not there. */
  colour(colourOf) {
    const { size } = this.words, rgba = new Uint8Array(4 * size);
    for (let i = 0; i < size; i++) rgba.set(colourOf(i), 4 * (size - 1 - i));
    this.colours = rgba;
    this.points.setColours(rgba);
    this.draw();
  }

  /** regions: [{text, x, y}], the most important first. */
  nameRegions(regions) {
    this.regions = regions;
    this.draw();
  }

  isShown(i) {
    return this.colours[4 * (this.words.size - 1 - i) + 3] > 0;
  }

  /** marks: {chosen: a word's index or null, near, region: indices, lines: [{from, to, colour}], path: [{x, y}] in pixels or null}. */
  mark(marks) {
    Object.assign(this.marks, marks);
    this.draw();
  }

  fit() {
    const bounds = this.words?.size ? this.words.bounds : [-1, -1, 1, 1];
    fitPlane(this.plane, bounds, 0.53);
  }

  get zoom() {
    return this.view.against[2];
  }

  // -- where words are -----------------------------------------------------------------------------------------

  /** {x, y} of word i in pixels. */
  at(i) {
    return toPixels(this.plane, this.words.x[i], this.words.y[i]);
  }

  /** The word on show nearest to a pointer, within a distance in pixels; else null. */
  wordAt(pointer, within) {
    const { x, y } = this.plane.pointIn(pointer), [ax, ay] = toData(this.plane, { x: x - within, y: y + within });
    const [bx, by] = toData(this.plane, { x: x + within, y: y - within });
    const distance = (i) => Math.hypot(this.at(i).x - x, this.at(i).y - y);
    const near = this.words.inBox([ax, ay, bx, by]).filter((i) => this.isShown(i)).map((i) => [distance(i), i]);
    const [nearest, i] = near.sort((a, b) => a[0] - b[0])[0] ?? [Infinity, null];
    return nearest <= within ? i : null;
  }

  /** [x0, y0, x1, y1] of what is in view. */
  get box() {
    const { x_range, y_range } = this.plane;
    return [x_range.start, y_range.start, x_range.end, y_range.end];
  }

  /** Go to word i, `times` as near as the whole, on a way that shows where it lies; at once for whoever wants less motion. */
  flyTo(i, times) {
    const { words, view, plane } = this, from = view.now, size = view.home.map(([start, end]) => (end - start) / Math.max(times, this.zoom) / 2);
    const target = [words.x[i], words.y[i]].map((middle, axis) => [middle - size[axis], middle + size[axis]]);
    const begun = performance.now(), flight = {};
    this.flight = flight;
    const step = (now) => {
      if (flight !== this.flight) return;
      const part = reduced() ? 1 : Math.min(1, Math.max(0, now - begun) / FLIGHT), eased = part * part * (3 - 2 * part);
      view.show(from.map((range, axis) => range.map((end, k) => end + eased * (target[axis][k] - end))));
      if (part < 1) requestAnimationFrame(step);
    };
    plane.glass.addEventListener("pointerdown", () => { this.flight = null; }, { once: true });
    step(begun);
  }

  // -- drawing -------------------------------------------------------------------------------------------------

  drawNow() {
    const { plane, canvas, over } = this, { inner_width: width, inner_height: height } = plane, ratio = devicePixelRatio;
    if (!this.words || !this.colours || !width) return;
    for (const each of [canvas, over]) {
      const size = [width, height].map((side) => Math.round(side * ratio));
      if (each.width !== size[0] || each.height !== size[1]) Object.assign(each, { width: size[0], height: size[1] });
    }
    const { x_range: x, y_range: y } = plane, size = Math.min(8, 1.7 + 1.1 * Math.log2(1 + this.zoom)) * (this.words.size < FEW ? 1.6 : 1);
    this.points.draw([x.start, x.end], [y.start, y.end], size * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
    const style = getComputedStyle(this.place);
    const [ink, soft, surface, accent] = ["--ink", "--ink-soft", "--surface", "--accent"].map((name) => style.getPropertyValue(name));
    this.drawLines();
    drawMarks(this.context, this.marks, (i) => this.at(i), accent, size);
    this.drawLabels({ ink, soft, surface }, [width, height]);
    this.drawPath(accent);
    this.drawn(accent);
  }

  drawLines() {
    const { context } = this;
    for (const { from, to, colour } of this.marks.lines) {
      const [a, b] = [from, to].map((i) => this.at(i)), angle = Math.atan2(b.y - a.y, b.x - a.x);
      context.strokeStyle = colour;
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      for (const side of [-1, 1]) {
        context.moveTo(b.x, b.y);
        context.lineTo(b.x - 9 * Math.cos(angle + side * 0.4), b.y - 9 * Math.sin(angle + side * 0.4));
      }
      context.stroke();
    }
  }

  drawLabels({ ink, soft, surface }, frame) {
    const { context } = this, look = { region: [600, ink], marked: [600, ink], word: [400, soft] };
    const font = (kind) => `${look[kind][0]} ${SIZES[kind]}px Inter, sans-serif`;
    const widthOf = ({ text, kind }) => {
      const key = `${kind} ${text}`;
      if (!this.widths.has(key)) {
        context.font = font(kind);
        this.widths.set(key, context.measureText(text).width);
      }
      return this.widths.get(key);
    };
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = surface;
    this.labelled = labelsOf(this.items(), frame, widthOf, Math.min(MOST, AT_FIRST * this.zoom));
    for (const { text, kind, left, base } of this.labelled) {
      context.font = font(kind);
      context.strokeText(text, left, base);
      context.fillStyle = look[kind][1];
      context.fillText(text, left, base);
    }
  }

  /** What may have a label, the most important first: marked words, regions, the words in view by their frequency. */
  *items() {
    const { words, marks: { chosen, near, lines } } = this, [x0, y0, x1, y1] = this.box;
    const marked = new Set([...chosen === null ? [] : [chosen], ...near, ...lines.flatMap(({ from, to }) => [from, to])]);
    for (const i of marked) yield { text: words.names[i], i, kind: "marked", beside: MARKED, ...this.at(i) };
    if (this.zoom < REGIONS) {
      for (const { text, x, y } of this.regions) yield { text, kind: "region", middle: true, ...toPixels(this.plane, x, y) };
    }
    let candidates = 0;
    for (let i = 0; i < words.size && candidates < CANDIDATES; i++) {
      const x = words.x[i], y = words.y[i];
      if (x < x0 || x > x1 || y < y0 || y > y1 || marked.has(i) || !this.isShown(i)) continue;
      candidates += 1;
      yield { text: words.names[i], i, kind: "word", ...this.at(i) };
    }
  }

  drawPath(accent) {
    const { context, marks: { path } } = this;
    if (!path) return;
    context.beginPath();
    for (const { x, y } of path) context.lineTo(x, y);
    context.closePath();
    context.strokeStyle = accent;
    context.lineWidth = 2;
    context.stroke();
    context.globalAlpha = 0.12;
    context.fillStyle = accent;
    context.fill();
    context.globalAlpha = 1;
  }
}

/** Mark words on a context: rings for a chosen one and its nearest, dots for those of a region; at(i): {x, y} in pixels. */
export function drawMarks(context, { chosen, near, region }, at, accent, size) {
  const trace = (i, radius) => {
    const { x, y } = at(i);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  };
  context.strokeStyle = context.fillStyle = accent;
  for (const i of region) {
    trace(i, size / 2 + 1);
    context.fill();
  }
  for (const i of chosen === null ? near : [...near, chosen]) {
    trace(i, size / 2 + (i === chosen ? 6 : 4));
    context.lineWidth = i === chosen ? 3 : 1.5;
    context.stroke();
  }
}
