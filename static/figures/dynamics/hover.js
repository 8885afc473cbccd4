// The words under the pointer, or under the last tap, in one small box beside their marks.

import { element } from "../../ui/dom.js";
import { onChange } from "../../ui/models.js";
import { toPixels } from "../../ui/plane.js";

const REACH = 12, TOGETHER = 8;        // px from the pointer to a mark, and from that mark to others of the same place
const MOST = 8;                        // words in the box

/** Of marks {x, y} in pixels, those at the place under the pointer, the nearest first. */
export function marksAt(marks, pointer) {
  const to = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  const [nearest] = marks.filter((mark) => to(mark, pointer) <= REACH).sort((a, b) => to(a, pointer) - to(b, pointer));
  if (!nearest) return [];
  return [nearest, ...marks.filter((mark) => mark !== nearest && to(mark, nearest) <= TOGETHER)];
}

const number = (x) => x.toFixed(2).replace("-", "−");

/** Attach the box to a plane that is drawn in `place`; marks(): those on show. */
export function attachHover(place, plane, source, marks) {
  let pointer = null;          // where it is in the frame, and how far the frame is from the upper left of the place
  const box = element("div", { className: "hover", hidden: true, role: "tooltip" });
  place.append(box);

  function draw() {
    const found = pointer ? marksAt(marks().map((mark) => ({ ...mark, ...toPixels(plane, mark.dataX, mark.dataY) })), pointer) : [];
    box.hidden = !found.length;
    if (!found.length) return;
    const rows = found.slice(0, MOST).map(({ text, category, matrix, dataX, dataY }) => [
      element("b", { textContent: text }), element("span", { textContent: category }),
      element("span", { textContent: `${matrix} (${number(dataX)}, ${number(dataY)})` })]);
    const more = found.length > MOST ? [element("i", { textContent: `and ${found.length - MOST} more` })] : [];
    box.replaceChildren(...rows.flat(), ...more);
    putBeside(found);
  }

  /** Right of the marks where there is room, else left of them. */
  function putBeside(found) {
    const xs = found.map(({ x }) => x + pointer.left), y = found[0].y + pointer.top;
    const right = Math.max(...xs) + REACH, left = Math.min(...xs) - REACH - box.offsetWidth;
    const top = Math.min(Math.max(y - box.offsetHeight / 2, 0), place.clientHeight - box.offsetHeight);
    box.style.left = `${right + box.offsetWidth <= place.clientWidth ? right : Math.max(left, 0)}px`;
    box.style.top = `${top}px`;
  }

  function point({ x, y, sx, sy }) {
    const at = toPixels(plane, x, y);
    pointer = { ...at, left: sx - at.x, top: sy - at.y };
    draw();
  }

  function leave() {
    pointer = null;
    draw();
  }

  for (const event of ["mousemove", "tap"]) plane.on_event(event, point);
  plane.on_event("mouseleave", leave);
  onChange(source, "data", draw);
}
