// The user's words, pairs and categories outlive a reload, as Python wrote them.

import { MAP_RESET, MAP_RESTORE } from "../../contract/messages.js";
import { onUser, remove, write } from "../../keep/store.js";
import { column, onChange } from "../../ui/models.js";

const ID = "map";

/** choice: the source of the user's choice; ask(message, value): of Python. */
export function attachKeptChoice(choice) {
  onChange(choice, "data", () => {
    const [data] = column(choice, "choice");
    if (data) write({ id: ID, kind: "map", name: "Your words and categories, Figure 2", data });
    else remove(ID);
  });
}

/** Tell Python what the user has deleted from the list of what is kept, or brought back there. */
export function attachKeptMap(ask) {
  onUser(ID, (record) => record ? ask(MAP_RESTORE, record.data) : ask(MAP_RESET));
}
