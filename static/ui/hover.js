// Marks under the pointer, or under the last tap: one small box beside them says what they are, a click selects one.

import { element } from "./dom.js";
import { onChange, onRanges } from "./models.js";
import { glassOf, pointIn, toPixels } from "./plane.js";

const REACH = 12, TOGETHER = 8;        // px from the pointer to a mark, and from that mark to others of the same place
const MOST = 8;                        // words in the box

/** Of marks {x, y} in pixels, those at the place under the pointer, the nearest first. */
export function marksAt(marks, pointer) {
  const to = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  const [nearest] = marks.filter((mark) => to(mark, pointer) <= REACH).sort((a, b) => to(a, pointer) - to(b, pointer));
  if (!nearest) return [];
  return [nearest, ...marks.filter((mark) => mark !== nearest && to(mark, nearest) <= TOGETHER)];
}

const inPixels = (plane, marks) => marks.map((mark) => ({ ...mark, ...toPixels(plane, mark.dataX, mark.dataY) }));

/**
 * Attach the box to a plane whose marks are those of a source. marks(): [{text, dataX, dataY, ...}] on show;
 * describe(mark): {cells, below}, what stands in its row after its text, and a sentence below the row of the nearest.
 */
export function attachHover(plane, source, marks, describe) {
  const glass = glassOf(plane), place = glass.parentElement;
  const box = element("div", { className: "hover", hidden: true, role: "tooltip" });
  let pointer = null;          // where it is in the frame, and how far the frame is from the upper left of the place
  place.append(box);

  function draw() {
    const found = pointer ? marksAt(inPixels(plane, marks()), pointer) : [];
    box.hidden = !found.length;
    if (!found.length) return;
    const rows = found.slice(0, MOST).map((mark) => ({ text: mark.text, ...describe(mark) }));
    const lines = rows.flatMap(({ text, cells, below }, i) => [
      element("b", { textContent: text }), ...cells.map((textContent) => element("span", { textContent })),
      ...(below && !i ? [element("p", { textContent: below })] : [])]);
    const more = found.length > MOST ? [element("p", { textContent: `and ${found.length - MOST} more` })] : [];
    box.style.gridTemplateColumns = `repeat(${rows[0].cells.length}, auto) 1fr`;
    box.replaceChildren(...lines, ...more);
    putBeside(found);
  }

  /** Right of the marks where there is room, else left of them, else where there is more. */
  function putBeside(found) {
    const xs = found.map(({ x }) => x + pointer.left), y = found[0].y + pointer.top, wide = box.offsetWidth;
    const right = Math.max(...xs) + REACH, left = Math.min(...xs) - REACH - wide;
    const top = Math.max(0, Math.min(y - box.offsetHeight / 2, place.clientHeight - box.offsetHeight));
    box.style.left = `${right + wide <= place.clientWidth ? right : Math.max(left, 0)}px`;
    box.style.top = `${top}px`;
  }

  function point(event) {
    const at = pointIn(plane, event), { left, top } = place.getBoundingClientRect();
    pointer = { ...at, left: event.clientX - left - place.clientLeft - at.x, top: event.clientY - top - place.clientTop - at.y };
    draw();
  }

  function leave({ pointerType }) {
    if (pointerType === "touch") return;       // a finger leaves with every tap
    pointer = null;
    draw();
  }

  glass.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") point(event); });
  glass.addEventListener("click", point);
  glass.addEventListener("pointerleave", leave);
  onChange(source, "data", draw);
  onRanges(plane, draw);
}

/** Let a click select the row of a source whose mark it meets, or none; marks(): [{index, dataX, dataY}] on show. */
export function attachSelection(plane, source, marks) {
  glassOf(plane).addEventListener("click", (event) => {
    const [found] = marksAt(inPixels(plane, marks()), pointIn(plane, event));
    source.selected.indices = found ? [found.index] : [];
  });
}
