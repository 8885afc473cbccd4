// A figure's plane: data to pixels, ranges that hold what is drawn, labels that keep out of each other's way; and what
// its data sources hold.

import { placeLabels } from "./labels.js";

/** A column of a ColumnDataSource, none if it has no such column. */
export const column = (source, name) => Array.from(source.get(name) ?? []);

/** The columns of a ColumnDataSource by name, however Bokeh holds them. */
export const toObject = (data) => data instanceof Map ? Object.fromEntries(data) : data;

/** Where (x, y) is inside the frame, in pixels from its upper left corner. */
function toPixels(plane, x, y) {
  const across = (x - plane.x_range.start) / (plane.x_range.end - plane.x_range.start);
  const up = (y - plane.y_range.start) / (plane.y_range.end - plane.y_range.start);
  return { x: across * plane.inner_width, y: (1 - up) * plane.inner_height };
}

/** Fit the ranges around [x, y, x, y ...], the same scale both ways. */
export function fitPlane(plane, flat) {
  const least = [Infinity, Infinity], most = [-Infinity, -Infinity];
  flat.forEach((value, i) => {
    least[i % 2] = Math.min(least[i % 2], value);
    most[i % 2] = Math.max(most[i % 2], value);
  });
  const half = 0.62 * Math.max(most[0] - least[0], most[1] - least[1], 1e-6);
  const shape = plane.inner_width && plane.inner_height ? plane.inner_width / plane.inner_height : 1;
  [plane.x_range, plane.y_range].forEach((range, axis) => {
    const middle = (least[axis] + most[axis]) / 2;
    const reach = half * (axis === 0 ? Math.max(shape, 1) : Math.max(1 / shape, 1));
    const [start, end] = [middle - reach, middle + reach];
    range.setv({ start, end, reset_start: start, reset_end: end }, { sync: false });
  });
}

/** Label items [{text, dataX, dataY}], the most important first, through the source of a text glyph. */
export function labelPlane(plane, source, items, places, memory) {
  const size = [plane.inner_width, plane.inner_height];
  if (!size[0] || !size[1]) return;
  const inPixels = items.map((item) => ({ ...item, ...toPixels(plane, item.dataX, item.dataY) }));
  const placed = placeLabels(inPixels, size, places, memory);
  const pick = (name) => placed.index.map((index) => items[index][name]);
  const data = { x: pick("dataX"), y: pick("dataY"), text: pick("text"), dx: placed.dx, dy: placed.dy,
                 align: placed.align, baseline: placed.baseline };
  source.setv({ data }, { sync: false, check_eq: false });
}
