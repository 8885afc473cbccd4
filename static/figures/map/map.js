// The embedding map: connects its parts, so that categories, analogies, planes and neighbours need no Python.

import { MAP_VECTORS } from "../../contract/messages.js";
import * as names from "../../contract/space.js";
import { byId, element, oncePerFrame, rootAt } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { column, onChange, onRanges, onResize, setData, toObject } from "../../ui/models.js";
import { fitPlane } from "../../ui/plane.js";
import { Answers } from "./answers.js";
import { Arrows, cosine } from "./arrows.js";
import { arrow, Chips, mark } from "./chips.js";
import { Keeps } from "./keeps.js";
import { drawLabels } from "./labels.js";
import { drawNeighbours } from "./neighbours.js";
import { drawOdd } from "./odd.js";
import { attachOwnPairs } from "./own-pairs.js";
import { Picture } from "./picture.js";
import { Planes } from "./planes.js";
import { attachPlaneControls } from "./plane-controls.js";
import { Rows } from "./rows.js";
import { Sum } from "./sum.js";

const modelsOf = (find) => ({
  plane: find(names.plane), words: find(names.words), pairs: find(names.pairs), answers: find(names.answers),
  sum: find(names.sum), oddScores: find(names.oddScores), source: find(names.source), arrows: find(names.analogies),
  labels: find(names.labels), links: find(names.links), near: find(names.near), shown: find(names.shown),
  categories: find(names.categories), overlays: find(names.overlays), planes: find(names.planes), rows: find(names.rows),
  others: find(names.others), sumLines: find(names.sumLines), sumArrows: find(names.sumArrows), sumMarks: find(names.sumMarks),
  oddMarks: find(names.oddMarks),
});

const MARGIN = 0.56;           // of the extent of the words, from the middle of the plane to an edge

class EmbeddingMap {
  constructor(doc, ask) {
    this.models = modelsOf((name) => doc.get_model_by_name(name));
    this.ask = ask;
    this.previewed = {};       // of categories and of overlays, the label under the pointer
    this.rows = new Rows(this.models);
    this.rows.follow();
    this.picture = new Picture(this.models.words, this.rows);
    this.arrows = new Arrows(this.models, this.picture);
    this.sum = new Sum(this.models, this.picture);
    this.keeps = new Keeps(this.models, this.rows);
    this.planes = new Planes(this.models, this.rows, (axes) => this.turned(axes), () => this.controls?.update());
    this.draw = oncePerFrame(() => this.drawAll());
    this.answers = new Answers(this.models, ask, (word) => { this.sum.pointed = word; this.draw(); });
    this.arrows.measure();
    this.attachChips();
    this.controls = attachPlaneControls(this);
    this.listen();
    this.fit();
    this.drawAll();
  }

  attachChips() {
    const { categories, overlays } = this.models, preview = (kind) => (label) => {
      this.previewed[kind] = label;
      this.draw();
    };
    this.categoryChips = new Chips(categories, byId("space-category-chips"), (label) => this.describeCategory(label), preview("category"));
    this.overlayChips = new Chips(overlays, rootAt("space-overlays"), (label) => this.describeGroup(label), preview("group"));
  }

  describeCategory(label) {
    const { words } = this.models, i = column(words, "category").indexOf(label);
    if (i < 0) return null;
    const look = { colour: column(words, "colour")[i], marker: column(words, "marker")[i] };
    return { mark: look, picture: () => mark(look) };
  }

  describeGroup(label) {
    const group = this.arrows.groups.get(label);
    if (!group) return null;
    const { colour, dash, full, plane } = group, [dim] = column(this.models.source, "dim");
    const numbers = [full, plane].map(cosine), chances = byId("space-chance").checked ? this.chanceOf(label).map(cosine) : null;
    const say = (i) => chances ? `${numbers[i]} (${chances[i]})` : numbers[i];
    return { mark: { colour, dash }, picture: () => arrow({ colour, dash }), note: `${dim}-d ${say(0)} · here ${say(1)}`,
             title: group.count < 2 ? "One pair has no other arrow to be compared with" : `Mean cosine between its arrows: ${numbers[0]} in all ${dim} dimensions, ${numbers[1]} on the plane on show` };
  }

  chanceOf(label) {
    return this.arrows.chanceOf(label, column(this.models.words, "word"));
  }

  listen() {
    const { models } = this, { plane, words, pairs, sum, categories, overlays, planes, rows, source, oddScores } = models;
    onChange(categories, "active", this.draw);
    onChange(overlays, "active", this.draw);
    onChange(words.selected, "indices", this.draw);
    onChange(sum, "data", () => { this.draw(); if (!this.sum.isInView()) this.fit(); });
    onChange(oddScores, "data", this.draw);
    onChange(source, "data", () => { this.rows.follow(); this.newSet = true; });
    onChange(rows, "data", () => { this.rows.take(); this.moved(); });
    onChange(planes, "data", () => { this.planes.follow(); this.fit(); });
    for (const model of [words, pairs]) onChange(model, "data", () => { if (!this.placing) this.moved(); });
    onRanges(plane, this.draw);
    onResize(plane, () => this.fit());
    document.fonts?.ready.then(this.draw);
    byId("space-chance").onchange = () => this.overlayChips.update();
    byId("space-others-on").onchange = this.draw;
    this.rows.load().then(() => this.moved(), () => {});
  }

  /** The plane on show is another one, at this moment of a turn. */
  turned(axes) {
    this.picture.show(axes);
    this.moved();
    this.fit();
  }

  /** Words stand elsewhere, or are others. */
  moved() {
    if (!this.picture.axes) this.picture.show(this.planes.axesOf(this.planes.name));
    this.isMoved = true;
    this.draw();
  }

  fit() {
    const { words, plane } = this.models, [x, y] = [column(words, "x"), column(words, "y")];
    const places = this.picture.axes ? this.picture.places(column(words, "word")) : x.map((one, i) => [one, y[i]]);
    const all = [...places, ...this.sum.places()];
    if (all.length) fitPlane(plane, all.flat(), MARGIN);
  }

  /** Put the marks where the plane on show has the words. */
  place() {
    const { words } = this.models, data = toObject(words.data), places = Array.from(data.word, (word) => this.picture.at(word));
    this.placing = true;
    setData(words, { ...data, x: places.map(([x]) => x), y: places.map(([, y]) => y) });
    this.arrows.measure();
    this.placing = false;
    this.isMoved = false;
    this.keeps.follow();
    this.keeps.show(this.picture.axes, this.planes);
    this.overlayChips.update();
    this.categoryChips.update();
  }

  drawAll() {
    if (this.isMoved) this.place();
    const { models, previewed } = this, { words, shown } = models, on = this.categoryChips.on, groups = this.overlayChips.on;
    const category = column(words, "category"), word = column(words, "word");
    if (previewed.category) on.add(previewed.category);
    if (previewed.group) groups.add(previewed.group);
    shown.setv({ booleans: category.map((name) => on.has(name)) }, { sync: false });
    const alpha = category.map((name) => previewed.category && name !== previewed.category ? 0.2 : 1);
    this.placing = true;
    setData(words, { ...toObject(words.data), alpha });
    this.placing = false;
    const visible = new Set(word.filter((_, i) => shown.booleans[i])), hidden = this.arrows.draw(groups, visible);
    byId("overlay-summary").textContent = hidden ? `${hidden} arrow${hidden === 1 ? "" : "s"} hidden with their words.` : "";
    this.drawOthers();
    drawNeighbours(models, this.picture);
    this.sum.draw();
    this.answers.update();
    drawOdd(models, this.picture, visible);
    drawLabels(models, this.picture, this.sum.labels());
  }

  /** The faint marks of the words that had no say. */
  drawOthers() {
    const on = byId("space-others-on").checked, { words } = this.models, looks = new Map();
    column(words, "category").forEach((name, i) => looks.set(name, [words.get("colour")[i], words.get("marker")[i]]));
    const list = on ? Object.entries(this.rows.others).flatMap(([category, others]) => others
      .filter((word) => this.rows.has(word) && looks.has(category) && this.categoryChips.on.has(category))
      .map((word) => [word, ...this.picture.at(word), ...looks.get(category)])) : [];
    setData(this.models.others, Object.fromEntries(["word", "x", "y", "colour", "marker"].map((name, i) => [name, list.map((row) => row[i])])));
  }

  /** Show what a chip of the chapter or an address asks for: on=gender,capitals&off=food&plane=pca. */
  perform(text) {
    const { overlays, categories } = this.models, asked = new URLSearchParams(text);
    const listed = (name) => asked.get(name)?.split(",") ?? [];
    const indices = (group, wanted) => group.labels.map((_, i) => i).filter((i) => wanted(group.labels[i]));
    if (asked.has("on")) overlays.active = indices(overlays, (label) => listed("on").includes(label));
    if (asked.has("off")) categories.active = indices(categories, (label) => !listed("off").includes(label));
    if (this.planes.axes.has(asked.get("plane"))) this.planes.choose(asked.get("plane"));
  }
}

/** Connect the map of a document. */
export function attachMap(doc, { ask }) {
  const map = new EmbeddingMap(doc, ask);
  attachScores(map.models);
  attachOwnPairs(map.models, ask);
  attachFullScreen(byId("space-figure"), byId("space-figure").querySelector(".lab-main"));
  requestVectors(() => ask(MAP_VECTORS));
  return map;
}

/** The scores of the odd one out as a list. */
function attachScores({ oddScores }) {
  const follow = () => {
    const scores = column(oddScores, "score");
    byId("space-odd-scores").replaceChildren(...column(oddScores, "name").map((name, i) =>
      element("li", {}, ...[name, scores[i].toFixed(3)].map((textContent) => element("span", { textContent })))));
  };
  onChange(oddScores, "data", follow);
  follow();
}

/** Have Python load all vectors once a control that needs them has the focus. */
function requestVectors(request) {
  const places = [rootAt("space-search"), rootAt("space-pairs"), rootAt("space-arithmetic"), rootAt("space-odd")];
  for (const place of places) place.addEventListener("focusin", request, { once: true });
}
