// A training that was interrupted, by a reload or because Python ended: it goes on when the user says so.

import { erase, family, isInterrupted, resume, TRAINING } from "../../keep/session.js";
import { KEPT, load, records } from "../../keep/store.js";
import { byId, element } from "../../ui/dom.js";

/** Offer, once Python is there, to go on with the last one that was interrupted. */
export function attachKeptTraining(ask) {
  const place = byId("training-kept");
  const button = (textContent, onclick) => element("button", { type: "button", textContent, onclick });

  async function show() {
    await load();
    const all = [...records.values()].filter(({ kind, trouble }) => kind === TRAINING && !trouble);
    const wanted = await Promise.all(all.map(async (record) => await isInterrupted(record.id) && record));
    const last = wanted.filter(Boolean).sort((a, b) => b.saved - a.saved)[0];
    const shown = last && document.documentElement.dataset.python === "ready" ? `${last.id} ${last.note}` : "";
    if (place.dataset.shown === shown) return;
    place.dataset.shown = shown;
    place.hidden = !shown;
    place.replaceChildren(...shown ? [
      element("span", {}, element("strong", { textContent: last.name }), ": this training was interrupted."),
      element("span", { className: "buttons" }, button(`Go on from ${last.note}`, () => resume(ask, last.id)),
              button("Forget it", () => forget(last.id))),
    ] : []);
  }

  async function forget(id) {
    const undo = await erase(family(id));
    place.hidden = false;
    place.replaceChildren(element("span", { className: "buttons" }, "It is deleted. ", button("Undo", undo)));
    place.querySelector("button").focus();
  }

  addEventListener(KEPT, show);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-python"] });
  show();
}
