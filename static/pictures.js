// Draws what a cell shows: the plain data of lab.Plot (py/lab/pictures.py) as a Bokeh document of its own.

import { ink } from "./ink.js";

const COLOURS = ["#0077bb", "#d9691e", "#00877a", "#a154a8", "#cc3b2e", "#8a7a1f"];
const FAINT = "#7f858d";
const drawn = new Set();
let count = 0;

/** A model as Bokeh writes it in JSON. */
const model = (name, attributes = {}) => ({ type: "object", name, id: `cell-${++count}`, attributes });
const number = (x) => x ?? { type: "number", value: "nan" };
const source = (columns) => model("ColumnDataSource", {
  data: { type: "map", entries: Object.entries(columns).map(([name, values]) => [name, values.map(number)]) } });
const field = (name) => ({ type: "field", field: name });
const value = (x) => ({ type: "value", value: x });

function glyphs({ kind, x, y, labels }, colour) {
  const data = source(labels?.length ? { x, y, labels } : { x, y });
  const at = { x: field("x"), y: field("y") };
  const draw = (name, attributes) =>
    model("GlyphRenderer", { data_source: { id: data.id }, glyph: model(name, attributes) });
  const paint = { line_color: value(colour), fill_color: value(colour) };
  const first = {
    line: () => draw("Line", { ...at, line_color: colour, line_width: 2 }),
    scatter: () => draw("Scatter", { ...at, ...paint, size: value(8), fill_alpha: value(0.85) }),
    bars: () => draw("VBar", { x: field("x"), top: field("y"), width: value(barWidth(x)), ...paint }),
  }[kind]();
  first.attributes.data_source = data;
  const words = labels?.length ? [draw("Text", { ...at, text: field("labels"), x_offset: value(8), y_offset: value(-4),
    text_font_size: value("13px"), text_font: value("Inter"), text_color: value(FAINT) })] : [];
  for (const text of words) text.attributes.glyph.attributes.tags = ["ink"];
  return [first, ...words];
}

function barWidth(x) {
  if (typeof x[0] === "string" || x.length < 2) return 0.8;
  const sorted = [...x].sort((a, b) => a - b);
  return 0.8 * Math.min(...sorted.slice(1).map((right, i) => right - sorted[i] || Infinity));
}

function documentOf({ title, x, y, equal, layers }) {
  const renderers = layers.map((layer, i) => glyphs(layer, COLOURS[i % COLOURS.length]));
  const names = layers.map(({ name }, i) =>
    name && model("LegendItem", { label: value(name), renderers: [{ id: renderers[i][0].id }] })).filter(Boolean);
  const hasBars = layers.some(({ kind, y }) => kind === "bars" && y.every((height) => height >= 0));
  const padding = layers.some(({ labels }) => labels?.length) ? 0.25 : 0.08;
  const categories = layers.flatMap((layer) => layer.x).filter((label) => typeof label === "string");
  const across = categories.length ? model("FactorRange", { factors: [...new Set(categories)], range_padding: 0.1 })
    : model("DataRange1d", { range_padding: padding });
  const axis = (kind, label) => model(kind === "Basic" ? "LinearAxis" : "CategoricalAxis", {
    axis_label: label, axis_label_text_font_style: "normal",
    ticker: model(`${kind}Ticker`), formatter: model(`${kind}TickFormatter`) });
  const below = axis(categories.length ? "Categorical" : "Basic", x);
  const left = axis("Basic", y);
  const grid = (of, dimension) => model("Grid", { axis: { id: of.id }, dimension });
  const legend = names.length ? [model("Legend", { items: names, background_fill_color: null, border_line_color: null,
    label_text_font: "Inter", label_text_font_size: "12px", orientation: "horizontal", spacing: 14, padding: 0, margin: 0 })] : [];
  const plot = model("Plot", {
    renderers: renderers.flat(),        // first: the legend names them
    x_range: across, y_range: model("DataRange1d", { range_padding: padding, ...(hasBars && { start: 0 }) }),
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

/** Draw a plot into an element of the page; gives a function that takes it away. */
export async function drawPlot(place, plot) {
  const json = documentOf(plot);
  const [root] = json.roots;
  place.id ||= `picture-${root.id}`;
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", summary(plot));
  const item = { docid: root.id, roots: { [root.id]: place.id }, root_ids: [root.id] };
  const [views] = await Bokeh.embed.embed_items({ [root.id]: json }, [item]);
  const doc = views.roots[0].model.document;
  Bokeh.documents.splice(Bokeh.documents.indexOf(doc), 1);     // documents[0] is the page's
  drawn.add(doc);
  ink(doc);
  return () => {
    drawn.delete(doc);
    views.clear();
  };
}

addEventListener("lab-theme", () => drawn.forEach(ink));
