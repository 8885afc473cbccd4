// The page's entry: draws the prerendered document, connects the figures, then lets Python join.

import { attachDynamics } from "./figures/dynamics/dynamics.js";
import { attachMap } from "./figures/map/map.js";
import { attachKeptMap } from "./figures/map/kept.js";
import { attachKeptTraining } from "./figures/training/kept.js";
import { attachKeptButton } from "./keep/button.js";
import { attachKept, keep, refuse, restore } from "./keep/session.js";
import { load } from "./keep/store.js";
import { takeEarly } from "./live/early.js";
import { attachFiles } from "./live/files.js";
import { Session } from "./live/session.js";
import * as status from "./live/status.js";
import { Addresses } from "./page/address.js";
import { loadAhead } from "./page/ahead.js";
import { layOutBelow } from "./page/below.js";
import { attachConnection, keeping } from "./page/connection.js";
import { Drawing } from "./page/drawing.js";
import { attachFigures } from "./page/figures.js";
import { loadFormulaFonts } from "./page/formulas.js";
import { attachLanding } from "./page/landing.js";
import { attachOnly, onlyFigure, used } from "./page/only.js";
import { attachPrint } from "./page/print.js";
import { attachTake } from "./take/take.js";
import { CELLS_WORKER, checkFile, embedded, files, importWhole, keeps } from "./ui/addresses.js";
import { arrive } from "./ui/arrival.js";
import { placeOf } from "./ui/fragment.js";
import { attachShortcuts } from "./ui/keys.js";
import { lazy } from "./ui/lazy.js";
import { failedParts, fileName, reload } from "./ui/reload.js";
import { save } from "./ui/save.js";
import { applyTheme, attachTheme } from "./ui/theme.js";
import { frame, task } from "./ui/turns.js";

const page = {
  doc: null,

  /**
   * Draw a document into the places of its roots: first the two figures that the page opens with, but for widgets that need
   * Python; then firstDrawn() is called; then have the models of all others, which are drawn by drawRest().
   */
  async draw(json, places, firstDrawn = () => {}) {
    const drawing = new Drawing(json, places);
    Object.assign(this, { drawing, doc: drawing.doc });
    drawing.have("dynamics");
    await drawing.drawAt("dynamics-plane");
    await frame();                      // a plane knows its size when it has been painted
    this.dynamics = attachDynamics(this.doc, { ask, live });
    await frame();
    performance.mark("lab-first");
    await drawing.drawAt("dynamics-loss", "dynamics-shown", "dynamics-trails");
    await task();
    drawing.have("space");
    await drawing.drawAt("space-plane", "space-plane-message");
    await frame();
    this.map = attachMap(this.doc, { ask, live });
    firstDrawn();
    frame().then(frame).then(task).then(() => start(below));           // the figures that are here answer first
    addresses.connect("dynamics", this.dynamics.address);      // the session listens now to what they change
    addresses.connect("map", this.map.address);
    await drawing.haveAll();
    const { addressedPanels, attachPanels } = await belowHere;
    attachPanels(this.doc);
    for (const [name, panel] of addressedPanels(this.doc)) addresses.connect(name, panel);
    addresses.follow(this.doc);
  },

  /** Draw the other figures and panels, and connect the two figures that need their views for that. */
  async drawRest() {
    const { drawing } = this, { attachModels, attachTraining } = await belowHere;
    const needViews = { training: attachTraining, models: attachModels };
    await drawing.drawRest((part) => {
      if (!needViews[part]) return;
      this[part] = needViews[part](this.doc, { ask });
      addresses.connect(part, this[part].address);
    });
    if (drawing.over) return;
    await this.drawAtlas();
    addresses.all();
    performance.mark("lab-drawn");
  },

  /** The atlas, once it is near the window or what the address leads to; it follows this document then. */
  async drawAtlas() {
    if (this.atlas) return this.atlas.connect(this.doc);
    if (placeOf(location.hash) === "atlas" || onlyFigure() === "atlas") await start(atlas);
    else whenNear("#atlas-figure", () => start(atlas));
  },

  keep,
  refuse,
  joined: () => { page.restored = restore(ask); },

  /** The same places, another document: the fallback when Python's models are not the page's. */
  async redraw(json, places) {
    this.drawing.clear();
    await this.draw(json, places);
    this.drawRest().catch(fail);
    this.map.load();
  },
};

const addresses = new Addresses();

let session;
let needPython;                // start it now, if it waits until it is wanted
const needed = new Promise((done) => { needPython = done; });

const ask = (...request) => session.bridge.ask(...request);

/** A button of Panel (1.8) listens for its tooltip anew at each render and never leaves off; ours have no tooltips. */
function mendButtons() {
  delete Bokeh.Models.get("panel.models.widgets.Button").prototype.default_view.prototype.render;
}

const ACTIONS = ["scroll", "pointermove", "pointerdown", "click", "keydown"];      // of a user

/** At the user's first action, or beyond the page's beginning: the figures and Python come before all else. */
function atFirstAction(callback) {
  const once = (event) => {
    ACTIONS.forEach((type) => removeEventListener(type, once, true));
    callback(event);
  };
  ACTIONS.forEach((type) => addEventListener(type, once, { capture: true, passive: true }));
  if (scrollY > 0) once();
}

/** Do something once, when an element that the selector finds is near the window. */
function whenNear(selector, action) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    action();
  }, { rootMargin: "1500px" });
  for (const element of document.querySelectorAll(selector)) observer.observe(element);
}

let firstAction;               // the user's, an event: a key may be meant for the navigation

let belowArrived;
const belowHere = new Promise((done) => { belowArrived = done; });

/** What the figures and panels below the first two need; where it does not come, they wait for Retry. */
const below = lazy("The figures below", async () => belowArrived(await importWhole("below.js", () => import("./below.js"))));

const navigation = lazy("The contents and the search", async () => {
  const { attachNavigation } = await importWhole("page/navigation.js", () => import("./page/navigation.js"));
  attachNavigation(firstAction);
});

const cellModules = lazy("The cells", () => Promise.all([
  importWhole("cells/cells.js", () => import("./cells/cells.js")),
  importWhole("cells/exercises.js", () => import("./cells/exercises.js")),
  checkFile(CELLS_WORKER),
  load(),
]), () => start(cells));

/** The figure with all words, which comes when it is near the window. */
const atlas = lazy("The atlas", async () => {
  const { Atlas, readGlove } = await importWhole("figures/atlas/atlas.js", () => import("./figures/atlas/atlas.js"));
  page.atlas = new Atlas(await readGlove(), ask);
  page.atlas.connect(page.doc);
  addresses.connect("atlas", page.atlas.address);
});

let attachedCells = null;

/** The cells, once they or lab.run are wanted. */
async function cells() {
  const [{ attachCells }, { attachExercises }] = await cellModules();
  if (!attachedCells) {
    attachedCells = attachCells(files(), (frames) => page.dynamics.show(frames), save);
    attachExercises(attachedCells);
    removeEventListener("click", pressEarly);
  }
  return attachedCells;
}

/** A button of a cell that is pressed before the cells are there does its work once they are. */
function pressEarly({ target }) {
  const pressed = target.closest(".cell button, [data-cells]");
  if (pressed) cells().then(() => pressed.click(), () => {});
}

/** In the page's console and in the tests: Python in the cells' interpreter, apart from the figures'. */
globalThis.lab = {
  async run(source) {
    const late = (words, isLate) => isLate && console.log(words);       // tasks may go on after the answer
    const { stdout, result, error } = await (await cells()).runner.run(String(source), { text: late, error: console.log });
    return { stdout, result, error };
  },
  stop: () => cells().then(({ runner }) => runner.stop()),

  /** {name of a figure or panel: {setting: text}} of what is not at its default. */
  state: () => addresses.state(),

  /** The address of a figure or panel as it is on show, by default of the one that was moved last. */
  link: async (name) => addresses.link(name),
};

/** Do something once Python is in a state: "ready" when it has joined, "failed". */
function whenPython(state, action) {
  const root = document.documentElement, isSo = () => root.dataset.python === state;
  if (isSo()) return action();
  const observer = new MutationObserver(() => {
    if (!isSo()) return;
    observer.disconnect();
    action();
  });
  observer.observe(root, { attributeFilter: ["data-python"] });
}

/** A promise that Python has joined and has back what the user had, for something that needs it. */
async function live() {
  needPython();
  await new Promise((done) => whenPython("ready", done));
  await page.restored;
}

/** Have a part loaded; if that fails, the alert says so. */
const start = (part) => part().catch(() => {});

/** What is small and not here yet, for when the connection is gone. */
const ahead = [
  navigation,
  cellModules,
  async () => (await cellModules())[0].prepareWorker(),
  async () => (await cellModules())[0].importEditor(),
  async () => loadFormulaFonts(),
  () => page.dynamics.load(),
];

/** Start Python; where a figure stands alone, when it is used or its address needs it. */
async function startPython() {
  if (onlyFigure()) {
    status.waiting();
    await Promise.race([used(), needed]);
  }
  session.start();
}

let kept = false;

/** Have the page kept for when the connection is gone; not in a frame of another page, nor for who saves data. */
async function keepPage() {
  if (kept || !keeps() || top !== self || (navigator.connection?.saveData && !navigator.serviceWorker.controller)) return;
  kept = true;
  try {
    const { attachOffline } = await importWhole("page/offline.js", () => import("./page/offline.js"));
    await attachOffline(keeping, arrive, status.log);
  } catch (error) {
    status.log(`The page could not be kept for when the connection is down: ${error.message}.`);
  }
}

async function main() {
  const { dataset } = document.documentElement;
  if (dataset.scripts === "none") return;        // page/start.js has told why
  dataset.scripts = "";
  if (!onlyFigure()) attachLanding();
  attachOnly((name) => addresses.link(name));
  attachShortcuts();
  mendButtons();
  const places = Object.fromEntries([...document.querySelectorAll("[data-root-id]")]
    .map((element) => [element.dataset.root, element.dataset.rootId]));
  page.complete = page.draw(embedded("lab-document"), places, () => {
    session = new Session(page, files());
    status.attachStatus(() => session.restart());
    frame().then(frame).then(() => {
      performance.mark("lab-interactive");
      startPython();
      attachConnection();
      page.map.load();
      if (/^#?(dynamics)?$/.test(location.hash)) page.dynamics.playOnce();      // else the reader comes for something else
    });
  });
  await page.complete;
  attachTheme(() => { applyTheme(page.doc); dispatchEvent(new Event("lab-theme")); });
  attachPrint();
  document.addEventListener("lab-show", ({ detail }) => addresses.show(detail.figure, new Map(new URLSearchParams(detail.state))));
  attachFigures();
  attachTake(page, addresses);
  attachKept(ask);
  attachKeptMap(ask);
  attachKeptTraining(ask);
  attachKeptButton({ ask, save });
  addEventListener("click", pressEarly);
  atFirstAction((event) => {
    firstAction = event;
    start(navigation);
    whenNear(".katex", loadFormulaFonts);
    whenNear(".cell", () => start(cells));
  });
  attachFiles(ask);
  whenPython("ready", () => loadAhead(ahead).then(keepPage));
  whenPython("failed", keepPage);      // a newer version may be the remedy
  await page.drawRest();
  layOutBelow();
}

/** Without figures nothing else works: to load the page again is the one thing to try. */
function fail(error) {
  session?.end();
  takeEarly()?.worker.terminate();
  status.attachStatus(reload);
  const failed = failedParts().map(fileName);
  const cause = failed.length ? `${failed.join(", ")} did not arrive, or not whole` : error.message;
  status.failed(`The figures could not be drawn (${cause}). Is the connection up? Retry loads the page again.`, error.stack);
}

main().catch(fail);
