// The map's labels, the most important first: the sum's, words with arrows, the selected word's neighbours, other words.

import { NEAR } from "../../ui/labels.js";
import { column } from "../../ui/models.js";
import { labelPlane } from "../../ui/plane.js";

/** Label everything on show; asked: the labels of the sum, {word, text, dataX, dataY, alpha}, if there is one; near: the
 * neighbours of the selected word that have a label. */
export function drawLabels(models, picture, asked, near) {
  const { plane, words, arrows, shown, labels } = models;
  const withArrow = new Set([...column(arrows, "start"), ...column(arrows, "end")]), taken = new Set(asked.map(({ word }) => word));
  const [name, x, y] = [column(words, "name"), column(words, "x"), column(words, "y")];
  const visible = column(words, "word").map((word, i) => ({ word, text: name[i], dataX: x[i], dataY: y[i] }))
    .filter(({ word }, i) => shown.booleans[i] && !taken.has(word));
  labelPlane(plane, labels, [
    ...asked, ...visible.filter(({ word }) => withArrow.has(word)), ...neighbours(near, picture, [...asked, ...visible]),
    ...visible.filter(({ word }) => !withArrow.has(word))], NEAR);
}

/** Those of the neighbours that are not labelled as words of the map. */
function neighbours(near, picture, visible) {
  return near.filter((word) => !visible.some((other) => other.word === word)).map((text) => ({ text, at: picture.at(text) }))
    .filter(({ at }) => at).map(({ text, at: [dataX, dataY] }) => ({ text, dataX, dataY }));
}
