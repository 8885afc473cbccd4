// Selecting a region with the pointer: freely (a lasso) or as a rectangle, while the button of either is down.

import { byId, element } from "../../ui/dom.js";
import { toData } from "../../ui/plane.js";

const LEAST = 6;               // px that a region measures

/** chart: a Chart; take(indices): called with the words on show inside a region that was drawn. */
export function attachPen(chart, take) {
  const buttons = { lasso: byId("atlas-lasso"), rectangle: byId("atlas-rectangle") };
  const pen = element("div", { className: "atlas-pen", hidden: true });
  let mode = null, path = null;
  chart.place.append(pen);

  function use(name) {
    mode = mode === name ? null : name;
    for (const [each, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(each === mode));
    pen.hidden = mode === null;
    drop();
  }

  function drop() {
    path = null;
    chart.mark({ path });
  }

  const corners = ({ x: ax, y: ay }, { x: bx, y: by }) => [{ x: ax, y: ay }, { x: bx, y: ay }, { x: bx, y: by }, { x: ax, y: by }];

  pen.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    pen.setPointerCapture(event.pointerId);
    path = [chart.plane.pointIn(event)];
  });
  pen.addEventListener("pointermove", (event) => {
    if (!path) return;
    const here = chart.plane.pointIn(event);
    path = mode === "lasso" ? [...path, here] : corners(path[0], here);
    chart.mark({ path });
  });
  pen.addEventListener("pointerup", () => {
    const drawn = path;
    drop();
    if (!drawn) return;
    const spread = (axis) => Math.max(...drawn.map((point) => point[axis])) - Math.min(...drawn.map((point) => point[axis]));
    if (Math.max(spread("x"), spread("y")) < LEAST) return;
    take(chart.words.inPolygon(drawn.map((point) => toData(chart.plane, point))).filter((i) => chart.isShown(i)));
    use(mode);
  });
  pen.addEventListener("pointercancel", drop);
  for (const [name, button] of Object.entries(buttons)) button.onclick = () => use(name);
  byId("atlas-figure").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || mode === null) return;
    event.stopPropagation();
    use(mode);
  });
}
