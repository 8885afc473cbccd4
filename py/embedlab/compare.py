"""Two sets of word vectors side by side: one rotated onto the other, and the words whose neighbours changed most.

Axes: S shared words, D dimensions, B words of a block, k neighbours.
"""

from dataclasses import dataclass

import numpy as np

from embedlab.numbers import counted
from embedlab.projection import procrustes
from embedlab.vectors import WordVectors

STEP = 25_000_000  # multiplications of a step: about 0.1 s in Pyodide


class NothingShared(ValueError):
    """Two vocabularies with too few words in common."""


def shared_words(a, b, most=None, least=2):
    """Words of both, in the order of a, at most the first `most`: list[str]; raises NothingShared for under `least`."""
    words = [word for word in a.words if word in b][:most]
    if len(words) < least:
        raise NothingShared(f"the two models share {counted(len(words), 'word')}, {least} are needed: compare others.")
    return words


def aligned(a, b, most=None):
    """Both with unit vectors over their shared words, b rotated (or reflected) onto a: (WordVectors, WordVectors).

    Orthogonal Procrustes: within each, cosines stay as they are. If one has fewer dimensions, it gets zeros for the
    others. Raises NothingShared.
    """
    words = shared_words(a, b, most)
    D = max(a.matrix.shape[1], b.matrix.shape[1])
    A, B = (_widened(vectors.unit[vectors.indices(words)], D) for vectors in (a, b))  # (S, D) each
    return WordVectors(words, A), WordVectors(words, B @ procrustes(B, A))


def _widened(X, D):
    return np.pad(X, ((0, 0), (0, D - X.shape[1])))


def identical(a, b):
    """Whether two sets have the same words in the same order with the same numbers."""
    return a.words == b.words and np.array_equal(a.matrix, b.matrix)


def coincide(A, B, within=1e-4):
    """Whether two sets of the same words, as `aligned` gives them, lie on one another."""
    return A.matrix.shape == B.matrix.shape and bool(np.abs(A.matrix - B.matrix).max() < within)


@dataclass(frozen=True)
class NeighbourChange:
    """words: S shared words; near_a, near_b: (S, k) positions in `words` of their nearest; change: (S,), 0 to 1.

    change is 1 - Jaccard: 0 for the same k neighbours under both models, 1 for none in common.
    """

    words: list[str]
    near_a: np.ndarray
    near_b: np.ndarray
    change: np.ndarray


def neighbour_changes(a, b, k=10, most=5_000):
    """(part done, NeighbourChange at the end or None), in steps, over the `most` most frequent shared words.

    The work grows with the square of `most`. Raises NothingShared.
    """
    words = shared_words(a, b, most, least=k + 1)
    units = [vectors.unit[vectors.indices(words)] for vectors in (a, b)]  # (S, D) each
    S = len(words)
    near = np.empty((2, S, k), dtype=np.int64)
    block = max(1, STEP // (S * max(unit.shape[1] for unit in units)))
    for start in range(0, S, block):
        for side, unit in enumerate(units):
            near[side, start : start + block] = _nearest(unit, start, block, k)
            yield (start + block * (side + 1) / 2) / (S + block), None
    common = (near[0][:, :, None] == near[1][:, None, :]).sum(axis=(1, 2))  # (S,)
    yield 1.0, NeighbourChange(words, near[0], near[1], 1 - common / (2 * k - common))


def _nearest(unit, start, block, k):
    """Rows of the k nearest to each of the rows from `start`, the nearest first: (B, k)."""
    cosines = unit[start : start + block] @ unit.T  # (B, S)
    rows = np.arange(len(cosines))
    cosines[rows, start + rows] = -np.inf  # itself
    near = np.argpartition(-cosines, k - 1, axis=1)[:, :k]  # (B, k)
    order = np.argsort(-np.take_along_axis(cosines, near, axis=1), axis=1, kind="stable")
    return np.take_along_axis(near, order, axis=1)
