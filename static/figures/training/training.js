// Training on a real corpus: the frames of a run, live and to scrub through, and the neighbours that change with them.

import { byId, element } from "../../ui/dom.js";
import { playOnKeys } from "../../ui/player-keys.js";
import { NEAR } from "../../ui/labels.js";
import { column, fitPlane, labelPlane, toObject } from "../../ui/plane.js";

const YOURS = "Your own text";

/** Connect the training section of a document. */
export function attachTraining(doc) {
  const get = (name) => doc.get_model_by_name(`training-${name}`);
  const [plane, loss, player, frames, points, probes, labels, cursor, readout, corpus] =
    ["plane", "loss", "player", "frames", "points", "probes", "labels", "cursor", "readout", "corpus"].map(get);
  const places = new Map();
  const lastFrame = () => column(frames, "done").length - 1;
  const shownFrame = () => Math.max(0, Math.min(lastFrame(), player.value));

  function positions(f) {
    const width = 2 * column(points, "word").length, all = frames.get("xy");
    return all.subarray ? Array.prototype.slice.call(all, f * width, (f + 1) * width) : Array.from(all[f] ?? []);
  }

  function drawFrame() {
    byId("training-empty").hidden = lastFrame() >= 0;
    const words = column(points, "word"), f = shownFrame();
    const flat = lastFrame() < 0 ? [] : positions(f);
    if (flat.length !== 2 * words.length || !words.length) return;       // nothing yet, or between two patches
    fitPlane(plane, flat);
    const [x, y] = [0, 1].map((axis) => flat.filter((_, i) => i % 2 === axis));
    points.setv({ data: { ...toObject(points.data), x, y } }, { sync: false, check_eq: false });
    labelPlane(plane, labels, words.map((text, i) => ({ text, dataX: x[i], dataY: y[i] })), NEAR, places);
    cursor.setv({ location: column(frames, "epoch")[f] }, { sync: false });
    byId("training-frame").textContent = `after ${column(frames, "epoch")[f].toFixed(2)} epochs`;
    listNear(f);
  }

  function fitLoss() {
    const [epochs, losses] = [column(frames, "epoch"), column(frames, "loss")];
    if (!epochs.length) return;
    const [least, most] = [Math.min(...losses), Math.max(...losses)], room = 0.06 * (most - least || 1);
    loss.x_range.setv({ start: 0, end: Math.max(...epochs) * 1.03 || 1 }, { sync: false });
    loss.y_range.setv({ start: least - room, end: most + room }, { sync: false });
  }

  /** The probes' neighbours in frame f; those that were not there a frame before are marked. */
  function listNear(f) {
    const near = column(frames, "near");
    byId("training-near").tBodies[0].replaceChildren(...column(probes, "word").map((probe, i) => {
      const before = new Set(near[f - 1]?.[i] ?? near[f]?.[i]);
      const words = (near[f]?.[i] ?? []).flatMap((word, n) =>
        [n ? ", " : "", element(before.has(word) ? "span" : "strong", { textContent: word })]);
      return element("tr", {}, element("th", { scope: "row", textContent: probe }), element("td", {}, ...words));
    }));
  }

  function tell() {
    const [done, total, speed, left, loss] =
      ["done", "total", "speed", "left", "loss"].map((name) => column(readout, name)[0]);
    if (total === undefined) return;
    byId("training-done").textContent = `${Math.floor(100 * done / total)}%`;
    byId("training-speed").textContent = short(speed);
    byId("training-left").textContent =
      done === total ? "–" : left < 90 ? `${Math.ceil(left)} s` : `${Math.round(left / 60)} min`;
    byId("training-loss-value").textContent = loss.toFixed(3);
  }

  function showCorpus() {
    byId("training-own").hidden = corpus.labels[corpus.active] !== YOURS;
  }

  const on = (model, attribute, action) => model.properties[attribute].change.connect(action);
  on(player, "value", drawFrame);
  on(frames, "data", () => { fitLoss(); drawFrame(); });
  on(points, "data", () => { places.clear(); });
  on(readout, "data", tell);
  on(corpus, "active", showCorpus);
  on(player, "direction", () => { if (player.direction === 1 && player.value >= lastFrame()) player.value = 0; });
  for (const side of ["inner_width", "inner_height"]) on(plane, side, () => { places.clear(); drawFrame(); });
  const nearest = (epoch) => {
    const off = column(frames, "epoch").map((at) => Math.abs(at - epoch));
    return off.indexOf(Math.min(...off));
  };
  const goTo = ({ x }) => Object.assign(player, { direction: 0, value: nearest(x) });
  for (const event of ["pan", "panstart", "tap"]) loss.on_event(event, goTo);
  playOnKeys(byId("training-figure"), player, lastFrame);
  showCorpus();
  tell();
  drawFrame();
}

/** 12,345 as 12 k, 1,234,567 as 1.2 M. */
function short(x) {
  return x >= 1e6 ? `${(x / 1e6).toFixed(1)} M` : x >= 1e3 ? `${Math.round(x / 1e3)} k` : String(Math.round(x));
}
