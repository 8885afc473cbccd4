// What the browser keeps for the user, in a database of this page's own path (all pages of a host share an origin):
// records, each written whole or not at all, all of them at hand in `records` too.
//
// A record: {id, kind, name, note, version, since, saved, bytes, data}. data is text, with its CRC-32 in `crc`, or a Blob that
// Python has packed, which has checksums of its own (app/keep/packing.py). Nothing is made before something is kept.

import { openDB } from "idb";
import { crc32 } from "../ui/arrival.js";
import * as journal from "./journal.js";
import { inherit } from "./legacy.js";

export const VERSION = 1;       // of records; a newer page reads older ones, an older page leaves newer ones alone
export const KEPT = "lab-kept"; // event on the window: a record is another one; {id, kind, record, by}; by: "owner", "user", "tab"
const STORE = "records";

export const records = new Map();       // {id: record}; `aside`: why it is in this tab only; `trouble`: why it is of no use
export const telling = { aside: () => {} };     // aside(record): called when a record could not be stored

let database = null;            // promise of the database, null before anything was kept
let loading = null;
let channel = null;

const path = () => `embedding-lab ${new URL(".", document.baseURI).pathname}`;

/** The database; null if there is none and it is not to be made. */
async function connect(make) {
  let none = false;
  try {
    return await openDB(path(), 1, {
      upgrade(db, _old, _new, transaction) {
        none = !make;
        if (!none) return db.createObjectStore(STORE, { keyPath: "id" });
        transaction.done.catch(() => {});
        return transaction.abort();
      },
      blocking: (_current, _blocked, { target }) => target.close(),
    });
  } catch (error) {
    if (none) return null;
    throw error;
  }
}

/** Have all records at hand; once. */
export function load() {
  loading ??= read().catch((error) => { console.info(`Nothing can be kept: ${error.message}`); });
  return loading;
}

async function read() {
  database = connect(false);
  database.catch(() => {});
  const db = await database;
  for (const record of db ? await db.getAll(STORE) : []) take(record);
  if (!db) await inherit(writeNow);
  await takeJournal();
  channel = new BroadcastChannel(path());
  channel.onmessage = ({ data }) => reread(data);
}

/** What was on its way when the page was left. */
async function takeJournal() {
  journal.begin(path());
  const left = journal.left();
  for (const [id, record] of left) {
    if (!record) await removeNow(id, "owner");
    else if (!trouble(record) && !(records.get(id)?.saved > record.saved)) await putNow(record, "owner");
  }
  if (left.length) journal.clear();
}

/** Another tab has changed a record. */
async function reread(id) {
  database = connect(false);
  const db = await database, record = await db?.get(STORE, id), { kind } = record ?? records.get(id) ?? {};
  if (record) take(record);
  else records.delete(id);
  tell(id, kind, "tab");
}

function take(record) {
  if (record.data instanceof ArrayBuffer) record.data = new Blob([record.data]);
  records.set(record.id, record);
  record.trouble = trouble(record);
}

const encoded = (text) => new TextEncoder().encode(text);

/** What a record says of its data, {bytes, crc}: of a text also its CRC-32. */
function measured(data) {
  if (typeof data !== "string") return { bytes: data?.size, crc: null };
  const bytes = encoded(data);
  return { bytes: bytes.length, crc: crc32(bytes) };
}

/** Why a record as it was read is of no use, in words; "" if it is sound. */
export function trouble({ version, bytes, crc, data }) {
  if (version > VERSION) return "A newer version of this page wrote it: load the page again to have that.";
  const found = measured(data);
  return bytes === found.bytes && crc === found.crc ? "" : "It is damaged, or was cut off half-way.";
}

const tell = (id, kind, by) =>
  dispatchEvent(new CustomEvent(KEPT, { detail: { id, kind, record: records.get(id), by } }));

/** Do something to the store of records in one transaction; gives why that failed, "" if it did not. */
async function stored(id, action, again = true) {
  try {
    if (!await database) database = connect(true);
    const db = await database;
    const transaction = db.transaction(STORE, "readwrite");
    action(transaction.store).catch(() => {});          // which `done` tells, too
    transaction.commit();                             // at once: the page may be on its way out
    await transaction.done;
    channel?.postMessage(id);
    return "";
  } catch (error) {
    database = connect(false);
    database.catch(() => {});
    if (again && error.name === "InvalidStateError") return stored(id, action, false);      // the browser had closed it
    return error.name === "QuotaExceededError" ? "full" : "denied";
  }
}

/** Store a record; gives why that failed, "" if it did not. WebKit's private windows take no Blobs, but the bytes of one. */
async function storedRecord(record) {
  const { id, data } = record, why = await stored(id, (store) => store.put(record));
  if (why !== "denied" || !(data instanceof Blob)) return why;
  const bytes = await data.arrayBuffer();
  return stored(id, (store) => store.put({ ...record, data: bytes }));
}

/** Keep {id, kind, name, note, data}; whether it is stored. */
export async function write(record) {
  await load();
  return writeNow(record);
}

/** Keep a record as it is; whether it is stored. What a newer version has written stays. */
export async function put(record, by = "owner") {
  await load();
  return putNow(record, by);
}

function writeNow({ id, kind, name, note = "", data }) {
  const before = records.get(id), saved = Date.now();
  if (before?.data === data && before.name === name && !before.aside) return true;
  const since = before?.since ?? saved;
  return putNow({ id, kind, name, note, version: VERSION, since, saved, data, ...measured(data) }, "owner");
}

async function putNow({ trouble: _trouble, aside: _aside, ...record }, by) {
  const { id } = record;
  if (records.get(id)?.version > VERSION) {
    telling.aside(record, "newer");
    return false;
  }
  records.set(id, record);
  if (typeof record.data === "string") journal.note(id, record);
  const aside = await storedRecord(record);
  journal.arrived(id, record);
  if (aside && records.get(id) === record) {
    records.set(id, { ...record, aside });
    telling.aside(record, aside);
  }
  tell(id, record.kind, by);
  return !aside;
}

/** Keep something no more; what there was no room for is tried again. */
export async function remove(id, by = "owner") {
  await load();
  return removeNow(id, by);
}

async function removeNow(id, by) {
  if (!records.has(id)) return;
  const { kind, data } = records.get(id);
  records.delete(id);
  if (typeof data === "string") journal.note(id, null);
  if (await database?.catch(() => null)) await stored(id, (store) => store.delete(id));
  journal.arrived(id, null);
  tell(id, kind, by);
  for (const record of [...records.values()]) if (record.aside) putNow(record, "owner");
}

/** The text of a record that is sound, else undefined. */
export async function textOf(id) {
  await load();
  const record = records.get(id);
  return record && !record.trouble ? record.data : undefined;
}

/** Call action(record) when the user has deleted a record, then without one, or has brought it back. */
export function onUser(id, action) {
  addEventListener(KEPT, ({ detail }) => { if (detail.id === id && detail.by === "user") action(detail.record); });
}
