// The service worker: keeps the page, so that it starts without the connection. The build names its files in __LAB__ (see
// py/builder/offline.py), each with its checksum; addresses carry a hash, so that the files of two versions lie side by side.

import { PrecacheController } from "workbox-precaching/PrecacheController.js";

const { version, files, bytes, asked, unpacked } = self.__LAB__;
const SCOPE = self.registration.scope;
const DATA = `embedding-lab data ${SCOPE}`;       // what ui/arrival.js keeps once it was asked for
const UNPACKED = `embedding-lab unpacked ${SCOPE}`;
const PATIENCE = 1_000;         // ms in which a page says of which version it is; one that is still starting does not
const FOLDERS = ["static", "runtime", "data"].map((folder) => new URL(`${folder}/`, SCOPE).href);

const refused = new Set();      // addresses of what did not come as it was built: the next attempt goes past the browser's cache
const sparing = {               // what the page has fetched already is taken from the browser's cache
  requestWillFetch: async ({ request }) => new Request(request, {
    cache: refused.has(request.url) ? "reload" : request.cache === "reload" ? "no-cache" : "default",
  }),
  fetchDidFail: async ({ originalRequest }) => { refused.add(originalRequest.url); },
};
const precache = new PrecacheController({ cacheName: `embedding-lab ${SCOPE}`, plugins: [sparing] });
precache.addToCacheList(files);

const addressOf = (url) => Object.assign(new URL(url), { hash: "" }).href;
const INTERPRETER = new URL(unpacked.url, SCOPE).href;
const large = new Set(asked.map((url) => new URL(url, SCOPE).href));
const isPage = (url) => [SCOPE, `${SCOPE}index.html`].includes(url.split("?")[0]);
const open = () => caches.open(precache.strategy.cacheName);
const checksum = (key) => precache.getIntegrityForCacheKey(key);
const quiet = { type: "install", waitUntil() {} };       // for Workbox, which else would have the event fail at the first attempt

/** Keep all files that are not kept yet; rejects if one of them cannot be had as it was built. */
async function keepAll() {
  for (;;) {
    const before = refused.size;
    try {
      return await precache.install(quiet);
    } catch (error) {
      if (refused.size === before) throw error;
    }
  }
}

/** Whether an answer is the file that was built; not, if the disk cannot give it back. */
async function isWhole(answer, expected) {
  try {
    const digest = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
    return expected === `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
  } catch {
    return false;
  }
}

/** The page itself, which nobody else can check; damaged only if the network has none. */
async function page(request) {
  const key = precache.getCacheKeyForURL(SCOPE), kept = await (await open()).match(key);
  if (kept && await isWhole(kept.clone(), checksum(key))) return kept;
  return fetch(request).catch((error) => {
    if (kept) return kept;
    throw error;
  });
}

/** A part of the page, which checks it and asks with "reload" in the place of a damaged one; of older versions what is kept. */
async function part(request, key) {
  const cache = await open(), kept = await cache.match(key, { ignoreVary: true });
  const anew = request.cache === "reload", integrity = checksum(key);
  if (kept && !anew) return kept;
  if (!integrity || request.mode === "navigate") return fetch(request);
  try {
    const answer = await fetch(request.url, { integrity, cache: request.cache, credentials: "same-origin" });
    await cache.put(key, answer.clone());
    return answer;
  } catch {
    return kept ?? fetch(request);
  }
}

/**
 * The interpreter, which is kept as a gzip file, unpacked and whole: out of a cache as it lies there, since only then does
 * the browser keep what it compiles of it.
 */
async function interpreter() {
  const cache = await caches.open(UNPACKED), kept = await cache.match(INTERPRETER);
  if (kept && await isWhole(kept, unpacked.integrity)) return cache.match(INTERPRETER);
  const from = new URL(unpacked.from, SCOPE).href, packed = await part(new Request(from), precache.getCacheKeyForURL(from));
  const body = packed.body.pipeThrough(new DecompressionStream("gzip"));
  await cache.put(INTERPRETER, new Response(body, { headers: { "content-type": "application/wasm" } }));
  return await isWhole(await cache.match(INTERPRETER), unpacked.integrity) ? cache.match(INTERPRETER) : Response.error();
}

/** Whether all windows with the page have this version. */
async function alone() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const versions = await Promise.all(windows.filter(({ url }) => isPage(addressOf(url))).map(versionOf));
  return versions.every((one) => one === version);
}

const versionOf = (client) => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => resolve(data);
  setTimeout(resolve, PATIENCE);
  client.postMessage("version", [port2]);
});

/** Let go of what only older versions need. */
async function tidy() {
  await precache.activate(quiet);
  const data = await caches.open(DATA);
  for (const { url } of await data.keys()) if (!large.has(url)) await data.delete(url);
  const other = await caches.open(UNPACKED);
  for (const { url } of await other.keys()) if (url !== INTERPRETER) await other.delete(url);
}

/** Have every kept file checked, and fetched anew where it is damaged or gone; rejects if that fails. */
async function check() {
  const cache = await open();
  for (const key of precache.getURLsToCacheKeys().values()) {
    const kept = await cache.match(key, { ignoreVary: true });
    if (kept && !await isWhole(kept, checksum(key))) await cache.delete(key, { ignoreVary: true });
  }
  await keepAll();
  await interpreter().catch(() => {});        // where there is no room the page unpacks it itself
  if (!self.registration.waiting && !self.registration.installing && await alone()) await tidy();
}

const answers = {
  check: ([port]) => check().then(() => {}, ({ message }) => message)
    .then((message) => port.postMessage({ version, bytes, message })),
  "take over": () => self.skipWaiting(),
};

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(answers[event.data]?.(event.ports)));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = addressOf(request.url), key = precache.getCacheKeyForURL(url);
  if (request.method !== "GET") return;
  if (url === INTERPRETER) event.respondWith(interpreter());
  else if (request.mode === "navigate" && isPage(url)) event.respondWith(page(request));
  else if (key || (FOLDERS.some((folder) => url.startsWith(folder)) && !large.has(url))) event.respondWith(part(request, key ?? url));
});
