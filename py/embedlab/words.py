"""Words and their positions; unknown words, and the known ones that are spelt nearly like them.

A letter with an accent can be written as one character or as two: a word is found in either form (Unicode's NFC).

Axes: W words looked up, N candidate words, L letters of the longest candidate.
"""

import unicodedata

import numpy as np

SHORT = 4  # letters: up to here one edit is allowed, else everything short would match; beyond it two


class UnknownWord(ValueError):
    """A word that is not in the vocabulary.

    word: str; suggestions: list[str], the closest spellings among `words`, best first, perhaps none.
    """

    def __init__(self, word, words):
        self.word = word
        self.suggestions = closest_spellings(word, words)
        remedy = (
            "did you mean " + " or ".join(self.suggestions) + "?"
            if self.suggestions
            else "no known word is spelt like it: choose another word."
        )
        super().__init__(f"“{word}” is not among the {len(words):,} known words; {remedy}")


class WordList:
    """words: list[str], unique; the position of a word among them is its id, or its row in a matrix.

    Of words that differ only in how their accents are written each is found as it stands, and the first in any other
    form.
    """

    def __init__(self, words):
        self.words = list(words)
        self._positions = {word: i for i, word in enumerate(self.words)}
        self._composed = {}
        for i, word in enumerate(self.words):
            if not word.isascii() and (form := composed(word)) != word:
                self._composed.setdefault(form, i)

    def __len__(self):
        return len(self.words)

    def __contains__(self, word):
        return self._find(word) is not None

    def index(self, word):
        """The position of a word, an int; raises UnknownWord."""
        found = self._find(word)
        if found is None:
            raise UnknownWord(word, self.words)
        return found

    def _find(self, word):
        """The position of a word, None if it is unknown."""
        found = self._positions.get(word)
        if found is None:
            form = composed(word)
            found = self._positions.get(form, self._composed.get(form))
        return found

    def indices(self, words):
        """The positions of W words: (W,) int64; raises UnknownWord for the first that is not known."""
        return np.array([self.index(word) for word in words], dtype=np.int64)


def composed(word):
    """A word in Unicode's form NFC: a letter and its accent as one character, where there is one."""
    return unicodedata.normalize("NFC", word)


def closest_spellings(word, words, n=3):
    """At most n of `words` that are an edit or two from word.lower(), closest first, then in the order of `words`."""
    word = word.lower()
    most = 1 if len(word) <= SHORT else 2
    candidates = [w for w in words if abs(len(w) - len(word)) <= most]
    if not candidates:
        return []
    edits = edit_distances(word, candidates)  # (N,)
    best = np.argsort(edits, kind="stable")[:n]
    return [candidates[i] for i in best if edits[i] <= most]


def edit_distances(word, candidates):
    """Levenshtein distance of `word` to each of N candidates: (N,) int16.

    The table of Wagner and Fischer (1974), filled for all candidates at once, one row per letter of `word`:
    400,000 words take a fraction of a second.
    """
    letters = np.array(candidates).view(np.uint32).reshape(len(candidates), -1).T.copy()  # (L, N)
    above = np.repeat(np.arange(len(letters) + 1, dtype=np.int16)[:, None], len(candidates), axis=1)  # (L + 1, N)
    for i, letter in enumerate(word, start=1):
        row = np.empty_like(above)
        row[0] = i
        for j, column in enumerate(letters):  # column: (N,)
            replaced = above[j] + (column != ord(letter))
            row[j + 1] = np.minimum(replaced, np.minimum(above[j + 1], row[j]) + 1)
        above = row
    lengths = [len(candidate) for candidate in candidates]
    return above[lengths, np.arange(len(candidates))]  # (N,)
