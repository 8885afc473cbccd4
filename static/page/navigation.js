// Navigation: the contents with the current section, links to headings, a search in the page's words. Loaded at the
// first action of the user; the index of words is made at the first search.

import { byId, element } from "../ui/dom.js";
import { shortcutsAreOn } from "../ui/keys.js";
import { unfoldAround } from "./folds.js";

const LEAST = 2;                // letters that are worth a search
const MOST = 120;               // places that are listed
const AROUND = [34, 90];        // letters before and after a word that was found
const SEARCHED = "h1, h2, h3, h4, p, li, figcaption, caption, legend, dt, dd, .cell, .listing, .scroll tr";
const NOT_SEARCHED = "nav, .onward, [hidden], [popover], .hint, .solution, [role=status], [aria-live], [data-source], .cell-output";
const FOLDS = { "’": "'", "‘": "'", "“": '"', "”": '"', "−": "-", "–": "-", "\u00a0": " " };

const parts = () => [...document.querySelectorAll("main > section[id]")];
const title = (part) => part.querySelector("h2").textContent;
const panel = () => byId("contents-panel"), find = () => byId("find");

/** Small letters without accents, one for each sign, so that places in the folded text are places in the text. */
const fold = (text) => text.replace(/[^\0-@[-\x7f]/g, (sign) => (FOLDS[sign] ?? sign.normalize("NFD").toLowerCase())[0]);

// -- going to a place --------------------------------------------------------------------------------------

let shown = null;               // the place that the search went to

/** Close the contents, open what the place is folded into, and go there with the focus. */
function go(address, place, marked = false) {
  shown?.classList.remove("found");
  shown = null;
  unfoldAround(place);
  for (const open of document.querySelectorAll("[popover]:popover-open")) open.hidePopover();
  location.hash = address;
  if (marked) {
    shown = place;
    place.classList.add("found");
    place.scrollIntoView({ block: place.offsetHeight < innerHeight / 2 ? "center" : "start" });
  }
  if (!place.matches("a, button, input, [tabindex]")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function follow(event) {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !link.closest("[popover]")) return;
  const address = link.hash.slice(1);
  event.preventDefault();
  go(address, link.place ?? byId(address), Boolean(link.place));
}

// -- the contents --------------------------------------------------------------------------------------------

/** Turn each heading into a link to itself. */
function linkHeadings() {
  for (const heading of document.querySelectorAll("main > section > hgroup h2, .chapter > h3[id], .exercise > hgroup h3")) {
    if (heading.querySelector("a, button")) continue;
    const address = heading.id && heading.matches("h3") ? heading.id : heading.closest("section").id;
    heading.replaceChildren(element("a", { className: "heading", href: `#${address}` }, ...heading.childNodes));
  }
}

/** What a section holds, in order: [kind, address, title]. */
function holdings(part) {
  const all = part.querySelectorAll(":scope > h3[id], .cell, .exercise, .panel[id]");
  return Array.from(all, (held) => {
    if (held.matches(".cell")) return ["cell", held.id, held.querySelector(".cell-title").textContent];
    const called = held.matches(".panel") ? byId(held.getAttribute("aria-labelledby")) : held.querySelector("h3") ?? held;
    const name = called.textContent.replace(/\.$/, "");
    if (held.matches(".panel")) return ["panel", held.id, name];
    if (held.matches(".exercise")) return ["exercise", held.id, `Exercise ${held.id.split("-")[1]}: ${name}`];
    return ["heading", held.id, name];
  });
}

function listSections() {
  byId("sections").replaceChildren(element("ol", {}, ...parts().map((part) => {
    const name = title(part), inner = holdings(part), list = element("ul", { id: `inside-${part.id}`, hidden: true });
    list.append(...inner.map(([kind, address, textContent]) =>
      element("li", { className: `to-${kind}` }, element("a", { href: `#${address}`, textContent }))));
    const label = part.querySelector("hgroup p").firstChild.textContent.trim(), figure = label.startsWith("Figure");
    const aside = figure ? label : part.querySelector(".minutes")?.textContent.replace("· ", "") ?? "";
    const row = element("div", {}, element("a", { href: `#${part.id}`, textContent: name }),
                        element("span", { className: "time", textContent: aside }));
    const item = element("li", { className: figure ? "figure" : "" }, row);
    if (!inner.length) return item;
    const more = element("button", { type: "button", className: "inside", onclick: () => unfold(part.id, list.hidden) });
    more.setAttribute("aria-controls", list.id);
    more.setAttribute("aria-expanded", "false");
    more.setAttribute("aria-label", `Parts of ${name}`);
    row.append(more);
    item.append(list);
    return item;
  })));
}

function unfold(id, open) {
  const list = byId(`inside-${id}`);
  if (!list) return;
  list.hidden = !open;
  list.parentElement.querySelector(".inside").setAttribute("aria-expanded", String(open));
}

/** Mark the section that a line in the upper part of the window runs through, in the bar and in the contents. */
function markCurrent() {
  const here = byId("here");
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = byId("sections").querySelector(`[href="#${target.id}"]`);
      if (isIntersecting) {
        link.setAttribute("aria-current", "true");
        Object.assign(here, { href: `#${target.id}`, textContent: title(target), hidden: false });
      } else if (link.hasAttribute("aria-current")) {
        link.removeAttribute("aria-current");
        if (here.hash === `#${target.id}`) here.hidden = true;
      }
    }
  }, { rootMargin: "-30% 0px -69.9% 0px" });
  for (const part of parts()) observer.observe(part);
}

// -- the search ----------------------------------------------------------------------------------------------

let index;                      // [{place, address, section, label, text, folded}], one for each paragraph, cell, ...

/** An element's words, formulas as they are spoken. */
function wordsOf(place) {
  const copy = place.cloneNode(true);
  copy.querySelectorAll(".katex-html, annotation, .minutes").forEach((part) => part.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function makeIndex() {
  let address = "top";
  return Array.from(document.querySelectorAll(`main :is(${SEARCHED}), main > section[id]`), (place) => {
    if (place.id) address = place.matches("hgroup > *") ? place.closest("section").id : place.id;
    if (place.matches("main > section") || place.closest(NOT_SEARCHED) || place.parentElement.closest(SEARCHED)) return null;
    const cell = place.matches(".cell");
    const text = wordsOf(cell ? place.querySelector("pre") : place);
    const label = cell ? place.querySelector(".cell-title").textContent : "";
    const part = place.closest("main > section"), section = part ? title(part) : "The beginning";
    return { place, address, section, label, text, folded: fold(label ? `${text} ${label}` : text) };
  }).filter((entry) => entry?.text);
}

/** The places that hold all words; none for fewer than LEAST letters. */
function search(words) {
  index ??= makeIndex();
  return index.filter(({ folded }) => words.every((word) => folded.includes(word)));
}

/** A place's text around the first of the words in it, all of them marked. */
function excerpt({ text, folded }, words) {
  const at = Math.max(0, Math.min(...words.map((word) => folded.indexOf(word))));
  const start = at <= AROUND[0] ? 0 : text.lastIndexOf(" ", at - AROUND[0]) + 1;
  const space = text.indexOf(" ", at + AROUND[1]), end = space < 0 ? text.length : space;
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const made = [];
  let done = start;
  for (const match of folded.slice(0, end).matchAll(new RegExp(escaped.join("|"), "g"))) {
    if (match.index < start) continue;
    const over = match.index + match[0].length;
    made.push(text.slice(done, match.index), element("mark", { textContent: text.slice(match.index, over) }));
    done = over;
  }
  return [start ? "… " : "", ...made, text.slice(done, end), end < text.length ? " …" : ""];
}

function linkTo(entry, words) {
  const label = entry.label ? [element("b", { textContent: `${entry.label} ` })] : [];
  return element("a", { href: `#${entry.address}`, place: entry.place }, ...label, ...excerpt(entry, words));
}

/** How many places were found, in words. */
function inWords(found, asked) {
  if (!asked) return "";
  if (!found.length) return `“${find().value.trim()}” is nowhere on this page, its cells or its glossary.`;
  const sections = new Set(found.map((entry) => entry.section)).size;
  return `${found.length} ${found.length === 1 ? "place" : "places"} in ${sections} of the page’s sections` +
    (found.length > MOST ? `, the first ${MOST} below` : "");
}

function showFound() {
  const typed = fold(find().value.normalize("NFC")).trim(), words = typed.split(/\s+/), box = byId("found");
  const asked = typed.length >= LEAST, found = asked ? search(words) : [];
  box.hidden = !found.length;
  byId("sections").hidden = asked;
  box.replaceChildren();
  const listed = found.slice(0, MOST);
  for (const section of new Set(listed.map((entry) => entry.section))) {
    const entries = listed.filter((entry) => entry.section === section);
    const list = element("ul", {}, ...entries.map((entry) => element("li", {}, linkTo(entry, words))));
    list.setAttribute("aria-label", section);
    box.append(element("p", { textContent: section }), list);
  }
  byId("find-state").textContent = inWords(found, asked);
}

// -- keys ----------------------------------------------------------------------------------------------------

const typing = (event) => (event.composedPath()[0] ?? event.target)       // of an event that is over: it loaded this file
  .closest?.("input, textarea, select, [contenteditable=true]");

function slash(event) {
  if (event?.key !== "/" || !shortcutsAreOn() || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
  event.preventDefault();
  panel().showPopover();
  find().focus();
}

/** Up and down through the field and the links on show. */
function arrows(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const stops = [...panel().querySelectorAll("#find, a")].filter((stop) => stop.offsetParent);
  event.preventDefault();
  stops[stops.indexOf(document.activeElement) + by]?.focus();
}

/** At opening: the current section unfolded, the focus on it. */
function opened(event) {
  byId("contents-button").setAttribute("aria-expanded", String(event.newState === "open"));
  if (event.newState !== "open") return;
  const current = panel().querySelector("[aria-current]");
  for (const part of parts()) unfold(part.id, current?.hash === `#${part.id}`);
  if (document.activeElement !== find() && !byId("sections").hidden) (current ?? panel().querySelector("#sections a")).focus();
}

/** Connect it all; event: the user's first action, which may be a key that is meant for it. */
export function attachNavigation(event) {
  linkHeadings();
  listSections();
  markCurrent();
  find().oninput = showFound;
  panel().addEventListener("toggle", opened);
  panel().onkeydown = arrows;
  addEventListener("click", follow);
  addEventListener("keydown", slash);
  if (panel().matches(":popover-open")) opened({ newState: "open" });
  slash(event?.type === "keydown" ? event : null);
}
