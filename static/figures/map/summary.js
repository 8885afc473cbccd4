// What the map shows at present, in words.

import { column } from "../../ui/models.js";
import { nameOf } from "./planes.js";

/** map: the EmbeddingMap. */
export function summary({ models, planes, overlayChips, selection }) {
  const all = column(models.words, "category"), on = all.filter((_, i) => models.shown.booleans[i]);
  const counts = [...new Set(on)].map((name) => `${name} ${on.filter((one) => one === name).length}`);
  const turn = planes.t < 1 ? `${Math.round(100 * planes.t)} % of the turn to ` : "";
  const arrows = [...overlayChips.on].join(", ");
  return [`The plane: ${turn}${nameOf(planes.to.name)}.`, `${on.length} of ${all.length} words are on show${counts.length ? `: ${counts.join(", ")}` : ""}.`,
          arrows ? `Arrows: ${arrows}.` : "No arrows.", ...selection.word === null ? [] : [`Selected: ${selection.word}.`]].join(" ");
}
