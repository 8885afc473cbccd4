// U stretched and V squeezed: what stays, what moves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cosine, dot, expectedLoss, highest, mean, meanCosine, stretched } from "../../static/panels/cone.js";

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);
const U = [[1, 2, 0], [0.5, -1, 2], [3, 0, 1]], V = [[0, 1, 1], [-2, 0.3, 1], [1, 1, -0.7]];
const direction = [0.6, 0, 0.8];

test("along its direction alone a row is stretched", () => {
  const [row] = stretched([[1, 2, 3]], [0, 1, 0], 2.5);
  assert.deepEqual(row, [1, 5, 3]);
});

test("every product of U and V stays, and cosines within U do not", () => {
  const u = stretched(U, direction, 1.7), v = stretched(V, direction, 1 / 1.7);
  U.forEach((row, i) => V.forEach((column, j) => near(dot(u[i], v[j]), dot(row, column))));
  assert.ok(Math.abs(cosine(u[0], u[1]) - cosine(U[0], U[1])) > 0.05);
});

test("the loss by hand: two words, one pair each way, one negative", () => {
  const zero = [[0], [0]];                           // every σ is 1/2
  near(expectedLoss(zero, zero, [[0, 1], [1, 0]], [0.5, 0.5], 1), Math.log(2) * 1.5);    // half of the negatives are skipped
  near(expectedLoss([[2], [2]], [[1], [1]], [[0, 1], [1, 0]], [0.25, 0.75], 4),
    Math.log1p(Math.exp(-2)) + 4 * (0.25 + 0.75) / 2 * Math.log1p(Math.exp(2)));
});

test("means, and the mean cosine of pairs", () => {
  assert.deepEqual(mean([[1, 2], [3, 6]]), [2, 4]);
  near(meanCosine(U), (cosine(U[0], U[1]) + cosine(U[0], U[2]) + cosine(U[1], U[2])) / 3);
});

test("the highest scores, but not the word's own", () => {
  assert.deepEqual(highest([5, 1, 9, 3, 2, 4], 2), [0, 5, 3, 4]);
});
