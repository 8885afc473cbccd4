// The address says what is on show in the figure that the user has moved last, and a figure shows what the address says.

import { showAlert } from "../ui/alert.js";
import { fragmentOf, LONGEST, placeOf, readFragment } from "../ui/fragment.js";
import { whole as written } from "../ui/numbers.js";
import { targetOf } from "./folds.js";

const REST = 400;              // ms without a change after which the address follows
const MOVES = ["pointerdown", "keydown", "input", "change"];
const [NAMED, SHOWN] = [5, 40];         // refused settings, and characters of one, in a message

const shortened = (text) => text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;

/** The figure or panel around an event's target, by the name that its row of buttons has. */
const nameAround = (event) => event.target.closest?.(".lab")?.querySelector(".take")?.dataset.of;

/** What was left out of an address, in a sentence: [[setting, why]]. */
export function leftOut(refused, cut) {
  const named = refused.slice(0, NAMED).map(([key, why]) => `“${shortened(key)}” ${shortened(why)}`);
  if (refused.length > NAMED) named.push(`${refused.length - NAMED} more`);
  if (cut) named.push(`it is too long, so what comes after its first ${written(LONGEST)} characters was not read`);
  return `Of this address, some was left out: ${named.join("; ")}.`;
}

/** Why nothing of an address was shown. */
const noFigure = (place) => targetOf(`#${place}`) ? `An address can say nothing of “${shortened(place)}”: it leads there, and no more.`
  : `This address leads to “${shortened(place)}”, which this page does not have.`;

export class Addresses {
  /** figures: {name: {keys, state(), apply(asked, whole)}} of those that are drawn. */
  constructor() {
    this.figures = new Map();
    this.awaited = readFragment(location.hash);
    this.moved = null;          // the figure that the user has moved last ...
    this.before = "";           // ... and its address before
    for (const type of MOVES) addEventListener(type, (event) => this.touched(event), { capture: true, passive: true });
    for (const type of ["click", "keyup", "pointerup", "change"]) addEventListener(type, () => this.changed(), { passive: true });
    addEventListener("hashchange", () => this.arrive());
  }

  /** A figure has been drawn, maybe anew: it shows what the address that the page was opened with asks of it. */
  connect(name, figure) {
    this.figures.set(name, figure);
    if (this.awaited?.place !== name) return;
    const { asked, cut } = this.awaited;
    this.awaited = null;
    this.show(name, asked, { cut });
  }

  /** Follow the changes of a document. */
  follow(doc) {
    doc.on_change(() => this.changed(), false);
  }

  /** All figures are drawn: say so if none of them is what the address asks. */
  all() {
    if (this.awaited?.asked.size) showAlert(noFigure(this.awaited.place));
    this.awaited = null;
  }

  /** The address is another one. */
  arrive() {
    const { place, asked, cut } = readFragment(location.hash);
    if (!asked.size) return;
    if (this.figures.has(place)) this.show(place, asked, { cut, whole: true });
    else showAlert(noFigure(place));
  }

  /** Have a figure show what is asked of it, a Map; whole: and what else is the user's to set, as the page opens. */
  async show(name, asked, { whole = false, cut = false } = {}) {
    const figure = this.figures.get(name), known = new Map([...asked].filter(([key]) => figure.keys.includes(key)));
    const unknown = [...asked.keys()].filter((key) => !known.has(key)).map((key) => [key, "is not known here"]);
    if (!known.size && !whole) return this.tell(unknown, cut);
    this.tell([...unknown, ...await figure.apply(known, whole)], cut);
  }

  tell(refused, cut) {
    if (refused.length || cut) showAlert(leftOut(refused, cut));
  }

  touched(event) {
    const name = nameAround(event);
    if (!name || name === this.moved || !this.figures.has(name)) return;
    this.moved = name;
    this.before = this.fragment(name);
  }

  changed() {
    if (!this.moved) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), REST);
  }

  write() {
    const now = this.fragment(this.moved);
    if (now === this.before) return;
    this.before = now;
    history.replaceState(history.state, "", now);
  }

  fragment(name) {
    return fragmentOf(name, this.figures.get(name).state());
  }

  /** {name: {setting: text}} of what is not as the page opens. */
  state() {
    const states = [...this.figures].map(([name, figure]) => [name, figure.state()]);
    return Object.fromEntries(states.filter(([, state]) => Object.keys(state).length));
  }

  /**
   * The address of a figure as it is on show, by default of the one that was moved last or that the address names; only:
   * the figure that a page with that address shows alone, if any.
   */
  link(name = this.moved ?? placeOf(location.hash), only = null) {
    const fragment = this.figures.has(name) ? this.fragment(name) : `#${name}`;
    const url = new URL(location.href);
    url.searchParams.delete("only");
    if (only) url.searchParams.set("only", only);
    url.hash = name && fragment;
    return url.href;
  }

  /** What an address of a figure cannot say of it, in a sentence; empty if nothing. */
  omitted(name) {
    return this.figures.get(name)?.omitted?.() ?? "";
  }
}
