"""The toy corpus of the skip-gram figure."""
from dataclasses import dataclass

import numpy as np

CATEGORIES = {
    "animals": ("cat", "dog", "horse", "bird"),
    "colours": ("red", "blue", "green", "yellow"),
    "food": ("pizza", "sushi", "burger", "salad"),
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

    15 words in all. Categories and connectors take turns, so that a connector keeps company with all
    categories alike; only which three of the four words, and their order, are drawn.
    """
    rng = np.random.default_rng(seed)
    names = list(CATEGORIES)
    lines = []
    for i in range(SENTENCES):
        first, second, last = rng.permutation(CATEGORIES[names[i % 3]])[:3]
        connector = CONNECTORS[i // 3 % 3]
        lines.append(f"{first} {second} {connector} {last}")
    categories = {word: name for name, words in CATEGORIES.items() for word in words}
    return ToyCorpus("\n".join(lines), categories | dict.fromkeys(CONNECTORS, "connector"))
