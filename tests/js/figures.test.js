// Pure parts of the map, the training section, the models and the tables.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cosine } from "../../static/figures/map/arrows.js";
import { spreadsheet } from "../../static/figures/models/neighbours.js";
import { megabytes, rowsOf, score, seconds, share } from "../../static/figures/models/texts.js";
import { duration, lossRanges, nearest, short } from "../../static/figures/training/training.js";
import { textOf } from "../../static/panels/tables.js";
import { matrixRow } from "../../static/ui/models.js";

test("a cosine of zero has no sign, and none is a dash", () => {
  assert.deepEqual([-0.001, -0.5, 0.456, NaN].map(cosine), ["0.00", "−0.50", "0.46", "–"]);
});

test("rows of a data source, from an object or a map", () => {
  const data = { word: ["a", "b"], x: Float32Array.of(1, 2) }, rows = [{ word: "a", x: 1 }, { word: "b", x: 2 }];
  assert.deepEqual(rowsOf({ data }), rows);
  assert.deepEqual(rowsOf({ data: new Map(Object.entries(data)) }), rows);
});

test("correlations have three digits, shares are percentages", () => {
  assert.deepEqual([score(0.5012, true), score(0.5012, false), score(NaN, false)], ["0.501", "50.1%", "–"]);
});

test("neighbours for a spreadsheet: a line each, tabs between its cells", () => {
  const rows = [{ word: "cat", model: "my\tmodel", near: ["dog", "kitten"], cosine: Float64Array.of(0.91234, 0.5) },
                { word: "nyc", model: "m", near: [], cosine: [] }];
  assert.equal(spreadsheet(rows), "word\tmodel\trank\tneighbour\tcosine\n" +
    "cat\tmy model\t1\tdog\t0.9123\ncat\tmy model\t2\tkitten\t0.5000\n");
});

test("what a model takes and took", () => {
  assert.deepEqual([360, 200_000, 61_400_000, 1.5e9].map(megabytes), ["< 0.1 MB", "0.2 MB", "61 MB", "1,500 MB"]);
  assert.deepEqual([0.02, 0.42, 12.4, 150].map(seconds), ["< 0.1 s", "0.4 s", "12 s", "3 min"]);
  assert.deepEqual([0, 0.003, 0.5, 995 / 999, 1].map(share), ["0%", "0.3%", "50%", "99%", "100%"]);
});

test("the loss plot holds its curve", () => {
  const { x, y } = lossRanges([0, 1, 2], [3, 2, 1]);
  assert.ok(x.start === 0 && x.end > 2 && y.start < 1 && y.end > 3);
  assert.ok(lossRanges([0], [3]).x.end > 0);
});

test("numbers and durations are short", () => {
  assert.deepEqual([12, 12_345, 1_234_567].map(short), ["12", "12 k", "1.2 M"]);
  assert.deepEqual([11.2, 89, 150].map(duration), ["12 s", "89 s", "3 min"]);
});

test("the nearest value", () => {
  assert.deepEqual([nearest([0, 0.5, 2], 0.9), nearest([0, 0.5, 2], 9), nearest([], 1)], [1, 2, -1]);
});

test("values of a table as text", () => {
  assert.deepEqual([textOf(-0.001, 2), textOf(-1.5, 1), textOf(NaN, 2), textOf(["a", "b"]), textOf("-x"), textOf(12)],
    ["0.00", "−1.5", "–", "a, b", "−x", "12"]);
});

test("a row of a matrix, flat or in rows", () => {
  assert.deepEqual(matrixRow(Int16Array.of(1, 2, 3, 4), 1, 2), [3, 4]);
  assert.deepEqual(matrixRow([[1, 2], [3, 4]], 1, 2), [3, 4]);
  assert.deepEqual(matrixRow([], 1, 2), []);
});
