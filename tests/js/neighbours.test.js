// Neighbours before Python and with it: one cosine for two words, the selection by name, a comparison in sentences.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cosine } from "../../static/figures/map/arrows.js";
import { ordinal, sentences } from "../../static/figures/map/compare.js";
import { Near } from "../../static/figures/map/near.js";
import { Selection } from "../../static/figures/map/selection.js";

/** A ColumnDataSource, as far as the modules need it. */
function source(data) {
  const listeners = [], selected = {
    now: [],
    get indices() { return this.now; },
    set indices(value) {
      this.now = value;
      for (const listener of listeners) listener();
    },
    properties: { indices: { change: { connect: (listener) => listeners.push(listener) } } },
  };
  return { data, selected, get: (name) => data[name], set(changed) { data = changed; } };
}

const WORDS = { word: ["cat", "dog"], category: ["animals", "animals"],
                near: [["dog", "pet"], ["cat"]], near_cosine: [[0.7749, 0.5], [0.7751]] };

test("a cosine has the same two digits in every list and in a comparison", () => {
  assert.equal(cosine(0.7749), "0.77");            // by way of three digits, 0.775, it would be 0.78
  const near = new Near({ words: source(WORDS), neighbours: source({ of: [], word: [], cosine: [] }) });
  assert.deepEqual(near.of("cat"), [{ word: "dog", cosine: 0.7749 }, { word: "pet", cosine: 0.5 }]);
  assert.deepEqual(near.of("dog"), [{ word: "cat", cosine: 0.7749 }]);
  assert.equal(near.cosine("dog", "cat", 0.78), 0.7749);
  assert.deepEqual(near.of("cow"), []);
});

test("Python's longer list takes the place of the page's, until the vectors are others", () => {
  const neighbours = source({ of: [], word: [], cosine: [] }), words = source(WORDS), near = new Near({ words, neighbours });
  near.of("dog");
  neighbours.set({ of: ["cat"], word: [["dog", "pet", "cow"]], cosine: [[0.7, 0.5, 0.25]] });
  near.take();
  assert.equal(near.isWhole("cat"), true);
  assert.equal(near.isWhole("dog"), false);
  assert.deepEqual(near.of("cat").map((one) => one.cosine), [0.7751, 0.5, 0.25]);      // the first that was heard of cat and dog
  neighbours.set({ of: [], word: [], cosine: [] });
  near.take();
  words.set({ ...WORDS, near: [[], []], near_cosine: [[], []] });
  assert.deepEqual(near.of("cat"), []);
  assert.equal(near.cosine("dog", "cat", -0.5), -0.5);
});

/** A selection on a map of these words, with what it asked and how often it changed. */
function selection(words) {
  const asked = [], models = { words: source({ word: words, category: words.map(() => "animals") }), shown: { booleans: words.map(() => true) },
                               categories: { labels: ["food", "animals"], active: [0, 1] } };
  let changes = 0;
  const made = new Selection({ models, ask: (...what) => asked.push(what), selected: () => changes++, changed: () => {} });
  return { made, models, asked, changes: () => changes, rows(list) {
    models.words.set({ word: list, category: list.map(() => "animals") });
    made.followWords();
  } };
}

test("the selected word stays selected while its row moves, and goes with it", () => {
  const { made, models, rows, changes } = selection(["cat", "dog", "cow"]);
  models.words.selected.indices = [1];
  assert.equal(made.word, "dog");
  rows(["dog", "cow"]);
  assert.deepEqual([made.word, models.words.selected.indices, changes()], ["dog", [0], 1]);
  rows(["cow"]);
  assert.deepEqual([made.word, models.words.selected.indices, changes()], [null, [], 2]);
});

test("Back leads through the words before, once each", () => {
  const { made } = selection(["cat", "dog", "cow"]);
  for (const word of ["cat", "dog", "cow"]) made.walk(word);
  assert.deepEqual(made.past, ["cat", "dog"]);
  made.back();
  assert.deepEqual([made.word, made.past], ["dog", ["cat"]]);
  made.walk("cow");
  made.back();
  made.back();
  assert.deepEqual([made.word, made.past], ["cat", []]);
  made.walk("dog");
  made.clear();
  assert.deepEqual([made.word, made.past], [null, []]);
});

test("a word that is not on the map is selected once Python has put it there", () => {
  const { made, asked, rows } = selection(["cat", "dog"]);
  made.walk("cat");
  made.put("pet");
  made.walk("cow");
  assert.deepEqual(asked, [["map-put", '["pet"]'], ["map-put", '["pet","cow"]']]);     // of the last one alone, pet would be lost
  assert.equal(made.word, "cat");
  rows(["cat", "dog", "pet"]);
  assert.equal(made.word, "cat");
  rows(["cat", "dog", "pet", "cow"]);
  assert.equal(made.word, "cow");
  made.walk("bull");
  made.walk("dog");
  rows(["cat", "dog", "pet", "cow", "bull"]);
  assert.equal(made.word, "dog");          // the user has gone elsewhere meanwhile
  made.walk("fox");
  made.giveUp();
  assert.equal(made.putting.size, 0);
  rows(["cat", "dog", "pet", "cow", "bull", "fox"]);
  assert.equal(made.word, "dog");
});

test("a word of a hidden category is shown when it is selected", () => {
  const { made, models } = selection(["cat"]);
  models.categories.active = [0];
  models.shown.booleans = [false];
  made.walk("cat");
  assert.deepEqual(models.categories.active, [0, 1]);
  assert.equal(made.word, "cat");
  assert.equal(made.visible, null);        // until it is drawn
  models.shown.booleans = [true];
  assert.equal(made.visible, "cat");
});

test("a comparison takes the word that is chosen, and the selection stays", () => {
  const { made, models, changes } = selection(["cat", "dog"]), taken = [];
  made.walk("cat");
  made.takes = (word) => taken.push(word);
  models.words.selected.indices = [1];
  assert.deepEqual([made.word, models.words.selected.indices, taken, changes()], ["cat", [0], ["dog"], 1]);
});

test("ordinals", () => {
  const names = [1, 2, 3, 4, 11, 12, 13, 21, 102, 111, 1012, 1022].map(ordinal);
  assert.deepEqual(names, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th", "1,012th", "1,022nd"]);
});

test("a comparison says how near, which neighbour of each other, and what is shared", () => {
  const found = { of: "cat", other: "dog", cosine: 0.7749, rank: 1, back: 2, shared: ["pet", "pets"] };
  assert.deepEqual(sentences(found, 50_000), [
    "Cosine of cat and dog: 0.77.",
    "Of 50,000 words, dog is the 1st nearest of cat, cat the 2nd of dog.",
    "Of their 50 nearest they share 2: pet, pets",
  ]);
  assert.equal(sentences({ ...found, shared: [] }, 3)[2], "Of their 50 nearest they share none.");
  assert.equal(sentences({ ...found, shared: [..."abcdefgh"] }, 3)[2], "Of their 50 nearest they share 8: a, b, c, d, e, f …");
});
