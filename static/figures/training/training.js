// Training on a real corpus: the frames of a run, live and to scrub through, and the neighbours that change with them.

import { SERIES } from "../../contract/colours.js";
import { OWN_TEXT } from "../../contract/constants.js";
import * as names from "../../contract/training.js";
import { describing } from "../../ui/announcer.js";
import { byId, element, oncePerFrame, rootAt } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { attachHover } from "../../ui/hover.js";
import { NEAR } from "../../ui/labels.js";
import { column, columnView, matrixRow, onChange, onRanges, onResize, setData, toObject } from "../../ui/models.js";
import { counted, decimal } from "../../ui/numbers.js";
import { attachOwnText } from "../../keep/own-text.js";
import { attachPanZoom } from "../../ui/pan-zoom.js";
import { fitPlane, labelPlane, splitAxes } from "../../ui/plane.js";
import { attachPlayer } from "../../ui/player.js";
import { addressOf } from "./address.js";
import { attachNext } from "./next.js";

const modelsOf = (find) => ({
  plane: find(names.plane), loss: find(names.loss), player: find(names.player), frames: find(names.frames),
  points: find(names.points), probes: find(names.probes), labels: find(names.labels), cursor: find(names.cursor),
  readout: find(names.readout), corpus: find(names.corpus), scores: find(names.scores), scored: find(names.scored),
  qualityCursor: find(names.qualityCursor), result: find(names.result),
});

const RATE = 10;               // frames a second

/** Connect the section of a document; gives its `address`, what an address says of it, and the run as a `film`: frames, and words below each. */
export function attachTraining(doc, { ask }) {
  const { plane, loss, player, frames, points, probes, labels, cursor, readout, corpus, scores, scored, qualityCursor, result } =
    modelsOf((name) => doc.get_model_by_name(name));
  const labelPositions = new Map();
  const epochs = () => column(frames, "epoch");
  const lastFrame = () => columnView(frames, "done").length - 1;

  const describe = describing("training-summary", () => {
    if (lastFrame() < 0) return "Nothing is trained yet.";
    const f = Math.max(0, Math.min(lastFrame(), player.value)), loss = columnView(frames, "loss")[f], groups = marks();
    const categories = [...new Set(groups.map(({ category }) => category))].join(", ");
    return `Frame ${f} of ${lastFrame()}, after ${epochs()[f].toFixed(2)} epochs, loss ${decimal(loss, 3)}. ` +
      `${counted(groups.length, "word")} ${groups.length === 1 ? "is" : "are"} on show: ${categories}.`;
  });

  function drawFrame() {
    describe();
    byId("training-empty").hidden = lastFrame() >= 0;
    const words = column(points, "word"), f = Math.max(0, Math.min(lastFrame(), player.value));
    const flat = lastFrame() < 0 ? [] : matrixRow(columnView(frames, "xy"), f, 2 * words.length);
    if (flat.length !== 2 * words.length || !words.length) return;       // nothing yet, or between two patches
    if (!view.moved) fitPlane(plane, flat);
    const [x, y] = splitAxes(flat), epoch = epochs()[f];
    setData(points, { ...toObject(points.data), x, y });
    label();
    for (const line of [cursor, qualityCursor]) line.setv({ location: epoch }, { sync: false });
    byId("training-frame").textContent = `after ${epoch.toFixed(2)} epochs`;
    listNeighbours(f);
  }

  /** The words of the plane, at the frame on show. */
  function marks() {
    const [category, x, y] = ["category", "x", "y"].map((name) => columnView(points, name));
    return column(points, "word").map((text, i) => ({ text, category: category[i], dataX: x[i], dataY: y[i] }));
  }

  function label() {
    labelPlane(plane, labels, marks(), NEAR, { memory: labelPositions, share: true });
  }

  function fitLoss() {
    const losses = column(frames, "loss");
    if (!losses.length) return;
    const { x, y } = lossRanges(epochs(), losses);
    loss.x_range.setv(x, { sync: false });
    loss.y_range.setv(y, { sync: false });
  }

  /** What the scores are, and of how many questions. */
  function writeScores() {
    const [told] = column(scored, "told"), [pairs, analogies] = ["pairs", "analogies"].map((name) => column(scores, name).at(-1));
    const parts = [[pairs, `WordSim-353: ρ ${decimal(pairs, 2)}`], [analogies, `Analogies: ${Math.round(100 * analogies)}%`]];
    const keys = parts.map(([score, textContent], i) =>
      Number.isFinite(score) ? [element("span", { className: "score", style: `--colour: ${SERIES[i]}`, textContent }), " "] : []);
    byId("training-scored").replaceChildren(...keys.flat(), told ?? "");
  }

  /** The probes' neighbours in frame f; those that were not there a frame before are marked. */
  function listNeighbours(f) {
    const near = column(frames, "near");
    byId("training-near").tBodies[0].replaceChildren(...column(probes, "word").map((probe, i) => {
      const before = new Set(near[f - 1]?.[i] ?? near[f]?.[i]);
      const words = (near[f]?.[i] ?? []).flatMap((word, n) =>
        [n ? ", " : "", element(before.has(word) ? "span" : "strong", { textContent: word })]);
      const since = settled(near.map((lists) => lists[i] ?? []));
      return element("tr", {}, element("th", { scope: "row", textContent: probe }), element("td", {}, ...words),
        element("td", { textContent: since === null ? "–" : `${epochs()[since].toFixed(1)} epochs` }));
    }));
  }

  function writeReadout() {
    const [done, total, speed, left, loss] = [column(readout, "done")[0], column(readout, "total")[0],
      column(readout, "speed")[0], column(readout, "left")[0], column(readout, "loss")[0]];
    if (total === undefined) return;
    byId("training-done").textContent = `${Math.floor(100 * done / total)}%`;
    byId("training-speed").textContent = short(speed);
    byId("training-left").textContent = done === total ? "–" : duration(left);
    byId("training-loss-value").textContent = decimal(loss, 3);
  }

  function showCorpus() {
    byId("training-own").hidden = corpus.labels[corpus.active] !== OWN_TEXT;
  }

  const { view, tools } = attachPanZoom(plane, { fit: drawFrame, arrowsTaken: true });
  attachHover(plane, points, marks, ({ category }) => ({ cells: [category] }));
  onRanges(plane, oncePerFrame(() => { if (view.moved) label(); }));
  onChange(player, "value", drawFrame);
  onChange(frames, "data", () => {
    fitLoss();
    if (lastFrame() <= 0) view.reset();                   // another run
    const atTheEnd = player.value >= player.end;          // there it follows the training
    playback.framesChanged(atTheEnd ? lastFrame() : undefined);
    drawFrame();
  });
  onChange(scored, "data", writeScores);
  onChange(scores, "data", writeScores);
  onChange(points, "data", () => { labelPositions.clear(); });
  onChange(readout, "data", writeReadout);
  onChange(corpus, "active", showCorpus);
  onResize(plane, () => { labelPositions.clear(); drawFrame(); });
  const playback = attachPlayer(byId("training-figure"), {
    model: player, place: rootAt("training-player"), loss, frameAt: (epoch) => nearest(epochs(), epoch), epochs,
    rate: RATE,
  });
  attachFullScreen(byId("training-figure"), tools);
  attachOwnText(doc.get_model_by_name(names.text), "training-text", "Your text, Figure 3");
  attachNext(result, ask);
  showCorpus();
  writeReadout();
  drawFrame();
  return {
    address: addressOf((name) => doc.get_model_by_name(name)),
    film: {
      plot: plane,
      rate: RATE,
      get run() { return column(points, "word").join(" "); },
      get last() { return lastFrame(); },
      get frame() { return player.value; },
      show: playback.goTo,
      words: (f) => `epoch ${epochs()[f].toFixed(2)} · loss ${decimal(columnView(frames, "loss")[f], 3)}`,
    },
  };
}

/** Ranges {start, end} that hold a curve of losses over epochs, with some room above and below. */
export function lossRanges(epochs, losses) {
  const [least, most] = [Math.min(...losses), Math.max(...losses)], room = 0.06 * (most - least || 1);
  return { x: { start: 0, end: Math.max(...epochs) * 1.03 || 1 }, y: { start: least - room, end: most + room } };
}

/** The frame from which on a word's neighbours are those of its last frame but for one at most; null if it is the last. */
export function settled(lists) {
  const last = new Set(lists.at(-1) ?? []), kept = (list) => list.filter((word) => last.has(word)).length >= last.size - 1;
  let since = lists.length - 1;
  while (since > 0 && kept(lists[since - 1])) since--;
  return since < lists.length - 1 ? since : null;
}

/** The index of the value nearest to x, -1 if there is none. */
export function nearest(values, x) {
  const distances = values.map((value) => Math.abs(value - x));
  return distances.indexOf(Math.min(...distances));
}

/** 12,345 as 12 k, 1,234,567 as 1.2 M. */
export function short(x) {
  return x >= 1e6 ? `${(x / 1e6).toFixed(1)} M` : x >= 1e3 ? `${Math.round(x / 1e3)} k` : String(Math.round(x));
}

/** Seconds as 12 s or 3 min. */
export const duration = (seconds) => seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
