// The neighbours of words that the page knows: the nearest of the start's words it has from the beginning, others and
// more from Python. Two words have one cosine, whichever list it stands in: the one that was heard first.

import { column } from "../../ui/models.js";

export class Near {
  /** words: the source of those on the map; neighbours: the one in which Python answers. */
  constructor({ words, neighbours }) {
    Object.assign(this, { words, neighbours, lists: new Map(), cosines: new Map() });
    this.take();
  }

  /** Python has sent the neighbours of a word; none if the vectors are others. */
  take() {
    const [of] = column(this.neighbours, "of"), [[words] = [[]], [cosines] = [[]]] =
      ["word", "cosine"].map((name) => column(this.neighbours, name));
    if (of === undefined) {
      this.lists.clear();
      this.cosines.clear();
    } else this.lists.set(of, this.listOf(of, words, cosines));
  }

  /** Whether all that Python lists of a word are here. */
  isWhole(word) {
    return this.lists.has(word);
  }

  /** [{word, cosine}] of a word, the nearest first; empty while they are not known. */
  of(word) {
    if (this.lists.has(word)) return this.lists.get(word);
    const i = column(this.words, "word").indexOf(word);
    return i < 0 ? [] : this.listOf(word, column(this.words, "near")[i], column(this.words, "near_cosine")[i]);
  }

  listOf(of, words, cosines) {
    return Array.from(words, (word, i) => ({ word, cosine: this.cosine(of, word, cosines[i]) }));
  }

  /** The cosine of two words: the one that is known, else this one. */
  cosine(a, b, found) {
    const pair = [a, b].sort().join("\n");
    if (!this.cosines.has(pair)) this.cosines.set(pair, found);
    return this.cosines.get(pair);
  }
}
