// What is seen of a recording: how far it is, and Stop, in the place of the button that began it.

import { element } from "../ui/dom.js";

/** {progress(share), stopped(), end()}; end() brings the button back. */
export function recording(button) {
  let stop = false;
  const bar = element("progress", { max: 1, value: 0, ariaLabel: "Recording" });
  const stopping = element("button", { type: "button", textContent: "Stop", onclick: () => { stop = true; } });
  const shown = element("span", { className: "take-recording" }, bar, stopping);
  button.hidden = true;
  button.after(shown);
  stopping.focus();
  return {
    progress: (share) => { bar.value = share; },
    stopped: () => stop,
    end() {
      const hadFocus = shown.contains(document.activeElement);
      shown.remove();
      button.hidden = false;
      if (hadFocus) button.focus();
    },
  };
}
