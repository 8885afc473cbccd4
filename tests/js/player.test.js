// The player's keys, its clock, and the marks of epochs under its scrubber.

import assert from "node:assert/strict";
import { test } from "node:test";
import { epochStarts, spaced } from "../../static/ui/epochs.js";
import { Clock, frameOfKey } from "../../static/ui/player.js";

test("the player's keys", () => {
  assert.deepEqual(["ArrowLeft", "ArrowRight", "Home", "End", "x"].map((key) => frameOfKey(key, 5, 9)), [4, 6, 0, 9, undefined]);
});

/** A clock of 10 frames a second, and run(ms) that shows pictures every 20 ms and gives the frames shown. */
function clockOf(last, start = 0, options = {}) {
  let frame = start, time = 0, request = null, shown = [];
  globalThis.requestAnimationFrame = (callback) => { request = callback; return 1; };
  globalThis.cancelAnimationFrame = () => { request = null; };
  const clock = Object.assign(new Clock({ frame: () => frame, last: () => last, rate: () => 10, changed: () => {},
                                          show: (f) => { frame = f; shown.push(f); } }), options);
  const run = (ms) => {
    shown = [];
    for (const end = time + ms; time < end && request; time += 20) request(time);
    return shown;
  };
  return { clock, run };
}

test("frames follow in their time, and the last one ends it", () => {
  const { clock, run } = clockOf(3);
  clock.play();
  assert.ok(clock.playing);
  assert.deepEqual([run(150), run(100), run(400)], [[1], [2], [3]]);
  assert.ok(!clock.playing);
});

test("at four times the speed frames are left out rather than late", () => {
  const { clock, run } = clockOf(100, 0, { speed: 8 });
  clock.play();
  const shown = run(520);
  assert.equal(shown.at(-1), 40);
  assert.ok(shown.length < 40);
});

test("at the end it begins again; in a loop it rests there, then goes round", () => {
  const { clock, run } = clockOf(5, 5, { loop: true });
  clock.play();
  assert.deepEqual(run(600), [0, 1, 2, 3, 4, 5].slice(1));
  assert.deepEqual(run(900), []);
  assert.deepEqual(run(200).slice(0, 2), [0, 1]);
  clock.pause();
  assert.deepEqual(run(500), []);
});

test("nothing plays where there is one frame or none", () => {
  for (const last of [0, -1]) {
    const { clock } = clockOf(last);
    clock.play();
    assert.ok(!clock.playing);
  }
});

test("epochs begin where the column passes a whole number, evenly spaced or not", () => {
  assert.deepEqual(epochStarts([0, 0.4, 0.99999999, 1.5, 3.1, 3.2]),
    [{ epoch: 0, frame: 0 }, { epoch: 1, frame: 2 }, { epoch: 3, frame: 4 }]);
  assert.deepEqual(epochStarts([NaN, NaN]), []);
});

const marks = (at) => Array.from({ length: 41 }, (_, epoch) => ({ epoch, at: at(epoch) }));
const epochsOf = (kept) => kept.map(({ epoch }) => epoch);

test("the round epochs have their marks first", () => {
  assert.deepEqual(epochsOf(spaced(marks((epoch) => 15 * epoch), 30)), [0, 5, 10, 15, 20, 25, 30, 35, 40]);
  assert.deepEqual(epochsOf(spaced(marks((epoch) => 5 * epoch), 30)), [0, 10, 20, 30, 40]);
  assert.equal(spaced(marks((epoch) => 15 * epoch), 6).length, 41);
});

test("where the later epochs are close together, the marks stand apart all the same", () => {
  for (const least of [6, 30]) {
    const kept = spaced(marks((epoch) => 600 * Math.log1p(epoch) / Math.log(41)), least);
    assert.ok(kept.length > 4);
    assert.ok(kept.every(({ at }, i) => i === 0 || at - kept[i - 1].at >= least));
  }
});
