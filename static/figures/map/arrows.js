// The analogies' arrows, and how alike those of a group are.

import { byId, tableRow } from "../../ui/dom.js";
import { column, setData } from "../../ui/models.js";

const COLUMNS = ["x0", "y0", "x1", "y1", "colour", "group", "start", "end"];

/** A cosine with two digits, without a sign where they are zeros. */
export const cosine = (x) => (Number.isFinite(x) ? x.toFixed(2).replace(/^-(0\.00)$/, "$1") : "–");

/** Which pairs, by index, are in the groups, and which of those have both words visible: {chosen, drawn}. */
export function arrowsOf({ group, start, end }, groups, visible) {
  const chosen = group.map((_, i) => i).filter((i) => groups.has(group[i]));
  return { chosen, drawn: chosen.filter((i) => visible.has(start[i]) && visible.has(end[i])) };
}

/** Draw the arrows of `groups` between visible words into the source `arrows`. */
export function drawArrows(pairs, arrows, groups, visible) {
  const data = Object.fromEntries(COLUMNS.map((name) => [name, column(pairs, name)]));
  const { chosen, drawn } = arrowsOf(data, groups, visible);
  setData(arrows, Object.fromEntries(COLUMNS.map((name) => [name, drawn.map((i) => data[name][i])])));
  summarise(pairs, new Set(chosen.map((i) => data.group[i])), chosen.length - drawn.length);
}

/** The groups on show: how many, how many of their arrows are hidden, and their cosines in a table. */
function summarise(pairs, groups, hidden) {
  byId("overlay-summary").textContent = `Showing ${groups.size} group${groups.size === 1 ? "" : "s"}` +
    (hidden ? `; ${hidden} arrow${hidden === 1 ? "" : "s"} hidden with their words.` : ".");
  const all = column(pairs, "group");
  const [full, flat] = [column(pairs, "full"), column(pairs, "plane")];
  const rows = [...new Set(all)].filter((group) => groups.has(group))
    .map((group) => [group, cosine(full[all.indexOf(group)]), cosine(flat[all.indexOf(group)])]);
  const table = byId("overlay-table");
  table.tBodies[0].replaceChildren(...rows.map((row) => tableRow(row)));
  const chance = ["random pairs", cosine(column(pairs, "chance_full")[0]), cosine(column(pairs, "chance_plane")[0])];
  table.tFoot.replaceChildren(...(rows.length ? [tableRow(chance)] : []));
}
