"""Skip-gram with negative sampling: Mikolov et al. 2013, "Distributed Representations of Words and Phrases".

Each word has two rows: in U as a centre, in V as a context. A pair met in the text is pulled together, K
words drawn from noise are pushed away. Conventions are word2vec.c's except that the window is full, the
sigmoid exact, and all K + 1 products are taken before any row moves (it differs only if a negative repeats).

Axes: K negatives, D dimensions, n steps of a chunk, S steps of a run, P pairs, R = 1 + the negatives not skipped.
U and V are (vocabulary, D) float64.
"""

from dataclasses import dataclass, fields
from itertools import pairwise
from math import fsum
from numbers import Integral, Real

import numpy as np

from embedlab.powers import relative_powers
from embedlab.text import EmptyCorpus, skipgram_pairs

INIT, ORDER, NOISE = range(3)  # independent random streams of one seed
LOWEST_RATE = 1e-4  # the learning rate ends here, as a part of its start


def sigmoid(x):
    """1 / (1 + exp(-x)), elementwise, without overflow."""
    return np.exp(-np.logaddexp(0, -x))


def loss(u, v_context, v_negatives):
    """-log σ(v_c·u) - Σ log σ(-v_k·u), equation 4 of the paper, in nats; u, v_context: (D,), v_negatives: (K, D)."""
    return np.logaddexp(0, -(v_context @ u)) + np.logaddexp(0, v_negatives @ u).sum()


def gradients(u, v_context, v_negatives):
    """Of this loss, by u (D,), v_context (D,) and v_negatives (K, D): each is σ - label, times the other row."""
    error_context = sigmoid(v_context @ u) - 1  # (): label 1
    error_negatives = sigmoid(v_negatives @ u)  # (K,): label 0
    du = error_context * v_context + error_negatives @ v_negatives  # (D,)
    return du, error_context * u, np.outer(error_negatives, u)  # (D,), (D,), (K, D)


def step(U, V, centre, context, negatives, learning_rate):
    """One step down these gradients, in place; returns the loss before it, a float.

    centre, context: ids; negatives: (K,) ids as drawn, of which those equal to the context are skipped.
    The same sums as `loss` and `gradients`, but in one pass over the rows: it is the inner loop.
    """
    rows = np.concatenate(([context], negatives[negatives != context]))  # (R,)
    u, v = U[centre], V[rows]  # (D,), (R, D)
    x = v @ u  # (R,)
    x[0] = -x[0]  # now each term is log(1 + exp(x))
    terms = np.logaddexp(0, x)
    errors = np.exp(x - terms)  # σ(x)
    errors[0] = -errors[0]  # -σ(-v_c·u) = σ(v_c·u) - 1
    du = errors @ v  # (D,)
    np.subtract.at(V, rows, np.outer(learning_rate * errors, u))  # a repeated negative counts each time
    U[centre] -= learning_rate * du
    return float(terms.sum())


def shared_step(U, V, words, target, negatives, learning_rate):
    """The steps of a window at once, with the same negatives; returns the sum of their losses, a float.

    words: (W,) ids of the words around a centre, each of which is an input as in word2vec.c; target: the centre's id;
    negatives: (K,) ids as in `step`. All products are taken before a row moves, and all that moves a row is summed
    (Ji, Satish, Li and Dubey 2016, "Parallelizing Word2Vec in Shared and Distributed Memory").
    """
    rows = np.concatenate(([target], negatives[negatives != target]))  # (R,)
    u, v = U[words], V[rows]  # (W, D), (R, D)
    x = u @ v.T  # (W, R)
    x[:, 0] = -x[:, 0]  # now each term is log(1 + exp(x))
    terms = np.logaddexp(0, x)
    errors = np.exp(x - terms)  # σ(x)
    errors[:, 0] = -errors[:, 0]
    np.subtract.at(U, words, learning_rate * errors @ v)  # a repeated word counts each time
    np.subtract.at(V, rows, learning_rate * errors.T @ u)
    return float(terms.sum())


class InvalidConfig(ValueError):
    """A training parameter out of its range, or one that the corpus cannot serve."""


class DivergedError(ValueError):
    """Training ran into infinite or undefined numbers."""


@dataclass(frozen=True)
class Config:
    """The parameters of a run; raises InvalidConfig for a value out of range."""

    dim: int = 2
    window: int = 3
    negatives: int = 5
    noise_exponent: float = 0.75
    learning_rate: float = 0.05
    epochs: int = 40
    seed: int = 0

    def __post_init__(self):
        least = dict(dim=1, window=1, negatives=1, epochs=1, seed=0)
        for name, lowest in least.items():
            value = getattr(self, name)
            if not isinstance(value, Integral) or value < lowest:
                raise InvalidConfig(f"{name} is {value!r}: choose a whole number of {lowest} or more.")
        if not is_finite(self.noise_exponent):
            raise InvalidConfig(f"noise_exponent is {self.noise_exponent!r}: choose a finite number such as 0.75.")
        if not is_finite(self.learning_rate) or self.learning_rate <= 0:
            raise InvalidConfig(f"learning_rate is {self.learning_rate!r}: choose a number above 0 such as 0.05.")


def is_finite(value):
    return isinstance(value, Real) and bool(np.isfinite(value))


@dataclass(frozen=True)
class StepLog:
    """What n steps did, enough to replay them exactly with `step`.

    centre, context: (n,) int64 ids; negatives: (n, K) int64 ids as drawn; learning_rate: (n,) float64.
    """

    centre: np.ndarray
    context: np.ndarray
    negatives: np.ndarray
    learning_rate: np.ndarray

    def __len__(self):
        return len(self.centre)

    @classmethod
    def join(cls, logs):
        """The logs of consecutive chunks as one."""
        return cls(*(np.concatenate([getattr(log, field.name) for log in logs]) for field in fields(cls)))


@dataclass(frozen=True)
class Chunk:
    """Steps start..stop (exclusive) out of `total`: their log and losses (n,), and copies of U and V after them."""

    start: int
    stop: int
    total: int
    log: StepLog
    losses: np.ndarray
    U: np.ndarray
    V: np.ndarray


def noise_distribution(counts, exponent=0.75):
    """P(word) ∝ count ** exponent: (V,) float64 summing to 1; counts (V,) must be positive."""
    counts = np.asarray(counts)
    if not (counts > 0).all():
        raise ValueError(f"the count of word {np.argmin(counts)} is {counts.min()}: counts must be above 0.")
    weights = relative_powers(counts, exponent)  # (V,)
    return weights / fsum(weights)


def learning_rates(steps, total, config):
    """The rates of the given steps (n,) out of `total`, falling linearly to LOWEST_RATE of the first: (n,) float64."""
    return config.learning_rate * np.maximum(1 - steps / total, LOWEST_RATE)


def initial(vocabulary_size, config):
    """U and V before the first step, as in word2vec.c: U uniform in ±0.5/D, V zeros; both (vocabulary_size, D)."""
    rng = np.random.default_rng([config.seed, INIT])
    U = rng.uniform(-0.5, 0.5, (vocabulary_size, config.dim)) / config.dim
    return U, np.zeros_like(U)


def training_pairs(sentences, vocabulary, config):
    """The (P, 2) [centre, context] pairs of one epoch; raises EmptyCorpus or InvalidConfig if there is no training."""
    if len(vocabulary) < 2:
        raise InvalidConfig(
            "the text has no two different words, so that all negatives would be the context itself: "
            "use a text with more words."
        )
    pairs = skipgram_pairs(vocabulary.encode(sentences), config.window)
    if len(pairs) == 0:
        raise EmptyCorpus("No sentence has two words, so there are no pairs to learn from: write longer sentences.")
    return pairs


def train(sentences, vocabulary, config, chunks=1000):
    """Train on sentences (list[list[str]]) and yield a Chunk after every `chunks` steps; stop by not asking on.

    chunks: how many steps a chunk has, or a list of how many are done at the end of each, rising to the run's S.
    Every epoch sees all pairs, in an order shuffled anew. The learning rate falls linearly. The chunks do not change
    the run, nor do U and V of a chunk share memory with it. Raises what `training_pairs` does, and DivergedError.
    """
    centres, contexts = training_pairs(sentences, vocabulary, config).T  # (P,), (P,)
    yield from descend(step, centres, contexts, vocabulary, config, chunks)


def chunk_ends(chunks, total):
    """How many of `total` steps are done at the end of each chunk: what `train` takes, as a list."""
    if isinstance(chunks, Integral):
        return [*range(chunks, total, chunks), total]
    ends = list(chunks)
    if ends[-1:] != [total] or any(stop <= start for start, stop in pairwise([0, *ends])):
        raise ValueError(f"chunks is {chunks!r}: give numbers of steps that rise from above 0 to {total}.")
    return ends


def descend(step, centres, contexts, vocabulary, config, chunks):
    """As `train`, for any step: one for each of the centres (P,) with what is at its place in contexts (P, ...)."""
    total = len(centres) * config.epochs
    U, V = initial(len(vocabulary), config)
    shuffle = np.random.default_rng([config.seed, ORDER])
    order = np.concatenate([shuffle.permutation(len(centres)) for _ in range(config.epochs)])  # (S,)
    noise = np.random.default_rng([config.seed, NOISE])
    ladder = np.cumsum(noise_distribution(vocabulary.counts, config.noise_exponent))  # (V,)
    ladder /= ladder[-1]
    for start, stop in pairwise([0, *chunk_ends(chunks, total)]):
        centre, context = centres[order[start:stop]], contexts[order[start:stop]]  # (n,), (n, ...)
        draws = noise.random((stop - start, config.negatives))  # (n, K)
        negatives = np.searchsorted(ladder, draws, side="right").astype(np.int64)  # (n, K); int32 in a browser
        rates = learning_rates(np.arange(start, stop), total, config)  # (n,)
        losses = run(U, V, centre, context, negatives, rates, step)  # (n,)
        check_finite(U, V, losses, start, config)
        yield Chunk(start, stop, total, StepLog(centre, context, negatives, rates), losses, U.copy(), V.copy())


def run(U, V, centre, context, negatives, rates, step=step):
    """Take n steps in place, given (n,), (n, ...), (n, K), (n,); returns their losses, (n,)."""
    with np.errstate(over="ignore", invalid="ignore"):  # check_finite reports these
        return np.array([step(U, V, *drawn) for drawn in zip(centre.tolist(), context, negatives, rates.tolist())])


def check_finite(U, V, losses, start, config):
    """Raise DivergedError, naming the step, if the chunk that began at `start` left the finite numbers."""
    bad = np.flatnonzero(~np.isfinite(losses))
    if len(bad) or not (np.isfinite(U).all() and np.isfinite(V).all()):
        at = start + (bad[0] if len(bad) else len(losses))
        raise DivergedError(
            f"the numbers became infinite by step {at:,} with learning_rate={config.learning_rate:g}: "
            f"lower the learning rate and train again."
        )
