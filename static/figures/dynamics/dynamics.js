// Skip-gram dynamics: connects the figure's parts. Everything but training a run of the user's own works without Python.

import { DYNAMICS_TRAIN } from "../../contract/messages.js";
import * as names from "../../contract/dynamics.js";
import { describing } from "../../ui/announcer.js";
import { byId, oncePerFrame, rootAt } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { attachHover } from "../../ui/hover.js";
import { columnView, onChange, onRanges, onResize, setData, toObject } from "../../ui/models.js";
import { decimal, whole } from "../../ui/numbers.js";
import { attachPanZoom } from "../../ui/pan-zoom.js";
import { attachPlayer } from "../../ui/player.js";
import { attachTabs } from "../../ui/tabs.js";
import { DynamicsAddress } from "./address.js";
import { Drawing } from "./drawing.js";
import { Frames } from "./frames.js";
import { writeLegend } from "./legend.js";
import { Log } from "./log.js";
import { Mover } from "./mover.js";
import { Runs, YOURS } from "./runs.js";
import { attachSettings } from "./settings.js";
import { State } from "./state.js";
import { Steps } from "./steps.js";
import { summary } from "./summary.js";

const RATE = 30;               // frames a second: the run takes about 10 s

const modelsOf = (find) => ({
  player: find(names.player), plane: find(names.plane), loss: find(names.loss), cursor: find(names.cursor),
  frames: find(names.frames), points: find(names.points), contexts: find(names.contexts), trails: find(names.trails),
  run: find(names.run), log: find(names.log), actors: find(names.actors), arrows: find(names.arrows),
  shown: find(names.shown), trailsOn: find(names.trailsOn), labels: find(names.labels), leaders: find(names.leaders),
  ghosts: find(names.ghosts), before: find(names.before), pointsDrawn: find(names.pointsDrawn),
  contextsDrawn: find(names.contextsDrawn),
});

let drawn;                     // an AbortController: ends the listeners of the figure that was drawn before

/**
 * Connect the figure of a document. What it returns can `show` frames {words, steps, losses, u, v} of a cell in the place
 * of the run, `playOnce`, `load` what is fetched when wanted; `address`: what an address says of it. live(): a promise that
 * Python has joined.
 */
export function attachDynamics(doc, { ask, live }) {
  const find = (name) => doc.get_model_by_name(name);
  const models = modelsOf(find), { player, plane, shown } = models;
  const pause = () => playback.pause();
  const frames = new Frames(models), state = new State(frames);
  const runs = new Runs(models, onRun);
  const drawing = new Drawing(models, frames, runs, () => byId("dynamics-ghosts").checked);
  const log = new Log(models, frames, runs, ask);
  drawn?.abort();
  drawn = new AbortController();
  const parts = { models, frames, drawing, runs, state, log, pause, signal: drawn.signal };
  const steps = new Steps(parts), mover = new Mover({ ...parts, begin: () => tabs.choose("dynamics-move-tab") });
  const tabs = attachTabs(byId("dynamics-tabs"), onTab);

  const describe = describing("dynamics-summary", () =>
    summary(runs, frames.clamp(player.value), frames, drawing.marks()));

  function drawFrame() {
    if (!frames.complete) return;
    const f = frames.clamp(player.value);
    drawing.frame(f);
    models.cursor.setv({ location: frames.at(f).step }, { sync: false });
    writeReadout(f, frames);
  }

  /** Show the frame that the player is at, and nothing of a step or a word in hand. */
  function draw() {
    if (state.free) {
      state.drop();
      steps.leave();
      mover.leave();
      drawing.fit();
      legend();
    }
    drawFrame();
  }

  function onFrame() {
    if (steps.step !== null && frames.frameOf(steps.step) === frames.clamp(player.value)) writeReadout(player.value, frames);
    else draw();
  }

  /** Another run is on show, one of Python's at its last frame, the others at the frame that was. */
  function onRun(frame) {
    playback.framesChanged(frame);
    setData(models.before, runs.curves());
    writeRuns(runs);
    drawing.fit();
    state.drop();
    steps.leave();
    mover.leave();
    drawFrame();
    legend();
    settings.compare();
    if (tabs.chosen === "dynamics-move-tab") mover.enter();
  }

  function onTab(id) {
    if (id !== "dynamics-step-tab" && id !== "dynamics-move-tab") draw();
    if (id === "dynamics-step-tab" && steps.step === null) { draw(); steps.say("Press “One step”."); }
    if (id === "dynamics-move-tab") {
      steps.leave();
      drawing.fit();
      mover.enter();
    }
    legend();
  }

  const legend = () => writeLegend(toObject(models.points.data), runs.ghost && byId("dynamics-ghosts").checked
    ? nameOf(runs.before) : "", tabs.chosen === "dynamics-step-tab");
  const settings = attachSettings(find, models.run, runs);
  onChange(models.points, "data", describe);
  const drawChosen = () => {
    describe();
    drawing.chosen(frames.clamp(player.value));
    drawing.labels();
  };

  onChange(player, "value", onFrame);
  onChange(models.frames, "data", () => runs.arrived(frames.last));
  onChange(shown, "active", () => {
    if (!state.free) drawing.fit();
    drawChosen();
  });
  onChange(models.trailsOn, "active", drawChosen);
  const { view, tools } = attachPanZoom(plane, { fit: () => { if (!state.free) drawing.fit(); }, arrowsTaken: true });
  onResize(plane, () => { if (!state.free && !view.moved) drawing.fit(); drawing.labels(); });
  onRanges(plane, oncePerFrame(() => drawing.labels()));
  byId("dynamics-ghosts").onchange = () => { drawChosen(); legend(); };
  byId("dynamics-step").onclick = () => { tabs.choose("dynamics-step-tab"); steps.forward(); };
  byId("step-back").onclick = () => steps.back();
  byId("dynamics-runs").onpointerenter = () => { runs.fetch().catch(() => {}); };     // they will be wanted
  for (const button of byId("dynamics-runs").querySelectorAll("[data-run]")) {
    button.onclick = () => showRun(button.dataset.run);
  }
  const playback = attachPlayer(byId("dynamics-figure"), {
    model: player, place: rootAt("dynamics-player"), loss: models.loss, frameAt: (step) => frames.frameOf(step),
    epochs: () => columnView(models.frames, "epoch"), rate: RATE,
  });
  attachFullScreen(byId("dynamics-figure"), tools);
  attachHover(plane, models.points, () => drawing.marks(), ({ category, matrix, dataX, dataY }) =>
    ({ cells: [category, `${matrix} (${decimal(dataX, 2)}, ${decimal(dataY, 2)})`] }));

  async function showRun(key) {
    try {
      byId("dynamics-runs-note").textContent = "Fetching this run…";      // not to be seen where it is here
      await runs.show(key);
      if (runs.isMade) settings.follow(runs.K);
      byId("dynamics-runs-note").textContent = "";
    } catch (error) {
      byId("dynamics-runs-note").textContent = `This run could not be fetched (${error.message}): press the button to try again.`;
    }
  }

  function playFromStart() {
    playback.goTo(0);
    playback.play();
  }

  drawing.fit();
  drawChosen();
  writeRuns(runs);
  draw();
  legend();
  return {
    address: new DynamicsAddress({ models, frames, runs, settings, tabs, steps },
      { showRun, train: () => ask(DYNAMICS_TRAIN), goTo: playback.goTo, play: playFromStart }, live),
    load: () => Promise.all([runs.fetch(), log.file(runs.K)]),
    playOnce: playback.playOnce,
    film: filmOf(models, frames, runs, playback),
    show(data) {
      tabs.choose("dynamics-run-tab");
      runs.showCells(data);
      playFromStart();
    },
  };
}

/** The run as a film: its frames, and what is said below each. */
const filmOf = ({ plane, player }, frames, runs, playback) => ({
  plot: plane,
  rate: RATE,
  get run() { return runs.shown; },
  get last() { return frames.last; },
  get frame() { return player.value; },
  show: playback.goTo,
  words(f) {
    const { step, epoch, loss, separation } = frames.at(f);
    return [`step ${whole(step)}`, `epoch ${decimal(epoch, 1)}`, `loss per term ${decimal(loss, 3)}`,
            `separation ${decimal(separation, 2)}`].filter((one) => !one.endsWith("–")).join(" · ");
  },
});

const nameOf = ({ key, K }) => key === YOURS ? "your run before" : `the run with K = ${K}`;

/** Which run is on show: the pressed button, and what there is to see in it. */
function writeRuns({ key, yours }) {
  for (const button of byId("dynamics-runs").querySelectorAll("[data-run]")) {
    button.ariaPressed = String(button.dataset.run === key);
    if (button.dataset.run === YOURS) button.hidden = !yours;
  }
  for (const caption of document.querySelectorAll("[data-caption-for]")) {
    caption.hidden = !caption.dataset.captionFor.split(" ").includes(key);
  }
}

function writeReadout(f, frames) {
  const { step, epoch, loss, separation } = frames.at(f);
  byId("dynamics-epoch").textContent = decimal(epoch, 1);
  byId("dynamics-steps").textContent = whole(step);
  byId("dynamics-loss-value").textContent = decimal(loss, 3);
  byId("dynamics-separation").textContent = decimal(separation, 2);
}
