// "Embed": the HTML that puts a figure, as it is on show, into another page.

import { element } from "../ui/dom.js";

const HEIGHT = 720;            // px of the frame

/** A text for an attribute of HTML. */
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** The <iframe> with an address. */
export const frameOf = (address, title) =>
  `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="${HEIGHT}" style="border: 0" loading="lazy" ` +
  'allow="fullscreen; clipboard-write"></iframe>';

/** Show the HTML, to be copied. */
export function perform({ name, figure, addresses }) {
  const title = document.getElementById(figure.getAttribute("aria-labelledby")).textContent.trim();
  const html = element("textarea", { readOnly: true, rows: 5, spellcheck: false, ariaLabel: "HTML of the frame", value: frameOf(addresses.link(name, name), title) });
  const said = element("span", { className: "small" });
  said.setAttribute("role", "status");
  const copy = element("button", { type: "button", textContent: "Copy", onclick: () => navigator.clipboard.writeText(html.value)
    .then(() => { said.textContent = "Copied."; }, () => { html.select(); said.textContent = "Press Ctrl+C, or ⌘C, to copy it."; }) });
  const close = element("button", { type: "button", textContent: "Close", onclick: () => panel.hidePopover() });
  const about = element("p", { textContent: "This figure alone, as it is now, in a page of yours, on slides that take web pages, or on a learning platform:" });
  const panel = element("div", { popover: "auto", className: "take-panel" }, about, html, element("div", { className: "buttons" }, copy, close, said));
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", `Embed “${title}”`);
  panel.addEventListener("toggle", ({ newState }) => { if (newState === "closed") panel.remove(); });
  figure.append(panel);
  panel.showPopover();
  html.focus();
  html.select();
}
