// What others see, in words for a screen reader: a live region of the page, for texts that stand where it may not look; and
// what a figure shows at present, for whoever comes to it.

import { byId, element } from "./dom.js";

const STANDS = 400;            // ms that a text has to stand still, so that a counter is not read out all the time
const KEPT = 5000;             // ms in the region

/** Have a text announced when the reader has finished its sentence. */
export function announce(text) {
  const line = element("p", { textContent: text });
  byId("said").append(line);
  setTimeout(() => line.remove(), KEPT);
}

/** A function that has the text announced that read() gives, once it has stood still. */
export function announcing(read) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (read()) announce(read()); }, STANDS);
  };
}

/** A function that soon has the element with an id say what words() gives: a figure's description, in step with it. */
export function describing(id, words) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      byId(id).textContent = words();
    }, STANDS);
  };
}
