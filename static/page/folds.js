// Folds open for what lies in them: a link to it, or a search that found it.

import { placeOf } from "../ui/fragment.js";

/** Open the folds around an element; whether any was closed. */
export function unfoldAround(element) {
  let closed = false;
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    closed ||= !fold.open;
    fold.open = true;
  }
  return closed;
}

/** What a fragment of an address leads to: a place, or the figure itself where it says what that shows; null if nothing. */
export function targetOf(hash) {
  const name = placeOf(hash), target = elementOf(name);
  return (name.length < hash.length - 1 && target?.querySelector(":scope > .lab")) || target;
}

function elementOf(name) {
  try {
    return document.getElementById(name) ?? document.getElementById(decodeURIComponent(name));
  } catch {
    return null;                // a % that encodes nothing
  }
}

/** Open the folds around the target of the address as soon as it is parsed, before anything is painted below it. */
export function unfoldTarget() {
  const observer = new MutationObserver(() => {
    const target = targetOf(location.hash);
    if (!target && document.readyState === "loading") return;
    unfoldAround(target);
    observer.disconnect();
  });
  if (location.hash) observer.observe(document, { childList: true, subtree: true });
}
