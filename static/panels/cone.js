// Two tables, one cone: U stretched and V squeezed along one direction. The functions above `attachCone` are pure.

import { MARK_PATHS } from "../contract/constants.js";
import { byId } from "../ui/dom.js";
import { decimal, numberIn } from "../ui/numbers.js";
import { svg } from "../ui/svg.js";

const NEAREST = 4, LABELLED = ["cat", "dog", "and"];
const DIGITS = [6, 2, 2, 2, 3];                 // of the measures, in the table's order

export const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const minus = (a, b) => a.map((x, i) => x - b[i]);
const plus = (a, b) => a.map((x, i) => x + b[i]);
const unit = (a) => a.map((x) => x / Math.sqrt(dot(a, a)));
export const mean = (rows) => rows.reduce(plus).map((x) => x / rows.length);
export const cosine = (a, b) => dot(unit(a), unit(b));

/** The rows with their part along a direction of length 1 made `factor` times as long: X A, A = 1 + (factor - 1) d dᵀ. */
export function stretched(rows, direction, factor) {
  return rows.map((row) => {
    const reach = (factor - 1) * dot(row, direction);
    return row.map((x, i) => x + reach * direction[i]);
  });
}

/** The mean cosine of two different rows. */
export function meanCosine(rows) {
  const all = rows.map(unit).reduce(plus), N = rows.length;
  return (dot(all, all) - N) / (N * (N - 1));
}

/** -log σ(x), also where x is far from 0. */
const cost = (x) => Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** SGNS's expected loss in nats a pair, as embedlab.objective has it; pairs: counts of [w][c]; noise: sums to 1. */
export function expectedLoss(U, V, pairs, noise, K) {
  let sum = 0, total = 0;
  pairs.forEach((row, w) => {
    const occasions = row.reduce((a, b) => a + b);
    row.forEach((count, c) => {
      const product = dot(U[w], V[c]);
      sum += count * cost(product) + K * (occasions - count) * noise[c] * cost(-product);
    });
    total += occasions;
  });
  return sum / total;
}

/** Which of all but one have the highest scores, highest first. */
export const highest = (scores, but) => scores.map((_, i) => i).filter((i) => i !== but)
  .sort((a, b) => scores[b] - scores[a]).slice(0, NEAREST);

/** What the table of the data holds. */
function read(table) {
  const body = table.tBodies[0], rows = [...body.rows], texts = (i) => rows.map((row) => row.cells[i].textContent);
  const matrix = (i) => texts(i).map((text) => text.split(" ").map(numberIn));
  const flat = JSON.parse(body.dataset.pairs), W = rows.length;
  const noise = texts(2).map((count) => numberIn(count) ** 0.75), all = noise.reduce((a, b) => a + b);
  return { words: texts(0), U: matrix(3), V: matrix(4), up: unit(JSON.parse(body.dataset.up)), K: Number(body.dataset.k),
           pairs: rows.map((_, w) => flat.slice(w * W, (w + 1) * W)), noise: noise.map((x) => x / all),
           looks: rows.map((row) => row.dataset) };
}

/** The marks of u or of v in the drawing, each with its name. */
function marks({ words, looks }, name) {
  return words.map((word, i) => svg("path", { d: MARK_PATHS[looks[i].mark], "stroke-width": 2.4, stroke: looks[i].colour,
    fill: name === "u" ? looks[i].colour : "var(--surface)", "fill-opacity": name === "u" ? 0.75 : 1 },
  svg("title", {}, `${name} of ${word}`)));
}

/** Connect the panel, if the page has it. */
export function attachCone() {
  const slider = byId("cone-stretch");
  if (!slider) return;
  const data = read(byId("cone-table")), { words, U, V, up } = data, at = (word) => words.indexOf(word);
  const across = unit(mean(U)), directions = { mean: across, pair: unit(minus(U[at("cat")], U[at("and")])) };
  const moved = (name, factor) => [stretched(U, directions[name], factor), stretched(V, directions[name], 1 / factor)];
  const place = (row) => [dot(row, across), -dot(row, up)];
  const drawing = byId("cone-drawing"), rays = { u: svg("path", { class: "rays" }), v: svg("path", { class: "rays open" }) };
  const all = { u: marks(data, "u"), v: marks(data, "v") };
  const labels = LABELLED.map((word) => svg("text", { "font-weight": 600 }, word));

  const { x: left, y: top, width, height } = drawing.viewBox.baseVal;
  const ends = Object.keys(directions).flatMap((name) => [slider.min, slider.max].flatMap((end) => moved(name, end).flat()));
  const scale = 0.48 * Math.min(...[width, height].map((size, i) => size / Math.max(...ends.map((row) => Math.abs(place(row)[i])))));
  drawing.append(svg("path", { class: "axes", d: `M${left} 0h${width}M0 ${top}v${height}` }),
    rays.v, rays.u, ...all.v, ...all.u, ...labels);

  const cat = at("cat"), measure = (U, V) => [
    expectedLoss(U, V, data.pairs, data.noise, data.K), cosine(U[cat], U[at("and")]), cosine(U[cat], U[at("dog")]),
    meanCosine(U), cosine(mean(U), mean(V)),
  ].map((value, i) => decimal(value, DIGITS[i]));
  const trained = measure(U, V);
  const fill = (id, rows) => [...byId(id).tBodies[0].rows].forEach((row, i) =>
    rows[i].forEach((text, c) => { row.cells[c + 1].textContent = text; }));

  function draw() {
    const factor = Number(slider.value), name = document.querySelector("[name=cone-direction]:checked").value;
    const [u, v] = moved(name, factor), now = measure(u, v);
    for (const [which, rows] of Object.entries({ u, v })) {
      const points = rows.map((row) => place(row).map((x) => (scale * x).toFixed(1)));
      points.forEach((point, i) => all[which][i].setAttribute("transform", `translate(${point}) scale(0.62)`));
      rays[which].setAttribute("d", points.map((point) => `M0 0L${point}`).join(""));
      if (which === "u") labels.forEach((label, i) => {
        const [x, y] = points[at(LABELLED[i])];
        label.setAttribute("x", Number(x) + 9);
        label.setAttribute("y", Number(y) + 5);
      });
    }
    fill("cone-measures", now.map((value, i) => [trained[i], value]));
    const scores = [u.map((row) => cosine(row, u[cat])), v.map((row) => dot(row, u[cat])),
                    u.map((row, i) => cosine(plus(row, v[i]), plus(u[cat], v[cat])))];
    fill("cone-near", scores.map((of) => [highest(of, cat).map((i) => words[i]).join(", ")]));
    byId("cone-stretch-value").textContent = factor.toFixed(2);
    const change = (i) => (now[i] === trained[i] ? `still ${now[i]}` : `${now[i]} instead of ${trained[i]}`);
    byId("cone-summary").textContent = factor === 1
      ? `As trained: the loss is ${now[0]} nats a pair, cos(cat, and) is ${now[1]}, the mean cosine of two words ${now[3]}.`
      : `U is made ${factor.toFixed(2)} times as long along this direction, V ${(1 / factor).toFixed(2)} times. The loss is ` +
        `${now[0]} nats a pair, as before. But cos(cat, and) is ${change(1)}, and the mean cosine ` +
        `of two words ${change(3)}.`;
  }

  slider.oninput = draw;
  byId("cone-direction").onchange = draw;
  draw();
}
