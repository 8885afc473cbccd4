// The map's labels, the most important first: the sum's, words with arrows, the selected word's neighbours, other words.

import { NEAR } from "../../ui/labels.js";
import { column } from "../../ui/models.js";
import { labelPlane } from "../../ui/plane.js";

/** Label everything on show; near: the neighbours of the selected word that have a label. */
export function drawLabels(models, picture, near) {
  const { plane, words, arrows, shown, labels } = models;
  const withArrow = new Set([...column(arrows, "start"), ...column(arrows, "end")]);
  const [name, x, y] = [column(words, "name"), column(words, "x"), column(words, "y")];
  const visible = column(words, "word").map((word, i) => ({ word, text: name[i], dataX: x[i], dataY: y[i] }))
    .filter((_, i) => shown.booleans[i]);
  labelPlane(plane, labels, [
    ...tips(models), ...visible.filter(({ word }) => withArrow.has(word)), ...neighbours(near, picture, visible),
    ...visible.filter(({ word }) => !withArrow.has(word))], NEAR);
}

/** The ends of the sum's arrows. */
function tips({ sum }) {
  const [x, y] = [column(sum, "x1"), column(sum, "y1")];
  return column(sum, "label").map((text, i) => ({ text, dataX: x[i], dataY: y[i] })).filter(({ text }) => text);
}

/** Those of the neighbours that are not labelled as words of the map. */
function neighbours(near, picture, visible) {
  return near.filter((word) => !visible.some((other) => other.word === word)).map((text) => ({ text, at: picture.at(text) }))
    .filter(({ at }) => at).map(({ text, at: [dataX, dataY] }) => ({ text, dataX, dataY }));
}
