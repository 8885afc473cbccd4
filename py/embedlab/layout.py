"""All rows in the plane: each pulls its nearest towards it, and random others push it away, as skip-gram's words do.

UMAP's objective and its optimiser (McInnes, Healy and Melville 2018, "UMAP: Uniform Manifold Approximation and
Projection", sections 3 and 4.2, and umap-learn): cosine's k nearest with strengths that fall from 1, sampled by their
strengths, K negatives a sample, forces clipped at 4, a rate that falls to 0. It differs in this: the neighbours are
exact; s = 1 / (1 + d²) is the similarity in the plane, where UMAP fits 1 / (1 + a d^2b) (a = 1.58, b = 0.90 by
default), so that no power is taken; negatives push 4 times as strongly by default, which keeps more neighbours in
the plane; all K of them push from where the head then stands; it starts from PCA.

Axes: N rows, D dimensions, k neighbours, E edges, K negatives.
"""

from dataclasses import dataclass

import numpy as np

from embedlab.kernel import NoKernel
from embedlab.kernel.plane import Samples
from embedlab.projection import with_fixed_signs
from embedlab.vectors import row_blocks, unit_rows

HALVINGS = 24  # of the range in which a row's scale is looked for
RANGE = 1e3  # that scale is at most so many times the mean distance, and at least that part of it
EXTENT = 10.0  # of the start, in either direction
JITTER = 1e-4  # by which equal rows stand apart at the start
NEAR = 1e-3  # keeps the push of points on top of each other finite
LONGEST = 4.0  # of a force in either direction
GAMMA = 0x9E3779B97F4A7C15  # SplitMix64's step


@dataclass(frozen=True)
class Edges:
    """heads, tails: (E,) int32, each two rows both ways round, by heads; strengths: (E,) float32, above 0, to 1."""

    heads: np.ndarray
    tails: np.ndarray
    strengths: np.ndarray


@dataclass(frozen=True)
class Frame:
    """positions: (N, 2) float32, the same array each time; epoch: how many of `epochs` are done."""

    epoch: int
    epochs: int
    positions: np.ndarray


def layout(graph, start, epochs=200, repulsion=4.0, negatives=5, seed=0, engine=None):
    """Positions in the plane for the rows of a graph.Graph: yields a Frame for the start, and one after each epoch.

    start: (N, 2), such as `pca_start` gives; repulsion: how strongly negatives push, which spreads groups; engine:
    None takes the compiled kernel if there is one, "kernel" insists on it (else NoKernel), "numpy" does without, at a
    thousandth of the speed. The same seed gives the same positions on the same machine. Raises ValueError for what
    does not fit.
    """
    N = len(graph.neighbours)
    positions = np.array(start, np.float32, order="C")  # (N, 2), a copy
    if positions.shape != (N, 2) or not np.isfinite(positions).all():
        raise ValueError(f"start has shape {positions.shape}: give {N} rows of two finite numbers.")
    for name, value, lowest in (("epochs", epochs, 1), ("negatives", negatives, 1), ("seed", seed, 0)):
        if value != int(value) or value < lowest:
            raise ValueError(f"{name} is {value!r}: choose a whole number of {lowest} or more.")
    if not (np.isfinite(repulsion) and repulsion >= 0):
        raise ValueError(f"repulsion is {repulsion!r}: choose a number of 0 or more, such as 1.")
    edges = kept_edges(edges_of(graph), epochs)
    every = edges.strengths.max() / edges.strengths  # (E,), epochs between two samples
    random = int(np.random.SeedSequence(seed).generate_state(1, np.uint64)[0])
    parts = positions, edges.heads, edges.tails, every, every.copy(), negatives, repulsion, random
    samples = choose(engine)(*parts)
    yield Frame(0, epochs, positions)
    for epoch in range(1, epochs + 1):
        samples.epoch(epoch, 1 - (epoch - 1) / epochs)
        yield Frame(epoch, epochs, positions)


def memory_needed(N, D, k=15):
    """Bytes that the graph of N rows of D numbers and their layout take at the peak, beside the rows. An estimate."""
    rows, ties = N * D * 4, N * k
    return 2 * rows + 110 * ties  # unit rows, and the kernel's; neighbours, and the edges while they are sorted


def choose(engine):
    """The class that takes the samples, by the name of an engine."""
    if engine not in (None, "kernel", "numpy"):
        raise ValueError(f'engine is {engine!r}: choose "kernel" or "numpy", or None for whichever is there.')
    if engine == "numpy":
        return ReadableSamples
    if engine == "kernel":
        return Samples

    def either(*parts):
        try:
            return Samples(*parts)
        except NoKernel:
            return ReadableSamples(*parts)

    return either


def pca_start(vectors, seed=0):
    """The rows of vectors (N, D) on their two principal axes, EXTENT wide and equal ones set apart: (N, 2) float32."""
    N, D = np.shape(vectors)
    if D < 2 or N < 2:
        raise ValueError(f"vectors have shape {N, D}: give two rows or more, of two numbers or more.")
    mean, squares = np.zeros(D), np.zeros((D, D))
    for _, block in row_blocks(vectors):
        unit = unit_rows(block).astype(np.float64)  # (B, D)
        mean += unit.sum(axis=0) / N
        squares += unit.T @ unit / N
    axes = with_fixed_signs(np.linalg.eigh(squares - np.outer(mean, mean))[1].T[:-3:-1])  # (2, D), widest first
    start = np.concatenate([(unit_rows(block) - mean) @ axes.T for _, block in row_blocks(vectors)])  # (N, 2)
    start *= EXTENT / (np.abs(start).max() or 1)
    return (start + np.random.default_rng(seed).normal(0, JITTER, start.shape)).astype(np.float32)


# -- strengths -------------------------------------------------------------------------------------------------------


def strengths_of(distances):
    """How strongly each row is tied to its neighbours, from distances (N, k), rising: (N, k), 1 for the nearest.

    exp(-(d - r) / scale), where r is the smallest distance above 0 and the scale makes a row's sum log2(k): so rows in
    crowded and in empty parts are tied alike (McInnes et al. 2018, algorithm 3).
    """
    k = distances.shape[1]
    positive = np.where(distances > 0, distances, np.inf).min(axis=1, keepdims=True)  # (N, 1)
    beyond = np.maximum(distances - np.where(np.isinf(positive), 0, positive), 0)  # (N, k)
    mean = np.maximum(distances.mean(axis=1, keepdims=True), np.finfo(np.float32).tiny)  # (N, 1)
    low, high = mean / RANGE, mean * RANGE
    for _ in range(HALVINGS):
        scale = np.sqrt(low * high)
        too_strong = np.exp(-beyond / scale).sum(axis=1, keepdims=True) > np.log2(k)  # (N, 1)
        low, high = np.where(too_strong, low, scale), np.where(too_strong, scale, high)
    return np.exp(-beyond / scale)


def edges_of(graph):
    """The Edges of a graph.Graph: a tie of strength a one way and b the other, 0 if none, has a + b - a b both ways."""
    N, k = graph.neighbours.shape
    strengths = strengths_of(1 - graph.cosines.astype(np.float64)).ravel()  # (N k,)
    heads, tails = np.repeat(np.arange(N), k), graph.neighbours.ravel().astype(np.int64)
    order = np.argsort(heads * N + tails)
    heads, tails, strengths = heads[order], tails[order], strengths[order]
    ties, back = heads * N + tails, tails * N + heads
    places = np.minimum(np.searchsorted(ties, back), len(ties) - 1)
    mutual = ties[places] == back  # (N k,)
    both = strengths + np.where(mutual, strengths[places] * (1 - strengths), 0)
    one_way = ~mutual
    heads, tails = np.concatenate([heads, tails[one_way]]), np.concatenate([tails, heads[one_way]])  # (E,)
    both = np.concatenate([both, strengths[one_way]])
    order = np.argsort(heads * N + tails)
    return Edges(heads[order].astype(np.int32), tails[order].astype(np.int32), both[order].astype(np.float32))


def kept_edges(edges, epochs):
    """Edges without those that are too weak to be sampled in so many epochs."""
    kept = edges.strengths >= edges.strengths.max() / epochs  # (E,)
    return Edges(edges.heads[kept], edges.tails[kept], edges.strengths[kept])


# -- samples ---------------------------------------------------------------------------------------------------------


def pull(offsets):
    """The gradient of -log s in the first of two points, by their offsets (..., 2): (..., 2)."""
    squares = (offsets**2).sum(axis=-1, keepdims=True)
    return 2 / (1 + squares) * offsets


def push(offsets, repulsion):
    """The gradient of -repulsion log(1 - s) in the first of two points, by their offsets (..., 2): (..., 2).

    NEAR keeps it finite where points meet, as in UMAP: its loss is -repulsion log((NEAR + d²) / (1 + d²)) / (1 - NEAR).
    """
    squares = (offsets**2).sum(axis=-1, keepdims=True)
    return -2 * repulsion / ((NEAR + squares) * (1 + squares)) * offsets


def clipped(forces):
    return np.clip(forces, -LONGEST, LONGEST)


def sample(y, head, tail, negatives, rate, repulsion):
    """One sample, in place on y (N, 2): head and tail pull each other; then negatives (K,) push the head."""
    move = rate * clipped(pull(y[head] - y[tail]))  # (2,)
    y[head] -= move
    y[tail] += move
    forces = clipped(push(y[head] - y[negatives], repulsion))  # (K, 2), 0 from itself
    y[head] -= rate * forces.sum(axis=0)


def random_rows(state, count, N):
    """Rows below N by the next numbers of SplitMix64 (Steele, Lea and Flood 2014), and its state after them."""
    z = np.uint64(state) + np.uint64(GAMMA) * np.arange(1, count + 1, dtype=np.uint64)  # (count,), modulo 2^64
    z = (z ^ z >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ z >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return ((z >> np.uint64(32)) * np.uint64(N) >> np.uint64(32)).astype(np.intp), (state + count * GAMMA) % 2**64


class ReadableSamples:
    """What kernel.plane.Samples does, one sample after the other, bit for bit."""

    def __init__(self, positions, heads, tails, every, due, negatives, repulsion, random):
        self.positions, self.heads, self.tails, self.every, self.due = positions, heads, tails, every, due
        self.negatives, self.repulsion, self.random = negatives, repulsion, random

    def epoch(self, epoch, rate):
        """Take the samples that are due in an epoch."""
        due = np.flatnonzero(self.due <= epoch)
        self.due[due] += self.every[due]
        K, N = self.negatives, len(self.positions)
        drawn, self.random = random_rows(self.random, len(due) * K, N)
        for edge, negatives in zip(due, drawn.reshape(-1, K)):
            sample(self.positions, self.heads[edge], self.tails[edge], negatives, rate, self.repulsion)
