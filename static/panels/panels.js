// The chapter's panels: the tables, the labels of their plots, and the panels that need no Python at all.

import * as charlm from "../contract/charlm.js";
import * as lens from "../contract/lens.js";
import { CROWDED } from "../ui/labels.js";
import { column, hasSize, onChange, onResize } from "../ui/models.js";
import { labelPlane } from "../ui/plane.js";
import { attachCone } from "./cone.js";
import { attachCost } from "./cost.js";
import { attachFrequency } from "./frequency.js";
import { attachLayouts } from "./layouts.js";
import { attachNoise } from "./noise.js";
import { attachTables } from "./tables.js";

const ABOVE_FIRST = [CROWDED[2], ...CROWDED];      // arrows leave sideways under the lens
const STOPS = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);     // of an arrow's length, where it keeps labels away

/** Keep the labels of a plot apart: columns of its marks' text, x and y, and obstacles() as {dataX, dataY}. */
function labelMarks(plot, labels, words, columns, obstacles = () => []) {
  const draw = () => {
    if (!hasSize(plot)) return;
    const [text, x, y] = columns.map((name) => column(words, name));
    const items = text.map((text, i) => ({ text, dataX: x[i], dataY: y[i] })).filter(({ text }) => text);
    labelPlane(plot, labels, [...items, ...obstacles()], ABOVE_FIRST);
  };
  onChange(words, "data", draw);
  onResize(plot, draw);
  for (const range of [plot.x_range, plot.y_range]) onChange(range, "end", draw);
  draw();
}

/** Points along the arrows of a lens. */
function alongArrows(pairs, name) {
  const [x0, y0, x1, y1] = ["x0", "y0", "x1", "y1"].map((end) => column(pairs, `${name}_${end}`));
  return x0.flatMap((_, i) => STOPS.map((t) =>
    ({ dataX: x0[i] + t * (x1[i] - x0[i]), dataY: y0[i] + t * (y1[i] - y0[i]) })));
}

/** Connect the panels of a document. */
export function attachPanels(doc) {
  const find = (name) => doc.get_model_by_name(name);
  attachTables(find);
  for (const [name, plot, labels] of [["pca", lens.pcaPlot, lens.pcaLabels], ["lens", lens.lensPlot, lens.lensLabels]]) {
    labelMarks(find(plot), find(labels), find(lens.words), ["label", `${name}_x`, `${name}_y`],
      () => alongArrows(find(lens.pairs), name));
  }
  const letters = find(charlm.letters);
  labelMarks(find(charlm.planePlot), find(charlm.planeLabels), letters, ["letter", "x", "y"]);
  labelMarks(find(charlm.biasPlot), find(charlm.biasLabels), letters, ["letter", "log", "bias"]);
  attachCost();
  attachNoise();
  attachCone();
  attachFrequency();
  attachLayouts(find);
}
