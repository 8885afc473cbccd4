// What Python keeps, and what it gets back once it is there: models and trainings come packed, as Blobs.

import { KEEP_CLOSE, KEEP_OPEN, MAP_RESTORE, TRAINING_RESUME } from "../contract/messages.js";
import { showAlert } from "../ui/alert.js";
import { KEPT, load, put, records, remove, textOf, write } from "./store.js";

const AT_ONCE = 500e6;          // bytes of models that are brought back by themselves; others wait to be opened
export const TRAINING = "training", MODEL = "model", CORPUS = "corpus";

const running = new Set();      // ids of the trainings of the Python that is there now
const held = new Map();         // {id of a training of this tab: what lets go of its lock}

export const corpusOf = (id) => `${id}-corpus`;
const lockOf = (id) => `embedding-lab ${id}`;
const fileOf = (id) => new File([records.get(id).data], id);

/** What is known of a record is something else. */
const changed = (record) =>
  dispatchEvent(new CustomEvent(KEPT, { detail: { id: record.id, kind: record.kind, record, by: "owner" } }));

/** Python has something kept, or, without data, no more. */
export async function keep(record, data) {
  if (!data) return remove(record.id);
  if (record.kind === TRAINING) {
    running.add(record.id);
    hold(record.id);
  }
  await write({ ...record, data });
}

/** Python cannot use what was kept. */
export function refuse(id, why) {
  const record = records.get(id);
  if (!record) return;
  record.trouble = why;
  changed(record);
  showAlert(`“${record.name}” could not be brought back. ${why}`);
}

/** A Python has joined: have it take the user's part of the map, and the models, the newest if they are many. */
export async function restore(ask) {
  running.clear();
  await load();
  let bytes = 0;
  const models = [...records.values()].filter(({ kind, trouble }) => kind === MODEL && !trouble)
    .sort((a, b) => b.saved - a.saved).filter((record) => { bytes += record.bytes; return bytes <= AT_ONCE; });
  const choice = await textOf("map");
  await Promise.all([
    choice && ask(MAP_RESTORE, choice),
    models.length && open(ask, ...models.sort((a, b) => a.since - b.since).map(({ id }) => id)),
  ]);
}

/** Have Python open models. */
export const open = (ask, ...ids) => ask(KEEP_OPEN, ids.map(fileOf), true);

/** Have Python go on with a training, unless another tab does; gives whether it does. */
export async function resume(ask, id) {
  if (!records.has(corpusOf(id)) || !await hold(id)) return false;
  running.add(id);
  ask(TRAINING_RESUME, [id, corpusOf(id)].map(fileOf), true);
  changed(records.get(id));
  return true;
}

/** A record and what belongs to it: the corpus of a training. */
export const family = (id) => [records.get(id), records.get(corpusOf(id))].filter(Boolean);

/** Delete records for the user; gives what brings them back. */
export async function erase(gone) {
  for (const { id } of gone) await remove(id, "user");
  return async () => {
    for (const record of gone) await put(record, "user");
  };
}

/** Whether nobody goes on with a training at present: the Python that did has ended. */
export async function isInterrupted(id) {
  if (running.has(id)) return false;
  const query = await navigator.locks?.query();
  return held.has(id) || !query?.held.some(({ name }) => name === lockOf(id));
}

/** Take the lock of a training, which another tab may have; whether it is ours. */
function hold(id) {
  if (!navigator.locks || held.has(id)) return true;
  return new Promise((done) => {
    navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => {
      done(Boolean(lock));
      return lock && new Promise((release) => { held.set(id, release); });
    });
  });
}

/** Tell Python what the user has deleted or brought back, and let go of the locks of trainings that are no more. */
export function attachKept(ask) {
  addEventListener(KEPT, ({ detail: { id, kind, record, by } }) => {
    if (!record) {
      held.get(id)?.();
      held.delete(id);
    }
    if (by !== "user" || kind !== MODEL) return;
    if (record) open(ask, id);
    else ask(KEEP_CLOSE, id, true);
  });
}
