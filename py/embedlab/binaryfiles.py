"""word2vec's binary format: "V D", then each word, a space and its numbers as little-endian float32.

A line end before a word is skipped: word2vec.c writes one after each vector, gensim does not.
Axes: V vocabulary, D dimensions.
"""

import numpy as np

from embedlab.loaded import CUT_OFF, LARGE, SMALL, Rows
from embedlab.numbers import counted
from embedlab.textfiles import check_words
from embedlab.textlayout import SPACE, complete_lines, is_number, numbers_at_end, split
from embedlab.vectors import BadVectors

STEP = 20_000  # words written at a time
AVERAGE = 100  # bytes of the words that a file may have if it is to be taken for binary
SAMPLE, SHARE = 4000, 0.02  # bytes, and how many of them text has not
WALKED = 5000  # words looked at to tell it


def is_binary(head, start, header, size):
    """Whether numbers follow the header "V D" as float32, not as text: told by how all that is there would be read."""
    V, D = header
    fields = [split(line, SPACE) for line in complete_lines(head[start:])]
    numbered = [row for row in fields if numbers_at_end(row) >= D]
    words = walk(head, start, V, D, size) if D else None
    if words is not None and len(head) == size:
        return any(len(row) != D + 1 for row in numbered) or len(numbered) < len(fields)
    if not D or 2 * len(numbered) > len(fields):
        return False
    return is_strange(head[start : start + SAMPLE]) or words is not None and not any(map(is_number, words))


def is_strange(sample):
    """Whether bytes are so often no character of a text in UTF-8 that they are none."""
    text = sample.decode(errors="replace")
    return sum(c == CUT_OFF or c < " " and c not in "\t\r\n" for c in text) > SHARE * len(text)


def walk(head, start, V, D, size):
    """The words of a file that may be binary, as bytes, as far as `head` holds them; None if it cannot be.

    start: where the first word is; size: of the whole file, whose first bytes are `head`.
    """
    spare = size - start - V * (1 + 4 * D)
    if not 0 <= spare <= V * AVERAGE:
        return None
    at, words = start, []
    while len(words) < min(V, WALKED):
        end = head.find(b" ", at)
        if end < 0 or end + 1 + 4 * D > len(head):
            return words if len(head) < size else None
        words.append(head[at:end].removeprefix(b"\n"))
        if b"\n" in words[-1]:
            return None
        at = end + 1 + 4 * D
    return words if V > WALKED or len(head) < size or not head[at:].strip(b"\n") else None


class BinaryReader:
    """Takes the bytes of a binary file piece by piece, from its first word on; size: how many; header: (V, D)."""

    def __init__(self, name, size, header):
        self.name, self.shape, (self.V, self.D) = name, header, header
        if size < self.V * (1 + 4 * self.D):  # an empty word, a space, the numbers
            raise BadVectors(
                f"{name} is cut off: its header promises {counted(self.V, 'word')} of {counted(self.D, 'number')}, at "
                f"least {self.V * (1 + 4 * self.D):,} bytes, but {size:,} follow. Fetch it again."
            )
        self.rows, self._rest = None, b""

    def feed(self, data):
        """Take more bytes; raises BadVectors, which names the word."""
        if self.rows is None:
            self.rows = Rows(self.name, lambda row: f"word {row + 1:,}", self.shape)
        data, at, first, raw = self._rest + data, 0, len(self.rows), []
        while first + len(raw) < self.V:
            end = data.find(b" ", at)
            if end < 0 or end + 1 + 4 * self.D > len(data):
                break
            raw.append(data[at:end].lstrip(b"\n"))
            self.rows.matrix[first + len(raw) - 1] = np.frombuffer(data, "<f4", self.D, end + 1)
            at = end + 1 + 4 * self.D
        self.rows.words += [self.rows.decoded(word, row) for row, word in enumerate(raw, start=first)]
        self._rest = data[at:]
        if len(self.rows) == self.V and self._rest.strip(b"\n"):
            raise BadVectors(
                f"{self.name} goes on after the {self.V:,} words that its header promises: fetch it again."
            )

    def finish(self):
        """Loaded; raises BadVectors."""
        read = len(self.rows or ())
        if read < self.V:
            raise BadVectors(f"{self.name} is cut off in word {read + 1:,} of {self.V:,}: fetch it again.")
        if in_other_order(self.rows.matrix[:WALKED]):
            self.rows.cause = "its bytes seem to be in the other order, write it with little-endian numbers"
        return self.rows.finish()


def in_other_order(X):
    """Whether numbers that no training gives, (N, D) float32, would be usual ones in the other order of bytes."""
    return not usual(X) and usual(X.byteswap())


def usual(X):
    """Whether all numbers are finite and the largest of a size that training gives."""
    largest = float(np.abs(X).max())
    return largest == 0 or SMALL <= largest <= LARGE


def writing_binary(vectors):
    """The bytes of a word2vec binary file, piece by piece, as gensim writes them."""
    check_words(vectors.words, " \n", empty=True)
    V, D = vectors.matrix.shape
    yield f"{V} {D}\n".encode()
    for start in range(0, V, STEP):
        rows = vectors.matrix[start : start + STEP].astype("<f4")
        yield b"".join(
            word.encode() + b" " + row.tobytes() for word, row in zip(vectors.words[start : start + STEP], rows)
        )
