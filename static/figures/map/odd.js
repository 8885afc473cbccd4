// The words among which the odd one was looked for: rings around those on the map, a square around the odd one.

import { column, setData } from "../../ui/models.js";

/** visible: a Set of the words on show. */
export function drawOdd({ oddScores, oddMarks }, picture, visible) {
  const words = column(oddScores, "word"), odd = words.at(-1);
  const marked = words.filter((word) => visible.has(word) && picture.at(word)), places = picture.places(marked);
  setData(oddMarks, {
    word: marked, x: places.map(([x]) => x), y: places.map(([, y]) => y),
    marker: marked.map((word) => word === odd ? "square" : "circle"),
    width: marked.map((word) => word === odd ? 3 : 1.5),
  });
}
