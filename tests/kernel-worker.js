// A worker with the page's Python, from dist/runtime, that runs tests/kernel_speed.py: for bench_kernel.py in Chromium.

async function gunzip(url) {
  const { body } = await fetch(url);
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

async function start(base, files, source) {
  const at = Object.fromEntries(Object.entries(files).map(([name, { url }]) => [name, base + url]));
  const { wasm, stdlib, ...archives } = at;
  const { loadPyodide } = await import(`${base}runtime/pyodide.mjs`);
  const stdLibURL = URL.createObjectURL(new Blob([await gunzip(stdlib)]));
  const python = await loadPyodide({ indexURL: `${base}runtime/`, stdLibURL });
  for (const url of Object.values(archives)) {
    python.unpackArchive(await gunzip(url), "zip", { extractDir: "/lib/python3.12/site-packages" });
  }
  python.runPython(source);
  return python.runPython("lambda text: json.dumps(answer(**json.loads(text)))");
}

const { base, files, source } = await new Promise((resolve) => { self.onmessage = ({ data }) => resolve(data); });
const answer = await start(base, files, source);
self.onmessage = ({ data }) => self.postMessage(answer(data));
self.postMessage("ready");
