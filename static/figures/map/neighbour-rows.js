// The rows of the list of neighbours: a button that selects the word, a bar as long as the cosine, one that adds the word.

import { element } from "../../ui/dom.js";
import { cosine } from "./arrows.js";
import { mark } from "./chips.js";

/** look: of the word's mark, null if it is not on the map. */
function row({ word, name, cosine: value, look }, { walk, add }) {
  const part = element("span"), bar = element("span", { className: "near-bar" }, part);
  part.style.width = `${100 * Math.max(0, value)}%`;
  const button = (className, textContent, action) =>
    element("button", { type: "button", className, textContent, onclick: () => action(word) });
  const last = look ? element("span", { className: "near-there", title: "On the map" }, mark(look))
    : button("near-add", "+", add);
  if (look) last.setAttribute("role", "img");
  last.setAttribute("aria-label", look ? "on the map" : `Add ${name} to the map`);
  return element("li", {}, button("near-walk", name, walk), bar,
                 element("span", { className: "near-cosine", textContent: cosine(value) }), last);
}

/** Fill the list with neighbours [{word, name, cosine, look}]; a button with the focus keeps it if its word is still there. */
export function fillRows(list, neighbours, actions) {
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const position = focused && [...list.children].indexOf(focused.closest("li"));
  const word = focused && list.words[position];
  list.replaceChildren(...neighbours.map((neighbour) => row(neighbour, actions)));
  list.words = neighbours.map((neighbour) => neighbour.word);
  if (focused && list.words.includes(word)) inRow(list.children[list.words.indexOf(word)], focused.className).focus();
}

/** The button of a row with this class, or the one that selects its word. */
const inRow = (item, className) => item.querySelector(`.${className}`) ?? item.firstElementChild;

/** Up and Down go from row to row. */
export function moveByArrows(event) {
  const current = event.target.closest("li");
  const way = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!current || !way) return;
  event.preventDefault();
  if (current[way]) inRow(current[way], event.target.className).focus();
}
