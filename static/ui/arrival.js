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

/**
 * The bytes of a file {url, bytes, crc} of the build's table, as a Uint8Array. what: the file in a message; received(n):
 * called after each n bytes; anew: go past the browser's cache.
 */
export async function arrive({ url, bytes, crc }, what, { received = () => {}, anew = false } = {}) {
  try {
    const data = await whole(url, bytes, what, received, anew || failed.has(url) ? "reload" : "default");
    if (crc32(data) !== crc) throw new Error(`${what} arrived damaged`);
    failed.delete(url);
    return data;
  } catch (error) {
    failed.add(url);
    throw error;
  }
}

async function whole(url, bytes, what, received, cache) {
  const response = await fetch(url, { cache }).catch(() => { throw new Error(`${what} could not be fetched`); });
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
