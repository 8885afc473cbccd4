// The selected word's neighbours: linked to it on the plane, and listed beside it.

import { MOST_NEAR } from "../../contract/constants.js";
import { MAP_NEAR } from "../../contract/messages.js";
import { byId, element } from "../../ui/dom.js";
import { column, setData } from "../../ui/models.js";
import { whole } from "../../ui/numbers.js";
import { fillRows, moveByArrows } from "./neighbour-rows.js";

const STEPS = [10, 25, MOST_NEAR];         // how many are listed
const LINKED = 10;                         // of them, on the plane

/** Draw marks of words, and lines from one word to others. */
function drawMarks({ near, links }, picture, marked, word, linked) {
  const from = picture.at(word), places = (words) => (from ? picture.places(words) : []);
  const axes = (words) => [0, 1].map((axis) => places(words).map((place) => place[axis]));
  const [x, y] = axes(marked), [x1, y1] = axes(linked);
  setData(near, { x, y });
  setData(links, { x0: x1.map(() => from[0]), y0: x1.map(() => from[1]), x1, y1 });
}

export class Neighbours {
  /** selection: a Selection; near: a Near; compare: a Compare; changed(): draw the map again. */
  constructor({ models, ask, selection, near, compare, changed }) {
    Object.assign(this, { models, ask, selection, near, compare, changed });
    this.step = 0;             // in STEPS
    this.asked = null;         // the word whose neighbours Python was asked for
    this.drawn = "";           // what the list was filled from
    [this.panel, this.about, this.list, this.buttons, this.backButton, this.more, this.fewer] =
      ["space-selected", "near-about", "near-list", "near-buttons", "near-back", "near-more", "near-fewer"].map(byId);
    [this.note, this.putNote, this.problem] = ["near-note", "near-put-note", "near-problem"].map(byId);
    this.about.dataset.empty ??= this.about.textContent;      // what it says of no word
    this.backButton.onclick = () => selection.back();
    byId("near-clear").onclick = () => selection.clear();
    this.more.onclick = () => this.stepBy(1);
    this.fewer.onclick = () => this.stepBy(-1);
    this.list.onkeydown = moveByArrows;
    this.actions = { walk: (word) => selection.takes(word) || selection.walk(word), add: (word) => selection.put(word) };
    byId("space-figure").addEventListener("keydown", (event) => this.escape(event));
  }

  get listed() {
    const { visible } = this.selection;
    return visible === null ? [] : this.near.of(visible).slice(0, STEPS[this.step]);
  }

  /** Show each neighbour's mark on the plane and lines to the nearest, for more would be a tangle; gives the words to label. */
  draw(picture) {
    const neighbours = this.listed.map(({ word }) => word), nearest = neighbours.slice(0, LINKED);
    const compared = this.compare.result ? [this.compare.result.other] : [];
    drawMarks(this.models, picture, [...neighbours, ...compared], this.selection.visible, nearest);
    this.compare.draw(picture);
    this.update();
    return [...new Set([...nearest, ...compared])];
  }

  /** Another word is selected, or none. */
  reset() {
    this.step = 0;
    this.asked = null;
    this.problem.textContent = "";
    this.list.parentElement.scrollTop = 0;
  }

  stepBy(steps) {
    this.step += steps;
    this.asked = null;         // an answer that never came is asked for again
    this.changed();
  }

  /** Ask Python for neighbours that are not here; whether it has still to answer. */
  request(word) {
    if (word === null || this.near.isWhole(word) || this.near.of(word).length >= STEPS[this.step]) return false;
    if (this.asked !== word) this.ask(MAP_NEAR, word);
    this.asked = word;
    return !this.problem.textContent;
  }

  /** Say why Python gave no answer; nothing once it is asked again. */
  report(problem) {
    this.problem.textContent = problem;
    if (problem) for (const part of [this.selection, this.compare]) part.giveUp();
    this.changed();
  }

  /** Bring the panel up to date with the selected word and what is known of it. */
  update() {
    const { selection, panel } = this, word = selection.visible;
    if (word === null && this.compare.isOpen) this.compare.close();
    const focused = panel.contains(document.activeElement) ? document.activeElement : null;
    const byKeyboard = focused?.matches(":focus-visible");
    this.note.hidden = !this.request(word);
    this.putNote.hidden = !selection.putting.size;
    this.buttons.hidden = word === null;
    this.backButton.hidden = !selection.past.length;
    this.more.hidden = word === null || this.step === STEPS.length - 1 || this.isListed(word);
    this.fewer.hidden = word === null || !this.step;
    this.fill(word);
    if (focused) this.keepFocus(focused, byKeyboard);
  }

  /** Whether all that Python lists of a word is in the list. */
  isListed(word) {
    return this.near.isWhole(word) && this.near.of(word).length <= STEPS[this.step];
  }

  fill(word) {
    const [words, ...columns] = ["word", "name", "category", "colour", "marker"].map((name) => column(this.models.words, name));
    const [name, category, colour, marker] = columns, selected = words.indexOf(word);
    const rows = this.listed.map((neighbour) => {
      const i = words.indexOf(neighbour.word);
      return { ...neighbour, name: name[i] ?? neighbour.word, look: i < 0 ? null : { colour: colour[i], marker: marker[i] } };
    });
    const drawn = JSON.stringify([word, category[selected], rows]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    fillRows(this.list, rows, this.actions);
    this.describe(name[selected], category[selected], rows.length);
  }

  /** One sentence above the list, which is read aloud when it changes. */
  describe(name, category, count) {
    const size = whole(column(this.models.source, "words")[0]);
    this.about.replaceChildren(...(name === undefined ? [this.about.dataset.empty] : [element("strong", { textContent: name }),
      ` (${category})${count ? `: its ${count} nearest of ${size} words, by cosine` : ""}`]));
  }

  /** A button that is gone leaves its focus to its counterpart, or to the head of the panel. */
  keepFocus(button, byKeyboard) {
    const now = document.activeElement;
    if (now !== document.body && !now.closest("[hidden]")) return;
    const others = [this.more, this.fewer];
    const other = others.includes(button) ? others.find(({ hidden }) => !hidden) : undefined;
    (other ?? this.about).focus({ preventScroll: !byKeyboard });
  }

  /** Esc ends the comparison, then the selection; an open menu has it first, and full screen. */
  escape(event) {
    const target = event.composedPath()[0], menu = target.role === "combobox" && target.ariaExpanded === "true";
    if (event.key !== "Escape" || event.defaultPrevented || menu) return;
    if (document.querySelector(":popover-open, .full-screen")) return;
    if (this.compare.isOpen) this.compare.close();
    else this.selection.clear();
  }
}
