// The embedding map: connects its parts, so that categories, analogies and neighbours need no Python.

import { MAP_VECTORS } from "../../contract/messages.js";
import * as names from "../../contract/space.js";
import { byId, element, oncePerFrame, rootAt } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { attachHover, attachSelection } from "../../ui/hover.js";
import { column, columnView, onChange, onRanges, onResize } from "../../ui/models.js";
import { attachPanZoom } from "../../ui/pan-zoom.js";
import { drawArrows } from "./arrows.js";
import { drawLabels } from "./labels.js";
import { drawNeighbours } from "./neighbours.js";

const modelsOf = (find) => ({
  plane: find(names.plane), words: find(names.words), pairs: find(names.pairs), answers: find(names.answers),
  sum: find(names.sum), oddScores: find(names.oddScores), source: find(names.source), arrows: find(names.analogies),
  labels: find(names.labels), links: find(names.links), near: find(names.near), shown: find(names.shown),
  categories: find(names.categories), overlays: find(names.overlays),
});

const activeLabels = (group) => new Set(group.active.map((i) => group.labels[i]));

/** Connect the map of a document. What it returns can `perform` what a chip asks for: on=gender,capitals. */
export function attachMap(doc, { ask }) {
  const models = modelsOf((name) => doc.get_model_by_name(name));
  const { plane, words, pairs, sum, shown, categories, overlays } = models;
  const label = oncePerFrame(() => drawLabels(models));

  function arrows() {
    const visible = new Set(column(words, "word").filter((_, i) => shown.booleans[i]));
    drawArrows(pairs, models.arrows, activeLabels(overlays), visible);
    label();
  }

  function neighbours() {
    drawNeighbours(models);
    label();
  }

  function showCategories() {
    const on = activeLabels(categories);
    shown.setv({ booleans: column(words, "category").map((category) => on.has(category)) }, { sync: false });
    arrows();
    neighbours();
  }

  onChange(categories, "active", showCategories);
  onChange(words, "data", showCategories);
  onChange(pairs, "data", arrows);
  onChange(overlays, "active", arrows);
  onChange(overlays, "labels", arrows);
  onChange(words.selected, "indices", neighbours);
  onChange(sum, "data", label);
  onRanges(plane, label);
  onResize(plane, label);
  document.fonts?.ready.then(label);
  byId("categories-all").onclick = () => { categories.active = categories.labels.map((_, i) => i); };
  byId("categories-none").onclick = () => { categories.active = []; };
  showCategories();
  attachAnswers(models);
  attachPointer(models);
  requestVectors(() => ask(MAP_VECTORS));
  return {
    perform(text) {
      const on = new URLSearchParams(text).get("on")?.split(",") ?? [];
      overlays.active = overlays.labels.map((_, i) => i).filter((i) => on.includes(overlays.labels[i]));
    },
  };
}

/** Moving and zooming, the box beside a word, selection by click. */
function attachPointer({ plane, words, shown }) {
  const marks = () => {
    const [x, y] = ["x", "y"].map((name) => columnView(words, name));
    return column(words, "name").map((text, index) => ({ text, index, dataX: x[index], dataY: y[index] }))
      .filter(({ index }) => shown.booleans[index]);
  };
  const describe = ({ index }) => {
    const [category, near, cosines] = ["category", "near", "near_cosine"].map((name) => columnView(words, name)[index]);
    const list = Array.from(near, (word, i) => `${word} ${cosines[i].toFixed(2)}`).join(", ");
    return { cells: [category], below: list && `nearest in all dimensions: ${list}` };
  };
  attachFullScreen(byId("space-figure"), attachPanZoom(plane).tools);
  attachHover(plane, words, marks, describe);
  attachSelection(plane, words, marks);
}

/** The answers of a sum, the scores of the odd one out, the dimensions of the vectors. */
function attachAnswers({ answers, oddScores, source }) {
  const follow = (model, action) => {
    onChange(model, "data", action);
    action();
  };
  follow(answers, () => list(answers, byId("space-answers")));
  follow(oddScores, () => list(oddScores, byId("space-odd-scores")));
  follow(source, () => { byId("overlay-dim").textContent = `${column(source, "dim")[0]}-d`; });
}

/** Words with their scores as the items of a list. */
function list(source, place) {
  const scores = column(source, "score");
  place.replaceChildren(...column(source, "word").map((word, i) =>
    element("li", {}, ...[word, scores[i].toFixed(3)].map((textContent) => element("span", { textContent })))));
}

/** Have Python load all vectors once a control that needs them has the focus. */
function requestVectors(request) {
  const places = [rootAt("space-search"), rootAt("space-pairs"), rootAt("space-arithmetic"), rootAt("space-odd")];
  for (const place of places) place.addEventListener("focusin", request, { once: true });
}
