// Where the address leads, such as #models: it keeps its place in the window while the figures above it grow.

import { byId } from "../ui/dom.js";

const ACTIONS = ["wheel", "touchmove", "pointerdown", "keydown"];       // of a user who may go elsewhere

/** Hold what the address names in its place, until the user acts or what this returns is called. */
export function holdLanding() {
  const place = byId(location.hash.slice(1));
  const [{ type }] = performance.getEntriesByType("navigation");
  if (!place || type !== "navigate") return () => {};       // reloaded, or gone back to: the browser restores the place
  const observer = new ResizeObserver(() => place.scrollIntoView());
  const letGo = () => observer.disconnect();
  observer.observe(byId("content"));
  for (const action of ACTIONS) addEventListener(action, letGo, { once: true, passive: true });
  return letGo;
}
