"""The Word Embedding Association Test of Caliskan, Bryson and Narayanan (2017): do two sets of words differ in whom
they are near?

Target words X and Y (careers, family) against attribute words A and B (names of men, of women). A word's association
is

    s(w, A, B) = mean over a in A of cos(w, a) − mean over b in B of cos(w, b),

the effect size, in standard deviations of single words,

    d = (mean of s over X − mean of s over Y) / standard deviation of s over X and Y together,

and p the share of all ways to divide X and Y anew into sets of their sizes in which X comes out as far above Y, or
further. Zero is no neutral place for a word: compare it with the associations of all words.

Axes: V vocabulary, X and Y words of the two sets.
"""

from itertools import combinations
from math import comb

import numpy as np

EXACT = 20_000  # partitions: of more, as many are sampled


def associations(vectors, A, B):
    """s(w, A, B) of each word of WordVectors: (V,) float64; A, B: lists of words. Raises UnknownWord."""
    if not A or not B:
        raise ValueError(f"A has {len(A)} words and B {len(B)}: give both at least one.")
    mean_a, mean_b = (vectors.unit[vectors.indices(words)].mean(axis=0, dtype=np.float64) for words in (A, B))
    return vectors.unit @ (mean_a - mean_b)  # a mean of cosines is a product with the mean unit vector


def effect_size(x, y):
    """d of associations x (X,) and y (Y,), a float; the deviation is a sample's, divided by X + Y − 1."""
    x, y = checked(x, y)
    spread = np.concatenate([x, y]).std(ddof=1)
    if spread == 0:
        raise ValueError("all words have the same association: give words that differ.")
    return float((x.mean() - y.mean()) / spread)


def p_value(x, y, exact=EXACT, seed=0):
    """The one-sided p of associations x (X,) and y (Y,): 0 < p <= 1.

    Over all partitions if there are at most `exact`, the given one among them; else over that many random ones and
    the given one, the same for the same seed.
    """
    x, y = checked(x, y)
    both, size = np.concatenate([x, y]), len(x)
    if comb(len(both), size) <= exact:
        chosen = np.array(list(combinations(range(len(both)), size)))  # (partitions, X)
    else:
        shuffled = np.random.default_rng(seed).permuted(np.tile(np.arange(len(both)), (exact, 1)), axis=1)
        chosen = np.vstack([np.arange(size), shuffled[:, :size]])  # (partitions, X)
    sums = both[chosen].sum(axis=1)  # the sizes being fixed, X is further above Y where its sum is larger
    return float(np.mean(sums >= x.sum() - 1e-9))


def checked(x, y):
    """Two flat arrays of two or more finite numbers each."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.ndim != 1 or y.ndim != 1 or min(len(x), len(y)) < 2 or not np.isfinite([*x, *y]).all():
        raise ValueError(f"x has shape {x.shape} and y {y.shape}: give two or more finite numbers each.")
    return x, y
