// The cells' worker: Python apart from that of the figures, so that it can be stopped at any moment.
// Its messages: loading, ready, begun, done, died, and of a run and its tasks: text, error, picture, tasks.

import { prepare, say, startPython } from "./live/start-python.js";

const ARCHIVES = { numpy: "NumPy", embedlab: "the science", lab: "what runs the cells" };
let pyodide, interpreter;

self.close = () => { throw new Error("A cell cannot close its own worker: press Stop."); };

async function start(runtime) {
  pyodide = await startPython(runtime, ARCHIVES, () => {}, (loaded, total) => say("loading", { loaded, total }));
  pyodide.setStdin({ error: true });
  for (const set of ["setStdout", "setStderr"]) pyodide[set]({ batched: () => {} });    // what is not printed by a cell
  pyodide._api.on_fatal = died;
  interpreter = pyodide.pyimport("lab.cells").open((id, type, value) => say(type, { id, value }));
  say("ready");
}

async function run({ id, source, cell, title }) {
  say("begun", { id });
  const answer = await interpreter.run(source, cell, title, id);
  const { left_out: leftOut, ...rest } = answer.toJs({ dict_converter: Object.fromEntries });
  answer.destroy();
  say("done", { id, leftOut, ...rest });
}

function died(error) {
  say("died", { message: error?.message ?? String(error) });
}

/** An interpreter that broke down lets nobody have its names. */
function isDead() {
  try {
    return !pyodide.globals;
  } catch {
    return true;
  }
}

/** What JavaScript has called and nobody waits for has failed: the interpreter goes on, if it can. */
function fail(event, error) {
  event.preventDefault();
  if (!interpreter || isDead()) return died(error);
  try {
    interpreter.raised(error?.message ?? String(error), error instanceof pyodide.ffi.PythonError);
  } catch (worse) {
    died(worse);
  }
}

self.addEventListener("error", (event) => fail(event, event.error ?? event.message));
self.addEventListener("unhandledrejection", (event) => fail(event, event.reason));

self.onmessage = async ({ data }) => {
  try {
    await { prepare, start, run }[data.type](data);
  } catch (error) {
    died(error);
  }
};
