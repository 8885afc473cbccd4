// What a figure is and what it shows, in words: for captions, and for the descriptions inside of files.

import { byId, isVisible } from "../ui/dom.js";

const PANEL = "Panel", LICENCE = "CC BY 4.0";

const textOf = (part) => part?.textContent.replace(/\s+/g, " ").trim() ?? "";

/** The figure's own words on what it shows at present: its summary, else its caption without the title. */
function shown(figure, title) {
  const summary = figure.querySelector(".as-table [id$=-summary], :scope > .panel-summary");
  if (textOf(summary)) return textOf(summary);
  return textOf(figure.querySelector(":scope > figcaption")).replace(textOf(title), "").trim();
}

/**
 * {title, shown, settings, address, source} of a figure or panel: "Figure 1. Skip-gram dynamics"; a sentence or two; what is
 * not at its default, as "k=5, frame=120", "" if nothing; the address that leads to it; the page's name and the licence.
 */
export async function about(name, figure) {
  const heading = byId(figure.getAttribute("aria-labelledby"));
  const label = heading.closest("hgroup")?.querySelector("p").firstChild.textContent.trim() ?? PANEL;
  const settings = Object.entries(globalThis.lab.state()[name] ?? {}).map(([key, value]) => value === "" ? key : `${key}=${value}`);
  return {
    title: `${label}. ${textOf(heading).replace(/\.$/, "")}`,
    shown: shown(figure, heading),
    settings: settings.join(", "),
    address: await globalThis.lab.link(name),
    source: `${document.title} · ${LICENCE}`,
  };
}

/** Why there is nothing to take away yet, in the figure's own words; "" if there is something. */
export function emptiness(figure) {
  const said = [...figure.querySelectorAll(".empty, #models-empty")].find(isVisible);
  return textOf(said);
}
