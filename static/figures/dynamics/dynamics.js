// Skip-gram dynamics without Python: scrubbing, trails, what is drawn, and the recorded steps.
// The numbers all come from the models; nothing here computes with vectors beyond drawing them.

const TRAIL = 60;              // frames
const CALM = 500;              // ms a frame for readers who asked their system for less motion; Faster still works
const LONGEST_ARROW = 0.14;    // of the plane's width: steps are small, so their arrows are drawn longer

import { byId, tableRow } from "../../ui/dom.js";
import { playOnKeys } from "../../ui/player-keys.js";
import { CROWDED } from "../../ui/labels.js";
import { fitPlane, labelPlane, toObject } from "../../ui/plane.js";


/**
 * Connect the figure of a document: everything is driven by the models from here on. What it returns can `show` frames
 * that are the reader's own, {words, steps, losses, u, v}, in the place of the run on show.
 */
export function attachDynamics(doc, { ask, isLive }) {
  const get = (name) => doc.get_model_by_name(name);
  const [player, plane, frames, recorded, asked] =
    ["player", "plane", "frames", "steps", "asked"].map((name) => get(`dynamics-${name}`));
  const [points, contexts, trails, actors, moves, cursor] =
    ["points", "contexts", "trails", "actors", "moves", "cursor"].map((name) => get(`dynamics-${name}`));
  const [shown, trailsOn, stepping, labels, drawnCentres, drawnContexts] =
    ["shown", "trails-on", "stepping", "labels", "points-drawn", "contexts-drawn"]
      .map((name) => get(`dynamics-${name}`));
  const places = new Map();    // where the labels are, kept from frame to frame
  let step = null;             // the step on show in step mode
  let own = null;              // while the reader's own frames are on show: what they stand in for
  let replacing = false;
  let fetching = null;         // the recorded steps, once they were wanted

  const put = (source, data) => source.setv({ data }, { sync: false, check_eq: false });
  const column = (source, name) => source.get(name);
  const lastFrame = () => column(frames, "step").length - 1;
  const clamp = (frame) => Math.max(0, Math.min(lastFrame(), frame));

  /** The (x, y) of all words in frame f of "u" or "v", as two arrays. */
  function positions(matrix, f) {
    const all = column(frames, matrix);
    const width = 2 * column(points, "word").length;
    const row = all.subarray ? Array.prototype.slice.call(all, f * width, (f + 1) * width) : Array.from(all[f]);
    const unit = column(frames, "unit")[f];
    return split(row.map((x) => x * unit));
  }

  function place(source, [x, y]) {
    put(source, { ...toObject(source.data), x, y });
  }

  function drawFrame() {
    const f = clamp(player.value);
    if (column(points, "word").length * 2 * (lastFrame() + 1) !== column(frames, "u").length) return;   // between two patches
    place(points, positions("u", f));
    place(contexts, positions("v", f));
    drawTrails(f);
    drawLabels();
    cursor.setv({ location: column(frames, "step")[f] }, { sync: false });
    byId("dynamics-frame").textContent = `${f}/${lastFrame()}`;
    byId("dynamics-epoch").textContent = decimal(column(frames, "epoch")[f], 1);
    byId("dynamics-step").textContent = column(frames, "step")[f].toLocaleString("en");
    byId("dynamics-loss-value").textContent = decimal(column(frames, "loss")[f], 3);
  }

  /** The plane just holds what is drawn of all frames, the same scale both ways. */
  function fit() {
    const drawn = [shown.active !== 1 && "u", shown.active !== 0 && "v"].filter(Boolean);
    const unit = column(frames, "unit")[0];
    fitPlane(plane, drawn.flatMap((name) => Array.from(column(frames, name), (x) => x * unit)));
  }

  function drawLabels() {
    const sources = [shown.active !== 1 && points, shown.active !== 0 && contexts].filter(Boolean);
    const items = sources.flatMap((source) => Array.from(column(source, "word"), (text, i) =>
      ({ text, dataX: column(source, "x")[i], dataY: column(source, "y")[i] })));
    labelPlane(plane, labels, items, CROWDED, places);
  }

  function drawTrails(f) {
    if (!trailsOn.active) return;
    const matrix = shown.active === 1 ? "v" : "u";
    const first = Math.max(f - TRAIL, 0);
    const path = Array.from({ length: f - first + 1 }, (_, i) => positions(matrix, first + i));
    const words = column(points, "word").length;
    const line = (axis) => Array.from({ length: words }, (_, w) => path.map((xy) => xy[axis][w]));
    put(trails, { xs: line(0), ys: line(1), colour: column(points, "colour") });
  }

  function showChosen() {
    drawnCentres.setv({ visible: shown.active !== 1 }, { sync: false });
    drawnContexts.setv({ visible: shown.active !== 0 }, { sync: false });
    if (!trailsOn.active) put(trails, { xs: [], ys: [], colour: [] });
    drawTrails(clamp(player.value));
  }

  // -- step mode ---------------------------------------------------------------------------------------------

  function row(source, i) {
    return Object.fromEntries(Object.keys(toObject(source.data)).map((name) => [name, column(source, name)[i]]));
  }

  function frameOf(step) {
    const steps = column(frames, "step");
    let f = 0;
    while (f < lastFrame() && steps[f + 1] <= step) f += 1;
    return f;
  }

  /** Show the record of the present step: recorded, asked of Python, or fetched while there is no Python. */
  function drawStep() {
    byId("dynamics-step-panel").hidden = !stepping.active;
    if (!stepping.active || own) return clearStep("Frames from a cell have no steps to take apart.");
    const total = column(frames, "step")[lastFrame()], steps = column(recorded, "step") ?? [];
    if (!total) return clearStep("This run was stopped before its first step.");
    step ??= Math.min(column(frames, "step")[clamp(player.value)], total - 1);
    const i = Array.prototype.indexOf.call(steps, step);
    if (column(asked, "step")[0] === step) drawRecord(row(asked, 0));
    else if (i >= 0) drawRecord(row(recorded, i));
    else if (isLive()) ask("dynamics-step", step);
    else if (!steps.length) fetchSteps();
  }

  function clearStep(sentence) {
    put(actors, { x: [], y: [], colour: [] });
    put(moves, { x0: [], y0: [], x1: [], y1: [], colour: [] });
    byId("step-table").tBodies[0].replaceChildren();
    byId("step-sentence").textContent = sentence;
  }

  /** The steps of the run that the page opens with: one for each frame. */
  function fetchSteps() {
    clearStep("Fetching the steps …");
    fetching ??= fetch(new URL("../data/toy-steps.json", import.meta.url)).then((response) => {
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      return response.json();
    }).then((data) => put(recorded, data)).catch((error) => {
      fetching = null;
      clearStep(`The steps could not be fetched (${error.message}): switch Step mode off and on to try again.`);
    });
  }

  function drawRecord(record) {
    if (record.u) {
      place(points, split(record.u));
      place(contexts, split(record.v));
    }
    const before = [record.u_before, ...pairs(record.v_before)];
    const moved = [record.u_move, ...pairs(record.v_move)];
    const negatives = record.rows.slice(1).map((_, i) => record.skipped[i + 1] ? "skipped" : "negative");
    const roles = ["centre", "context", ...negatives];
    const style = getComputedStyle(document.documentElement);
    const colours = { centre: "#0077bb", context: "#00877a", negative: "#cc3b2e",
                      skipped: style.getPropertyValue("--ink-soft").trim() };
    put(actors, { x: before.map((p) => p[0]), y: before.map((p) => p[1]), colour: roles.map((role) => colours[role]) });
    const longest = Math.max(...moved.map((move) => Math.hypot(...move)));
    const times = readable(LONGEST_ARROW * (plane.x_range.end - plane.x_range.start) / (longest || 1));
    const moving = before.map((p, i) => i).filter((i) => roles[i] !== "skipped");
    const tip = (i, axis) => before[i][axis] + times * moved[i][axis];
    put(moves, {
      x0: moving.map((i) => before[i][0]), y0: moving.map((i) => before[i][1]),
      x1: moving.map((i) => tip(i, 0)), y1: moving.map((i) => tip(i, 1)), colour: moving.map((i) => colours[roles[i]]),
    });
    tell(record, roles, times);
  }

  function tell(record, roles, times) {
    const words = column(points, "word");
    byId("step-sentence").textContent =
      `Step ${(record.step + 1).toLocaleString("en")}: the centre ${words[record.centre]} and its context ` +
      `${words[record.rows[0]]}, against ${record.rows.length - 1} negatives. Learning rate ${record.rate.toPrecision(2)}, ` +
      `loss ${record.loss.toFixed(3)}. Arrows are drawn ${times.toLocaleString("en")} times as long.`;
    const cells = record.rows.map((id, i) => [
      roles[i + 1] === "skipped" ? "skipped: it is the context" : roles[i + 1], words[id],
      record.dot[i].toFixed(2), record.sigmoid[i].toFixed(2), record.gradient[i].toFixed(3)]);
    byId("step-table").tBodies[0].replaceChildren(...cells.map((texts, i) => tableRow(texts, roles[i + 1])));
  }

  function move(by) {
    const last = column(frames, "step")[lastFrame()] - 1;
    const steps = column(recorded, "step");
    if (step === null) return;
    if (isLive()) {
      step = Math.max(0, Math.min(last, step + by));
    } else {                   // one recorded step to the next: the steps between need Python
      const at = Array.prototype.indexOf.call(steps, step);
      step = steps[Math.max(0, Math.min(steps.length - 1, at + by))] ?? step;
    }
    const f = frameOf(step);
    const keep = step;
    if (f !== player.value) player.value = f;
    step = keep;
    drawStep();
  }

  // -- the reader's own frames -------------------------------------------------------------------------------

  /** Show frames in the place of the run, which `back` brings again; Python is told nothing of it. */
  function show({ words, steps, losses, u, v }) {
    const [palette, other] = marks();
    own ??= { data: [points, contexts, recorded, frames].map((source) => [source, source.data]), frame: player.value };
    const like = (word) => palette.get(word) ?? other;
    const marked = { word: words, category: words.map((word) => like(word).category),
                     colour: words.map((word) => like(word).colour), marker: words.map((word) => like(word).marker) };
    const nowhere = words.map(() => 0);
    const Matrix = column(frames, "u").constructor;      // Bokeh's array of int16, which knows its shape
    const unit = [...u, ...v].reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9) / 32_767;
    const matrix = (flat) => new Matrix(Array.from(flat, (x) => Math.round(x / unit)), [steps.length, 2 * words.length]);
    replace([[points, { ...marked, x: nowhere, y: nowhere }], [contexts, { ...marked, x: nowhere, y: nowhere }],
             [recorded, { step: [] }],
             [frames, { step: steps, epoch: steps.map(() => NaN), loss: losses, unit: steps.map(() => unit),
                       u: matrix(u), v: matrix(v) }]], steps.length - 1);
    player.value = 0;
    player.direction = 1;
  }

  /** {word: its mark} of the run that was on show first, and the mark of other words. */
  function marks() {
    const source = toObject(own ? own.data[0][1] : points.data);
    const all = source.word.map((word, i) =>
      [word, { category: source.category[i], colour: source.colour[i], marker: source.marker[i] }]);
    return [new Map(all), { category: "other", colour: "#7f858d", marker: "circle" }];
  }

  function replace(data, last) {
    replacing = true;
    player.setv({ direction: 0, end: last, value: Math.min(player.value, last) }, { sync: false });
    for (const [source, columns] of data) put(source, columns);
    replacing = false;
    byId("dynamics-own").hidden = !own;
  }

  function back() {
    const { data, frame } = own;
    own = null;
    replace(data, toObject(data.at(-1)[1]).step.length - 1);
    player.value = frame;
    byId("dynamics-figure").querySelector("[tabindex]").focus();
  }

  /** A run that Python put on the figure takes the place of the reader's frames. */
  function another() {
    if (!own || replacing) return;
    own = null;
    byId("dynamics-own").hidden = true;
    player.setv({ end: lastFrame() }, { sync: false });
  }

  // -- wiring ------------------------------------------------------------------------------------------------

  const on = (model, attribute, action) => model.properties[attribute].change.connect(action);
  const toFrame = () => { step = null; drawFrame(); drawStep(); };
  on(player, "value", toFrame);
  on(frames, "data", () => { another(); places.clear(); fit(); toFrame(); });
  on(recorded, "data", drawStep);
  on(asked, "data", drawStep);
  on(shown, "active", () => { places.clear(); fit(); showChosen(); drawLabels(); });
  on(trailsOn, "active", showChosen);
  on(stepping, "active", () => {
    step = null;
    if (stepping.active) {
      player.direction = 0;
      if (shown.active === 0) shown.active = 2;      // context and negatives are rows of V: draw them
    }
    toFrame();
  });
  byId("step-back").onclick = () => move(-1);
  byId("step-forward").onclick = () => move(+1);
  const loss = get("dynamics-loss");
  const goTo = ({ x }) => Object.assign(player, { direction: 0, value: frameOf(x) });
  for (const event of ["pan", "panstart", "tap"]) loss.on_event(event, goTo);
  playOnKeys(byId("dynamics-figure"), player, lastFrame);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const slowDown = () => { if (calm.matches) player.interval = Math.max(player.interval, CALM); };
  calm.onchange = slowDown;
  slowDown();
  for (const side of ["inner_width", "inner_height"]) on(plane, side, () => { places.clear(); fit(); drawLabels(); });
  for (const range of [plane.x_range, plane.y_range]) on(range, "end", drawLabels);
  on(player, "direction", () => { if (player.direction === 1 && player.value === lastFrame()) player.value = 0; });
  byId("dynamics-back").onclick = back;
  byId("dynamics-own").hidden = true;
  fit();
  showChosen();
  toFrame();
  return { show };
}

/** [x0, y0, x1, y1, ...] as [[x0, x1, ...], [y0, y1, ...]]. */
function split(flat) {
  return [0, 1].map((axis) => flat.filter((_, i) => i % 2 === axis));
}

function pairs(flat) {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

function decimal(x, digits) {
  return Number.isFinite(x) ? x.toFixed(digits) : "–";
}

/** The largest of 1, 2, 5, 10, 20, 50 ... that is not above x. */
function readable(x) {
  if (x <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  return power * [5, 2, 1].find((digit) => digit * power <= x);
}
