// The user's own pairs as a list, each with a button that takes it off the map.

import { YOUR_PAIRS } from "../../contract/constants.js";
import { MAP_REMOVE_PAIR } from "../../contract/messages.js";
import { byId, element } from "../../ui/dom.js";
import { column, onChange } from "../../ui/models.js";

export function attachOwnPairs({ pairs, words }, ask) {
  const place = byId("own-pairs");
  let shown = "[]";

  function item([start, end], name) {
    const text = `${name(start)} → ${name(end)}`;
    const onclick = () => ask(MAP_REMOVE_PAIR, JSON.stringify([start, end]));
    return element("li", {}, element("span", { textContent: text }),
                   element("button", { type: "button", textContent: "Remove", ariaLabel: `Remove ${text}`, onclick }));
  }

  /** List them anew if they are others; the focus stays where it was in the list. */
  function list() {
    const [group, start, end] = ["group", "start", "end"].map((of) => column(pairs, of));
    const own = group.flatMap((of, i) => of === YOUR_PAIRS ? [[start[i], end[i]]] : []), now = JSON.stringify(own);
    if (now === shown) return;
    shown = now;
    const names = new Map(column(words, "word").map((word, i) => [word, column(words, "name")[i]]));
    const before = [...place.querySelectorAll("button")].indexOf(document.activeElement);
    place.replaceChildren(...own.map((pair) => item(pair, (word) => names.get(word) ?? word)));
    if (before >= 0) (place.querySelectorAll("button")[Math.min(before, own.length - 1)] ?? place).focus();
  }

  onChange(pairs, "data", list);
  list();
}
