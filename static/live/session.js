// Supervises the worker and keeps the page's document and Python's in step.

import { address, checkFile, LIVE_WORKER } from "../ui/addresses.js";
import { save } from "../ui/save.js";
import { Bridge } from "./bridge.js";
import { startMessage, takeEarly } from "./early.js";
import * as status from "./status.js";

const PING = 2_000;            // ms between two questions whether the worker is alive
const SILENCE = 15;            // questions in a row without an answer after which it is called stuck ...
const STARTING = 60;           // ... and while it starts: to import the app takes a slow machine that long
const STALLED = 10_000;        // ms without a byte after which the page says that it waits for the connection
const WORDS = {
  download: "could not be downloaded", interpreter: "could not be started", numpy: "could not be loaded",
  app: "could not be started", join: "could not join the page",
};

/** The last line of a Python traceback, or the message as it is. */
const lastLine = (message) => message.trim().split("\n").at(-1);

export class Session {
  /** page: {doc, complete (a promise that its models are here), redraw(json, places), joined(), keep(record, data),
      refuse(id, why)}; files: the page's; both stay the same over restarts. */
  constructor(page, files) {
    Object.assign(this, { page, files, restarted: false });
    this.bridge = new Bridge((message) => this.worker.postMessage(message),
      (events) => JSON.stringify(page.doc.create_json_patch(events)));
    this.changed = this.changed.bind(this);
    this.listen();
  }

  listen() {
    this.page.doc.on_change(this.changed, false);
  }

  /** anew: with what was damaged fetched past the browser's cache. */
  async start(anew = false) {
    this.end();
    const early = takeEarly();
    this.worker = early?.worker;
    const mine = {};
    this.starting = mine;
    status.starting();
    try {
      await checkFile(LIVE_WORKER, anew);
    } catch (error) {
      if (mine === this.starting) this.fail("download", error.message);
    }
    if (mine === this.starting) this.begin(anew, early);
  }

  /** Take over the worker that was started early, if it runs, or start one. */
  begin(anew, early) {
    this.unanswered = 0;
    if (!early || early.failed) this.worker = new Worker(address(LIVE_WORKER), { type: "module" });
    this.worker.onmessage = ({ data }) => this[`on_${data.type}`](data);
    this.worker.onerror = (event) => this.fail("download", event.message || "the worker's file could not be loaded");
    if (!early?.started || early.failed) this.worker.postMessage(startMessage(anew));
    this.pulse = setInterval(() => this.ping(), PING);
    early?.messages.forEach((data) => this[`on_${data.type}`](data));
  }

  restart() {
    this.restarted ||= this.joinedOnce ?? false;
    status.log("Starting again.");
    this.start(this.damaged);
  }

  /** Counted in questions, not by the clock: a page in the background or asleep asks none for minutes. */
  ping() {
    if (this.unanswered === (this.live ? SILENCE : STARTING)) {
      this.fail("", `Python has not answered for ${this.unanswered * PING / 1000} seconds`);
    } else {
      this.unanswered += 1;
      this.worker.postMessage({ type: "ping" });
    }
    if (this.downloading && performance.now() - this.downloading > STALLED) status.stalled();
  }

  /** Stop the worker. */
  end() {
    this.starting = null;
    this.worker?.terminate();
    clearInterval(this.pulse);
    this.bridge.stop();
  }

  get live() {
    return this.bridge.open;
  }

  fail(stage, message) {
    this.end();
    this.damaged = ["download", "interpreter"].includes(stage);       // which loads scripts
    const what = WORDS[stage] ? `Python ${WORDS[stage]}: ${lastLine(message)}` : lastLine(message);
    const hint = stage === "download" ? " Is the connection up?" : "";
    status.failed(`${what.replace(/[.\s]*$/, ".")}${hint} The figures go on working with what is recorded; training and ` +
                  "questions need Python. Retry starts it again.", message);
  }

  // -- messages of the worker ----------------------------------------------------------------------------------

  on_stage({ name, state, loaded, total }) {
    this.unanswered = 0;
    this.downloading = name === "download" && state === "active" && performance.now();
    status.stage(name, state, loaded, total);
  }

  on_python() {
    performance.mark("lab-python");
  }

  async on_opened({ models }) {
    await this.page.complete;
    const difference = firstDifference(JSON.parse(models), this.page.doc);
    if (difference) status.log(`The page's models are not Python's: ${difference}.`);
    this.worker.postMessage({ type: difference || this.restarted ? "whole" : "join" });
  }

  async on_whole({ whole }) {
    status.log("Drawing the figures anew.");
    const { document: json, places } = JSON.parse(whole);
    const state = stateOf(this.page.doc);
    this.page.doc.remove_on_change?.(this.changed);
    this.bridge.changes.clear();
    await this.page.redraw(json, places);
    this.listen();
    restore(this.page.doc, state);
    this.worker.postMessage({ type: "join" });
  }

  on_joined() {
    this.joinedOnce = true;
    status.ready();
    this.bridge.start();
    performance.mark("lab-live");
    this.page.joined();
  }

  on_patch({ patch }) {
    this.page.doc.apply_json_patch(JSON.parse(patch));
  }

  on_idle() {
    this.bridge.applied();
    status.busy(this.bridge.patching || this.working);
  }

  on_answered({ id }) {
    this.bridge.answered(id);
  }

  on_working({ working }) {
    this.working = working;
    status.busy(working || this.bridge.patching);
  }

  on_trouble({ message, detail }) {
    status.warn(`Something went wrong in Python: ${lastLine(message)}`);
    status.log(detail);
  }

  on_download({ name, data }) {
    save(name, data);
  }

  on_kept({ record, data }) {
    this.page.keep(record, data);
  }

  on_refused({ id, why }) {
    this.page.refuse(id, why);
  }

  on_failed({ stage, message }) {
    this.fail(stage, message);
  }

  on_files({ blobs }) {
    for (const [name, blob] of Object.entries(blobs)) this.files[name].blob = blob;
  }

  on_arrived({ name }) {
    this.files[name].here = true;
  }

  on_pong() {
    this.unanswered = 0;
  }

  /** A change of the page's document, from where it is drawn. */
  changed(event) {
    if (event.sync !== false && event.document === this.page.doc) this.bridge.change(event);
  }
}

/** Where Python's [id, type] pairs are not those of the page's document, in words; "" where they are. */
function firstDifference(models, doc) {
  const drawn = new Map(doc.roots().flatMap((root) => [...root.references()]).map(({ id, type }) => [id, type]));
  const other = models.find(([id, type]) => drawn.get(id) !== type);
  if (other) return `${other.join(" ")} is ${drawn.get(other[0]) ?? "missing"} in the page`;
  return models.length === drawn.size ? "" : `${models.length} against ${drawn.size}`;
}

const STORED = ["value", "active"];

const named = (doc) => [...doc._all_models.values()].filter((model) => model.name);
const plain = (value) => typeof value !== "object" || Array.isArray(value);

/** {name: {property: value}} of what a user can have changed, and which rows are selected. */
function stateOf(doc) {
  return Object.fromEntries(named(doc).map((model) => [model.name, {
    values: Object.fromEntries(STORED.filter((attr) => attr in model.properties && plain(model[attr]))
      .map((attr) => [attr, model[attr]])),
    selected: model.selected?.indices,
  }]));
}

function restore(doc, state) {
  for (const model of named(doc)) {
    const { values, selected } = state[model.name] ?? {};
    if (model.type.endsWith("Select") && !model.options.includes(values?.value)) continue;      // Python has lost it
    if (values && Object.keys(values).length) model.setv(values);
    if (selected?.length) model.selected.indices = selected;
  }
}
