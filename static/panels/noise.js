// The noise distribution: shares of the draws for any exponent, from the counts in the table.

import { byId } from "../ui/dom.js";

const LEAST = -6.5, MOST = -1;         // powers of ten at the ends of the bars' scale

/** Shares of all draws: counts ** exponent, given that the first word has the share `first`. */
export function shares(counts, exponent, first) {
  return counts.map((count) => first * (count / counts[0]) ** exponent);
}

/** 0.0000237 as "0.0024%". */
export function percent(share) {
  const [value, digits] = [100 * share, Math.max(0, 1 - Math.floor(Math.log10(100 * share)))];
  return `${value.toFixed(digits)}%`;
}

const part = (share) => Math.max(0, (Math.log10(share) - LEAST) / (MOST - LEAST)).toFixed(4);
const times = (ratio) => Number(ratio.toPrecision(2)).toLocaleString("en");

/** Connect the panel, if the page has it. */
export function attachNoise() {
  const [slider, table] = ["noise-exponent", "noise-table"].map(byId);
  if (!slider) return;
  const body = table.tBodies[0], rows = [...body.rows];
  const first = JSON.parse(body.dataset.first), counts = rows.map((row) => Number(row.dataset.count));
  const word = (row) => row.cells[0].textContent;
  const text = shares(counts, 1, first.at(-1));
  table.style.setProperty("--lines", MOST - LEAST);

  function draw() {
    const exponent = Number(slider.value), drawn = shares(counts, exponent, first[Math.round(exponent * (first.length - 1))]);
    rows.forEach((row, i) => {
      row.cells[3].textContent = percent(drawn[i]);
      row.cells[3].dataset.value = drawn[i];
      row.cells[4].firstChild.style.cssText = `--part: ${part(drawn[i])}; --mark: ${part(text[i])}`;
    });
    byId("noise-exponent-value").textContent = exponent.toFixed(2);
    const [common, rare] = [rows[0], rows.at(-1)].map(word), ratio = (row) => row[0] / row.at(-1);
    const drawnOften = exponent === 0 ? "no more often: all words are alike."
      : exponent === 1 ? "as many times as often: noise is the text itself."
        : `${times(ratio(drawn))} times as often, and “${rare}” ${times(drawn.at(-1) / text.at(-1))} times as often as ` +
          "the text would have it.";
    byId("noise-summary").textContent =
      `“${common}” occurs ${times(ratio(text))} times as often as “${rare}”. ` +
      `With the exponent ${exponent.toFixed(2)} it is drawn ${drawnOften}`;
  }

  slider.oninput = draw;
  draw();
}
