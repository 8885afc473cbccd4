// Accessible names inside the widgets' shadow roots, where Bokeh and Panel leave them out; messages there are announced.

import { announcing } from "../ui/announcer.js";
import { element } from "../ui/dom.js";
import { onChange } from "../ui/models.js";

const SAYS = /-(message|summary)$/;    // names of models that tell the user something

function* views(view) {
  yield view;
  for (const child of view.child_views ?? []) yield* views(child);
}

function name(view) {
  const { model, shadow_el } = view;
  view.canvas_view?.events_el.removeAttribute("tabindex");     // without a name, nor a use for any key
  if (!shadow_el) return;
  if (SAYS.test(model.name)) onChange(model, "text", announcing(() => model.visible && view.markup_el.textContent.trim()));
  for (const handle of shadow_el.querySelectorAll(".noUi-handle")) handle.setAttribute("aria-label", model.title);
  for (const [way, words] of [["up", "Increase"], ["down", "Decrease"]]) {
    shadow_el.querySelector(`.bk-spin-btn-${way}`)?.setAttribute("aria-label", `${words} ${model.title}`);
  }
  if (view.checkbox_el) label(view);
}

/** Give a Bokeh checkbox a label in place of its div, through which no click would reach the box. */
function label(view) {
  view.checkbox_el.id = `box-${view.model.id}`;
  const made = element("label", { className: view.label_el.className, htmlFor: view.checkbox_el.id, textContent: view.model.label });
  view.label_el.replaceWith(made);
  view.label_el = made;
}

/** Name the controls of all views below the roots. */
export function nameControls(roots) {
  for (const root of roots) for (const view of views(root)) name(view);
}
