// "Save picture": what a figure shows, as PNG or SVG, light or dark, with its legend and a caption.

import { isVisible } from "../ui/dom.js";
import { plotSvg } from "../ui/plot-svg.js";
import { present } from "../ui/theme.js";
import { save } from "../ui/save.js";
import { about, emptiness } from "./about.js";
import { ask } from "./choice.js";
import { drawingSvg } from "./drawing.js";
import { legendOf } from "./legend.js";
import { fileOf, pngOf } from "./raster.js";
import { fileName } from "./names.js";
import { sheetOf } from "./sheet.js";

const TIMES = 2;                // pixels of a PNG for each of the page's

export const THEMES = { name: "theme", words: "Colours", answers: [["light", "Light"], ["dark", "Dark"]] };
const FORMATS = { name: "picture", words: "Format", answers: [["png", "PNG"], ["svg", "SVG"]] };

const isPlot = ({ model, el }) => /^(Figure|Plot)$/.test(model.type) && el.offsetWidth;

/** What stands over a drawing in the page. */
function headingOf(place) {
  const part = place.closest(".panel-stack, .panel-pair > *, .planes > figure");
  return part?.querySelector(".panel-head, figcaption")?.textContent.trim() ?? "";
}

/** What is drawn in a figure at present, in the order of the page: [{place, draw(theme), width, height}]. */
function drawn(figure) {
  const plots = Bokeh.index.roots.filter((view) => figure.contains(view.el) && isPlot(view))
    .map((view) => ({ place: view.el, draw: (theme) => plotSvg(view, theme), width: view.bbox.width, height: view.bbox.height }));
  const drawings = [...figure.querySelectorAll("svg.drawing")].filter(isVisible).map((drawing) => {
    const { width, height } = drawing.getBoundingClientRect();
    return { place: drawing, draw: (theme) => drawingSvg(drawing, theme), width, height };
  });
  return [...plots, ...drawings].sort((a, b) => a.place.compareDocumentPosition(b.place) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
}

async function savePicture(name, figure, { picture: format, theme }) {
  const words = await about(name, figure);
  const drawings = drawn(figure).map(({ place, draw, width, height }) => ({ svg: draw(theme), width, height, heading: headingOf(place) }));
  const { sheet, width, height } = sheetOf(drawings, legendOf(figure, theme), words, theme);
  const texts = { Title: words.title, Description: [words.shown, words.settings, words.address].filter(Boolean).join("\n"), Source: words.source };
  const file = format === "svg" ? new Blob([fileOf(sheet)], { type: "image/svg+xml" }) : await pngOf(sheet, { width, height }, TIMES, texts);
  save(fileName(name, format), file);
}

/** Ask for format and colours, then save the picture. */
export function perform({ name, figure, button, tell }) {
  const empty = emptiness(figure) || (drawn(figure).length ? "" : "Nothing is drawn here yet.");
  if (empty) return tell(`There is no picture yet. ${empty}`);
  figure.querySelector(".player-play[aria-label=Pause]")?.click();         // a picture is of one moment
  tell("");
  ask(button, [FORMATS, { ...THEMES, usual: present() }], "Save", async (answers) => {
    try {
      await savePicture(name, figure, answers);
      tell("The picture is saved.");
    } catch (error) {
      tell(`The picture could not be made (${error.message}). Try the other format.`);
    }
  });
}
