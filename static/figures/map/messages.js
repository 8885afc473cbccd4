// Sentences of the page's own in the places of Python's messages.

/** Show a sentence that holds nothing of the user's: the message's model takes markup. */
export function say(model, text) {
  if (model.text !== text) model.setv({ text }, { sync: false });
}

/** What to say while Python is not there, of what happens then; "" if it is. */
export function waitingFor(what) {
  const { python } = document.documentElement.dataset;
  if (python === "ready") return "";
  return python === "failed" ? `Python has stopped: press Retry, and ${what}.`
    : `Python is still starting; ${what} as soon as it is there.`;
}
