// Cells as files: one or all of them, as a notebook or as a script; and a user's work, with outputs and verdicts.

import { failure, notebook, printed, result, shown } from "./notebook.js";
import { script } from "./script.js";

const base = () => new URL(".", document.baseURI).href;
const about = (title) => ({ title, page: base(), wheel: document.querySelector("#wheel").href });
const link = (id) => `${base()}#${id}`;
const encoded = (value) => new TextEncoder().encode(typeof value === "string" ? value : `${JSON.stringify(value, null, 1)}\n`);
const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

/** What Jupyter needs of a cell; outputs: of its last run, if wanted. */
function partOf(cell, outputs = [], verdict = null) {
  return { name: cell.name, title: cell.title, source: cell.text.trimEnd(), outputs, exercise: cell.exercise?.name, verdict };
}

/** The headings above a cell, [[level, element]], those of its section first. */
function headings(cell) {
  const behind = cell.place.closest(".behind");
  if (behind) return [[2, behind.closest("section").querySelector("h2")]];
  const within = cell.place.closest(".chapter");
  const before = [...within.querySelectorAll("h2, h3, h4")].filter((one) => follows(one, cell.place));
  const last = (tag) => before.findLast((one) => one.matches(tag));
  const [section, part] = [last("h2"), last("h3")];
  return [[2, section], [3, part && follows(section, part) ? part : null]].filter(([, found]) => found);
}
const follows = (before, after) => Boolean(before.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING);

/** The parts of a notebook of all cells, those of the chapter first; part(cell) makes those of cells. */
async function allParts(cells, part) {
  const inChapter = (cell) => Boolean(cell.place.closest(".chapter"));
  const parts = [], told = new Set();
  for (const cell of [...cells.filter(inChapter), ...cells.filter((cell) => !inChapter(cell))]) {
    for (const [level, element] of headings(cell)) {
      if (told.has(element)) continue;
      told.add(element);
      parts.push({ heading: words(element), level, link: link(element.id || element.closest("[id]").id) });
    }
    parts.push(await part(cell));
  }
  return parts;
}

/** One cell as a file, after those above it that it needs. */
export async function cellFile(cell, needed, kind) {
  const parts = [...needed, cell].map((one) => partOf(one)), told = about(cell.title);
  return kind === "script" ? [`${cell.name}.py`, encoded(script(parts, told))]
    : [`${cell.name}.ipynb`, encoded(notebook(parts, told))];
}

/** All cells as a file, with the user's changes. */
export async function allFile(cells, kind) {
  const parts = await allParts(cells, (cell) => partOf(cell)), told = about(document.querySelector("h1").textContent);
  return kind === "script" ? ["embedding-lab.py", encoded(script(parts, told))]
    : ["embedding-lab.ipynb", encoded(notebook(parts, told))];
}

/** The user's work as a notebook: all cells with what their last runs showed, and what the checks said of them. */
export async function workFile(cells, name) {
  const parts = await allParts(cells, async (cell) => partOf(cell, await outputsOf(cell), verdictOf(cell)));
  const exercises = Object.fromEntries(cells.filter((cell) => cell.exercise)
    .map(({ exercise }) => [exercise.name, { solved: false, tried: false, hints: 0, ...exercise.state }]));
  const metadata = { ...(name && { name }), saved: new Date().toISOString(), exercises };
  const title = `${document.querySelector("h1").textContent}: the work of ${name || "a reader"}`;
  const file = ["embedding-lab", ...name.normalize("NFD").match(/[A-Za-z0-9]+/g) ?? [], "work"].join("-");
  return [`${file}.ipynb`, encoded(notebook(parts, about(title), metadata))];
}

/** What the last check of an exercise said: { passed, words, edited }; edited: whether the code is another one now. */
function verdictOf(cell) {
  const verdict = cell.exercise?.verdictGiven;
  return verdict ? { passed: verdict.passed, words: verdictWords(verdict), edited: verdict.source !== cell.text } : null;
}

/** As Python says it where there is no page: exercises.checking.Verdict. */
function verdictWords({ passed, message, faults }) {
  const lines = faults.flatMap(({ message: wrong, error, inputs = [], found = [] }) =>
    [wrong, error, ...[...inputs, ...found].map(([what, value]) => `${what} = ${value}`)]);
  return `${passed ? "Right." : "Not yet."} ${[message, ...lines].filter(Boolean).join("\n")}`;
}

/** The outputs of a cell's own last run as they stand below it; none where they are of our run. */
async function outputsOf(cell) {
  const { place } = cell.output;
  if (place.hidden || place.classList.contains("cell-recorded")) return [];
  return Promise.all([...place.children].filter((one) => !one.matches(".cell-caption")).map(outputOf));
}

async function outputOf(element) {
  if (element.matches(".cell-printed")) return printed(element.textContent);
  if (element.matches(".cell-result")) return result(element.textContent);
  if (element.matches(".cell-error")) return failure(element.textContent);
  if (!element.matches(".cell-picture")) return printed(`${words(element)}\n`, "stderr");
  const caption = element.previousElementSibling?.matches(".cell-caption") ? words(element.previousElementSibling) : "Plot";
  const png = await pngOf(element);
  return shown({ ...(png && { "image/png": png }), "text/plain": caption });
}

/** A picture of Bokeh's as a PNG in base64, on the ground that it has in the page. */
async function pngOf(element) {
  const view = [...Bokeh.index].find((one) => element.contains(one.el));
  if (!view) return null;
  const drawn = view.export("png", true).canvas, out = document.createElement("canvas"), pen = out.getContext("2d");
  Object.assign(out, { width: drawn.width, height: drawn.height });
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, out.width, out.height);
  pen.drawImage(drawn, 0, 0);
  return out.toDataURL("image/png").split(",")[1];
}
