// The trails: where each word was in the frames before.

const LENGTH = 60;             // frames

/** The lines of all words up to frame f: {xs, ys}, a list for each word; positions(f) gives [xs, ys] of a frame. */
export function trailsTo(f, positions) {
  const first = Math.max(f - LENGTH, 0);
  const path = Array.from({ length: f - first + 1 }, (_, i) => positions(first + i));
  const lines = (axis) => path[0][axis].map((_, word) => path.map((frame) => frame[axis][word]));
  return { xs: lines(0), ys: lines(1) };
}
