// The elements of a player's row: its buttons, the scrubber with marks of epochs under it, speed and loop.

import { element } from "./dom.js";
import { epochStarts, spaced } from "./epochs.js";

const SPEEDS = [[0.5, "½×"], [1, "1×"], [2, "2×"], [4, "4×"]];
const TICKS = 6, NUMBERS = 30, FIRST = 64;      // px between ticks, between numbers, from the left to the second number

/** A picture of 20 by 20 px in the text's colour. */
export const icon = (path) => `<svg viewBox="0 0 20 20" width="20" height="20" fill="currentColor" aria-hidden="true"` +
  ` focusable="false">${path}</svg>`;
export const PLAY = icon('<path d="M5 3.2v13.6a.8.8 0 0 0 1.2.7l11-6.8a.8.8 0 0 0 0-1.4l-11-6.8A.8.8 0 0 0 5 3.2z"/>');
export const HALT = icon('<rect x="4" y="3" width="4" height="14" rx="1"/><rect x="12" y="3" width="4" height="14" rx="1"/>');
const BACK = icon('<rect x="4" y="4" width="2.5" height="12" rx="1"/><path d="M16 4.8v10.4c0 .6-.7 1-1.2.6L8.3 10.6a.8.8 0' +
  ' 0 1 0-1.2l6.5-5.2c.5-.4 1.2 0 1.2.6z"/>');
const ON = icon('<rect x="13.5" y="4" width="2.5" height="12" rx="1"/><path d="M4 4.8v10.4c0 .6.7 1 1.2.6l6.5-5.2a.8.8 0' +
  ' 0 0 0-1.2L5.2 4.2C4.7 3.8 4 4.2 4 4.8z"/>');
const LOOP = icon('<path d="M4 10V8.5A3.5 3.5 0 0 1 7.5 5H15m-2.5-3L15.5 5l-3 3M16 10v1.5a3.5 3.5 0 0 1-3.5 3.5H5m2.5' +
  ' 3-3-3 3-3" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>');

/** Give a button its picture, and its name, which is the tooltip too. */
export function dress(button, picture, name) {
  button.innerHTML = picture;
  button.title = name;
  button.setAttribute("aria-label", name);
}

function iconButton(picture, name, onclick) {
  const button = element("button", { type: "button", onclick });
  dress(button, picture, name);
  return button;
}

/** The row's elements in a place. */
export function buildRow(place) {
  const parts = {
    play: iconButton(PLAY, "Play"), back: iconButton(BACK, "Previous frame"), on: iconButton(ON, "Next frame"),
    scrubber: element("input", { type: "range", min: 0, step: 1, className: "player-scrubber", ariaLabel: "Frame" }),
    marks: element("div", { className: "player-marks", ariaHidden: "true" }),
    speed: element("select", { title: "Speed", ariaLabel: "Speed" },
      ...SPEEDS.map(([value, textContent]) => element("option", { value, textContent }))),
    loop: iconButton(LOOP, "Loop"),
  };
  parts.play.className = "player-play";
  parts.options = element("div", { className: "player-options" }, parts.speed, parts.loop);
  place.replaceChildren(element("div", { className: "player", role: "group", ariaLabel: "Player" },
    element("div", { className: "player-buttons" }, parts.back, parts.play, parts.on),
    element("div", { className: "player-track" }, parts.scrubber, parts.marks), parts.options));
  return parts;
}

/** Put ticks and numbers of epochs under a scrubber that is `width` px wide. */
export function drawMarks(place, epochs, width) {
  const last = Math.max(epochs.length - 1, 1);
  const marks = epochStarts(epochs).map(({ epoch, frame }) => ({ epoch, frame, at: width * frame / last }));
  const [first, ...others] = marks;
  const numbered = new Set([first, ...spaced(others.filter(({ at }) => at >= FIRST), NUMBERS)]);
  place.replaceChildren(...(others.length ? spaced(marks, TICKS) : []).map((mark) => {
    const number = mark === first ? `epoch ${mark.epoch}` : mark.epoch;
    const tick = element("span", { textContent: numbered.has(mark) ? number : "" });
    tick.style.setProperty("--at", mark.frame / last);
    return tick;
  }));
}
