// Two words compared: their cosine, which neighbour each is of the other, and the neighbours they share.

import { MOST_NEAR } from "../../contract/constants.js";
import { MAP_COMPARE } from "../../contract/messages.js";
import { byId, element } from "../../ui/dom.js";
import { column, setData } from "../../ui/models.js";
import { whole } from "../../ui/numbers.js";
import { cosine } from "./arrows.js";

const NAMED = 6;               // of the neighbours shared

/** 1st, 2nd, 3rd, 4th, 11th, 21st ... */
export function ordinal(n) {
  const ending = n % 100 > 10 && n % 100 < 14 ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th";
  return `${whole(n)}${ending}`;
}

/** A comparison in sentences; size: words of the set. */
export function sentences({ of, other, cosine: value, rank, back, shared }, size) {
  const named = shared.slice(0, NAMED).join(", "), more = shared.length > NAMED ? " …" : "";
  const count = shared.length ? `${shared.length}: ${named}${more}` : "none.";
  return [
    `Cosine of ${of} and ${other}: ${cosine(value)}.`,
    `Of ${whole(size)} words, ${other} is the ${ordinal(rank)} nearest of ${of}, ` +
      `${of} the ${ordinal(back)} of ${other}.`,
    `Of their ${MOST_NEAR} nearest they share ${count}`,
  ];
}

export class Compare {
  /** selection: a Selection; near: a Near; changed(): draw the map again. */
  constructor({ models, ask, selection, near, changed }) {
    Object.assign(this, { models, ask, selection, near, changed });
    this.result = null;
    this.armed = false;        // the next word chosen is compared with the selected one, not selected
    this.waiting = false;      // for Python
    [this.button, this.form, this.input, this.note, this.place] =
      ["near-compare", "compare-form", "compare-with", "compare-note", "compare-result"].map(byId);
    selection.takes = (word) => this.armed && this.request(word);
    this.button.onclick = () => (this.isOpen ? this.close() : this.open());
    this.form.onsubmit = (event) => {
      event.preventDefault();
      if (this.input.value.trim()) this.request(this.input.value.trim());
    };
  }

  get isOpen() {
    return !this.form.hidden;
  }

  open() {
    this.armed = true;
    this.show(true);
    this.input.focus();
  }

  /** End the comparison; the word stays selected. */
  close() {
    Object.assign(this, { armed: false, waiting: false, result: null });
    if (this.form.contains(document.activeElement)) this.button.focus();
    this.input.value = "";
    this.show(false);
    this.changed();
  }

  show(open) {
    this.form.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    this.note.hidden = !this.waiting;
    this.place.replaceChildren(...(this.result ? sentences(this.result, column(this.models.source, "words")[0])
      .map((textContent) => element("p", { textContent })) : []));
  }

  /** Ask Python to compare the selected word with another one. */
  request(word) {
    Object.assign(this, { armed: false, waiting: true, result: null });
    this.input.value = word;
    this.ask(MAP_COMPARE, JSON.stringify([this.selection.word, word]));
    this.show(true);
    return true;
  }

  /** Python has compared two words. */
  take() {
    const { comparison } = this.models, names = ["of", "other", "cosine", "rank", "back", "shared"];
    const [of, other, found, rank, back, shared] = names.map((name) => column(comparison, name)[0]);
    if (!this.waiting || of !== this.selection.word) return;
    this.waiting = false;
    this.result = { of, other, cosine: this.near.cosine(of, other, found), rank, back, shared: Array.from(shared) };
    this.show(true);
    this.changed();
  }

  /** Python could not; the form stays as it was, for another word. */
  giveUp() {
    if (!this.waiting) return;
    Object.assign(this, { waiting: false, armed: true });
    this.show(true);
  }

  /** Draw the line between the two words. */
  draw(picture) {
    const ends = this.result ? [this.result.of, this.result.other].map((word) => picture.at(word)) : [];
    const there = ends.length > 0 && ends.every(Boolean), at = (end, axis) => (there ? [ends[end][axis]] : []);
    setData(this.models.compared, { x0: at(0, 0), y0: at(0, 1), x1: at(1, 0), y1: at(1, 1) });
  }
}
