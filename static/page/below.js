// Who opens the page at its top waits for the figures there, not for the layout of all that lies below them.

import { frame } from "../ui/turns.js";

const AT_ONCE = 10;

/** Before the first paint: have what is below laid out when it comes near the window, unless the page opens further down. */
export function deferBelow() {
  if (location.hash || history.state?.at > 0) return;
  document.documentElement.dataset.below = "deferred";
}

/** Have all of it laid out, some blocks a frame. */
export async function layOutBelow() {
  const blocks = [...document.querySelectorAll("main > section, .chapter > *")];
  for (const [i, { style }] of blocks.entries()) {
    if (i % AT_ONCE === 0) await frame();
    style.contentVisibility = "visible";
  }
  delete document.documentElement.dataset.below;
  for (const { style } of blocks) style.contentVisibility = "";
}
