// The answers of a sum as a list with their scores; each can be put on the map, or all that the sum has drawn.

import { MAP_KEEP } from "../../contract/messages.js";
import { byId, element } from "../../ui/dom.js";
import { column, onChange } from "../../ui/models.js";
import { decimal } from "../../ui/numbers.js";

/** What the scores of a method are, of the sum that is called `label`. */
export const scoreKind = (method, label) => method === "mul"
  ? "Score: cosine to a × cosine to c ÷ cosine to b, cosines moved to 0 … 1 (3CosMul)."
  : `Score: the cosine with ${label} (3CosAdd).`;

/** A button whose words are on the map has nothing left to do, but keeps the focus. */
function showState(button, isDone, texts) {
  button.setAttribute("aria-disabled", isDone);
  button.textContent = texts[Number(isDone)];
}

export class Answers {
  /** pointAt(word): the reader points at an answer, undefined for none. */
  constructor(models, ask, pointAt) {
    Object.assign(this, { models, pointAt, buttons: new Map(), keep: byId("keep-sum") });
    this.put = (button, words) => {
      if (button.getAttribute("aria-disabled") !== "true") ask(MAP_KEEP, JSON.stringify(words));
    };
    this.keep.onclick = () => this.put(this.keep, this.words());
    for (const source of [models.answers, models.sum]) onChange(source, "data", () => this.list());
    this.list();
  }

  /** All words that the sum has drawn. */
  words() {
    const [inputs = []] = column(this.models.sum, "words");
    return [...new Set([...inputs, ...column(this.models.answers, "word")])];
  }

  /** List the answers, anew only if they are others: the focus may be among them. */
  list() {
    const { answers, sum } = this.models;
    const [word, name, score] = ["word", "name", "score"].map((of) => column(answers, of));
    const [[method], [label]] = ["method", "label"].map((of) => column(sum, of));
    const key = JSON.stringify([word, score, method, label]);
    if (key === this.listed) return;
    this.listed = key;
    this.buttons.clear();
    byId("space-answers").replaceChildren(...word.map((one, i) => this.item(one, name[i], score[i])));
    byId("score-kind").textContent = label ? scoreKind(method, label) : "";
    this.keep.hidden = !label;
    this.pointAt();
    this.update();
  }

  item(word, name, score) {
    const button = element("button", { type: "button" });
    button.onclick = () => this.put(button, [word]);
    this.buttons.set(word, button);
    const texts = [name, decimal(score, 3)].map((textContent) => element("span", { textContent }));
    const item = element("li", {}, element("div", {}, ...texts, button));
    for (const type of ["pointerenter", "focusin"]) item.addEventListener(type, () => this.pointAt(word));
    for (const type of ["pointerleave", "focusout"]) item.addEventListener(type, () => this.pointAt());
    return item;
  }

  /** The words on the map may be others. */
  update() {
    const onMap = new Set(column(this.models.words, "word"));
    for (const [word, button] of this.buttons) {
      showState(button, onMap.has(word), ["Add", "On the map"]);
      button.setAttribute("aria-label", `${button.textContent}: ${word}`);
    }
    showState(this.keep, this.words().every((word) => onMap.has(word)),
              ["Keep these words on the map", "These words are on the map"]);
  }
}
