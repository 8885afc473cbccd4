// Planes in D dimensions: two axes of length 1 at right angles, and the turn from one plane to another.

export const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const combine = (a, x, b, y) => a.map((value, i) => value * x + b[i] * y);
const rotate = ([p, q], angle) => [combine(p, Math.cos(angle), q, Math.sin(angle)), combine(p, -Math.sin(angle), q, Math.cos(angle))];

/** Where a row stands on a plane: [x, y]. */
export const project = (axes, row) => axes.map((axis) => dot(axis, row));

/**
 * The axes of the plane that shows two directions: the first straight across, what is left of the second upwards. Null if
 * they are parallel, or one of them is zero.
 */
export function planeAlong(across, up) {
  const length = Math.hypot(...across), first = across.map((x) => x / (length || 1));
  const rest = combine(up, 1, first, -dot(up, first)), left = Math.hypot(...rest);
  if (!length || left <= 1e-6 * Math.hypot(...up) || !left) return null;
  return [first, rest.map((x) => x / left)];
}

/** A direction of length 1 at right angles to vectors that are so to each other; zeros in a space that has none left. */
function perpendicular(vectors) {
  const left = vectors[0].map((_, d) => 1 - vectors.reduce((sum, vector) => sum + vector[d] ** 2, 0));   // of each unit vector
  const best = left.indexOf(Math.max(...left)), length = Math.sqrt(Math.max(left[best], 0));
  if (length < 1e-6) return vectors[0].map(() => 0);
  return vectors[0].map((_, d) => ((d === best) - vectors.reduce((sum, vector) => sum + vector[best] * vector[d], 0)) / length);
}

/**
 * A turn from plane A to plane B in the space that both lie in, as a function of t in 0..1 that gives axes. Each plane is
 * turned within itself to its principal directions, which pair off between the planes (Björck and Golub 1973, "Numerical
 * methods for computing angles between linear subspaces"): each turns to its own partner and meets no other. Between a
 * plane and its mirror image in two dimensions there is no turn: it is flattened to a line on the way.
 */
export function turnBetween(A, B) {
  const M = A.map((a) => B.map((b) => dot(a, b)));
  const sum = Math.atan2(M[1][0] - M[0][1], M[0][0] + M[1][1]), difference = Math.atan2(M[1][0] + M[0][1], M[0][0] - M[1][1]);
  const [alpha, beta] = [(sum + difference) / 2, (difference - sum) / 2];      // M = R(alpha) diag R(beta)ᵀ
  const [from, to] = [rotate(A, alpha), rotate(B, beta)];
  const pairs = from.map((p, i) => {
    const cosine = Math.max(-1, Math.min(1, dot(p, to[i]))), rest = combine(to[i], 1, p, -cosine);
    const sine = Math.hypot(...rest);
    const away = sine > 1e-9 ? rest.map((x) => x / sine) : perpendicular(from);
    return { p, away, angle: Math.atan2(sine, cosine) };
  });
  const back = Math.atan2(Math.sin(beta - alpha), Math.cos(beta - alpha));     // the short way round
  return (t) => rotate(pairs.map(({ p, away, angle }) =>
    combine(p, Math.cos(t * angle), away, Math.sin(t * angle))), -(alpha + t * back));
}
