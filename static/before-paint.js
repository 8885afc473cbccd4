// Before the first paint, in browsers of any age: the theme that the user chose, if any, else the system's, by CSS; the figure
// that stands alone and the solutions that are switched off, as the address says; the target of the address unfolded, with the
// fonts of the formulas around it; what watches over the start; and Python, which starts where it will surely be wanted.

import { startEarly } from "./live/early.js";
import { deferBelow } from "./page/below.js";
import { unfoldTarget } from "./page/folds.js";
import { loadFormulaFonts } from "./page/formulas.js";
import { markOnly, onlyFigure } from "./page/only.js";
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
markOnly();
if (/[?&]solutions=off(&|$)/.test(location.search)) document.documentElement.dataset.solutions = "off";
unfoldTarget();
deferBelow();
if (location.hash) loadFormulaFonts();
watchStart();
try {
  if (document.documentElement.dataset.scripts !== "none" && !onlyFigure()) startEarly();
} catch { /* the page is damaged: the session will tell */ }
