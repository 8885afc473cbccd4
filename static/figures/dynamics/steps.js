// One step of the training, taken by the page: its words ringed, its moves as arrows that the marks follow, its numbers.

import { CENTRE, CONTEXT, NEGATIVE } from "../../contract/colours.js";
import { byId, element, tableRow } from "../../ui/dom.js";
import { columnView, setData } from "../../ui/models.js";
import { decimal, whole } from "../../ui/numbers.js";
import { glassOf, pointIn, toData } from "../../ui/plane.js";
import { colour } from "../../ui/theme.js";
import { animate } from "./animate.js";
import { drawAt } from "./log.js";
import { takeStep } from "./objective.js";

const LONGEST_ARROW = 0.16;    // of the plane's width: steps are small, so they are drawn larger
const SHORTEST_ARROW = 0.025;  // what is shorter would be all head
const [OUT, HOLD, BACK] = [450, 500, 350];     // ms of a step: along the arrows, there, and to where it really ends
const PATIENCE = 500;          // ms before it says what it waits for
const DIM = 0.22;              // of those that take no part

/** The largest of 1, 2, 5, 10, 20, 50 ... that is not above x, at least 1. */
export function readable(x) {
  if (!(x > 1)) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  return power * [5, 2, 1].find((digit) => digit * power <= x);
}

/** A number with three significant digits, and a true minus. */
export const short = (x) => Math.abs(x) < 1e-3 && x !== 0 ? x.toExponential(1).replaceAll("-", "−") : decimal(x, 3);

/** The frame from which the words move farthest a step: where single steps can be seen. */
export function liveliest(steps, moved) {
  const pace = moved.map((way, f) => way / (steps[f + 1] - steps[f]));
  return pace.indexOf(Math.max(...pace));
}

/** The distance of a point to a segment, all [x, y]. */
export function distanceTo([x, y], [[x0, y0], [x1, y1]]) {
  const [dx, dy] = [x1 - x0, y1 - y0], along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
}

/** Those that move in a step: [{matrix: "u" | "v", id, role, before, after}], each row once, the centre first. */
export function actorsOf(record) {
  const seen = new Set();
  const rows = record.rows.filter(({ id, role }) => role !== "skipped" && !seen.has(id) && seen.add(id));
  return [{ matrix: "u", id: record.centre, role: "centre", before: record.before, after: record.after },
          ...rows.map(({ id, role, before, after }) => ({ matrix: "v", id, role, before, after }))];
}

export class Steps {
  /** parts: {models, frames, drawing, runs, state, log, pause}. */
  constructor(parts) {
    Object.assign(this, parts, { step: null, record: null, arrows: [], running: () => {} });
    const { plane } = this.models;
    glassOf(plane).addEventListener("pointermove", (event) => this.point(toData(plane, pointIn(plane, event))));
  }

  get total() {
    return this.frames.steps[this.frames.last];
  }

  /** Forget the step on show; the plane shows a frame again. */
  leave() {
    this.running();
    this.record = this.step = null;
    this.drawing.clearActing();
  }

  /** Take the next step: after the one on show, else after the frame on show. */
  forward() {
    return this.take(this.step === null ? this.start() : this.step + 1, true);
  }

  back() {
    return this.take((this.step ?? this.start()) - 1, false);
  }

  /** The first step to take: of the frame on show; at the end of the run, of the frame where steps are largest. */
  start() {
    const { frames } = this, f = frames.clamp(this.models.player.value);
    if (f < frames.last) return frames.steps[f];
    const moved = Array.from({ length: frames.last }, (_, i) => frames.distance(i));
    return frames.steps[liveliest(frames.steps, moved)];
  }

  async take(step, moving) {
    if (!this.runs.K) return this.say("These frames come from a cell and have no steps to take.");
    if (!this.total) return this.say("This run was stopped before its first step.");
    if (step < 0) return this.say("This is the first step.");
    if (step >= this.total) return this.say("That was the last step of this run.");
    this.pause();
    this.running();
    const f = this.frames.frameOf(step);
    let ids;
    const late = setTimeout(() => this.say("Fetching the steps…"), PATIENCE);
    try {
      ids = await this.log.between(f);
    } catch (error) {
      return this.say(`The steps could not be fetched (${error.message}): press the button to try again.`);
    } finally {
      clearTimeout(late);
    }
    const K = this.runs.K, first = this.frames.steps[f];
    this.models.player.setv({ value: f }, { sync: false });
    this.state.takeFrame(f);
    const { U, V } = this.state;
    for (let i = first; i < step; i += 1) takeStep(U, V, this.draw(ids, i, first, f, K));
    this.record = takeStep(U, V, this.draw(ids, step, first, f, K));
    this.step = step;
    this.show(moving);
  }

  /** Step i with its learning rate, which falls linearly from frame to frame. */
  draw(ids, i, first, f, K) {
    const rates = columnView(this.models.frames, "rate"), next = this.frames.steps[f + 1] ?? first + 1;
    const rate = rates[f] + (i - first) / (next - first) * ((rates[f + 1] ?? rates[f]) - rates[f]);
    return { ...drawAt(ids, i - first, K), rate };
  }

  show(moving) {
    const { record, drawing } = this, actors = actorsOf(record);
    drawing.showBoth();
    const [range] = drawing.zoom(actors.flatMap(({ before, after }) => [...before, ...after]));
    const longest = Math.max(...actors.map(({ before, after }) => Math.hypot(after[0] - before[0], after[1] - before[1])));
    const times = readable(LONGEST_ARROW * (range[1] - range[0]) / (longest || 1));
    const palette = { centre: CENTRE, context: CONTEXT, negative: NEGATIVE, skipped: colour("--ink-soft") };
    const tips = actors.map(({ before, after }) => before.map((x, axis) => x + times * (after[axis] - x)));
    const colours = actors.map(({ role }) => palette[role]);
    const shortest = SHORTEST_ARROW * (range[1] - range[0]);
    this.arrows = actors.map(({ matrix, id, before }, i) => ({ matrix, id, colour: colours[i], from: before, to: tips[i] }))
      .filter(({ from, to }) => Math.hypot(to[0] - from[0], to[1] - from[1]) > shortest);
    this.light(null);
    drawing.dim(actors, DIM);
    const place = (from, to, share) => drawing.place(this.state, actors, colours, (actor, i) =>
      from(actor, i).map((x, axis) => x + share * (to(actor, i)[axis] - x)));
    const [before, tip, after] = [(actor) => actor.before, (_, i) => tips[i], (actor) => actor.after];
    const end = () => place(after, after, 1);
    if (moving) {
      this.running = animate([[OUT, (share) => place(before, tip, share)], [HOLD, () => place(tip, tip, 1)],
        [BACK, (share) => place(tip, after, share)]], end);
    } else end();
    this.describe(times);
  }

  say(text) {
    byId("step-sentence").textContent = text;
  }

  /** The step in a sentence, as a table, and its arithmetic. */
  describe(times) {
    const { record, step } = this, words = columnView(this.models.points, "word");
    const named = (id, role) => element("b", { textContent: words[id], className: role });
    const negatives = record.rows.slice(1).flatMap(({ id, role }, i) => [i ? ", " : "", named(id, role)]);
    byId("step-sentence").replaceChildren(`Step ${whole(step + 1)} of ${whole(this.total)}: the centre `,
      named(record.centre, "centre"), " and its context ", named(record.rows[0].id, "context"),
      `, against ${record.rows.length === 2 ? "the negative" : "the negatives"} `, ...negatives,
      times > 1 ? `. Its moves are drawn ${whole(times)} times as long, then settle to their true length.` : ".");
    const rows = record.rows.map(({ role, id, dot, sigma, error }, i) => {
      const row = tableRow([role === "skipped" ? "skipped: it is the context" : role, words[id], decimal(dot, 2),
        decimal(sigma, 2), decimal(error, 2)], role);
      row.onpointerenter = () => this.light(i);
      row.onpointerleave = () => this.light(null);
      return row;
    });
    byId("step-table").tBodies[0].replaceChildren(...rows);
    byId("step-arithmetic").replaceChildren(...this.arithmetic(words).map((textContent) => element("li", { textContent })));
  }

  /** Draw the arrows, that of row i of the table thicker. */
  light(i) {
    const id = i === null ? null : this.record.rows[i].id, of = (value) => this.arrows.map(value);
    setData(this.models.arrows, {
      x0: of(({ from }) => from[0]), y0: of(({ from }) => from[1]), x1: of(({ to }) => to[0]), y1: of(({ to }) => to[1]),
      colour: of(({ colour: one }) => one), width: of((one) => one.matrix === "v" && one.id === id ? 7 : 3) });
  }

  /** The arrow under the pointer lights up its row. */
  point(at) {
    if (!this.record) return;
    const { plane } = this.models, reach = 10 * (plane.x_range.end - plane.x_range.start) / plane.inner_width;
    const near = this.arrows.find(({ from, to }) => distanceTo(at, [from, to]) < reach);
    byId("step-table").tBodies[0].querySelectorAll("tr").forEach((row, i) =>
      row.classList.toggle("lit", near?.matrix === "v" && near.id === this.record.rows[i]?.id));
  }

  /** u·v, σ, error, gradients and new rows, with the very numbers. */
  arithmetic(words) {
    const { centre, rate, before, gradient, after, rows, loss } = this.record;
    const pair = ([x, y]) => `(${short(x)}, ${short(y)})`, w = words[centre];
    return [
      `u of ${w} is ${pair(before)}; the learning rate is ${short(rate)}.`,
      ...rows.filter(({ role }) => role !== "skipped").map(({ id, role, before: v, dot, sigma, error, gradient: dv }) =>
        `${words[id]}, ${role}: v = ${pair(v)}, u·v = ${short(dot)}, σ = ${short(sigma)}, error ` +
        `${role === "context" ? "σ − 1" : "σ"} = ${short(error)}, gradient with respect to v = error × u = ${pair(dv)}, ` +
        `new v = v − rate × gradient = ${pair(v.map((x, axis) => x - rate * dv[axis]))}.`),
      `Gradient with respect to u = the sum of error × v = ${pair(gradient)}; new u of ${w} = ${pair(after)}.`,
      `Loss ${short(loss)}, or ${short(loss / rows.length)} per term.`,
    ];
  }
}
