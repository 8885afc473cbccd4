// Before the first paint, in browsers of any age: the theme that the user chose, if any, else the system's, by CSS;
// the target of the address unfolded, with the fonts of the formulas around it; and what watches over the start.

import { unfoldTarget } from "./page/folds.js";
import { loadFormulaFonts } from "./page/formulas.js";
import { watchStart } from "./page/start.js";

function chosenTheme() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

const chosen = chosenTheme();
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
unfoldTarget();
if (location.hash) loadFormulaFonts();
watchStart();
