// What an address says of the figure, as in #dynamics?k=5&seed=3&frame=120: the run on show, by what it was trained with, and how.

import { byId } from "../../ui/dom.js";
import { differing, numberOf, ofInput, ofTabs, ofView, ofWidget, setting, writeAll } from "../../ui/settings.js";

const TRAINED = {              // setting: column of a run
  k: "negatives", seed: "seed", window: "window", rate: "learning_rate", exponent: "noise_exponent", epochs: "epochs", corpus: "corpus",
};
const LONGEST = 1500;          // characters of a corpus in an address
const ACTIONS = ["step", "play", "mix"];

/** Whether a run came with the page, or is the user's: one of those with a button. */
const isThere = (key) => [...byId("dynamics-runs").querySelectorAll("[data-run]:not([hidden])")].some(({ dataset }) => dataset.run === key);

export class DynamicsAddress {
  /**
   * parts: {models, frames, runs, settings, tabs, steps}; actions: {showRun(k), train(), goTo(frame), play()}, the first two of
   * which give promises; live(): a promise that Python has joined.
   */
  constructor(parts, actions, live) {
    Object.assign(this, parts, actions, { live });
    const { shown, trailsOn, plane } = this.models;
    this.trained = Object.entries(TRAINED).map(([key, column]) =>
      ({ ...ofWidget(key, this.settings.widgets[column]), column, initial: String(this.runs.first.run[column][0]) }));
    this.look = [
      ofWidget("shown", shown, { names: ["u", "v", "both"] }),
      ofWidget("trails", trailsOn),
      ofInput("ghosts", byId("dynamics-ghosts")),
      ofTabs("tab", byId("dynamics-tabs"), this.tabs, (id) => id.replace(/^dynamics-|-tab$/g, "")),
      ofView("view", plane),
    ];
    this.frame = setting("frame", () => String(this.models.player.value), (text) => this.goTo(numberOf(text, 0, this.frames.last, true)),
      { initial: "" });
    this.keys = [...this.trained, ...this.look, this.frame].map(({ key }) => key).concat(ACTIONS);
  }

  state() {
    const { run } = this.runs.shown, { step } = this.steps, last = String(this.frames.last);
    const ofRun = this.trained.filter(({ column, initial }) => run[column].length && String(run[column][0]) !== initial)
      .map(({ key, column }) => [key, String(run[column][0])]).filter(([, text]) => text.length <= LONGEST);
    const frame = this.frame.now();
    return {
      ...Object.fromEntries(ofRun), ...(frame !== last && run.seed.length ? { frame } : {}), ...differing(this.look),
      ...(step !== null ? { step: String(step) } : {}),
    };
  }

  omitted() {
    const [corpus] = this.runs.shown.run.corpus;
    if (corpus === undefined) return "A cell’s frames are not in a link.";
    return corpus.length > LONGEST ? "Your corpus is too long for a link, which has the rest." : "";
  }

  /** What is on show at once; a run that does not come with the page is trained when Python is there. */
  async apply(asked, whole) {
    const refused = writeAll(this.look.slice(0, -1), asked, whole);
    if (asked.has("mix")) return this.mix(asked.get("mix"));
    const ofRun = this.trained.some(({ key }) => asked.has(key));
    if (ofRun || (whole && !this.runs.isFirst)) refused.push(...await this.showTrained(asked));
    const last = String(this.frames.last), frame = new Map([["frame", asked.get("frame") ?? last]]);
    if (asked.has("frame") || whole) refused.push(...writeAll([this.frame], frame));
    if (asked.has("step")) refused.push(...writeAll([this.step], asked));
    refused.push(...writeAll(this.look.slice(-1), asked, whole));
    if (asked.has("play")) this.play();
    return refused;
  }

  /** A single step: without a number the next one. */
  get step() {
    return setting("step", () => null, (text) => {
      const total = this.steps.total;
      this.tabs.choose("dynamics-step-tab");
      if (text === "") this.steps.forward();
      else this.steps.take(numberOf(text, 0, total - 1, true), false);
    });
  }

  /** Show the run that was trained with what is asked, and what the page opens with otherwise. */
  async showTrained(asked) {
    const own = this.trained.some(({ key, initial }) => key !== "k" && asked.has(key) && asked.get(key) !== initial);
    const [k] = this.trained, K = asked.get("k") ?? k.initial;
    if (!own && isThere(K)) {
      await this.showRun(K);
      return [];
    }
    const refused = writeAll(this.trained, new Map(this.trained.map(({ key, initial }) => [key, asked.get(key) ?? initial])));
    if (this.isOnShow()) return refused;
    await this.live();
    await this.train();
    return refused;
  }

  /** Whether the run on show was trained with what the widgets say. */
  isOnShow() {
    const { run } = this.runs.shown;
    return this.trained.every(({ column, now }) => String(run[column][0]) === now());
  }

  /** Put a word among the animals, and train. */
  async mix(word) {
    await this.live();
    this.settings.mix(word);
    this.tabs.choose("dynamics-train-tab");
    await this.train();
    return [];
  }
}
