// Starts Pyodide inside a worker and unpacks archives of Python modules; both workers use it.

import { arrive, gunzip } from "../ui/arrival.js";

export const say = ((post) => (type, message = {}) => post({ type, ...message }))(self.postMessage.bind(self));

const FIRST = ["pyodide", "pyodide-asm", "interpreter", "stdlib"];     // what the interpreter is started from

/**
 * Have files arrive, {name: {url, bytes, crc, what, blob?}}, what the interpreter needs before the rest, and tell how much
 * of them has: {name: promise of bytes}.
 */
function download(files, anew, progress) {
  const total = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  const received = (bytes) => {
    loaded += bytes;
    progress(loaded, total);
  };
  const one = async (file) => {
    if (!file.blob) return arrive(file, file.what, { received, anew });
    received(file.bytes);
    return new Uint8Array(await file.blob.arrayBuffer());
  };
  const arriving = {};
  for (const name of FIRST) if (files[name]) arriving[name] = one(files[name]);
  const here = Promise.all(Object.values(arriving));
  for (const name of Object.keys(files)) arriving[name] ??= here.then(() => one(files[name]));
  for (const arrival of Object.values(arriving)) arrival.catch(() => {});      // awaited later
  return arriving;
}

/** Let Pyodide find what is here already instead of fetching it: {end of the URL: Response}. */
function serveFromMemory(files) {
  const fetchFromNetwork = self.fetch;
  self.fetch = (url, options) => {
    const name = Object.keys(files).find((end) => String(url?.url ?? url).endsWith(end));
    return name ? Promise.resolve(files[name]()) : fetchFromNetwork(url, options);
  };
}

/** For Python (browser/fetch.py): the bytes of a file of the table; progress(received, total), if any, is called on the way. */
function offerFiles(files) {
  self.arriveFile = async (name, progress) => {
    let got = 0;
    const received = (bytes) => {
      got += bytes;
      progress?.(got, files[name].bytes);
    };
    const data = await arrive(files[name], name, { received });
    say("arrived", { name });
    return data;
  };
}

/** Load the scripts that starting Python will need: whatever fails is asked for again then. */
export async function prepare({ base, files }) {
  const urls = ["pyodide", "pyodide-asm"].map((name) => new URL(files[name].url, base).href);
  await Promise.all(urls.map((url) => import(url))).catch(() => {});
}

const WASM = "application/wasm";

/** The response with what the service worker has unpacked: with it, the browser keeps what it compiles. Null without. */
async function unpackedInterpreter({ unpacked }) {
  const response = unpacked && await fetch(unpacked).catch(() => null);
  return response?.headers.get("content-type") === WASM ? response : null;
}

/** The interpreter, started while the rest is still arriving; wasm: a promise of its bytes, or of a response with them. */
async function startInterpreter({ pyodide, "pyodide-asm": glue, stdlib }, wasm, { loader, lock }) {
  const unpacked = Promise.all([wasm, stdlib.then(gunzip)]);
  unpacked.catch(() => {});
  await Promise.all([pyodide, glue]);
  const { loadPyodide } = await import(loader), [binary, library] = await unpacked;
  serveFromMemory({
    "pyodide.asm.wasm": () => binary instanceof Response ? binary : new Response(binary, { headers: { "content-type": WASM } }),
    "stdlib.zip": () => new Response(library),
    "pyodide-lock.json": () => new Response(lock),
  });
  const indexURL = new URL(".", loader).href;
  return loadPyodide({ indexURL, stdLibURL: `${indexURL}stdlib.zip` }).catch((error) => {
    throw binary instanceof Response || WebAssembly.validate(binary) ? error
      : new Error("This browser is too old to run the interpreter: use a newer one.");
  });
}

/**
 * A Pyodide with the archives unpacked. base, files: the page's address and table {name: {url, bytes, crc, blob?}}; anew: past
 * the browser's cache; names: {archive: what to call it in a message}; entered(stage) is called when all is here, so that only
 * "interpreter" is left, and when "numpy" begins, progress(loaded, total) before, keep({name: bytes}) with what a second
 * interpreter needs too.
 */
export async function startPython({ base, files, anew }, names, entered, progress, keep = () => {}) {
  const at = (name) => ({ ...files[name], url: new URL(files[name].url, base).href });
  const what = { pyodide: "Pyodide", "pyodide-asm": "Pyodide", interpreter: "the interpreter", stdlib: "the standard library", ...names };
  const wanted = Object.fromEntries(Object.entries(what).map(([name, words]) => [name, { ...at(name), what: words }]));
  const unpacked = anew ? null : await unpackedInterpreter(files.interpreter);
  if (unpacked) delete wanted.interpreter;
  const arriving = download(wanted, anew, progress);
  const wasm = unpacked ?? arriving.interpreter.then(gunzip);
  const starting = startInterpreter(arriving, wasm, { loader: wanted.pyodide.url, lock: files.pyodide.lock });
  starting.catch(() => {});          // awaited below, once all is here
  const archives = Object.keys(names).map((name) => arriving[name].then(gunzip));
  archives.forEach((archive) => archive.catch(() => {}));
  await Promise.all(Object.values(arriving));
  entered("interpreter");
  const pyodide = await starting;
  entered("numpy");
  const extractDir = pyodide.pyimport("site").getsitepackages().get(0);
  for (const archive of archives) pyodide.unpackArchive(await archive, "zip", { extractDir });
  pyodide.pyimport("numpy");
  const kept = Object.keys(wanted).filter((name) => !name.startsWith("pyodide"));
  keep(Object.fromEntries(await Promise.all(kept.map(async (name) => [name, await arriving[name]]))));
  offerFiles(Object.fromEntries(Object.keys(files).filter((name) => name.startsWith("data/")).map((name) => [name, at(name)])));
  return pyodide;
}
