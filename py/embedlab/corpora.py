"""The toy corpora: of the skip-gram figure, of the first exercises, of the chapter on word2vec."""

from dataclasses import dataclass

import numpy as np

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


@dataclass(frozen=True)
class ToyCorpus:
    """text: one sentence a line; categories: word -> name of its category, "connector" for a connector."""

    text: str
    categories: dict[str, str]


def toy_corpus(seed=0):
    """100 sentences such as "red green and blue": three words of one category, a connector before the last.

    15 words in all.
    """
    return category_corpus(CATEGORIES, CONNECTORS, SENTENCES, seed)


def exercise_corpus(seed=0):
    """36 such sentences of 12 words: three categories of three, and three connectors."""
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
    kinds = {word: name for name, words in categories.items() for word in words}
    return ToyCorpus("\n".join(lines), kinds | dict.fromkeys(connectors, "connector"))
