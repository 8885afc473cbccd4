// The selected word: its neighbours, linked to it on the plane and listed below.

import { byId, element } from "../../ui/dom.js";
import { column, setData } from "../../ui/models.js";

/** The index of the selected word, undefined if none is or it is hidden. */
export function selectedWord({ words, shown }) {
  const [i] = words.selected.indices;
  return i !== undefined && shown.booleans[i] ? i : undefined;
}

/** Draw the neighbours of the selected word, if any, and list them. */
export function drawNeighbours(models, picture) {
  const { words, near, links, source } = models;
  const i = selectedWord(models), at = (name) => column(words, name)[i];
  const places = i === undefined ? [] : picture.places(at("near"));
  const [xs, ys] = [0, 1].map((axis) => places.map((place) => place[axis]));
  setData(near, { x: xs, y: ys });
  setData(links, { x0: xs.map(() => at("x")), y0: ys.map(() => at("y")), x1: xs, y1: ys });
  byId("space-selected").replaceChildren(...(i === undefined ? [] : describe(at, column(source, "words")[0])));
}

function describe(at, words) {
  const cosines = at("near_cosine");
  const textContent = `${at("name")} (${at("category")}): the ${at("near").length} nearest of ` +
    `${words.toLocaleString("en")} words, with their cosines`;
  const list = at("near").map((word, i) => element("li", { textContent: `${word} ${cosines[i].toFixed(2)}` }));
  return [element("p", { textContent }), element("ol", {}, ...list)];
}
