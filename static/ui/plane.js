// A figure's plane: data to pixels, ranges that hold what is drawn, labels that keep out of each other's way.

import { placeLabels } from "./labels.js";
import { setData } from "./models.js";

const MARGIN = 0.62;           // of the larger extent, from the middle to an edge

/** [x0, y0, x1, y1, ...] as [[x0, x1, ...], [y0, y1, ...]]. */
export const splitAxes = (flat) => [0, 1].map((axis) => flat.filter((_, i) => i % 2 === axis));

/** Where (x, y) is inside the frame, in pixels from its upper left corner. */
export function toPixels(plane, x, y) {
  const across = (x - plane.x_range.start) / (plane.x_range.end - plane.x_range.start);
  const up = (y - plane.y_range.start) / (plane.y_range.end - plane.y_range.start);
  return { x: across * plane.inner_width, y: (1 - up) * plane.inner_height };
}

/** [[start, end] of x, of y] around [x, y, x, y ...], the same scale both ways; shape: the frame's width by its height;
 * margin: of the larger extent, from the middle to an edge. */
export function rangesAround(flat, shape, margin = MARGIN) {
  const least = [Infinity, Infinity], most = [-Infinity, -Infinity];
  flat.forEach((value, i) => {
    least[i % 2] = Math.min(least[i % 2], value);
    most[i % 2] = Math.max(most[i % 2], value);
  });
  const half = margin * Math.max(most[0] - least[0], most[1] - least[1], 1e-6);
  return [Math.max(shape, 1), Math.max(1 / shape, 1)].map((times, axis) => {
    const middle = (least[axis] + most[axis]) / 2, reach = half * times;
    return [middle - reach, middle + reach];
  });
}

/** Fit a plane's ranges around [x, y, x, y ...]. */
export function fitPlane(plane, flat) {
  const shape = plane.inner_width && plane.inner_height ? plane.inner_width / plane.inner_height : 1;
  const ranges = rangesAround(flat, shape);
  [plane.x_range, plane.y_range].forEach((range, axis) => {
    const [start, end] = ranges[axis];
    range.setv({ start, end, reset_start: start, reset_end: end }, { sync: false });
  });
}

/** Label items [{text, dataX, dataY}], the most important first, through the source of a text glyph. */
export function labelPlane(plane, source, items, positions, memory) {
  const size = [plane.inner_width, plane.inner_height];
  if (!size[0] || !size[1]) return;
  const inPixels = items.map((item) => ({ ...item, ...toPixels(plane, item.dataX, item.dataY) }));
  const placed = placeLabels(inPixels, size, positions, memory);
  const pick = (name) => placed.index.map((index) => items[index][name]);
  setData(source, { x: pick("dataX"), y: pick("dataY"), text: pick("text"), dx: placed.dx, dy: placed.dy,
                    align: placed.align, baseline: placed.baseline });
}
