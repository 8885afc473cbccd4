// The words' vectors in all dimensions, scaled to length 1: GloVe's first from a file of the page, the others from Python.

import { GLOVE } from "../../contract/constants.js";
import { fetchJson, MAP_ROWS } from "../../ui/addresses.js";
import { lazy } from "../../ui/lazy.js";
import { column, columnView, matrixRow } from "../../ui/models.js";

/** A row scaled to length 1; one of zeros stays as it is. */
export function unit(row) {
  const length = Math.hypot(...row) || 1;
  return Float64Array.from(row, (x) => x / length);
}

/** {word: row} of base64 of (W, dim) int8. */
export function unpack({ words, dim, rows }) {
  const flat = Int8Array.from(atob(rows), (character) => character.charCodeAt(0));
  return new Map(words.map((word, i) => [word, unit(flat.subarray(i * dim, (i + 1) * dim))]));
}

const fetched = lazy("The map’s vectors", async () => {
  const file = await fetchJson(MAP_ROWS);
  return { ...file, rows: unpack(file) };
});

/** The vectors of the set on show. */
export class Rows {
  constructor({ source, rows }) {
    Object.assign(this, { source, python: rows, known: new Map(), edition: undefined, others: {}, analogies: {} });
  }

  /** Fetch those of the page's file, once; others: {category: words}, analogies: {group: pairs of them}. */
  async load() {
    const { rows, others, analogies } = await fetched();
    Object.assign(this, { file: rows, others, analogies });
    this.follow();
  }

  /** The set on show may be another one, maybe of the same name. */
  follow() {
    const [set] = column(this.source, "set"), [edition] = column(this.source, "edition");
    if (edition !== this.edition) this.known.clear();
    this.edition = edition;
    if (set === GLOVE) for (const [word, row] of this.file ?? []) this.known.set(word, row);
  }

  /** Python has sent some. */
  take() {
    const matrix = columnView(this.python, "row"), words = column(this.python, "word");
    const width = matrix.subarray ? matrix.length / words.length : undefined;
    words.forEach((word, i) => this.known.set(word, Float64Array.from(matrixRow(matrix, i, width))));
  }

  /** The others, {category: words}: none where the page's own words are not on show. */
  get othersShown() {
    return column(this.source, "page")[0] ? this.others : {};
  }

  has(word) {
    return this.known.has(word);
  }

  of(word) {
    return this.known.get(word);
  }
}
