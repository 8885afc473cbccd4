// Skip-gram dynamics: connects the figure's parts, so that scrubbing needs no Python. All numbers come from the models.

import { DYNAMICS_STEP } from "../../contract/messages.js";
import * as names from "../../contract/dynamics.js";
import { byId, oncePerFrame, rootAt } from "../../ui/dom.js";
import { attachFullScreen } from "../../ui/full-screen.js";
import { columnView, onChange, onRanges, onResize } from "../../ui/models.js";
import { attachPlayer } from "../../ui/player.js";
import { Drawing } from "./drawing.js";
import { Frames } from "./frames.js";
import { attachHover } from "./hover.js";
import { OwnFrames } from "./own-frames.js";
import { Steps } from "./steps.js";

const RATE = 30;               // frames a second: the run takes about 10 s

const modelsOf = (find) => ({
  player: find(names.player), plane: find(names.plane), loss: find(names.loss), cursor: find(names.cursor),
  frames: find(names.frames), points: find(names.points), contexts: find(names.contexts), trails: find(names.trails),
  steps: find(names.steps), asked: find(names.asked), actors: find(names.actors), moves: find(names.moves),
  shown: find(names.shown), trailsOn: find(names.trailsOn), stepping: find(names.stepping), labels: find(names.labels),
  leaders: find(names.leaders),
  pointsDrawn: find(names.pointsDrawn), contextsDrawn: find(names.contextsDrawn),
});

/**
 * Connect the figure of a document. What it returns can `show` frames {words, steps, losses, u, v} of a cell in the place
 * of the run, and `playOnce`.
 */
export function attachDynamics(doc, { ask, isLive }) {
  const find = (name) => doc.get_model_by_name(name);
  const models = modelsOf(find), { player, plane, shown, stepping } = models;
  const frames = new Frames(models), drawing = new Drawing(models, frames), own = new OwnFrames(models);
  const steps = new Steps(models, frames, drawing,
    { isLive, ask: (step) => ask(DYNAMICS_STEP, step), hasSteps: () => !own.shown });

  function drawFrame() {
    if (!frames.complete) return;
    const f = frames.clamp(player.value);
    drawing.frame(f);
    models.cursor.setv({ location: frames.at(f).step }, { sync: false });
    writeReadout(f, frames);
  }

  const draw = () => {
    steps.step = null;
    drawFrame();
    steps.draw();
  };
  const drawChosen = () => drawing.chosen(frames.clamp(player.value));

  onChange(player, "value", draw);
  onChange(models.frames, "data", () => {
    own.giveWay();
    playback.framesChanged(own.replacing ? undefined : frames.last);
    drawing.fit();
    draw();
  });
  onChange(models.steps, "data", () => steps.draw());
  onChange(models.asked, "data", () => steps.draw());
  onChange(shown, "active", () => { drawing.fit(); drawChosen(); drawing.labels(); });
  onChange(models.trailsOn, "active", drawChosen);
  onChange(stepping, "active", () => {
    if (stepping.active) {
      playback.pause();
      drawing.addContexts();          // context and negatives are rows of V
    }
    draw();
  });
  onResize(plane, () => { drawing.fit(); drawing.labels(); });
  onRanges(plane, oncePerFrame(() => drawing.labels()));
  byId("step-back").onclick = () => steps.move(-1);
  byId("step-forward").onclick = () => steps.move(+1);
  const playback = attachPlayer(byId("dynamics-figure"), {
    model: player, place: rootAt("dynamics-player"), loss: models.loss, frameAt: (step) => frames.frameOf(step),
    epochs: () => columnView(models.frames, "epoch"), rate: RATE,
  });
  attachFullScreen(byId("dynamics-figure"), playback.row);
  attachHover(rootAt("dynamics-plane"), plane, models.points, () => drawing.marks());
  drawing.fit();
  drawChosen();
  draw();
  return {
    playOnce: playback.playOnce,
    show(data) {
      own.show(data);
      playback.goTo(0);
      playback.play();
    },
  };
}

function writeReadout(f, frames) {
  const { step, epoch, loss } = frames.at(f);
  byId("dynamics-frame").textContent = `${f}/${frames.last}`;
  byId("dynamics-epoch").textContent = decimal(epoch, 1);
  byId("dynamics-step").textContent = step.toLocaleString("en");
  byId("dynamics-loss-value").textContent = decimal(loss, 3);
}

const decimal = (x, digits) => Number.isFinite(x) ? x.toFixed(digits) : "–";
