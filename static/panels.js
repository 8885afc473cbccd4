// The chapter's panels: tables of what the figures' data sources hold, and the panels that need no Python at all.

import { attachCost } from "./cost.js";
import { attachNoise } from "./noise.js";

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

/** Connect the panels of a document. */
export function attachPanels(doc) {
  for (const table of document.querySelectorAll("table[data-source]")) follow(table, doc.get_model_by_name(table.dataset.source));
  attachCost();
  attachNoise();
}
