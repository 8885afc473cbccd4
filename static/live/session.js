// Supervises the worker and keeps the page's document and Python's in step.

import { save } from "./files.js";
import * as status from "./status.js";

const PING = 2_000;            // ms between two questions whether the worker is alive
const SILENCE = 30_000;        // ms without any answer after which it is called stuck
const WORDS = {
  download: "could not be downloaded", interpreter: "could not be started", numpy: "could not be loaded",
  app: "could not be started", join: "could not join the page",
};

/** The last words of a Python traceback, or the message as it is. */
const gist = (message) => message.trim().split("\n").at(-1);

export class Session {
  /** page: {doc, redraw(json, places)}; files: the runtime's; both stay the same over restarts. */
  constructor(page, files) {
    Object.assign(this, { page, files, live: false, waiting: new Map(), requests: new Map(), outstanding: 0,
                          restarted: false });
    this.changed = this.changed.bind(this);
    this.listen();
  }

  listen() {
    this.page.doc.on_change(this.changed, false);
  }

  start() {
    this.worker?.terminate();
    clearInterval(this.pulse);
    Object.assign(this, { live: false, outstanding: 0, heard: performance.now() });
    status.starting();
    this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this[`on_${data.type}`](data);
    this.worker.onerror = (event) => this.fail("download", event.message || "the worker's file could not be loaded");
    this.worker.postMessage({ type: "start", base: document.baseURI, files: this.files });
    this.pulse = setInterval(() => this.ping(), PING);
  }

  restart() {
    this.restarted ||= this.joinedOnce ?? false;
    status.log("Starting again.");
    this.start();
  }

  ping() {
    const silent = performance.now() - this.heard;
    if (silent > SILENCE) this.fail("", `Python has not answered for ${Math.round(silent / 1000)} seconds`);
    else this.worker.postMessage({ type: "ping" });
  }

  fail(stage, message) {
    this.worker.terminate();
    clearInterval(this.pulse);
    this.live = false;
    const what = WORDS[stage] ? `Python ${WORDS[stage]}: ${gist(message)}` : gist(message);
    status.failed(`${what.replace(/[.\s]*$/, ".")} The figures go on working with what is recorded; training and ` +
                  "questions need Python. Retry starts it again.", message);
  }

  // -- what the worker says ----------------------------------------------------------------------------------

  on_stage({ name, state, loaded, total }) {
    this.heard = performance.now();
    status.stage(name, state, loaded, total);
  }

  on_python() {
    performance.mark("lab-python");
  }

  async on_opened({ models }) {
    await this.page.drawn;
    const difference = firstDifference(JSON.parse(models), this.page.doc);
    if (difference) status.log(`The page's models are not Python's: ${difference}.`);
    this.worker.postMessage({ type: difference || this.restarted ? "whole" : "join" });
  }

  async on_whole({ whole }) {
    status.log("Drawing the figures anew.");
    const { document: json, places } = JSON.parse(whole);
    const kept = keep(this.page.doc), [choice] = userChoice(this.page.doc);
    this.page.doc.remove_on_change?.(this.changed);
    this.waiting.clear();
    await this.page.redraw(json, places);
    this.listen();
    restore(this.page.doc, kept);
    if (choice) this.ask("map-restore", choice);
    this.worker.postMessage({ type: "join" });
  }

  on_joined() {
    Object.assign(this, { live: true, joinedOnce: true });
    status.ready();
    this.flush();
    performance.mark("lab-live");
  }

  on_patch({ patch }) {
    this.page.doc.apply_json_patch(JSON.parse(patch));
  }

  on_idle() {
    this.outstanding -= 1;
    this.flush();
    status.busy(this.outstanding > 0 || this.working);
  }

  on_working({ working }) {
    this.working = working;
    status.busy(working || this.outstanding > 0);
  }

  on_trouble({ message, detail }) {
    status.warn(`Something went wrong in Python: ${gist(message)}`);
    status.log(detail);
  }

  on_download({ name, data }) {
    save(name, data);
  }

  on_failed({ stage, message }) {
    this.fail(stage, message);
  }

  on_pong() {
    this.heard = performance.now();
  }

  // -- what the page does ------------------------------------------------------------------------------------

  /** A change of the page's document: remembered, the last of each property, until Python can take it. */
  changed(event) {
    if (event.sync === false || event.document !== this.page.doc) return;
    if (event.kind === "ModelChanged") this.waiting.set(`${event.model.id} ${event.attr}`, event);
    else if (this.live) this.waiting.set(Symbol(event.kind), event);
    this.flush();
  }

  /** A request to Python, a message of app/ui/bridge.py: the last of each message waits until Python can take it. */
  ask(message, value) {
    this.requests.set(message, value);
    this.flush();
  }

  /** Send what has changed, then what is asked: Python answers it knowing all changes before it. */
  flush() {
    if (!this.live || this.outstanding > 0) return;
    if (this.waiting.size) {
      const patch = JSON.stringify(this.page.doc.create_json_patch([...this.waiting.values()]));
      this.waiting.clear();
      this.outstanding += 1;
      this.worker.postMessage({ type: "patch", patch });
    }
    for (const [message, value] of this.requests) this.worker.postMessage({ type: "request", message, value });
    this.requests.clear();
  }
}

/** Where Python's [id, type] pairs are not those of the page's document, in words; "" where they are. */
function firstDifference(models, doc) {
  const drawn = new Map(doc.roots().flatMap((root) => [...root.references()]).map(({ id, type }) => [id, type]));
  const other = models.find(([id, type]) => drawn.get(id) !== type);
  if (other) return `${other.join(" ")} is ${drawn.get(other[0]) ?? "missing"} in the page`;
  return models.length === drawn.size ? "" : `${models.length} against ${drawn.size}`;
}

const KEPT = ["value", "active", "interval", "loop_policy"];

const named = (doc) => [...doc._all_models.values()].filter((model) => model.name);
const plain = (value) => typeof value !== "object" || Array.isArray(value);

/** The user's words and pairs on the map, as Python wrote them. */
const userChoice = (doc) => doc.get_model_by_name("space-choice").get("choice");

/** {name: {property: value}} of what a reader can have changed, and which rows are selected. */
function keep(doc) {
  return Object.fromEntries(named(doc).map((model) => [model.name, {
    values: Object.fromEntries(KEPT.filter((attr) => attr in model.properties && plain(model[attr]))
      .map((attr) => [attr, model[attr]])),
    selected: model.selected?.indices,
  }]));
}

function restore(doc, kept) {
  for (const model of named(doc)) {
    const { values, selected } = kept[model.name] ?? {};
    if (model.type.endsWith("Select") && !model.options.includes(values?.value)) continue;      // Python has lost it
    if (values && Object.keys(values).length) model.setv(values);
    if (selected?.length) model.selected.indices = selected;
  }
}
