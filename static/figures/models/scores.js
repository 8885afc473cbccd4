// The scores of the ticked models: a row for each test; of analogies a row for each section, with how its score comes about.

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

const same = (a, b) => a.test === b.test && a.section === b.section;

/** The first row of each section. */
const firstOnes = (rows) => rows.filter((row, i) => rows.findIndex((other) => same(row, other)) === i);

/** Rows with those of the same section together. */
const bySection = (rows) => firstOnes(rows).flatMap((row) => rows.filter((other) => same(row, other)));

/** Fill a table with rows of whole tests: the models are its columns. */
function fill(table, rows, models, ask) {
  table.tHead.replaceChildren(...(rows.length ? [element("tr", {}, heading("Test"),
    ...models.map((model) => heading(model, { className: "number" })))] : []));
  table.tBodies[0].replaceChildren(...firstOnes(rows).map((line) => element("tr", {},
    element("th", { scope: "row" }, ...nameOf(line, ask)),
    ...models.map((model) => cell(rows.find((row) => row.model === model && same(row, line)))))));
}

const PARTS = [["score", "left out"], ["kept", "kept"], ["gives_b", "gives b"], ["gives_c", "gives c"], ["near_c", "c alone"]];

/** A row of a section: its shares; about: what is said below its name. */
function sectionRow(row, name, ...about) {
  const small = [...about, `${whole(row.of)} of ${whole(row.total)}`].map((text) => element("small", { textContent: text }));
  return element("tr", {}, element("th", { scope: "row" }, name, ...small), ...PARTS.map(([part, label]) => {
    const cell = element("td", { className: "number", textContent: score(row[part], false) });
    cell.dataset.label = label;
    return cell;
  }));
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
    const sections = rows.filter(({ pairs }) => !pairs), tests = new Set(sections.map(({ test }) => test));
    const nameOfSection = ({ test, section }) => (tests.size > 1 ? `${test}: ` : "") + (section || "all sections");
    fill(byId("models-scores"), rows.filter(({ section }) => !section), models, ask);
    byId("models-sections").tBodies[0].replaceChildren(...bySection(sections).map((row) =>
      sectionRow(row, nameOfSection(row), ...(models.length > 1 ? [row.model] : []))));
    byId("models-categories").hidden = !sections.length;
  };
  onChange(source, "data", list);
  list();
}
