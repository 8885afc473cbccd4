// A figure's player: a row with Play, a frame back and on, a scrubber with the epochs under it, speed and loop; its keys.
//
//   const player = attachPlayer(figure, {
//     model,          // the frame on show: `value`, and the last: `end`, of a model that is not drawn; never sent to Python
//     place,          // the element in which the row is built
//     loss, frameAt,  // a plot that is scrubbed as well: frameAt(x) is the frame at a place of its x axis
//     epochs,         // epochs(): the epoch of each frame, NaN where there is none
//     rate,           // frames a second at speed 1
//   });
//
// The figure follows its model: it draws the frame whenever `value` changes, which playing does once for each frame.
// player.play(), .pause(), .playing: the reader's Play and Pause; at the last frame, play() begins with the first.
// player.playOnce(): plays all frames once, when the figure is first seen; not where the system asks for less motion. It
//     ends with the first touch of the plane, key, or change of the frame from anywhere.
// player.goTo(frame): shows a frame and pauses. A frame that others set on the model pauses as well.
// player.framesChanged(frame): call it when epochs() has changed; shows the frame, by default the one on show if it exists.
// player.row: the element at the end of which there is room for more buttons.
//
// Speed and loop are kept when the figure of the same place is attached again.

import { oncePerFrame } from "./dom.js";
import { isFree } from "./keys.js";
import { onChange } from "./models.js";
import { buildRow, dress, drawMarks, HALT, PLAY } from "./player-row.js";

const SLOW = 2;                // frames a second at speed 1 for readers who asked their system for less motion
const PAUSE = 1;               // seconds at the last frame before a loop begins again
const LONGEST = 0.25;          // seconds between two pictures, after which time stands still: the tab was hidden

const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The clock: shows one frame after another. frame() and last() say where it is, show(frame) goes there. */
export class Clock {
  constructor({ frame, last, rate, show, changed }) {
    Object.assign(this, { frame, last, rate, show, changed, speed: 1, loop: false, request: 0 });
  }

  get playing() {
    return this.request !== 0;
  }

  play() {
    if (this.playing || this.last() < 1) return;
    if (this.frame() >= this.last()) this.show(0);
    Object.assign(this, { position: this.frame(), time: undefined });
    this.request = requestAnimationFrame((now) => this.tick(now));
    this.changed();
  }

  pause() {
    if (!this.playing) return;
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.changed();
  }

  tick(now) {
    this.request = requestAnimationFrame((later) => this.tick(later));
    const seconds = Math.min((now - (this.time ?? now)) / 1000, LONGEST), perSecond = this.rate() * this.speed;
    this.time = now;
    this.position += seconds * perSecond;
    const last = Math.max(this.last(), 0), frame = Math.min(Math.floor(this.position), last);
    if (frame !== this.frame()) this.show(frame);
    if (frame < last) return;
    if (!this.loop) this.pause();
    else if (this.position >= last + PAUSE * perSecond) this.position = 0;
  }
}

const attached = new WeakMap();        // the player of each place

export function attachPlayer(figure, { model, place, loss, frameAt, epochs, rate }) {
  let ours = false;              // whether it is this player that changes the model
  let waiting = null;            // to be seen, before it plays once
  const before = attached.get(place);
  const parts = buildRow(place), { options, scrubber, speed, loop } = parts;
  const last = () => epochs().length - 1;
  const within = (frame) => Math.max(0, Math.min(last(), frame));
  const clock = new Clock({ frame: () => model.value, last, rate: () => reduced() ? SLOW : rate, show, changed: drawState });

  function set(values) {
    ours = true;
    model.setv(values, { sync: false });
    ours = false;
  }

  function show(frame) {
    set({ value: frame });
  }

  function pause() {
    waiting?.disconnect();
    waiting = null;
    clock.once = false;
    clock.pause();
  }

  function goTo(frame) {
    pause();
    show(within(frame));
  }

  function play() {
    pause();
    clock.play();
  }

  const toggle = () => clock.playing ? pause() : play();

  /** The scrubber where the frame is. */
  function drawFrame() {
    const frame = within(model.value), epoch = epochs()[frame];
    scrubber.value = frame;
    scrubber.style.setProperty("--at", last() > 0 ? frame / last() : 0);
    scrubber.setAttribute("aria-valuetext", `frame ${Math.max(frame, 0)} of ${Math.max(last(), 0)}` +
      (Number.isFinite(epoch) ? `, epoch ${epoch.toFixed(1)}` : ""));
  }

  function drawState() {
    dress(parts.play, clock.playing ? HALT : PLAY, clock.playing ? "Pause" : "Play");
    loop.setAttribute("aria-pressed", clock.loop);
    speed.value = clock.speed;
    for (const control of [parts.play, parts.back, parts.on, scrubber]) control.disabled = last() < 1;
  }

  const marks = oncePerFrame(() => drawMarks(parts.marks, epochs(), parts.marks.clientWidth));

  function framesChanged(frame = model.value) {
    if (frame !== model.value) pause();
    scrubber.max = Math.max(last(), 1);
    set({ end: Math.max(last(), 0), value: within(frame) });
    drawFrame();
    drawState();
    marks();
  }

  function playOnce() {
    if (reduced()) return;
    waiting = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      pause();
      show(0);
      clock.once = true;
      clock.play();
    }, { threshold: 0.6 });
    waiting.observe(plane);
  }

  const plane = figure.querySelector('[data-root$="-plane"]');
  plane.onpointerdown = () => { if (clock.once || waiting) pause(); };
  parts.play.onclick = toggle;
  parts.back.onclick = () => goTo(model.value - 1);
  parts.on.onclick = () => goTo(model.value + 1);
  scrubber.oninput = () => goTo(scrubber.valueAsNumber);
  speed.onchange = () => { clock.speed = Number(speed.value); };
  loop.onclick = () => { clock.loop = !clock.loop; drawState(); };
  figure.onkeydown = (event) => {
    if (!isFree(event)) return;
    const frame = frameOfKey(event.key, model.value, last());
    if (frame !== undefined) goTo(frame);
    else if (event.key === " ") toggle();
    else return;
    event.preventDefault();
  };
  for (const event of ["pan", "panstart", "tap"]) loss.on_event(event, ({ x }) => goTo(frameAt(x)));
  onChange(model, "value", () => { if (!ours) pause(); drawFrame(); });
  new ResizeObserver(marks).observe(parts.marks);

  if (before) {
    before.pause();
    Object.assign(clock, { speed: before.clock.speed, loop: before.clock.loop });
  }
  attached.set(place, { clock, pause });
  framesChanged();
  return { play, pause, playOnce, goTo, framesChanged, row: options, get playing() { return clock.playing; } };
}

/** The frame that a key asks for, undefined if it asks for none. */
export const frameOfKey = (key, frame, last) => ({ ArrowLeft: frame - 1, ArrowRight: frame + 1, Home: 0, End: last })[key];
