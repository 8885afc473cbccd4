// KaTeX's fonts come late: until they are there, formulas are set in the browser's own.

const FIRST = ["1em KaTeX_Main", "italic 1em KaTeX_Math"];      // what most formulas are set in

/** Load them, once. */
export function loadFormulaFonts() {
  if (document.querySelector("#formula-fonts")) return;
  const { formulaFonts: href } = document.querySelector("[data-formula-fonts]").dataset;
  const sheet = Object.assign(document.createElement("link"), { id: "formula-fonts", rel: "stylesheet", href });
  sheet.onload = () => FIRST.forEach((font) => document.fonts.load(font));      // before anything is laid out
  document.head.append(sheet);
}
