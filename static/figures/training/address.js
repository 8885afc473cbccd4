// What an address says of the section: its settings. A model is not in an address, nor the user's own text.

import * as names from "../../contract/training.js";
import { addressedBy, ofWidget } from "../../ui/settings.js";

const KEYS = {                 // the corpus first: it brings settings that suit it
  corpus: names.corpus, model: names.model, dim: names.dim, window: names.window, negatives: names.negatives,
  exponent: names.noiseExponent, "min-count": names.minCount, phrases: names.phrasesAbove, sample: names.sample,
  epochs: names.epochs, rate: names.learningRate, seed: names.seed, words: names.words, near: names.probeWords,
};

export const addressOf = (find) =>
  addressedBy(Object.entries(KEYS).map(([key, name]) => ofWidget(key, find(name))));
