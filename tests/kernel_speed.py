"""Times training on made-up text by one engine; bench_kernel.py runs this under CPython, in Pyodide and in Chromium.

As a script it reads a JSON object a line, the arguments of `answer`, and prints what it returns. NumPy is all it needs.
"""

import json
import sys
import time
import tracemalloc
from functools import cache
from statistics import median

import numpy as np

from embedlab.text import Corpus, Vocabulary
from embedlab.vectors import WordVectors
from embedlab.word2vec import TrainConfig, Trainer

SENTENCE = 20


@cache
def zipf_corpus(vocabulary, words):
    """Sentences of 20 words, drawn so that the n-th commonest has a share as 1/n; each word is there at least once."""
    share = 1 / np.arange(1, vocabulary + 1)
    ladder = np.cumsum(share) / share.sum()
    rng = np.random.default_rng(0)
    ids = np.minimum(np.searchsorted(ladder, rng.random(words)), vocabulary - 1).astype(np.int32)
    ids[rng.choice(words, vocabulary, replace=False)] = np.arange(vocabulary)
    sentences = ids[: len(ids) // SENTENCE * SENTENCE].reshape(-1, SENTENCE)
    tokens = np.pad(sentences, ((0, 0), (0, 1)), constant_values=-1).ravel().astype(np.int32)
    counts = np.maximum(np.bincount(sentences.ravel(), minlength=vocabulary), 1)
    return Corpus(tokens, Vocabulary(map(str, range(vocabulary)), counts))


@cache
def trainer(engine, vocabulary, words, shared):
    """One that never ends, without subsampling, so that every word of the text counts; D 100, K 5, window 5."""
    config = TrainConfig(sample=0, epochs=1_000_000, shared_negatives=shared)
    return Trainer(zipf_corpus(vocabulary, words), config, engine)


def stretch(engine, vocabulary, words, of, shared=False):
    """Train on so many words of a text of `of`; {pairs, seconds}."""
    training = trainer(engine, vocabulary, of, shared)
    start = time.perf_counter()
    pairs = training.advance(words).pairs
    return {"pairs": pairs, "seconds": time.perf_counter() - start}


def epoch(vocabulary, words):
    """A whole training of one epoch with subsampling, making the Trainer included; {pairs, seconds}."""
    corpus = zipf_corpus(vocabulary, words)
    start = time.perf_counter()
    pairs = Trainer(corpus, TrainConfig(epochs=1)).advance(10**12).pairs
    return {"pairs": pairs, "seconds": time.perf_counter() - start}


def memory(vocabulary, words):
    """The peak of what Python and NumPy allocate for such an epoch, the corpus included; {bytes}."""
    zipf_corpus.cache_clear()
    tracemalloc.start()
    corpus = zipf_corpus(vocabulary, words)
    tracemalloc.reset_peak()
    Trainer(corpus, TrainConfig(epochs=1)).advance(1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"bytes": peak}


def neighbours(words):
    """The ten neighbours of a word among so many of 50 dimensions, found by codes and by the product of all rows.

    {codes, product}: seconds, medians of eleven turns.
    """
    matrix = np.random.default_rng(0).normal(size=(words, 50)).astype(np.float32)
    coded, names = WordVectors(map(str, range(words)), matrix), range(11)
    coded.unit, coded._codes  # noqa: B018 - made at the first question

    def by_product(word):
        return coded._ranked(coded._cosines(coded.vector(word)), 10, [word])

    times = {coded.neighbours: [], by_product: []}
    for name in names:
        for ask, of in times.items():
            start = time.perf_counter()
            ask(str(name))
            of.append(time.perf_counter() - start)
    return dict(zip(("codes", "product"), map(median, times.values())))


def answer(do, **arguments):
    return {"stretch": stretch, "epoch": epoch, "memory": memory, "neighbours": neighbours}[do](**arguments)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(**json.loads(line))), flush=True)
