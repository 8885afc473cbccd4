// The words beside another model: each slides from its place in one to its place in the other; a small plane has the other.

import { GLOVE } from "../../contract/constants.js";
import { byId, element } from "../../ui/dom.js";
import { column } from "../../ui/models.js";
import { decimal } from "../../ui/numbers.js";
import { positionsOf } from "../../ui/positions.js";
import { drawMarks, reduced } from "./chart.js";
import { boundsOf } from "./words.js";

const DRIFT = 2500;            // ms from one model to the other
const [POINT, CLICKED] = [3, 14];      // px of a marked point; from a point, within which a click means it
const MARGIN = 0.04;           // of the small plane, free around the words

export class Beside {
  /**
   * chart: a Chart; moved({x, y}, settled): the words go there; showing(here): those are on show, null for all; choose(i): go
   * to word i.
   */
  constructor(chart, { moved, showing, choose }) {
    Object.assign(this, { chart, moved, showing, choose, other: null, away: false, playing: null, base: null });
    [this.box, this.row, this.slider, this.play, this.inset] =
      ["atlas-beside", "atlas-drift-row", "atlas-drift", "atlas-drift-play", "atlas-inset"].map(byId);
    this.slider.oninput = () => { this.stop(); this.slide(); };
    this.slider.onchange = () => this.slide(true);
    this.play.onclick = () => this.playing ? this.pause() : this.start();
    this.inset.onclick = (event) => this.pick(event);
    chart.drawn = (accent) => this.draw(accent);
    new ResizeObserver(() => this.paint()).observe(this.inset);
  }

  /** How far the words have gone: 0 in their own model, 1 in the other. */
  get part() {
    return this.slider.value / 100;
  }

  /** Other places of the words are on show than the slider says: it goes back to their own model. */
  home() {
    this.stop();
    this.slider.value = 0;
    this.tell();
    if (this.away) this.go(false);
  }

  /** The words are away from their own model, or back: those that the other lacks are on show at home only. */
  go(away) {
    this.away = away;
    this.showing(away ? this.other.here : null);
  }

  /** Take what Python has sent of another model for Words; source: null, or empty, if there is none. */
  take(source, words) {
    this.stop();
    const [[name], [xy]] = ["name", "xy"].map((each) => source ? column(source, each) : []);
    this.slider.value = 0;
    if (this.away) {
      this.go(false);
      if (words.size === this.own.x.length) this.moved(this.own, true);
    }
    this.other = null;
    if (name !== undefined && xy.length === 2 * words.size) {
      const [x, y] = positionsOf(xy, column(source, "scale")[0]), [here] = column(source, "here");
      this.own = { x: words.x, y: words.y };
      this.other = { name, x, y, here, bounds: boundsOf(x, y, (i) => here[i]) };
      byId("atlas-drift-from").textContent = words.set ?? GLOVE;
      byId("atlas-drift-to").textContent = name;
      byId("atlas-inset-note").textContent = `The same words in ${name}. What is marked on the plane is marked here too; click to choose.`;
    }
    this.box.hidden = this.row.hidden = this.other === null;
    this.tell();
    this.paint();
  }

  /** List the words that changed, as Python has sent them. */
  list(source, words) {
    const [movers, distances, common] = ["word", "distance", "common"].map((name) => column(source, name));
    byId("atlas-moved").hidden = !movers.length;
    byId("atlas-movers").replaceChildren(...movers.map((textContent, k) => element("li", {},
      element("button", { type: "button", textContent, onclick: () => this.choose(words.index.get(textContent)) }),
      element("span", { textContent: decimal(distances[k], 2) }), element("small", { textContent: `${common[k]} of 10 alike` }))));
  }

  /** Move the words to where the slider has them; settled: they stay there. */
  slide(settled = false) {
    const { own, other, part } = this;
    const [x, y] = ["x", "y"].map((axis) => own[axis].map((from, i) => other.here[i] ? from + part * (other[axis][i] - from) : from));
    this.tell();
    if (this.away !== part > 0) this.go(part > 0);
    this.moved(part === 0 ? own : { x, y }, settled);
  }

  tell() {
    if (!this.other) return;
    const { part, other: { name } } = this;
    const text = part === 0 ? "in their own model" : part === 1 ? `in ${name}` : `${Math.round(100 * part)} % of the way to ${name}`;
    this.slider.setAttribute("aria-valuetext", text);
  }

  start() {
    const from = this.part === 1 ? 0 : this.part, begun = performance.now(), run = {};
    this.playing = run;
    this.play.textContent = "Pause";
    const step = (now) => {
      if (this.playing !== run) return;
      const part = reduced() ? 1 : Math.min(1, from + Math.max(0, now - begun) / DRIFT);
      this.slider.value = 100 * part;
      if (part === 1) this.stop();
      this.slide(part === 1);
      if (part < 1) requestAnimationFrame(step);
    };
    step(begun);
  }

  pause() {
    this.stop();
    this.slide(true);
  }

  stop() {
    this.playing = null;
    this.play.textContent = "Play";
  }

  // -- the small plane -----------------------------------------------------------------------------------------

  /** {x, y} of word i on the small plane, in pixels. */
  at(i) {
    const { other: { x, y, bounds: [x0, y0, x1, y1] }, inset: { clientWidth: width, clientHeight: height } } = this;
    const scale = Math.min(width / (x1 - x0), height / (y1 - y0)) * (1 - 2 * MARGIN);
    return { x: width / 2 + (x[i] - (x0 + x1) / 2) * scale, y: height / 2 - (y[i] - (y0 + y1) / 2) * scale };
  }

  /** Paint all its points, in the colours that they have on the plane. */
  paint() {
    const { inset, other, chart: { colours } } = this, ratio = devicePixelRatio, dot = Math.max(1, Math.round(ratio));
    this.base = null;
    const [width, height] = [inset.clientWidth, inset.clientHeight].map((side) => Math.round(side * ratio));
    if (!other || !width || !colours) return;
    Object.assign(inset, { width, height });
    const base = new ImageData(width, height), size = other.x.length;
    for (let i = size - 1; i >= 0; i--) {
      const place = this.at(i), x = Math.round(place.x * ratio), y = Math.round(place.y * ratio), from = 4 * (size - 1 - i);
      if (!other.here[i] || !colours[from + 3]) continue;
      for (let k = 0; k < dot * dot; k++) {
        base.data.set(colours.subarray(from, from + 4), 4 * ((y + Math.floor(k / dot)) * width + x + k % dot));
      }
    }
    this.base = base;
    this.chart.draw();
  }

  draw(accent) {
    if (!this.base) return;
    const context = this.inset.getContext("2d"), { marks } = this.chart, here = (i) => this.other.here[i];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.putImageData(this.base, 0, 0);
    context.scale(devicePixelRatio, devicePixelRatio);
    const chosen = marks.chosen !== null && here(marks.chosen) ? marks.chosen : null;
    drawMarks(context, { chosen, near: marks.near.filter(here), region: marks.region.filter(here) }, (i) => this.at(i), accent, POINT);
  }

  pick({ offsetX, offsetY }) {
    let nearest = null, least = CLICKED;
    for (let i = 0; i < this.other.x.length; i++) {
      if (!this.other.here[i]) continue;
      const { x, y } = this.at(i), distance = Math.hypot(x - offsetX, y - offsetY);
      if (distance < least) [nearest, least] = [i, distance];
    }
    if (nearest !== null) this.choose(nearest);
  }
}
