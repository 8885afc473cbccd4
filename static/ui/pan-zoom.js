// A plane that is moved and zoomed by mouse, fingers and keys, and never catches the page's scroll by surprise.
//
// Mouse: a drag moves it; the wheel zooms with Ctrl or ⌘, or after a click until the pointer leaves. Two fingers move and
// zoom it, one scrolls the page. Keys: + − 0 and arrows, while the plane itself has the focus.

import { element, oncePerFrame } from "./dom.js";
import { isFree } from "./keys.js";
import { onRanges, onResize } from "./models.js";
import { glassOf, pointIn } from "./plane.js";
import { dress, icon } from "./player-row.js";
import { viewOf } from "./view.js";

const CLICK = 4;               // px that a click may move the mouse
const STEP = 1 / 8;            // of the view, by an arrow key
const NEARER = 1.25;           // by a key
const [WHEEL, PINCH, FASTEST] = [0.002, 0.01, 0.25];     // of e, for a px of the wheel, of a touchpad's pinch; at most at once
const LINE = 16;               // px of a wheel that counts in lines
const [SHORT, LONG] = [1600, 4000];            // ms that a hint stays
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowDown: [0, -STEP], ArrowUp: [0, STEP] };
const RESET = icon('<path d="M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h9V8.5" fill="none" stroke="currentColor" stroke-width="1.8"' +
  ' stroke-linecap="round" stroke-linejoin="round"/>');

/**
 * Attach it to a plane. fit(): called after Reset, for a figure whose view depends on more than when it last set the
 * ranges; arrowsTaken: the figure has a use for the arrow keys, which then move the plane with Shift.
 * Returns {view, tools}: the plane's View, and the element of its buttons, with room for more.
 */
export function attachPanZoom(plane, { fit = () => {}, arrowsTaken = false } = {}) {
  const glass = glassOf(plane), place = glass.parentElement, view = viewOf(plane), hint = attachHint(place);
  const drawn = { plane, glass, place, view, hint };
  const reset = () => { view.reset(); fit(); };
  const tools = attachTools(drawn, reset);
  attachDrag(drawn);
  attachWheel(drawn);
  attachFingers(drawn);
  attachKeys(drawn, reset, arrowsTaken);
  const reshape = () => { if (plane.inner_width && plane.inner_height) view.reshape(plane.inner_width / plane.inner_height); };
  onResize(plane, oncePerFrame(reshape));
  reshape();
  return { view, tools };
}

/** Where a pointer is, as shares [x, y] of the view from its lower left corner. */
function sharesAt(plane, pointer) {
  const { x, y } = pointIn(plane, pointer);
  return [x / plane.inner_width, 1 - y / plane.inner_height];
}

/** hint(text, ms): a line over the plane for a moment. */
function attachHint(place) {
  const line = element("p", { className: "plane-hint", hidden: true, ariaHidden: "true" });
  let timer;
  place.append(line);
  return (text, ms) => {
    Object.assign(line, { textContent: text, hidden: !text });
    clearTimeout(timer);
    if (text) timer = setTimeout(() => { line.hidden = true; }, ms);
  };
}

function attachTools({ plane, place, view }, reset) {
  const button = element("button", { type: "button" }), tools = element("div", { className: "plane-tools" }, button);
  const show = () => { button.hidden = !view.moved; };
  dress(button, RESET, "Reset view");
  button.onclick = () => {
    reset();
    place.focus({ preventScroll: true });      // the button is gone now
  };
  onRanges(plane, show);
  show();
  place.append(tools);
  return tools;
}

function attachDrag({ plane, glass, place, view }) {
  let from = null, dragged = false;

  glass.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.button !== 0 || event.pointerType !== "mouse") return;
    from = event;
    glass.setPointerCapture(event.pointerId);
  });
  glass.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.clientX, event.clientY - from.clientY];
    if (!dragged && Math.hypot(dx, dy) < CLICK) return;
    dragged = true;
    place.classList.add("panning");
    view.pan([-dx / plane.inner_width, dy / plane.inner_height]);
    from = event;
  });
  glass.addEventListener("lostpointercapture", () => {
    from = null;
    place.classList.remove("panning");
  });
  glass.addEventListener("click", (event) => { if (dragged) event.stopImmediatePropagation(); }, true);
}

function attachWheel({ plane, glass, place, view, hint }) {
  glass.addEventListener("click", () => {
    place.classList.add("wheel-zooms");
    hint("");
  });
  glass.addEventListener("pointerleave", () => place.classList.remove("wheel-zooms"));
  glass.addEventListener("wheel", (event) => {
    const asked = event.ctrlKey || event.metaKey;
    if (!asked && !place.classList.contains("wheel-zooms")) {
      const key = /^(Mac|iP)/.test(navigator.platform) ? "⌘" : "Ctrl";
      return hint(`${key} + wheel zooms, or click into the figure first`, SHORT);
    }
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode ? LINE : 1) * (event.ctrlKey ? PINCH : WHEEL);
    view.zoom(sharesAt(plane, event), Math.exp(-Math.max(-FASTEST, Math.min(FASTEST, pixels))));
  }, { passive: false });
}

function attachFingers({ plane, glass, view }) {
  let before = null;           // the middle and the distance of two fingers
  const read = ({ targetTouches: [one, other, third] }) => other && !third ? {
    clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2,
    apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
  } : null;

  for (const type of ["touchstart", "touchend", "touchcancel"]) {
    glass.addEventListener(type, (event) => { before = read(event); }, { passive: true });
  }
  glass.addEventListener("touchmove", (event) => {
    if (!before || !event.cancelable) return;          // the page is already scrolling
    event.preventDefault();
    const now = read(event);
    const [dx, dy] = [now.clientX - before.clientX, now.clientY - before.clientY];
    view.pan([-dx / plane.inner_width, dy / plane.inner_height]);
    if (now.apart && before.apart) view.zoom(sharesAt(plane, now), now.apart / before.apart);
    before = now;
  }, { passive: false });
}

function attachKeys({ place, view, hint }, reset, arrowsTaken) {
  const zoom = (times) => () => view.zoom([0.5, 0.5], times);
  const actions = { "+": zoom(NEARER), "=": zoom(NEARER), "-": zoom(1 / NEARER), 0: reset };
  const shift = arrowsTaken ? "Shift+" : "";
  place.tabIndex = 0;
  place.setAttribute("aria-keyshortcuts", ["+", "-", "0", ...Object.keys(ARROWS).map((key) => shift + key)].join(" "));
  place.onfocus = () => {
    if (place.matches(":focus-visible")) hint(`+ and − zoom, ${shift && "Shift + "}arrows move, 0 resets the view`, LONG);
  };
  place.onblur = () => {
    place.classList.remove("wheel-zooms");
    hint("");
  };
  place.onkeydown = (event) => {
    if (event.key === "Escape") place.classList.remove("wheel-zooms");
    if (event.target !== place || !isFree(event)) return;
    const pan = (event.shiftKey || !arrowsTaken) && ARROWS[event.key];
    if (pan) view.pan(pan);
    else if (Object.hasOwn(actions, event.key)) actions[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();           // else the figure's player has it too
  };
}
