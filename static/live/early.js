// Starts Python's worker from the head of the page, before BokehJS is executed; it downloads once the figures' own files are
// here. Part of before-paint.js; the session (session.js) takes over what has been started.

import { address, files, LIVE_WORKER } from "../ui/addresses.js";

const EARLY = Symbol.for("lab-early");         // in globalThis, since before-paint.js is a script by itself

/** Call action() once the files in the head of the page have arrived, though they may still have to be executed. */
function whenHeadIsHere(action) {
  const here = new Set();
  new PerformanceObserver((list, observer) => {
    for (const { name } of list.getEntries()) here.add(name);
    const parts = Array.from(document.querySelectorAll("head [integrity]"));
    if (!document.body || !parts.every(({ src, href }) => here.has(src || href))) return;
    observer.disconnect();
    action();
  }).observe({ type: "resource", buffered: true });
}

/** The message that starts the worker. */
export const startMessage = (anew) => ({ type: "start", base: document.baseURI, files: files(), anew });

/** Start the worker and gather its messages. */
export function startEarly() {
  const worker = new Worker(address(LIVE_WORKER), { type: "module" });
  const early = { worker, messages: [], started: false, failed: false };
  globalThis[EARLY] = early;
  worker.onmessage = ({ data }) => early.messages.push(data);
  worker.onerror = () => { early.failed = true; };
  whenHeadIsHere(() => {
    if (globalThis[EARLY] !== early) return;
    early.started = true;
    worker.postMessage(startMessage());
  });
}

/** The worker that was started early, {worker, messages, started, failed}, for who takes it over; null if there is none. */
export function takeEarly() {
  const early = globalThis[EARLY] ?? null;
  globalThis[EARLY] = null;
  return early;
}
