// One figure alone, for slides and learning platforms: the address has ?only=map. before-paint.js hides the rest by a style.

import { byId } from "../ui/dom.js";

const FIGURES = ["dynamics", "map", "training", "models", "atlas"];
const USES = ["pointerover", "pointerdown", "focusin", "keydown"];

/** Mark the page as showing one figure alone, before anything is painted. */
export function markOnly() {
  const only = new URLSearchParams(location.search).get("only");
  if (FIGURES.includes(only)) document.documentElement.dataset.only = only;
}

/** The figure that the page shows alone, if any. */
export const onlyFigure = () => document.documentElement.dataset.only;

/** Let the wordmark lead to the whole page, as the figure is now; link(name): the address of a figure. */
export function attachOnly(link) {
  const name = onlyFigure(), mark = document.querySelector(".wordmark");
  if (!name) return;
  const title = document.querySelector(`#${name} h2`).textContent.trim();
  document.title = `${title} · Embedding Lab`;
  Object.assign(mark, { target: "_blank", textContent: "Embedding Lab: the whole page", onclick: () => { mark.href = link(name); } });
  mark.href = link(name);
  byId("contents-button").hidden = true;
}

/** A promise that the figure that stands alone is used, for which Python starts: three of them on a page need not all have it. */
export const used = () => new Promise((done) => {
  const once = () => {
    USES.forEach((type) => removeEventListener(type, once, true));
    done();
  };
  USES.forEach((type) => addEventListener(type, once, { capture: true, passive: true }));
});
