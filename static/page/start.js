// Tells what keeps the page from starting when its modules may not be there to tell it: opened as a file, a browser too
// old, a script or the style sheet that does not arrive, or not whole. Part of before-paint.js.

import { showAlert } from "../ui/alert.js";
import { byId } from "../ui/dom.js";
import { fail, failedParts, fileName, hasFailed, reload } from "../ui/reload.js";

const PATIENCE = 8000;         // ms before the page says what it waits for
const SERVE = "Opened as a file, this page shows its text and drawings only: browsers let no file start Python. Serve its " +
              "folder instead: run “python3 -m http.server” in it and open http://localhost:8000/.";
const OLD = "This browser is too old for the figures and Python, which need Chrome or Edge 114, Firefox 125 or Safari 17, or " +
            "newer ones. The text is all here, with small drawings of the figures.";
// A WebAssembly module with one function that uses vectors of 128 bits.
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/** Whether the browser has what the page uses; of what came last to each, as OLD has it, popovers (114, 125, 17). */
const isNew = () => "noModule" in HTMLScriptElement.prototype && "popover" in HTMLElement.prototype &&
  typeof DecompressionStream === "function" && typeof WebAssembly === "object" &&
  WebAssembly.validate(new Uint8Array(SIMD)) && CSS.supports("selector(:has(a))");

const parts = () => Array.from(document.querySelectorAll("head [integrity]"));
const names = (some) => some.map(fileName).join(", ");

let waited = () => {};         // hides what is said of waiting
let stopped = false;            // by a browser or an address with which nothing can start

/** Do something once the body is there. */
function whenParsed(action) {
  if (document.readyState !== "loading") return action();
  document.addEventListener("readystatechange", action, { once: true });
}

/** Nothing starts: say why, also where the page says how far Python is. */
function stop(message) {
  stopped = true;
  Object.assign(document.documentElement.dataset, { python: "failed", scripts: "none" });
  whenParsed(() => {
    byId("status-text").textContent = "Not started";
    byId("status-message").textContent = message;
    showAlert(message);
  });
}

/** Some parts have failed. */
function tellFailed() {
  const failed = failedParts();
  const plain = failed.some((part) => part.rel === "stylesheet"), dead = failed.some((part) => part.rel !== "stylesheet");
  const lost = [dead && "the figures and Python cannot start", plain && "the page looks plain"].filter(Boolean).join(", and ");
  showAlert(`${lost[0].toUpperCase()}${lost.slice(1)}: ${names(failed)} did not arrive, or not whole. Is the connection up? ` +
            "Retry loads the page again.", reload);
}

function failed({ target }) {
  if (!target.integrity) return;
  if (location.protocol === "file:") return uncheck(target);
  fail(target);
  whenParsed(tellFailed);
}

/** Have a style sheet without its check, which browsers deny to files. */
function uncheck(part) {
  if (part.rel !== "stylesheet") return;
  part.removeAttribute("integrity");
  part.replaceWith(part.cloneNode());
}

/** Say what is still on its way after a while. */
function wait(loaded) {
  const waiting = parts().filter((part) => !loaded.has(part) && !hasFailed(part));
  const drawn = performance.getEntriesByName("lab-drawn").length;
  if (stopped || drawn || !waiting.length || failedParts().length) return;
  waited = showAlert(`Still waiting for a part of the page (${names(waiting)}). The text can be read; the figures and Python start ` +
                     "when it is here. Retry loads the page again.", reload);
}

export function watchStart() {
  document.documentElement.dataset.scripts = "";
  const loaded = new Set();
  document.addEventListener("error", failed, true);
  document.addEventListener("load", ({ target }) => {
    if (target.rel === "stylesheet" && !target.sheet?.cssRules.length) return failed({ target });       // another type
    loaded.add(target);
    if (parts().every((part) => loaded.has(part))) waited();
  }, true);
  if (location.protocol === "file:") return stop(SERVE);
  if (!isNew()) return stop(OLD);
  setTimeout(() => wait(loaded), PATIENCE);
  whenParsed(() => {
    byId("late").hidden = true;
    if (!byId("lab-document")) showAlert("The page itself arrived incomplete. Is the connection up? Retry loads it again.", reload);
  });
}
