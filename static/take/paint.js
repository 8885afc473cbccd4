// A plot's SVG drawn on a canvas, with the page's fonts and much faster than as an image: for animations. It knows what BokehJS
// writes: paths, texts and groups with clips, all of their looks in attributes.

const ALIGN = { start: "left", middle: "center", end: "right" };
const none = (colour) => !colour || colour === "none";

/** What draw("fill") and draw("stroke") draw, in the part's colours. */
function inColours(context, part, draw) {
  const get = (name) => part.getAttribute(name);
  Object.assign(context, { lineWidth: Number(get("stroke-width") ?? 1), lineJoin: get("stroke-linejoin") ?? "miter",
                           lineCap: get("stroke-linecap") ?? "butt" });
  context.setLineDash((get("stroke-dasharray") ?? "").split(/[ ,]+/).filter(Boolean).map(Number));
  for (const kind of get("paint-order") === "stroke" ? ["stroke", "fill"] : ["fill", "stroke"]) {
    if (none(get(kind))) continue;
    context[`${kind}Style`] = get(kind);
    context.globalAlpha = Number(get(`${kind}-opacity`) ?? 1);
    draw(kind);
  }
}

function paintText(context, part) {
  const [style, weight, size, family, anchor] =
    ["font-style", "font-weight", "font-size", "font-family", "text-anchor"].map((name) => part.getAttribute(name));
  Object.assign(context, { font: `${style} ${weight} ${size} ${family}`, textAlign: ALIGN[anchor], textBaseline: "alphabetic" });
  inColours(context, part, (kind) => context[`${kind}Text`](part.textContent, Number(part.getAttribute("x")), Number(part.getAttribute("y"))));
}

function paintPart(context, part, clips) {
  const clip = clips.get(part.getAttribute("clip-path")), transform = part.getAttribute("transform");
  context.save();
  if (clip) context.clip(clip);
  if (transform) {
    const { a, b, c, d, e, f } = new DOMMatrix(transform);
    context.transform(a, b, c, d, e, f);
  }
  if (part.localName === "g") for (const child of part.children) paintPart(context, child, clips);
  else if (part.localName === "text") paintText(context, part);
  else if (part.localName === "path") {
    const path = new Path2D(part.getAttribute("d"));
    inColours(context, part, (kind) => context[kind](path));
  }
  context.restore();
}

/** Draw an <svg> of plotSvg at the origin of a canvas. */
export function paint(context, svg) {
  const clips = new Map([...svg.querySelectorAll("clipPath")].map(({ id, firstElementChild }) =>
    [`url(#${id})`, new Path2D(firstElementChild.getAttribute("d"))]));
  for (const part of svg.children) paintPart(context, part, clips);
}
