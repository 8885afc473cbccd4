// The page: draws the prerendered document, makes it answer, then lets Python join.

import { element } from "./ui/dom.js";
import { attachDynamics } from "./figures/dynamics/dynamics.js";
import { takeFiles } from "./live/files.js";
import { followTheme, ink } from "./ui/theme.js";
import { attachModels } from "./figures/models/models.js";
import { nameControls } from "./page/accessible-names.js";
import { attachPanels } from "./panels/panels.js";
import { followPaper } from "./page/print.js";
import { Session } from "./live/session.js";
import { attachMap } from "./figures/map/map.js";
import * as status from "./live/status.js";
import { attachTraining } from "./figures/training/training.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const page = {
  doc: null,
  views: null,

  /**
   * Draw a document into the places of its roots and connect the figures: first the two that the page opens with, then,
   * a root a frame, what stands further below. firstDrawn() is called in between.
   */
  async draw(json, places, firstDrawn = () => {}) {
    const roots = {}, first = [], rest = [];
    for (const [place, id] of Object.entries(places)) {
      const element = document.querySelector(`[data-root="${place}"]`);
      element.id = `root-${place}`;
      roots[id] = element.id;
      (/^(dynamics|space)-/.test(place) ? first : rest).push(json.roots.find((root) => root.id === id));
    }
    const order = [...first, ...rest].map((root) => root.id);       // BokehJS pairs roots and places by their order
    const item = { docid: "lab", roots, root_ids: order };
    [this.views] = await Bokeh.embed.embed_items({ lab: { ...json, roots: first } }, [item]);
    this.doc = this.views.roots[0].model.document;
    ink(this.doc);
    this.dynamics = attachDynamics(this.doc, { ask, isLive: () => session?.live });
    attachMap(this.doc, { ask });
    nameControls(this.views.roots);
    firstDrawn();
    for (const model of rest) {
      await frame();
      this.doc.apply_json_patch({ events: [{ kind: "RootAdded", model }] });
      ink(this.doc);
    }
    do await frame(); while (this.views.roots.length < order.length);
    await frame();                      // a view is listed just before it renders
    attachTraining(this.doc);
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
  },
};

let session;

const ask = (message, value) => session.ask(message, value);

const frame = () => new Promise(requestAnimationFrame);

const SIGNS = ["scroll", "pointermove", "pointerdown", "click", "keydown"];      // of a reader

/** At the first sign of a reader beyond the page's beginning, so that the figures and Python come before all else. */
function atFirstSign(action) {
  const once = (sign) => {
    SIGNS.forEach((sign) => removeEventListener(sign, once, true));
    action(sign);
  };
  SIGNS.forEach((sign) => addEventListener(sign, once, { capture: true, passive: true }));
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

/** KaTeX's style sheet and fonts; until they are there, the browser draws the formulas' MathML itself. */
function setFormulas() {
  const sheet = element("link", { rel: "stylesheet", href: "static/katex.css" });
  sheet.onload = () => { document.documentElement.dataset.katex = ""; };
  document.head.append(sheet);
}

/** The cells, once they or lab.run are wanted. */
const cells = once(async () => {
  const [{ attachCells }, { attachExercises }] = await Promise.all([import("./cells/cells.js"), import("./cells/exercises.js")]);
  const attached = attachCells(read("lab-runtime"), (frames) => page.dynamics.show(frames));
  attachExercises(attached);
  return attached;
});

/** In the page's console and in the tests: Python in the reader's interpreter, apart from the figures. */
globalThis.lab = {
  async run(source) {
    const { stdout, result, error } = await (await cells()).reader.run(String(source));
    return { stdout, result, error };
  },
  stop: () => cells().then(({ reader }) => reader.stop()),
};

function once(make) {
  let made;
  return () => made ??= make();
}

async function main() {
  const places = Object.fromEntries([...document.querySelectorAll("[data-root-id]")]
    .map((element) => [element.dataset.root, element.dataset.rootId]));
  page.drawn = page.draw(read("lab-document"), places, () => {
    frame().then(frame).then(() => performance.mark("lab-interactive"));
    session = new Session(page, read("lab-runtime"));
    status.wire(() => session.restart());
    session.start();
  });
  await page.drawn;
  followTheme(() => { ink(page.doc); dispatchEvent(new Event("lab-theme")); });
  followPaper();
  atFirstSign((sign) => {
    import("./page/navigation.js").then(({ attachNavigation }) => attachNavigation(sign));
    whenNear(".katex", setFormulas);
    whenNear(".cell", cells);
  });
  takeFiles(ask);
}

main();
