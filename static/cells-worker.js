// The cells' worker: Python apart from that of the figures, so that it can be stopped at any moment.
// Its messages: loading, ready, begun, text, picture, done, died.

import { prepare, say, startPython } from "./live/start-python.js";

const ARCHIVES = { numpy: "NumPy", embedlab: "the science", lab: "what runs the cells" };
let interpreter;
let id;             // of the run whose output this is

self.close = () => { throw new Error("A cell cannot close its own worker: press Stop."); };

async function start(runtime) {
  const pyodide = await startPython(runtime, ARCHIVES, () => {}, (loaded, total) => say("loading", { loaded, total }));
  pyodide.setStdin({ error: true });
  for (const set of ["setStdout", "setStderr"]) pyodide[set]({ batched: () => {} });    // what is not printed by a cell
  interpreter = pyodide.pyimport("lab.cells").open((text) => say("text", { id, text }),
                                                   (kind, data) => say("picture", { id, kind, data }));
  say("ready");
}

async function run(asked) {
  id = asked.id;
  say("begun", { id });
  const answer = await interpreter.run(asked.source, asked.cell);
  const { result, error, left_out: leftOut } = answer.toJs({ dict_converter: Object.fromEntries });
  answer.destroy();
  say("done", { id, result, error, leftOut });
}

/** What breaks the interpreter is not an error of the run: it comes out here. */
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  say("died", { message: event.reason?.message ?? String(event.reason) });
});

self.onmessage = async ({ data }) => {
  try {
    await { prepare, start, run }[data.type](data);
  } catch (error) {
    say("died", { message: error.message ?? String(error) });
  }
};
