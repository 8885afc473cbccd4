// Labels that do not overlap: each tries the positions around its mark and takes the first that is free. Those that
// find none then try the positions further off, so that no label is put beside another's mark unless it has to be.
// All lengths are in pixels for the usual size of a label, and grow with it.

export const USUAL = 13;       // px, the size of a label
const HEIGHT = 15;             // of a label's line
const REACH = 9;               // from the middle of a mark to its label
const GAP = 3;                 // at least, between two labels on a line
const SAME = 4;                // between marks that share a label
const MOST = 4;                // words of a shared label
const BESIDE = 12;      // up or down from a mark within which a label clearly belongs to it
export const NEAR = [         // dx, dy, align, baseline
  [REACH, 0, "left", "middle"], [-REACH, 0, "right", "middle"], [0, -REACH, "center", "bottom"], [0, REACH, "center", "top"],
  [REACH - 2, -REACH + 3, "left", "bottom"], [REACH - 2, REACH - 3, "left", "top"],
  [-REACH + 2, -REACH + 3, "right", "bottom"], [-REACH + 2, REACH - 3, "right", "top"],
];
export const CROWDED = [
  ...NEAR,
  ...[1, 2, 3].flatMap((times) => [1, 2, 3].flatMap((row) => [-1, 1].flatMap((side) => [1, -1].map((up) =>
    [times * side * (REACH + 4), up * times * row * HEIGHT, side > 0 ? "left" : "right", "middle"])))),
];                     // stacked beside a crowd, then further out, for lines lead there

let context;           // of a canvas that is never drawn on

/** The width of a text in pixels. */
function textWidth(text, fontSize) {
  context ??= document.createElement("canvas").getContext("2d");
  context.font = `${fontSize}px Inter, sans-serif`;
  return context.measureText(text).width;
}

function box(x, y, width, height, [dx, dy, align, baseline]) {
  const left = x + dx - { left: 0, center: width / 2, right: width }[align];
  const top = y + dy - { top: 0, middle: height / 2, bottom: height }[baseline];
  return [left, top, left + width, top + height];
}

/** A position for labels of another size, and for marks that spread around the first of them. */
const grown = ([dx, dy, ...how], scale, spread) =>
  [dx * scale + Math.sign(dx) * spread, dy * scale + Math.sign(dy) * spread, ...how];

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Words as one label: "cat, dog, horse"; of more than `most` the first ones and how many more. */
function together(words, most) {
  const named = words.slice(0, words.length > most ? most - 1 : most).join(", ");
  return words.length > most ? `${named} + ${words.length - most + 1} more` : named;
}

/**
 * Items {text, x, y} of which those whose marks coincide share a label: the first's, while the others have no text. short: what
 * the label says where there is little room; spread: how far the others are from the first.
 */
export function shareLabels(items, fontSize = USUAL) {
  const reach = SAME * fontSize / USUAL, groups = [];
  for (const item of items.filter(({ text }) => text)) {
    const group = groups.find(([first]) => Math.hypot(first.x - item.x, first.y - item.y) <= reach);
    if (group) group.push(item);
    else groups.push([item]);
  }
  const labels = new Map(groups.map((group) => {
    const words = [...new Set(group.map(({ text }) => text))], [first] = group;
    const spread = Math.max(...group.map(({ x, y }) => Math.hypot(x - first.x, y - first.y)));
    return [first, { text: together(words, MOST), short: together(words, 2), spread }];
  }));
  return items.map((item) => ({ ...item, text: "", ...labels.get(item) }));
}

/**
 * items: [{text, x, y, short, spread, over}] in pixels, the most important first; one without a text is only an obstacle;
 * short, spread: as shareLabels gives them; over: where no position is free, the label may cover marks, but no other label.
 * size: [width, height] of the frame. positions: NEAR, or CROWDED where no label may be left out. memory: a Map from one call
 * to the next, so that labels stay where they were. fontSize: of the labels; widthOf(text, fontSize): both in pixels.
 * Returns the columns of those that found a position: index, text, dx, dy, align, baseline.
 */
export function placeLabels(items, [width, height], positions,
                            { memory = new Map(), fontSize = USUAL, widthOf = textWidth } = {}) {
  const scale = fontSize / USUAL;
  const taken = items.map(({ text, x, y }) => {
    const half = (text ? 6 : 2) * scale;
    return [x - half, y - half, x + half, y + half];
  });
  const placed = { index: [], text: [], dx: [], dy: [], align: [], baseline: [] };
  const place = ({ text, x, y, spread = 0, over }, index, tried) => {
    if (!text) return true;
    const wide = widthOf(text, fontSize) + 2, boxAt = (position) =>
      box(x, y, wide, HEIGHT * scale, grown(position, scale, spread));
    const before = memory.get(index);
    const isFree = (position, from) => {               // of marks and labels, or of what is taken from there on
      const b = boxAt(position);
      return b[0] >= 0 && b[1] >= 0 && b[2] <= width && b[3] <= height &&
        !taken.some((other, i) => i >= from && i !== index && overlap(b, other));
    };
    const covered = (position) => taken.filter((other) => overlap(boxAt(position), other)).length;
    const free = (before ? [before, ...tried] : tried).find((position) => isFree(position, 0)) ??
      (over ? tried.filter((position) => isFree(position, items.length)).sort((p, q) => covered(p) - covered(q))[0] : undefined);
    if (NEAR.includes(free)) memory.set(index, free);
    else memory.delete(index);
    if (!free) return false;
    const [left, top, right, bottom] = boxAt(free), [dx, dy, align, baseline] = grown(free, scale, spread);
    taken.push([left - GAP, top, right + GAP, bottom]);
    const column = { index, text, dx, dy, align, baseline };
    for (const name of Object.keys(placed)) placed[name].push(column[name]);
    return true;
  };
  const left = [...items.keys()].filter((i) => !place(items[i], i, positions.slice(0, NEAR.length)));
  for (const i of left) {
    const { text, short = text } = items[i];
    if (!place(items[i], i, positions.slice(NEAR.length)) && short !== text) place({ ...items[i], text: short }, i, positions);
  }
  return placed;
}

/** The lines from marks to those of their labels that stand too far off: index, length, angle. */
export function leadersTo({ index, dx, dy }, fontSize = USUAL) {
  const far = [...index.keys()].filter((i) => Math.abs(dy[i]) > BESIDE * fontSize / USUAL);
  return { index: far.map((i) => index[i]), length: far.map((i) => Math.hypot(dx[i], dy[i]) - 2),
           angle: far.map((i) => Math.atan2(-dy[i], dx[i])) };
}
