// The embedding map without Python: categories, analogies, a word's neighbours, labels.

import { byId, element, tableRow } from "../../ui/dom.js";
import { NEAR } from "../../ui/labels.js";
import { column, labelPlane } from "../../ui/plane.js";

const cosine = (x) => (Number.isFinite(x) ? x.toFixed(2).replace(/^-(0\.00)$/, "$1") : "–");

/** Connect the map of a document. */
export function attachMap(doc, { ask }) {
  const get = (name) => doc.get_model_by_name(`space-${name}`);
  const [plane, words, pairs, answers, sum, odd, source] =
    ["plane", "words", "pairs", "answers", "sum", "odd-scores", "source"].map(get);
  const [arrows, labels, links, near, shown, categories, overlays] =
    ["analogies", "labels", "links", "near", "shown", "categories", "overlays"].map(get);
  const put = (source, data) => source.setv({ data }, { sync: false, check_eq: false });

  const activeLabels = (group) => new Set(group.active.map((i) => group.labels[i]));

  // -- categories and analogies ------------------------------------------------------------------------------

  function drawCategories() {
    const on = activeLabels(categories);
    shown.setv({ booleans: column(words, "category").map((category) => on.has(category)) }, { sync: false });
    drawArrows();
    drawSelection();
  }

  function visibleWords() {
    const on = shown.booleans;
    return new Set(column(words, "word").filter((_, i) => on[i]));
  }

  function drawArrows() {
    const on = activeLabels(overlays);
    const visible = visibleWords();
    const names = ["x0", "y0", "x1", "y1", "colour", "group", "start", "end"];
    const data = Object.fromEntries(names.map((name) => [name, column(pairs, name)]));
    const chosen = data.group.map((_, i) => i).filter((i) => on.has(data.group[i]));
    const drawn = chosen.filter((i) => visible.has(data.start[i]) && visible.has(data.end[i]));
    put(arrows, Object.fromEntries(names.map((name) => [name, drawn.map((i) => data[name][i])])));
    tellArrows(new Set(chosen.map((i) => data.group[i])), chosen.length - drawn.length);
    drawLabels();
  }

  function tellArrows(groups, hidden) {
    byId("overlay-summary").textContent = `Showing ${groups.size} group${groups.size === 1 ? "" : "s"}` +
      (hidden ? `; ${hidden} arrow${hidden === 1 ? "" : "s"} hidden with their words.` : ".");
    const all = column(pairs, "group");
    const [full, flat] = [column(pairs, "full"), column(pairs, "plane")];
    const rows = [...new Set(all)].filter((group) => groups.has(group))
      .map((group) => [group, cosine(full[all.indexOf(group)]), cosine(flat[all.indexOf(group)])]);
    const table = byId("overlay-table");
    table.tBodies[0].replaceChildren(...rows.map((row) => tableRow(row)));
    const chance = ["random pairs", cosine(column(pairs, "chance_full")[0]), cosine(column(pairs, "chance_plane")[0])];
    table.tFoot.replaceChildren(...(rows.length ? [tableRow(chance)] : []));
  }

  // -- a word and its neighbours -----------------------------------------------------------------------------

  function drawSelection() {
    const i = words.selected.indices[0];
    const seen = i !== undefined && Boolean(shown.booleans[i]);
    const at = (name) => column(words, name)[i];
    const [xs, ys] = seen ? [at("near_x"), at("near_y")] : [[], []];
    put(near, { x: xs, y: ys });
    put(links, { x0: xs.map(() => at("x")), y0: ys.map(() => at("y")), x1: xs, y1: ys });
    byId("space-selected").replaceChildren(...(seen ? describe(at) : []));
    drawLabels();
  }

  function describe(at) {
    const words = column(source, "words")[0].toLocaleString("en"), cosines = at("near_cosine");
    const textContent = `${at("name")} (${at("category")}): the ${at("near").length} nearest of ${words} words, ` +
      "with their cosines";
    const list = at("near").map((word, i) => element("li", { textContent: `${word} ${cosines[i].toFixed(2)}` }));
    return [element("p", { textContent }), element("ol", {}, ...list)];
  }

  // -- labels ------------------------------------------------------------------------------------------------

  let waiting = false;
  function drawLabels() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; layLabels(); });
  }

  function layLabels() {
    if (!shown.booleans) return;
    const inUse = new Set([...column(arrows, "start"), ...column(arrows, "end")]);
    const all = column(words, "word").map((word, i) => ({ word, text: column(words, "name")[i], data: i }))
      .filter(({ data }) => shown.booleans[data]);
    const [x, y] = [column(words, "x"), column(words, "y")];
    for (const item of all) Object.assign(item, { dataX: x[item.data], dataY: y[item.data] });
    const i = words.selected.indices[0];
    const neighbours = i === undefined || !shown.booleans[i] ? [] : column(words, "near")[i].map((text, n) => ({
      text, dataX: column(near, "x")[n], dataY: column(near, "y")[n] }))
      .filter((item) => item.dataX !== undefined && !all.some((other) => other.text === item.text));
    const [tipX, tipY] = [column(sum, "x1"), column(sum, "y1")];
    const tips = column(sum, "label").map((text, n) => ({ text, dataX: tipX[n], dataY: tipY[n] })).filter(({ text }) => text);
    labelPlane(plane, labels, [...tips, ...all.filter(({ word }) => inUse.has(word)), ...neighbours,
                               ...all.filter(({ word }) => !inUse.has(word))], NEAR);
  }

  // -- the answers of a sum, the odd one out -----------------------------------------------------------------

  function list(source, id) {
    const scores = column(source, "score");
    byId(id).replaceChildren(...column(source, "word").map((word, i) =>
      element("li", {}, ...[word, scores[i].toFixed(3)].map((textContent) => element("span", { textContent })))));
  }

  const listAnswers = () => list(answers, "space-answers");
  const listScores = () => list(odd, "space-odd-scores");
  const tellDimensions = () => { byId("overlay-dim").textContent = `${column(source, "dim")[0]}-d`; };

  // -- wiring ------------------------------------------------------------------------------------------------

  const on = (model, attribute, action) => model.properties[attribute].change.connect(action);
  on(categories, "active", drawCategories);
  on(words, "data", drawCategories);
  on(pairs, "data", drawArrows);
  on(overlays, "active", drawArrows);
  on(overlays, "labels", drawArrows);
  on(words.selected, "indices", drawSelection);
  on(answers, "data", listAnswers);
  on(odd, "data", listScores);
  on(source, "data", tellDimensions);
  on(sum, "data", drawLabels);
  for (const range of [plane.x_range, plane.y_range]) for (const end of ["start", "end"]) on(range, end, drawLabels);
  for (const side of ["inner_width", "inner_height"]) on(plane, side, drawLabels);
  byId("categories-all").onclick = () => { categories.active = categories.labels.map((_, i) => i); };
  byId("categories-none").onclick = () => { categories.active = []; };
  for (const place of ["space-search", "space-pairs", "space-arithmetic", "space-odd"]) {
    document.querySelector(`[data-root="${place}"]`).addEventListener("focusin", () => ask("map-vectors"), { once: true });
  }
  drawCategories();
  listAnswers();
  listScores();
  tellDimensions();
  document.fonts?.ready.then(drawLabels);
}
