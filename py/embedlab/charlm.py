"""A character bigram model: guess the next letter from this one, and get an embedding of letters as a by-product.

letter -> its row of E -> (hidden layer) -> projection -> softmax over all letters. Trained end to end on all bigrams
at once. No such model can do better than the counts: its loss cannot go below `conditional_entropy`.

Weight tying uses E itself as the projection (Press and Wolf 2017), with a bias of its own for each letter. It needs the
hidden layer: without one the scores E Eᵀ cannot tell "qu" from "uq".

Axes: V letters, D dimensions, N names. Rows of a (V, V) matrix are this letter, columns the next.
"""

from copy import deepcopy
from dataclasses import dataclass, fields

import numpy as np

from embedlab.embedding import EmbeddingLayer
from embedlab.optim import Adam
from embedlab.softmax import softmax

END = "."  # before the first letter of a name and after its last


def letters_of(names):
    """The distinct letters of N names with END before them: list[str], in alphabetical order."""
    return [END, *sorted(set("".join(names)))]


def bigram_counts(names, letters):
    """How often each letter is followed by each: (V, V) float64; a name "ab" has three bigrams: “.a”, “ab”, “b.”."""
    if not names:
        raise ValueError("there are no names: give at least one.")
    place = {letter: i for i, letter in enumerate(letters)}
    counts = np.zeros((len(letters), len(letters)))
    for name in names:
        for this, following in zip(END + name, name + END):
            counts[place[this], place[following]] += 1
    return counts


def conditional_entropy(counts):
    """H(next | this) in nats a bigram: the loss of the best bigram model, P(next | this) as counted."""
    met = counts.sum(axis=1, keepdims=True)  # (V, 1)
    P = counts / np.where(met == 0, 1, met)  # (V, V)
    return float(-(counts * np.log(np.where(P > 0, P, 1))).sum() / counts.sum())


@dataclass(frozen=True)
class CharConfig:
    """dim: D; hidden: with a layer tanh(e H) of D units between embedding and projection; tied: projection = E."""

    dim: int = 2
    hidden: bool = False
    tied: bool = False
    learning_rate: float = 0.05
    steps: int = 500
    seed: int = 0

    def __post_init__(self):
        if self.dim < 1 or self.steps < 1:
            raise ValueError(f"dim is {self.dim} and steps {self.steps}: choose 1 or more.")


@dataclass
class CharModel:
    """E: (V, D) embedding; H: (D, D) hidden layer or None; P: (V, D) projection, the very array E if tied; b: (V,)."""

    E: np.ndarray
    H: np.ndarray | None
    P: np.ndarray
    b: np.ndarray

    @classmethod
    def initial(cls, V, config):
        """N(0, 0.02²) for E and P, N(0, 1/D) for H, a bias of zero."""
        rng = np.random.default_rng(config.seed)
        E = EmbeddingLayer(V, config.dim, config.seed).weight
        H = rng.normal(0, config.dim**-0.5, (config.dim, config.dim)) if config.hidden else None
        return cls(E, H, E if config.tied else rng.normal(0, 0.02, E.shape), np.zeros(V))

    def weights(self):
        """{name: array} of what is trained, a shared array once."""
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: array for name, array in arrays.items() if array is not None and not (name == "P" and array is self.E)
        }

    def parameters(self):
        """How many numbers are trained."""
        return sum(array.size for array in self.weights().values())

    def features(self):
        """What the projection sees for each letter: (V, D)."""
        return self.E if self.H is None else np.tanh(self.E @ self.H)

    def probabilities(self):
        """P(next | this): (V, V), rows sum to 1."""
        return softmax(self.features() @ self.P.T + self.b)

    def write(self, letters, rng, longest=30):
        """A name that perhaps nobody has: letters drawn one after the other until END."""
        P, end, name = self.probabilities(), letters.index(END), ""
        this = rng.choice(len(letters), p=P[end])
        while this != end and len(name) < longest:
            name += letters[this]
            this = rng.choice(len(letters), p=P[this])
        return name


def loss_and_gradients(model, counts):
    """Mean -log P(next | this) over the bigrams of counts (V, V), in nats, and {name: its gradient}."""
    F, total = model.features(), counts.sum()  # (V, D)
    scores = F @ model.P.T + model.b  # (V, V)
    log_P = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    loss = -(counts * log_P).sum() / total
    dscores = (counts.sum(axis=1, keepdims=True) * np.exp(log_P) - counts) / total  # (V, V): expected - seen
    dF, dP = dscores @ model.P, dscores.T @ F  # (V, D) each
    if model.H is None:
        gradients = {"E": dF}
    else:
        dA = dF * (1 - F**2)  # (V, D): before tanh
        gradients = {"E": dA @ model.H.T, "H": model.E.T @ dA}
    if model.P is model.E:
        gradients["E"] = gradients["E"] + dP  # E is used twice, and learns from both
    else:
        gradients["P"] = dP
    return float(loss), gradients | {"b": dscores.sum(axis=0)}


@dataclass(frozen=True)
class Chunk:
    """After `step` of `total` steps: the loss there, in nats a bigram, and a copy of the model."""

    step: int
    total: int
    loss: float
    model: CharModel


def train(counts, config, steps_per_chunk=50):
    """Train by Adam on all bigrams at once; yields a Chunk before any step and after every steps_per_chunk steps.

    Stop by not asking on. The learning rate falls linearly to 0; the chunk size does not change the run.
    """
    model = CharModel.initial(len(counts), config)
    adams = {name: Adam(config.learning_rate) for name in model.weights()}
    for step in range(config.steps + 1):
        loss, gradients = loss_and_gradients(model, counts)
        if step % steps_per_chunk == 0 or step == config.steps:
            yield Chunk(step, config.steps, loss, deepcopy(model))  # a shared array stays shared
        for name, weight in model.weights().items():
            adams[name].learning_rate = config.learning_rate * (1 - step / (config.steps + 1))
            adams[name].step(weight, gradients[name])
