// All that is kept as one file, and back: a zip of the records' data, and what is known of them as JSON.

import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { crc32 } from "../ui/arrival.js";
import { records, trouble, VERSION } from "./store.js";

const LIST = "kept.json", LARGEST = 1e9;        // bytes
const ENDING = { text: "txt", map: "json", cell: "json", exercises: "json", model: "npz", training: "npz", corpus: "npz" };
const NO_EXPORT = "This is not a file that “Download everything” of this page has made, or it is damaged";

const bytesOf = async (data) => typeof data === "string" ? strToU8(data) : new Uint8Array(await data.arrayBuffer());

/** Records as the bytes of a zip; nothing in it is compressed, so that it is quick. */
export async function packed(chosen) {
  const files = {}, list = [];
  for (const { id, kind, name, note, version, since, saved, data } of chosen) {
    const bytes = await bytesOf(data), file = `${list.length + 1}.${ENDING[kind]}`;
    files[file] = bytes;
    list.push({ id, kind, name, note, version, since, saved, file, bytes: bytes.length, crc: crc32(bytes) });
  }
  return zipSync({ [LIST]: strToU8(JSON.stringify({ version: VERSION, list }, null, 1)), ...files }, { level: 0 });
}

/** The records in a File; rejects in words if they are not all there and whole. */
export async function unpacked(file) {
  if (file.size > LARGEST) throw new Error(`“${file.name}” has ${Math.round(file.size / 1e6)} MB; this page brings back up to 1,000.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  let parts, about;
  try {
    parts = unzipSync(bytes, { filter: stored(bytes.length) });
    about = JSON.parse(strFromU8(parts[LIST]));
  } catch {
    throw new Error(`${NO_EXPORT}: nothing was brought back.`);
  }
  if (about.version > VERSION) throw new Error("A newer version of this page has made this file: load the page again to have that.");
  const found = Array.isArray(about.list) ? about.list.map((one) => recordOf(one, parts)) : [null];
  if (found.includes(null)) throw new Error(`${NO_EXPORT}: nothing was brought back.`);
  return found;
}

/** Lets only such members be read as take no more room than the file itself, all together. */
function stored(room) {
  let left = room;
  return ({ compression, size, originalSize }) => {
    left -= originalSize;
    if (compression || size !== originalSize || left < 0) throw new Error("packed otherwise");
    return true;
  };
}

/** A record out of what the list says of it and its bytes; null if it is none. */
function recordOf(about, parts) {
  const { id, kind, name, note, version, since, saved, file, crc } = about ?? {};
  const bytes = Object.hasOwn(parts, file) ? parts[file] : null;
  const texts = [id, name, note].every((text) => typeof text === "string" && text.length < 1000);
  const numbers = [version, since, saved].every(Number.isFinite);
  if (!bytes || !texts || !numbers || !Object.hasOwn(ENDING, kind) || !/^[\w:.-]+$/.test(id)) return null;
  if (version > VERSION || about.bytes !== bytes.length || crc !== crc32(bytes)) return null;
  const isText = ENDING[kind] !== "npz", data = isText ? strFromU8(bytes) : new Blob([bytes]);
  const record = { id, kind, name, note, version, since, saved, data, bytes: bytes.length, crc: isText ? crc : null };
  return trouble(record) ? null : record;
}

/** What is to be done with records out of a file: those that are here already, or newer here, are left out. */
export function sorted(found) {
  const sort = { added: [], replaced: [], left: [] };
  for (const record of found) {
    const here = records.get(record.id);
    (!here ? sort.added : here.trouble || here.saved < record.saved ? sort.replaced : sort.left).push(record);
  }
  return sort;
}
