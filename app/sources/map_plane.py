"""The planes that the embedding map can be drawn in, for any set of word vectors.

A word's place is what the rows of a plane's axes (2, D) give with the word's vector scaled to length 1: two cosines.
Axes: W words, P pairs, D dimensions.
"""

from collections import Counter
from math import nan

import numpy as np

from app.sources.map_words import ANALOGIES
from embedlab.projection import PCA, AnalogyPlane, DiscriminantPlane
from embedlab.vectors import mean_offset_cosine, unit_rows

CHOSEN, SPREAD = "chosen", "pca"  # the planes that are no analogy's
NEIGHBOURS = 10
MOST_FREQUENT = 200  # words that make a plane where fewer than FEWEST are on the map
FEWEST = 3
FEWEST_CATEGORIES = 3


def two_columns(X):
    """X (W, D) with a column of zeros added if it has only one."""
    X = np.asarray(X)
    return np.pad(X, ((0, 0), (0, 1))) if X.shape[1] == 1 else X


def spelling(word, vectors):
    """The word as `vectors` has it: the same, in lower case, with a capital or several, in capitals; None if not."""
    forms = (word, word.lower(), word.capitalize(), word.title(), word.upper())
    return next((vectors.words[vectors.index(form)] for form in forms if form in vectors), None)


def rows(vectors, words):
    """The vectors, scaled to length 1, of words that are there in one spelling or another: (W, D), D at least 2."""
    found = vectors.matrix[vectors.indices([spelling(word, vectors) for word in words])]
    return two_columns(unit_rows(found))


def present(words, vectors):
    """Those of the words that are there."""
    return [word for word in words if spelling(word, vectors)]


def present_pairs(pairs, vectors):
    """Those of the pairs whose words are both there."""
    return [pair for pair in pairs if len(present(pair, vectors)) == 2]


def ends(vectors, pairs):
    """The rows of the first and of the second words of pairs: (P, D) twice."""
    return [rows(vectors, words) for words in zip(*pairs)]


def planes_of(vectors, words, category_of, groups=ANALOGIES):
    """{name: axes (2, D)}: the planes to choose from, the first is the one to begin with.

    words: those on the map; category_of: {word: category}; groups: {analogy: pairs}. CHOSEN is there if the words are
    of FEWEST_CATEGORIES or more, with two words each; an analogy's plane if two or more of its pairs are.
    """
    pairs = {group: present_pairs(pairs, vectors) for group, pairs in groups.items()}
    pairs = {group: ends(vectors, found) for group, found in pairs.items() if len(found) >= 2}
    words = words if len(words) >= FEWEST else list(vectors.words[:MOST_FREQUENT])
    X = rows(vectors, words)
    planes = {SPREAD: spread_plane(X)}
    sizes = Counter(category_of[word] for word in words if word in category_of)
    labelled = [i for i, word in enumerate(words) if sizes[category_of.get(word)] >= 2]
    if len({category_of[words[i]] for i in labelled}) >= FEWEST_CATEGORIES:
        labels = [category_of[words[i]] for i in labelled]
        planes = {CHOSEN: DiscriminantPlane().fit(X[labelled], labels, list(pairs.values())).axes} | planes
    return planes | analogy_planes(vectors, groups)


def analogy_planes(vectors, groups):
    """{analogy: axes (2, D)} of groups {analogy: pairs}: of those of which two pairs or more are there."""
    planes = {}
    for group, pairs in groups.items():
        found = present_pairs(pairs, vectors)
        if len(found) < 2:
            continue
        try:
            planes[group] = AnalogyPlane().fit(*ends(vectors, found)).axes
        except ValueError:  # the pairs lie on top of each other: this group has no plane of its own
            continue
    return planes


def spread_plane(X):
    """The axes of PCA of X (W, D), also for fewer than three rows."""
    return PCA(2).fit(np.repeat(X, 3, axis=0) if len(X) < 3 else X).axes


def neighbour_table(glove, words):
    """{word: [(neighbour, cosine)]} of words, among all words of `glove`; cosines with float32's digits only."""
    return {
        word: [(other, float(str(np.float32(cosine)))) for other, cosine in glove.neighbours(word, NEIGHBOURS)]
        for word in words
    }


def offset_cosines(vectors, axes, pairs):
    """(in full, on the plane): the mean cosine between the offsets of pairs of words; NaN for fewer than two pairs."""
    if len(pairs) < 2:
        return nan, nan
    starts, stops = ends(vectors, pairs)  # (P, D) each
    return mean_offset_cosine(starts, stops), mean_offset_cosine(starts @ axes.T, stops @ axes.T)
