// The list of what is kept: what, how large, since when; each to be opened, downloaded or deleted, all of it too.

import { byId, element } from "../ui/dom.js";
import { counted } from "../ui/numbers.js";
import { erase, family, isInterrupted, open, resume } from "./session.js";
import { KEPT, load, put, records } from "./store.js";
import { packed, sorted, unpacked } from "./transfer.js";

const WHAT = { model: "model", training: "training under way", text: "text", map: "words", cell: "cell", exercises: "progress" };
const ORDER = Object.keys(WHAT);
const WHERE = { "text:training-text": "#training", "text:dynamics-training": "#dynamics", map: "#map", exercises: "#exercise-1" };
const ASIDE = "only in this tab, until it is closed";

const size = (bytes) => bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : bytes >= 1e3 ? `${(bytes / 1e3).toFixed(1)} kB` : counted(bytes, "byte");
const day = (time) => new Date(time).toLocaleString("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const fileName = (name) => name.replace(/[^\p{L}\p{N}_.()-]+/gu, "-");
const total = (list) => list.reduce((sum, { bytes }) => sum + (Number(bytes) || 0), 0);

class Panel {
  constructor({ ask, save }) {
    Object.assign(this, { ask, save });
    this.panel = byId("kept-panel");
    byId("kept-export").onclick = () => this.download([...records.values()], `embedding-lab-${new Date().toISOString().slice(0, 10)}.zip`);
    byId("kept-clear").onclick = () => this.delete([...records.values()], "Everything");
    byId("kept-import").onchange = ({ target }) => {
      const [file] = target.files;
      if (file) this.bringBack(file);
      target.value = "";
    };
    addEventListener(KEPT, () => this.show());
  }

  listed() {
    return [...records.values()].filter(({ kind }) => ORDER.includes(kind))
      .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.since - b.since);
  }

  async show() {
    await load();
    const list = this.listed(), focus = document.activeElement?.closest("#kept-list li")?.dataset.id;
    const lines = await Promise.all(list.map((record) => this.line(record)));
    byId("kept-list").replaceChildren(...lines);
    const all = total([...records.values()]);
    byId("kept-about").textContent = list.length
      ? `${counted(list.length, "thing")}, ${size(all)}, on this device only. Browsers may clear it when they need room: download what matters.`
      : "Nothing yet. Your models, texts, words, cells and progress are kept here by themselves, on this device only.";
    for (const id of ["kept-export", "kept-clear"]) byId(id).disabled = !list.length;
    if (!list.some(({ aside }) => aside)) delete byId("kept").dataset.state;
    if (focus) (lines.find((line) => line.dataset.id === focus)?.querySelector("a, button") ?? byId("kept-title")).focus();
  }

  async line(record) {
    const { id, kind, name, note, since, aside, trouble } = record;
    const button = (words, action) => {
      const made = element("button", { type: "button", textContent: words, onclick: action });
      made.setAttribute("aria-label", `${words}: ${name}`);
      return made;
    };
    const about = [kind === "model" || !note ? note : `${note} done`, size(total(family(id))), aside ? ASIDE : `since ${day(since)}`];
    const line = element("li", {},
      element("strong", { textContent: name }),
      element("small", { textContent: [WHAT[kind], ...about.filter(Boolean)].join(" · ") }),
      ...trouble ? [element("small", { className: "kept-trouble", textContent: trouble })] : [],
      element("span", { className: "buttons" }, ...trouble ? [] : await this.opening(record, button),
        button("Download", () => this.downloadOne(record)), button("Delete", () => this.delete([record], `“${name}”`))));
    line.dataset.id = id;
    return line;
  }

  /** The buttons that lead to where a record is of use. */
  async opening({ id, kind, note }, button) {
    const go = (hash) => {
      this.panel.hidePopover();
      location.hash = hash;
    };
    if (kind === "model") return [button("Open", () => { open(this.ask, id); go("#table-title"); })];
    if (kind !== "training") return [button("Open", () => go(WHERE[id] ?? `#cell-${id.slice("cell:".length)}`))];
    if (!await isInterrupted(id)) return [];
    return [button(`Go on from ${note}`, async () => {
      if (await resume(this.ask, id)) go("#training");
      else this.say("Another tab goes on with this training, or its text is gone.");
    })];
  }

  say(words, undo) {
    const button = undo && element("button", { type: "button", textContent: "Undo", onclick: undo });
    byId("kept-said").replaceChildren(words, ...button ? [" ", button] : []);
    button?.focus();
  }

  // -- as files ------------------------------------------------------------------------------------------------

  async download(list, name) {
    this.say("Packing …");
    try {
      this.save(name, await packed(list));
      this.say(`Saved as ${name}.`);
    } catch (error) {
      this.say(`It could not be packed (${error.message}).`);
    }
  }

  /** One record in the form that other programs read. */
  async downloadOne(record) {
    const { id, kind, name, data } = record, file = fileName(name);
    if (kind === "training") return this.download(family(id), `${file}.zip`);
    if (kind === "cell") return this.save(`${id.slice("cell:".length)}.py`, JSON.parse(data).text);
    this.save(`${file}.${kind === "model" ? "npz" : kind === "text" ? "txt" : "json"}`, data);
  }

  async bringBack(file) {
    this.say(`Reading ${file.name} …`);
    try {
      const { added, replaced, left } = sorted(await unpacked(file));
      for (const record of [...added, ...replaced]) await put(record, "user");
      const shown = (list) => list.filter(({ kind }) => ORDER.includes(kind)).length;
      const parts = [[added, "brought back"], [replaced, "replaced by what is newer in the file"], [left, "here already, or newer here"]];
      this.say(`${parts.filter(([list]) => shown(list)).map(([list, words]) => `${shown(list)} ${words}`).join(", ") || "The file is empty"}.`);
    } catch (error) {
      this.say(error.message);
    }
  }

  // -- deleting ------------------------------------------------------------------------------------------------

  async delete(list, what) {
    const undo = await erase([...new Set(list.flatMap(({ id }) => family(id)))]);
    this.say(`${what} is deleted.`, async () => {
      await undo();
      this.say(`${what} is back.`);
    });
  }
}

let panel = null;

/** Fill the list, which has been opened; tools: {ask(message, value), save(name, data)}. */
export function attachPanel(tools) {
  panel ??= new Panel(tools);
  panel.show();
}
