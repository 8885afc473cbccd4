// The settings of training: which of them differ from those of the run on show.

import * as names from "../../contract/dynamics.js";
import { byId } from "../../ui/dom.js";
import { columnView, onChange } from "../../ui/models.js";
import { attachOwnText } from "../../keep/own-text.js";

const SETTINGS = {             // column of the run: [name of the widget, what it is called]
  learning_rate: [names.learningRate, "learning rate"], negatives: [names.negatives, "K"], window: [names.window, "window"],
  noise_exponent: [names.noiseExponent, "noise exponent"], epochs: [names.epochs, "epochs"], seed: [names.seed, "seed"],
  corpus: [names.corpus, "corpus"],
};

/** What is set otherwise than in the run: ["window 5 (now 3)"]. set, run: {setting: value}. */
export function changes(set, run) {
  return Object.keys(set).filter((name) => set[name] !== run[name]).map((name) =>
    name === "corpus" ? "another corpus" : `${SETTINGS[name][1]} ${set[name]} (the run has ${run[name]})`);
}

/** A corpus whose lists of the category `from` lose a word, and whose lists of `to` gain it; other lines stay. */
export function mixed(corpus, word, from, to) {
  return corpus.split("\n").map((line) => {
    const words = line.split(" "), among = (category) => words.every((one) => category.includes(one));
    return among(to) ? `${line} ${word}` : among(from) ? words.filter((one) => one !== word).join(" ") : line;
  }).join("\n");
}

/** Connect the widgets, by the columns of a run: `compare()` says what is changed but not trained; `mix(word)` puts a word among the
 * animals; `follow(K)` sets K. */
export function attachSettings(find, run, runs) {
  const widgets = Object.fromEntries(Object.entries(SETTINGS).map(([setting, [name]]) => [setting, find(name)]));
  const compare = () => {
    const note = byId("dynamics-training-note");
    if (document.documentElement.dataset.python !== "ready") return;
    if (runs.K === undefined) return;
    const set = Object.fromEntries(Object.entries(widgets).map(([name, widget]) => [name, widget.value]));
    const trained = Object.fromEntries(Object.keys(widgets).map((name) => [name, columnView(run, name)[0]]));
    const list = changes(set, trained);
    note.textContent = list.length ? `Changed, not trained yet: ${list.join(", ")}.` : note.dataset.ready;
  };
  for (const widget of Object.values(widgets)) onChange(widget, "value", compare);
  attachOwnText(widgets.corpus, "dynamics-training", "Your corpus, Figure 1");
  const mix = (word) => {
    const [points, { value }] = [runs.first.points, widgets.corpus];
    const of = (name) => Array.from(points.word).filter((_, i) => points.category[i] === name);
    const own = points.category[Array.from(points.word).indexOf(word)];
    widgets.corpus.value = mixed(value, word, of(own), of("animals"));
  };
  const follow = (K) => { widgets.negatives.value = K; };
  return { widgets, compare, mix, follow };
}
