// On paper: each plot as a drawing that fits the page, in light ink. Its canvas could do neither: it waits for frames.

import { colour } from "../ui/theme.js";

const WIDTH = 640;      // px: A4 and Letter are little wider, less the margins in page.css
const INKS = ["--ink", "--ink-soft", "--line"];

/** From each ink of the page, as a drawing may have it, to the same in the light. */
function inks() {
  const { dataset } = document.documentElement, chosen = dataset.theme, now = INKS.map(colour);
  dataset.theme = "light";
  const light = new Map(INKS.flatMap((name, i) => [now[i], decimal(now[i])].map((ink) => [ink, colour(name)])));
  if (chosen) dataset.theme = chosen;
  else delete dataset.theme;
  return light;
}

/** #rrggbb as rgb(r,g,b), which Bokeh makes of the colours of glyphs. */
function decimal(hex) {
  return `rgb(${hex.slice(1).match(/../g).map((part) => parseInt(part, 16))})`;
}

/** What draws a plot narrow enough. One with words stays as it is: they have found their places in the window. */
function narrowed(view, draw) {
  if (view.el.offsetWidth <= WIDTH || view.model.renderers.some(({ glyph }) => glyph?.type === "Text")) return draw();
  view.el.style.width = `${WIDTH}px`;
  view.after_resize();
  const drawn = draw();
  view.el.style.width = "";
  view.after_resize();
  return drawn;
}

function putDown() {
  const light = inks();
  const plots = Bokeh.index.roots.filter((view) => /^(Figure|Plot)$/.test(view.model.type) && view.el.offsetWidth);
  for (const view of plots) {
    const svg = narrowed(view, () => view.export("svg", false).canvas);
    svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    svg.setAttribute("class", "on-paper");
    for (const part of svg.querySelectorAll("[fill], [stroke]")) {
      for (const attribute of ["fill", "stroke"]) {
        const lit = light.get(part.getAttribute(attribute));
        if (lit) part.setAttribute(attribute, lit);
      }
    }
    view.el.parentElement.after(svg);
  }
}

function takeAway() {
  document.querySelectorAll(".on-paper").forEach((drawn) => drawn.remove());
}

export function followPaper() {
  addEventListener("beforeprint", () => { takeAway(); putDown(); });
  addEventListener("afterprint", takeAway);
}
