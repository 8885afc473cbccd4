// The atlas's search box: completes a word, and goes to the one that is chosen.

import Combobox from "@github/combobox-nav";
import { byId, element } from "../../ui/dom.js";
import { completions, folded } from "../../ui/typed.js";

/** wordsOf(): the words; choose(word) is called with the one chosen, tell(text) with why there is none. */
export function attachSearch({ wordsOf, choose, tell }) {
  const [box, list, form] = ["atlas-box", "atlas-options", "atlas-form"].map(byId);
  const nav = new Combobox(box, list, { tabInsertsSuggestions: false });

  function close() {
    if (list.hidden) return;
    nav.stop();
    list.hidden = true;
  }

  function open() {
    const found = box.value.trim() ? completions(box.value.trim(), wordsOf()) : [];
    if (!found.length) return close();
    list.replaceChildren(...found.map((textContent, i) => {
      const option = element("li", { id: `atlas-option-${i}`, textContent });
      option.setAttribute("role", "option");
      return option;
    }));
    if (!list.hidden) return nav.clearSelection();
    list.hidden = false;
    nav.start();
  }

  function submit() {
    close();
    const typed = box.value.trim(), form = folded(typed), words = wordsOf();
    if (!typed) return;
    const word = words.find((one) => one === typed) ?? words.find((one) => folded(one) === form);
    if (word === undefined) return tell(`“${typed}” is not among these ${words.length.toLocaleString("en")} words.`);
    choose(word);
    box.select();
  }

  box.addEventListener("input", open);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) open();
    if (event.key !== "Escape" || list.hidden) return;
    event.stopPropagation();           // full screen would end
    event.preventDefault();
    close();
  });
  box.addEventListener("focusout", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());       // the box keeps the focus
  list.addEventListener("combobox-commit", ({ target }) => {
    box.value = target.textContent;
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
}
