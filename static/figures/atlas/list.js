// The words of a region: listed, copied, saved, put on the map, asked for the odd one out.

import { ATLAS_ODD, MAP_PUT } from "../../contract/messages.js";
import { announce } from "../../ui/announcer.js";
import { byId, element } from "../../ui/dom.js";
import { counted } from "../../ui/numbers.js";
import { save } from "../../ui/save.js";
import { separated } from "../../ui/separated.js";

const SHOWN = 300;             // words of the list
const ON_MAP = 40;             // that are put on the map at once
const [LEAST_ODD, MOST_ODD] = [3, 50];

export class List {
  /** chart: a Chart; choose(i): go to word i; ask: Python. */
  constructor(chart, choose, ask) {
    Object.assign(this, { chart, choose, ask, found: [] });
    const actions = {
      "atlas-view": () => this.show(chart.words.inBox(chart.box).filter((i) => chart.isShown(i)), false),
      "atlas-copy": () => this.copy(), "atlas-save": () => this.save(), "atlas-put": () => this.put(),
      "atlas-odd": () => this.odd(), "atlas-clear": () => this.show([]),
    };
    for (const [id, action] of Object.entries(actions)) byId(id).onclick = action;
  }

  get names() {
    return this.found.map((i) => this.chart.words.names[i]);
  }

  /** List words by their indices, the most frequent first; drawn: they are of a region that was drawn, and are marked. */
  show(found, drawn = true) {
    this.found = found;
    this.chart.mark({ region: drawn ? found : [] });
    const { names, chart } = this, more = names.length - SHOWN;
    byId("atlas-list").replaceChildren(...names.slice(0, SHOWN).map((textContent, k) => element("li", {},
      element("button", { type: "button", textContent, onclick: () => this.choose(found[k]) }))));
    byId("atlas-listed").textContent = names.length ? `${counted(names.length, "word")} ${drawn ? "in this region" : "in view"}${chart.words.file ? "" : ", the most frequent first"}` +
      `${more > 0 ? `; the list has the first ${SHOWN}` : ""}.` : "";
    byId("atlas-empty-list").hidden = names.length > 0;
    for (const id of ["atlas-copy", "atlas-save", "atlas-put", "atlas-clear"]) byId(id).hidden = !names.length;
    byId("atlas-odd").hidden = names.length < LEAST_ODD || names.length > MOST_ODD;
    this.say("");
    if (names.length) announce(byId("atlas-listed").textContent);
  }

  say(text) {
    byId("atlas-said").textContent = text;
  }

  copy() {
    navigator.clipboard.writeText(this.names.join("\n")).then(() => this.say(`Copied ${counted(this.found.length, "word")}.`),
      () => this.say("The browser does not let the page copy: save them instead."));
  }

  /** As TSV, with where each lies. */
  save() {
    const { words } = this.chart, rows = this.found.map((i) => [words.names[i], words.x[i], words.y[i], words.kindOf(i)]);
    save("region.tsv", separated([["word", "x", "y", "class"], ...rows], "tsv"));
  }

  put() {
    const words = this.names.slice(0, ON_MAP), which = this.chart.words.file ? `first ${ON_MAP}` : `${ON_MAP} most frequent`;
    this.ask(MAP_PUT, JSON.stringify(words), true);
    this.say(`${counted(words.length, "word")} ${words.length === 1 ? "goes" : "go"} to the embedding map, figure 2` +
             `${this.found.length > ON_MAP ? ` (the ${which})` : ""}, if its vectors have ${words.length === 1 ? "it" : "them"}.`);
  }

  odd() {
    this.ask(ATLAS_ODD, JSON.stringify(this.names));
  }
}
