// The atlas: all words of a model on one plane. GloVe's come from a file of the page's, those of other models from Python.

import { GROUPS } from "../../contract/colours.js";
import { ANALOGIES, GLOVE } from "../../contract/constants.js";
import * as names from "../../contract/atlas.js";
import { ATLAS_COSINES, ATLAS_NEAR } from "../../contract/messages.js";
import { ATLAS, fetchFile } from "../../ui/addresses.js";
import { announce, describing } from "../../ui/announcer.js";
import { gunzip } from "../../ui/arrival.js";
import { byId, element } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { column, columnView, onChange, onRanges } from "../../ui/models.js";
import { counted, decimal, whole } from "../../ui/numbers.js";
import { positionsOf } from "../../ui/positions.js";
import { save } from "../../ui/save.js";
import { separated } from "../../ui/separated.js";
import { addressedBy, ofRadios, ofView, setting, slug } from "../../ui/settings.js";
import { idle } from "../../ui/turns.js";
import { Beside } from "./beside.js";
import { Chart } from "./chart.js";
import { byClass, byScale, isDark } from "./colours.js";
import { Frames } from "./frames.js";
import { Legend } from "./legend.js";
import { List } from "./list.js";
import { compared, describe } from "./near.js";
import { attachPen } from "./pen.js";
import { regionsOf } from "./regions.js";
import { attachSearch } from "./search.js";
import { Words, wordsOf } from "./words.js";

const TIMES = 14;              // as near as the whole, at a word that was searched
const [POINTED, CLICKED] = [9, 14];    // px from a point, within which a pointer means it
const HIDDEN = [0, 0, 0, 0];
const NONE = new Words([], new Float32Array(0), new Float32Array(0), new Uint8Array(0));

export const readGlove = async () => wordsOf(await gunzip(await fetchFile(ATLAS)));

export class Atlas {
  /** glove: the Words of the file; ask: Python. */
  constructor(glove, ask) {
    Object.assign(this, { glove, ask, words: glove, wordnet: { kinds: glove.kinds, classes: glove.classes }, chosen: null, near: null, groups: new Set() });
    this.place = byId("atlas-plane");
    this.chart = new Chart(this.place);
    this.legend = new Legend(() => this.recolour());
    this.frames = new Frames((frame) => { this.beside.home(); this.move(frame); });
    this.goTo = (i) => this.choose(i, true);
    this.beside = new Beside(this.chart, {
      moved: (places, settled) => { this.frames.end(); this.move(places, settled); },
      showing: (here) => { this.words.here = here; this.recolour(); },
      choose: this.goTo,
    });
    this.list = new List(this.chart, this.goTo, ask);
    attachPen(this.chart, (found) => this.list.show(found));
    attachSearch({ wordsOf: () => this.words.names, choose: (word) => this.goTo(this.words.index.get(word)), tell: (text) => this.tell(text) });
    this.radios = [...document.getElementsByName("atlas-colour")];
    for (const radio of this.radios) radio.onchange = () => this.recolour();
    byId("atlas-forget").onclick = () => this.choose(null);
    byId("atlas-positions").onclick = () => this.save();
    this.offerGroups();
    this.attachPointer();
    addEventListener("lab-theme", () => this.recolour());
    attachFullScreen(byId("atlas-figure"), this.chart.tools);
    this.summarise = describing("atlas-summary", () => this.summary());
    onRanges(this.chart.plane, this.summarise);
  }

  /** Follow a document's models; another one takes its place when Python's is drawn anew. */
  connect(doc) {
    const find = (name) => doc.get_model_by_name(name), [set, frame, near, cosines] = [names.set, names.frame, names.near, names.cosines].map(find);
    const [words, kinds, other, movers] = [names.words, names.kinds, names.other, names.movers].map(find);
    this.models = { set, frame, near, cosines, words, kinds, other };
    onChange(set, "data", () => {
      if (column(set, "set")[0] === GLOVE) this.show(this.glove, true);
      else if (!columnView(frame, "xy").length) this.receive();           // a model that has no layout yet
    });
    onChange(frame, "data", () => this.receive());
    onChange(near, "data", () => this.takeNear());
    onChange(cosines, "data", () => this.recolour());
    onChange(kinds, "data", () => this.classify());
    onChange(other, "data", () => this.takeOther());
    onChange(movers, "data", () => this.beside.list(movers, this.words));
    this.beside.take(null, this.words);      // what was there is of the document before
    if (column(set, "set")[0] !== GLOVE) this.receive();
    else this.show(this.glove);
    this.takeOther();
    this.beside.list(movers, this.words);
  }

  // -- which words ---------------------------------------------------------------------------------------------

  /** Python has sent positions: those of another set, or a frame of a layout. */
  receive() {
    const { set, words, frame } = this.models, [name] = column(set, "set"), [epoch] = column(set, "epoch"), [epochs] = column(set, "epochs");
    if (name === GLOVE) return;
    const texts = columnView(words, "word"), [x, y] = positionsOf(columnView(frame, "xy"), column(set, "scale")[0]);
    const same = this.words.set === name && this.words.names === texts && this.words.size === x.length;
    if (epoch === 0) this.frames.clear();
    if (epochs > 0) this.frames.add({ x, y, epoch });
    if (same) return this.move({ x, y }, epoch === epochs);
    const { kinds, classes } = this.classesOf(texts);
    const [file] = column(set, "file");
    this.show(x.length ? Object.assign(new Words(texts, x, y, classes, kinds), { set: name, file }) : NONE, true);
  }

  /** Python has sent another model, whose places were turned onto those at which the words have settled. */
  takeOther() {
    const { last } = this.frames;
    if (last && last.x.length === this.words.size) this.move(last);
    this.frames.end();
    this.beside.take(this.models.other, this.words);
  }

  /** The classes of words, {kinds, classes}: those of a column of the model's file if one is chosen, else as GloVe's file has them. */
  classesOf(texts) {
    const [kinds] = columnView(this.models.kinds, "kinds"), [classes] = columnView(this.models.kinds, "of");
    if (kinds && classes.length === texts.length) return { kinds, classes };
    const { glove: { names: ofGlove, index }, wordnet: { kinds: usual, classes: known } } = this;
    if (texts === ofGlove) return this.wordnet;
    return { kinds: usual, classes: Uint8Array.from(texts, (word) => known[index.get(word) ?? index.get(word.toLowerCase())] ?? 0) };
  }

  /** Another column is chosen, or none. */
  classify() {
    if (!this.words.size) return;
    Object.assign(this.words, this.classesOf(this.words.names));
    this.legend.offer(this.words);
    this.recolour();
    this.nameRegions();
  }

  /** Show Words; anew: in the place of others. */
  show(words, anew = false) {
    if (anew && words === this.words) return;
    this.words = words;
    if (words === this.glove) this.frames.clear();
    Object.assign(this, { chosen: null, near: null });
    if (anew) this.chart.view.reset();
    Object.assign(this.chart.marks, { chosen: null, near: [] });
    this.chart.words = words;
    this.legend.offer(words);
    this.recolour();
    this.chart.show(words);
    this.nameRegions();
    this.list.show([]);
    this.drawGroups();
    describe(words, null, null, this.goTo);
    byId("atlas-forget").hidden = true;
    byId("atlas-label").textContent = words.size ? `Find one of ${whole(words.size)} words` : "Find a word";
    byId("atlas-empty").hidden = words.size > 0;
    byId("atlas-empty").textContent = "These words have no places yet: press “Lay out all words”.";
    this.place.dataset.words = words.size;
    this.summarise();
  }

  /** Move the words to where a frame has them; settled: they stay there, so regions get their names. */
  move({ x, y }, settled = true) {
    Object.assign(this.words, { x, y });
    this.chart.show(this.words);
    if (settled) this.nameRegions();
    if (this.chosen !== null) describe(this.words, this.chosen, this.near, this.goTo);
    this.drawGroups();
  }

  /** Name the regions of the words on show when there is time. */
  async nameRegions() {
    const { words } = this, { x } = words;
    await idle();
    if (words !== this.words || x !== words.x) return;
    if (words.size) this.chart.nameRegions(regionsOf(words));
    this.place.dataset.named = this.chart.regions.length;
    this.summarise();
  }

  summary() {
    const { words, chart } = this, labelled = (chart.labelled ?? []).map(({ text }) => text);
    if (!words.size) return "No words are on the plane.";
    const chosen = this.chosen === null ? "" : ` Chosen: ${words.names[this.chosen]}.`;
    return `${counted(words.size, "word")}, each near those that are nearest to it.${chosen} Labels in view: ${labelled.slice(0, 20).join("; ")}.`;
  }

  // -- colours -------------------------------------------------------------------------------------------------

  get colouring() {
    return this.radios.find(({ checked }) => checked).value;
  }

  recolour() {
    const { words, chart, legend, colouring } = this, dark = isDark(this.place), { off } = legend;
    if (!words.size) return chart.words && chart.colour(() => []);
    const most = Math.log(words.size), name = words.names[this.chosen];
    const has = this.chosen !== null && column(this.models.cosines, "of")[0] === name, [cosines] = columnView(this.models.cosines, "cosine");
    let note = "", ends = [], colourOf = byClass(words, off);
    if (colouring === "frequency") {
      [colourOf, ends] = [byScale(words, off, (i) => 1 - Math.log(i + 1) / most, dark), words.file ? ["last", "first"] : ["rare", "frequent"]];
    } else if (colouring === "cosine" && has) {
      [colourOf, ends] = [byScale(words, off, (i) => cosines[i], dark), ["0 or less", "1"]];
      note = `Cosine with “${name}”, in all dimensions.`;
    } else if (colouring === "cosine") {
      note = this.chosen === null ? "Choose a word first: click one, or search it." : "Asking Python for the cosines …";
      if (this.chosen !== null) this.ask(ATLAS_COSINES, name);
    }
    chart.colour((i) => words.isHere(i) ? colourOf(i) : HIDDEN);
    this.beside.paint();
    legend.scale(ends, dark);
    byId("atlas-colour-note").textContent = note;
    this.summarise();
  }

  // -- a word --------------------------------------------------------------------------------------------------

  /** Choose word i, null for none; fly: go there. */
  choose(i, fly = false) {
    Object.assign(this, { chosen: i, near: null });
    this.tell("");
    this.chart.mark({ chosen: i, near: [] });
    describe(this.words, i, null, this.goTo);
    byId("atlas-forget").hidden = i === null;
    if (i !== null) {
      if (fly) this.chart.flyTo(i, TIMES);
      this.ask(ATLAS_NEAR, this.words.names[i]);
    }
    if (this.colouring === "cosine") this.recolour();
    this.summarise();
  }

  takeNear() {
    const { near } = this.models, [of] = column(near, "of");
    if (this.chosen === null || of !== this.words.names[this.chosen]) return;
    const [found, cosines] = ["word", "cosine"].map((name) => column(near, name)[0]);
    this.near = Array.from(found, (word, k) => [this.words.index.get(word), cosines[k]]);
    this.chart.mark({ near: this.near.map(([i]) => i) });
    describe(this.words, this.chosen, this.near, this.goTo);
    announce(byId("atlas-about").textContent);
  }

  tell(text) {
    byId("atlas-told").textContent = text;
  }

  attachPointer() {
    const { chart } = this, box = element("div", { className: "hover", hidden: true });
    this.place.append(box);
    chart.plane.glass.addEventListener("pointermove", (event) => {
      const i = event.pointerType === "mouse" && this.words.size ? chart.wordAt(event, POINTED) : null;
      box.hidden = i === null;
      if (i === null) return;
      box.replaceChildren(element("b", { textContent: this.words.names[i] }), element("span", { textContent: this.words.kindOf(i) }));
      const { x, y } = chart.at(i);
      box.style.left = `${Math.min(x + 12, this.place.clientWidth - box.offsetWidth - 4)}px`;
      box.style.top = `${Math.max(4, y - box.offsetHeight - 8)}px`;
    });
    chart.plane.glass.addEventListener("pointerleave", () => { box.hidden = true; });
    chart.plane.glass.addEventListener("click", (event) => { if (this.words.size) this.choose(chart.wordAt(event, CLICKED)); });
  }

  // -- analogies -----------------------------------------------------------------------------------------------

  offerGroups() {
    byId("atlas-groups").replaceChildren(...Object.keys(ANALOGIES).map((group) => {
      const input = element("input", { type: "checkbox", value: group, onchange: () => { this.groups[input.checked ? "add" : "delete"](group); this.drawGroups(); } });
      const line = element("span", { className: "dot" });
      line.style.background = GROUPS[group];
      return element("label", { className: "toggle-chip" }, input, line, element("span", { textContent: group }));
    }));
  }

  drawGroups() {
    const { words, chart } = this, indexOf = (word) => words.index.get(word), told = [], lines = [];
    for (const group of this.groups) {
      const pairs = words.size ? ANALOGIES[group].map((pair) => pair.map(indexOf)).filter((pair) => pair.every((i) => i !== undefined)) : [];
      lines.push(...pairs.map(([from, to]) => ({ from, to, colour: GROUPS[group] })));
      const { cosine, times } = compared(words, pairs);
      told.push(pairs.length < 2 ? `${group}: too few of its words are here`
        : `${group}: mean cosine between the arrows ${decimal(cosine, 2)}, the longest ${whole(Math.round(times))} times as long as the shortest`);
    }
    byId("atlas-parallel").textContent = told.length ? `${told.join("; ")}. An offset means nothing here: arrows agree only where their ` +
      "words lie in the same two regions. The layout keeps who is near whom; a plane such as figure 2’s keeps lines straight." : "";
    chart.mark({ lines });
    this.summarise();
  }

  // -- kept and shared -----------------------------------------------------------------------------------------

  /** All positions, as TSV. */
  save() {
    const { words } = this, here = [...words.names.keys()].filter((i) => words.isHere(i));
    const rows = here.map((i) => [words.names[i], words.x[i], words.y[i], words.kindOf(i)]);
    save("atlas.tsv", separated([["word", "x", "y", "class"], ...rows], "tsv"));
  }

  /** What an address says of the figure. */
  get address() {
    const { legend, chart, radios } = this, names = () => this.words.kinds.map(([name]) => slug(name));
    const off = setting("off", () => [...legend.off].map((number) => names()[number]).join(","), (text) => {
      const classes = names(), numbers = text.split(",").filter(Boolean).map((name) => classes.indexOf(name));
      if (numbers.includes(-1)) throw new Error(`has to be some of ${classes.join(", ")}`);
      legend.set(numbers);
    }, { initial: "" });
    const on = setting("on", () => [...this.groups].join(","), (text) => {
      const asked = text.split(",").filter(Boolean);
      if (asked.some((group) => !Object.hasOwn(ANALOGIES, group))) throw new Error(`has to be some of ${Object.keys(ANALOGIES).join(", ")}`);
      for (const input of byId("atlas-groups").querySelectorAll("input")) if (input.checked !== asked.includes(input.value)) input.click();
    }, { initial: "" });
    const word = setting("word", () => this.chosen === null ? "" : this.words.names[this.chosen], (text) => {
      const i = text ? this.words.index.get(text) : null;
      if (i === undefined) throw new Error("has to be one of the words on show");
      this.choose(i, i !== null);
    }, { initial: "" });
    return addressedBy([ofRadios("colour", radios), off, on, word, ofView("view", chart.plane)]);
  }
}
