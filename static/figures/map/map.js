// The embedding map: connects its parts, so that categories, analogies, planes and neighbours need no Python.

import { ADDED, UNSORTED } from "../../contract/constants.js";
import { MAP_VECTORS } from "../../contract/messages.js";
import * as names from "../../contract/space.js";
import { describing } from "../../ui/announcer.js";
import { byId, element, oncePerFrame, rootAt } from "../../ui/dom.js";
import { column, onChange, onRanges, onResize, setData, toObject } from "../../ui/models.js";
import { decimal } from "../../ui/numbers.js";
import { fitPlane } from "../../ui/plane.js";
import { attachTabs } from "../../ui/tabs.js";
import { MapAddress } from "./address.js";
import { Answers } from "./answers.js";
import { Arrows } from "./arrows.js";
import { Compare } from "./compare.js";
import { attachChips } from "./figure-chips.js";
import { Keeps } from "./keeps.js";
import { attachKeptChoice } from "./kept.js";
import { Labels } from "./labels.js";
import { Near } from "./near.js";
import { Neighbours } from "./neighbours.js";
import { drawOdd } from "./odd.js";
import { drawOthers } from "./others.js";
import { attachOwnPairs } from "./own-pairs.js";
import { attachOwnWords } from "./own-words.js";
import { Picture } from "./picture.js";
import { Planes } from "./planes.js";
import { attachPlaneControls } from "./plane-controls.js";
import { attachPointer } from "./pointer.js";
import { framed, inFrame } from "./reveal.js";
import { Rows } from "./rows.js";
import { attachSearch } from "./search.js";
import { Selection } from "./selection.js";
import { Sum } from "./sum.js";
import { summary } from "./summary.js";

const modelsOf = (find) => ({
  plane: find(names.plane), words: find(names.words), pairs: find(names.pairs), answers: find(names.answers),
  sum: find(names.sum), oddScores: find(names.oddScores), source: find(names.source), arrows: find(names.analogies),
  labels: find(names.labels), links: find(names.links), near: find(names.near), shown: find(names.shown),
  categories: find(names.categories), overlays: find(names.overlays), planes: find(names.planes), rows: find(names.rows),
  others: find(names.others), neighbours: find(names.neighbours), comparison: find(names.comparison),
  compared: find(names.compared), nearProblem: find(names.nearProblem), sumLines: find(names.sumLines),
  sumArrows: find(names.sumArrows), sumMarks: find(names.sumMarks), oddMarks: find(names.oddMarks),
  marks: find(names.marks), vocabulary: find(names.vocabulary), choice: find(names.choice), show: find(names.show), message: find(names.message),
  categoriesMessage: find(names.categoriesMessage),
});

const MANY = 150, [USUAL, SMALL] = [11, 7];    // words from which on marks are small; px
const [FAINT, DIMMED] = [0.45, 0.2];           // alpha of the many that have no category; of all others during a preview
const PAUSE = 100;             // ms between two times that labels are laid out during a turn
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
    this.labels = new Labels(this.models, this.picture, this.sum);
    this.present = new Set(column(this.models.words, "word"));
    this.small = false;        // marks
    this.fits = true;          // whether the words on show have come into view
    this.planes = new Planes(this.models, this.rows, (axes) => this.turned(axes), () => this.controls?.update());
    this.draw = oncePerFrame(() => this.drawAll());
    this.describe = describing("space-summary", () => summary(this));
    this.answers = new Answers(this.models, ask, (word) => { this.sum.pointed = word; this.draw(); });
    this.arrows.measure();
    this.tabs = attachTabs(byId("space-tabs"));
    Object.assign(this, attachChips(this));
    this.attachNeighbours();
    this.controls = attachPlaneControls(this);
    this.view = attachPointer(this);
    this.listen();
    this.fit();
    this.drawAll();
  }

  attachNeighbours() {
    const { models, ask } = this, { words, neighbours, comparison, nearProblem } = models, changed = this.draw;
    this.near = new Near(models);
    this.selection = new Selection({ models, ask, changed, selected: () => this.selected() });
    this.compare = new Compare({ models, ask, selection: this.selection, near: this.near, changed });
    this.neighbours = new Neighbours({ models, ask, selection: this.selection, near: this.near, compare: this.compare, changed });
    onChange(words, "data", () => { if (!this.placing) this.selection.followWords(); });
    onChange(neighbours, "data", () => { this.near.take(); this.draw(); });
    onChange(comparison, "data", () => this.compare.take());
    onChange(nearProblem, "data", () => this.neighbours.report(column(nearProblem, "problem")[0]));
  }

  /** Another word is selected, or none. */
  selected() {
    this.compare.close();
    this.neighbours.reset();
    if (this.selection.word !== null) this.tabs.choose("near-tab");
  }

  listen() {
    const { models } = this, { plane, words, pairs, sum, categories, overlays, planes, rows, source, oddScores } = models;
    onChange(categories, "active", this.draw);
    onChange(overlays, "active", this.draw);
    onChange(sum, "data", () => { this.draw(); if (!this.sum.isInView()) this.fit(); });
    onChange(oddScores, "data", this.draw);
    onChange(words.selected, "indices", () => this.reveal());
    onChange(source, "data", () => this.rows.follow());
    onChange(rows, "data", () => { this.rows.take(); this.moved(); });
    onChange(planes, "data", () => { this.planes.follow(); this.fits = false; });
    onChange(pairs, "data", () => { if (!this.placing) this.moved(); });
    onChange(words, "data", () => { if (!this.placing) this.welcome(); });
    onRanges(plane, this.draw);
    onResize(plane, () => { if (!this.view.moved) this.fit(); });
    document.fonts?.ready.then(this.draw);
    byId("space-chance").onchange = () => this.overlayChips.update();
    byId("space-others-on").onchange = this.draw;
  }

  /** Fetch the vectors of the page's first words, which the figure does without until a plane is chosen. */
  load() {
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

  /** Python has sent other words: those that were asked for together, or with another plane, come into view. */
  welcome() {
    const words = column(this.models.words, "word"), added = words.filter((word) => !this.present.has(word));
    this.present = new Set(words);
    this.moved();
    const places = added.length > 1 ? this.picture.places(added) : [];
    if (!this.fits || places.some((place) => !inFrame(this.models.plane, place))) this.fit();
    this.fits = true;
  }

  /** Bring the selected word into view. */
  reveal() {
    const [i] = this.models.words.selected.indices, place = i !== undefined && this.picture.at(column(this.models.words, "word")[i]);
    if (place && !inFrame(this.models.plane, place)) this.view.show(framed(this.view.now, place));
  }

  /** Select a word on the map, and bring it into view. */
  goTo(word) {
    this.selection.select(word);
    this.reveal();
  }

  fit() {
    const { words, plane } = this.models, [x, y] = [column(words, "x"), column(words, "y")];
    const places = this.picture.axes ? this.picture.places(column(words, "word")) : x.map((one, i) => [one, y[i]]);
    const all = [...places, ...this.sum.places()];
    if (all.length) fitPlane(plane, all.flat(), MARGIN);
  }

  /** The plane on show has the words elsewhere: columns of their places; all that is measured of them follows. */
  place() {
    const places = column(this.models.words, "word").map((word) => this.picture.at(word));
    this.placing = true;
    this.arrows.measure();
    this.placing = false;
    this.isMoved = false;
    this.keeps.show(this.picture.axes, this.planes);
    this.overlayChips.update();
    this.categoryChips.update();
    return { x: places.map(([x]) => x), y: places.map(([, y]) => y) };
  }

  drawAll() {
    this.drawMarks(this.isMoved ? this.place() : {});
    const { models, picture, previewed } = this, groups = this.overlayChips.on;
    if (previewed.group) groups.add(previewed.group);
    const visible = new Set(column(models.words, "word").filter((_, i) => models.shown.booleans[i]));
    const hidden = this.arrows.draw(groups, visible);
    byId("overlay-summary").textContent = hidden ? `${hidden} arrow${hidden === 1 ? "" : "s"} hidden with their words.` : "";
    drawOthers(this);
    this.sum.draw();
    this.answers.update();
    drawOdd(models, picture, visible);
    this.drawLabels(this.neighbours.draw(picture));
    this.describe();
  }

  /** Draw the words of the categories that are on; one that is previewed stands out. Where there are many, marks are small. */
  drawMarks(places) {
    const { words, shown, marks } = this.models, { category: previewed } = this.previewed, on = this.categoryChips.on;
    const categories = column(words, "category"), many = categories.length > MANY;
    if (previewed) on.add(previewed);
    shown.setv({ booleans: categories.map((name) => on.has(name)) }, { sync: false });
    const full = (name) => many && [ADDED, UNSORTED].includes(name) ? FAINT : 1;         // else they hide the others
    const alpha = categories.map((name) => previewed && name !== previewed ? DIMMED : full(name));
    if (many !== this.small) marks.glyph.setv({ size: { value: many ? SMALL : USUAL } }, { sync: false });
    this.small = many;
    this.placing = true;
    setData(words, { ...toObject(words.data), ...places, alpha });
    this.placing = false;
  }

  /** Lay the labels out; during a turn only now and then, and let them follow their marks in between. */
  drawLabels(near) {
    if (this.planes.playing && performance.now() - this.labelled < PAUSE) return this.labels.move();
    this.labels.draw(near);
    this.labelled = performance.now();
  }
}

/** Connect the map of a document; its `address`: what an address says of it. live(): a promise that Python has joined. */
export function attachMap(doc, { ask, live }) {
  const map = new EmbeddingMap(doc, ask);
  attachScores(map.models);
  attachOwnPairs(map.models, ask);
  attachSearch(map);
  attachOwnWords(map);
  attachKeptChoice(map.models.choice);
  requestVectors(() => ask(MAP_VECTORS));
  map.address = new MapAddress(map, (name) => doc.get_model_by_name(name), live);
  return map;
}

/** The scores of the odd one out as a list. */
function attachScores({ oddScores }) {
  const follow = () => {
    const scores = column(oddScores, "score");
    byId("space-odd-scores").replaceChildren(...column(oddScores, "name").map((name, i) =>
      element("li", {}, ...[name, decimal(scores[i], 3)].map((textContent) => element("span", { textContent })))));
  };
  onChange(oddScores, "data", follow);
  follow();
}

/** Have Python load all vectors once a control that needs them has the focus. */
function requestVectors(request) {
  const places = [byId("word-form"), byId("own-categories"), rootAt("space-pairs"), rootAt("space-arithmetic"), rootAt("space-odd")];
  for (const place of places) place.addEventListener("focusin", request, { once: true });
}
