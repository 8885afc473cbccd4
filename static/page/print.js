// Print style of the plots: each as an SVG that fits the page, in light colours. A canvas waits for frames, and none come.

import { colour } from "../ui/theme.js";

const WIDTH = 640;      // px: A4 and Letter are little wider, less the margins in page.css
const COLOURS = ["--ink", "--ink-soft", "--line"];

/** From each of these colours of the page, as an SVG may have it, to the same of the light theme. */
function lightColours() {
  const { dataset } = document.documentElement, chosen = dataset.theme, now = COLOURS.map(colour);
  dataset.theme = "light";
  const light = new Map(COLOURS.flatMap((name, i) => [now[i], decimal(now[i])].map((written) => [written, colour(name)])));
  if (chosen) dataset.theme = chosen;
  else delete dataset.theme;
  return light;
}

/** #rrggbb as rgb(r,g,b), which Bokeh makes of the colours of glyphs. */
function decimal(hex) {
  return `rgb(${hex.slice(1).match(/../g).map((part) => parseInt(part, 16))})`;
}

/** draw() of a plot that is made narrow enough first, unless it has labels, whose positions are those of the window. */
function narrowed(view, draw) {
  if (view.el.offsetWidth <= WIDTH || view.model.renderers.some(({ glyph }) => glyph?.type === "Text")) return draw();
  view.el.style.width = `${WIDTH}px`;
  view.after_resize();
  const drawn = draw();
  view.el.style.width = "";
  view.after_resize();
  return drawn;
}

function addDrawings() {
  const light = lightColours();
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

function removeDrawings() {
  document.querySelectorAll(".on-paper").forEach((drawn) => drawn.remove());
}

/** Draw the plots for the printer, whenever the page is printed. */
export function attachPrint() {
  addEventListener("beforeprint", () => { removeDrawings(); addDrawings(); });
  addEventListener("afterprint", removeDrawings);
}
