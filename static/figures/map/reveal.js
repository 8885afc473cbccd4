// Words that the user has put on the map, or looks for, come into view.

const CLEAR = 0.08;            // of the frame's width or height, from its edge to a word that was brought in

const isInside = ({ start, end }, value) => value >= start && value <= end;

/** Whether a place [x, y] is in a plane's frame. */
export const inFrame = ({ x_range, y_range }, [x, y]) => isInside(x_range, x) && isInside(y_range, y);

/** Move a plane's frame, as little as need be, so that it holds a place [x, y]. */
export function panTo(plane, place) {
  if (inFrame(plane, place)) return;
  [plane.x_range, plane.y_range].forEach((range, axis) => {
    const { start, end } = range, clear = CLEAR * (end - start), value = place[axis];
    const by = Math.min(0, value - clear - start) + Math.max(0, value + clear - end);
    if (by) range.setv({ start: start + by, end: end + by }, { sync: false });
  });
}
