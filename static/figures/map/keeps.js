// What the plane on show keeps of the map's words, and of others of the same categories that had no say in choosing it.

import { SPREAD, UNSORTED } from "../../contract/constants.js";
import { byId, element } from "../../ui/dom.js";
import { column } from "../../ui/models.js";
import { cosine } from "./arrows.js";
import { mean, meanOffsetCosine, purity, recall } from "./measures.js";
import { project } from "./turn.js";

const percent = (part) => Number.isFinite(part) ? `${Math.round(100 * part)} %` : "–";

export class Keeps {
  constructor(models, rows) {
    Object.assign(this, { models, rows, others: null });
  }

  /** Words, their labels and groups of pairs whose vectors are known, with what the slower part of the measures needs. */
  words(words, labels, groups) {
    const known = words.map((word) => this.rows.has(word));
    const list = words.filter((_, i) => known[i]);
    return { words: list, labels: labels.filter((_, i) => known[i]), full: list.map((word) => this.rows.of(word)),
             groups: groups.map((pairs) => pairs.filter((pair) => pair.every((word) => this.rows.has(word)))).filter((pairs) => pairs.length > 1) };
  }

  /** The words on the map, or the vectors, are others. */
  follow() {
    const { words, pairs } = this.models, [start, end] = [column(pairs, "start"), column(pairs, "end")], groups = new Map();
    column(pairs, "group").forEach((group, i) => groups.set(group, [...groups.get(group) ?? [], [start[i], end[i]]]));
    this.these = this.words(column(words, "word"), column(words, "category"), [...groups.values()]);
    const others = Object.entries(this.rows.othersShown).flatMap(([category, list]) => list.map((word) => [word, category]));
    this.others = this.words(others.map(([word]) => word), others.map(([, category]) => category), Object.values(this.rows.analogies));
    this.spread = new Map();               // of words: what PCA's plane keeps, which a turn leaves as it is
  }

  of({ full, labels, groups }, axes) {
    const places = full.map((row) => project(axes, row)), at = (word) => project(axes, this.rows.of(word));
    const labelled = new Set(labels).size > 1 && !labels.includes(UNSORTED);
    return [percent(labelled ? purity(places, labels) : NaN),
      cosine(groups.length ? mean(groups.map((pairs) => meanOffsetCosine(pairs.map((pair) => pair.map(at))))) : NaN),
      percent(recall(full, places))];
  }

  ofSpread(words, pca) {
    if (this.spread.get(words)?.pca !== pca) this.spread.set(words, { pca, kept: this.of(words, pca) });
    return this.spread.get(words).kept;
  }

  /** Fill the table for a plane, next to PCA. */
  show(axes, planes) {
    if (!this.these.words.length) return;
    const pca = planes.axes.get(SPREAD);
    const sets = this.others.words.length ? [this.these, this.others] : [this.these];
    const columns = sets.flatMap((words) => [this.of(words, axes), this.ofSpread(words, pca)]);
    [...byId("keeps-table").tBodies[0].rows].forEach((row, i) =>
      row.replaceChildren(row.cells[0], ...columns.map((column) => element("td", { textContent: column[i] }))));
    byId("keeps-these").textContent = `${this.these.words.length} on the map`;
    byId("keeps-others").textContent = `${this.others.words.length} others`;
    const [sizes, planesOf] = byId("keeps-table").tHead.rows;
    for (const cell of [sizes.cells[2], planesOf.cells[3], planesOf.cells[4], byId("keeps-note")]) cell.hidden = sets.length === 1;
  }
}
