// The button in the bar that opens the list of what is kept, and the sentence on what cannot be.

import { importWhole } from "../ui/addresses.js";
import { showAlert } from "../ui/alert.js";
import { byId } from "../ui/dom.js";
import { lazy } from "../ui/lazy.js";
import { telling } from "./store.js";

const WHY = {
  full: "This browser’s storage for this page is full",
  denied: "This browser keeps nothing for this page, as in some private windows",
  newer: "A newer version of this page has kept something in its place",
};

/** Connect the button; tools: {ask(message, value), save(name, data)}. */
export function attachKeptButton(tools) {
  const panel = byId("kept-panel"), told = new Set();
  const list = lazy("The list of what is kept", () => importWhole("keep/panel.js", () => import("./panel.js")), () => fill());
  const fill = () => list().then(({ attachPanel }) => attachPanel(tools), () => {});     // the alert tells a failure
  panel.addEventListener("toggle", ({ newState }) => { if (newState === "open") fill(); });
  telling.aside = ({ name }, why) => {
    byId("kept").dataset.state = "aside";
    if (told.has(why)) return;
    told.add(why);
    showAlert(`${WHY[why]}: “${name}” lasts until this tab is closed. What was kept before is untouched. To have it later, ` +
      "download it from the list.", () => panel.showPopover(), "Show the list");
  };
}
