// Moving and zooming the map, the box beside a word, selection by click.

import { MAP_NEAR } from "../../contract/messages.js";
import { byId } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { attachHover, attachSelection } from "../../ui/hover.js";
import { column, columnView } from "../../ui/models.js";
import { attachPanZoom } from "../../ui/pan-zoom.js";
import { cosine } from "./arrows.js";

const IN_BOX = 5;              // neighbours in the box beside a word

/** Attach all to a map; returns the plane's View. */
export function attachPointer({ models: { plane, words, shown }, near, ask }) {
  const marks = () => {
    const [x, y] = ["x", "y"].map((name) => columnView(words, name));
    return column(words, "name").map((text, index) => ({ text, index, dataX: x[index], dataY: y[index] }))
      .filter(({ index }) => shown.booleans[index]);
  };
  const nameOf = (word) => column(words, "name")[column(words, "word").indexOf(word)] ?? word;
  let asked = null;            // the word under the pointer: its neighbours are asked for once
  const describe = ({ index }) => {
    const word = columnView(words, "word")[index], nearest = near.of(word).slice(0, IN_BOX);
    if (!nearest.length && asked !== word) ask(MAP_NEAR, word);
    asked = word;
    const list = nearest.map((other) => `${nameOf(other.word)} ${cosine(other.cosine)}`).join(", ");
    return { cells: [columnView(words, "category")[index]], below: list && `nearest in all dimensions: ${list}` };
  };
  const { view, tools } = attachPanZoom(plane);
  attachFullScreen(byId("space-figure"), tools);
  attachHover(plane, words, marks, describe);
  attachSelection(plane, words, marks);
  return view;
}
