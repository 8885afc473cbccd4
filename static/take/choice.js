// What the user chooses before something is saved: a small form that opens at the button, remembered during the visit.

import { element } from "../ui/dom.js";

const chosen = new Map();               // {name of a question: value}

/** A question with its answers, as radio buttons or as a list: {name, words, answers: [[value, words]], usual, list}. */
function question({ name, words, answers, usual, list }) {
  const values = answers.map(([value]) => value), now = [chosen.get(name), usual].find((value) => values.includes(value)) ?? values[0];
  if (list) {
    const options = answers.map(([value, textContent]) => element("option", { value, textContent, selected: value === now }));
    return element("label", { className: "take-list" }, `${words} `, element("select", { name }, ...options));
  }
  const pills = answers.map(([value, textContent]) => element("label", { className: "pill" },
    element("input", { type: "radio", name, value, checked: value === now }), textContent));
  return element("fieldset", { className: "plane-choice" }, element("legend", { textContent: words }), ...pills);
}

/**
 * Open a form at a button. questions: as above; go(answers), {name: value}, is called when the user presses `action`.
 * note: a sentence below them.
 */
export function ask(button, questions, action, go, note = "") {
  button.parentElement.querySelector(".take-choice")?.remove();
  const form = element("form", { className: "take-choice", popover: "auto", ariaLabel: button.textContent },
    ...questions.map(question), ...note ? [element("p", { className: "small", textContent: note })] : [],
    element("span", { className: "buttons" }, element("button", { type: "submit", textContent: action })));
  form.onsubmit = (event) => {
    event.preventDefault();
    const answers = Object.fromEntries(new FormData(form));
    for (const [name, value] of Object.entries(answers)) chosen.set(name, value);
    form.hidePopover();
    go(answers);
  };
  form.addEventListener("toggle", ({ newState }) => {
    button.setAttribute("aria-expanded", String(newState === "open"));
    if (newState === "open") form.querySelector("select, input:checked, button").focus();
    else form.remove();
  });
  button.after(form);
  form.showPopover({ source: button });
}
