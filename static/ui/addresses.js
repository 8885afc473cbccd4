// The files that the page fetches besides those of its head, by the table that the build wrote: {name: {url, bytes, crc}}.
// Addresses carry a hash of what the file holds, so that no cache gives an old one.

import { arrive, crc32 } from "./arrival.js";
import { byId } from "./dom.js";

export const LIVE_WORKER = "static/worker.js";
export const CELLS_WORKER = "static/cells-worker.js";
export const GIF_WORKER = "static/gif-worker.js";
export const TOY_RUNS = "data/toy-runs.json";
export const ATLAS = "data/atlas.bin";
export const MAP_ROWS = "data/map-rows.json";
export const logOf = (K) => `data/toy-log-${K}.bin`;

const imported = {};            // {name: promise of the module}
const refused = new Set();      // names of modules that could not be imported
let table = null;

/** What an element of the page holds as JSON, by the checksum that the build gave it. */
export function embedded(id) {
  const text = byId(id)?.textContent ?? "";
  if (crc32(new TextEncoder().encode(text)) !== Number(byId(id)?.dataset.crc)) throw new Error("the page itself arrived damaged");
  return JSON.parse(text);
}

/** The build's table, with absolute addresses; {unpacked} only where there is a service worker, which has such a file. */
export function files() {
  const own = (file) => ({
    ...file, url: addressOf(file),
    unpacked: file.unpacked && navigator.serviceWorker?.controller && addressOf({ url: file.unpacked }),
    ...(file.asked && keeps() && { keptIn: keptIn() }),
  });
  table ??= Object.fromEntries(Object.entries(embedded("lab-runtime")).map(([name, file]) => [name, own(file)]));
  return table;
}

/** Whether the page is kept in the browser: on a host that has a name; a developer's localhost shows what is there now. */
export const keeps = () => "serviceWorker" in navigator && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname);

/** The cache of what is kept once it was asked for; the service worker calls it the same. */
const keptIn = () => `embedding-lab data ${new URL("./", document.baseURI).href}`;

export const address = (name) => files()[name].url;

const addressOf = ({ url }) => new URL(url, document.baseURI).href;

/** The bytes of a file, whole; anew: past the browser's cache; rejects in words. */
export async function fetchFile(name, anew = false) {
  const file = files()[name], data = await arrive(file, name.split("/").at(-1), { anew });
  file.here = true;
  return data;
}

/** Have a file arrive whole, once, that the browser will fetch itself after that; rejects in words. */
export async function checkFile(name, anew = false) {
  if (anew || !files()[name].here) await fetchFile(name, anew);
}

/** What a file of JSON holds. */
export const fetchJson = async (name) => JSON.parse(new TextDecoder().decode(await fetchFile(name)));

/**
 * Import a module (its source's path in static/) by load(), once its files have arrived whole: of a module that it could
 * not read, a browser may never ask again.
 */
export function importWhole(name, load) {
  const parts = [name, ...files()[name].imports];
  imported[name] ??= Promise.all(parts.map((part) => fetchFile(part, refused.has(name)))).then(load);
  imported[name].catch(() => {
    delete imported[name];
    refused.add(name);          // maybe for the type that the browser keeps them under
  });
  return imported[name];
}
