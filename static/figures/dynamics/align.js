// Two runs in one plane: the turn, or the reflection and turn, that brings one onto the other.

/**
 * The orthogonal matrix R, [a, b, c, d] by rows, that makes the rows of X R nearest to those of Y, both flat [x, y, ...]
 * and about the origin (orthogonal Procrustes; Schönemann 1966). In two dimensions it has a closed form.
 */
export function procrustes(X, Y) {
  let [a, b, c, d] = [0, 0, 0, 0];             // X' Y
  for (let i = 0; i < X.length; i += 2) {
    a += X[i] * Y[i];
    b += X[i] * Y[i + 1];
    c += X[i + 1] * Y[i];
    d += X[i + 1] * Y[i + 1];
  }
  const turned = Math.hypot(a + d, b - c), reflected = Math.hypot(a - d, b + c);
  if (!turned && !reflected) return [1, 0, 0, 1];
  if (turned >= reflected) return [(a + d) / turned, (b - c) / turned, (c - b) / turned, (a + d) / turned];
  return [(a - d) / reflected, (b + c) / reflected, (b + c) / reflected, (d - a) / reflected];
}

/** [xs, ys] times R. */
export function turn([xs, ys], [a, b, c, d]) {
  return [xs.map((x, i) => x * a + ys[i] * c), xs.map((x, i) => x * b + ys[i] * d)];
}
