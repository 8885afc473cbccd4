// Rows as CSV (RFC 4180: commas, lines that end with CR LF) or TSV (tabs, LF). What holds the separator, a quotation mark or the end
// of a line stands in quotation marks, quotes doubled, in both, which is how spreadsheets, pandas and R read them.
//
// Words that begin with = + - or @ are written as they are. An apostrophe before them would keep a spreadsheet from taking
// them for formulas, but then no program would read the same word back; and it is the user's own data, from this page.

export const FORMATS = { csv: [",", "\r\n", "text/csv"], tsv: ["\t", "\n", "text/tab-separated-values"] };

/** A value as text: numbers with all their digits, none for what is not a number; lists with spaces. */
function textOf(value) {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  return ArrayBuffer.isView(value) || Array.isArray(value) ? Array.from(value, textOf).join(" ") : String(value ?? "");
}

/** rows: lists of values, the names of the columns first. */
export function separated(rows, format) {
  const [separator, end] = FORMATS[format], special = new RegExp(`["\\r\\n${separator}]`);
  const quoted = (text) => special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map((value) => quoted(textOf(value))).join(separator) + end).join("");
}
