// The chosen word: its class and rank, its true neighbours, and how many of them the plane keeps.

import { byId, element } from "../../ui/dom.js";
import { decimal, whole } from "../../ui/numbers.js";

const NEAREST = 10;

/** Describe word i of Words, null for none; near: [[index, cosine]] its nearest in all dimensions, null while they are not here. */
export function describe(words, i, near, choose) {
  const about = byId("atlas-about"), list = byId("atlas-near");
  list.replaceChildren();
  if (i === null) {
    about.textContent = "Click a word, or search one: its ten nearest in all dimensions are ringed.";
    return;
  }
  const kind = words.classes[i] ? `, ${words.kindOf(i)}` : "";
  const rank = `“${words.names[i]}”${words.file ? "" : `: number ${whole(i + 1)} by frequency`}${kind}.`;
  if (!near) {
    const starting = document.documentElement.dataset.python !== "ready";
    about.textContent = `${rank} ${starting ? "Its neighbours need Python, which is still starting." : "Asking for its neighbours …"}`;
    return;
  }
  const onPlane = new Set(words.nearestOnPlane(i, NEAREST)), kept = near.filter(([j]) => onPlane.has(j)).length;
  about.textContent = `${rank} Of its ${near.length} nearest, ringed, ${kept === 0 ? "none is" : `${kept === 1 ? "1 is" : `${kept} are`}`} ` +
    `among the ${NEAREST} nearest on this plane.`;
  list.replaceChildren(...near.map(([j, value]) => element("li", { className: onPlane.has(j) ? "kept" : "" },
    element("button", { type: "button", textContent: words.names[j], onclick: () => choose(j) }),
    element("span", { textContent: decimal(value, 2) }), element("small", { textContent: onPlane.has(j) ? "near here too" : "" }))));
}

/**
 * Of arrows [[from, to]] of word indices on the plane: {cosine, times}, the mean cosine between two of them, and how many
 * times as long as the shortest the longest is; NaN for fewer than two.
 */
export function compared(words, pairs) {
  const arrows = pairs.map(([a, b]) => [words.x[b] - words.x[a], words.y[b] - words.y[a]]);
  let sum = 0, count = 0;
  for (let a = 0; a < arrows.length; a++) {
    for (let b = 0; b < a; b++) {
      sum += (arrows[a][0] * arrows[b][0] + arrows[a][1] * arrows[b][1]) / (Math.hypot(...arrows[a]) * Math.hypot(...arrows[b]) || 1);
      count += 1;
    }
  }
  const lengths = arrows.map((arrow) => Math.hypot(...arrow));
  return { cosine: count ? sum / count : Number.NaN, times: count ? Math.max(...lengths) / Math.min(...lengths) : Number.NaN };
}
