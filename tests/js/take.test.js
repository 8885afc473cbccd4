import assert from "node:assert/strict";
import test from "node:test";

import { chosenFrames } from "../../static/take/film.js";
import { withTexts } from "../../static/take/raster.js";
import { fileName } from "../../static/take/names.js";
import { separated } from "../../static/ui/separated.js";
import { inRows, wrapped } from "../../static/take/sheet.js";
import { cellValue } from "../../static/take/tables.js";
import { crc32 } from "../../static/ui/arrival.js";

test("CSV as RFC 4180 has it: quotes doubled, commas, quotes and ends of lines in quotes, lines that end with CR LF", () => {
  const rows = [["word", "x"], ['a "b"', 0.1 + 0.2], ["a,b", -1e-9], ["a\nb", NaN], ["a\tb", Infinity]];
  assert.equal(separated(rows, "csv"),
    'word,x\r\n"a ""b""",0.30000000000000004\r\n"a,b",-1e-9\r\n"a\nb",\r\na\tb,\r\n');
});

test("TSV puts in quotes what has tabs, and leaves commas alone", () => {
  assert.equal(separated([["a\tb", "c,d", 'e"f', "=1+1"]], "tsv"), '"a\tb"\tc,d\t"e""f"\t=1+1\n');
});

test("lists are words with spaces, numbers with all digits", () => {
  assert.equal(separated([[["a", "b"], new Float32Array([0.5, 1.5]), null]], "tsv"), "a b\t0.5 1.5\t\n");
});

const cell = (textContent, dataset = {}) => ({ textContent, dataset });

test("a cell is the value that it was written from, else its number, else its words", () => {
  assert.equal(cellValue(cell("1.3%", { value: "0.0131234567" })), 0.0131234567);
  const values = ["85,218", "−0.36", "–", "5 to 9", "1,000 and more", "king − man", "1,2"].map((text) => cellValue(cell(text)));
  assert.deepEqual(values, ["85218", "-0.36", "", "5 to 9", "1,000 and more", "king − man", "1,2"]);
});

const letters = (line) => line.length;

test("lines hold as many words as fit; what has no spaces is cut", () => {
  assert.deepEqual(wrapped("aa bb cc", 5, letters), ["aa bb", "cc"]);
  assert.deepEqual(wrapped("a https://x.y/z b", 6, letters), ["a", "https:", "//x.y/", "z b"]);
  assert.deepEqual(wrapped("", 6, letters), [""]);
});

test("drawings stand in rows, no row wider than allowed unless one of them is", () => {
  assert.deepEqual(inRows([60, 50, 200, 10], 120, 10), [{ x: 0, row: 0 }, { x: 70, row: 0 }, { x: 0, row: 1 }, { x: 0, row: 2 }]);
});

test("of a run every frame is shown, or every second, and always the last", () => {
  assert.deepEqual(chosenFrames(4, 10, 15), [0, 1, 2, 3, 4]);
  assert.deepEqual(chosenFrames(5, 30, 15), [0, 2, 4, 5]);
  assert.deepEqual(chosenFrames(1, 30, 10), [0, 1]);
});

test("files carry the figure's name", () => assert.equal(fileName("panel-lens", "svg"), "embedding-lab-panel-lens.svg"));

test("a PNG gets its texts as chunks before the last one", async () => {
  const end = [0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130], blob = withTexts(new Uint8Array([1, 2, ...end]), { Title: "u·v" });
  const bytes = new Uint8Array(await blob.arrayBuffer()), view = new DataView(bytes.buffer), length = view.getUint32(2);
  assert.equal(new TextDecoder().decode(bytes.subarray(6, 10 + length)), "iTXtTitle\0\0\0\0\0u·v");
  assert.equal(view.getUint32(10 + length), crc32(bytes.subarray(6, 10 + length)));
  assert.deepEqual([...bytes.subarray(0, 2), ...bytes.subarray(14 + length)], [1, 2, ...end]);
});
