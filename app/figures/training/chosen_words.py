"""Which words of a text are drawn while it trains, and whose neighbours are listed."""

from app.sources.corpora import TOYS, YOURS
from embedlab.content import content_words, groups_apart

MOST_WORDS, MOST_PROBES = 80, 8
GROUPS, GROUP = 10, 4  # of related words of the user's text
FEW = 8  # words that are not enough for a plane
WORDS = {
    "animals": "cat dog horse bird fish lion",
    "colours": "red blue green yellow black white",
    "countries": "france italy japan china india",
    "food": "bread cheese fruit meat wine",
    "professions": "doctor lawyer teacher engineer artist",
    "actions": "run walk jump swim fly",
}
PROBES = "cat red france bread doctor"
CATEGORY_OF = {word: name for toy in TOYS.values() for word, name in toy.categories.items()} | {
    word: name for name, words in WORDS.items() for word in words.split()
}


def chosen(corpus, choice, words, probes):
    """(words on the plane, words whose neighbours are listed): those that the user typed, else ours; lists of str.

    Of a text of the user's these are its own words. Raises UnknownWord for a typed word that the vocabulary lacks.
    """
    plane, listed = of_text(corpus) if choice == YOURS else of_ours(corpus.vocabulary)
    return (
        checked(words, corpus.vocabulary) or plane[:MOST_WORDS],
        checked(probes, corpus.vocabulary) or listed[:MOST_PROBES],
    )


def of_ours(vocabulary):
    """Our categories, as far as the vocabulary has them, else all its words; and of each category one."""
    ours = [word for words in WORDS.values() for word in words.split() if word in vocabulary]
    if len(ours) <= FEW:
        return vocabulary.words, vocabulary.words
    return ours, [word for word in PROBES.split() if word in vocabulary] or ours


def of_text(corpus):
    """Groups of related content words, far from each other; and of each group the first."""
    words = corpus.vocabulary.words
    groups = groups_apart(corpus, content_words(corpus), GROUPS, GROUP)
    plane = [words[i] for group in groups for i in group]
    if len(plane) <= FEW:  # the text is short
        longer = [word for word in words if len(word) > 3]
        plane = (longer if len(longer) > FEW else words)[: GROUPS * GROUP]
        return plane, plane
    return plane, [words[group[0]] for group in groups]


def checked(text, vocabulary):
    """The words of a text that the user typed; raises UnknownWord for one that the vocabulary lacks."""
    words = read_words(text)
    for word in words:
        vocabulary.index(word)
    return words


def read_words(text):
    """["cat", "dog"] out of "cat, dog" or lines; lower case, each once."""
    return list(dict.fromkeys(text.lower().replace(",", " ").split()))
