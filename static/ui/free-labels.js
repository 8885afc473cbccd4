// Which labels there is room for: the most important ones that meet no other.

const [HEIGHT, BESIDE] = [16, 5];      // px of a line; from a mark to its label, where it says nothing else
const CELL = 32;               // px of the grid in which labels are looked up
export const MOST = 150;       // labels at once

/** A set of boxes in the plane that finds out quickly whether another one meets one of them. */
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  *around([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield x * 100_003 + y;
    }
  }

  meets(box) {
    for (const cell of this.around(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
      }
    }
    return false;
  }

  add(box) {
    for (const cell of this.around(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }
}

/**
 * Items [{text, x, y, middle, beside}] in pixels, the most important first, with the labels that fit: those that lie within [width,
 * height] and meet no label before them. middle: the label stands on its place, not beside a mark. widthOf(item): in pixels.
 * Gives [{...item, left, base}], base: the middle of its line.
 */
export function labelsOf(items, [width, height], widthOf, most = MOST) {
  const taken = new Boxes(), labels = [];
  for (const item of items) {
    if (labels.length === most) break;
    if (item.x < 0 || item.y < 0 || item.x > width || item.y > height) continue;
    const wide = widthOf(item), fits = (left) => left >= 0 && left + wide <= width;
    const places = item.middle ? [item.x - wide / 2] : [item.x + (item.beside ?? BESIDE), item.x - (item.beside ?? BESIDE) - wide];
    for (const left of places) {
      const box = [left - 2, item.y - HEIGHT / 2, left + wide + 2, item.y + HEIGHT / 2];
      if (!fits(left) || taken.meets(box)) continue;
      taken.add(box);
      labels.push({ ...item, left, base: item.y });
      break;
    }
  }
  return labels;
}
