// The chips above the plane: categories and analogies to switch on and off, each with its mark; pointing at one previews it.

import { MARK_LINES, MARK_PATHS } from "../../contract/constants.js";
import { element } from "../../ui/dom.js";
import { onChange } from "../../ui/models.js";

const SVG = "http://www.w3.org/2000/svg";

/** A picture of width by 20 units with one path. */
function picture(width, attributes) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", `0 -10 ${width} 20`);
  svg.setAttribute("aria-hidden", "true");
  for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
  svg.append(path);
  return svg;
}

/** The mark of a category. */
export function mark({ colour, marker }) {
  const d = MARK_PATHS[marker] ?? MARK_PATHS.circle, lines = MARK_LINES.includes(marker);
  const look = lines ? { fill: "none", stroke: colour, "stroke-width": 2.5 } : { fill: colour };
  return picture(20, { d, transform: "translate(10)", ...look });
}

/** An arrow in the colour and dashes of an analogy. */
export const arrow = ({ colour, dash }) =>
  picture(38, { d: "M1 0H36M29-6L36 0L29 6", fill: "none", stroke: colour, "stroke-width": 3,
                "stroke-dasharray": dash === "solid" ? "none" : dash });

export class Chips {
  /**
   * group: the CheckboxGroup that knows which are on; place: where they stand; describe(label): {mark, picture, note, title},
   * null for one that is not offered now, its picture made anew when mark or note are others; preview(label): called with
   * the one under the pointer, undefined for none.
   */
  constructor(group, place, describe, preview) {
    Object.assign(this, { group, place, describe, preview, chips: new Map(), past: [] });
    this.buttons = element("span", { className: "chip-buttons" }, ...[["All", () => group.labels.map((_, i) => i)], ["None", () => []]]
      .map(([textContent, chosen]) => element("button", { type: "button", textContent, onclick: () => this.choose(chosen()) })));
    this.undo = element("button", { type: "button", textContent: "Undo", hidden: true, onclick: () => this.back() });
    this.buttons.append(this.undo);
    onChange(group, "active", () => this.update());
    onChange(group, "labels", () => this.update());
    this.update();
  }

  get on() {
    return new Set(this.group.active.map((i) => this.group.labels[i]));
  }

  choose(active) {
    if (active.length === this.group.active.length && active.every((i) => this.group.active.includes(i))) return;
    this.past.push(this.group.active);
    this.group.active = active;
  }

  back() {
    this.group.active = this.past.pop();
    this.buttons.firstChild.focus();
  }

  toggle(label) {
    const { labels, active } = this.group, i = labels.indexOf(label);
    this.preview();            // what is under the pointer still: show what it is now
    this.past = [];
    this.group.active = active.includes(i) ? active.filter((j) => j !== i) : [...active, i];
  }

  chip(label) {
    const input = element("input", { type: "checkbox", onchange: () => this.toggle(label) });
    const chip = element("label", { className: "toggle-chip" });
    chip.onpointerenter = ({ pointerType }) => { if (pointerType === "mouse") this.preview(label); };
    chip.onpointerleave = () => this.preview();
    input.onfocus = () => { if (input.matches(":focus-visible")) this.preview(label); };
    input.onblur = () => this.preview();
    return Object.assign(chip, { input });
  }

  /** Show what is offered now, and what is on. */
  update() {
    const on = this.on, shown = [];
    for (const label of this.group.labels) {
      const described = this.describe(label);
      if (!described) continue;
      const chip = this.chips.get(label) ?? this.chip(label), { input } = chip;
      this.chips.set(label, chip);
      const key = JSON.stringify([described.mark, described.note]);
      if (chip.key !== key) {
        const name = element("span", { textContent: label });
        const note = described.note ? [element("small", { textContent: described.note })] : [];
        chip.replaceChildren(input, described.picture(), name, ...note);
        Object.assign(chip, { key, title: described.title ?? "" });
      }
      input.checked = on.has(label);
      shown.push(chip);
    }
    const now = [...this.place.children];
    if (shown.length) shown.push(this.buttons);
    if (now.length !== shown.length || shown.some((chip, i) => chip !== now[i])) this.place.replaceChildren(...shown);
    this.undo.hidden = !this.past.length;
  }
}
