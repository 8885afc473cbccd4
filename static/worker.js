// The live session's worker: loads Pyodide, NumPy and the app in named stages, then carries patches.
// Its messages: stage, python, opened, whole, joined, patch, idle, working, trouble, download, failed, pong, files,
// arrived (a file that Python has fetched), answered (a request), kept (a record for the browser to keep), refused (one that is
// of no use).

import { say, startPython } from "./live/start-python.js";

// Pyodide has its turns by timers in WebKit, which takes no message while a timer is due: as messages they stand in one line.
self.setTimeout = ((later) => (action, ms = 0, ...values) => {
  if (ms > 0) return later(action, ms, ...values);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    action(...values);
  };
  return port2.postMessage("");
})(self.setTimeout.bind(self));

let stage = "download";
let session;

function enter(next) {
  say("stage", { name: stage, state: "done" });
  stage = next;
  say("stage", { name: stage, state: "active" });
}

async function start(runtime) {
  say("stage", { name: stage, state: "active" });
  const pyodide = await startPython(runtime, { numpy: "NumPy", embedlab: "the science", app: "the app" }, enter,
    (loaded, total) => say("stage", { name: "download", state: "active", loaded, total }), keep);
  pyodide.pyimport("embedlab.sgns");
  say("python");
  enter("app");
  session = pyodide.pyimport("app.session").open();
  enter("join");
  say("opened", { models: session.models() });
}

/** What a second interpreter needs too: the page passes it on, so that the cells start without the connection. */
function keep(files) {
  say("files", { blobs: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, new Blob([bytes])])) });
}

function trouble(message, detail) {
  say("trouble", { message, detail });
}

function offer(name, data) {
  self.postMessage({ type: "download", name, data }, [data.buffer]);
}

/** Text about a record, and the pieces of what is to be kept in it, copied at once; without pieces it is kept no more. */
function keepRecord(text, pieces) {
  say("kept", { record: JSON.parse(text), data: pieces && new Blob(pieces) });
}

const answers = {
  start,
  ping: () => say("pong"),
  whole: () => say("whole", { whole: session.whole() }),
  join() {
    session.join((patch) => say("patch", { patch }), trouble, (working) => say("working", { working }), offer, keepRecord,
      (id, why) => say("refused", { id, why }));
    say("joined");
  },
  patch({ patch }) {
    session.receive(patch);
    say("idle");
  },
  request: ({ message, value, id }) => session.request(message, value, () => say("answered", { id })),
};

self.onmessage = async ({ data }) => {
  try {
    await answers[data.type](data);
  } catch (error) {
    say("failed", { stage, message: error.message ?? String(error) });
  }
};
