// What the plane shows: the marks of centres and contexts, their labels, trails and ghosts; rings and arrows of who acts.

import { CROWDED } from "../../ui/labels.js";
import { column, columnView, setData, toObject } from "../../ui/models.js";
import { fitPlane, labelPlane, rangesAround } from "../../ui/plane.js";
import { trailsTo } from "./trails.js";

const [CENTRES, CONTEXTS, BOTH] = [0, 1, 2];       // what `shown` can be
const NO_ARROWS = { x0: [], y0: [], x1: [], y1: [], colour: [], width: [] };

export class Drawing {
  /** models: of the figure, by name; frames: its Frames; runs: its Runs; ghostsOn(): whether ghosts are wanted. */
  constructor(models, frames, runs, ghostsOn) {
    Object.assign(this, { models, frames, runs, ghostsOn, labelPositions: new Map() });
  }

  get centres() {
    return this.models.shown.active !== CONTEXTS;
  }

  get contexts() {
    return this.models.shown.active !== CENTRES;
  }

  /** Move the marks of centres and contexts, each to [xs, ys]; alphas: of each, all 1 if left out. */
  move(centres, contexts, alphas = []) {
    const { points, contexts: source } = this.models;
    [[points, centres], [source, contexts]].forEach(([one, [x, y]], i) => {
      const data = toObject(one.data);
      setData(one, { ...data, x, y, alpha: alphas[i] ?? Array.from(data.word, () => 1) });
    });
  }

  frame(f) {
    this.move(this.frames.positions("u", f), this.frames.positions("v", f));
    this.trails(f);
    this.ghosts(f);
    this.labels();
  }

  /** The plane just holds what is drawn of all frames; labels may find other positions then. */
  fit() {
    this.labelPositions.clear();
    const drawn = [this.centres && "u", this.contexts && "v"].filter(Boolean);
    fitPlane(this.models.plane, drawn.flatMap((matrix) => this.frames.all(matrix)));
  }

  /** The plane just holds the given points and the origin; its range across. */
  zoom(flat) {
    const { plane } = this.models, shape = plane.inner_width / plane.inner_height || 1;
    const ranges = rangesAround([...flat, 0, 0], shape, 0.85);
    [plane.x_range, plane.y_range].forEach((range, axis) => {
      const [start, end] = ranges[axis];
      range.setv({ start, end }, { sync: false });
    });
    return ranges;
  }

  /** The marks on show in full colour: {matrix, text, category, dataX, dataY}. */
  marks() {
    const { points, contexts } = this.models;
    return [this.centres && ["u", points], this.contexts && ["v", contexts]].filter(Boolean).flatMap(([matrix, source]) => {
      const [category, alpha, x, y] = ["category", "alpha", "x", "y"].map((name) => columnView(source, name));
      return column(source, "word").map((text, i) => ({ matrix, text, category: category[i], dataX: x[i], dataY: y[i] }))
        .filter((_, i) => alpha[i] === 1);
    });
  }

  labels() {
    const { plane, labels, leaders } = this.models;
    labelPlane(plane, labels, this.marks(), CROWDED, { memory: this.labelPositions, leaders, share: true });
  }

  trails(f) {
    const { trailsOn, trails, points } = this.models;
    if (!trailsOn.active) return;
    const matrix = this.centres ? "u" : "v";
    const lines = trailsTo(f, (frame) => this.frames.positions(matrix, frame));
    setData(trails, { ...lines, colour: columnView(points, "colour") });
  }

  ghosts(f) {
    const nothing = { x: [], y: [], marker: [] };
    setData(this.models.ghosts, this.ghostsOn() ? this.runs.ghosts(f, this.centres ? "u" : "v") : nothing);
  }

  /** What the switches have chosen, at frame f. */
  chosen(f) {
    const { pointsDrawn, contextsDrawn, trailsOn, trails } = this.models;
    pointsDrawn.setv({ visible: this.centres }, { sync: false });
    contextsDrawn.setv({ visible: this.contexts }, { sync: false });
    if (!trailsOn.active) setData(trails, { xs: [], ys: [], colour: [] });
    this.trails(f);
    this.ghosts(f);
  }

  /** Draw both tables: a step moves a row of U and rows of V. */
  showBoth() {
    if (this.models.shown.active !== BOTH) this.models.shown.active = BOTH;
  }

  /** Dim all but those that act. */
  dim(actors, alpha) {
    const { length } = columnView(this.models.points, "word");
    this.alphas = ["u", "v"].map((matrix) => {
      const lit = new Set(actors.filter((actor) => actor.matrix === matrix).map(({ id }) => id));
      return Array.from({ length }, (_, i) => lit.has(i) ? 1 : alpha);
    });
  }

  /** Draw a State with those that act at places of their own, ringed: at(actor, i) gives [x, y]. */
  place(state, actors, colours, at) {
    const positions = state.positions(), places = actors.map(at);
    actors.forEach(({ matrix, id }, i) => {
      const [xs, ys] = positions[matrix === "u" ? 0 : 1];
      [xs[id], ys[id]] = places[i];
    });
    this.move(...positions, this.alphas);
    setData(this.models.actors, { x: places.map(([x]) => x), y: places.map(([, y]) => y), colour: colours });
    setData(this.models.ghosts, { x: [], y: [], marker: [] });
    this.labels();
  }

  /** No rings and arrows; everything in full colour. */
  clearActing() {
    this.alphas = [];
    setData(this.models.actors, { x: [], y: [], colour: [] });
    setData(this.models.arrows, NO_ARROWS);
  }
}
