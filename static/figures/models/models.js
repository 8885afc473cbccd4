// Models: their table, their scores, two of them side by side with their labels, the words that changed most.

import { MODELS_WORD } from "../../contract/messages.js";
import * as names from "../../contract/models.js";
import { describing } from "../../ui/announcer.js";
import { byId, element, oncePerFrame, rootAt } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { attachHover, attachSelection } from "../../ui/hover.js";
import { NEAR } from "../../ui/labels.js";
import { column, onChange, onRanges, onResize } from "../../ui/models.js";
import { attachPanZoom } from "../../ui/pan-zoom.js";
import { labelPlane } from "../../ui/plane.js";
import { addressOf } from "./address.js";
import { attachNeighbours } from "./neighbours.js";
import { attachScores } from "./scores.js";
import { attachTable } from "./table.js";
import { rowsOf } from "./texts.js";

const SIDES = ["a", "b"];

const heading = (text, properties = {}) => element("th", { scope: "col", textContent: text, ...properties });

/** Connect the section of a document; gives its `address`: what an address says of it. */
export function attachModels(doc, { ask }) {
  const find = (name) => doc.get_model_by_name(name);
  const table = find(names.table), words = find(names.words), changes = find(names.changes), titles = find(names.titles);
  const planes = { a: { plane: find(names.a), labels: find(names.aLabels) },
                   b: { plane: find(names.b), labels: find(names.bLabels) } };
  const title = (side) => column(titles, side)[0] ?? "";

  // -- side by side ------------------------------------------------------------------------------------------

  const summarise = describing("models-summary", () => {
    const names = words.get("name"), chosen = words.selected.indices[0];
    return `${names.length} words, in ${title("a")} and in ${title("b")}.${chosen === undefined ? "" : ` Selected: ${names[chosen]}.`}`;
  });

  function showPair() {
    summarise();
    const models = column(table, "name").length;
    byId("models-empty").hidden = models > 1;
    rootAt("models-choice").hidden = models < 2;
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
    const cell = element("td", { className: "neighbours" }, ...list.flatMap((word, i) => [
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

  attachTable(table, ask);
  attachScores(find(names.scores), ask);
  attachNeighbours(find(names.neighbours));
  onChange(table, "data", showPair);
  onChange(words, "data", () => { showPair(); select(); });
  onChange(titles, "data", () => { showPair(); listChanges(); select(); });
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
  showPair();
  listChanges();
  select();
  attachFullScreen(byId("models-figure"), byId("models-pair").closest(".card"));
  return { address: addressOf(find) };
}
