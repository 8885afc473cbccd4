// Keys of a figure, which its controls come before; the switch of those that work far from what they act on.

import { byId } from "./dom.js";

const root = () => document.documentElement;

/** Whether / and F do something anywhere in the page or a figure: whoever speaks to the computer may not want that. */
export const shortcutsAreOn = () => root().dataset.shortcuts !== "off";

/** Connect the switch in the contents, which is remembered. */
export function attachShortcuts() {
  const box = byId("shortcuts");
  const set = (state) => { root().dataset.shortcuts = state; };
  try {
    set(localStorage.getItem("shortcuts") ?? "on");
  } catch { /* private windows may refuse storage */ }
  box.checked = shortcutsAreOn();
  box.onchange = () => {
    set(box.checked ? "on" : "off");
    try {
      localStorage.setItem("shortcuts", root().dataset.shortcuts);
    } catch { /* the choice then lasts as long as the page */ }
  };
}

const isChoice = ({ type }) => ["checkbox", "radio", "range"].includes(type);

/** Whether a key was pressed in a field that text is typed into or that a choice is made in by letters. */
export function isInField(event) {
  const target = event.composedPath()[0];
  return (/^(input|textarea|select)$/i.test(target.tagName) && !isChoice(target)) || target.isContentEditable;
}

/** Whether no control has a use for a key itself; a scrubber moves by itself, and has none for letters or Space. */
export function isFree(event) {
  const target = event.composedPath()[0];
  const scrubbing = target.type === "range" && (event.key === " " || /^[a-z]$/.test(event.key));
  const typing = /^(input|textarea|select)$/i.test(target.tagName) || target.isContentEditable;
  const pressing = /^(button|summary)$/i.test(target.tagName) && event.key === " ";
  return !((typing && !scrubbing) || pressing || event.altKey || event.ctrlKey || event.metaKey);
}
