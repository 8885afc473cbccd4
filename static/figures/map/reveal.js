// Words that the user has put on the map, or looks for, come into view.

const CLEAR = 0.08;            // of the frame's width or height, from its edge to a word that was brought in

const isInside = ({ start, end }, value) => value >= start && value <= end;

/** Whether a place [x, y] is in a plane's frame. */
export const inFrame = ({ x_range, y_range }, [x, y]) => isInside(x_range, x) && isInside(y_range, y);

/** Ranges [[start, end] of x, of y], moved as little as need be to hold a place [x, y]. */
export const framed = (ranges, place) => ranges.map(([start, end], axis) => {
  const clear = CLEAR * (end - start), value = place[axis], inside = value >= start && value <= end;
  const by = inside ? 0 : Math.min(0, value - clear - start) + Math.max(0, value + clear - end);
  return [start + by, end + by];
});
