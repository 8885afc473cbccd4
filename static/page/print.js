// Print style of the plots: each as an SVG that fits the page, in light colours. A canvas waits for frames, and none come.

import { plotSvg } from "../ui/plot-svg.js";

const WIDTH = 640;      // px: A4 and Letter are little wider, less the margins in page.css

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
  const plots = Bokeh.index.roots.filter((view) => /^(Figure|Plot)$/.test(view.model.type) && view.el.offsetWidth);
  for (const view of plots) {
    const svg = narrowed(view, () => plotSvg(view, "light"));
    svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    svg.setAttribute("class", "on-paper");
    view.el.parentElement.after(svg);
  }
}

function removeDrawings() {
  document.querySelectorAll(".on-paper").forEach((drawn) => drawn.remove());
}

/** Print a section alone. */
function printSection(section) {
  document.documentElement.dataset.print = "section";
  section.classList.add("printed");
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.print;
    section.classList.remove("printed");
  }, { once: true });
  print();
}

/** Draw the plots for the printer, whenever the page is printed; connect the buttons that print a section. */
export function attachPrint() {
  addEventListener("beforeprint", () => { removeDrawings(); addDrawings(); });
  addEventListener("afterprint", removeDrawings);
  addEventListener("click", ({ target }) => { if (target.matches(".print-section")) printSection(target.closest("main > section")); });
}
