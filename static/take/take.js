// The buttons below figures and panels by which one takes them away, each done by a module that is loaded when wanted.

import { importWhole } from "../ui/addresses.js";
import { lazy } from "../ui/lazy.js";

const files = lazy("Saving pictures, data and animations", () => importWhole("take/files.js", () => import("./files.js")));

const MODULES = {
  embed: lazy("Embedding", () => importWhole("take/embed.js", () => import("./embed.js"))),
  link: lazy("Copying links", () => importWhole("take/link.js", () => import("./link.js"))),
  ...Object.fromEntries(["picture", "data", "film"].map((action) => [action, async () => ({ perform: (await files())[action] })])),
};

/** A click on one of the buttons: its module's perform({name, figure, button, page, addresses, tell})
    does what it says; tell(words) puts words beside the buttons. */
export function attachTake(page, addresses) {
  addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-take]");
    if (!button) return;
    const row = button.parentElement;
    const { perform } = await MODULES[button.dataset.take]().catch(() => ({}));         // which the alert tells
    const tell = (words) => { row.querySelector("[role=status]").textContent = words; };
    perform?.({ name: row.dataset.of, figure: row.closest(".lab"), button, page, addresses, tell });
  });
}
