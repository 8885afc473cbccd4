// The scores of the ticked models: a row for each test, then one for each section of the analogies.

import { MODELS_REMOVE_TEST } from "../../contract/messages.js";
import { byId, element } from "../../ui/dom.js";
import { onChange } from "../../ui/models.js";
import { whole } from "../../ui/numbers.js";
import { rowsOf, score } from "./texts.js";

const heading = (text, properties = {}) => element("th", { scope: "col", textContent: text, ...properties });

/** A row's cell of one model; empty while it has no such score. */
function cell(row) {
  if (!row) return element("td", { className: "number", textContent: "–" });
  const coverage = `${whole(row.of)} of ${whole(row.total)}`;
  return element("td", { className: "number" }, score(row.score, row.pairs), element("small", { textContent: coverage }));
}

/** Fill a table with rows: the models are its columns. head(row): what stands at its head, nodes and texts. */
function fill(table, first, rows, models, head) {
  const same = (a, b) => a.test === b.test && a.section === b.section;
  const lines = rows.filter((row, i) => rows.findIndex((other) => same(row, other)) === i);
  table.tHead.replaceChildren(...(rows.length ? [element("tr", {}, heading(first),
    ...models.map((model) => heading(model, { className: "number" })))] : []));
  table.tBodies[0].replaceChildren(...lines.map((line) => element("tr", {},
    element("th", { scope: "row" }, ...head(line)),
    ...models.map((model) => cell(rows.find((row) => row.model === model && same(row, line)))))));
}

/** A test's name; one of the user's can be removed. */
function nameOf({ test, own }, ask) {
  const remove = element("button", { type: "button", textContent: "Remove", onclick: () => ask(MODELS_REMOVE_TEST, test) });
  remove.setAttribute("aria-label", `Remove ${test}`);
  return own ? [test, " ", element("span", { className: "buttons" }, remove)] : [test];
}

export function attachScores(source, ask) {
  const list = () => {
    const rows = rowsOf(source), models = [...new Set(rows.map(({ model }) => model))];
    const sections = rows.filter(({ section }) => section), tests = new Set(sections.map(({ test }) => test));
    const sectionOf = ({ test, section }) => [tests.size > 1 ? `${test}: ${section}` : section];
    fill(byId("models-scores"), "Test", rows.filter(({ section }) => !section), models, (row) => nameOf(row, ask));
    fill(byId("models-categories").querySelector("table"), "Section", sections, models, sectionOf);
    byId("models-categories").hidden = !sections.length;
  };
  onChange(source, "data", list);
  list();
}
