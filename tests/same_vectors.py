"""Prints what a seed's trainings come to, as digests that are the same wherever it is run."""

import json
from hashlib import sha256

import numpy as np

from embedlab.text import Corpus, Vocabulary
from embedlab.word2vec import TrainConfig, Trainer, alias_table, noise_distribution

SETTINGS = [  # rows that do and do not fill the kernel's vectors of four, negatives that do and do not fill its groups
    dict(dim=100, seed=1),
    dict(dim=30, seed=2, negatives=12, noise_exponent=0.6, sample=0),
    dict(dim=100, seed=5, shared_negatives=True),
    dict(dim=30, seed=6, shared_negatives=True, negatives=8, window=2),
    dict(dim=7, seed=3, model="cbow", window=3),
    dict(dim=64, seed=4, model="cbow", noise_exponent=-0.25, learning_rate=0.1),
]


def corpus():
    """60,000 words, the n-th of 3,000 about as frequent as 1/n, in sentences of any length."""
    rng = np.random.default_rng(0)
    tokens = np.minimum(3000 ** rng.random(60_000), 2999).astype(np.int32)
    tokens[rng.random(len(tokens)) < 0.06] = -1
    counts = np.bincount(tokens[tokens >= 0], minlength=3000) + 1
    return Corpus(tokens, Vocabulary(map(str, range(3000)), counts))


def digest(*arrays):
    return sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


def trained(settings):
    trainer = Trainer(corpus(), TrainConfig(epochs=2, **settings), "kernel")
    while not trainer.done:
        trainer.advance(10_000)
    return digest(trainer.U, trainer.V)


def noise(exponent):
    return digest(alias_table(noise_distribution(np.arange(1, 50_000, dtype=np.int64) ** 2, exponent)))


def digests():
    return [*(trained(settings) for settings in SETTINGS), *(noise(exponent) for exponent in (0.75, 1, 0.3, -2.5))]


if __name__ == "__main__":
    print(json.dumps(digests()))
