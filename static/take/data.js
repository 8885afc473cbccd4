// "Save data": a table of a figure as a file for spreadsheets and programs.

import { save } from "../ui/save.js";
import { ask } from "./choice.js";
import { fileName } from "./names.js";
import { FORMATS, separated } from "../ui/separated.js";
import { tablesOf } from "./tables.js";

const ENOUGH = 60;              // letters of a caption that name its table

const short = (caption) => caption.length <= ENOUGH ? caption : `${caption.slice(0, ENOUGH).replace(/\W*\w*$/, "")} …`;
const slug = (caption) => caption.toLowerCase().match(/[a-z0-9]+/g).slice(0, 4).join("-");

/** Ask for table and format, then save it. */
export function perform({ name, figure, button, page, tell }) {
  const read = () => tablesOf(figure, (model) => page.doc.get_model_by_name(model)), tables = read();
  if (!tables.length) return tell("There are no numbers here yet.");
  const choices = tables.map(({ caption, rows }) => [caption, `${short(caption)} (${rows.length - 1} rows)`]);
  tell("");
  ask(button, [
    { name: `table-${name}`, words: "Table", answers: choices, list: true },
    { name: "data", words: "Format", answers: [["csv", "CSV"], ["tsv", "TSV"]] },
  ], "Save", ({ data: format, [`table-${name}`]: caption }) => {
    const { rows } = read().find((table) => table.caption === caption), type = `${FORMATS[format][2]};charset=utf-8`;
    save(fileName(name, slug(caption), format), new Blob([separated(rows, format)], { type }));
    tell("The data is saved.");
  });
}
