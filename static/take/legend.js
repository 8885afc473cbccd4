// A figure's legend, which the page has as lists, chips and marked words, as items to draw: {parts: [{svg, width, height}], text}.

import { isVisible } from "../ui/dom.js";
import { FONT, inTheme } from "../ui/plot-svg.js";
import { svg } from "../ui/svg.js";
import { drawingSvg } from "./drawing.js";

export const MARKS = ".word-legend li, .legend li, .toggle-chip:has(input:checked)";
const LINES = ".curves > span, .score";         // words with a line of a colour before them
const SIZE = 14;                // px, of a mark that is a letter, and the length of a line

const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

/** A mark that is a letter, such as ●, in its colour. */
function letter(span) {
  const text = svg("text", { x: SIZE / 2, y: SIZE - 2, "text-anchor": "middle", "font-size": SIZE, "font-family": FONT,
                             fill: getComputedStyle(span).color }, span.textContent);
  return { width: SIZE, height: SIZE, svg: svg("svg", { width: SIZE, height: SIZE }, text) };
}

function line(item) {
  const stroke = getComputedStyle(item, "::before").borderTopColor;
  const path = svg("path", { d: `M0 ${SIZE / 2}H${SIZE}`, stroke, "stroke-width": 3 });
  return { width: SIZE, height: SIZE, svg: svg("svg", { width: SIZE, height: SIZE }, path) };
}

function drawing(one, theme) {
  const { width, height } = one.getBoundingClientRect();
  return { width, height, svg: drawingSvg(one, theme) };
}

/** The words of an item: a note in small type stands in brackets. */
const textOf = (item, letters) => [...item.childNodes].filter((node) => !letters.includes(node))
  .map((node) => node.localName === "small" ? `(${words(node)})` : words(node)).filter(Boolean).join(" ");

/** The items on show in a figure, in the colours of a theme; kinds: which, as a selector. */
export function legendOf(figure, theme, kinds = `${MARKS}, ${LINES}`) {
  return [...figure.querySelectorAll(kinds)].filter(isVisible).map((item) => {
    const letters = [...item.querySelectorAll("span[aria-hidden=true]")];
    const marks = inTheme(theme, () => [...item.matches(LINES) ? [line(item)] : [], ...letters.map(letter)]);
    const drawings = [...item.querySelectorAll("svg")].map((one) => drawing(one, theme));
    return { parts: [...drawings, ...marks], text: textOf(item, letters) };
  });
}
