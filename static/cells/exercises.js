// The exercises, on top of their cells: hints that open one after the other, a check, a solution that opens last, and
// which are solved.

import { button } from "./cells.js";
import { onUser, records, remove, write } from "../keep/store.js";
import { element } from "../ui/dom.js";

const ID = "exercises";         // what is kept: {name: {solved, tried, hints}}, hints being how many are open
const FULL = "This browser’s storage is full or switched off: your progress lasts until the page is closed.";
const UNCHECKED = "Your code ended with an error before it could be checked; it is shown above.";
const call = (what, name) => `__import__("lab.checks").checks.${what}("${name}")`;

/** What remains of Python without its comments and spaces. */
const code = (source) => source.replace(/#.*/g, "").replace(/\s+/g, "");

/** A message with its code, which stands between backticks. */
const words = (message) => message.split("`").map((part, i) => i % 2 ? element("code", { textContent: part }) : part);

/** Values by their names. */
const values = (className, pairs) => element("dl", { className }, ...pairs.map(([what, value]) => element("div", {},
  element("dt", { textContent: what }), element("dd", {}, element("pre", { textContent: value, tabIndex: 0 })))));

const progress = {
  all: {},

  read() {
    const record = records.get(ID), found = record && !record.trouble && JSON.parse(record.data);
    this.all = found && typeof found === "object" ? found : {};
  },

  /** Keep it; false if there is no room or no storage. */
  async store() {
    if (!Object.keys(this.all).length) return remove(ID);
    return write({ id: ID, kind: "exercises", name: "Progress in the exercises", data: JSON.stringify(this.all) });
  },
};

class Exercise {
  constructor(place, cell, changed) {
    Object.assign(this, { place, cell, changed, name: place.dataset.exercise, number: place.id.slice("exercise-".length) });
    this.folds = [...place.querySelectorAll(".exercise-help > details")];       // the hints, then the solution
    this.solution = this.folds.at(-1);
    this.build();
    this.folds.forEach((fold, i) => fold.addEventListener("toggle", () => this.opened(i)));
    this.show();
  }

  get title() {
    return this.place.querySelector("h3").textContent;
  }

  get state() {
    return progress.all[this.name] ?? {};
  }

  build() {
    this.mark = element("span", { className: "exercise-solved", textContent: "Solved", hidden: true });
    this.place.querySelector("hgroup p").append(this.mark);
    this.checkButton = this.cell.place.querySelector(".exercise-check");
    this.checkButton.onclick = () => this.check();
    this.cell.more.push(this.checkButton);
    this.cell.exercise = this;
    const [ctrl, shift, enter] = ["Ctrl", "Shift", "Enter"].map((textContent) => element("kbd", { textContent }));
    this.cell.help.firstChild.after(element("span", {}, ctrl, " + ", shift, " + ", enter, " checks"));
    this.cell.place.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      this.check();
    }, true);
    this.verdict = this.place.querySelector(".exercise-verdict");
    this.locked = this.place.querySelector(".solution-locked");
    this.progress = this.place.querySelector(".exercise-progress");
  }

  /** A hint or the solution was opened or closed. */
  opened(i) {
    if (!this.folds[i].open || this.folds[i] === this.solution || (this.state.hints ?? 0) > i) return;
    this.update({ hints: i + 1 });
  }

  /** Show what may be opened by now, and whether it is solved. */
  show() {
    const { solved = false, tried = false, hints = 0 } = this.state;
    const off = document.documentElement.dataset.solutions === "off";
    this.folds.forEach((fold, i) => { fold.hidden = fold === this.solution ? off || !tried : i > hints; });
    this.locked.hidden = !this.solution.hidden;
    this.mark.hidden = !solved;
  }

  async check() {
    if (this.cell.busy || this.checking) return;
    this.checking = true;
    this.verdict.replaceChildren();
    this.verdictGiven = null;
    try {
      this.cell.lab.runner.run(call("begin", this.name));
      const ran = await this.cell.run();
      if (!ran || ran.stopped) return;
      if (ran.error !== null) return this.showVerdict({ message: UNCHECKED });
      let verdict;
      const hear = ([kind, data]) => { if (kind === "verdict") verdict = data; };
      const answer = await this.cell.ask(call("check", this.name), hear);
      if (!answer.stopped) this.showVerdict(verdict
        ?? { message: "", faults: [{ message: "The check did not come to its end.", error: answer.error }] });
    } finally {
      this.checking = false;
    }
  }

  /** Show what the check found: {passed, message, faults}. */
  showVerdict({ passed = false, message, faults = [] }) {
    const firstTime = passed && !this.state.solved;
    const lead = element("p", {}, element("strong", { textContent: passed ? "Right. " : "Not yet. " }), ...words(message));
    this.verdict.classList.toggle("exercise-passed", passed);
    this.verdict.replaceChildren(lead);
    for (const fault of faults) this.showFault(fault, message ? null : lead);
    this.verdictGiven = { passed, message, faults, source: this.cell.text };
    const tried = this.state.tried || code(this.cell.text) !== code(this.cell.original);
    this.update({ tried, ...(passed && { solved: true }) });
    if (firstTime) this.verdict.append(element("p", { className: "exercise-count", textContent: this.changed.words() }));
  }

  /** What is wrong with one function: {message, error}, and an example of it: {inputs, found}: [[what, value]]. */
  showFault({ message, inputs = [], found = [], error = "" }, lead) {
    if (lead) lead.append(...words(message));
    else this.verdict.append(element("p", { className: "exercise-fault" }, ...words(message)));
    if (error) this.verdict.append(element("pre", { className: "cell-error", textContent: error, tabIndex: 0 }));
    if (inputs.length) {
      const happened = error ? "This happened when the check called it with" : "For example, with";
      this.verdict.append(element("p", { textContent: happened }), values("exercise-inputs", inputs));
    }
    if (found.length) this.verdict.append(values("exercise-found", found));
  }

  async update(news) {
    progress.all[this.name] = { ...this.state, ...news };
    const storing = progress.store();
    this.show();
    this.changed();
    this.verdict.querySelector(".exercise-full")?.remove();
    if (!await storing && !this.verdict.querySelector(".exercise-full")) this.verdict.append(element("p", { className: "exercise-full", textContent: FULL }));
  }

  /** As if never seen. */
  forget() {
    this.verdict.replaceChildren();
    for (const fold of this.folds) fold.open = false;
    this.show();
  }
}

/** Make the page's exercises answer; lab is what attachCells gave. */
export function attachExercises(lab) {
  const exercises = [];
  const count = () => `${exercises.filter(({ state }) => state.solved).length} of ${exercises.length} exercises solved`;

  function changed() {
    for (const one of exercises) {
      const links = exercises.map((other) => {
        const { number, title, state } = other;
        const link = element("a", { href: `#exercise-${number}`, textContent: number, className: state.solved ? "solved" : "" });
        link.setAttribute("aria-label", `Exercise ${number}, ${title}${state.solved ? ", solved" : ""}`);
        if (other === one) link.setAttribute("aria-current", "true");
        return link;
      });
      const clear = button("Clear progress", () => clearAll(one));
      clear.hidden = !Object.keys(progress.all).length;
      one.progress.replaceChildren(element("div", { className: "exercise-links" }, ...links),
                                   element("span", { textContent: count() }), clear);
    }
  }
  changed.words = () => `${count()}.`;

  function clearAll(one) {
    const before = progress.all;
    set({});
    exercises.forEach((exercise) => exercise.forget());
    const message = element("span", { textContent: "Progress is cleared; your code is still there." });
    const undo = button("Bring it back", () => { set(before); one.progress.querySelector("a").focus(); });
    one.progress.append(message, undo);
    undo.focus();
  }

  function set(all) {
    progress.all = all;
    progress.store();
    changed();
    exercises.forEach((exercise) => exercise.show());
  }

  progress.read();
  for (const place of document.querySelectorAll(".exercise")) {
    const cell = lab.cells.find(({ name }) => name === `exercise-${place.dataset.exercise}`);
    exercises.push(new Exercise(place, cell, changed));
  }
  if (exercises.length) changed();
  onUser(ID, () => {
    progress.read();
    changed();
    exercises.forEach((exercise) => exercise.show());
  });
}
