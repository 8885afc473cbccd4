// The chip in the bar: what has been waited for too long, and, without the connection, what works and what does not.

import { files } from "../ui/addresses.js";
import { byId } from "../ui/dom.js";
import { PARTS, parts, retryLost } from "../ui/lazy.js";

const PATIENCE = 3_000;         // ms
const DATA = {                  // what files are for
  "data/toy-runs.json": "the runs with other K",
  "data/glove-50k.npz": "questions to 50,000 words",
  "data/dictionary.txt.bin": "training on the dictionary",
  "data/test-sets.json.bin": "scores",
};

const small = (words) => words[0].toLowerCase() + words.slice(1);
const list = (names) => new Intl.ListFormat("en-GB").format(names);

/** What works without the connection, and what needs it: [[words], [words]]. */
function inventory() {
  const python = document.documentElement.dataset.python === "ready";
  const all = [["the figures", true], ["Python", python], ...Array.from(parts, ([what, state]) => [small(what), state === "here"]),
               ...Object.entries(DATA).map(([name, what]) => [what, Boolean(files()[name].here)])];
  return [true, false].map((wanted) => all.filter(([, here]) => here === wanted).map(([what]) => what));
}

/** Connect the chip; tell it when Python is another state by its attribute on <html>. */
export function attachConnection() {
  const chip = byId("connection");
  let since = null, timer;

  function show() {
    const states = [...parts.values()], lost = states.includes("lost"), offline = !navigator.onLine || lost;
    const loading = [...parts].filter(([, state]) => state === "loading").map(([what]) => small(what));
    since = loading.length ? since ?? performance.now() : null;
    const late = since !== null && performance.now() - since >= PATIENCE;
    clearTimeout(timer);
    if (since !== null && !late) timer = setTimeout(show, PATIENCE);
    chip.hidden = !offline && !late;
    if (chip.hidden) return byId("connection-panel").hidePopover();
    byId("connection-text").textContent = offline ? "Offline" : "Waiting…";
    const [here, missing] = inventory();
    byId("connection-why").textContent = late ? `Still waiting for ${list(loading)}.` : lost
      ? "Some parts of the page could not be loaded." : "The connection is down.";
    byId("connection-here").textContent = `Works as it is: ${list(here)}.`;
    byId("connection-missing").textContent = missing.length ? `Needs the connection: ${list(missing)}.` : "";
  }

  for (const type of [PARTS, "online", "offline"]) addEventListener(type, show);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-python"] });
  byId("connection-retry").onclick = () => { retryLost(); show(); };
  show();
}
