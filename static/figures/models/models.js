// Models: the table of scores, two of them side by side with their labels, the words that changed most.

import { byId, element } from "../../ui/dom.js";
import { NEAR } from "../../ui/labels.js";
import { column, labelPlane } from "../../ui/plane.js";

const CORRELATIONS = ["WordSim-353", "SimLex-999"];
const TESTS = [...CORRELATIONS, "Analogies"];                   // all other rows are categories of analogies
const SIDES = ["a", "b"];

const heading = (text, properties = {}) => element("th", { scope: "col", textContent: text, ...properties });

/** Connect the section of a document. */
export function attachModels(doc, { ask }) {
  const get = (name) => doc.get_model_by_name(`models-${name}`);
  const [scores, words, changes, titles, right] =
    ["scores", "words", "changes", "titles", "right"].map(get);
  const planes = Object.fromEntries(SIDES.map((side) => [side, { plane: get(side), labels: get(`${side}-labels`) }]));
  const rows = (source) => column(source, "row" in source.data ? "row" : "word").map((_, i) =>
    Object.fromEntries(Object.keys(source.data).map((name) => [name, source.get(name)[i]])));

  // -- scores ------------------------------------------------------------------------------------------------

  function value(x, row) {
    if (!Number.isFinite(x)) return "–";
    return CORRELATIONS.includes(row) ? x.toFixed(3) : `${(100 * x).toFixed(1)}%`;
  }

  function listScores() {
    const all = rows(scores);
    const models = [...all.length && all[0].name !== "GloVe" ? [["mine", all[0].name]] : [], ["glove", "GloVe"]];
    const names = models.map(([, name]) => heading(name, { className: "number" }));
    const head = (first) => element("tr", {}, heading(first), ...names.map((name) => name.cloneNode(true)));
    const of = (row, key) => `${row[`${key}_of`].toLocaleString("en")} of ${row.total.toLocaleString("en")}`;
    const line = (row) => element("tr", {}, element("td", { textContent: row.row }), ...models.map(([key]) =>
      element("td", { className: "number" }, value(row[key], row.row), element("small", { textContent: of(row, key) }))));
    const fill = (table, first, list) => {
      table.tHead.replaceChildren(...(list.length ? [head(first)] : []));
      table.tBodies[0].replaceChildren(...list.map(line));
    };
    const categories = all.filter(({ row }) => !TESTS.includes(row));
    fill(byId("models-scores"), "Test", all.filter(({ row }) => TESTS.includes(row)));
    fill(byId("models-categories").querySelector("table"), "Category", categories);
    byId("models-categories").hidden = !categories.length;
  }

  // -- side by side ------------------------------------------------------------------------------------------

  function tell() {
    byId("models-empty").hidden = right.options.length > 1;
    document.querySelector("[data-root=models-choice]").hidden = right.options.length < 2;
    byId("models-pair").hidden = !words.get("word").length;
    for (const side of SIDES) byId(`models-${side}-title`).textContent = column(titles, side)[0] ?? "";
  }

  function listChanges() {
    const [a, b] = SIDES.map((side) => column(titles, side)[0] ?? "");
    const table = byId("models-changes");
    table.tHead.replaceChildren(element("tr", {}, heading("Word"), heading("same", { className: "number" }),
                                        heading(`nearest in ${a}`), heading(`nearest in ${b}`)));
    table.tBodies[0].replaceChildren(...rows(changes).map((row) => {
      const line = element("tr", { onclick: () => ask("models-word", row.word) },
                           element("td", {}, element("button", { type: "button", textContent: row.word })),
                           element("td", { className: "number", textContent: `${row.common} of ${row.near_a.length}` }),
                           near(a, row.near_a, row.near_b), near(b, row.near_b, row.near_a));
      line.dataset.word = row.word;
      return line;
    }));
  }

  /** A cell of a model's neighbours; those that the other model names too stand out. */
  function near(model, list, other) {
    const cell = element("td", { className: "near" }, ...list.flatMap((word, i) => [
      i ? ", " : "", element("span", { textContent: word, className: other.includes(word) ? "common" : "" })]));
    cell.dataset.model = model;
    return cell;
  }

  function select() {
    const i = words.selected.indices[0];
    const chosen = i === undefined ? null : rows(words)[i];
    byId("models-selected").replaceChildren(...(chosen ? SIDES : []).map((side) => element("p", {},
      element("strong", { textContent: chosen.name }), ` in ${column(titles, side)[0]}: ${chosen[`near_${side}`]}`)));
    for (const line of byId("models-changes").tBodies[0].rows) {
      line.toggleAttribute("aria-current", line.dataset.word === chosen?.word);
    }
    label();
  }

  let waiting = false;
  function label() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; SIDES.forEach(layLabels); });
  }

  function layLabels(side) {
    const { plane, labels } = planes[side];
    const chosen = words.selected.indices[0];
    const item = (row, i) => ({ text: row.name, data: i, dataX: row[`x_${side}`], dataY: row[`y_${side}`] });
    const items = rows(words).map(item)
      .sort((one, two) => (two.data === chosen) - (one.data === chosen));
    labelPlane(plane, labels, items, NEAR);
  }

  // -- wiring ------------------------------------------------------------------------------------------------

  const on = (model, attribute, action) => model.properties[attribute].change.connect(action);
  on(scores, "data", listScores);
  on(right, "options", tell);
  on(words, "data", () => { tell(); select(); });
  on(titles, "data", tell);
  on(changes, "data", listChanges);
  on(words.selected, "indices", select);
  for (const { plane } of Object.values(planes)) {
    for (const side of ["inner_width", "inner_height"]) on(plane, side, label);
  }
  for (const range of [planes.a.plane.x_range, planes.a.plane.y_range]) {
    for (const end of ["start", "end"]) on(range, end, label);
  }
  listScores();
  tell();
  listChanges();
  select();
}
