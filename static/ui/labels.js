// Labels that do not overlap: each tries the positions around its mark and takes the first that is free. Those that
// find none then try the positions further off, so that no label is put beside another's mark unless it has to be.

const FONT = "13px Inter, sans-serif";
const HEIGHT = 15;
const REACH = 9;       // from the middle of a mark to its label
export const NEAR = [         // dx, dy, align, baseline
  [REACH, 0, "left", "middle"], [-REACH, 0, "right", "middle"], [0, -REACH, "center", "bottom"], [0, REACH, "center", "top"],
  [REACH - 2, -REACH + 3, "left", "bottom"], [REACH - 2, REACH - 3, "left", "top"],
  [-REACH + 2, -REACH + 3, "right", "bottom"], [-REACH + 2, REACH - 3, "right", "top"],
];
export const CROWDED = [
  ...NEAR,
  ...[1, 2, 3].flatMap((row) => [-1, 1].flatMap((side) => [1, -1].map((up) =>          // stacked beside a crowd
    [side * (REACH + 4), up * row * HEIGHT, side > 0 ? "left" : "right", "middle"]))),
];

let context;           // of a canvas that is never drawn on

/** The width of a text in pixels. */
function textWidth(text) {
  context ??= document.createElement("canvas").getContext("2d");
  context.font = FONT;
  return context.measureText(text).width;
}

function box(x, y, width, [dx, dy, align, baseline]) {
  const left = x + dx - { left: 0, center: width / 2, right: width }[align];
  const top = y + dy - { top: 0, middle: HEIGHT / 2, bottom: HEIGHT }[baseline];
  return [left, top, left + width, top + HEIGHT];
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/**
 * items: [{text, x, y}] in pixels, the most important first; one without a text is only an obstacle. size: [width, height]
 * of the frame. positions: NEAR, or CROWDED where no label may be left out. memory: a Map from one call to the next, so
 * that labels stay where they were. widthOf(text): in pixels.
 * Returns the columns of those that found a position: index, dx, dy, align, baseline.
 */
export function placeLabels(items, [width, height], positions, memory = new Map(), widthOf = textWidth) {
  const taken = items.map(({ text, x, y }) => {
    const half = text ? 6 : 2;
    return [x - half, y - half, x + half, y + half];
  });
  const placed = { index: [], dx: [], dy: [], align: [], baseline: [] };
  const place = ({ text, x, y }, index, tried) => {
    if (!text) return true;
    const wide = widthOf(text) + 2;
    const before = memory.get(index);
    const free = (before ? [before, ...tried] : tried).find((position) => {
      const b = box(x, y, wide, position);
      return b[0] >= 0 && b[1] >= 0 && b[2] <= width && b[3] <= height &&
        !taken.some((other, i) => i !== index && overlap(b, other));
    });
    if (NEAR.includes(free)) memory.set(index, free);
    else memory.delete(index);
    if (!free) return false;
    taken.push(box(x, y, wide, free));
    placed.index.push(index);
    ["dx", "dy", "align", "baseline"].forEach((name, i) => placed[name].push(free[i]));
    return true;
  };
  const left = [...items.keys()].filter((i) => !place(items[i], i, positions.slice(0, NEAR.length)));
  for (const i of left) place(items[i], i, positions.slice(NEAR.length));
  return placed;
}
