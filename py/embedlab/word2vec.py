"""Training skip-gram or CBOW on a real corpus, in pieces: by the compiled kernel, or by NumPy where there is none.

Conventions are word2vec.c's: sentences end windows; frequent words are dropped before windows are cut, anew in each
epoch; each centre draws its window's width uniformly from 1..window; negatives come from counts ** noise_exponent,
one that is the target is skipped, not drawn again; the learning rate falls linearly over the run, to 1e-4 of its
start; U starts uniform in ±0.5/D, V at zero; CBOW gives its mean's whole error to every word of the window. Unlike
there, the centre's row is the input and the word beside it the target (the same pairs, in another order), unless
negatives are shared; the sigmoid is exact, with no cut at ±6; all products of a step are taken before a row moves.

Axes: V vocabulary, D dimensions, K negatives, T tokens of the corpus or of an epoch's stream.
"""

from dataclasses import dataclass
from math import ceil, inf, isfinite, nan
from numbers import Integral

import numpy as np

from embedlab.kernel import Kernel, NoKernel, aligned, check_ids, checked, load
from embedlab.minibatch import Minibatches
from embedlab.numbers import counted
from embedlab.sgns import INIT, LOWEST_RATE, NOISE, DivergedError, InvalidConfig, is_finite, noise_distribution
from embedlab.text import EmptyCorpus

SUBSAMPLING = NOISE + 1  # another independent random stream of a seed
SLICE = 1 << 20  # tokens looked at in one go, so that temporary arrays stay small


class TooLarge(ValueError):
    """The arrays of a training do not fit into memory."""


@dataclass(frozen=True)
class TrainConfig:
    """The parameters of a training; raises InvalidConfig for a value out of range. sample=0 keeps every word.

    shared_negatives: of skip-gram, one draw of negatives for all words of a window (sgns.shared_step), which is faster.
    """

    model: str = "sgns"
    dim: int = 100
    window: int = 5
    negatives: int = 5
    noise_exponent: float = 0.75
    sample: float = 1e-3
    learning_rate: float = 0.025
    epochs: int = 5
    seed: int = 0
    shared_negatives: bool = False

    def __post_init__(self):
        if self.model not in ("sgns", "cbow"):
            raise InvalidConfig(f"model is {self.model!r}: choose sgns or cbow.")
        if not isinstance(self.shared_negatives, bool) or (self.shared_negatives and self.model == "cbow"):
            raise InvalidConfig(
                f"shared_negatives is {self.shared_negatives!r} and model is {self.model}: choose True or False with "
                f"sgns, and False with cbow, which draws its negatives once a window as it is."
            )
        for name, lowest, highest in [
            ("dim", 1, 10_000),
            ("window", 1, 1000),
            ("negatives", 1, 1000),
            ("epochs", 1, 1_000_000),
            ("seed", 0, inf),
        ]:
            value = getattr(self, name)
            if not isinstance(value, Integral) or not lowest <= value <= highest:
                limits = f"of {lowest} or more" if highest == inf else f"from {lowest} to {highest:,}"
                raise InvalidConfig(f"{name} is {value!r}: choose a whole number {limits}.")
        for name, above, remedy in [
            ("noise_exponent", -inf, "a finite number such as 0.75"),
            ("sample", -1e-300, "0 to keep every word, or a small number such as 0.001"),
            ("learning_rate", 0, "a number above 0 such as 0.025"),
        ]:
            value = getattr(self, name)
            if not is_finite(value) or value <= above:
                raise InvalidConfig(f"{name} is {value!r}: choose {remedy}.")


@dataclass(frozen=True)
class Progress:
    """Where a training is, and what the last `advance` did.

    words_done, words_total: running words, before any are dropped, times epochs; pairs: steps taken in this call;
    loss: their mean in nats, nan if there were none; learning_rate: of the next step.
    """

    words_done: int
    words_total: int
    pairs: int
    loss: float
    learning_rate: float


class Trainer:
    """A training that goes on by `advance`, which changes U and V (V, D) float32, inputs and outputs, in place.

    corpus: a text.Corpus. engine: None takes the compiled kernel if there is one, "kernel" insists on it (else
    NoKernel), "numpy" does without; `.engine` tells which it became. The same seed gives the same vectors bit for
    bit, however the work is split into calls, and by the kernel on every machine and in the page.
    Raises InvalidConfig, EmptyCorpus for a text without two words side by side, TooLarge, and TypeError or ValueError
    for tokens that do not fit the vocabulary.
    """

    def __init__(self, corpus, config, engine=None):
        self.corpus, self.config = corpus, config
        self._words = check_corpus(corpus)  # running words
        try:
            self.U, self.V = initial(len(corpus.vocabulary), config)
            self._subsample = np.empty_like(corpus.tokens) if config.sample else None
            noise = alias_table(noise_distribution(corpus.vocabulary.counts, config.noise_exponent))
        except MemoryError:
            needed = memory_needed(len(corpus.vocabulary), config.dim, len(corpus.tokens))
            raise TooLarge(too_large(needed)) from None
        self._keep = keep_probabilities(corpus.vocabulary.counts, config.sample)
        random = int(np.random.SeedSequence([config.seed, NOISE]).generate_state(1, np.uint64)[0])
        model = "sgns_shared" if config.shared_negatives else config.model
        self._engine = choose(engine)(model, self.U, self.V, noise, config.window, config.negatives, random)
        self.engine = self._engine.name
        self.epoch, self._position, self._stream = 0, 0, None  # epochs finished; where in which stream

    def state(self):
        """Where it is, besides U and V, for `resumed`: plain values that JSON can hold."""
        position = None if self._stream is None else self._position
        return dict(engine=self.engine, epoch=self.epoch, position=position, random=self._engine.random)

    @classmethod
    def resumed(cls, corpus, config, U, V, state):
        """A Trainer that goes on exactly from `state()` and the U and V of that moment, which are copied.

        Raises ValueError for a state or tables that are not of such a training, and what the constructor raises.
        """
        trainer = cls(corpus, config, state["engine"])
        for name, table in (("U", U), ("V", V)):
            own = getattr(trainer, name)
            if table.shape != own.shape:
                raise ValueError(f"{name} has shape {table.shape}: a training of this corpus has {own.shape}.")
            own[:] = table
        trainer._go_to(**state)
        return trainer

    def _go_to(self, engine, epoch, position, random):
        if not 0 <= epoch <= self.config.epochs:
            raise ValueError(f"epoch is {epoch}: the training has {self.config.epochs}.")
        self.epoch, self._engine.random = epoch, random
        if position is not None:
            self._begin_epoch()
            if not 0 <= position <= len(self._stream):
                raise ValueError(f"position is {position}: the epoch has {len(self._stream)} words.")
            self._position = position

    @property
    def words_total(self):
        return self._words * self.config.epochs

    @property
    def words_done(self):
        within = 0 if self._stream is None else self._words * self._position // len(self._stream)
        return self._words * self.epoch + within

    @property
    def done(self):
        return self.epoch == self.config.epochs

    def advance(self, words):
        """Train on about this many more running words, at least one; returns a Progress. Raises DivergedError."""
        if not isinstance(words, Integral) or words < 1:
            raise ValueError(f"words is {words!r}: choose a whole number of 1 or more.")
        goal, pairs, loss = self.words_done + words, 0, 0.0
        while self.words_done < goal and not self.done:
            steps, summed = self._train_to(goal - self.epoch * self._words)
            pairs, loss = pairs + steps, loss + summed
            self._check_finite(loss)
        return Progress(self.words_done, self.words_total, pairs, loss / pairs if pairs else nan, self._rate())

    def _train_to(self, words):
        """Train this epoch until so many of its running words are done, or to its end; returns (steps, summed loss)."""
        if self._stream is None:
            self._begin_epoch()
        length, grain = len(self._stream), self._engine.grain
        stop = max(ceil(length * words / self._words), self._position + 1)
        stop = min(ceil(stop / grain) * grain, length)
        done = self._engine.train(self._position, stop, **self._schedule())
        self._position = stop
        if stop == length:
            self.epoch, self._stream = self.epoch + 1, None
        return done

    def _begin_epoch(self):
        self._stream, self._position = self._subsampled(), 0
        self._engine.read(self._stream)

    def _schedule(self):
        """The learning rate at position t of this epoch's stream is max(rate - slope * t, floor)."""
        start, epochs = self.config.learning_rate, self.config.epochs
        return dict(
            rate=start * (1 - self.epoch / epochs),
            floor=start * LOWEST_RATE,
            slope=start / epochs / max(1, len(self._stream)),
        )

    def _rate(self):
        return self.config.learning_rate * max(1 - self.words_done / self.words_total, LOWEST_RATE)

    def _subsampled(self):
        """This epoch's stream, (T,) int32: the corpus, subsampled anew."""
        tokens = self.corpus.tokens
        if self._subsample is None:
            return tokens
        rng, length = np.random.default_rng([self.config.seed, SUBSAMPLING, self.epoch]), 0
        for start in range(0, len(tokens), SLICE):
            part = tokens[start : start + SLICE]
            part = part[rng.random(len(part), np.float32) < self._keep[part]]
            self._subsample[length : length + len(part)] = part
            length += len(part)
        return self._subsample[:length]

    def _check_finite(self, loss):
        """Raise DivergedError if the numbers left the finite ones; at an epoch's end every row is looked at."""
        rows = [] if self._stream is not None else [self.U, self.V]
        if not (isfinite(loss) and all(np.isfinite(table.sum(dtype=np.float64)) for table in rows)):
            raise DivergedError(
                f"the numbers became infinite by word {self.words_done:,} with learning_rate="
                f"{self.config.learning_rate:g}: lower the learning rate and train again."
            )


def choose(engine):
    """The class of an engine by name; None: the kernel if it can be loaded."""
    if engine not in (None, "kernel", "numpy"):
        raise ValueError(f"engine is {engine!r}: choose kernel, numpy or None.")
    if engine == "kernel":
        load()
    return Minibatches if engine == "numpy" or (engine is None and why_slow()) else Kernel


def why_slow():
    """Why there is no compiled kernel here, a sentence; "" if there is one."""
    try:
        load()
    except NoKernel as reason:
        return str(reason)
    return ""


def check_corpus(corpus):
    """The number of running words; raises TypeError, ValueError or EmptyCorpus if there is nothing to train on."""
    tokens, vocabulary = corpus.tokens, corpus.vocabulary
    checked("tokens", tokens, np.int32, 1)
    check_ids("tokens", tokens, len(vocabulary))
    if len(vocabulary) < 2:
        raise EmptyCorpus(
            f"The text has {counted(len(vocabulary), 'different word')}: training needs two, so use another text."
        )
    word = tokens >= 0  # (T,)
    if not (word[1:] & word[:-1]).any():
        raise EmptyCorpus("No sentence has two words, so there are no pairs to learn from: write longer sentences.")
    return int(word.sum())


def initial(vocabulary_size, config):
    """U and V before the first step: U uniform in ±0.5/D, V zeros; both (V, D) float32."""
    U, V = (aligned((vocabulary_size, config.dim)) for _ in "UV")
    np.random.default_rng([config.seed, INIT]).random(out=U, dtype=np.float32)
    U -= np.float32(0.5)
    U /= np.float32(config.dim)
    return U, V


def keep_probabilities(counts, sample):
    """word2vec.c's chance for each word to stay, (V + 1,) float32; the last one, for -1, is certain.

    (sqrt(f/t) + 1) t/f, with f the word's share of all and t the sample.
    """
    ratio = sample * counts.sum() / counts  # (V,): t/f
    return np.append(np.sqrt(ratio) + ratio, inf).astype(np.float32)


def alias_table(probabilities):
    """Walker's alias method: (V, 2) uint32, a column's threshold out of 2**32 and its alias.

    A number below V chooses a column, another below 2**32 chooses the column itself if it is under the threshold, else
    its alias. probabilities (V,) sum to 1. The sweep of Hübschle-Schneider and Sanders (2019, "Parallel Weighted
    Random Sampling"): the first word that has more than an average share fills up words that have less, in their order,
    until it has less itself and the next one fills it up. So who fills whom is where two running sums cross.
    """
    size = len(probabilities)
    share = probabilities * size  # (V,): 1 on average
    light, heavy = np.flatnonzero(share < 1), np.flatnonzero(share >= 1)  # (L,), (H,)
    threshold, alias = np.ones(size), np.arange(size)
    if len(light) and len(heavy):
        lacking = np.concatenate([[0], np.cumsum(1 - share[light])])  # (L + 1,): of the first light words together
        over = np.cumsum(share[heavy] - 1)  # (H,)
        fills = np.searchsorted(over, lacking[:-1], side="right")  # (L,): the first that is not used up
        threshold[light], alias[light] = share[light], heavy[np.minimum(fills, len(heavy) - 1)]
        used_up = np.searchsorted(lacking, over[:-1])  # (H - 1,): by how many light words
        threshold[heavy[:-1]] += over[:-1] - lacking[np.minimum(used_up, len(light))]
        alias[heavy[:-1]] = heavy[1:]
    thresholds = np.clip(np.round(threshold * 2.0**32), 0, 2**32 - 1)
    return np.stack([thresholds.astype(np.uint32), alias.astype(np.uint32)], axis=1)


def memory_needed(vocabulary_size, dim, tokens):
    """Bytes that a Trainer takes at its peak, the corpus itself included; tokens: its length. An estimate."""
    tables = 2 * vocabulary_size * dim * 4  # U, V
    streams = 2 * tokens * 4 + 4 * min(tokens, SLICE) * 4 + tokens  # the corpus, an epoch's stream, masks
    return tables + streams + vocabulary_size * 150  # words, the alias table while it is built


def check_memory(vocabulary_size, dim, tokens, available):
    """Raise TooLarge, before anything is allocated, if a Trainer needs more than `available` bytes."""
    needed = memory_needed(vocabulary_size, dim, tokens)
    if needed > available:
        raise TooLarge(too_large(needed, available))


def too_large(needed, available=None):
    have = "" if available is None else f", and there are {available / 1e6:,.0f} MB"
    return (
        f"Training would take about {needed / 1e6:,.0f} MB{have}: lower dim, raise min_count so that fewer words "
        f"are left, or use a shorter text."
    )
