// Having a file as the build made it: whole, checked against its length and CRC-32, told in words where it is not.

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

/** CRC-32 as gzip and zip have it. */
export function crc32(bytes) {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const failed = new Set();       // addresses; the next attempt goes past the browser's cache, which may hold what came

/** What is kept of a file in the browser, if it is whole; else null. */
async function kept({ url, bytes, crc, keptIn }) {
  try {
    const answer = keptIn && await (await caches.open(keptIn)).match(url);
    const data = answer && new Uint8Array(await answer.arrayBuffer());
    return data?.length === bytes && crc32(data) === crc ? data : null;
  } catch {
    return null;
  }
}

/** Keep a file; where there is no room, or it is forbidden, the page goes on without. */
async function keep({ url, keptIn }, data) {
  if (keptIn) await caches.open(keptIn).then((cache) => cache.put(url, new Response(data))).catch(() => {});
}

/**
 * The bytes of a file {url, bytes, crc} of the build's table, as a Uint8Array; with keptIn, a cache of the browser's: out of
 * it, or kept in it. what: the file in a message; received(n): called after each n bytes; anew: go past the browser's caches;
 * signal: ends it.
 */
export async function arrive(file, what, { received = () => {}, anew = false, signal } = {}) {
  const { url, bytes, crc } = file, own = anew ? null : await kept(file);
  if (own) {
    received(bytes);
    return own;
  }
  try {
    const data = await whole(url, bytes, what, received, { cache: anew || failed.has(url) ? "reload" : "default", signal });
    if (crc32(data) !== crc) throw new Error(`${what} arrived damaged`);
    failed.delete(url);
    await keep(file, data);
    return data;
  } catch (error) {
    failed.add(url);
    throw error;
  }
}

async function whole(url, bytes, what, received, options) {
  const response = await fetch(url, options).catch(() => { throw new Error(`${what} could not be fetched`); });
  if (!response.ok) throw new Error(`${what} could not be fetched: the server answered ${response.status}`);
  if (response.headers.get("content-type")?.startsWith("text/html")) {
    throw new Error(`a web page came in the place of ${what}: perhaps the network wants you to sign in`);
  }
  const data = new Uint8Array(bytes);
  let at = 0;
  try {
    for await (const chunk of chunks(response.body)) {
      if (at + chunk.length > bytes) throw new Error(`${what} is not the file that was built: it is too long`);
      data.set(chunk, at);
      at += chunk.length;
      received(chunk.length);
    }
  } catch (error) {
    throw error instanceof TypeError ? new Error(`${what} broke off before its end`) : error;
  }
  if (at !== bytes) throw new Error(`${what} broke off before its end`);
  return data;
}

async function* chunks(stream) {
  const reader = stream.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value;
}

export async function gunzip(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
