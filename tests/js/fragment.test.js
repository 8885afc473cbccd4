// Fragments of the address: what they say is read back, whatever it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOut } from "../../static/page/address.js";
import { frameOf } from "../../static/take/embed.js";
import { fragmentOf, LONGEST, placeOf, readFragment } from "../../static/ui/fragment.js";

test("a fragment is readable, and what was written is read", () => {
  const settings = { on: "gender,capitals", pairs: "hot:cold", word: "New York", odd: "a+b & c=d?#é%41" };
  const fragment = fragmentOf("map", settings);
  assert.ok(fragment.startsWith("#map?on=gender,capitals&pairs=hot:cold&word=New+York&"), fragment);
  assert.deepEqual(Object.fromEntries(readFragment(fragment).asked), settings);
  assert.equal(readFragment(fragment).place, "map");
});

test("without settings it is the place alone", () => {
  assert.equal(fragmentOf("map", {}), "#map");
  assert.deepEqual(readFragment("#map"), { place: "map", asked: new Map(), cut: false });
  assert.equal(placeOf(""), "");
});

test("half a surrogate, a lone percent sign and names of Object's own are only text", () => {
  assert.equal(fragmentOf("map", { word: "\ud800" }), "#map?word=%EF%BF%BD");
  const { asked } = readFragment("#map?word=100%&__proto__=x&constructor=y&%ff=%");
  assert.equal(asked.get("word"), "100%");
  assert.equal(asked.get("__proto__"), "x");
  assert.equal({}.x, undefined);
});

test("what is too long is read up to the last whole setting", () => {
  const { asked, cut } = readFragment(`#map?on=gender&words=${"volcano,".repeat(9000)}&plane=pca`);
  assert.deepEqual([...asked], [["on", "gender"]]);
  assert.ok(cut);
  assert.equal(readFragment(`#map?on=${"x".repeat(LONGEST - 8)}`).cut, false);
});

test("what was left out is one sentence, however much it is", () => {
  const refused = Array.from({ length: 9 }, (_, i) => [`key${i}${"x".repeat(100)}`, "is not known here"]);
  const sentence = leftOut(refused, true);
  assert.match(sentence, /^Of this address, some was left out: “key0x+…” is not known here; .*; 4 more; it is too long, so what comes after its first 8,000 characters was not read\.$/);
  assert.ok(sentence.length < 600);
});

test("the HTML of a frame has its address and title as attributes, whatever they hold", () => {
  const html = frameOf('https://example.org/?only=map#map?word="><script>&plane=pca', 'A "map" <b>');
  assert.ok(html.startsWith('<iframe src="https://example.org/?only=map#map?word=&quot;>&lt;script>&amp;plane=pca" title="A &quot;map&quot; &lt;b>"'), html);
});
