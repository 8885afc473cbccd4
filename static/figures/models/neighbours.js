// The neighbours of several words in several models: as a table, and as text for a spreadsheet.

import { byId, element } from "../../ui/dom.js";
import { onChange } from "../../ui/models.js";
import { decimal } from "../../ui/numbers.js";
import { rowsOf } from "./texts.js";

const COPIED = "Copied: a line for each neighbour.";
const REFUSED = "This browser does not let a page copy: select the table and copy it.";

/** Lines with tabs: word, model, rank, neighbour, cosine. rows: {word, model, near, cosine}. */
export function spreadsheet(rows) {
  const plain = (text) => String(text).replace(/\s+/g, " ");      // a tab or a line end in a name would shift its line
  const lines = rows.flatMap(({ word, model, near, cosine }) =>
    Array.from(near, (other, i) => [word, model, i + 1, other, cosine[i].toFixed(4)]));
  return [["word", "model", "rank", "neighbour", "cosine"], ...lines].map((line) => `${line.map(plain).join("\t")}\n`).join("");
}

function line({ word, model, near, cosine }) {
  const words = Array.from(near, (other, i) => [i ? ", " : "", other, element("small", { textContent: ` ${decimal(cosine[i], 2)}` })]);
  return element("tr", {}, element("th", { scope: "row", textContent: word }), element("td", { textContent: model }),
                 element("td", {}, ...(near.length ? words.flat() : ["not among its words"])));
}

export function attachNeighbours(source) {
  const list = () => {
    const rows = rowsOf(source);
    byId("models-neighbours").tBodies[0].replaceChildren(...rows.map(line));
    byId("models-copying").hidden = !rows.length;
    byId("models-copied").textContent = "";
  };
  byId("models-copy").onclick = () => navigator.clipboard.writeText(spreadsheet(rowsOf(source))).then(() => COPIED, () => REFUSED)
    .then((text) => { byId("models-copied").textContent = text; });
  onChange(source, "data", list);
  list();
}
