"""The atlas beside another model: where its words lie there, and which of them moved furthest from one to the other."""

from dataclasses import dataclass

import numpy as np

from embedlab.compare import neighbour_changes, shared_words
from embedlab.projection import procrustes

LEAST = 20  # words that two layouts have to share
AMONG = 5_000  # words, the most frequent shared ones, whose neighbours are compared
NEAREST = 10  # that many of each
CHANGED = 5  # a word that keeps fewer of its nearest has changed
MOVERS = 25  # words that are named
AROUND = 15  # words around one on the plane
BLOCK = 256  # rows at once


@dataclass(frozen=True)
class Beside:
    """positions: (V, 2) float32, where each word lies in the other model; here: (V,) bool, whether it has the word."""

    positions: np.ndarray
    here: np.ndarray


def beside(vectors, positions, other, other_positions):
    """The layout of other WordVectors beside that of some: the shared words of both turned onto each other.

    vectors, other: WordVectors; positions: (V, 2) and other_positions: (W, 2), of all their words. The other layout is
    turned or mirrored, scaled and moved, for none of that means anything. Raises NothingShared for under LEAST words.
    """
    shared = shared_words(vectors, other, least=LEAST)  # S words
    mine = vectors.indices(shared)
    everywhere, here = np.array(positions, np.float32), np.zeros(len(positions), bool)
    everywhere[mine] = fitted(other_positions[other.indices(shared)], positions[mine])
    here[mine] = True
    return Beside(everywhere, here)


def movers(vectors, other, begin, end):
    """(part done, None), in steps, then (1, [(word, distance, common)]): the words that changed, the furthest first.

    vectors, other: WordVectors; begin, end: (V, 2), where the words of vectors lie in the one and in the other. common:
    how many of its NEAREST by cosine are the same, among the AMONG most frequent shared words; a word has changed if
    they are fewer than CHANGED. distance: how far it moves away from those around it, as a part of the plane's width.
    """
    for part, found in neighbour_changes(vectors, other, k=NEAREST, most=AMONG):
        if found is None:
            yield part, None
    common = (found.near_a[:, :, None] == found.near_b[:, None, :]).sum(axis=(1, 2))  # (S,)
    rows = vectors.indices(found.words)
    moved = moved_away(begin[rows], end[rows]) / (np.ptp(begin, axis=0).max() or 1)  # (S,)
    changed = np.flatnonzero(common < CHANGED)
    furthest = changed[np.argsort(-moved[changed], kind="stable")][:MOVERS]
    yield 1.0, [(found.words[i], float(moved[i]), int(common[i])) for i in furthest]


def fitted(source, target):
    """source (S, 2) turned or mirrored, scaled and moved so that it lies as near as it can to target (S, 2)."""
    centre = target.mean(axis=0)
    a, b = np.asarray(source - source.mean(axis=0), float), np.asarray(target - centre, float)
    turned = a @ procrustes(a, b)
    return turned * ((turned * b).sum() / ((a * a).sum() or 1)) + centre


def moved_away(begin, end):
    """How far each moves from begin (S, 2) to end (S, 2) against the median of the AROUND nearest to it at the start.

    So words that move together do not count as moved: where a layout puts a region means nothing.
    """
    moves, found = end - begin, np.empty(len(begin))
    for start in range(0, len(begin), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(begin)))
        distances = ((begin[rows, None] - begin) ** 2).sum(axis=2)  # (B, S)
        distances[np.arange(len(rows)), rows] = np.inf  # itself
        around = np.argpartition(distances, AROUND, axis=1)[:, :AROUND]
        found[rows] = np.linalg.norm(moves[rows] - np.median(moves[around], axis=1), axis=1)
    return found


def placed_start(graph, start, rows, places):
    """A start for a layout from places that some words have already: (N, 2) float32.

    graph: a graph.Graph of N rows; start: (N, 2), from PCA; rows: (P,), the placed words; places: (P, 2). Placed words
    begin there, scaled as the start is; the others amidst those of their nearest that are placed, else where they start
    from PCA.
    """
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    places = (places - middle) * (np.abs(start).max() / (np.abs(places - middle).max() or 1))
    known, begin = np.zeros(len(start), bool), np.array(start)
    known[rows], begin[rows] = True, places
    near = known[graph.neighbours]  # (N, k)
    amidst = ~known & near.any(axis=1)
    total = (begin[graph.neighbours] * near[:, :, None]).sum(axis=1)  # (N, 2)
    begin[amidst] = total[amidst] / near[amidst].sum(axis=1, keepdims=True) + 0.01 * start[amidst]
    return begin
