// Where the page stands in the window: at the target of its address, or where the user left it, and it stays there while
// what lies above is being drawn, until the user moves.

const MOVES = ["wheel", "touchmove", "pointerdown", "keydown"];
const FITS = 2;                 // px within which a place counts as kept

/** The element that an address leads to, with the folds around it open; null if there is none. */
function target() {
  const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = found?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  return found;
}

const topOf = (element) => element.getBoundingClientRect().top;

/** Keeps one element at its place in the window. */
class Keeper {
  constructor() {
    this.observer = new ResizeObserver(() => this.adjust());
    this.observer.observe(document.querySelector("main"));
    for (const type of MOVES) addEventListener(type, () => this.release(), { capture: true, passive: true });
    addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  /** Keep an element where place() puts it. */
  keep(element, place) {
    Object.assign(this, { element, place });
    this.adjust();
  }

  release() {
    this.element = null;
  }

  adjust() {
    if (!this.element) return;
    this.place();
    this.top = topOf(this.element);
  }

  /** Whoever scrolls otherwise, such as a script or the scroll bar, moves too; while the page loads, it is the browser. */
  scrolled() {
    if (!this.element || Math.abs(topOf(this.element) - this.top) <= FITS) return;
    if (document.readyState === "complete") this.release();
    else this.adjust();
  }
}

const blocks = () => [...document.querySelectorAll("main > section > *, main > div")];

/** The block at the top of the window, by its index, and where its own top is. */
function standing() {
  const all = blocks(), at = all.findIndex((block) => block.getBoundingClientRect().bottom > 0);
  return at < 0 ? null : { at, top: topOf(all[at]) };
}

/**
 * Land at the address, now and whenever it changes, or where the user was when they left the page. Each entry of the
 * browser's history has {landed: true, at, top} for its state: going back and forth among them is the browser's own.
 */
export function attachLanding() {
  const keeper = new Keeper();
  const note = (where) => history.replaceState({ ...history.state, landed: true, ...where }, "");
  const land = () => {
    const found = target();
    if (found) keeper.keep(found, () => found.scrollIntoView({ behavior: "instant" }));
    note();
  };
  const left = blocks()[history.state?.at], { top } = history.state ?? {};
  if (left) keeper.keep(left, () => scrollBy({ top: topOf(left) - top, behavior: "instant" }));
  else land();
  addEventListener("hashchange", () => { if (!history.state?.landed) land(); });
  addEventListener("pagehide", () => note(standing()));
}
