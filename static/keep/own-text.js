// A text field of the user's own text: it outlives a reload, and Ctrl+Z brings back what something else put a text in place of.

import { rootAt } from "../ui/dom.js";
import { onChange } from "../ui/models.js";
import { onUser, remove, textOf, write } from "./store.js";

const PAUSE = 300;             // ms without a key after which the text is stored

/** Connect the field of a model, in the place of its root, that has been drawn just now; name: in the list of what is kept. */
export function attachOwnText(model, place, name) {
  const root = rootAt(place), original = model.value, id = `text:${place}`;
  let text = original, before = null, timer = 0;
  const areaOf = (event) => event.composedPath().find(({ localName }) => localName === "textarea");
  const store = () => {
    clearTimeout(timer);
    timer = 0;
    if (text === original) remove(id);
    else write({ id, kind: "text", name, data: text });
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
  textOf(id).then((last) => {
    if (last !== undefined && text === original) model.value = last;
  });
  onUser(id, (record) => { model.value = record?.data ?? original; });
}
