// KaTeX's fonts come late: until they are there, formulas are set in the browser's own.

const FIRST = ["Main-Regular", "Math-Italic", "Size1-Regular", "Size2-Regular"];      // what most formulas are set in

const link = (attributes) => document.head.append(Object.assign(document.createElement("link"), attributes));

/**
 * Load them, once. Before the first paint this waits for the sheet that names them, and the first of them come beside it:
 * formulas that grow above the target of the address would move it.
 */
export function loadFormulaFonts() {
  if (document.querySelector("#formula-fonts")) return;
  const { formulaFonts: href } = document.querySelector("[data-formula-fonts]").dataset;
  for (const name of FIRST) {
    const font = new URL(`fonts/KaTeX_${name}.woff2`, new URL(href, document.baseURI)).href;
    link({ rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href: font });
  }
  link({ id: "formula-fonts", rel: "stylesheet", blocking: "render", href });
}
