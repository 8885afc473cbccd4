// A picture to take away: the drawings of a figure, its legend and its caption on one sheet, as an SVG that needs nothing else.

import { FONT, inTheme } from "../ui/plot-svg.js";
import { svg } from "../ui/svg.js";
import { colour } from "../ui/theme.js";

const EDGE = 20, GAP = 20;              // px around everything, and between drawings
const WIDEST = 1120;                    // px that drawings in a row have, unless one is wider
const [TITLE, TEXT] = [16, 13];         // px, sizes of type
const LINE = 1.45;                      // of a line, next to its type
const MOST = 4;                         // lines of an address; the rest is in the description
const HEAD = 24, ITEM = 22;             // px, heights of a drawing's heading, of a row of the legend

let context;

function widthOf(text, size, weight = 400) {
  context ??= document.createElement("canvas").getContext("2d");
  context.font = `${weight} ${size}px Inter, sans-serif`;
  return 1.1 * context.measureText(text).width;         // other fonts may be wider
}

/** A text in lines of a width; what has no spaces is cut. */
export function wrapped(text, width, measure = (line) => widthOf(line, TEXT)) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const letter of word) {
      if (line && measure(line + letter) > width) {
        lines.push(line);
        line = "";
      }
      line += letter;
    }
  }
  return [...lines, line];
}

/** Things with a width in rows, each {x, row}, no row wider than `widest` unless a thing is. */
export function inRows(widths, widest, gap) {
  let x = 0, row = 0;
  return widths.map((width) => {
    if (x && x + width > widest) [x, row] = [0, row + 1];
    const place = { x, row };
    x += width + gap;
    return place;
  });
}

const text = (x, y, words, fill, size = TEXT, weight = 400) =>
  svg("text", { x, y: y.toFixed(1), fill, "font-family": FONT, "font-size": size, "font-weight": weight }, words);

/** The drawings in rows from y on: {places: [{x, y}], width, bottom}; heights include the headings. */
function arrange(drawings, y) {
  const places = inRows(drawings.map(({ width }) => width), Math.max(WIDEST, ...drawings.map(({ width }) => width)), GAP);
  let bottom = y;
  for (let row = 0; places.some((place) => place.row === row); row++) {
    const members = places.filter((place) => place.row === row);
    const heads = Math.max(...members.map((place) => drawings[places.indexOf(place)].heading ? HEAD : 0));
    for (const place of members) Object.assign(place, { x: place.x + EDGE, y: bottom + heads });
    bottom += heads + Math.max(...members.map((place) => drawings[places.indexOf(place)].height)) + GAP;
  }
  return { places, width: Math.max(...places.map(({ x }, i) => x + drawings[i].width)) - EDGE, bottom };
}

/** Draw the legend from y on; gives where it ends. */
function addLegend(sheet, legend, width, y, ink) {
  const lengths = legend.map(({ parts, text: words }) => parts.reduce((sum, part) => sum + part.width + 6, 0) + widthOf(words, TEXT));
  const places = inRows(lengths, width, GAP);
  legend.forEach(({ parts, text: words }, i) => {
    let x = EDGE + places[i].x;
    const middle = y + ITEM * (places[i].row + 0.5);
    for (const part of parts) {
      for (const [name, value] of Object.entries({ x, y: middle - part.height / 2 })) part.svg.setAttribute(name, value);
      sheet.append(part.svg);
      x += part.width + 6;
    }
    sheet.append(text(x, middle + TEXT / 3, words, ink));
  });
  return y + (legend.length ? ITEM * (places.at(-1).row + 1) + GAP / 2 : 0);
}

/**
 * drawings: [{svg, width, height, heading}], svg null for a place that is left free; legend: as legendOf gives it; about:
 * {title, shown, settings, address, source}. more: px that are left free below the drawings.
 * Gives {sheet, width, height, places, ink}: the <svg>, where each drawing is on it, the colour of its words.
 */
export function sheetOf(drawings, legend, about, theme, more = 0) {
  const [ink, soft, paper] = inTheme(theme, () => ["--ink", "--ink-soft", "--surface"].map(colour));
  const sheet = svg("svg", { role: "img", "font-family": FONT });
  const { places, width, bottom } = arrange(drawings, EDGE);
  const back = svg("rect", { width: "100%", height: "100%", fill: paper });
  const facts = [about.shown, about.settings].filter(Boolean);
  sheet.append(svg("title", {}, about.title), svg("desc", {}, [...facts, about.address, about.source].join("\n")), back);
  drawings.forEach(({ svg: drawn, heading }, i) => {
    const { x, y } = places[i];
    if (heading) sheet.append(text(x, y - 8, heading, ink, TEXT, 600));
    if (!drawn) return;
    drawn.setAttribute("x", x);
    drawn.setAttribute("y", y);
    sheet.append(drawn);
  });
  let y = addLegend(sheet, legend, width, bottom + more, ink);
  const write = (lines, fill, size, weight) => {
    for (const line of lines) {
      y += size * LINE;
      sheet.append(text(EDGE, y, line, fill, size, weight));
    }
  };
  write(wrapped(about.title, width, (line) => widthOf(line, TITLE, 600)), ink, TITLE, 600);
  for (const fact of facts) write(wrapped(fact, width), ink, TEXT, 400);
  const address = wrapped(about.address, width);
  write(address.length > MOST ? [...address.slice(0, MOST), "…"] : address, soft, TEXT, 400);
  write(wrapped(about.source, width), soft, TEXT, 400);
  const whole = { width: Math.ceil(width + 2 * EDGE), height: Math.ceil(y + EDGE) };
  for (const [name, value] of Object.entries({ ...whole, viewBox: `0 0 ${whole.width} ${whole.height}` })) sheet.setAttribute(name, value);
  return { sheet, ...whole, places, ink };
}
