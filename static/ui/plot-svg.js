// Plots as SVG in the colours of either theme, whatever the page shows: for paper, and for pictures to take away.

import { colour } from "./theme.js";

const COLOURS = ["--ink", "--ink-soft", "--line"];                          // those that a plot has from the page
export const FONT = "Inter, system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif";

/** What action() gives while the page's colours are those of a theme, "light" or "dark"; nothing is painted in between. */
export function inTheme(theme, action) {
  const { dataset } = document.documentElement, chosen = dataset.theme;
  dataset.theme = theme;
  try {
    return action();
  } finally {
    if (chosen) dataset.theme = chosen;
    else delete dataset.theme;
  }
}

/** #rrggbb as rgb(r,g,b), which Bokeh makes of the colours of glyphs. */
const decimal = (hex) => `rgb(${hex.slice(1).match(/../g).map((part) => parseInt(part, 16))})`;

/** From each of these colours of the page, as an SVG may have it, to the same of a theme. */
function recolouring(theme) {
  const now = COLOURS.map(colour), wanted = inTheme(theme, () => COLOURS.map(colour));
  return new Map(now.flatMap((one, i) => [[one, wanted[i]], [decimal(one), wanted[i]]]));
}

/** A plot of Bokeh's as it is on show: an <svg> of its size in pixels. */
export function plotSvg(view, theme) {
  const svg = view.export("svg", false).canvas, colours = recolouring(theme);
  for (const part of svg.querySelectorAll("[fill], [stroke]")) {
    for (const attribute of ["fill", "stroke"]) {
      const wanted = colours.get(part.getAttribute(attribute));
      if (wanted) part.setAttribute(attribute, wanted);
    }
  }
  for (const text of svg.querySelectorAll("text")) {
    if (text.getAttribute("fill") === "none" && text.getAttribute("stroke-opacity") === "0") text.remove();      // its unseen outline
    else text.setAttribute("font-family", FONT);
  }
  return svg;
}
