// The cells' interpreter, seen from the page: starts its worker, gives it one run after another, stops it.

import { prepareWorker, renewWorker, takeWorker } from "./spare.js";

const ANSWER = 5_000;           // ms within which an idle interpreter has to take a run

export class Runner {
  /**
   * files: the runtime's; changed(): called whenever `state` has changed; lost(words): the interpreter has ended while
   * no cell was running, and the names are gone.
   */
  constructor(files, changed, lost) {
    Object.assign(this, { files, changed, lost, queue: [], sinks: new Map() });
    this.drop();
  }

  /** In a word: off, starting, ready or running. */
  get state() {
    if (!this.worker) return "off";
    if (!this.ready) return "starting";
    return this.current ? "running" : "ready";
  }

  /**
   * Run Python after what was asked before: {stdout, result, error, line, leftOut, remarks, stopped, fresh}. Never
   * rejects: what fails is in `error`; `fresh` says why names of earlier runs are gone. begun() is called on the way. So
   * are text(string, late), error(string, late) and picture([kind, data], late), those by tasks after the run's end too,
   * when `late` is true; and tasks(yes) when they go on then, or go on no longer.
   */
  run(source, { cell = "", title = "", begun = () => {}, ...sink } = {}) {
    return new Promise((resolve) => {
      const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
      this.queue.push({ id, source, cell, title, begun, sink, resolve, stdout: "", tries: 0 });
      this.next();
    });
  }

  next() {
    if (!this.worker && this.queue.length) this.start();
    if (this.ready && !this.current && this.queue.length) {
      this.current = this.queue.shift();
      this.used = true;
      const { id, source, cell, title, sink } = this.current;
      this.sinks.set(id, sink);
      this.worker.postMessage({ type: "run", id, source, cell, title });
      this.silence = setTimeout(() => this.retry(), ANSWER);
    }
    this.changed();
  }

  start() {
    this.drop();
    const worker = takeWorker();
    this.worker = worker;
    const heard = (handle) => (event) => { if (worker === this.worker) handle(event); };
    worker.onmessage = heard(({ data }) => this[`on_${data.type}`]?.(data));
    worker.onerror = heard((event) => {
      event.preventDefault();
      this.on_died({ message: event.message || "the worker's file could not be loaded" });
    });
    worker.postMessage({ type: "start", base: document.baseURI, files: this.files, anew: this.damaged });
  }

  drop() {
    clearTimeout(this.silence);
    this.worker?.terminate();
    this.restarted ||= Boolean(this.used);      // and names may be missed
    for (const { tasks } of this.sinks.values()) tasks?.(false);
    this.sinks.clear();
    Object.assign(this, { worker: null, ready: false, used: false, current: null, loaded: 0 });
  }

  /** End what runs and what waits. The next interpreter is made ready at once; the names of this one are gone. */
  stop() {
    const ended = [this.current, ...this.queue.splice(0)].filter(Boolean);
    if (this.used) this.start();
    for (const job of ended) this.finish(job, { error: "Stopped.", stopped: true });
    this.changed();
  }

  /** An interpreter that was idle does not answer: try once more with a fresh one. */
  retry() {
    const job = this.current;
    this.drop();
    this.loss = "Python no longer answered.";
    if (job.tries++) this.finish(job, { error: "Python does not answer: it is started afresh.", stopped: true });
    else this.queue.unshift(job);
    this.next();
  }

  finish(job, { result = null, error = null, line = null, leftOut = 0, remarks = [], stopped = false }) {
    const fresh = job.cell && this.loss;        // told by the next cell, since what else is run shows no words
    if (job.cell) this.loss = "";
    job.resolve({ stdout: job.stdout, result, error, line, leftOut, remarks, stopped, fresh });
  }

  // -- messages of the worker; a cell can post them too, so none is trusted ------------------------------------

  on_loading({ loaded, total }) {
    this.loaded = loaded / total;
    this.changed();
  }

  on_ready() {
    this.ready = true;
    prepareWorker().catch(() => {});        // for when this one is stopped
    this.next();
  }

  on_begun({ id }) {
    if (this.current?.id !== id) return;
    clearTimeout(this.silence);
    this.current.begun();
  }

  on_text({ id, value }) {
    const late = this.current?.id !== id;
    if (!late) this.current.stdout += value;
    this.sinks.get(id)?.text?.(value, late);
  }

  on_error({ id, value }) {
    this.sinks.get(id)?.error?.(value, this.current?.id !== id);
  }

  on_picture({ id, value }) {
    this.sinks.get(id)?.picture?.(JSON.parse(value), this.current?.id !== id);
  }

  on_tasks({ id, value }) {
    this.sinks.get(id)?.tasks?.(value);
  }

  on_done({ id, ...answer }) {
    if (this.current?.id !== id) return;
    const job = this.current;
    this.current = null;
    this.finish(job, answer);
    this.next();
  }

  /** The interpreter could not be started, or broke down. */
  on_died({ message }) {
    this.damaged = !this.ready;
    if (this.damaged) renewWorker();
    const what = this.ready ? "Python broke down" : "Python could not be started";
    const jobs = this.ready ? [this.current].filter(Boolean) : this.queue.splice(0);
    const untold = this.ready && this.used && !this.current?.cell;
    this.drop();
    const error = `${what}: ${String(message).trim().split("\n").at(-1).replace(/[.\s]*$/, ".")} Run starts it again.`;
    for (const job of jobs) this.finish(job, { error, stopped: what === "Python broke down" });
    if (untold) {
      this.loss = error;
      this.lost(error);
    }
    this.next();
  }
}
