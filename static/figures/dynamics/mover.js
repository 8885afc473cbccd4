// Be the gradient: a word moved by hand, with the forces of the whole corpus on it and on all others; then let go.

import { FAINT, CONTEXT, NEGATIVE } from "../../contract/colours.js";
import { byId, element, rootAt, tableRow } from "../../ui/dom.js";
import { columnView, setData } from "../../ui/models.js";
import { decimal } from "../../ui/numbers.js";
import { pointIn, toData, toPixels } from "../../ui/plane.js";
import { Objective, row } from "./objective.js";
import { readable, short } from "./steps.js";

const REACH = { mouse: 14, touch: 26 };        // pixels from a mark that still take hold of it
const [SHORTEST_ARROW, LONGEST_ARROW] = [0.03, 0.2];     // of the plane's width
const RATE = 2.5;                              // one step here is as many training steps, at rate 0.05, as: 50
const SETTLED = 1e-4, MOST_STEPS = 3000;       // the longest move of a step that counts as none; then it is enough
const STEPS_A_FRAME = 4;

/** The nearest of places [[x, y] ...] to a point, if it is within reach; its index, -1 if none is. */
export function nearestWithin(places, [x, y], reach) {
  const distances = places.map(([px, py]) => Math.hypot(px - x, py - y));
  const least = Math.min(...distances);
  return least <= reach ? distances.indexOf(least) : -1;
}

export class Mover {
  /**
   * parts: {models, frames, drawing, runs, state, pause, signal, begin}; signal: aborted when the figure is drawn anew;
   * begin(): called when the user takes hold of a word.
   */
  constructor(parts) {
    Object.assign(this, parts, { word: 0, matrix: "u", held: false, settling: false });
    const place = rootAt("dynamics-plane"), { signal } = this;
    place.addEventListener("pointerdown", (event) => this.grab(event), { signal, capture: true });
    place.addEventListener("touchstart", (event) => { if (this.held) event.preventDefault(); }, { signal, passive: false });
    for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => { this.held = false; }, { signal });
    addEventListener("pointermove", (event) => this.drag(event), { signal });
    byId("move-word").onchange = ({ target }) => this.choose(Number(target.value), this.matrix);
    byId("move-table-choice").onchange = ({ target }) => this.choose(this.word, target.value);
    for (const axis of ["x", "y"]) byId(`move-${axis}`).oninput = () => this.to(["x", "y"].map((one) => Number(byId(`move-${one}`).value)));
    byId("move-one").onclick = () => this.descend(1);
    byId("move-ten").onclick = () => this.descend(10);
    byId("move-settle").onclick = () => this.settling ? this.stop() : this.settle();
    byId("move-back").onclick = () => { this.stop(); this.enter(); };
  }

  /** Start from the frame on show; false if the run on show is a cell's, of which no corpus is known. */
  enter() {
    const { run } = this.models, K = this.runs.K;
    const known = K !== undefined;
    byId("move-sentence").textContent = known ? "" : "These frames come from a cell: their corpus, and so its forces, are not known here.";
    for (const id of ["move-word", "move-table-choice", "move-x", "move-y", "move-one", "move-ten", "move-settle", "move-back"]) {
      byId(id).disabled = !known;
    }
    if (!known) return false;
    this.pause();
    this.objective = new Objective(Array.from(columnView(run, "counts")[0]), Array.from(columnView(run, "noise")[0]), K);
    this.state.takeFrame(this.frames.clamp(this.models.player.value));
    this.drawing.alphas = [];
    const words = columnView(this.models.points, "word");
    this.word = Math.min(this.word, words.length - 1);
    byId("move-word").replaceChildren(...Array.from(words, (word, i) => element("option", { value: i, textContent: word })));
    this.fitSliders();
    this.show();
    return true;
  }

  leave() {
    this.stop();
    this.drawing.clearActing();
  }

  fitSliders() {
    const { plane } = this.models;
    for (const [axis, range] of [["x", plane.x_range], ["y", plane.y_range]]) {
      const step = (range.end - range.start) / 200;
      Object.assign(byId(`move-${axis}`), { min: range.start, max: range.end, step });
    }
  }

  get table() {
    return this.matrix === "u" ? this.state.U : this.state.V;
  }

  choose(word, matrix) {
    Object.assign(this, { word, matrix });
    if (matrix === "v") this.drawing.showBoth();
    this.show();
  }

  /** Put the word in hand to a place of the plane. */
  to([x, y]) {
    this.table.set([x, y], 2 * this.word);
    this.show();
  }

  // -- by pointer ----------------------------------------------------------------------------------------------

  grab(event) {
    const { plane, points, contexts } = this.models, { drawing } = this;
    if (!event.isPrimary) this.held = false;           // two fingers zoom
    if (!event.isPrimary || event.button !== 0 || this.runs.K === undefined) return;
    const { x, y } = pointIn(plane, event), sources = [drawing.centres && ["u", points], drawing.contexts && ["v", contexts]].filter(Boolean);
    for (const [matrix, source] of sources) {
      const [xs, ys] = [columnView(source, "x"), columnView(source, "y")];
      const places = Array.from(xs, (one, i) => toPixels(plane, one, ys[i])).map((at) => [at.x, at.y]);
      const word = nearestWithin(places, [x, y], REACH[event.pointerType] ?? REACH.mouse);
      if (word < 0) continue;
      event.stopPropagation();
      this.begin();
      this.stop();
      this.held = true;
      this.choose(word, matrix);
      return;
    }
  }

  drag(event) {
    const { plane } = this.models;
    if (this.held) this.to(toData(plane, pointIn(plane, event)));
  }

  // -- let go --------------------------------------------------------------------------------------------------

  descend(times) {
    let longest = 0;
    for (let i = 0; i < times; i += 1) longest = this.objective.descend(this.state.U, this.state.V, RATE);
    this.show();
    return longest;
  }

  settle() {
    this.settling = true;
    byId("move-settle").textContent = "Stop";
    let steps = 0;
    const tick = () => {
      if (!this.settling) return;
      const longest = this.descend(STEPS_A_FRAME);
      steps += STEPS_A_FRAME;
      if (longest < SETTLED || steps >= MOST_STEPS) this.stop();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  stop() {
    this.settling = false;
    byId("move-settle").textContent = "Until it settles";
  }

  // -- what is shown -------------------------------------------------------------------------------------------

  show() {
    const { objective, state, drawing, models } = this, forces = objective.forces(state.U, state.V);
    const words = columnView(models.points, "word"), own = row(this.table, this.word);
    drawing.move(...state.positions());
    setData(models.ghosts, { x: [], y: [], marker: [] });
    setData(models.actors, { x: [own[0]], y: [own[1]], colour: [FAINT] });
    this.arrows(forces);
    drawing.labels();
    byId("move-word").value = this.word;
    byId("move-table-choice").value = this.matrix;
    byId("move-x").value = own[0];
    byId("move-y").value = own[1];
    this.describe(forces, words);
  }

  /** Pull and push on the word in hand, and on all others that are drawn what is left of both. */
  arrows({ pullU, pushU, pullV, pushV }) {
    const { drawing, state, models } = this, list = [];
    for (const [matrix, pull, push, table, drawn] of [["u", pullU, pushU, state.U, drawing.centres],
      ["v", pullV, pushV, state.V, drawing.contexts]]) {
      if (!drawn) continue;
      for (let i = 0; i < this.objective.words; i += 1) {
        const [from, a, b] = [row(table, i), row(pull, i), row(push, i)];
        if (matrix === this.matrix && i === this.word) list.push([from, a, CONTEXT, 3], [from, b, NEGATIVE, 3]);
        else list.push([from, [a[0] + b[0], a[1] + b[1]], FAINT, 1.5]);
      }
    }
    const longest = Math.max(...list.map(([, force]) => Math.hypot(...force)), 1e-12), { x_range: across } = models.plane;
    const times = readable(LONGEST_ARROW * (across.end - across.start) / longest);
    const drawn = list.filter(([, force]) => times * Math.hypot(...force) > SHORTEST_ARROW * (across.end - across.start));
    setData(models.arrows, { x0: drawn.map(([[x]]) => x), y0: drawn.map(([[, y]]) => y),
                             x1: drawn.map(([[x], [fx]]) => x + times * fx), y1: drawn.map(([[, y], [, fy]]) => y + times * fy),
                             colour: drawn.map((one) => one[2]), width: drawn.map((one) => one[3]) });
  }

  describe({ loss, pullU, pushU, pullV, pushV }, words) {
    const [pull, push] = this.matrix === "u" ? [pullU, pushU] : [pullV, pushV], { objective, state } = this;
    const share = objective.share(this.matrix, this.word);
    const sizes = [pull, push].map((matrix) => Math.hypot(...row(matrix, this.word)) / share);
    const most = Math.max(...sizes, 1e-12);
    [["pull", sizes[0]], ["push", sizes[1]]].forEach(([name, size]) => {
      byId(`move-${name}`).style.inlineSize = `${100 * size / most}%`;
      byId(`move-${name}-value`).textContent = short(size);
    });
    byId("move-loss").textContent = decimal(loss / (objective.K + 1), 4);
    byId("move-sentence").textContent = balance(sizes, words[this.word]);
    const rows = Array.from(words, (word, i) => {
      const [w, c] = this.matrix === "u" ? [this.word, i] : [i, this.word];
      const pair = objective.pair(state.U, state.V, w, c);
      return { word, ...pair, net: pair.pull - pair.push };
    }).sort((a, b) => Math.abs(b.net) - Math.abs(a.net));
    byId("move-table").tBodies[0].replaceChildren(...rows.map(({ word, score, sigma, pull: a, push: b, net }) =>
      tableRow([word, short(score), decimal(sigma, 2), decimal(a / share, 3), decimal(b / share, 3)],
        net > 0 ? "context" : "negative")));
  }
}

/** Pull against push, in words. */
export function balance([pull, push], word) {
  const [less, more] = [Math.min(pull, push), Math.max(pull, push)];
  if (!more || less / more > 0.97) return `Pull and push on ${word} are equally strong.`;
  return pull > push ? `The pull on ${word} is stronger than the push.` : `The push on ${word} is stronger than the pull.`;
}
