// Starts Pyodide inside a worker and unpacks archives of Python modules; both workers use it.

import { arrive, gunzip } from "../ui/arrival.js";

export const say = ((post) => (type, message = {}) => post({ type, ...message }))(self.postMessage.bind(self));

/** Have files arrive at once, {name: {url, bytes, crc, blob?}}, and tell how much of them has: {name: promise of bytes}. */
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
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, one(file)]));
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

/**
 * A Pyodide with the archives unpacked. base, files: the page's address and table {name: {url, bytes, crc, blob?}}; anew: past
 * the browser's cache; names: {archive: what to call it in a message}; entered(stage) is called when "interpreter" and
 * "numpy" begin, progress(loaded, total) before, keep({name: bytes}) with what a second interpreter needs too.
 */
export async function startPython({ base, files, anew }, names, entered, progress, keep = () => {}) {
  const at = (name) => ({ ...files[name], url: new URL(files[name].url, base).href });
  const what = { pyodide: "Pyodide", "pyodide-asm": "Pyodide", interpreter: "the interpreter", stdlib: "the standard library", ...names };
  const wanted = Object.fromEntries(Object.entries(what).map(([name, words]) => [name, { ...at(name), what: words }]));
  const { pyodide: loader, "pyodide-asm": glue, ...packed } = download(wanted, anew, progress);
  const [{ loadPyodide }, ...data] =
    await Promise.all([Promise.all([loader, glue]).then(() => import(wanted.pyodide.url)), ...Object.values(packed)]);
  const bytes = Object.fromEntries(Object.keys(packed).map((name, i) => [name, data[i]]));
  entered("interpreter");
  const first = Promise.all(["interpreter", "stdlib"].map((name) => gunzip(bytes[name])));
  const archives = Object.keys(names).map((name) => gunzip(bytes[name]));
  archives.forEach((archive) => archive.catch(() => {}));      // awaited below, one after the other
  const [wasm, library] = await first;
  if (!WebAssembly.validate(wasm)) throw new Error("This browser is too old to run the interpreter: use a newer one.");
  serveFromMemory({
    "pyodide.asm.wasm": () => new Response(wasm, { headers: { "content-type": "application/wasm" } }),
    "stdlib.zip": () => new Response(library),
    "pyodide-lock.json": () => new Response(files.pyodide.lock),
  });
  const indexURL = new URL(".", wanted.pyodide.url).href;
  const pyodide = await loadPyodide({ indexURL, stdLibURL: `${indexURL}stdlib.zip` });
  entered("numpy");
  const extractDir = pyodide.pyimport("site").getsitepackages().get(0);
  for (const archive of archives) pyodide.unpackArchive(await archive, "zip", { extractDir });
  pyodide.pyimport("numpy");
  keep(bytes);
  offerFiles(Object.fromEntries(Object.keys(files).filter((name) => name.startsWith("data/")).map((name) => [name, at(name)])));
  return pyodide;
}
