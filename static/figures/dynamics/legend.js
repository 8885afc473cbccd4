// The legend: what colours, shapes, filled and hollow marks, ghosts and rings mean.

import { CENTRE, CONTEXT, FAINT, NEGATIVE } from "../../contract/colours.js";
import { byId, element } from "../../ui/dom.js";

const SHAPES = { circle: "●", square: "■", triangle: "▲", circle_dot: "◉" };

/** The categories of columns with their colours and shapes, each once, in order: [[name, colour, shape]]. */
export function categories({ category, colour, marker }) {
  const seen = new Map();
  category.forEach((name, i) => { if (!seen.has(name)) seen.set(name, [name, colour[i], SHAPES[marker[i]] ?? "●"]); });
  return [...seen.values()];
}

const item = (shape, colour, text) => element("li", {},
  Object.assign(element("span", { textContent: shape, ariaHidden: "true" }), { style: `color: ${colour}` }), ` ${text}`);

/** marks: columns of the words; before: what the ghosts are, or "" without any; acting: whether a step is on show. */
export function writeLegend(marks, before, acting) {
  const list = categories({ category: Array.from(marks.category), colour: marks.colour, marker: marks.marker })
    .map(([name, colour, shape]) => item(shape, colour, name));
  list.push(item("●", "currentColor", "filled: centre u"), item("○", "currentColor", "hollow: context v"));
  if (before) list.push(item("◌", FAINT, `faint: ${before}`));
  if (acting) list.push(item("◯", CENTRE, "centre"), item("◯", CONTEXT, "context, pulled"), item("◯", NEGATIVE, "negative, pushed"));
  byId("dynamics-legend").replaceChildren(...list);
}
