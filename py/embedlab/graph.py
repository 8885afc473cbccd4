"""The k nearest of every row: the graph that a layout draws.

Axes: N rows, D dimensions, k neighbours, B rows of a block.
"""

from dataclasses import dataclass

import numpy as np

from embedlab.kernel import NoKernel, aligned
from embedlab.kernel.plane import ROWS, Nearest
from embedlab.vectors import as_cosines, row_blocks, unit_rows

PIECE = 1 << 27  # products' terms between two reports: a tenth of a second, or less


@dataclass(frozen=True)
class Graph:
    """neighbours: (N, k) int32, of each row the nearest others, nearest first; cosines: (N, k) float32, theirs."""

    neighbours: np.ndarray
    cosines: np.ndarray


def neighbour_graph(vectors, k=15):
    """The Graph of the k nearest by cosine of all rows of vectors (N, D), exact to float32; see `graph_steps`."""
    steps = graph_steps(vectors, k)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def graph_steps(vectors, k=15, engine=None):
    """What neighbour_graph does in pieces: yields the part done, 0..1, and returns the Graph.

    A row is no neighbour of itself, one that is there twice has a neighbour of cosine 1; of equal cosines the first
    row's counts as nearer. engine: None takes the compiled kernel if there is one, "numpy" does without.
    Raises ValueError for a row of zeros, which has no direction, for a number that is not finite, and for fewer than
    k + 2 rows.
    """
    unit = checked_unit_rows(vectors, k)  # (N, D)
    if engine not in (None, "kernel", "numpy"):
        raise ValueError(f'engine is {engine!r}: choose "kernel" or "numpy", or None for whichever is there.')
    if engine == "numpy":
        return (yield from _by_numpy(unit, k))
    try:
        nearest = Nearest(unit, k)
    except NoKernel:
        if engine == "kernel":
            raise
        return (yield from _by_numpy(unit, k))
    return (yield from _by_kernel(nearest, unit.shape[1]))


def _by_kernel(nearest, D):
    start = 0
    while start < nearest.groups:
        left = (nearest.groups - start) * ROWS  # rows that the next group is compared with
        stop = min(start + max(1, PIECE // (ROWS * left * D)), nearest.groups)
        nearest.compare(start, stop)
        start = stop
        yield 1 - ((nearest.groups - start) / nearest.groups) ** 2
    return Graph(nearest.neighbours, as_cosines(nearest.cosines))


def checked_unit_rows(vectors, k):
    """The rows of vectors (N, D) at length 1, float32; raises ValueError as graph_steps says."""
    vectors = np.asarray(vectors)
    if vectors.ndim != 2 or vectors.shape[1] < 1:
        raise ValueError(f"vectors have shape {vectors.shape}: give a matrix of rows and columns.")
    N = len(vectors)
    if not 1 <= k <= N - 2:
        remedy = f"choose 1 to {N - 2}" if N > 2 else "give three rows or more"
        raise ValueError(f"k is {k} neighbours for {N} rows: {remedy}.")
    unit = aligned(vectors.shape)
    for start, block in row_blocks(vectors):
        infinite, zero = ~np.isfinite(block).all(axis=1), ~block.any(axis=1)  # (B,) each
        for rows, what in ((infinite, "a number that is not finite"), (zero, "nothing but zeros")):
            if rows.any():
                raise ValueError(f"row {start + int(rows.argmax())} of vectors holds {what}: leave it out.")
        unit[start : start + len(block)] = unit_rows(block)
    return unit


def _by_numpy(unit, k):
    N = len(unit)
    graph = Graph(np.empty((N, k), np.int32), np.empty((N, k), np.float32))
    B = max(1, PIECE // (N * unit.shape[1]))
    for start in range(0, N, B):
        cosines = as_cosines(unit[start : start + B] @ unit.T)  # (B, N)
        rows = np.arange(len(cosines))
        cosines[rows, start + rows] = -np.inf
        nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :k]  # (B, k)
        graph.neighbours[start : start + B] = nearest
        graph.cosines[start : start + B] = np.take_along_axis(cosines, nearest, axis=1)
        yield (start + len(rows)) / N
    return graph
