// How the models' figures are written.

import { toObject } from "../../ui/models.js";
import { decimal } from "../../ui/numbers.js";

/** The rows of a data source as objects. */
export function rowsOf(source) {
  const columns = Object.entries(toObject(source.data));
  return Array.from(columns[0][1], (_, i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]])));
}

/** A score as it is written: the correlation of word pairs, else a share. */
export function score(x, isCorrelation) {
  return isCorrelation || !Number.isFinite(x) ? decimal(x, 3) : `${decimal(100 * x, 1)}%`;
}

/** A part as a percentage: 0.3%, 98%; 100% is all of it. */
export const share = (part) => `${part && part < 0.1 ? (100 * part).toFixed(1) : Math.floor(100 * part)}%`;

const atLeast = (x, digits, unit) => (x < 0.05 ? `< 0.1 ${unit}` : `${x.toLocaleString("en", { maximumFractionDigits: digits })} ${unit}`);

/** Bytes as 0.2 MB or 61 MB. */
export const megabytes = (bytes) => atLeast(bytes / 1e6, bytes < 1e7 ? 1 : 0, "MB");

/** Seconds as 0.4 s, 12 s or 3 min. */
export const seconds = (x) => (x < 90 ? atLeast(x, x < 10 ? 1 : 0, "s") : `${Math.round(x / 60)} min`);
