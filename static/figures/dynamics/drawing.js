// What the plane shows of a frame: the marks of centres and contexts, their labels and their trails.

import { CROWDED } from "../../ui/labels.js";
import { column, columnView, setData, toObject } from "../../ui/models.js";
import { fitPlane, labelPlane } from "../../ui/plane.js";
import { trailsTo } from "./trails.js";

const [CENTRES, CONTEXTS] = [0, 1];        // what `shown` can be besides both

export class Drawing {
  /** models: of the figure, by name; frames: its Frames. */
  constructor(models, frames) {
    Object.assign(this, { models, frames, labelPositions: new Map() });
  }

  get centres() {
    return this.models.shown.active !== CONTEXTS;
  }

  get contexts() {
    return this.models.shown.active !== CENTRES;
  }

  /** Move the marks of centres and contexts, each to [xs, ys]. */
  move(centres, contexts) {
    const { points, contexts: source } = this.models;
    setData(points, { ...toObject(points.data), x: centres[0], y: centres[1] });
    setData(source, { ...toObject(source.data), x: contexts[0], y: contexts[1] });
  }

  frame(f) {
    this.move(this.frames.positions("u", f), this.frames.positions("v", f));
    this.trails(f);
    this.labels();
  }

  /** The plane just holds what is drawn of all frames; labels may find other positions then. */
  fit() {
    this.labelPositions.clear();
    const drawn = [this.centres && "u", this.contexts && "v"].filter(Boolean);
    fitPlane(this.models.plane, drawn.flatMap((matrix) => this.frames.all(matrix)));
  }

  /** The marks on show: {matrix, text, category, dataX, dataY}. */
  marks() {
    const { points, contexts } = this.models;
    return [this.centres && ["u", points], this.contexts && ["v", contexts]].filter(Boolean).flatMap(([matrix, source]) => {
      const [category, x, y] = ["category", "x", "y"].map((name) => columnView(source, name));
      return column(source, "word").map((text, i) => ({ matrix, text, category: category[i], dataX: x[i], dataY: y[i] }));
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

  /** What the switches above the plane have chosen, at frame f. */
  chosen(f) {
    const { pointsDrawn, contextsDrawn, trailsOn, trails } = this.models;
    pointsDrawn.setv({ visible: this.centres }, { sync: false });
    contextsDrawn.setv({ visible: this.contexts }, { sync: false });
    if (!trailsOn.active) setData(trails, { xs: [], ys: [], colour: [] });
    this.trails(f);
  }

  /** Draw the contexts too, if they are not. */
  addContexts() {
    if (!this.contexts) this.models.shown.active = 2;
  }
}
