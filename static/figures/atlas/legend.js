// The atlas's legend: a chip for each class, to switch on and off; or the scale that the points are coloured along.

import { byId, element } from "../../ui/dom.js";
import { whole } from "../../ui/numbers.js";
import { scaleOf } from "./colours.js";

export class Legend {
  /** changed(): called when other classes are on. */
  constructor(changed) {
    Object.assign(this, { changed, off: new Set(), chips: [] });
  }

  /** Offer the classes of Words, with how many have each; those without any are not offered. */
  offer(words) {
    if (words.kinds !== this.kinds) this.build(words.kinds);
    const counts = new Array(words.kinds.length).fill(0);
    for (let i = 0; i < words.size; i++) counts[words.classes[i]] += 1;
    for (const { number, count, label } of this.chips) {
      count.textContent = whole(counts[number]);
      label.hidden = !counts[number];
    }
  }

  build(kinds) {
    const order = [...kinds.keys()].slice(1).concat(0);
    Object.assign(this, { kinds, off: new Set() });
    this.chips = order.map((number) => this.chip(number));
    const all = (textContent, off) => element("button", { type: "button", textContent, onclick: () => this.set(off) });
    const buttons = element("span", { className: "chip-buttons" }, all("All", []), all("None", order));
    byId("atlas-legend").replaceChildren(...this.chips.map(({ label }) => label), buttons);
  }

  chip(number) {
    const [name, colour] = this.kinds[number], dot = element("span", { className: "dot" }), count = element("small");
    dot.style.background = colour;
    const input = element("input", { type: "checkbox", checked: true, onchange: () => this.set(this.switched()) });
    const label = element("label", { className: "toggle-chip" }, input, dot, element("span", { textContent: name }), count);
    return { number, label, input, count };
  }

  switched() {
    return this.chips.filter(({ input }) => !input.checked).map(({ number }) => number);
  }

  /** Switch classes off, by their numbers, and all others on. */
  set(off) {
    this.off = new Set(off);
    for (const { number, input } of this.chips) input.checked = !this.off.has(number);
    this.changed();
  }

  /** Show the scale, with what its ends mean; [] where the points have the classes' colours. */
  scale(ends, dark) {
    const bar = element("span", { className: "atlas-scale" });
    bar.style.background = `linear-gradient(to right, ${scaleOf(dark).join(", ")})`;
    byId("atlas-scale").replaceChildren(...ends.length ? [ends[0], bar, ends[1]] : []);
  }
}
