// What an address says of the map, as in #map?on=gender,capitals&off=food&plane=pca&words=volcano,river.

import { CHOSEN, GLOVE, SHOW_NEAR } from "../../contract/constants.js";
import {
  MAP_ADD, MAP_CATEGORIES, MAP_ODD, MAP_PAIRS, MAP_REMOVE, MAP_SHOW_NEAR, MAP_SOURCE, MAP_SUM,
} from "../../contract/messages.js";
import * as names from "../../contract/space.js";
import { byId } from "../../ui/dom.js";
import { column } from "../../ui/models.js";
import { differing, ofSwitch, ofTabs, ofView, ofWidget, setting, shortText, writeAll } from "../../ui/settings.js";
import { OWN } from "./planes.js";

const SHOWS = ["page", "commonest", "near", "list"];           // in the order of Python's SHOWS
const MOST_REMOVED = 100;      // words: each is a request

const listed = (text) => text.split(",").map((part) => part.trim()).filter(Boolean);

/** The labels of a group that are on, or those that are not. */
const labelsOf = ({ labels, active }, on) =>
  (on ? active.map((i) => labels[i]) : labels.filter((_, i) => !active.includes(i))).join(",");

/** The indices of labels in a group; throws an Error for one that it does not have. */
function indicesOf(group, text) {
  const wanted = listed(text), unknown = wanted.find((label) => !group.labels.includes(label));
  if (unknown !== undefined) throw new Error(`names “${unknown}”, which is not on the map`);
  return wanted.map((label) => group.labels.indexOf(label));
}

export class MapAddress {
  /** map: the EmbeddingMap; live(): a promise that Python has joined. */
  constructor(map, find, live) {
    Object.assign(this, { map, live, ask: map.ask, widgets: Object.fromEntries(Object.entries(names).map(([key, name]) => [key, find(name)])) });
    this.content = this.contentSettings();
    this.look = this.lookSettings();
    this.keys = [...this.content, ...this.look].map(({ key }) => key);
  }

  /** What the user has put on the map. */
  get choice() {
    return JSON.parse(column(this.map.models.choice, "choice")[0] || "{}");
  }

  /** What needs no Python where the words are there. */
  lookSettings() {
    const { map, widgets } = this, { overlays, categories } = map.models, [across, up] = ["plane-across", "plane-up"].map(byId);
    const direction = (key, input) => setting(key, () => map.planes.name === OWN ? input.value : input.defaultValue,
      (text) => { input.value = shortText(text); }, { initial: input.defaultValue });
    return [
      setting("on", () => labelsOf(overlays, true), (text) => { overlays.active = indicesOf(overlays, text); }),
      setting("off", () => labelsOf(categories, false), (text) => {
        const off = indicesOf(categories, text);
        categories.active = categories.labels.map((_, i) => i).filter((i) => !off.includes(i));
      }),
      direction("across", across), direction("up", up),
      setting("plane", () => map.planes.name, (text) => {
        if (text !== OWN && !map.planes.axes.has(text)) throw new Error(`has to be ${[...map.planes.axes.keys(), OWN].join(" or ")}`);
        map.controls.choose(text);
      }, { initial: CHOSEN }),
      ofWidget("method", widgets.method, { names: ["add", "mul"] }),
      ofSwitch("inputs", () => widgets.keepInputs.active, (on) => { widgets.keepInputs.active = on; }),
      ofTabs("tab", byId("space-tabs"), map.tabs),
      ofView("view", map.models.plane),
    ];
  }

  /** What Python puts on the map: now() of each and write(), which asks it. */
  contentSettings() {
    const { map, widgets, ask } = this, { models } = map, own = (key, now, write) => setting(key, now, write, { initial: "", keeps: true });
    const { options, value } = widgets.show, kinds = options.map(([kind]) => kind);
    return [
      setting("vectors", () => widgets.vectors.value, (text) => {
        if (!widgets.vectors.options.includes(text)) throw new Error("names vectors that are not in this browser");
        return ask(MAP_SOURCE, text);
      }, { initial: GLOVE }),
      own("categories", () => Object.entries(this.choice.categories ?? {}).map(([name, words]) => `${name}:${words}`).join(";"),
        (text) => ask(MAP_CATEGORIES, shortText(text).replaceAll(";", "\n"))),
      own("words", () => (this.choice.added ?? []).join(","), (text) => ask(MAP_ADD, shortText(text))),
      own("without", () => (this.choice.removed ?? []).join(","), (text) =>
        Promise.all(listed(text).slice(0, MOST_REMOVED).map((word) => ask(MAP_REMOVE, word, true)))),
      own("pairs", () => (this.choice.pairs ?? []).map((pair) => pair.join(":")).join(","), (text) => {
        widgets.ownPairs.value = shortText(text);
        return ask(MAP_PAIRS);
      }),
      own("word", () => map.selection.word ?? "", (word) => {
        if (map.selection.words.includes(word)) return map.goTo(word);
        return map.selection.walk(shortText(word));
      }),
      setting("show", () => SHOWS[kinds.indexOf(widgets.show.value)], (text) => {
        if (!SHOWS.includes(text)) throw new Error(`has to be ${SHOWS.join(" or ")}`);
        const kind = kinds[SHOWS.indexOf(text)];
        if (kind === SHOW_NEAR) return ask(MAP_SHOW_NEAR, map.selection.word ?? "");
        widgets.show.value = kind;
      }, { initial: SHOWS[kinds.indexOf(value)] }),
      own("sum", () => Array.from(column(models.sum, "words")[0] ?? []).join(","), (text) => {
        const words = listed(text);
        if (words.length !== 3) throw new Error("has to be three words, a, b and c");
        [widgets.a, widgets.b, widgets.c].forEach((field, i) => { field.value = words[i]; });
        return ask(MAP_SUM);
      }),
      own("odd", () => column(models.oddScores, "word").length ? widgets.oddWords.value : "", (text) => {
        widgets.oddWords.value = shortText(text);
        return ask(MAP_ODD);
      }),
    ];
  }

  state() {
    return differing([...this.content, ...this.look]);
  }

  /** At once what needs no Python; then, when it is there, the rest, and what depends on it. */
  async apply(asked, whole) {
    const refused = writeAll(this.look, asked, whole), wanted = this.content.filter(({ key, now }) => asked.has(key) && asked.get(key) !== now());
    const first = this.content.filter(({ key, now, initial, keeps }) => whole && !keeps && !asked.has(key) && now() !== initial);
    if (!wanted.length && !first.length) return refused;
    await this.live();
    const failed = [];
    for (const { key, write, initial } of [...first, ...wanted]) {
      try {
        await write(asked.get(key) ?? initial);
      } catch (error) {
        failed.push([key, error.message]);
      }
    }
    return [...failed, ...writeAll(this.look, asked)];
  }
}
