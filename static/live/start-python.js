// Starts Pyodide inside a worker and unpacks archives of Python modules; both workers use it.

export const say = ((post) => (type, message = {}) => post({ type, ...message }))(self.postMessage.bind(self));

/** Fetch files at once and tell how many bytes have come: {name: Uint8Array}. */
async function download(files, progress) {
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
      progress(loaded, total);
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

/**
 * A Pyodide with the archives unpacked. names: {archive: what to call it in a message}, all from `files`, the page's
 * {name: {url, bytes}}; entered(stage) is called when "interpreter" and "numpy" begin, progress(loaded, total) before.
 */
export async function startPython({ base, files }, names, entered, progress) {
  const at = (path) => new URL(path, base).href;
  const wanted = ["interpreter", "stdlib", ...Object.keys(names)];
  const absolute = Object.fromEntries(wanted.map((name) => [name, { ...files[name], url: at(files[name].url) }]));
  const [{ interpreter, stdlib, ...packed }, { loadPyodide }] =
    await Promise.all([download(absolute, progress), import(at(files.pyodide.url))]);
  entered("interpreter");
  const first = Promise.all([gunzip("The interpreter", interpreter), gunzip("The standard library", stdlib)]);
  const archives = Object.entries(names).map(([name, words]) => gunzip(words, packed[name]));
  archives.forEach((archive) => archive.catch(() => {}));      // awaited below, one after the other
  const [wasm, library] = await first;
  if (!WebAssembly.validate(wasm)) throw new Error("This browser is too old to run the interpreter: use a newer one.");
  serveFromMemory({
    "pyodide.asm.wasm": () => new Response(wasm, { headers: { "content-type": "application/wasm" } }),
    "stdlib.zip": () => new Response(library),
  });
  const indexURL = new URL(".", at(files.pyodide.url)).href;
  const pyodide = await loadPyodide({ indexURL, stdLibURL: `${indexURL}stdlib.zip` });
  entered("numpy");
  const extractDir = pyodide.pyimport("site").getsitepackages().get(0);
  for (const archive of archives) pyodide.unpackArchive(await archive, "zip", { extractDir });
  pyodide.pyimport("numpy");
  return pyodide;
}
