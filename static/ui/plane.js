// A figure's plane: data to pixels, ranges that hold what is drawn, labels that keep out of each other's way.

import { element } from "./dom.js";
import { leadersTo, placeLabels, shareLabels } from "./labels.js";
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

/** The point of the data that is at pixels {x, y} of the frame, as [x, y]. */
export function toData(plane, { x, y }) {
  const { x_range: across, y_range: up, inner_width, inner_height } = plane;
  return [across.start + x / inner_width * (across.end - across.start), up.end - y / inner_height * (up.end - up.start)];
}

/** The element over a plane that has its pointers, so that Bokeh's gestures have none of them; it goes with the plane. */
export function glassOf(plane) {
  if (plane.glass) return plane.glass;               // of an OwnPlane
  const place = Bokeh.index.get_one(plane).el.parentElement;
  if (!place.querySelector(".plane-glass")) place.append(element("div", { className: "plane-glass" }));
  return place.querySelector(".plane-glass");
}

/** Where a pointer is inside the frame, in pixels from its upper left corner. */
export function pointIn(plane, { clientX, clientY }) {
  if (plane.pointIn) return plane.pointIn({ clientX, clientY });
  const { frame, canvas_view } = Bokeh.index.get_one(plane), { left, top } = canvas_view.el.getBoundingClientRect();
  return { x: clientX - left - frame.bbox.left, y: clientY - top - frame.bbox.top };
}

/** [[start, end] of x, of y] around [x, y, x, y ...], the same scale both ways; shape: the frame's width by its height;
 * margin: of the larger extent, from the middle to an edge. */
export function rangesAround(flat, shape, margin = MARGIN) {
  const least = [Infinity, Infinity], most = [-Infinity, -Infinity];
  flat.forEach((value, i) => {
    least[i % 2] = Math.min(least[i % 2], value);
    most[i % 2] = Math.max(most[i % 2], value);
  });
  const extent = Math.max(most[0] - least[0], most[1] - least[1]);
  const half = margin * (extent > 1e-6 ? extent : 1);                // of a single point: whatever has ticks to read
  return [Math.max(shape, 1), Math.max(1 / shape, 1)].map((times, axis) => {
    const middle = (least[axis] + most[axis]) / 2, reach = half * times;
    return [middle - reach, middle + reach];
  });
}

/** Fit a plane's ranges around [x, y, x, y ...]; margin: as in rangesAround. */
export function fitPlane(plane, flat, margin = MARGIN) {
  const shape = plane.inner_width && plane.inner_height ? plane.inner_width / plane.inner_height : 1;
  const ranges = rangesAround(flat, shape, margin);
  [plane.x_range, plane.y_range].forEach((range, axis) => {
    const [start, end] = ranges[axis];
    range.setv({ start, end }, { sync: false });
  });
}

/** The size of the labels that a plane draws from a source, in pixels. */
function sizeOf(plane, source) {
  const { glyph } = plane.renderers.find(({ data_source }) => data_source === source);
  return parseFloat(glyph.text_font_size.value);
}

/**
 * Label items [{text, dataX, dataY, alpha}], the most important first, through the source of a text glyph; alpha: 1 if it is
 * not there. share: whether marks that coincide share a label; leaders: the source of the lines to labels further off, if
 * positions has such; memory: as in placeLabels. Gives the indices of the items that have a label now, in the order of the
 * source's rows.
 */
export function labelPlane(plane, source, items, positions, { memory, leaders, share = false } = {}) {
  const size = [plane.inner_width, plane.inner_height], fontSize = sizeOf(plane, source);
  if (!size[0] || !size[1]) return [];
  const inPixels = items.map((item) => ({ ...item, ...toPixels(plane, item.dataX, item.dataY) }));
  const labelled = share ? shareLabels(inPixels, fontSize) : inPixels;
  const placed = placeLabels(labelled, size, positions, { memory, fontSize });
  const pick = (index, name) => index.map((i) => labelled[i][name]);
  const { index, ...where } = placed;
  setData(source, { x: pick(index, "dataX"), y: pick(index, "dataY"), ...where, alpha: index.map((i) => labelled[i].alpha ?? 1) });
  if (!leaders) return index;
  const { index: led, ...lines } = leadersTo(placed, fontSize);
  setData(leaders, { x: pick(led, "dataX"), y: pick(led, "dataY"), ...lines });
  return index;
}
