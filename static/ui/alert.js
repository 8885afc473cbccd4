// The page's alert: a sentence, and a button where something can be done, such as to try again.

import { byId } from "./dom.js";

/** Show a message; retry, if any: what the button does, which is called `label`. Gives a function that hides the message,
    unless another came. */
export function showAlert(message, retry = null, label = "Retry") {
  const hide = () => { if (byId("alert-message").textContent === message) byId("alert").hidden = true; };
  byId("alert-message").textContent = message;
  byId("alert-retry").hidden = !retry;
  byId("alert-retry").textContent = label;
  byId("alert-retry").onclick = retry;
  byId("alert-close").onclick = hide;
  byId("alert").hidden = false;
  return hide;
}
