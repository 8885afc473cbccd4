// What the plane shows at present, in words.

import { decimal, whole } from "../../ui/numbers.js";
import { YOURS } from "./runs.js";

const TABLES = { u: "centres u", v: "contexts v" };

const mean = (all) => all.reduce((sum, x) => sum + x, 0) / all.length;

/** run: {key, K}; f: the frame on show, of the Frames; marks: on the plane, {matrix, category, dataX, dataY}. */
export function summary({ key, K }, f, frames, marks) {
  const { step, epoch, loss, separation } = frames.at(f), run = key === YOURS ? "Your run" : `The run with K = ${K}`;
  const measured = [[loss, 3, "loss per term"], [separation, 2, "separation"]].filter(([value]) => Number.isFinite(value))
    .map(([value, digits, name]) => `${name} ${decimal(value, digits)}`);
  const at = [`step ${whole(step)}`, ...Number.isFinite(epoch) ? [`epoch ${decimal(epoch, 1)}`] : [], ...measured];
  const tables = Object.entries(TABLES).map(([matrix, name]) => [name, marks.filter((mark) => mark.matrix === matrix)]);
  return [`${run}, ${at.join(", ")}.`, ...tables.filter(([, on]) => on.length).map(([name, on]) => `On show, ${name}: ${places(on)}.`)].join(" ");
}

/** Where the middle of each category is: "animals around (−0.21, 1.05)". */
function places(marks) {
  const names = [...new Set(marks.map(({ category }) => category))];
  return names.map((name) => {
    const own = marks.filter(({ category }) => category === name);
    const [x, y] = ["dataX", "dataY"].map((axis) => decimal(mean(own.map((mark) => mark[axis])), 2));
    return `${name} around (${x}, ${y})`;
  }).join(", ");
}
