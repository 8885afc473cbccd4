// A worker with the page's Python that answers questions by a script of the benchmarks: see in_chromium in bench_kernel.py.

import { startPython } from "./static/live/start-python.js";

const runtime = await new Promise((resolve) => { self.onmessage = ({ data }) => resolve(data); });
const python = await startPython(runtime, { numpy: "NumPy", embedlab: "The science" }, () => {}, () => {});
python.runPython(runtime.source);
const answer = python.runPython("lambda text: json.dumps(answer(**json.loads(text)))");
self.onmessage = ({ data }) => self.postMessage(answer(data));
self.postMessage("ready");
