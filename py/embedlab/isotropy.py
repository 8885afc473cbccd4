"""How evenly vectors fill their space: the direction that all share, what takes it away, and words that are near many.

Mu and Viswanath 2018 ("All-but-the-Top"), Radovanović, Nanopoulos and Ivanović 2010 (hubs in many dimensions).
Axes: N rows, D dimensions.
"""

import numpy as np

from embedlab.projection import PCA
from embedlab.vectors import as_cosines, unit_rows

BLOCK = 1 << 22  # cosines at a time


def mean_cosine(X):
    """The mean cosine of two different rows of X (N, D), a float in -1..1; about 0 if they point all ways alike.

    The cosines of all pairs are not made: with rows of length 1 they add up to the squared length of the rows' sum.
    """
    N = len(X)
    if N < 2:
        raise ValueError(f"X has {N} rows: give two or more.")
    unit = unit_rows(np.asarray(X, np.float64))  # (N, D)
    of_pairs = (unit.sum(axis=0) ** 2).sum() - (unit**2).sum()  # each pair twice
    return float(as_cosines(of_pairs / (N * (N - 1))))


def all_but_the_top(X, k):
    """X (N, D) without its mean and without its first k principal directions: (N, D) float64.

    k: 0 takes the mean away alone. Mu and Viswanath take k to be about D / 100. Raises ValueError as PCA does.
    """
    X = np.asarray(X, np.float64)
    if k == 0:
        return X - X.mean(axis=0)
    top = PCA(k).fit(X)
    centred = X - top.mean  # (N, D)
    return centred - centred @ top.axes.T @ top.axes


def neighbour_counts(X, k=10):
    """In how many of the others' lists of the k nearest each row of X (N, D) stands: (N,) ints, k on average.

    Nearest by cosine, exactly: all N² cosines are made, in float32, a few million at a time. A row in many lists is
    a hub.
    """
    unit = unit_rows(np.asarray(X, np.float32))  # (N, D)
    N = len(unit)
    if not 1 <= k < N:
        raise ValueError(f"k is {k}, with {N} rows: choose 1 to {N - 1}.")
    counts, step = np.zeros(N, np.int64), max(1, BLOCK // N)
    for start in range(0, N, step):
        cosines = unit[start : start + step] @ unit.T  # (step, N)
        rows = np.arange(len(cosines))
        cosines[rows, start + rows] = -np.inf  # no row is near itself
        counts += np.bincount(np.argpartition(cosines, N - k)[:, N - k :].ravel(), minlength=N)
    return counts
