// Names of regions: where words stand close together, and what most of them are.
//
// The plane is a grid; its counts are smoothed, and a cell that has more words around it than any cell near it is the middle
// of a region. A region is named after a class that many of its words with a class have, and three times as many as
// elsewhere; else by its commonest words that have one.

import { ATLAS_CLASSES } from "../../contract/constants.js";

const GRID = 64;               // cells along the longer side
const APART = 5;               // cells between two middles, at least
const REACH = 2;               // cells from a middle that belong to the region
const LEAST = 0.0008;          // of all words that a region has
const [SHARE, TIMES] = [0.4, 3];       // of a region's words that a class has which names it; against its share of all,
                                       // of which a class that is common everywhere gets half the way to all of them
const VAGUE = 10;              // ATLAS_CLASSES from this number on say too little to name a region
const NAMED = 3;               // words that name a region

/** Counts [x + GRID * y] with each cell's eight neighbours, the nearer counting more. */
function smoothed(counts) {
  const result = new Float32Array(counts.length), weights = [1, 2, 1];
  for (let y = 1; y < GRID - 1; y++) {
    for (let x = 1; x < GRID - 1; x++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) result[x + GRID * y] += weights[dx + 1] * weights[dy + 1] * counts[x + dx + GRID * (y + dy)] / 16;
      }
    }
  }
  return result;
}

/** Of words' indices, the share that each class has of those with a class. */
function sharesOf(classes, indices) {
  const counts = new Map();
  let total = 0;
  for (const i of indices) {
    if (!classes[i]) continue;
    counts.set(classes[i], (counts.get(classes[i]) ?? 0) + 1);
    total += 1;
  }
  return new Map([...counts].map(([number, count]) => [number, count / total]));
}

/** The name of a region by its words' indices, the most frequent first; everywhere: the classes' shares of all words. */
function nameOf(words, members, everywhere) {
  const vague = words.kinds === ATLAS_CLASSES ? VAGUE : words.kinds.length;
  const fits = ([number, share]) => number < vague && share > SHARE && share > Math.min(TIMES * everywhere.get(number), (1 + everywhere.get(number)) / 2);
  const found = [...sharesOf(words.classes, members)].filter(fits).sort((a, b) => b[1] - a[1])[0];
  if (found) return words.kinds[found[0]][0];
  const named = members.filter((i) => words.classes[i]);               // words that say something, if the classes are known
  return (named.length >= NAMED ? named : members).slice(0, NAMED).map((i) => words.names[i]).join(", ");
}

/** [{text, x, y, size}] of the regions of Words, the densest first; of one name, the densest. */
export function regionsOf(words) {
  const [x0, y0, x1, y1] = words.bounds, cell = Math.max(x1 - x0, y1 - y0) / (GRID - 2) || 1, cells = new Map();
  const counts = new Float32Array(GRID * GRID);
  for (let i = 0; i < words.size; i++) {
    if (!words.isHere(i)) continue;
    const key = 1 + Math.floor((words.x[i] - x0) / cell) + GRID * (1 + Math.floor((words.y[i] - y0) / cell));
    counts[key] += 1;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(i);
  }
  const density = smoothed(smoothed(counts)), everywhere = sharesOf(words.classes, words.classes.keys());
  const around = function* (x, y) {
    for (let dy = -REACH; dy <= REACH; dy++) for (let dx = -REACH; dx <= REACH; dx++) yield x + dx + GRID * (y + dy);
  };
  const peaks = [...density.keys()].map((key) => ({ key, x: key % GRID, y: Math.floor(key / GRID) }))
    .filter(({ key, x, y }) => density[key] > 0 && [...around(x, y)].every((other) => density[key] >= (density[other] ?? 0)))
    .sort((a, b) => density[b.key] - density[a.key]);
  const middles = [], names = new Set(), regions = [];
  for (const peak of peaks) {
    if (middles.some(({ x, y }) => Math.hypot(x - peak.x, y - peak.y) < APART)) continue;
    middles.push(peak);
    const members = [...around(peak.x, peak.y)].flatMap((key) => cells.get(key) ?? []).sort((a, b) => a - b);
    const text = nameOf(words, members, everywhere);
    if (members.length < LEAST * words.size || names.has(text)) continue;
    names.add(text);
    regions.push({ text, x: x0 + (peak.x - 0.5) * cell, y: y0 + (peak.y - 0.5) * cell, size: members.length });
  }
  return regions;
}
