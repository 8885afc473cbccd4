// The chapter's panels: tables of what the figures' data sources hold, and the panels that need no Python at all.

import { attachCost } from "./cost.js";
import { element } from "./dom.js";
import { CROWDED } from "./labels.js";
import { attachNoise } from "./noise.js";
import { labelPlane } from "./plane.js";

const ABOVE_FIRST = [CROWDED[2], ...CROWDED];      // arrows leave sideways under the lens

/**
 * Fill a table with the columns that its headings name, from the table's source or their own, numbers with as many
 * digits as they ask for; a table in closed details waits until opened. Returns what fills it.
 */
function follow(table, get) {
  const columns = [...table.tHead.rows[0].cells].map(({ dataset: { column, digits, source = table.dataset.source } }) =>
    ({ name: column, digits, source: get(source) }));
  const details = table.closest("details");
  const write = (value, { digits }) => {
    if (digits && typeof value === "number") value = Number.isFinite(value) ? value.toFixed(digits) : "–";
    return (Array.isArray(value) ? value.join(", ") : String(value)).replace(/^-(?!0\.?0*$)/, "−").replace(/^-/, "");
  };
  const fill = () => {
    if (details && !details.open) return;
    const values = columns.map(({ name, source }) => source.get(name));
    table.tBodies[0].replaceChildren(...Array.from(values[0], (_, i) => {
      const row = element("tr", {}, element("th", { scope: "row" }));
      for (let c = 1; c < columns.length; c++) row.insertCell();
      values.forEach((column, c) => { row.cells[c].textContent = write(column[i], columns[c]); });
      return row;
    }));
  };
  for (const source of new Set(columns.map((column) => column.source))) source.properties.data.change.connect(fill);
  fill();
  return fill;
}

/** Label the words of the analogy under the lens, in both planes. */
function labelLens(doc, name) {
  const get = (part) => doc.get_model_by_name(`lens-${part}`);
  const [words, plane, labels] = ["words", `${name}-plot`, `${name}-labels`].map(get);
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
  const opened = new Map();               // details: what fills its tables
  for (const table of document.querySelectorAll("table[data-source]")) {
    const fill = follow(table, (name) => doc.get_model_by_name(name)), details = table.closest("details");
    opened.set(details, [...opened.get(details) ?? [], fill]);
  }
  for (const [details, fills] of opened) if (details) details.ontoggle = () => fills.forEach((fill) => fill());
  for (const name of ["pca", "lens"]) labelLens(doc, name);
  attachCost();
  attachNoise();
}
