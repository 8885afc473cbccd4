// Drawings of the page, an <svg> that its style sheets colour, as SVG that needs no style sheet.

import { FONT, inTheme } from "../ui/plot-svg.js";

const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
               "opacity", "paint-order", "font-size", "font-weight", "text-anchor"];

/** A copy in the colours of a theme, of the size that the drawing has in the page. */
export function drawingSvg(drawing, theme) {
  const copy = drawing.cloneNode(true), { width, height } = drawing.getBoundingClientRect();
  inTheme(theme, () => {
    const copies = [copy, ...copy.querySelectorAll("*")];
    [drawing, ...drawing.querySelectorAll("*")].forEach((part, i) => {
      const style = getComputedStyle(part);
      for (const name of LOOKS) copies[i].setAttribute(name, style.getPropertyValue(name));
      for (const name of ["style", "class", "id"]) copies[i].removeAttribute(name);
      if (part.localName === "text") copies[i].setAttribute("font-family", FONT);
    });
  });
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  return copy;
}
