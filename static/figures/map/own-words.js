// The user's own categories: a text with a line each, which Python draws.

import { MAP_CATEGORIES } from "../../contract/messages.js";
import { byId } from "../../ui/dom.js";
import { column, onChange } from "../../ui/models.js";
import { say, waitingFor } from "./messages.js";

/** Categories as lines of text. */
const asText = (categories) => Object.entries(categories).map(([name, words]) => `${name}: ${words.join(", ")}`).join("\n");

export function attachOwnWords({ models, ask }) {
  const [text, button] = ["own-categories", "draw-categories"].map(byId);
  const drawn = () => asText(JSON.parse(column(models.choice, "choice")[0] || "{}").categories ?? {});
  let before = drawn();

  button.onclick = () => {
    say(models.categoriesMessage, waitingFor("they are drawn"));
    ask(MAP_CATEGORIES, text.value);
  };
  onChange(models.choice, "data", () => {
    const now = drawn();
    if (now !== before) text.value = now;              // else what is being typed stays
    before = now;
  });
}
