// The map's labels, the most important first: the sum's, the selected word's, those of words with arrows, the selected word's
// neighbours, the user's own words, then the others in the order in which Python has sent them.

import { NEAR } from "../../ui/labels.js";
import { column } from "../../ui/models.js";
import { labelPlane } from "../../ui/plane.js";
import { selectedWord } from "./neighbours.js";

/** Label everything on show. */
export function drawLabels(models, picture) {
  const { plane, words, arrows, shown, labels } = models;
  const withArrow = new Set([...column(arrows, "start"), ...column(arrows, "end")]);
  const [name, x, y, own] = [column(words, "name"), column(words, "x"), column(words, "y"), column(words, "own")];
  const selected = selectedWord(models), near = neighbours(models, picture, shown);
  const visible = column(words, "word").map((word, i) => ({ text: name[i], dataX: x[i], dataY: y[i],
    rank: i === selected ? 0 : withArrow.has(word) ? 1 : own[i] ? 3 : 4 })).filter((_, i) => shown.booleans[i]);
  labelPlane(plane, labels, [...tips(models), ...[...visible, ...near].sort((a, b) => a.rank - b.rank)], NEAR);
}

/** The ends of the sum's arrows. */
function tips({ sum }) {
  const [x, y] = [column(sum, "x1"), column(sum, "y1")];
  return column(sum, "label").map((text, i) => ({ text, dataX: x[i], dataY: y[i] })).filter(({ text }) => text);
}

/** The neighbours of the selected word that are not labelled as words of the map. */
function neighbours(models, picture, { booleans }) {
  const i = selectedWord(models), near = i === undefined ? [] : column(models.words, "near")[i];
  const labelled = new Set(column(models.words, "word").filter((_, j) => booleans[j]));
  return near.filter((word) => !labelled.has(word)).map((text) => ({ text, at: picture.at(text) }))
    .filter(({ at }) => at).map(({ text, at: [dataX, dataY] }) => ({ text, dataX, dataY, rank: 2 }));
}
