// Faint marks of the words that had no say in choosing the plane.

import { byId } from "../../ui/dom.js";
import { column, setData } from "../../ui/models.js";

const COLUMNS = ["word", "x", "y", "colour", "marker"];

/** Draw those whose categories are on show, if they are wanted. */
export function drawOthers({ models: { words, others }, rows, picture, categoryChips }) {
  const looks = new Map(), [colour, marker] = [column(words, "colour"), column(words, "marker")];
  column(words, "category").forEach((name, i) => looks.set(name, [colour[i], marker[i]]));
  const wanted = byId("space-others-on").checked ? Object.entries(rows.othersShown) : [];
  const list = wanted.filter(([category]) => looks.has(category) && categoryChips.on.has(category))
    .flatMap(([category, members]) => members.filter((word) => rows.has(word))
      .map((word) => [word, ...picture.at(word), ...looks.get(category)]));
  setData(others, Object.fromEntries(COLUMNS.map((name, i) => [name, list.map((row) => row[i])])));
}
