// The chapter's panels: tables of what the figures' data sources hold, and the panels that need no Python at all.

import { attachCost } from "./cost.js";
import { CROWDED } from "./labels.js";
import { attachNoise } from "./noise.js";
import { labelPlane } from "./plane.js";

const ABOVE_FIRST = [CROWDED[2], ...CROWDED];      // arrows leave sideways under the lens

/** Fill a table with the columns that its headings name, from a source; those in closed details wait until opened. */
function follow(table, source) {
  const columns = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.column);
  const details = table.closest("details");
  const fill = () => {
    if (details && !details.open) return;
    const values = columns.map((name) => source.get(name));
    table.tBodies[0].replaceChildren(...Array.from(values[0], (_, i) => {
      const row = document.createElement("tr");
      row.append(Object.assign(document.createElement("th"), { scope: "row" }));
      for (let c = 1; c < columns.length; c++) row.insertCell();
      values.forEach((column, c) => { row.cells[c].textContent = String(column[i]).replace(/^-/, "−"); });
      return row;
    }));
  };
  source.properties.data.change.connect(fill);
  if (details) details.ontoggle = fill;
  fill();
}

/** Label the words of the analogy under the lens, in both planes. */
function labelLens(doc, name) {
  const [words, plane, labels] = ["words", `${name}-plot`, `${name}-labels`].map((part) => doc.get_model_by_name(`lens-${part}`));
  const draw = () => {
    const [text, x, y] = ["label", `${name}_x`, `${name}_y`].map((column) => Array.from(words.get(column)));
    const items = text.map((text, i) => ({ text, dataX: x[i], dataY: y[i] })).filter((item) => item.text);
    labelPlane(plane, labels, items, ABOVE_FIRST);
  };
  words.properties.data.change.connect(draw);
  for (const side of ["inner_width", "inner_height"]) plane.properties[side].change.connect(draw);
  for (const range of [plane.x_range, plane.y_range]) range.properties.end.change.connect(draw);
  draw();
}

/** Connect the panels of a document. */
export function attachPanels(doc) {
  for (const table of document.querySelectorAll("table[data-source]")) follow(table, doc.get_model_by_name(table.dataset.source));
  for (const name of ["pca", "lens"]) labelLens(doc, name);
  attachCost();
  attachNoise();
}
