// The bridge holds changes and requests back until Python can take them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Bridge } from "../../static/live/bridge.js";

/** A bridge with what it has sent. */
function bridge() {
  const sent = [], post = ({ id: _, ...message }) => sent.push(message), made = new Bridge(post, (events) => events.map(({ name }) => name).join());
  return { bridge: made, sent };
}

const changed = (attr, name) => ({ kind: "ModelChanged", model: { id: "p1" }, attr, name });
const patch = (text) => ({ type: "patch", patch: text });
const request = (message, value) => ({ type: "request", message, value });

test("nothing is sent before Python has joined, then the last of each", () => {
  const { bridge: one, sent } = bridge();
  one.change(changed("value", "a1"));
  one.change(changed("active", "b1"));
  one.change(changed("value", "a2"));
  one.ask("step", 1);
  one.ask("step", 2);
  assert.deepEqual(sent, []);
  one.start();
  assert.deepEqual(sent, [patch("a2,b1"), request("step", 2)]);
});

test("requests that are each to be done are all sent, in their order", () => {
  const { bridge: one, sent } = bridge();
  one.ask("add", "a", true);
  one.ask("step", 1);
  one.ask("add", "b", true);
  one.ask("step", 2);
  one.start();
  assert.deepEqual(sent.filter(({ message }) => message === "add"), [request("add", "a"), request("add", "b")]);
  assert.deepEqual(sent.filter(({ message }) => message === "step"), [request("step", 2)]);
});

test("one patch at a time; what comes meanwhile waits, requests behind it", () => {
  const { bridge: one, sent } = bridge();
  one.start();
  one.change(changed("value", "a1"));
  one.change(changed("value", "a2"));
  one.change(changed("value", "a3"));
  one.ask("step", 1);
  assert.deepEqual(sent, [patch("a1")]);
  one.applied();
  assert.deepEqual(sent.slice(1), [patch("a3"), request("step", 1)]);
});

test("without changes a request goes at once, and once", () => {
  const { bridge: one, sent } = bridge();
  one.start();
  one.ask("step", 1);
  one.flush();
  assert.deepEqual(sent, [request("step", 1)]);
});

test("changes that are not of a property are dropped while there is no Python", () => {
  const { bridge: one, sent } = bridge();
  one.change({ kind: "MessageSent", name: "m" });
  one.start();
  one.change({ kind: "MessageSent", name: "n" });
  assert.deepEqual(sent, [patch("n")]);
});

test("after a stop all waits again, even what a patch was under way for", () => {
  const { bridge: one, sent } = bridge();
  one.start();
  one.change(changed("value", "a1"));
  one.stop();
  one.change(changed("value", "a2"));
  assert.deepEqual(sent, [patch("a1")]);
  one.start();
  assert.deepEqual(sent.slice(1), [patch("a2")]);
});

test("a request's promise is kept when it is answered, or when a later one has taken its place", async () => {
  const { bridge: one } = bridge(), order = [];
  const [first, second] = [one.ask("step", 1), one.ask("step", 2)];
  first.then(() => order.push("replaced"));
  second.then(() => order.push("answered"));
  await first;
  assert.deepEqual(order, ["replaced"]);
  one.start();
  one.answered(1);
  one.answered(2);
  await second;
  assert.deepEqual(order, ["replaced", "answered"]);
});
