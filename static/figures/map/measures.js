// What a plane keeps, as embedlab.projection and embedlab.vectors have it: purity, neighbour_recall, mean_offset_cosine.

import { dot } from "./turn.js";

export const PURITY_OF = 3, NEIGHBOURS_OF = 5;         // nearest

/** The indices of the k points nearest to point i, the nearest first; of equally near ones the first. */
function nearest(points, i, k) {
  const found = [], squares = [], point = points[i], D = point.length;
  for (let j = 0; j < points.length; j += 1) {
    if (j === i) continue;
    const other = points[j];
    let square = 0;
    for (let d = 0; d < D; d += 1) square += (other[d] - point[d]) ** 2;
    if (found.length === k && square >= squares[k - 1]) continue;
    let at = Math.min(found.length, k - 1);
    for (; at > 0 && squares[at - 1] > square; at -= 1) [found[at], squares[at]] = [found[at - 1], squares[at - 1]];
    [found[at], squares[at]] = [j, square];
  }
  return found;
}

/** What part of each point's k nearest has its own label, the mean over all. */
export function purity(points, labels, k = PURITY_OF) {
  if (points.length <= k) return NaN;
  const parts = points.map((_, i) => nearest(points, i, k).filter((j) => labels[j] === labels[i]).length / k);
  return mean(parts);
}

/** What part of each row's k nearest in full is among its k nearest on the plane, the mean over all. */
export function recall(full, points, k = NEIGHBOURS_OF) {
  if (points.length <= k) return NaN;
  const near = nearestOfAll(full, k);
  return mean(points.map((_, i) => nearest(points, i, k).filter((j) => near[i].has(j)).length / k));
}

const lists = new WeakMap();               // of rows: their nearest, which a turn leaves as they are

function nearestOfAll(full, k) {
  if (!lists.has(full)) lists.set(full, full.map((_, i) => new Set(nearest(full, i, k))));
  return lists.get(full);
}

export const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** The mean cosine between the offsets of all pairs of pairs [[start, end] ...]; NaN for fewer than two. */
export function meanOffsetCosine(pairs) {
  const P = pairs.length;
  if (P < 2) return NaN;
  const offsets = pairs.map(([start, end]) => {
    const offset = end.map((x, i) => x - start[i]), length = Math.hypot(...offset) || 1;
    return offset.map((x) => x / length);
  });
  const total = offsets[0].map((_, d) => offsets.reduce((sum, offset) => sum + offset[d], 0));
  const own = offsets.reduce((sum, offset) => sum + dot(offset, offset), 0);
  return Math.max(-1, Math.min(1, (dot(total, total) - own) / (P * (P - 1))));
}

const GROUPS = 2000;                       // of random pairs

/** What mean cosine 19 of 20 groups of `count` random pairs of these points stay below: chance, for one group. */
export function chance(points, count) {
  if (points.length < 2 * count) return NaN;
  let seed = 1;
  const random = (below) => {                          // the minimal standard generator of Park and Miller (1988)
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const found = Array.from({ length: GROUPS }, () => meanOffsetCosine(Array.from({ length: count }, () => {
    const a = random(points.length), b = (a + 1 + random(points.length - 1)) % points.length;
    return [points[a], points[b]];
  }))).sort((a, b) => a - b);
  return found[Math.floor(0.95 * GROUPS)];
}
