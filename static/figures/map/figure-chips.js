// The figure's chips: what they say of categories and analogies.

import { byId, rootAt } from "../../ui/dom.js";
import { column } from "../../ui/models.js";
import { cosine } from "./arrows.js";
import { arrow, Chips, mark } from "./chips.js";

/** The chips of a map, {categoryChips, overlayChips}. */
export function attachChips(map) {
  const { categories, overlays } = map.models, preview = (kind) => (label) => {
    map.previewed[kind] = label;
    map.draw();
  };
  const describe = { category: (label) => describeCategory(map, label), group: (label) => describeGroup(map, label) };
  return {
    categoryChips: new Chips(categories, byId("space-category-chips"), describe.category, preview("category")),
    overlayChips: new Chips(overlays, rootAt("space-overlays"), describe.group, preview("group")),
  };
}

/** Null for a category without words on the map. */
function describeCategory({ models: { words } }, label) {
  const i = column(words, "category").indexOf(label);
  if (i < 0) return null;
  const look = { colour: column(words, "colour")[i], marker: column(words, "marker")[i] };
  return { mark: look, picture: () => mark(look) };
}

/** Null for a group without pairs on the map. */
function describeGroup({ models, arrows, planes }, label) {
  const group = arrows.groups.get(label);
  if (!group) return null;
  const { colour, dash, full, plane, count } = group, [dim] = column(models.source, "dim"), numbers = [full, plane].map(cosine);
  const asked = byId("space-chance").checked && !planes.playing;             // it would slow a turn down
  const chances = asked ? arrows.chanceOf(label, column(models.words, "word")).map(cosine) : null;
  const [here, there] = numbers.map((number, i) => chances ? `${number} (${chances[i]})` : number).reverse();
  const title = count < 2 ? "One pair has no other arrow to be compared with"
    : `Mean cosine between its arrows: ${numbers[0]} in all ${dim} dimensions, ${numbers[1]} on the plane on show`;
  return { mark: { colour, dash }, picture: () => arrow({ colour, dash }), note: `${dim}-d ${there} · here ${here}`, title };
}
