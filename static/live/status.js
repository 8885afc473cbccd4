// The state of Python on the page: the button in the bar, its panel, and the alert.

import { showAlert } from "../ui/alert.js";
import { announce } from "../ui/announcer.js";
import { byId, element } from "../ui/dom.js";

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

const STAGES = { download: "Download Python, NumPy and the app", interpreter: "Start the interpreter",
                 numpy: "Load NumPy", app: "Load Panel and the app", join: "Join the page" };
const SHARE = { download: 0.4, interpreter: 0.15, numpy: 0.1, app: 0.3, join: 0.05 };     // of the bar

const text = (state, words) => {
  byId("status").dataset.state = state;
  byId("status-text").textContent = words;
};

/** Why controls are disabled, or what to do with them, beside them. */
function note(why) {
  for (const place of document.querySelectorAll("[data-needs]")) {
    place.textContent = why ? `${place.dataset.needs} Python, which ${why}.` : place.dataset.ready;
  }
  for (const input of document.querySelectorAll("input[data-file]")) input.disabled = Boolean(why);
}

let done = {};
let retry = null;              // starts Python again
let hideAlert = () => {};

function bar() {
  const part = Object.entries(SHARE).reduce((sum, [stage, share]) => sum + share * (done[stage] ?? 0), 0);
  byId("progress").style.setProperty("--value", part.toFixed(3));
  byId("progress").setAttribute("aria-valuenow", String(Math.round(100 * part)));
}

/** Python is started: all stages wait. */
export function starting() {
  done = {};
  document.documentElement.dataset.python = "loading";
  hideAlert();
  byId("retry").hidden = true;
  byId("status-message").textContent = "";
  text("loading", "Starting Python…");
  note("is still starting");
  byId("stages").replaceChildren(...Object.entries(STAGES).map(([stage, words]) => {
    const item = element("li", {}, ...[words, ""].map((textContent) => element("span", { textContent })));
    Object.assign(item.dataset, { stage, state: "waiting" });
    return item;
  }));
  bar();
}

/** Python is not started before it is wanted. */
export function waiting() {
  text("idle", "Python starts when used");
  note("starts when you use the figure");
}

/** A stage is active, at loaded of total bytes if it has any, or done. */
export function stage(name, state, loaded, total) {
  const item = byId("stages").querySelector(`[data-stage=${name}]`);
  item.dataset.state = state;
  byId("retry").hidden = true;
  done[name] = state === "done" ? 1 : total ? loaded / total : 0;
  if (total) item.lastElementChild.textContent = `${megabytes(loaded)} of ${megabytes(total)}`;
  text("loading", `Starting Python… ${Math.min(99, Number(byId("progress").getAttribute("aria-valuenow") ?? 0))}%`);
  bar();
}

/** Nothing has come for a while: it may come yet, or Retry may help. */
export function stalled() {
  text("loading", "Waiting for the connection…");
  byId("retry").hidden = false;
}

/** The live session has joined the page. */
export function ready() {
  for (const item of byId("stages").children) item.dataset.state = "done";
  done = Object.fromEntries(Object.keys(STAGES).map((stage) => [stage, 1]));
  bar();
  document.documentElement.dataset.python = "ready";
  hideAlert();
  byId("retry").hidden = true;
  byId("status-message").textContent = "Python is running in this page.";
  text("idle", "Python ready");
  announce("Python ready");
  note("");
}

/** Working, or done with it. */
export function busy(working) {
  if (document.documentElement.dataset.python !== "ready") return;
  text(working ? "busy" : "idle", working ? "Python working…" : "Python ready");
}

/** The session is lost; `message` says why and what still works. */
export function failed(message, detail) {
  byId("stages").querySelector("[data-state=active]")?.setAttribute("data-state", "failed");
  document.documentElement.dataset.python = "failed";
  byId("status-message").textContent = message;
  byId("retry").hidden = false;
  text("error", "Python stopped");
  note("has stopped: Retry starts it again");
  warn(message, retry);
  log(detail ?? message);
}

/** Something went wrong and the session goes on. */
export function warn(message, action = null) {
  hideAlert = showAlert(message, action);
}

export function log(line) {
  const time = new Date().toTimeString().slice(0, 8);
  byId("log").append(`${time} ${line}\n`);
}

/** Connect the buttons; restart() is what Retry calls. */
export function attachStatus(restart) {
  const [button, panel] = [byId("status"), byId("status-panel")];
  const open = (shown) => {
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.onclick = () => open(panel.hidden);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    open(false);
    button.focus();
  });
  retry = byId("retry").onclick = restart;
}
