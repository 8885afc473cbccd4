// What frequency does: the drawing of lengths against counts, and the slider of all-but-the-top, from the tables below.

import { byId } from "../ui/dom.js";
import { decimal, numberIn, whole } from "../ui/numbers.js";
import { svg } from "../ui/svg.js";

const WIDTH = 460, HEIGHT = 300, LEFT = 38, BELOW = 34, EDGE = 12;
const LONGEST = 7, MOST = 5;                       // of the axes: length, powers of ten of the count
const BEST = 0.8;                                  // ρ at the bars' end
const COLUMNS = [0, 1, 3, 4];                      // of the table of steps, in the order of the bars; 2 and 5: mean cosines

/** The number in each cell of a table's body but the first of a row. */
const numbersOf = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => numberIn(cell.textContent)));

/** Where a word of a count and a length is drawn. */
export function place(count, length) {
  return [LEFT + (WIDTH - LEFT - EDGE) * Math.log10(count) / MOST, HEIGHT - BELOW - (HEIGHT - BELOW - EDGE) * length / LONGEST];
}

function drawLengths(drawing, table) {
  const [zero, top] = [place(1, 0), place(10 ** MOST, LONGEST)], line = `M${zero[0]} ${top[1]}V${zero[1]}H${top[0]}`;
  const text = (x, y, words, anchor = "middle") => svg("text", { x, y, "text-anchor": anchor, class: "tick" }, words);
  const counts = [1, 100, 10_000].map((count) => text(place(count, 0)[0], HEIGHT - BELOW + 18, whole(count)));
  const lengths = [0, 2, 4, 6].map((length) => text(LEFT - 8, place(1, length)[1] + 5, length, "end"));
  const numbers = numbersOf(table);
  const marks = [...table.tBodies[0].rows].map((row, i) => {
    const [count, length] = numbers[i], [cx, cy] = place(count, length).map((x) => x.toFixed(1));
    return svg("circle", { cx, cy, r: 4.5 }, svg("title", {}, `${row.cells[0].textContent}: count ${whole(count)}, length ${length}`));
  });
  drawing.append(svg("path", { class: "axes", d: line, fill: "none" }), ...counts, ...lengths,
    text(top[0], HEIGHT - 2, "count", "end"), text(LEFT + 8, top[1] + 8, "length", "start"), ...marks);
}

/** Connect the panel, if the page has it. */
export function attachFrequency() {
  const slider = byId("frequency-step");
  if (!slider) return;
  drawLengths(byId("frequency-lengths"), byId("frequency-words"));
  const steps = numbersOf(byId("frequency-steps")), names = [...byId("frequency-steps").tBodies[0].rows].map((row) => row.cells[0].textContent);

  function draw() {
    const step = Number(slider.value), now = steps[step], removed = step ? `the ${names[step]}` : "nothing";
    [...byId("frequency-scores").tBodies[0].rows].forEach(({ cells }, row) => {
      const i = COLUMNS[row];
      cells[2].textContent = decimal(now[i], 3);
      cells[3].firstChild.style.cssText = `--part: ${now[i] / BEST}; --mark: ${steps[0][i] / BEST}`;
    });
    byId("frequency-step-value").textContent = removed;
    slider.setAttribute("aria-valuetext", removed);
    const then = (i) => `${decimal(now[i], 3)} (${decimal(steps[0][i], 3)} as it is)`;
    byId("frequency-summary").textContent = step === 0
      ? `Two random words of the dictionary have cosine ${decimal(now[5], 3)} on average, two of GloVe ${decimal(now[2], 3)}.`
      : `Without ${removed}, two random words of the dictionary have cosine ${decimal(now[5], 3)} on average, not ` +
        `${decimal(steps[0][5], 3)}. GloVe scores ${then(0)} on WordSim-353 and ${then(1)} on SimLex-999.`;
  }

  slider.oninput = draw;
  draw();
}
