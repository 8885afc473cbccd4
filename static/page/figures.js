// The figures on the move: a chip brings a figure, the element itself, to its place in the chapter; a button puts it back.
// A chip is a button with data-figure, the id of the figure's section, and perhaps data-state, what the figure is then
// asked to show: the event "lab-show" on the document, {figure, state}.

import { element } from "../ui/dom.js";
import { placeOf } from "../ui/fragment.js";

const CLEAR = 64;               // px at the window's top that the bar may cover

class Figure {
  constructor(section) {
    this.section = section;
    this.lab = section.querySelector(":scope > .lab");
    this.label = section.querySelector("hgroup p").firstChild.textContent.trim();
    this.title = section.querySelector("h2").textContent.trim();
    this.visit = this.makeVisit();
    this.note = this.makeNote();
    this.chip = null;           // the one that has brought it
  }

  get away() { return this.note.isConnected; }

  /** Its frame in the chapter. */
  makeVisit() {
    const name = element("p", { id: `visit-${this.section.id}`, textContent: `${this.label}: ${this.title}` });
    const back = element("button", { type: "button", textContent: "Put it back", onclick: () => this.leave() });
    const visit = element("div", { className: "visit", tabIndex: -1 }, element("div", { className: "visit-head" }, name, back));
    visit.setAttribute("role", "group");
    visit.setAttribute("aria-labelledby", name.id);
    return visit;
  }

  /** What stands in its own place meanwhile. */
  makeNote() {
    const here = element("button", { type: "button", textContent: "Bring it back here", onclick: () => this.home() });
    const link = element("a", { href: `#visit-${this.section.id}` });
    return element("p", { className: "note figure-away" }, `${this.label} is in the chapter now, in `, link, ". ", here);
  }

  /** To below a chip's paragraph, or into the place of its drawing. */
  bring(chip) {
    const place = chip.closest(".chapter > *, .exercise > *"), part = chip.closest("main > section");
    this.chip = chip;
    this.showDrawing();
    if (!this.away) this.lab.before(this.note);
    this.note.querySelector("a").textContent = part.querySelector("h2 .heading, h2").textContent;
    place.after(this.visit);
    this.visit.append(this.lab);
    place.hidden = place.matches(".small-figure");
    this.visit.scrollIntoView();
    this.visit.focus({ preventScroll: true });
  }

  /** The drawing whose place it has taken. */
  showDrawing() {
    const before = this.visit.previousElementSibling;
    if (before?.matches(".small-figure")) before.hidden = false;
  }

  putBack() {
    this.showDrawing();
    this.note.replaceWith(this.lab);
    this.visit.remove();
  }

  /** Put it back, while the user stays in the chapter, at the chip, which keeps its place in the window. */
  leave() {
    const top = this.visit.getBoundingClientRect().top, at = this.chip.getBoundingClientRect();
    this.putBack();
    scrollBy(0, this.chip.getBoundingClientRect().top - Math.max(CLEAR, at.height ? at.top : top));
    this.chip.focus({ preventScroll: true });
  }

  /** Put it back, with the user. */
  home() {
    if (this.away) this.putBack();
    this.section.scrollIntoView();
    this.lab.tabIndex = -1;
    this.lab.focus({ preventScroll: true });
  }
}

/** The figure that an address such as #map leads to, if it is away. */
const awayAt = (figures, hash) => [...figures.values()].find((figure) => figure.away && placeOf(hash) === figure.section.id);

/** Connect the chips and the links to the figures. */
export function attachFigures() {
  const sections = [...document.querySelectorAll("main > section:not(.chapter):has(> .lab)")];
  const figures = new Map(sections.map((section) => [section.id, new Figure(section)]));
  addEventListener("click", ({ target }) => {
    const chip = target.closest("[data-figure]");
    if (chip) {
      const figure = figures.get(chip.dataset.figure), state = chip.dataset.state;
      if (chip.closest(".chapter")) figure.bring(chip);
      else figure.home();
      if (state) document.dispatchEvent(new CustomEvent("lab-show", { detail: { figure: chip.dataset.figure, state } }));
      return;
    }
    awayAt(figures, target.closest("a[href^='#']")?.hash ?? "")?.putBack();      // before the browser goes there
  }, true);
  addEventListener("hashchange", () => awayAt(figures, location.hash)?.home());
}
