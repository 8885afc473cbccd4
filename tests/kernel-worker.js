// A worker with the page's Python that runs tests/kernel_speed.py: for bench_kernel.py in Chromium.

import { startPython } from "./static/live/start-python.js";

const runtime = await new Promise((resolve) => { self.onmessage = ({ data }) => resolve(data); });
const python = await startPython(runtime, { numpy: "NumPy", embedlab: "The science" }, () => {}, () => {});
python.runPython(runtime.source);
const answer = python.runPython("lambda text: json.dumps(answer(**json.loads(text)))");
self.onmessage = ({ data }) => self.postMessage(answer(data));
self.postMessage("ready");
