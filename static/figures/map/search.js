// The search box: completes words, adds them to the map or goes to those that are there; and Remove, Undo, Reset.

import Combobox from "@github/combobox-nav";
import { SHOW_NEAR } from "../../contract/constants.js";
import { MAP_ADD, MAP_SHOW_NEAR, MAP_REMOVE, MAP_RESET, MAP_SPELL, MAP_UNDO } from "../../contract/messages.js";
import { byId, element } from "../../ui/dom.js";
import { isInField } from "../../ui/keys.js";
import { column, columnView, onChange } from "../../ui/models.js";
import { whole } from "../../ui/numbers.js";
import { say, waitingFor } from "./messages.js";
import { completions, folded, isList, lastPart, oneLine } from "../../ui/typed.js";

const PAUSE = 250;             // ms without a key after which a word that nothing completes is looked up

class Search {
  /** map: the EmbeddingMap. */
  constructor(map) {
    const { models, rows, ask } = map;
    Object.assign(this, { map, models, rows, ask, gone: new AbortController(), isDone: true });
    [this.box, this.list, this.form] = ["word-box", "word-list", "word-form"].map(byId);
    this.nav = new Combobox(this.box, this.list, { tabInsertsSuggestions: false });
    this.on(this.box, "input", () => this.typed());
    this.on(this.box, "keydown", (event) => this.pressed(event));
    this.on(this.box, "paste", (event) => this.pasted(event));
    this.on(this.box, "focusout", () => this.close());
    this.on(this.list, "mousedown", (event) => event.preventDefault());          // the box keeps the focus
    this.on(this.list, "combobox-commit", ({ target }) => this.choose(target.dataset.word));
    this.on(this.form, "submit", (event) => { event.preventDefault(); this.submit(this.box.value); });
    this.on(byId("word-remove"), "click", () => this.remove());
    this.on(byId("word-undo"), "click", () => this.tell(MAP_UNDO));
    this.on(byId("word-reset"), "click", () => this.tell(MAP_RESET));
    this.on(byId("near-this"), "click", () => this.goNear());
    this.on(byId("space-figure"), "keydown", (event) => this.pressedInFigure(event));
    byId("space-figure").tabIndex = -1;            // so that it has the keys after a click on the plane
    this.follow();
  }

  on(target, type, action) {
    target.addEventListener(type, action, { signal: this.gone.signal });
  }

  follow() {
    const { vocabulary, source, show } = this.models, about = () => {
      byId("word-label").textContent = `Add or find one of ${whole(column(source, "words")[0])} words`;
    };
    const near = () => { byId("near-this").hidden = show.value !== SHOW_NEAR; };
    onChange(vocabulary, "data", () => { if (this.box.value && !this.isDone) this.typed(); });
    onChange(source, "data", about);
    onChange(show, "value", () => { near(); if (show.value === SHOW_NEAR) this.goNear(); });
    about();
    near();
  }

  /** Another document takes this one's place. */
  end() {
    this.close();
    this.nav.destroy();
    this.gone.abort();
  }

  // -- what is typed ---------------------------------------------------------------------------------------

  typed() {
    clearTimeout(this.timer);
    this.isDone = false;
    const { value } = this.box, part = lastPart(value), found = part ? completions(part, this.words()) : [];
    this.open(found);
    if (found.length && this.isSpelt) this.say("");
    if (!found.length && part && this.hasVocabulary) this.timer = setTimeout(() => this.spell(value), PAUSE);
  }

  spell(text) {
    this.isSpelt = true;
    this.ask(MAP_SPELL, text);
  }

  get hasVocabulary() {
    return columnView(this.models.vocabulary, "word").length > 0;
  }

  /** The words that complete what is typed: Python's, or those that the page has before Python. */
  words() {
    if (!this.hasVocabulary) return [...new Set([...column(this.models.words, "word"), ...this.rows.known.keys()])];
    return columnView(this.models.vocabulary, "word");
  }

  pasted(event) {
    const text = event.clipboardData.getData("text"), line = oneLine(text);
    if (line === text) return;
    event.preventDefault();
    this.box.setRangeText(line, this.box.selectionStart, this.box.selectionEnd, "end");
    this.typed();
  }

  pressed(event) {
    if (event.key === "ArrowDown" && this.list.hidden && this.box.value) this.typed();
    if (event.key !== "Escape" || this.list.hidden) return;
    event.stopPropagation();               // full screen would end
    event.preventDefault();
    this.close();
  }

  // -- the list of completions -----------------------------------------------------------------------------

  open(words) {
    if (!words.length) return this.close();
    const there = new Set(column(this.models.words, "word"));
    this.list.replaceChildren(...words.map((word, i) => {
      const note = there.has(word) ? [element("small", { textContent: "on the map" })] : [];
      const option = element("li", { id: `word-option-${i}` }, element("span", { textContent: word }), ...note);
      option.setAttribute("role", "option");
      option.dataset.word = word;
      return option;
    }));
    if (!this.list.hidden) return this.nav.clearSelection();
    this.list.hidden = false;
    this.nav.start();
  }

  close() {
    if (this.list.hidden) return;
    this.nav.stop();
    this.list.hidden = true;
  }

  choose(word) {
    const { value } = this.box;
    this.box.value = value.slice(0, value.length - lastPart(value).length) + word;
    this.submit(this.box.value);
  }

  // -- what is asked for -----------------------------------------------------------------------------------

  /** Add the words of a text, or go to the one that is on the map. */
  submit(text) {
    clearTimeout(this.timer);
    this.close();
    if (!text.trim()) return;
    const there = isList(text) ? undefined : this.onMap(text);
    if (there !== undefined) this.goTo(there);
    else this.tell(MAP_ADD, text);
    this.isDone = true;
    this.box.select();
  }

  goTo(word) {
    this.say("");
    this.map.goTo(word);
  }

  /** The word on the map that a text says, if there is one. */
  onMap(text) {
    const typed = text.trim(), form = folded(typed), words = column(this.models.words, "word");
    return words.find((word) => word === typed) ?? words.find((word) => folded(word) === form);
  }

  /** The word that is typed and not yet acted on, else the selected one, else "". */
  word() {
    const { words } = this.models, typed = this.box.value.trim(), [i] = words.selected.indices;
    return this.isDone && i !== undefined ? column(words, "word")[i] : typed;
  }

  remove(word = this.word()) {
    if (word) this.tell(MAP_REMOVE, word);
    else this.say("Select a word on the map, or type one that is on it.");
  }

  goNear() {
    this.ask(MAP_SHOW_NEAR, this.word());
  }

  /** Ask Python for something that has to be done each time; value: of the message. */
  tell(message, value) {
    this.isSpelt = false;
    this.say(waitingFor(message === MAP_ADD ? "the word comes" : "it is done"));
    this.ask(message, value, true);
  }

  say(text) {
    this.isSpelt &&= Boolean(text);
    say(this.models.message, text);
  }

  pressedInFigure(event) {
    if (isInField(event) || event.defaultPrevented) return;
    const [i] = this.models.words.selected.indices;
    if (event.key === "Delete" && i !== undefined) this.remove(column(this.models.words, "word")[i]);
    else if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) this.tell(MAP_UNDO);
    else return;
    event.preventDefault();
  }
}

let attached = null;           // the DOM stays when another document is drawn

export function attachSearch(map) {
  attached?.end();
  attached = new Search(map);
}
