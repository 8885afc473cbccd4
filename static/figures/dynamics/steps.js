// Step mode: one training step taken apart, its words ringed, their moves as arrows, its numbers in a table.

import { CONTEXT, CENTRE, NEGATIVE } from "../../contract/colours.js";
import { TOY_STEPS } from "../../ui/addresses.js";
import { byId, tableRow } from "../../ui/dom.js";
import { columnView, setData, toObject } from "../../ui/models.js";
import { splitAxes } from "../../ui/plane.js";
import { colour } from "../../ui/theme.js";

const LONGEST_ARROW = 0.14;    // of the plane's width: steps are small, so their arrows are drawn longer

/** [x0, y0, x1, y1, ...] as [[x0, y0], [x1, y1], ...]. */
export const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);

/** The largest of 1, 2, 5, 10, 20, 50 ... that is not above x, at least 1. */
export function readable(x) {
  if (x <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  return power * [5, 2, 1].find((digit) => digit * power <= x);
}

/** The roles of those that take part in a step: the centre, then its rows of V. */
export const rolesOf = ({ rows, skipped }) =>
  ["centre", "context", ...rows.slice(1).map((_, i) => skipped[i + 1] ? "skipped" : "negative")];

/** The arrows of those that move, `times` as long as their moves: columns x0, y0, x1, y1 and the indices `of`. */
export function arrowsOf(before, moved, roles, times) {
  const of = roles.map((_, i) => i).filter((i) => roles[i] !== "skipped");
  const tip = (i, axis) => before[i][axis] + times * moved[i][axis];
  return { of, x0: of.map((i) => before[i][0]), y0: of.map((i) => before[i][1]),
           x1: of.map((i) => tip(i, 0)), y1: of.map((i) => tip(i, 1)) };
}

/** The recorded step that is `by` places from one of them; between recorded steps, the nearest at the beginning. */
export function neighbour(steps, step, by) {
  const at = Array.prototype.indexOf.call(steps, step);
  return steps[Math.max(0, Math.min(steps.length - 1, at + by))] ?? step;
}

export class Steps {
  /** ask(step) asks Python for a step; isLive(): whether it can; hasSteps(): whether the run on show has any. */
  constructor(models, frames, drawing, { isLive, ask, hasSteps }) {
    Object.assign(this, { models, frames, drawing, isLive, ask, hasSteps });
    this.step = null;          // the one on show
    this.fetching = null;      // the recorded steps, once they were wanted
  }

  get recorded() {
    return columnView(this.models.steps, "step");
  }

  get total() {
    return this.frames.steps[this.frames.last];
  }

  /** Show the record of the present step: recorded, asked of Python, or fetched while there is no Python. */
  draw() {
    const { stepping, player, asked, steps } = this.models;
    byId("dynamics-step-panel").hidden = !stepping.active;
    if (!stepping.active || !this.hasSteps()) return this.clear("Frames from a cell have no steps to take apart.");
    if (!this.total) return this.clear("This run was stopped before its first step.");
    this.step ??= Math.min(this.frames.steps[this.frames.clamp(player.value)], this.total - 1);
    const i = Array.prototype.indexOf.call(this.recorded, this.step);
    if (columnView(asked, "step")[0] === this.step) this.drawRecord(recordAt(asked, 0));
    else if (i >= 0) this.drawRecord(recordAt(steps, i));
    else if (this.isLive()) this.ask(this.step);
    else if (!this.recorded.length) this.fetch();
  }

  clear(sentence) {
    setData(this.models.actors, { x: [], y: [], colour: [] });
    setData(this.models.moves, { x0: [], y0: [], x1: [], y1: [], colour: [] });
    byId("step-table").tBodies[0].replaceChildren();
    byId("step-sentence").textContent = sentence;
  }

  /** The steps of the run that the page opens with: one for each frame. */
  fetch() {
    this.clear("Fetching the steps …");
    this.fetching ??= fetch(TOY_STEPS).then((response) => {
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      return response.json();
    }).then((data) => setData(this.models.steps, data)).catch((error) => {
      this.fetching = null;
      this.clear(`The steps could not be fetched (${error.message}): switch Step mode off and on to try again.`);
    });
  }

  drawRecord(record) {
    if (record.u) this.drawing.move(splitAxes(record.u), splitAxes(record.v));
    const { plane, actors, moves } = this.models;
    const before = [record.u_before, ...pairs(record.v_before)];
    const moved = [record.u_move, ...pairs(record.v_move)];
    const roles = rolesOf(record);
    const palette = { centre: CENTRE, context: CONTEXT, negative: NEGATIVE, skipped: colour("--ink-soft") };
    const colours = roles.map((role) => palette[role]);
    const longest = Math.max(...moved.map((move) => Math.hypot(...move)));
    const times = readable(LONGEST_ARROW * (plane.x_range.end - plane.x_range.start) / (longest || 1));
    const { of, ...arrows } = arrowsOf(before, moved, roles, times);
    setData(actors, { x: before.map((p) => p[0]), y: before.map((p) => p[1]), colour: colours });
    setData(moves, { ...arrows, colour: of.map((i) => colours[i]) });
    this.describe(record, roles, times);
  }

  /** The step in a sentence and as a table. */
  describe(record, roles, times) {
    const words = columnView(this.models.points, "word");
    byId("step-sentence").textContent =
      `Step ${(record.step + 1).toLocaleString("en")}: the centre ${words[record.centre]} and its context ` +
      `${words[record.rows[0]]}, against ${record.rows.length - 1} negatives. Learning rate ${record.rate.toPrecision(2)}, ` +
      `loss ${record.loss.toFixed(3)}. Arrows are drawn ${times.toLocaleString("en")} times as long.`;
    const cells = record.rows.map((id, i) => [
      roles[i + 1] === "skipped" ? "skipped: it is the context" : roles[i + 1], words[id],
      record.dot[i].toFixed(2), record.sigmoid[i].toFixed(2), record.gradient[i].toFixed(3)]);
    byId("step-table").tBodies[0].replaceChildren(...cells.map((texts, i) => tableRow(texts, roles[i + 1])));
  }

  /** Go one step on or back: to the next recorded one without Python, which the steps between need. */
  move(by) {
    const { player } = this.models;
    if (this.step === null) return;
    const step = this.isLive() ? Math.max(0, Math.min(this.total - 1, this.step + by))
      : neighbour(this.recorded, this.step, by);
    const f = this.frames.frameOf(step);
    if (f !== player.value) player.value = f;          // which forgets the step
    this.step = step;
    this.draw();
  }
}

/** Row i of a data source of steps. */
const recordAt = (source, i) => Object.fromEntries(Object.keys(toObject(source.data))
  .map((name) => [name, columnView(source, name)[i]]));
