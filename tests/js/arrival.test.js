// A file arrives as it was built, or the error says in words what came instead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 as reference, gzipSync } from "node:zlib";
import { arrive, crc32, gunzip } from "../../static/ui/arrival.js";

const DATA = new TextEncoder().encode("as it was built");
const FILE = { url: "https://here/f.bin", bytes: DATA.length, crc: crc32(DATA) };

/** Has fetch answer with a response, or fail; gives the cache modes that were asked for. */
function host(answer) {
  const modes = [];
  globalThis.fetch = async (_url, { cache }) => {
    modes.push(cache);
    if (answer instanceof Error) throw answer;
    return answer();
  };
  return modes;
}

test("the checksum is that of gzip and zip", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xCBF43926);        // the check value of CRC-32
  if (reference) assert.equal(crc32(DATA), reference(DATA));
});

test("a whole file is given, its parts are counted", async () => {
  host(() => new Response(DATA));
  const counted = [];
  assert.deepEqual(await arrive(FILE, "f.bin", { received: (n) => counted.push(n) }), DATA);
  assert.equal(counted.reduce((sum, n) => sum + n, 0), DATA.length);
});

const altered = DATA.map((byte, i) => i === 3 ? byte ^ 1 : byte);
const html = { headers: { "content-type": "text/html; charset=utf-8" } };
for (const [what, answer, words] of [
  ["no connection", new TypeError("Failed to fetch"), /f\.bin could not be fetched$/],
  ["a status", () => new Response("no", { status: 503 }), /the server answered 503/],
  ["a page to sign in", () => new Response("<p>Sign in", html), /a web page came in the place of f\.bin/],
  ["half of it", () => new Response(DATA.subarray(0, 7)), /f\.bin broke off before its end/],
  ["more than it", () => new Response(new Uint8Array(40)), /too long/],
  ["another byte", () => new Response(altered), /f\.bin arrived damaged/],
]) {
  test(`${what} is told, and the next attempt goes past the cache`, async () => {
    const file = { ...FILE, url: `https://here/${what}` }, modes = host(answer);
    await assert.rejects(arrive(file, "f.bin"), words);
    await assert.rejects(arrive(file, "f.bin"), words);
    assert.deepEqual(modes, ["default", "reload"]);
    const after = host(() => new Response(DATA));
    assert.deepEqual(await arrive(file, "f.bin"), DATA);
    await arrive(file, "f.bin");
    assert.deepEqual(after, ["reload", "default"]);
  });
}

test("gzip is unpacked", async () => {
  assert.deepEqual(await gunzip(gzipSync(DATA)), DATA);
});

/** Has the browser keep answers by their address; room: whether there is any. Gives what is kept. */
function browserCache(room = true) {
  const answers = new Map();
  const put = async (url, answer) => {
    if (!room) throw new DOMException("full", "QuotaExceededError");
    answers.set(url, answer);
  };
  globalThis.caches = { open: async () => ({ put, match: async (url) => answers.get(url)?.clone() }) };
  return answers;
}

const KEPT = { ...FILE, url: "https://here/kept.bin", keptIn: "data" };

test("a file that is to be kept is fetched once", async () => {
  const modes = host(() => new Response(DATA)), answers = browserCache(), counted = [];
  await arrive(KEPT, "kept.bin");
  assert.deepEqual(await arrive(KEPT, "kept.bin", { received: (n) => counted.push(n) }), DATA);
  assert.deepEqual([modes, counted, [...answers.keys()]], [["default"], [DATA.length], [KEPT.url]]);
});

test("a kept file that is damaged is fetched anew, and kept whole", async () => {
  const modes = host(() => new Response(DATA)), answers = browserCache();
  for (const damaged of [DATA.map((byte) => byte ^ 1), DATA.slice(1), new Uint8Array()]) {
    answers.set(KEPT.url, new Response(damaged));
    assert.deepEqual(await arrive(KEPT, "kept.bin"), DATA);
    assert.deepEqual(new Uint8Array(await answers.get(KEPT.url).clone().arrayBuffer()), DATA);
  }
  assert.equal(modes.length, 3);
});

test("what arrived damaged is not kept; without room, or where it is forbidden, the file is here all the same", async () => {
  const answers = browserCache();
  host(() => new Response(DATA.map((byte) => byte ^ 1)));
  await assert.rejects(arrive(KEPT, "kept.bin"), /arrived damaged/);
  assert.equal(answers.size, 0);
  host(() => new Response(DATA));
  browserCache(false);
  assert.deepEqual(await arrive(KEPT, "kept.bin"), DATA);
  globalThis.caches = { open: async () => { throw new DOMException("not allowed", "SecurityError"); } };
  assert.deepEqual(await arrive(KEPT, "kept.bin"), DATA);
});
