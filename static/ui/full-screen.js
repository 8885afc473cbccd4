// Full screen for a figure: a button, the key F, larger type and marks; Esc leaves. Where the browser has no full screen
// for elements (iPhone), the figure covers the page instead.

import { element } from "./dom.js";
import { isFree, shortcutsAreOn } from "./keys.js";
import { dress, icon } from "./player-row.js";

const LARGER = 1.6;            // labels of 13 px become 21 px, where there is room
const ROOM = 800;              // px of width for labels of the usual size
const SIZES = /^(text_font_size|size|line_width|min_border_(left|right)|(major_label|axis_label|label)_text_font_size)$/;
const picture = (d) =>
  icon(`<path d="${d}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`);
const ENTER = picture("M3 7.5V3h4.5M12.5 3H17v4.5M17 12.5V17h-4.5M7.5 17H3v-4.5");
const LEAVE = picture("M7.5 3v4.5H3M17 7.5h-4.5V3M12.5 17v-4.5H17M3 12.5h4.5V17");

/** A size times a factor: 13, "13px" or {value: either}; null for sizes that come from a column. */
export function times(size, factor) {
  if (typeof size === "number") return size * factor;
  if (typeof size === "string") return size.replace(/[\d.]+/, (digits) => Math.round(digits * factor * 100) / 100);
  const value = size?.value ?? null;
  return value === null ? null : { ...size, value: times(value, factor) };
}

/** The models of a plot that have sizes. */
function sized(view) {
  const { below, left, above, right, center, renderers } = view.model;
  const glyphs = [...view.renderer_views.values()].flatMap((drawn) =>
    [drawn.glyph, drawn.selection_glyph, drawn.nonselection_glyph].filter(Boolean).map((glyph) => glyph.model));
  const annotations = [...center, ...renderers].flatMap((model) => [model, model.end]);
  return new Set([view.model, ...glyphs, ...annotations, ...below, ...left, ...above, ...right].filter((model) => model?.properties));
}

/** Make what the plots inside an element draw larger; gives a function that makes it as before. */
function enlarge(figure) {
  const before = [], factor = Math.max(1, Math.min(LARGER, innerWidth / ROOM));
  for (const view of Bokeh.index.roots.filter((root) => root.renderer_views && figure.contains(root.el))) {
    for (const model of sized(view)) {
      for (const name of Object.keys(model.properties).filter((property) => SIZES.test(property))) {
        const size = model[name], larger = times(size, factor);
        if (larger === null) continue;
        before.push(() => model.setv({ [name]: size }, { sync: false }));
        model.setv({ [name]: larger }, { sync: false });
      }
    }
  }
  return () => before.forEach((restore) => restore());
}

/** Keep the rest of the page, but what it announces, from focus and readers; gives a function that lets them back. */
function isolate(figure) {
  const others = [];
  for (let part = figure; part !== document.body; part = part.parentElement) {
    others.push(...[...part.parentElement.children].filter((other) => other !== part && !other.inert && other.role !== "status"));
  }
  for (const other of others) other.inert = true;
  return () => others.forEach((other) => { other.inert = false; });
}

const buttons = new WeakMap();         // of each figure

/** Give a figure its button, at the end of `place`; again when the place has been emptied. */
export function attachFullScreen(figure, place) {
  if (buttons.has(figure)) return place.append(buttons.get(figure));
  const button = element("button", { type: "button", className: "full-screen-button", onclick: toggle });
  let restore = null;          // while the figure is in full screen
  let top;                     // where the figure was in the window

  function show() {
    const larger = enlarge(figure);
    figure.classList.add("full-screen");
    dress(button, LEAVE, "Leave full screen");
    restore = () => {
      larger();
      figure.classList.remove("full-screen");
      dress(button, ENTER, "Full screen");
      scrollBy({ top: figure.getBoundingClientRect().top - top, behavior: "instant" });
      button.focus({ preventScroll: true });
    };
  }

  /** Cover the page: what Esc and the button end. */
  function cover() {
    show();
    const open = isolate(figure), { overflow } = document.documentElement.style;
    document.documentElement.style.overflow = "hidden";
    const asBefore = restore;
    restore = () => {
      open();
      document.documentElement.style.overflow = overflow;
      asBefore();
    };
  }

  function hide() {
    restore?.();
    restore = null;
  }

  function toggle() {
    if (document.fullscreenElement === figure) document.exitFullscreen();
    else if (restore) hide();
    else enter();
  }

  function enter() {
    ({ top } = figure.getBoundingClientRect());
    if (figure.requestFullscreen && document.fullscreenEnabled) figure.requestFullscreen().catch(cover);
    else cover();
  }

  figure.addEventListener("fullscreenchange", () => document.fullscreenElement === figure ? show() : hide());
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && restore) toggle();
    else if (event.key === "f" && shortcutsAreOn() && isFree(event)) toggle();
    else return;
    event.preventDefault();
  });
  dress(button, ENTER, "Full screen");
  buttons.set(figure, button);
  place.append(button);
}
