"""Which words of a vocabulary are drawn while it trains, and whose neighbours are listed."""

from app.sources.corpora import TOYS

MOST_WORDS, MOST_PROBES = 80, 8
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


def words_on_plane(text, vocabulary):
    """The words that the user typed, else ours as far as the vocabulary has them, else its commonest (longer) ones.

    Raises UnknownWord for a typed word that the vocabulary lacks.
    """
    ours = [word for words in WORDS.values() for word in words.split() if word in vocabulary]
    common = [word for word in vocabulary.words if len(word) > 3][:40]
    some = next((words for words in (ours, common) if len(words) > 8), vocabulary.words)
    return checked(text, vocabulary) or some[:MOST_WORDS]


def probes_listed(text, words, vocabulary):
    """The words whose neighbours are listed, chosen likewise; words: those on the plane."""
    ours = [word for word in PROBES.split() if word in vocabulary]
    return (checked(text, vocabulary) or ours or words)[:MOST_PROBES]


def checked(text, vocabulary):
    """The words of a text that the user typed; raises UnknownWord for one that the vocabulary lacks."""
    words = read_words(text)
    for word in words:
        vocabulary.index(word)
    return words


def read_words(text):
    """["cat", "dog"] out of "cat, dog" or lines; lower case, each once."""
    return list(dict.fromkeys(text.lower().replace(",", " ").split()))
