// The drawing of a document, in pieces: the models of all its roots, which is all that Python needs to join, and their
// views, those near the window before the others.

import { rootAt } from "../ui/dom.js";
import { applyTheme } from "../ui/theme.js";
import { later, task } from "../ui/turns.js";
import { nameControls } from "./accessible-names.js";

const NEAR = "100% 0px";       // above and below the window: by its own height

/** How far the section of an element is above or below the window, in pixels; the element itself may not be laid out yet. */
function fromWindow(element) {
  const { top, bottom } = element.closest("main > *").getBoundingClientRect();
  return Math.max(top - innerHeight, -bottom, 0);
}

export class Drawing {
  /** json: the document's; places: {place: id of the root that is drawn there}. */
  constructor(json, places) {
    this.doc = Bokeh.Document.from_json({ ...json, roots: [] });
    this.views = this.doc.views_manager = new Bokeh.ViewManager([], Bokeh.index);
    this.roots = Object.entries(places).map(([place, id]) =>
      ({ id, place, part: place.split("-")[0], at: rootAt(place), json: json.roots.find((root) => root.id === id) }));
    this.left = [...this.roots];        // to be drawn
    this.over = false;                  // another document has come
  }

  /** The roots of a figure or panel, by the first word of their places. */
  of(part) {
    return this.roots.filter((root) => root.part === part);
  }

  /** Have the models of a part. */
  have(part) {
    this.doc.apply_json_patch({ events: this.of(part).map(({ json }) => ({ kind: "RootAdded", model: json })) });
    applyTheme(this.doc, this.of(part).flatMap(({ id }) => [...this.doc.get_model_by_id(id).references()]));
  }

  /** Draw the roots of some places now, each in a task of its own. */
  async drawAt(...places) {
    for (const place of places) {
      await task();
      await this.draw(this.roots.find((root) => root.place === place));
    }
  }

  /** Have the models that are not here yet. */
  async haveAll() {
    for (const part of new Set(this.roots.map((root) => root.part))) {
      if (this.doc.get_model_by_id(this.of(part)[0].id)) continue;
      await later();
      this.have(part);
    }
  }

  /** Draw a root, whose models are here. */
  async draw(root) {
    this.left.splice(this.left.indexOf(root), 1);
    const view = await this.views.build_view(this.doc.get_model_by_id(root.id));
    if (this.over) return;
    view.build(root.at);
    nameControls([view]);
  }

  /**
   * Draw what is left: first what is near the window, or comes near meanwhile, then what is nearest. onPart(part) is called
   * when all of a part is drawn.
   */
  async drawRest(onPart) {
    const distances = new Map(this.left.map((root) => [root, fromWindow(root.at)])), near = new Set();
    this.left.sort((a, b) => distances.get(a) - distances.get(b));
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) near[isIntersecting ? "add" : "delete"](target);
    }, { rootMargin: NEAR });
    for (const { at } of this.left) observer.observe(at);
    const isNear = ({ at }) => near.has(at);
    while (this.left.length) {
      await later();
      if (this.over) break;
      const next = this.left.find(isNear) ?? this.left[0];
      await this.draw(next);
      if (!this.over && !this.left.some(({ part }) => part === next.part)) onPart(next.part);
    }
    observer.disconnect();
  }

  /** Take it all away: another document comes. */
  clear() {
    this.over = true;
    this.views.clear();
    this.doc.clear();
    Bokeh.documents.splice(0);
    for (const { at } of this.roots) at.replaceChildren();
  }
}
