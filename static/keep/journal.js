// Texts on their way into the database when the page is left: a browser may let go of their transactions, but not of what
// is written to its storage at once. The next page takes them from there.

const pending = new Map();      // {id: record, or null where it is to be removed}
let leaving = false;
let key;

/** Begin; name: of the database. */
export function begin(name) {
  key = `${name} journal`;
  addEventListener("pagehide", () => { leaving = true; write(); });
  addEventListener("pageshow", () => { leaving = false; });
}

/** What was left: [[id, record or null]]. */
export function left() {
  try {
    return Object.entries(JSON.parse(localStorage.getItem(key)) ?? {});
  } catch {
    return [];                  // storage is switched off, or holds something else
  }
}

/** What was left is in the database. */
export function clear() {
  try { localStorage.removeItem(key); } catch { /* then nothing is there */ }
}

/** A record, null for none, is on its way to its id. */
export function note(id, record) {
  pending.set(id, record);
  if (leaving) write();
}

/** It has arrived. */
export function arrived(id, record) {
  if (pending.get(id) === record) pending.delete(id);
}

function write() {
  if (!pending.size) return;
  try {
    localStorage.setItem(key, JSON.stringify({ ...Object.fromEntries(left()), ...Object.fromEntries(pending) }));
  } catch { /* no room: the database may still take it */ }
}
