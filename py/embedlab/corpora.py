"""The toy corpora: of the skip-gram figure, of counting, of the first exercises, of the chapter on word2vec."""

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from embedlab.sgns import Config

CATEGORIES = {
    "animals": ("cat", "dog", "horse", "bird"),
    "colours": ("red", "blue", "green", "yellow"),
    "food": ("pizza", "sushi", "burger", "salad"),
}
EXERCISE_CATEGORIES = {
    "animals": ("cat", "dog", "fish"),
    "vehicles": ("car", "bus", "train"),
    "colours": ("red", "green", "blue"),
}
SMALL_CATEGORIES = {
    "animals": ("cat", "dog", "horse", "fish"),
    "vehicles": ("car", "bus", "train", "plane"),
    "colours": ("red", "green", "blue", "white"),
    "fruit": ("apple", "pear", "plum", "cherry"),
    "body": ("hand", "foot", "arm", "knee"),
}
CONNECTORS = ("and", "or", "with")
SENTENCES = 100
TOY_CONFIG = Config(dim=2, window=3, negatives=1, noise_exponent=0.75, learning_rate=0.05, epochs=32)  # 48,000 steps


@dataclass(frozen=True)
class ToyCorpus:
    """text: one sentence a line; categories: word -> name of its category, "connector" for a connector."""

    text: str
    categories: dict[str, str]


def toy_corpus(seed=0):
    """100 sentences of 15 words, in turn a list ("horse cat dog bird") and a mixture ("dog bird and red green").

    A list is all four words of one category; a mixture two of one, a connector, two of another. Categories, their six
    ordered pairs, and the connectors take turns; only which words, and their order, are drawn. So a connector meets
    each word about as often as chance would have it: its PMI is near 0. Trained with TOY_CONFIG the three categories
    lie in three directions, with the connectors in the middle; more negatives fold them to one side.
    """
    rng = np.random.default_rng(seed)
    pairs = list(permutations(CATEGORIES.values(), 2))
    lines = []
    for i in range(SENTENCES // 2):
        lines.append(" ".join(rng.permutation(list(CATEGORIES.values())[i % len(CATEGORIES)])))
        (a, b), (c, d) = (rng.permutation(words)[:2] for words in pairs[i % len(pairs)])
        connector = CONNECTORS[(i + i // len(pairs)) % len(CONNECTORS)]  # another one when a pair comes again
        lines.append(f"{a} {b} {connector} {c} {d}")
    return ToyCorpus("\n".join(lines), categories_of_words(CATEGORIES, CONNECTORS))


def unmixed_corpus(seed=0):
    """100 sentences of the same 15 words such as "red green and blue": no two categories ever meet.

    So the products of skip-gram come near their targets in ten dimensions, where those of the toy corpus still do not.
    """
    return category_corpus(CATEGORIES, CONNECTORS, SENTENCES, seed)


def exercise_corpus(seed=0):
    """36 sentences such as "red green and blue", of 12 words: three categories of three, and three connectors."""
    return category_corpus(EXERCISE_CATEGORIES, CONNECTORS, 36, seed)


def small_corpus(seed=0):
    """15 such sentences of 22 words: five categories of four, and two connectors; 100 epochs take about a second."""
    return category_corpus(SMALL_CATEGORIES, CONNECTORS[:2], 15, seed)


def category_corpus(categories, connectors, sentences, seed):
    """ToyCorpus of sentences of three words of one category with a connector before the last.

    Categories and connectors alternate, so that each connector occurs with all categories equally often; only which
    three words of the category, and their order, are drawn.
    """
    rng = np.random.default_rng(seed)
    names = list(categories)
    lines = []
    for i in range(sentences):
        first, second, last = rng.permutation(categories[names[i % len(names)]])[:3]
        connector = connectors[i // len(names) % len(connectors)]
        lines.append(f"{first} {second} {connector} {last}")
    return ToyCorpus("\n".join(lines), categories_of_words(categories, connectors))


def categories_of_words(categories, connectors):
    """{word: name of its category, "connector" for a connector}."""
    kinds = {word: name for name, words in categories.items() for word in words}
    return kinds | dict.fromkeys(connectors, "connector")
