// What the plane on show keeps of the map's words, and of others of the same categories that had no say in choosing it.

import { ADDED, SPREAD, UNSORTED } from "../../contract/constants.js";
import { byId, element } from "../../ui/dom.js";
import { column } from "../../ui/models.js";
import { cosine } from "./arrows.js";
import { mean, meanOffsetCosine, purity, recall } from "./measures.js";
import { project } from "./turn.js";

const REST = 120;              // ms without a change after which the figure is at rest: the measures would slow a turn down

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

  /** Take the words that are on the map now. */
  follow() {
    const { words, pairs } = this.models, [start, end] = [column(pairs, "start"), column(pairs, "end")], groups = new Map();
    column(pairs, "group").forEach((group, i) => groups.set(group, [...groups.get(group) ?? [], [start[i], end[i]]]));
    this.these = this.words(column(words, "word"), column(words, "category"), [...groups.values()]);
    const others = Object.entries(this.rows.othersShown).flatMap(([category, list]) => list.map((word) => [word, category]));
    this.others = this.words(others.map(([word]) => word), others.map(([, category]) => category), Object.values(this.rows.analogies));
  }

  of({ full, labels, groups }, axes) {
    const places = full.map((row) => project(axes, row)), at = (word) => project(axes, this.rows.of(word));
    const sorted = [...labels.keys()].filter((i) => ![ADDED, UNSORTED].includes(labels[i])), sortedLabels = sorted.map((i) => labels[i]);
    return [percent(new Set(sortedLabels).size > 1 ? purity(sorted.map((i) => places[i]), sortedLabels) : NaN),
      cosine(groups.length ? mean(groups.map((pairs) => meanOffsetCosine(pairs.map((pair) => pair.map(at))))) : NaN),
      percent(recall(full, places))];
  }

  /** Fill the table for a plane, next to PCA, when the figure has come to rest. */
  show(axes, planes) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fill(axes, planes.axes.get(SPREAD)), REST);
  }

  fill(axes, pca) {
    this.follow();
    if (!this.these.words.length) return;
    const sets = this.others.words.length ? [this.these, this.others] : [this.these];
    const columns = sets.flatMap((words) => [this.of(words, axes), this.of(words, pca)]);
    [...byId("keeps-table").tBodies[0].rows].forEach((row, i) =>
      row.replaceChildren(row.cells[0], ...columns.map((column) => element("td", { textContent: column[i] }))));
    byId("keeps-words").textContent = column(this.models.words, "own").filter((own) => !own).length;
    byId("keeps-dim").textContent = column(this.models.source, "dim")[0];
    byId("keeps-these").textContent = `${this.these.words.length} on the map`;
    byId("keeps-others").textContent = `${this.others.words.length} others`;
    const [sizes, planesOf] = byId("keeps-table").tHead.rows, ofOthers = [byId("space-others-on").parentElement, byId("keeps-note")];
    for (const part of [sizes.cells[2], planesOf.cells[3], planesOf.cells[4], ...ofOthers]) part.hidden = sets.length === 1;
  }
}
