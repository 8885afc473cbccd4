// The view of a plane: moved and zoomed by the user, fitted by its figure.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LEAST, MOST, panned, View, viewOf, zoomed } from "../../static/ui/view.js";

/** A range as Bokeh has it: who connects to its ends hears of every change. */
function fakeRange(start, end) {
  const heard = [], change = { connect: (action) => heard.push(action) };
  return {
    start, end, synced: 0, properties: { start: { change }, end: { change } },
    setv(values, { sync = true } = {}) {
      Object.assign(this, values);
      this.synced += sync;
      heard.forEach((action) => { action(); });
    },
  };
}

const plane = () => ({ x_range: fakeRange(0, 10), y_range: fakeRange(-2, 2) });
const close = (a, b) => a.flat().forEach((x, i) => assert.ok(Math.abs(x - b.flat()[i]) < 1e-9, `${a} against ${b}`));
const size = ([start, end]) => end - start;

test("a zoom keeps what is at the pointer there", () => {
  for (const share of [0, 0.3, 1, 1.2]) {
    const before = [-3, 5], after = zoomed(before, share, 2.5), at = ([start, end]) => start + share * (end - start);
    close([[at(before)]], [[at(after)]]);
    close([[size(after)]], [[8 / 2.5]]);
  }
});

test("a range is moved by a share of its size", () => assert.deepEqual(panned([2, 6], 0.25), [3, 7]));

test("the view is the figure's until the user moves it, and again after a reset", () => {
  const one = plane(), view = new View(one);
  assert.equal(view.moved, false);
  view.pan([0.1, 0]);
  close(view.now, [[1, 11], [-2, 2]]);
  assert.equal(view.moved, true);
  view.reset();
  assert.equal(view.moved, false);
  close(view.now, [[0, 10], [-2, 2]]);
  assert.equal(one.x_range.synced, 0);
});

test("what the figure fits is the view to go back to", () => {
  const one = plane(), view = new View(one);
  view.zoom([0.5, 0.5], 2);
  one.x_range.setv({ start: 5, end: 6 });
  one.y_range.setv({ start: 5, end: 6 });
  assert.equal(view.moved, false);
  view.pan([1, 1]);
  view.reset();
  close(view.now, [[5, 6], [5, 6]]);
});

test("a zoom is the same both ways and stops at its limits", () => {
  const view = new View(plane());
  view.zoom([0.2, 0.9], 1.7);
  close([view.now.map(size)], [[10 / 1.7, 4 / 1.7]]);
  for (const [times, limit] of [[1e6, MOST], [1e-9, LEAST]]) {
    view.zoom([0.2, 0.9], times);
    close([view.now.map(size)], [[10 / limit, 4 / limit]]);
  }
});

test("in a frame of another shape a moved view keeps middle, area and scales, there and back; the figure's is let be", () => {
  const one = plane(), view = new View(one);
  view.reshape(2.5);
  view.reshape(1);
  close(view.now, [[0, 10], [-2, 2]]);
  view.reshape(2.5);
  view.pan([0.5, 0]);
  view.reshape(10);
  view.reshape(10);
  close(view.now, [[0, 20], [-1, 1]]);
  view.reshape(2.5);
  close(view.now, [[5, 15], [-2, 2]]);
});

test("planes with the same ranges have one view", () => {
  const one = plane();
  assert.equal(viewOf(one), viewOf({ ...one }));
  assert.notEqual(viewOf(one), viewOf(plane()));
});
