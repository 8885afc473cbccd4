// A text field of the user's own text: it outlives a reload, and Ctrl+Z brings back what something else put a text in place of.

import { rootAt } from "./dom.js";
import { onChange } from "./models.js";

const PAUSE = 300;             // ms without a key after which the text is stored

/** Connect the field of a model, in the place of its root, that has been drawn just now. */
export function attachOwnText(model, place) {
  const root = rootAt(place), original = model.value;
  let text = original, before = null, timer = 0;
  const areaOf = (event) => event.composedPath().find(({ localName }) => localName === "textarea");
  const store = () => {
    clearTimeout(timer);
    timer = 0;
    keep(place, text === original ? null : text);
  };
  root.oninput = (event) => {
    if (!areaOf(event)) return;
    text = areaOf(event).value;
    clearTimeout(timer);
    timer = setTimeout(store, PAUSE);
  };
  root.onkeydown = (event) => {
    const undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!undo || before === null || areaOf(event)?.value !== model.value || text !== model.value) return;
    event.preventDefault();
    model.value = before;
  };
  onChange(model, "value", () => {
    before = model.value === text ? null : text;         // typed, or put there by something else
    text = model.value;
    store();
  });
  addEventListener("pagehide", () => timer && store());
  kept(place).then((last) => {
    if (last !== undefined && text === original) model.value = last;
  });
}

// -- the browser's database: larger than its storage, which the cells share ------------------------------------

let opening;

const database = () => opening ??= new Promise((done, fail) => {
  const request = indexedDB.open("embedding-lab", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("texts");
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

/** What action(store) asks of the texts, a request; undefined where the browser stores nothing. */
async function asked(mode, action) {
  try {
    const request = action((await database()).transaction("texts", mode).objectStore("texts"));
    return await new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: fail }));
  } catch {
    return undefined;          // private windows may refuse: the text then lasts as long as the page
  }
}

const kept = (name) => asked("readonly", (texts) => texts.get(name));
const keep = (name, text) => asked("readwrite", (texts) => text === null ? texts.delete(name) : texts.put(text, name));
