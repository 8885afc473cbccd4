// One layout twice: two pictures of the same words, coloured by where they lie in the first.

import { MARKED_WORDS } from "../contract/constants.js";
import * as layouts from "../contract/layouts.js";
import { byId, oncePerFrame } from "../ui/dom.js";
import { labelsOf } from "../ui/free-labels.js";
import { column, columnView, onChange } from "../ui/models.js";
import { positionsOf } from "../ui/positions.js";

const [POINT, MARK, POINTED] = [1.8, 3.2, 12];     // px: radius of a word, of a marked one; within which a pointer means one
const MARGIN = 0.04;           // of a picture, free around the words
const SIZE = 12;               // px of a label

/** The colour of a place: its direction is the hue, and far from the middle it is stronger. */
function colourAt(x, y, reach, dark) {
  const far = Math.min(1, Math.hypot(x, y) / reach), hue = Math.atan2(y, x) * 180 / Math.PI;
  return `hsl(${hue.toFixed(0)} ${(20 + 60 * far).toFixed(0)}% ${dark ? 68 : 42}%)`;
}

class Picture {
  constructor(canvas) {
    Object.assign(this, { canvas, context: canvas.getContext("2d"), x: [], y: [], reach: 1 });
  }

  /** Positions in int16, and what they are scaled to. */
  take(xy, scale) {
    [this.x, this.y] = positionsOf(xy, scale);
    this.reach = scale;
  }

  at(i) {
    const { clientWidth: width, clientHeight: height } = this.canvas, scale = Math.min(width, height) / 2 * (1 - 2 * MARGIN) / this.reach;
    return { x: width / 2 + this.x[i] * scale, y: height / 2 - this.y[i] * scale };
  }

  /** The word nearest to a pointer; null if none is near. */
  wordAt({ offsetX, offsetY }) {
    let nearest = null, least = POINTED;
    for (let i = 0; i < this.x.length; i++) {
      const { x, y } = this.at(i), distance = Math.hypot(x - offsetX, y - offsetY);
      if (distance < least) [nearest, least] = [i, distance];
    }
    return nearest;
  }

  say(text, ink) {
    const { context, canvas } = this;
    Object.assign(context, { font: `${SIZE + 2}px Inter, sans-serif`, textAlign: "center", fillStyle: ink });
    context.fillText(text, canvas.clientWidth / 2, canvas.clientHeight / 2);
  }

  /** colours: of each word; marked: [{text, i}], the most important first. */
  draw(colours, marked, { ink, surface }) {
    const { canvas, context } = this, { clientWidth: width, clientHeight: height } = canvas, ratio = devicePixelRatio;
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    context.scale(ratio, ratio);
    if (!this.x.length) return this.say("Press “Lay out twice”.", ink);
    const dot = (i, radius) => {
      const { x, y } = this.at(i);
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    };
    for (let i = 0; i < this.x.length; i++) {
      context.fillStyle = colours[i];
      dot(i, POINT);
    }
    context.fillStyle = ink;
    for (const { i } of marked) dot(i, MARK);
    context.font = `600 ${SIZE}px Inter, sans-serif`;
    Object.assign(context, { textBaseline: "middle", lineJoin: "round", lineWidth: 3.5, strokeStyle: surface });
    const items = marked.map((mark) => ({ ...mark, ...this.at(mark.i) }));
    for (const { text, left, base } of labelsOf(items, [width, height], ({ text }) => context.measureText(text).width)) {
      context.strokeText(text, left, base);
      context.fillText(text, left, base);
    }
  }
}

let detach = () => {};         // from the document before

/** Connect the panel of a document. */
export function attachLayouts(find) {
  detach();
  const words = find(layouts.words), source = find(layouts.pictures), figure = byId("panel-layouts"), told = byId("layouts-pointed");
  const pictures = [...figure.querySelectorAll(".layouts-picture")].map((canvas) => new Picture(canvas));
  let names = [], pointed = null;

  const draw = oncePerFrame(() => {
    const style = getComputedStyle(figure), dark = style.colorScheme.startsWith("dark");
    const look = { ink: style.getPropertyValue("--ink"), surface: style.getPropertyValue("--surface") };
    const [first] = pictures, colours = Array.from(first.x, (x, i) => colourAt(x, first.y[i], first.reach, dark));
    const marked = MARKED_WORDS.map((text) => ({ text, i: names.indexOf(text) })).filter(({ i }) => i >= 0 && i < first.x.length);
    if (pointed !== null && pointed < first.x.length) marked.unshift({ text: names[pointed], i: pointed });
    for (const picture of pictures) picture.draw(colours, marked, look);
  });

  function point(i) {
    if (i === pointed) return;
    pointed = i;
    told.textContent = i === null ? "Point at a word, and it is marked in both pictures." : `“${names[i]}” is marked in both pictures.`;
    draw();
  }

  function take() {
    const packed = column(source, "xy"), scales = column(source, "scale");
    names = columnView(words, "word");
    pictures.forEach((picture, p) => { if (packed[p]) picture.take(packed[p], scales[p]); });
    figure.toggleAttribute("data-drawn", packed.length > 0);
    draw();
  }

  const observer = new ResizeObserver(draw);
  for (const picture of pictures) {
    picture.canvas.onpointermove = picture.canvas.onpointerdown = (event) => point(picture.wordAt(event));
    picture.canvas.onpointerleave = () => point(null);
    observer.observe(picture.canvas);
  }
  addEventListener("lab-theme", draw);
  detach = () => {
    observer.disconnect();
    removeEventListener("lab-theme", draw);
  };
  onChange(source, "data", take);
  take();
}
