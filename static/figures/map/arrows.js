// The analogies' arrows, from mark to mark, and how alike those of a group are.

import { column, setData } from "../../ui/models.js";
import { decimal } from "../../ui/numbers.js";
import { toPixels } from "../../ui/plane.js";
import { chance, meanOffsetCosine } from "./measures.js";

const CLEAR = 7;               // px from the middle of a mark to the tip of an arrow

/** A cosine with two digits and a proper minus, without a sign where they are zeros. */
export const cosine = (x) => decimal(x, 2);

/** [x1, y1], an arrow's end, that much nearer to its start. */
export function shortened([x0, y0], [x1, y1], plane) {
  const [from, to] = [toPixels(plane, x0, y0), toPixels(plane, x1, y1)], length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length > 2 * CLEAR ? 1 - CLEAR / length : 1;
  return [x0 + part * (x1 - x0), y0 + part * (y1 - y0)];
}

/** The pairs in the source, with their ends on the plane on show. */
function pairsOf(models, picture) {
  const names = ["group", "colour", "dash", "start", "end", "full"];
  const columns = Object.fromEntries(names.map((name) => [name, column(models.pairs, name)]));
  return columns.group.map((_, i) => ({
    ...Object.fromEntries(names.map((name) => [name, columns[name][i]])),
    tail: picture.at(columns.start[i]), tip: picture.at(columns.end[i]),
  }));
}

export class Arrows {
  constructor(models, picture) {
    Object.assign(this, { models, picture, groups: new Map() });
  }

  /** The plane or the pairs are others: {group: {colour, dash, full, plane, count}}. */
  measure() {
    const pairs = pairsOf(this.models, this.picture), groups = new Map();
    for (const pair of pairs) groups.set(pair.group, [...groups.get(pair.group) ?? [], pair]);
    this.pairs = pairs;
    this.groups = new Map([...groups].map(([group, list]) => [group, {
      colour: list[0].colour, dash: list[0].dash, full: list[0].full, count: list.length,
      plane: meanOffsetCosine(list.filter(({ tail, tip }) => tail && tip).map(({ tail, tip }) => [tail, tip])),
    }]));
    const ends = (axis, end) => pairs.map((pair) => pair[end]?.[axis] ?? NaN);
    setData(this.models.pairs, { ...Object.fromEntries(["group", "colour", "dash", "start", "end", "full"]
      .map((name) => [name, column(this.models.pairs, name)])), x0: ends(0, "tail"), y0: ends(1, "tail"), x1: ends(0, "tip"),
    y1: ends(1, "tip"), plane: pairs.map(({ group }) => this.groups.get(group).plane) });
  }

  /** Draw the pairs of `groups` between visible words; gives how many stay hidden with their words. */
  draw(groups, visible) {
    const chosen = this.pairs.filter(({ group, tail, tip }) => groups.has(group) && tail && tip);
    const drawn = chosen.filter(({ start, end }) => visible.has(start) && visible.has(end));
    const tips = drawn.map(({ tail, tip }) => shortened(tail, tip, this.models.plane));
    const pick = (name) => drawn.map((pair) => pair[name]);
    setData(this.models.arrows, {
      x0: drawn.map(({ tail }) => tail[0]), y0: drawn.map(({ tail }) => tail[1]), x1: tips.map(([x]) => x), y1: tips.map(([, y]) => y),
      colour: pick("colour"), dash: pick("dash"), group: pick("group"), start: pick("start"), end: pick("end"),
    });
    return chosen.length - drawn.length;
  }

  /** What 19 of 20 groups of as many random pairs of the words stay below: [in all dimensions, on the plane]. */
  chanceOf(group, words) {
    const known = words.filter((word) => this.picture.rows.has(word)), { count } = this.groups.get(group);
    return [chance(known.map((word) => this.picture.rows.of(word)), count), chance(this.picture.places(known), count)];
  }
}
