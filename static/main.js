// The page's entry: draws the prerendered document, connects the figures, then lets Python join.

import { attachDynamics } from "./figures/dynamics/dynamics.js";
import { attachMap } from "./figures/map/map.js";
import { attachModels } from "./figures/models/models.js";
import { attachTraining } from "./figures/training/training.js";
import { attachFiles } from "./live/files.js";
import { Session } from "./live/session.js";
import * as status from "./live/status.js";
import { nameControls } from "./page/accessible-names.js";
import { loadAhead } from "./page/ahead.js";
import { attachConnection } from "./page/connection.js";
import { attachFigures } from "./page/figures.js";
import { loadFormulaFonts } from "./page/formulas.js";
import { attachLanding } from "./page/landing.js";
import { attachPrint } from "./page/print.js";
import { attachPanels } from "./panels/panels.js";
import { CELLS_WORKER, checkFile, embedded, files, importWhole } from "./ui/addresses.js";
import { rootAt } from "./ui/dom.js";
import { attachShortcuts } from "./ui/keys.js";
import { lazy } from "./ui/lazy.js";
import { failedParts, fileName, reload } from "./ui/reload.js";
import { applyTheme, attachTheme } from "./ui/theme.js";

const page = {
  doc: null,
  views: null,

  /**
   * Draw a document into the places of its roots and connect the figures: first the two that the page opens with, then,
   * a root a frame, the other figures and panels, the nearest to the window first. firstDrawn() is called in between.
   */
  async draw(json, places, firstDrawn = () => {}) {
    const roots = {}, first = [], parts = {};
    for (const [place, id] of Object.entries(places)) {
      const at = rootAt(place), root = json.roots.find((one) => one.id === id), name = place.split("-")[0];
      roots[id] = at.id = `root-${place}`;
      if (/^(dynamics|space)$/.test(name)) {
        first.push(root);
        continue;
      }
      parts[name] ??= { distance: fromWindow(at), roots: [] };
      parts[name].roots.push(root);     // after those of its part whose models it refers to
    }
    const rest = Object.values(parts).sort((a, b) => a.distance - b.distance).flatMap((part) => part.roots);
    const order = [...first, ...rest].map((root) => root.id);       // BokehJS pairs roots and places by their order
    const item = { docid: "lab", roots, root_ids: order };
    [this.views] = await Bokeh.embed.embed_items({ lab: { ...json, roots: first } }, [item]);
    this.doc = this.views.roots[0].model.document;
    applyTheme(this.doc);
    this.dynamics = attachDynamics(this.doc, { ask });
    this.map = attachMap(this.doc, { ask });
    nameControls(this.views.roots);
    firstDrawn();
    for (const model of rest) {
      await frame();
      this.doc.apply_json_patch({ events: [{ kind: "RootAdded", model }] });
      applyTheme(this.doc);
    }
    do await frame(); while (this.views.roots.length < order.length);
    await frame();                      // a view is listed just before it renders
    attachTraining(this.doc, { ask });
    attachModels(this.doc, { ask });
    attachPanels(this.doc);
    nameControls(this.views.roots.slice(first.length));
    performance.mark("lab-drawn");
  },

  /** The same places, another document: the fallback when Python's models are not the page's. */
  async redraw(json, places) {
    this.views.clear();
    this.doc.clear();
    Bokeh.documents.splice(0);
    for (const element of document.querySelectorAll(".root")) element.replaceChildren();
    await this.draw(json, places);
    this.map.load();
  },
};

let session;

const ask = (...request) => session.bridge.ask(...request);

const frame = () => new Promise(requestAnimationFrame);

/** A button of Panel (1.8) listens for its tooltip anew at each render and never leaves off; ours have no tooltips. */
function mendButtons() {
  delete Bokeh.Models.get("panel.models.widgets.Button").prototype.default_view.prototype.render;
}

/** How far an element is above or below the window, in pixels. */
function fromWindow(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return Math.max(top - innerHeight, -bottom, 0);
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

const navigation = lazy("The contents and the search", async () => {
  const { attachNavigation } = await importWhole("page/navigation.js", () => import("./page/navigation.js"));
  attachNavigation(firstAction);
});

const cellModules = lazy("The cells", () => Promise.all([
  importWhole("cells/cells.js", () => import("./cells/cells.js")),
  importWhole("cells/exercises.js", () => import("./cells/exercises.js")),
  checkFile(CELLS_WORKER),
]), () => start(cells));

let attachedCells = null;

/** The cells, once they or lab.run are wanted. */
async function cells() {
  const [{ attachCells }, { attachExercises }] = await cellModules();
  if (!attachedCells) {
    attachedCells = attachCells(files(), (frames) => page.dynamics.show(frames));
    attachExercises(attachedCells);
    removeEventListener("click", pressEarly);
  }
  return attachedCells;
}

/** A button of a cell that is pressed before the cells are there does its work once they are. */
function pressEarly({ target }) {
  const pressed = target.closest(".cell button");
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
};

/** Do something once Python has joined. */
function whenLive(action) {
  const root = document.documentElement;
  const observer = new MutationObserver(() => {
    if (root.dataset.python !== "ready") return;
    observer.disconnect();
    action();
  });
  observer.observe(root, { attributeFilter: ["data-python"] });
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

async function main() {
  const { dataset } = document.documentElement;
  if (dataset.scripts === "none") return;        // page/start.js has told why
  dataset.scripts = "";
  attachLanding();
  attachShortcuts();
  mendButtons();
  const places = Object.fromEntries([...document.querySelectorAll("[data-root-id]")]
    .map((element) => [element.dataset.root, element.dataset.rootId]));
  page.drawn = page.draw(embedded("lab-document"), places, () => {
    frame().then(frame).then(() => {
      performance.mark("lab-interactive");
      page.map.load();
      if (/^#?(dynamics)?$/.test(location.hash)) page.dynamics.playOnce();      // else the reader comes for something else
    });
    session = new Session(page, files());
    status.attachStatus(() => session.restart());
    session.start();
    attachConnection();
  });
  await page.drawn;
  attachTheme(() => { applyTheme(page.doc); dispatchEvent(new Event("lab-theme")); });
  attachPrint();
  document.addEventListener("lab-show", ({ detail }) => page[detail.figure]?.perform?.(detail.state));
  attachFigures();
  addEventListener("click", pressEarly);
  atFirstAction((event) => {
    firstAction = event;
    start(navigation);
    whenNear(".katex", loadFormulaFonts);
    whenNear(".cell", () => start(cells));
  });
  attachFiles(ask);
  whenLive(() => loadAhead(ahead));
}

/** Without figures nothing else works: to load the page again is the one thing to try. */
function fail(error) {
  session?.end();
  status.attachStatus(reload);
  const failed = failedParts().map(fileName);
  const cause = failed.length ? `${failed.join(", ")} did not arrive, or not whole` : error.message;
  status.failed(`The figures could not be drawn (${cause}). Is the connection up? Retry loads the page again.`, error.stack);
}

main().catch(fail);
