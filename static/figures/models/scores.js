// The scores of the ticked models: a row for each test, then one for each section of the analogies.

import { byId, element } from "../../ui/dom.js";
import { onChange } from "../../ui/models.js";
import { rowsOf, score } from "./texts.js";

const heading = (text, properties = {}) => element("th", { scope: "col", textContent: text, ...properties });

/** A row's cell of one model; empty while it has no such score. */
function cell(row) {
  if (!row) return element("td", { className: "number", textContent: "–" });
  const coverage = `${row.of.toLocaleString("en")} of ${row.total.toLocaleString("en")}`;
  return element("td", { className: "number" }, score(row.score, row.pairs), element("small", { textContent: coverage }));
}

/** Fill a table with rows: the models are its columns. name(row): what stands at its head. */
function fill(table, first, rows, models, name) {
  const same = (a, b) => a.test === b.test && a.section === b.section;
  const lines = rows.filter((row, i) => rows.findIndex((other) => same(row, other)) === i);
  table.tHead.replaceChildren(...(rows.length ? [element("tr", {}, heading(first),
    ...models.map((model) => heading(model, { className: "number" })))] : []));
  table.tBodies[0].replaceChildren(...lines.map((line) => element("tr", {},
    element("th", { scope: "row", textContent: name(line) }),
    ...models.map((model) => cell(rows.find((row) => row.model === model && same(row, line)))))));
}

export function attachScores(source) {
  const list = () => {
    const rows = rowsOf(source), models = [...new Set(rows.map(({ model }) => model))];
    const sections = rows.filter(({ section }) => section), tests = new Set(sections.map(({ test }) => test));
    const named = ({ test, section }) => (tests.size > 1 ? `${test}: ${section}` : section);
    fill(byId("models-scores"), "Test", rows.filter(({ section }) => !section), models, ({ test }) => test);
    fill(byId("models-categories").querySelector("table"), "Category", sections, models, named);
    byId("models-categories").hidden = !sections.length;
  };
  onChange(source, "data", list);
  list();
}
