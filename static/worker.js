// The live session's worker: loads Pyodide, NumPy and the app in named stages, then carries patches.
// What it can say: stage, python, opened, whole, joined, patch, idle, working, trouble, download, failed, pong.

const say = (type, message = {}) => self.postMessage({ type, ...message });

let stage = "download";
let session;

function enter(next) {
  say("stage", { name: stage, state: "done" });
  stage = next;
  say("stage", { name: stage, state: "active" });
}

/** Fetch files at once and tell how many bytes have come: {name: Uint8Array}. */
async function download(files) {
  const total = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  const one = async ([name, { url, bytes }]) => {
    const response = await fetch(url).catch(() => { throw new Error(`${name} could not be fetched: is the connection up?`); });
    if (!response.ok) throw new Error(`${name} could not be fetched: the server answered ${response.status}.`);
    const data = new Uint8Array(bytes);
    let at = 0;
    for await (const chunk of chunks(response.body)) {
      if (at + chunk.length > bytes) throw new Error(`${name} is not the file that was built: it is too long.`);
      data.set(chunk, at);
      at += chunk.length;
      loaded += chunk.length;
      say("stage", { name: "download", state: "active", loaded, total });
    }
    if (at !== bytes) throw new Error(`${name} arrived incomplete: ${at} of ${bytes} bytes.`);
    return [name, data];
  };
  return Object.fromEntries(await Promise.all(Object.entries(files).map(one)));
}

async function* chunks(stream) {
  const reader = stream.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value;
}

/** Unpack gzip; its checksum tells a damaged file. */
async function gunzip(name, data) {
  try {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Error(`${name} arrived damaged.`);
  }
}

/** Let Pyodide find what is here already instead of fetching it: {end of the URL: Response}. */
function serveFromMemory(files) {
  const fetchFromNetwork = self.fetch;
  self.fetch = (url, options) => {
    const name = Object.keys(files).find((end) => String(url?.url ?? url).endsWith(end));
    return name ? Promise.resolve(files[name]()) : fetchFromNetwork(url, options);
  };
}

async function start({ base, files }) {
  const at = (path) => new URL(path, base).href;
  say("stage", { name: stage, state: "active" });
  const absolute = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, { ...file, url: at(file.url) }]));
  const [{ wasm, stdlib, numpy, app }, { loadPyodide }] =
    await Promise.all([download(absolute), import(at("runtime/pyodide.mjs"))]);
  enter("interpreter");
  if (!WebAssembly.validate(wasm)) throw new Error("The interpreter arrived damaged, or this browser is too old to run it.");
  const library = gunzip("The standard library", stdlib);
  const archives = [gunzip("NumPy", numpy), gunzip("The app", app)];
  archives.forEach((archive) => archive.catch(() => {}));      // told below, when it is their turn
  const libraryBytes = await library;
  serveFromMemory({
    "pyodide.asm.wasm": () => new Response(wasm, { headers: { "content-type": "application/wasm" } }),
    "stdlib.zip": () => new Response(libraryBytes),
  });
  const pyodide = await loadPyodide({ indexURL: at("runtime/"), stdLibURL: at("runtime/stdlib.zip") });
  const site = { extractDir: "/lib/python3.12/site-packages" };
  enter("numpy");
  pyodide.unpackArchive(await archives[0], "zip", site);
  const appBytes = await archives[1];
  pyodide.unpackArchive(appBytes, "zip", site);
  pyodide.pyimport("numpy");
  pyodide.pyimport("embedlab.sgns");
  say("python");
  enter("app");
  session = pyodide.pyimport("app.session").open();
  enter("join");
  say("opened", { models: session.models() });
}

function trouble(message, detail) {
  say("trouble", { message, detail });
}

function offer(name, data) {
  self.postMessage({ type: "download", name, data }, [data.buffer]);
}

const answers = {
  start,
  ping: () => say("pong"),
  whole: () => say("whole", { whole: session.whole() }),
  join() {
    session.join((patch) => say("patch", { patch }), trouble, (working) => say("working", { working }), offer);
    say("joined");
  },
  patch({ patch }) {
    session.receive(patch);
    say("idle");
  },
  file: ({ place, file }) => session.receive_file(place, file),
};

self.onmessage = async ({ data }) => {
  try {
    await answers[data.type](data);
  } catch (error) {
    say("failed", { stage, message: error.message ?? String(error) });
  }
};
