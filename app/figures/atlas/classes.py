"""The classes of words in the atlas, after WordNet's lexicographer files, in the legend's order, with their colours.

The named things have the colours that differ most, for readers who see colours otherwise too; verbs, adjectives and
abstract nouns, which are everywhere, are fainter, and what WordNet does not have is grey.
"""

from app.ui.palette import FAINT

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
