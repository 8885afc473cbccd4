// The cells: an editor for each, the buttons around it, its output; edits are stored in this browser.

import { onUser, records, remove, write } from "../keep/store.js";
import { importWhole } from "../ui/addresses.js";
import { element } from "../ui/dom.js";
import { lazy } from "../ui/lazy.js";
import { whole } from "../ui/numbers.js";
import { Output } from "./output.js";
import { Runner } from "./runner.js";

export { prepareWorker } from "./spare.js";

const NEAR = "800px";           // from the window, where a cell becomes an editor
const SAVE = 400;               // ms after the last key
const COPIED = 2_000;           // ms that a button says so
const ABOVE = "Run all above";
const FRESH = "This is a fresh interpreter: names from earlier cells are gone. “Run all above” brings them back.";
const RESTART = "A fresh interpreter: the names of all cells are forgotten";
const LATE = "Later, after the cell had ended:", EARLIER = "Later, from an earlier run:";

const ICONS = { stop: "M3.5 3.5h9v9h-9z", restart: "M8 2.9a5.4 5.4 0 1 0 5.4 5.4h-1.7A3.7 3.7 0 1 1 8 4.6V7l4-3.2L8 .5z" };

export const button = (words, action) => element("button", { type: "button", textContent: words, onclick: action });
const key = (name) => element("kbd", { textContent: name });

/** What is kept of a cell: {text, original}, original being the hash of what it was changed from; null if nothing is. */
function keptOf(name) {
  const record = records.get(`cell:${name}`);
  if (!record || record.trouble) return null;
  const found = JSON.parse(record.data);
  return typeof found?.text === "string" ? found : null;
}

const seconds = (ms) => ms < 995 ? `${Math.max(0.01, ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(1)} s`;

class Cell {
  constructor(place, lab) {
    Object.assign(this, { place, lab, name: place.id.slice("cell-".length), hash: place.dataset.original });
    this.more = [];             // buttons that wait while it is busy, besides Run
    this.goingOn = new Set();   // its runs of which a task goes on
    this.listing = place.querySelector("pre");
    this.original = this.listing.textContent;
    const saved = keptOf(this.name);
    this.source = saved?.text ?? this.original;
    if (saved) this.listing.textContent = this.source;
    this.connect();
    if (saved && saved.original !== this.hash) this.originalHasChanged();
    this.mark();
    this.show();
    onUser(`cell:${this.name}`, () => this.write(keptOf(this.name)?.text ?? this.original));
  }

  get text() {
    return this.editor ? this.editor.text : this.source;
  }

  get title() {
    return this.place.querySelector(".cell-title").textContent;
  }

  /** Connect the parts around the code, which app/chapter/cell_html.py made, and add those that take no room. */
  connect() {
    const part = (name) => this.place.querySelector(`.cell-${name}`);
    const connected = (name, action) => {
      const made = part(name);
      made.onclick = action;
      return made;
    };
    this.flag = part("flag");
    this.resetButton = connected("reset", () => this.reset());
    this.copyButton = connected("copy", () => this.copy());
    this.copied = this.copyButton.nextElementSibling;
    connected("save", () => this.offerFiles());
    this.runButton = connected("run", () => this.run());
    this.stopButton = connected("stop", () => this.stop());
    this.aboveButton = connected("above", () => this.lab.runAbove(this));
    if (!this.lab.above(this).length) this.aboveButton.remove();
    this.status = part("status");
    this.helpTab = element("span");
    this.help = element("span", { className: "cell-help", id: `cell-${this.name}-help` },
      element("span", {}, key("Ctrl"), " + ", key("Enter"), " runs"), this.helpTab);
    this.tabLeaves(true);
    this.note = element("div", { className: "cell-note", hidden: true });
    this.note.setAttribute("role", "status");
    this.status.after(this.help);
    part("bar").after(this.note);
    const below = part("recorded") ?? element("div", { className: "cell-output", hidden: true });
    this.remark = below.querySelector(".cell-remark")?.textContent;     // of what we recorded
    below.setAttribute("role", "group");
    below.setAttribute("aria-label", `Output of ${this.title}`);
    this.output = new Output(below, this.lab.frames);
    this.place.append(below);
  }

  /** Name a button after what it does and to which cell: a page has many. */
  label(made, words) {
    made.setAttribute("aria-label", `${words}: ${this.title}`);
  }

  /** Say what Tab does in the editor at present: leave it, or indent. */
  tabLeaves(yes) {
    this.helpTab.replaceChildren(...yes ? [key("Tab"), " leaves the editor until you type"]
      : [key("Tab"), " indents; ", key("Esc"), ", then ", key("Tab"), " leaves the editor"]);
  }

  /** Put an editor in the place of the listing. */
  async edit() {
    if (this.editor || this.editing) return;
    this.editing = true;
    try {
      const { createEditor } = await this.lab.loadEditor();
      const box = element("div", { className: "cell-editor" });
      const attributes = { "aria-label": `Python: ${this.title}`, "aria-describedby": this.help.id, tabindex: "0",
                           spellcheck: "false", autocapitalize: "off", autocorrect: "off" };
      this.editor = createEditor(box, this.source, attributes,
        { changed: () => this.changed(), run: () => this.run(), tabLeaves: (yes) => this.tabLeaves(yes) });
      this.listing.replaceWith(box);
      box.append(this.listing);                 // for paper, where all lines of it are wanted
      this.listing.classList.add("cell-paper");
    } catch {
      this.editorFailed = true;                 // which the alert says
    } finally {
      this.editing = false;
    }
  }

  // -- the user's text ---------------------------------------------------------------------------------------

  changed() {
    this.mark();
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), SAVE);
  }

  mark() {
    const own = this.text !== this.original;
    this.flag.hidden = !own;
    this.resetButton.hidden = !own;
    const remark = this.place.querySelector(".cell-recorded > .cell-remark");
    if (remark) remark.textContent = own ? "From our run, before you changed the cell:" : this.remark;
  }

  async save() {
    clearTimeout(this.saving);
    this.saving = null;
    const id = `cell:${this.name}`;
    if (this.text === this.original) return remove(id);
    const data = JSON.stringify({ text: this.text, original: this.hash });
    if (await write({ id, kind: "cell", name: this.title, data })) {
      if (this.unsaved) this.showNote("");
      this.unsaved = false;
    } else {
      this.unsaved = true;
      this.showNote("This browser’s storage is full or switched off: your change lasts until the page is closed. " +
               "Copy it if you want to keep it.");
    }
  }

  originalHasChanged() {
    this.showNote("You changed this cell, and since then its original has changed too.",
      ["Reset to the new original", () => this.reset()],
      ["Keep mine", () => { this.showNote(""); this.save(); }]);
  }

  write(text) {
    this.source = text;
    if (this.editor) this.editor.text = text;
    else this.listing.textContent = text;
    this.mark();
    this.save();
  }

  reset() {
    const mine = this.text;
    if (mine === this.original) return;
    this.write(this.original);
    this.showNote("This is the original again.", ["Bring my text back", () => {
      this.write(mine);
      this.showNote("");
      this.runButton.focus();
    }]);
    this.note.querySelector("button").focus();      // Reset is hidden now
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.copyButton.firstChild.textContent = this.copied.textContent = "Copied";
      clearTimeout(this.copying);
      this.copying = setTimeout(() => {
        this.copyButton.firstChild.textContent = "Copy";
        this.copied.textContent = "";
      }, COPIED);
    } catch {
      this.say("This browser does not let a page copy: select the code and copy it");
    }
  }

  /** Offer the cell, after those of its figure or exercise that it needs, as a file for Jupyter or for any Python. */
  offerFiles() {
    const group = this.place.closest(".behind, .exercise");
    const needed = this.lab.above(this).filter((place) => group?.contains(place)).map((place) => this.lab.of(place));
    const saved = (kind) => async () => {
      const { cellFile } = await this.lab.loadExport();
      this.lab.save(...await cellFile(this, needed, kind));
      this.showNote("");
    };
    this.showNote("Save this cell as:", ["Notebook (.ipynb)", saved("notebook")], ["Python (.py)", saved("script")]);
    this.note.querySelector("button").focus();
  }

  // -- running -----------------------------------------------------------------------------------------------

  /** Run the cell; gives the runner's answer. */
  async run() {
    if (this.busy) return null;
    this.busy = true;
    this.lab.last = this;
    this.say("");
    this.show();
    let since = performance.now();
    const run = {};
    const { output } = this;
    const shows = (show) => (value, late) => {
      output.under(!late ? "" : run === this.latest ? LATE : EARLIER);
      show(value);
    };
    const answer = await this.lab.runner.run(this.text, {
      cell: this.name, title: this.title,
      begun: () => {
        since = performance.now();
        this.latest = run;
        output.clear();
        this.showNote("");
        this.editor?.markLine(null);
        this.running = true;
        this.show();
      },
      text: shows((text) => output.print(text)),
      error: shows((text) => output.error(text)),
      picture: shows(([kind, data]) => output.picture(kind, data)),
      tasks: (yes) => {
        this.goingOn[yes ? "add" : "delete"](run);
        if (!this.busy) this.say(this.said);
        this.show();
      },
    });
    this.busy = this.running = false;
    this.finish(answer, performance.now() - since);
    return answer;
  }

  /** Run Python that is not the user's, a check of theirs, as this cell does: Stop ends it. Gives the answer. */
  async ask(source, picture) {
    this.busy = this.asking = true;
    this.show();
    const answer = await this.lab.runner.run(source, { begun: () => { this.running = true; this.show(); }, picture });
    this.busy = this.asking = this.running = false;
    this.say(answer.stopped ? "Stopped" : "Checked");
    if (answer.stopped) this.showNote(`${answer.error} ${FRESH}`);
    this.show(true);
    return answer;
  }

  /** End what runs; where nothing does, begin with a fresh interpreter. */
  stop() {
    const { runner } = this.lab;
    if (!this.busy && !(runner.state === "ready" && runner.used)) return;
    if (!this.busy) this.forgotten(this.goingOn.size ? "Stopped." : "");
    runner.stop();
  }

  /** The names of all cells are gone: say why, and that what was done is forgotten. */
  forgotten(why) {
    for (const cell of this.lab.cells) if (!cell.busy) cell.say("");
    this.showNote(`${why} ${FRESH}`.trim());
  }

  finish({ result, error, line, leftOut, remarks, stopped, fresh }, took) {
    const { output } = this;
    output.under("");
    if (leftOut) output.remark(`${whole(leftOut)} more characters were printed and are left out here.`);
    if (result !== null) output.result(result);
    if (error !== null && !stopped) output.error(error);
    for (const words of remarks) output.remark(words);
    if (line !== null) this.editor?.markLine(line, error.split("\n").at(-1));
    this.advise(error ?? "", stopped, fresh);
    this.say(stopped ? "Stopped" : error !== null ? "Ended with an error" : `Done in ${seconds(took)}`);
    this.show(true);
  }

  /** Say in words what has become of the last run, and whether a task of this cell goes on. */
  say(words) {
    this.said = words;
    this.status.textContent = words && this.goingOn.size ? `${words}; a task goes on` : words;
  }

  /** What to do about an error whose message does not say it. */
  advise(error, stopped, fresh) {
    if (stopped) {
      this.showNote(`${error} ${FRESH}`);
    } else if (fresh) {
      this.showNote(`${fresh} ${FRESH}`);
    } else if (error.endsWith("MemoryError")) {
      this.showNote("The memory is full. Restart gives a fresh interpreter, without the names of earlier cells.");
    } else if (error.includes("\nNameError") && this.lab.above(this).length) {
      const why = this.lab.runner.restarted ? "Python was started afresh, which forgot all names. Is this one" : "Is the name";
      this.showNote(`${why} from a cell above?`, [ABOVE, () => this.lab.runAbove(this)]);
    }
  }

  /** Show a note below the code; actions: [words, function]. */
  showNote(words, ...actions) {
    this.note.hidden = !words;
    this.aboveButton.hidden = actions.some(([label]) => label === ABOVE);         // once is enough
    this.note.replaceChildren(words, ...actions.map(([label, action]) => button(label, action)));
  }

  /** The state of the interpreter, on the buttons and in words. */
  show(settled = false) {
    const { state, loaded } = this.lab.runner;
    this.place.classList.toggle("cell-busy", Boolean(this.busy));
    for (const made of [this.runButton, ...this.more]) made.setAttribute("aria-disabled", String(Boolean(this.busy)));
    const idle = state === "ready" && this.lab.runner.used;
    const words = idle && !this.busy && !this.goingOn.size ? "Restart" : "Stop";
    this.stopButton.lastChild.textContent = words;
    this.stopButton.querySelector("path").setAttribute("d", ICONS[words.toLowerCase()]);
    this.stopButton.title = words === "Restart" ? RESTART : "";
    this.label(this.stopButton, words);
    this.stopButton.setAttribute("aria-disabled", String(!this.busy && !idle));
    if (!this.busy || settled) return;
    const loading = loaded > 0 && loaded < 1 ? `Loading Python… ${Math.floor(100 * loaded)}%` : "Starting Python…";
    const running = this.asking ? "Checking…" : "Running…";
    this.status.textContent = this.running ? running : state === "starting" ? loading : "Waiting for its turn…";
  }
}

export const importEditor = () => importWhole("cells/editor.js", () => import("./editor.js"));

/** The buttons that take all cells away: `data-cells` is notebook, script or work, which may have a name on it. */
function attachFiles(lab) {
  const name = document.querySelector("#work-name");
  for (const made of document.querySelectorAll("[data-cells]")) {
    made.onclick = async () => {
      const { allFile, workFile } = await lab.loadExport(), kind = made.dataset.cells;
      lab.save(...await (kind === "work" ? workFile(lab.cells, name.value.trim()) : allFile(lab.cells, kind)));
    };
  }
}

/** Make cells of the page's listings; frames(data) puts frames on the dynamics figure, save(name, bytes) hands a file over. */
export function attachCells(files, frames, save) {
  const lab = {
    frames, save, cells: [],
    of: (place) => lab.cells[places.indexOf(place)],
    loadExport: lazy("Saving cells", () => importWhole("cells/export.js", () => import("./export.js"))),
    loadEditor: lazy("The editor", importEditor, () => {
      for (const cell of lab.cells.filter(({ editorFailed }) => editorFailed)) cell.edit();
    }),
    runner: new Runner(files, () => lab.cells.forEach((cell) => cell.show()), (why) => lab.last?.forgotten(why)),
    /** The places of the cells before one; those behind a figure are a group of their own. */
    above(cell) {
      const group = (place) => place.closest(".behind");
      return places.slice(0, places.indexOf(cell.place)).filter((place) => group(place) === group(cell.place));
    },
    async runAbove(cell) {
      for (const place of lab.above(cell)) {
        const one = lab.cells[places.indexOf(place)];
        const answer = await one.run();
        if (answer && answer.error === null) continue;
        cell.showNote(`“${one.title}” did not run to its end.`, ["Go to it", () => { location.hash = place.id; }]);
        return;
      }
      cell.showNote("All cells above have run.");
    },
  };
  const places = [...document.querySelectorAll(".cell")];
  lab.cells.push(...places.map((place) => new Cell(place, lab)));
  const observer = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      observer.unobserve(target);
      lab.cells[places.indexOf(target)].edit();
    }
  }, { rootMargin: NEAR });
  places.forEach((place) => observer.observe(place));
  attachFiles(lab);
  addEventListener("pagehide", () => lab.cells.forEach((cell) => cell.saving && cell.save()));
  addEventListener("beforeprint", () => {
    for (const { listing, text } of lab.cells) if (listing.textContent !== text) listing.textContent = text;
  });
  return lab;
}
