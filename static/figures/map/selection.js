// The selected word, by its name: it stays when the rows of the words move, goes with its word, and knows those before it.

import { MAP_PUT } from "../../contract/messages.js";
import { column, onChange } from "../../ui/models.js";

export class Selection {
  /** selected(): another word is selected, or none; changed(): draw the map again. */
  constructor({ models, ask, selected, changed }) {
    Object.assign(this, { models, ask, selected, changed, past: [] });
    this.word = null;
    this.putting = new Set();  // words that Python is to put on the map
    this.awaited = null;       // the one of them that is to be selected then
    this.returning = null;     // the word before, while the way leads back to it
    this.takes = () => false;  // whether something else takes a word that was chosen
    onChange(models.words.selected, "indices", () => this.follow());
  }

  get words() {
    return column(this.models.words, "word");
  }

  /** The selected word; null also while it is hidden with its category. */
  get visible() {
    return this.models.shown.booleans?.[this.words.indexOf(this.word)] ? this.word : null;
  }

  /** Another row is selected, or none. */
  follow() {
    const word = this.words[this.models.words.selected.indices[0]] ?? null;
    if (word === this.word) return;
    if (word !== null && this.takes(word)) return this.point();
    if (word === null) this.past = [];
    else if (this.word !== null && word !== this.returning) this.past.push(this.word);
    Object.assign(this, { word, awaited: null, returning: null });
    this.selected();
    this.changed();
  }

  /** The words on the map are others. */
  followWords() {
    const { words } = this;
    for (const word of words) this.putting.delete(word);
    if (words.includes(this.awaited)) this.select(this.awaited);
    else if (this.word !== null && words.includes(this.word)) this.point();
    else this.clear();
  }

  /** Let the selected row be the one of the selected word. */
  point() {
    const i = this.words.indexOf(this.word), [now] = this.models.words.selected.indices;
    if (now !== i) this.models.words.selected.indices = i < 0 ? [] : [i];
  }

  /** Select a word on the map and show its category. */
  select(word) {
    const { words, categories } = this.models, i = this.words.indexOf(word);
    const category = categories.labels.indexOf(column(words, "category")[i]);
    if (!categories.active.includes(category)) categories.active = [...categories.active, category];
    words.selected.indices = [i];
  }

  /** Select any word; Python puts it on the map first if it is not there. */
  walk(word) {
    if (this.words.includes(word)) return this.select(word);
    this.awaited = word;
    this.put(word);
  }

  /** Have Python put a word on the map, with those that it has not put there yet. */
  put(word) {
    this.putting.add(word);
    this.ask(MAP_PUT, JSON.stringify([...this.putting]));
    this.changed();
  }

  /** Select the word before. */
  back() {
    this.returning = this.past.pop();
    this.walk(this.returning);
  }

  clear() {
    if (this.models.words.selected.indices.length) this.models.words.selected.indices = [];
  }

  /** Python could not put words on the map. */
  giveUp() {
    this.putting.clear();
    Object.assign(this, { awaited: null, returning: null });
  }
}
