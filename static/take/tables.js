// The tables of a figure as rows of values: from the columns that fill them, with all digits, else from their cells.

import { columnView } from "../ui/models.js";

const DASH = "–";               // of a cell without a number

const words = (part) => part.textContent.replace(/\s+/g, " ").trim();

/** A cell's value: the one that it was written from, if it says so, a number without thousands' commas, else its words. */
export function cellValue(cell) {
  if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
  const text = words(cell);
  if (text === DASH) return "";
  const plain = text.replace(/^−/, "-").replace(/,(?=\d{3})/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : text;
}

/** The cells of a row, one for each column of the table. */
const spread = (row) => [...row.cells].flatMap((cell) => Array(cell.colSpan).fill(cell));

/** The names of a table's columns; of several rows of headings the upper stand before the lower. */
function namesOf(table) {
  const rows = [...table.tHead?.rows ?? []].map(spread);
  const unnamed = (name, i) => name || (i ? `Column ${i + 1}` : "Name");
  return (rows.at(-1) ?? []).map((_, i) => unnamed(rows.map((row) => words(row[i])).filter(Boolean).join(": "), i));
}

function fromSources(table, find) {
  const heads = [...table.tHead.rows[0].cells];
  const columns = heads.map(({ dataset: { column, source = table.dataset.source } }) => columnView(find(source), column));
  return [heads.map(words), ...Array.from(columns[0], (_, i) => columns.map((column) => column[i]))];
}

function fromCells(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]), names = namesOf(table);
  const kept = names.map((_, i) => rows.some((row) => words(spread(row)[i] ?? row)));       // not those of bars, or of buttons alone
  return [names, ...rows.map((row) => spread(row).map(cellValue))].map((row) => row.filter((_, i) => kept[i] ?? true));
}

/** [{caption, rows}] of those tables of a figure that have rows and are not hidden, though they may be folded; find(name): a model. */
export function tablesOf(figure, find) {
  const all = [...figure.querySelectorAll("table")].filter((table) => table.caption && !table.closest("[hidden]"));
  return all.map((table) => ({ caption: words(table.caption), rows: table.dataset.source ? fromSources(table, find) : fromCells(table) }))
    .filter(({ rows }) => rows.length > 1);
}
