// Tables of what data sources hold: their headings name the columns, or a source of their own.

import { element } from "../ui/dom.js";
import { onChange } from "../ui/models.js";
import { decimal } from "../ui/numbers.js";

/** A value as text: numbers with `digits`, if given, and a proper minus unless they are zeros; lists with commas. */
export function textOf(value, digits) {
  if (digits && typeof value === "number") return decimal(value, digits);
  return (Array.isArray(value) ? value.join(", ") : String(value)).replace(/^-(?!0\.?0*$)/, "−").replace(/^-/, "");
}

/** The columns of a table, {name, digits, source}, from its headings. */
const columnsOf = (table, find) => [...table.tHead.rows[0].cells]
  .map(({ dataset: { column, digits, source = table.dataset.source } }) => ({ name: column, digits, source: find(source) }));

function fill(table, columns) {
  const values = columns.map(({ name, source }) => source.get(name));
  table.tBodies[0].replaceChildren(...Array.from(values[0], (_, i) => {
    const row = element("tr", {}, element("th", { scope: "row" }));
    for (let c = 1; c < columns.length; c++) row.insertCell();
    values.forEach((column, c) => { row.cells[c].textContent = textOf(column[i], columns[c].digits); });
    return row;
  }));
}

/** Fill the page's tables whenever their sources change; one in closed details waits until those are opened. */
export function attachTables(find) {
  const opened = new Map();               // details: what fills its tables
  for (const table of document.querySelectorAll("table[data-source]")) {
    const columns = columnsOf(table, find), details = table.closest("details");
    const update = () => { if (!details || details.open) fill(table, columns); };
    for (const source of new Set(columns.map(({ source }) => source))) onChange(source, "data", update);
    opened.set(details, [...opened.get(details) ?? [], update]);
    update();
  }
  for (const [details, updates] of opened) if (details) details.ontoggle = () => updates.forEach((update) => update());
}
