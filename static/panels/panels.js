// The chapter's panels: tables of what the figures' data sources hold, and the panels that need no Python at all.

import { attachCost } from "./cost.js";
import { element } from "../ui/dom.js";
import { CROWDED } from "../ui/labels.js";
import { attachNoise } from "./noise.js";
import { column, labelPlane } from "../ui/plane.js";

const ABOVE_FIRST = [CROWDED[2], ...CROWDED];      // arrows leave sideways under the lens
const STOPS = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);     // of an arrow's length, where it keeps labels away

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

/** Keep the labels of a plot apart: the columns of its marks, and what else is in the way, as {dataX, dataY}. */
function labelMarks(doc, name, words, columns, inTheWay = () => []) {
  const [plane, labels] = ["plot", "labels"].map((part) => doc.get_model_by_name(`${name}-${part}`));
  const draw = () => {
    const [text, x, y] = columns.map((name) => column(words, name));
    const items = text.map((text, i) => ({ text, dataX: x[i], dataY: y[i] })).filter(({ text }) => text);
    labelPlane(plane, labels, [...items, ...inTheWay()], ABOVE_FIRST);
  };
  words.properties.data.change.connect(draw);
  for (const side of ["inner_width", "inner_height"]) plane.properties[side].change.connect(draw);
  for (const range of [plane.x_range, plane.y_range]) range.properties.end.change.connect(draw);
  draw();
}

/** Points along the arrows of a lens. */
function alongArrows(pairs, name) {
  const [x0, y0, x1, y1] = ["x0", "y0", "x1", "y1"].map((end) => column(pairs, `${name}_${end}`));
  return x0.flatMap((_, i) => STOPS.map((t) =>
    ({ dataX: x0[i] + t * (x1[i] - x0[i]), dataY: y0[i] + t * (y1[i] - y0[i]) })));
}

/** Connect the panels of a document. */
export function attachPanels(doc) {
  const get = (name) => doc.get_model_by_name(name);
  const opened = new Map();               // details: what fills its tables
  for (const table of document.querySelectorAll("table[data-source]")) {
    const fill = follow(table, get), details = table.closest("details");
    opened.set(details, [...opened.get(details) ?? [], fill]);
  }
  for (const [details, fills] of opened) if (details) details.ontoggle = () => fills.forEach((fill) => fill());
  for (const name of ["pca", "lens"]) {
    labelMarks(doc, `lens-${name}`, get("lens-words"), ["label", `${name}_x`, `${name}_y`],
      () => alongArrows(get("lens-pairs"), name));
  }
  labelMarks(doc, "charlm-plane", get("charlm-letters"), ["letter", "x", "y"]);
  labelMarks(doc, "charlm-bias", get("charlm-letters"), ["letter", "log", "bias"]);
  attachCost();
  attachNoise();
}
