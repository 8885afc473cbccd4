// Parts of the page that are loaded when they are first wanted.

import { showAlert } from "./alert.js";

export const PARTS = "lab-parts";       // event on the window: the state of a part is another one
export const parts = new Map();         // {what: "" before it is wanted, "loading", "here" or "lost"}

const lost = new Map();                 // {what: {reason, retry}}
let hideAlert = () => {};

function become(what, state) {
  parts.set(what, state);
  globalThis.dispatchEvent?.(new Event(PARTS));
}

/** One message for all that is lost. */
function tell() {
  hideAlert();
  if (!lost.size) return;
  const { reason } = [...lost.values()].at(-1);
  hideAlert = showAlert(`${[...lost.keys()].join(", ")} could not be loaded (${reason}). Is the connection up? Retry tries again.`,
    retryLost);
}

/** Load again what could not be loaded. */
export function retryLost() {
  for (const { retry } of [...lost.values()]) retry();
}

globalThis.addEventListener?.("online", retryLost);
globalThis.addEventListener?.("focus", retryLost);

/**
 * A function that gives the promise of what load() gives, which is loaded once. A failure is shown in the alert and
 * forgotten: the next call tries again, and so does Retry, or the connection's return, which call retry() if there is one.
 */
export function lazy(what, load, retry) {
  let loading = null;
  const get = () => {
    if (loading) return loading;
    become(what, "loading");
    loading = load().then((loaded) => {
      become(what, "here");
      if (lost.delete(what)) tell();
      return loaded;
    }, (error) => {
      loading = null;
      become(what, "lost");
      lost.set(what, { reason: error.message, retry: retry ?? (() => get().catch(() => {})) });
      tell();
      throw error;
    });
    return loading;
  };
  parts.set(what, "");
  return get;
}
