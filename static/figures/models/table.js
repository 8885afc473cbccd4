// The models as a table: which are ticked, which table of a trained one is chosen, and what is done with one of them.

import { GLOVE, TABLES } from "../../contract/constants.js";
import { MODELS_REMOVE, MODELS_RENAME, MODELS_SAVE, MODELS_SWITCH, MODELS_TICK } from "../../contract/messages.js";
import { byId, element } from "../../ui/dom.js";
import { onChange } from "../../ui/models.js";
import { counted, decimal, whole } from "../../ui/numbers.js";
import { megabytes, rowsOf, score, seconds, share } from "./texts.js";

const dash = (x, text) => (Number.isFinite(x) ? text(x) : "–");

class ModelTable {
  /** source: the models, a row each; ask(message, value): of Python. */
  constructor(source, ask) {
    Object.assign(this, { source, ask, edited: null });
    this.table = byId("models-table");
    this.body = this.table.tBodies[0];
    this.body.onchange = ({ target: { type, dataset, checked } }) => {
      if (type === "checkbox") ask(MODELS_TICK, JSON.stringify([dataset.name, checked]), true);
    };
    onChange(source, "data", () => this.list());
    this.list();
  }

  /** Fill the table, once no name is being edited; the focus stays where it is, in the row before if its own is gone. */
  list() {
    if (this.edited) return;
    const rows = rowsOf(this.source), focus = this.focus();
    this.body.replaceChildren(...rows.map((row) => this.line(row)));
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    const all = `${counted(rows.length, "model")} together: ${megabytes(bytes)} of memory`;
    this.table.tFoot.replaceChildren(element("tr", {}, element("td", { colSpan: 9, textContent: all })));
    if (focus) this.restore(focus);
  }

  line(row) {
    const cell = (label, ...content) => {
      const made = element("td", { className: "number" }, element("span", {}, ...content));
      made.dataset.label = label;
      return made;
    };
    const scored = (label, x, part, isCorrelation) => cell(label, score(x, isCorrelation),
      ...(Number.isFinite(part) ? [element("small", { textContent: `${share(part)} covered` })] : []));
    return element("tr", {}, this.head(row),
                   cell("Loss per term", decimal(row.loss, 3)),
                   scored("WordSim-353", row.wordsim, row.wordsim_part, true),
                   scored("SimLex-999", row.simlex, row.simlex_part, true),
                   scored("Analogies", row.analogies, row.analogies_part, false),
                   cell("Size", `${whole(row.size)} × ${row.dim}`), cell("Memory", megabytes(row.bytes)),
                   cell("Training", dash(row.seconds, seconds)), this.actions(row));
  }

  /** Its box, its name, what it was made of and, of one trained here, the choice of its table. */
  head({ name, chosen, settings, table }) {
    const box = element("input", { type: "checkbox", checked: chosen });
    box.dataset.name = name;
    return element("th", { scope: "row" }, element("label", {}, box, element("span", { className: "model-name", textContent: name })),
                   element("small", { textContent: settings }), ...(table ? [this.choice(name, table)] : []));
  }

  /** The list of a model's tables; while it is open, the rows stay as they are. */
  choice(name, table) {
    const options = Object.entries(TABLES).map(([value, text]) => element("option", { value, textContent: text, selected: value === table }));
    const list = element("select", {}, ...options);
    const close = () => { this.edited = null; };
    list.setAttribute("aria-label", `Table of ${name}`);
    list.onpointerdown = () => { this.edited = list; };
    list.onblur = () => { if (this.edited === list) { close(); this.list(); } };
    list.onchange = () => { close(); this.ask(MODELS_SWITCH, JSON.stringify([name, list.value]), true); };
    return element("span", { className: "model-tables" }, list);
  }

  actions(row) {
    const button = (text, action) => {
      const made = element("button", { type: "button", textContent: text, onclick: action });
      made.setAttribute("aria-label", `${text} ${row.name}`);
      return made;
    };
    const own = row.name === GLOVE ? [] : [
      button("Rename", ({ target }) => this.edit(target.closest("tr"), row.name)),
      button("Remove", () => this.ask(MODELS_REMOVE, row.name)),
    ];
    return element("td", { className: "model-actions" },
                   element("span", { className: "buttons" }, button("Save", () => this.ask(MODELS_SAVE, row.name)), ...own));
  }

  /** Put a field in the place of a name: Enter, or leaving it, gives the model that name, Esc leaves it as it was. */
  edit(line, name) {
    const field = element("input", { type: "text", className: "model-new-name", value: name, spellcheck: false });
    field.setAttribute("aria-label", `New name of ${name}`);
    const end = (renamed) => {
      if (!this.edited) return;
      this.edited = null;
      const hadFocus = document.activeElement === field, index = [...this.body.rows].indexOf(line);
      if (renamed && field.value.trim() !== name) this.ask(MODELS_RENAME, JSON.stringify([name, field.value]));
      this.list();
      if (hadFocus) this.restore({ index, text: "Rename" });
    };
    field.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();             // Esc would leave the full screen
      end(event.key === "Enter");
    };
    field.onblur = () => end(true);
    this.edited = field;
    line.querySelector("label").replaceWith(field);
    field.select();
  }

  /** The row that has the focus, and in it the button or list by its text; that of its box is empty. */
  focus() {
    const line = document.activeElement?.closest("tr"), index = [...this.body.rows].indexOf(line);
    return index < 0 ? null : { index, text: document.activeElement.textContent };
  }

  restore({ index, text }) {
    const line = this.body.rows[Math.min(index, this.body.rows.length - 1)];
    const button = [...line.querySelectorAll("button, select")].find(({ textContent }) => textContent === text);
    (button ?? line.querySelector("input")).focus({ preventScroll: true });
  }
}

export const attachTable = (source, ask) => new ModelTable(source, ask);
