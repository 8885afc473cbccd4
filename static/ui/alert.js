// The page's alert: a sentence, and Retry where something can be tried again.

import { byId } from "./dom.js";

/** Show a message; retry, if any: what the button does. Gives a function that hides the message, unless another came. */
export function showAlert(message, retry = null) {
  const hide = () => { if (byId("alert-message").textContent === message) byId("alert").hidden = true; };
  byId("alert-message").textContent = message;
  byId("alert-retry").hidden = !retry;
  byId("alert-retry").onclick = retry;
  byId("alert-close").onclick = hide;
  byId("alert").hidden = false;
  return hide;
}
