// The chip in the bar: what has been waited for too long; what works without the connection, and what does not; that the
// page is kept, or that a newer one is there.

import { files } from "../ui/addresses.js";
import { byId } from "../ui/dom.js";
import { PARTS, parts, retryLost } from "../ui/lazy.js";

const PATIENCE = 3_000;         // ms
const KEPT = "lab-offline";     // event on the window: what is kept for when the connection is gone is something else
const DATA = {                  // what files are for
  "data/toy-runs.json": "the runs with other K",
  "data/glove-50k.npz": "questions to 50,000 words",
  "data/dictionary.txt.bin": "training on the dictionary",
  "data/test-sets.json.bin": "scores",
  "data/glove-400k.npz": "all 400,000 words in the cells",
};
const WORDS = { offline: "Offline", late: "Waiting…", newer: "New version", ready: "Ready offline" };

const kept = { page: false, ready: false, bytes: 0, names: new Set(), newer: false };

/**
 * Note what is kept: page: whether there is a service worker to start from; ready: whether it has all of its files, of so many
 * bytes; names: a Set of the data that are only kept once they were asked for, and are; newer: whether a newer page is there.
 */
function tellKept(change) {
  Object.assign(kept, change);
  dispatchEvent(new Event(KEPT));
}

const small = (words) => words[0].toLowerCase() + words.slice(1);
const list = (names) => new Intl.ListFormat("en-GB").format(names);

const megabytes = (some) => `${(some.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1)} MB`;

/** The data that are kept once they were asked for, [[name, file]]: those that are, or those that are not. */
const asked = (are) => Object.entries(files()).filter(([name, { keptIn }]) => keptIn && kept.names.has(name) === are);

/** Look up which of the data are kept. */
async function lookUp() {
  const found = await Promise.all(Object.entries(files()).filter(([, { keptIn }]) => keptIn).map(async ([name, { url, keptIn }]) =>
    await (await caches.open(keptIn)).match(url) && name)).catch(() => []);       // forbidden in a private window
  tellKept({ names: new Set(found.filter(Boolean)) });
}

/** What works without the connection, and what needs it: [[words], [words]]. */
function inventory() {
  const isHere = (name) => files()[name].here || (files()[name].asked ? kept.names.has(name) : kept.page);
  const all = [["the figures", true], ["Python", kept.page || document.documentElement.dataset.python === "ready"],
               ...Array.from(parts, ([what, state]) => [small(what), state === "here" || (kept.page && state !== "lost")]),
               ...Object.entries(DATA).map(([name, what]) => [what, Boolean(isHere(name))])];
  return [true, false].map((wanted) => all.filter(([, here]) => here === wanted).map(([what]) => what));
}

/** Connect the chip; tell it when Python is another state by its attribute on <html>. */
export function attachConnection() {
  const chip = byId("connection"), panel = byId("connection-panel");
  let since = null, timer;

  function show() {
    const states = [...parts.values()], lost = states.includes("lost"), offline = !navigator.onLine || lost;
    const loading = [...parts].filter(([, state]) => state === "loading").map(([what]) => small(what));
    since = loading.length ? since ?? performance.now() : null;
    const late = since !== null && performance.now() - since >= PATIENCE;
    clearTimeout(timer);
    if (since !== null && !late) timer = setTimeout(show, PATIENCE);
    const state = Object.entries({ offline, late, newer: kept.newer, ready: kept.ready }).find(([, holds]) => holds)?.[0];
    chip.hidden = !state;
    if (chip.hidden) return panel.hidePopover();
    chip.dataset.state = state;
    byId("connection-text").textContent = WORDS[state];
    const trouble = offline || late, [here, missing] = inventory();
    const size = megabytes([kept, ...asked(true).map(([, file]) => file)]);
    byId("connection-new").hidden = !kept.newer;
    byId("connection-why").textContent = late ? `Still waiting for ${list(loading)}.` : lost
      ? "Some parts of the page could not be loaded." : offline ? "The connection is down." : kept.ready
        ? `This page is kept in the browser, ${size}, and starts without the connection.` : "";
    byId("connection-here").textContent = `${trouble ? "Works as it is" : "Works without the connection"}: ${list(here)}.`;
    byId("connection-missing").textContent = missing.length ? `Needs the connection: ${list(missing)}.` : "";
    byId("connection-retry").hidden = !trouble;
    byId("rest").hidden = offline || !kept.ready;
  }

  for (const type of [PARTS, KEPT, "online", "offline"]) addEventListener(type, show);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-python"] });
  byId("connection-retry").onclick = () => { retryLost(); show(); };
  if (navigator.serviceWorker?.controller) {
    kept.page = true;
    panel.addEventListener("beforetoggle", lookUp);
    lookUp();
  }
  show();
}

/** What page/offline.js needs of it. */
export const keeping = { asked, KEPT, lookUp, megabytes, tellKept };
