"""A vector for any word, from its character n-grams: also for words that a table of vectors does not have.

fastText (Bojanowski et al. 2017) marks a word's ends, takes its n-grams of 3 to 6 characters, gives each a vector and
adds them up; the n-grams' vectors are trained in the place of U, by skip-gram. Here they are fitted to vectors that
are there already, so that the mean over a word's n-grams comes near the word's vector: the bag of subwords of Zhao et
al. (2018). Pinter et al. (2017) fit a recurrent network to the letters instead.

Axes: W words, n n-grams of one word, G n-grams in all, D dimensions.
"""

from dataclasses import dataclass

import numpy as np


def ngrams(word, shortest=3, longest=6):
    """The distinct n-grams of <word>, list[str]: "cat" -> <ca, cat, at>, <cat, cat>, <cat>, the shortest first."""
    marked = f"<{word}>"
    every = (marked[i : i + n] for n in range(shortest, longest + 1) for i in range(len(marked) - n + 1))
    return list(dict.fromkeys(every))


@dataclass(frozen=True)
class NgramVectors:
    """rows: {n-gram: its row}; matrix: (G, D) float64."""

    rows: dict
    matrix: np.ndarray

    def known(self, word):
        """The rows of those n-grams of a word that have a vector: (n,) intp, perhaps none."""
        return np.array([self.rows[ngram] for ngram in ngrams(word) if ngram in self.rows], dtype=np.intp)

    def vector(self, word):
        """The mean of a word's known n-grams: (D,); raises ValueError if there are none."""
        known = self.known(word)
        if not len(known):
            raise ValueError(f"“{word}” has no n-gram in common with the words that were fitted: choose another word.")
        return self.matrix[known].mean(axis=0)


def fit(words, targets, epochs=3, seed=0):
    """NgramVectors whose means come near targets (W, D), a row for each of W words; the same seed gives the same.

    Least squares, Σ ‖t_w − mean of w's n-grams‖², by single words in drawn order. Adding rate · (t − mean) to each
    n-gram of a word moves their mean by that part of its error: gradient descent with a step of n · rate. The rate
    falls linearly from 1 to 0. From vectors of zero, the n-grams that many words share learn most.
    """
    targets = np.asarray(targets, dtype=np.float64)
    if not words or targets.ndim != 2 or len(targets) != len(words):
        raise ValueError(f"there are {len(words)} words for targets of shape {targets.shape}: give a row for each.")
    rows = {}
    for word in words:
        for ngram in ngrams(word):
            rows.setdefault(ngram, len(rows))
    fitted = NgramVectors(rows, np.zeros((len(rows), targets.shape[1])))  # (G, D)
    of_word, matrix = [fitted.known(word) for word in words], fitted.matrix
    rng, steps = np.random.default_rng(seed), epochs * len(words)
    order = np.concatenate([rng.permutation(len(words)) for _ in range(epochs)])
    for step, w in enumerate(order):
        at = of_word[w]  # (n,)
        matrix[at] += (1 - step / steps) * (targets[w] - matrix[at].mean(axis=0))
    return fitted
