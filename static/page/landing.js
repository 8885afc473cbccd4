// Where the page stands in the window: at the target of its address, or where the user left it, and it stays there while
// what lies above is being drawn, until the user moves.

import { targetOf, unfoldAround } from "./folds.js";

const MOVES = ["wheel", "touchmove", "pointerdown", "keydown"];
const FITS = 2;                 // px within which a place counts as kept
const PAUSE = 100;              // ms without scrolling after which a place is noted

const topOf = (element) => element.getBoundingClientRect().top;

/** Keeps one element at its place in the window. */
class Keeper {
  constructor() {
    this.observer = new ResizeObserver(() => this.adjust());
    this.observer.observe(document.querySelector("main"));
    for (const type of MOVES) addEventListener(type, () => this.release(), { capture: true, passive: true });
    addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  /** Keep an element that far from the top of the window, or at its own place, as its style has it. */
  keep(element, wanted) {
    Object.assign(this, { element, wanted });
    this.adjust();
  }

  release() {
    this.element = null;
  }

  adjust() {
    if (!this.element) return;
    if (this.wanted === undefined) this.element.scrollIntoView({ behavior: "instant" });
    else scrollBy({ top: topOf(this.element) - this.wanted, behavior: "instant" });
    Object.assign(this, { top: topOf(this.element), y: scrollY });
  }

  /** Whoever scrolls otherwise, such as a script or the scroll bar, moves too; while the page loads, it is the browser. */
  scrolled() {
    if (!this.element || Math.abs(scrollY - this.y) < 1 || Math.abs(topOf(this.element) - this.top) <= FITS) return;
    if (document.readyState === "complete") this.release();
    else this.adjust();
  }
}

/** What the page is made of and what stays where it is, as figures do not. */
const blocks = () => [...document.querySelectorAll("main > div, main > section > :not(.lab, .visit, .figure-away)")];

/** The block at the top of the window, by its index, and where its own top is. */
function standing() {
  const all = blocks(), at = all.findIndex((block) => block.getBoundingClientRect().bottom > 0);
  return at < 0 ? {} : { at, top: topOf(all[at]) };
}

/**
 * Land at the address, now and whenever it changes, or where the user was, when they come back or load the page again.
 * Where that is, is noted as {at, top} in the state of the entry in the browser's history: pixels alone would not do, since
 * another window may be wider.
 */
export function attachLanding() {
  const keeper = new Keeper();
  const note = () => history.replaceState({ ...history.state, ...standing() }, "");
  let noting;
  const stopNoting = () => clearTimeout(noting);
  const arrive = (event) => {
    const { at, top } = history.state ?? {}, left = blocks()[at], target = targetOf(location.hash);
    if (left) keeper.keep(left, top);
    else if (target) keeper.keep(target, unfoldAround(target) || !event ? undefined : topOf(target));       // maybe beside it
    note();
  };
  history.scrollRestoration = "manual";
  arrive();
  addEventListener("hashchange", arrive);
  addEventListener("popstate", stopNoting);          // the state is another entry's now, the place not yet
  addEventListener("scroll", () => {
    stopNoting();
    noting = setTimeout(note, PAUSE);
  }, { passive: true });
  addEventListener("pagehide", note);
}
