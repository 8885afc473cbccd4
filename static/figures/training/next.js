// What can be done with the model that a training has made: links to where it is done.

import { byId } from "../../ui/dom.js";
import { column, onChange } from "../../ui/models.js";

/** result: the source with its name; ask(message, name): of Python. A link's message is its `data-next`. */
export function attachNext(result, ask) {
  const next = byId("training-next"), name = () => column(result, "name")[0];
  const show = () => {
    next.hidden = !name();
    byId("training-next-name").textContent = name() ?? "";
  };
  next.onclick = ({ target }) => {
    const link = target.closest("a");
    if (!link) return;
    ask(link.dataset.next, name());
    const { state } = link.dataset;
    if (state) document.dispatchEvent(new CustomEvent("lab-show", { detail: { figure: "map", state } }));
  };
  onChange(result, "data", show);
  show();
}
