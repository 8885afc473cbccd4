// Draws what a cell shows: the plain data of lab.Plot (py/lab/pictures.py) as a Bokeh document of its own.

import { FAINT, SERIES } from "../contract/colours.js";
import { THEMED } from "../contract/constants.js";
import { CROWDED } from "../ui/labels.js";
import { onRanges, onResize } from "../ui/models.js";
import { labelPlane } from "../ui/plane.js";
import { applyTheme } from "../ui/theme.js";

const MOST_LABELS = 400;        // of one picture: more would find no position, and take long to look for one
const drawn = new Set();
let count = 0;

/** A model as Bokeh writes it in JSON; the build packs those that are named here in quotes. */
const model = (name, attributes = {}) => ({ type: "object", name, id: `cell-${++count}`, attributes });
const number = (x) => x ?? { type: "number", value: "nan" };
const source = (columns, name = null) => model("ColumnDataSource", {
  name, data: { type: "map", entries: Object.entries(columns).map(([key, values]) => [key, values.map(number)]) } });
const field = (name) => ({ type: "field", field: name });
const value = (x) => ({ type: "value", value: x });

// An axis of numbers or of names: itself, its ticker, its formatter.
const NUMBERS = ["LinearAxis", "BasicTicker", "BasicTickFormatter"];
const NAMES = ["CategoricalAxis", "CategoricalTicker", "CategoricalTickFormatter"];

const render = (data, name, attributes) =>
  model("GlyphRenderer", { data_source: data, glyph: model(name, attributes) });
const at = { x: field("x"), y: field("y") };

/** A layer's glyph; place: of its bars among those of other layers, { index, of, across }, which stand side by side. */
function layerOf({ kind, x, y }, colour, { index, of, across }) {
  const draw = (name, attributes) => render(source({ x, y }), name, attributes);
  const paint = { line_color: value(colour), fill_color: value(colour) };
  return {
    line: () => draw("Line", { ...at, line_color: colour, line_width: 2 }),
    scatter: () => draw("Scatter", { ...at, ...paint, size: value(8), fill_alpha: value(0.85) }),
    bars: () => {
      const width = barWidth(x) / of, shift = (index - (of - 1) / 2) * width;
      const place = of > 1 ? { ...field("x"), transform: model("Dodge", { value: shift, range: across }) } : field("x");
      return draw("VBar", { x: place, top: field("y"), width: value(width), ...paint });
    },
  }[kind]();
}

/** Text in the theme's colour at the positions that `attachLabels` will find. */
const emptyLabels = () => render(
  source({ x: [], y: [], text: [], dx: [], dy: [], align: [], baseline: [] }, "labels"), "Text",
  { ...at, text: field("text"), x_offset: field("dx"), y_offset: field("dy"), text_align: field("align"),
    text_baseline: field("baseline"), text_font: value("Inter"), text_font_size: value("13px"),
    text_color: value(FAINT), tags: [THEMED] });

/** Thin lines from marks to labels that found no position beside them. */
const emptyLeaders = () => render(
  source({ x: [], y: [], length: [], angle: [] }, "leaders"), "Ray",
  { ...at, length: { ...field("length"), units: "screen" }, angle: field("angle"), line_color: value(FAINT),
    line_width: value(0.75) });

/** The labels of all layers with their points. */
const labelled = (layers) => layers
  .flatMap(({ x, y, labels = [] }) => labels.map((text, i) => ({ text, dataX: x[i], dataY: y[i] })))
  .filter(({ dataX, dataY }) => dataX !== null && dataY !== null).slice(0, MOST_LABELS);

/** Lay the labels out anew whenever the plot has another size or other ranges. */
function attachLabels(plot, labels, leaders, items) {
  const draw = () => labelPlane(plot, labels, items, CROWDED, { leaders });
  onResize(plot, draw);
  onRanges(plot, draw);
  draw();
}

function barWidth(x) {
  if (typeof x[0] === "string" || x.length < 2) return 0.8;
  const sorted = [...x].sort((a, b) => a - b);
  return 0.8 * Math.min(...sorted.slice(1).map((right, i) => right - sorted[i] || Infinity));
}

function documentOf({ title, x, y, equal, layers }) {
  const hasBars = layers.some(({ kind, y }) => kind === "bars" && y.every((height) => height >= 0));
  const hasLabels = labelled(layers).length > 0;
  const padding = hasLabels ? 0.14 : 0.08;
  const categories = layers.flatMap((layer) => layer.x).filter((label) => typeof label === "string");
  const across = categories.length ? model("FactorRange", { factors: [...new Set(categories)], range_padding: 0.1 })
    : model("DataRange1d", { range_padding: padding });
  const bars = layers.filter(({ kind }) => kind === "bars"), place = { of: bars.length, across: { id: across.id } };
  const renderers = layers.map((layer, i) =>
    layerOf(layer, SERIES[i % SERIES.length], { ...place, index: bars.indexOf(layer) }));
  const names = layers.map(({ name }, i) =>
    name && model("LegendItem", { label: value(name), renderers: [{ id: renderers[i].id }] })).filter(Boolean);
  const axis = ([name, ticker, formatter], label) => model(name, {
    axis_label: label, axis_label_text_font_style: "normal", ticker: model(ticker), formatter: model(formatter) });
  const below = axis(categories.length ? NAMES : NUMBERS, x);
  const left = axis(NUMBERS, y);
  const grid = (of, dimension) => model("Grid", { axis: { id: of.id }, dimension });
  const legend = names.length ? [model("Legend", { items: names, background_fill_color: null, border_line_color: null,
    label_text_font: "Inter", label_text_font_size: "12px", orientation: "horizontal", spacing: 14, padding: 0, margin: 0 })] : [];
  const plot = model("Plot", {           // in this order: bars refer to the range, the legend to the renderers
    x_range: across,
    renderers: hasLabels ? [emptyLeaders(), ...renderers, emptyLabels()] : renderers,
    y_range: model("DataRange1d", { range_padding: padding, ...(hasBars && { start: 0 }) }),
    x_scale: model(categories.length ? "CategoricalScale" : "LinearScale"), y_scale: model("LinearScale"),
    below: [below], left: [left], center: [grid(below, 0), grid(left, 1)], above: legend,
    toolbar_location: null, match_aspect: equal, sizing_mode: "stretch_both", min_border_right: 12,
    background_fill_color: null, border_fill_color: null, outline_line_color: null,
  });
  return { version: Bokeh.version, title, roots: [plot] };
}

/** In words, for those who do not see it. */
function summary({ title, x, y, layers }) {
  const what = { line: "a line", bars: "bars", scatter: "points" };
  const parts = layers.map((layer) => `${what[layer.kind]}${layer.name && ` “${layer.name}”`} of ${layer.x.length} values, ` +
    `from ${least(layer.y)} to ${greatest(layer.y)}`);
  return `${title || "Plot"}${x && `, across: ${x}`}${y && `, up: ${y}`}. ${parts.join("; ")}.`;
}
const short = (x) => Number.isFinite(x) ? String(Number(x.toPrecision(3))) : "nothing";
const known = (values) => values.filter((x) => x !== null);
const least = (values) => short(known(values).reduce((a, b) => Math.min(a, b), Infinity));
const greatest = (values) => short(known(values).reduce((a, b) => Math.max(a, b), -Infinity));

let turn = Promise.resolve();   // of the picture that is being drawn

/**
 * Run draw(), in its turn; gives what it gives and a function that takes the listeners off again that it put on the visual
 * viewport: a plot of Bokeh (3.9) leaves its own there when it is removed, and all that it drew lives on with it.
 */
function withListeners(draw) {
  const listening = new AbortController(), { signal } = listening;
  const mine = turn.then(async () => {
    visualViewport.addEventListener = (...what) =>
      EventTarget.prototype.addEventListener.call(visualViewport, ...what, { signal });
    try {
      return [await draw(), () => listening.abort()];
    } finally {
      delete visualViewport.addEventListener;
    }
  });
  turn = mine.catch(() => {});
  return mine;
}

/** Draw a plot into an element of the page; gives a function that removes it. */
export async function drawPlot(place, plot) {
  const json = documentOf(plot);
  const [root] = json.roots;
  place.id ||= `picture-${root.id}`;
  const items = labelled(plot.layers);
  place.classList.toggle("cell-labelled", items.length > 0);
  place.classList.toggle("cell-plane", plot.equal);
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", summary(plot));
  const item = { docid: root.id, roots: { [root.id]: place.id }, root_ids: [root.id] };
  const [[views], unlisten] = await withListeners(() => Bokeh.embed.embed_items({ [root.id]: json }, [item]));
  const { model: drawnPlot } = views.roots[0], doc = drawnPlot.document;
  Bokeh.documents.splice(Bokeh.documents.indexOf(doc), 1);     // documents[0] is the page's
  drawn.add(doc);
  applyTheme(doc);
  if (items.length) {
    const [labels, leaders] = ["labels", "leaders"].map((name) => doc.get_model_by_name(name));
    attachLabels(drawnPlot, labels, leaders, items);
  }
  return () => {
    drawn.delete(doc);
    views.clear();
    doc.clear({ sync: false });        // Bokeh keeps it for a while
    unlisten();
  };
}

addEventListener("lab-theme", () => drawn.forEach((doc) => applyTheme(doc)));
