// Light and dark: the toggle, and the figures' colours, which CSS cannot reach on a canvas.

import { THEMED } from "../contract/constants.js";

const systemDark = () => matchMedia("(prefers-color-scheme: dark)");

const AXIS = ["axis_line_color", "major_tick_line_color", "minor_tick_line_color"];
const AXIS_TEXT = ["major_label_text_color", "axis_label_text_color"];

/** A colour of the page by the name of its token. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function set(model, attributes, value) {
  model.setv(Object.fromEntries(attributes.map((name) => [name, value])), { sync: false });
}

/** The theme on show: "light" or "dark". */
export const present = () => document.documentElement.dataset.theme ?? (systemDark().matches ? "dark" : "light");

/** Give every axis, grid and themed text of the document, or of some of its models, the page's present colours. */
export function applyTheme(doc, models = doc._all_models.values()) {
  const [strong, soft, line] = [colour("--ink"), colour("--ink-soft"), colour("--line")];
  for (const model of models) {
    if (model.type.endsWith("Axis")) {
      set(model, AXIS, line);
      set(model, AXIS_TEXT, soft);
    } else if (model.type === "Legend") {
      set(model, ["label_text_color"], strong);
    } else if (model.type === "Grid") {
      set(model, ["grid_line_color"], line);
    } else if (model.tags.includes(THEMED)) {
      set(model, ["text_color"], strong);
    }
  }
}

/** Connect the toggle; `redraw` is called after each change of the colours. */
export function attachTheme(redraw) {
  const root = document.documentElement;
  document.getElementById("theme").addEventListener("click", () => {
    root.dataset.theme = present() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch { /* private windows may refuse storage; the choice then lasts as long as the page */ }
    redraw();
  });
  systemDark().addEventListener("change", redraw);
}
