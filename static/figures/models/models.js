// Models: the table of scores, two of them side by side with their labels, the words that changed most.

import { ANALOGIES, GLOVE, PAIR_TESTS } from "../../contract/constants.js";
import { MODELS_WORD } from "../../contract/messages.js";
import * as names from "../../contract/models.js";
import { describing } from "../../ui/announcer.js";
import { byId, element, oncePerFrame, rootAt } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { attachHover, attachSelection } from "../../ui/hover.js";
import { NEAR } from "../../ui/labels.js";
import { column, onChange, onRanges, onResize, toObject } from "../../ui/models.js";
import { attachPanZoom } from "../../ui/pan-zoom.js";
import { labelPlane } from "../../ui/plane.js";

const TESTS = [...PAIR_TESTS, ANALOGIES];                 // all other rows are categories of analogies
const SIDES = ["a", "b"];

const heading = (text, properties = {}) => element("th", { scope: "col", textContent: text, ...properties });

/** The rows of a data source as objects. */
export function rowsOf(source) {
  const columns = Object.entries(toObject(source.data));
  return Array.from(columns[0][1], (_, i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]])));
}

/** A score as it is written: the correlation of a test of word pairs, else a share. */
export function score(x, row) {
  if (!Number.isFinite(x)) return "–";
  return PAIR_TESTS.includes(row) ? x.toFixed(3) : `${(100 * x).toFixed(1)}%`;
}

/** Connect the section of a document. */
export function attachModels(doc, { ask }) {
  const find = (name) => doc.get_model_by_name(name);
  const scores = find(names.scores), words = find(names.words), changes = find(names.changes);
  const titles = find(names.titles), right = find(names.right);
  const planes = { a: { plane: find(names.a), labels: find(names.aLabels) },
                   b: { plane: find(names.b), labels: find(names.bLabels) } };
  const title = (side) => column(titles, side)[0] ?? "";

  // -- scores ------------------------------------------------------------------------------------------------

  function listScores() {
    const all = rowsOf(scores);
    const models = [...all.length && all[0].name !== GLOVE ? [["mine", all[0].name]] : [], ["glove", GLOVE]];
    const headings = models.map(([, name]) => heading(name, { className: "number" }));
    const head = (first) => element("tr", {}, heading(first), ...headings.map((name) => name.cloneNode(true)));
    const of = (row, key) => `${row[`${key}_of`].toLocaleString("en")} of ${row.total.toLocaleString("en")}`;
    const line = (row) => element("tr", {}, element("td", { textContent: row.row }), ...models.map(([key]) =>
      element("td", { className: "number" }, score(row[key], row.row), element("small", { textContent: of(row, key) }))));
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

  const summarise = describing("models-summary", () => {
    const names = words.get("name"), chosen = words.selected.indices[0];
    return `${names.length} words, in ${title("a")} and in ${title("b")}.${chosen === undefined ? "" : ` Selected: ${names[chosen]}.`}`;
  });

  function showPair() {
    summarise();
    byId("models-empty").hidden = right.options.length > 1;
    rootAt("models-choice").hidden = right.options.length < 2;
    byId("models-pair").hidden = !words.get("word").length;
    for (const side of SIDES) byId(`models-${side}-title`).textContent = title(side);
  }

  function listChanges() {
    const [a, b] = SIDES.map(title);
    const table = byId("models-changes");
    table.tHead.replaceChildren(element("tr", {}, heading("Word"), heading("same", { className: "number" }),
                                        heading(`nearest in ${a}`), heading(`nearest in ${b}`)));
    table.tBodies[0].replaceChildren(...rowsOf(changes).map((row) => {
      const line = element("tr", { onclick: () => ask(MODELS_WORD, row.word) },
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
    summarise();
    const i = words.selected.indices[0];
    const chosen = i === undefined ? null : rowsOf(words)[i];
    byId("models-selected").replaceChildren(...(chosen ? SIDES : []).map((side) => element("p", {},
      element("strong", { textContent: chosen.name }), ` in ${title(side)}: ${chosen[`near_${side}`]}`)));
    for (const line of byId("models-changes").tBodies[0].rows) {
      line.toggleAttribute("aria-current", line.dataset.word === chosen?.word);
    }
    label();
  }

  const label = oncePerFrame(() => SIDES.forEach(drawLabels));

  function drawLabels(side) {
    const { plane, labels } = planes[side];
    const chosen = words.selected.indices[0];
    const items = marks(side).sort((one, two) => (two.index === chosen) - (one.index === chosen));
    labelPlane(plane, labels, items, NEAR);
  }

  const marks = (side) => rowsOf(words).map((row, index) => ({
    text: row.name, index, category: row.category, near: row[`near_${side}`], dataX: row[`x_${side}`], dataY: row[`y_${side}`],
  }));

  const describe = ({ category, near }) => ({ cells: [category], below: near && `nearest here: ${near}` });

  // -- wiring ------------------------------------------------------------------------------------------------

  onChange(scores, "data", listScores);
  onChange(right, "options", showPair);
  onChange(words, "data", () => { showPair(); select(); });
  onChange(titles, "data", showPair);
  onChange(changes, "data", listChanges);
  onChange(words.selected, "indices", select);
  for (const side of SIDES) {
    const { plane } = planes[side];
    onResize(plane, label);
    attachPanZoom(plane);
    attachHover(plane, words, () => marks(side), describe);
    attachSelection(plane, words, () => marks(side));
  }
  onRanges(planes.a.plane, label);           // which are those of b too
  listScores();
  showPair();
  listChanges();
  select();
  attachFullScreen(byId("models-figure"), byId("models-figure").querySelector(".card-wide"));
}
