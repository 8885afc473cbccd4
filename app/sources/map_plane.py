"""The plane in which the embedding map is drawn, for any set of word vectors."""

from math import nan

import numpy as np

from app.sources.map_words import ANALOGIES, START
from embedlab.projection import PCA
from embedlab.vectors import mean_offset_cosine, unit_rows

PLANE_OF = ("gender", "capitals", "comparatives")  # the groups whose offsets the plane is made to keep ...
OFFSET_WEIGHT = 1.75  # ... each counting like a word this many offsets from the middle
NEIGHBOURS = 5
RANDOM_PAIRS = 500
FEWEST, MOST_FREQUENT = 5, 200  # starting words that make a plane; words that make one without them


class Plane:
    """A PCA to two dimensions that also takes one column, or fewer than three rows; X: (N, D)."""

    def __init__(self, X):
        self._pca = PCA(2).fit(np.repeat(two_columns(X), 3 if len(X) < 3 else 1, axis=0))

    def transform(self, X):
        """Coordinates on the plane: (N, D) -> (N, 2)."""
        return self._pca.transform(two_columns(X))


def two_columns(X):
    """X (N, D) with a column of zeros added if it has only one."""
    X = np.asarray(X)
    return np.pad(X, ((0, 0), (0, 1))) if X.shape[1] == 1 else X


def spelling(word, vectors):
    """The word as `vectors` has it: the same, in lower case, with a capital, in capitals; None if it has none."""
    return next((form for form in (word, word.lower(), word.capitalize(), word.upper()) if form in vectors), None)


def rows(vectors, words):
    """The vectors of words that are there in one spelling or another: (W, D)."""
    return vectors.matrix[vectors.indices([spelling(word, vectors) for word in words])]


def present(words, vectors):
    """Those of the words that are there."""
    return [word for word in words if spelling(word, vectors)]


def present_pairs(pairs, vectors):
    """Those of the pairs whose words are both there."""
    return [pair for pair in pairs if len(present(pair, vectors)) == 2]


def plane_of(vectors):
    """The plane that the map is drawn in: of the starting words, and of three analogies' mean offsets, both ways.

    With the words alone the two components are spent on the categories, and a small but constant difference such
    as man → woman stands almost upright on the plane. On GloVe this one keeps 24 % of the words' variance instead of
    26 %. Vectors with hardly any of the starting words are drawn in the plane of their own most frequent ones.
    """
    start = present(START, vectors)
    if len(start) < FEWEST:
        return Plane(vectors.matrix[:MOST_FREQUENT])
    words = rows(vectors, start)  # (W, D)
    groups = filter(None, [present_pairs(ANALOGIES[group], vectors) for group in PLANE_OF])
    offsets = np.array([mean_offset(vectors, pairs) for pairs in groups]).reshape(-1, words.shape[1]) * OFFSET_WEIGHT
    centre = words.mean(axis=0)
    return Plane(np.vstack([words, centre + offsets, centre - offsets]))  # (W + 2 groups, D)


def mean_offset(vectors, pairs):
    """The mean of end - start over pairs of words: (D,)."""
    starts, ends = [rows(vectors, words) for words in zip(*pairs)]  # (P, D) each
    return (ends - starts).mean(axis=0)


def neighbour_table(glove):
    """{word: [(neighbour, cosine)]} of the starting words, among all words of `glove`."""
    return {word: glove.neighbours(word, NEIGHBOURS) for word in START}


def offset_cosines(vectors, plane, pairs):
    """(in full, on the map): the mean cosine between the offsets of pairs of words; NaN for fewer than two pairs."""
    if len(pairs) < 2:
        return nan, nan
    starts, ends = [rows(vectors, words) for words in zip(*pairs)]  # (P, D) each
    return (
        mean_offset_cosine(unit_rows(starts), unit_rows(ends)),
        mean_offset_cosine(plane.transform(starts), plane.transform(ends)),
    )


def random_pairs():
    """RANDOM_PAIRS pairs of different starting words: what `offset_cosines` gives for these is chance."""
    rng = np.random.default_rng(0)
    return [tuple(START[i] for i in rng.choice(len(START), 2, replace=False)) for _ in range(RANDOM_PAIRS)]
