"""What a file of vectors held: its words and rows, collected as they are read and checked at the end.

Axes: V vocabulary, D dimensions, N rows of a block.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from embedlab.vectors import BadVectors, WordVectors, row_blocks

LARGE, SMALL = 1e6, 1e-12  # between them lies the largest number of vectors that were trained
CUT_OFF = "\N{REPLACEMENT CHARACTER}"
NAMED = 3  # words in a note


@dataclass
class Loaded:
    """vectors: WordVectors; notes: what was read otherwise than it stands; doubts: why it may not be what was meant.

    columns: {name: a text for each word}, of a file that tells more of its words.
    """

    vectors: WordVectors
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)


class Rows:
    """Words and their numbers, the latter in one matrix that is never held twice.

    name: of the file; place(row): what a message calls a row, such as "line 7"; shape: (V, D), V as far as it is
    known. cause: why numbers may be odd, if the reader of the file knows.
    """

    cause = ""

    def __init__(self, name, place, shape):
        self.name, self.place = name, place
        self.words, self.notes, self.doubts, self._cut = [], [], [], []
        self.matrix = np.empty((max(1, shape[0]), shape[1]), dtype=np.float32)  # (V, D), with rows to spare

    def __len__(self):
        return len(self.words)

    def add(self, words, block):
        """Take N words, as str, and their numbers, (N, D)."""
        start, stop = len(self.words), len(self.words) + len(words)
        if stop > len(self.matrix):
            self.matrix.resize((stop + stop // 8, self.matrix.shape[1]), refcheck=False)
        self.matrix[start:stop] = block
        self.words += words

    def decoded(self, raw, row):
        """The word of a row as str; where it ends inside a character, as word2vec.c cuts long words, with U+FFFD."""
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data":
                raise BadVectors(
                    f"{self.name}, {self.place(row)}: the word {raw[:30]!r} is not UTF-8: save the file as UTF-8, or "
                    f"leave that word out."
                ) from None
        self._cut.append(row)
        return raw.decode(errors="replace")

    def finish(self):
        """Loaded; raises BadVectors that names the place of a repeated word or of a number that is not finite."""
        if not self.words:
            raise BadVectors(f"{self.name} holds no vectors: choose another file.")
        if len(self.words) < len(self.matrix):
            self.matrix.resize((len(self.words), self.matrix.shape[1]), refcheck=False)
        self._tell_of_cut_words()
        self._forbid_repeated()
        largest = self._largest()
        if largest > LARGE or 0 < largest < SMALL:
            cause = f": {self.cause}" if self.cause else ""
            self.doubts.append(
                f"Its largest number is {largest:.3g}, which is of a size that no training gives{cause}."
            )
        return Loaded(WordVectors(self.words, self.matrix), self.notes, self.doubts)

    def _tell_of_cut_words(self):
        """Keep words apart that were cut to the same letters, and say which they are."""
        if not self._cut:
            return
        times = Counter(self.words)
        for row in self._cut:
            while times[self.words[row]] > 1:
                times[self.words[row]] -= 1
                self.words[row] += CUT_OFF
                times[self.words[row]] += 1
        listed = ", ".join(f"“{self.words[row]}” ({self.place(row)})" for row in self._cut[:NAMED])
        more = f" and {len(self._cut) - NAMED:,} more" if len(self._cut) > NAMED else ""
        self.notes.append(f"Cut off inside a character, as word2vec.c does with long words: {listed}{more}.")

    def _forbid_repeated(self):
        row_of = {}
        for row, word in enumerate(self.words):
            if row_of.setdefault(word, row) != row:
                raise BadVectors(
                    f"{self.name}: {self.place(row)} repeats “{word}” of {self.place(row_of[word])}: leave one out."
                )

    def _largest(self):
        """The largest magnitude; raises BadVectors for a number that is not finite."""
        largest = 0.0
        for start, block in row_blocks(self.matrix):
            here = float(np.abs(block).max())
            if not np.isfinite(here):
                row, number = np.argwhere(~np.isfinite(block))[0].tolist()
                raise BadVectors(
                    f"{self.name}: number {number + 1} of {self.place(start + row)} (“{self.words[start + row]}”) is "
                    f"{block[row, number]}: {self.cause or 'leave the word out'}."
                )
            largest = max(largest, here)
        return largest
