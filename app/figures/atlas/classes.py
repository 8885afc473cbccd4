"""The classes of words in the atlas, after WordNet's lexicographer files, in the legend's order, with their colours.

The named things have the colours that differ most, for readers who see colours otherwise too; verbs, adjectives and
abstract nouns, which are everywhere, are fainter, and what WordNet does not have is grey.
"""

from collections import Counter

import numpy as np

from app.sources.map_words import START
from app.ui.palette import CATEGORY_STYLES, FAINT, OWN_STYLES, mark_columns

CLASSES = {
    "animals": "#0077bb",
    "food": "#d9691e",
    "plants": "#5b7f00",
    "people": "#a154a8",
    "body": "#d8437f",
    "things": "#9a5a2a",
    "places": "#00877a",
    "time": "#b07a00",
    "numbers": "#cc3b2e",
    "ideas and acts": "#7d8fb5",
    "verbs": "#a99a6c",
    "adjectives, adverbs": "#8aa396",
}
NO_CLASS, GREY = "not in WordNet", FAINT
OWN_COLOURS = list(dict.fromkeys(colour for colour, _ in [*CATEGORY_STYLES.values(), *OWN_STYLES] if colour != FAINT))
OTHERS = "others"


def classes_of(column):
    """A column of texts, one for each word, as classes: ([[name, colour]], (V,) uint8); raises ValueError without any.

    The commonest texts have the colours there are; the others, and words without a text, the first class.
    """
    counts = Counter(text for text in column if text.strip())
    if not counts:
        raise ValueError("no word has anything in that column: choose another.")
    names = [name for name, _ in counts.most_common(len(OWN_COLOURS))]
    number = {name: i for i, name in enumerate(names, 1)}
    return [[OTHERS, GREY], *map(list, zip(names, OWN_COLOURS))], np.array(
        [number.get(text, 0) for text in column], np.uint8
    )


def classes_of_map(words, choice):
    """The categories that words have on the map as classes, as `classes_of` gives them; choice: a map's UserChoice.

    Words of any other spelling in capitals count too; the others have the first class.
    """
    on_map = [word for word in [*START, *choice.own_words()] if word not in choice.removed]
    category = {word: choice.category_of(word) for word in on_map}
    names = list(dict.fromkeys(category.values()))
    number = {word: names.index(name) + 1 for word, name in category.items()}
    colours = mark_columns(names, choice.slots)["colour"]
    numbers = [number.get(word) or number.get(word.lower(), 0) for word in words]
    return [[OTHERS, GREY], *map(list, zip(names, colours))], np.array(numbers, np.uint8)
