"""Word vectors as lines of text: word2vec's and fastText's (with a header), GloVe's (without), the Projector's TSV.

Reading is quick where the lines are regular, a block at a time; a block that is not is read line by line, to say where
it goes wrong. Axes: V vocabulary, D dimensions, N lines of a block.
"""

import re
import warnings

import numpy as np

from embedlab.vectors import BadVectors, WordVectors

HEADER = re.compile(rb"(\d+)[ \t]+(\d+)[ \t\r]*")
BLOCK = 1 << 21  # bytes; about 0.1 s in Pyodide
ROWS = 2000  # written at a time


def checked(words, matrix, name, place):
    """WordVectors; raises BadVectors that names the file and the place(row) of a repeated word or a bad number."""
    row_of = {}
    for row, word in enumerate(words):
        if row_of.setdefault(word, row) != row:
            raise BadVectors(f"{name}: {place(row)} repeats “{word}” of {place(row_of[word])}: leave one out.")
    if not words:
        raise BadVectors(f"{name} holds no vectors: choose another file.")
    bad = np.flatnonzero(~np.isfinite(matrix).all(axis=1))
    if len(bad):
        field = int(np.flatnonzero(~np.isfinite(matrix[bad[0]]))[0])
        raise BadVectors(
            f"{name}: number {field + 1} of {place(bad[0])} (“{words[bad[0]]}”) is "
            f"{matrix[bad[0], field]}: leave the word out."
        )
    return WordVectors(words, matrix)


class Lines:
    """Collects the words and rows of a text file; first: the line number of its first word."""

    def __init__(self, name, dim=None, first=1):
        self.name, self.dim, self.first = name, dim, first
        self.words, self.blocks = [], []

    def add(self, block):
        """Take whole lines (bytes, without the last line end); raises BadVectors."""
        lines = block.split(b"\n")
        if self.dim is None:
            self.dim = len(lines[0].split()) - 1
            if self.dim < 1:
                raise self._wrong(0, f"“{self._excerpt(lines[0])}” is no word followed by numbers")
        words, matrix = self._regular(lines) or self._line_by_line(lines)
        self.words += words
        self.blocks.append(matrix)

    def _regular(self, lines):
        """(words, (N, D)) if each line is a word and D numbers with single spaces between them, else None."""
        words, numbers = [], []
        for line in lines:
            word, _, rest = line.partition(b" ")
            rest = rest.rstrip(b" \r")
            if not word or rest.count(b" ") != self.dim - 1:
                return None
            words.append(word)
            numbers.append(rest)
        with warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)  # NumPy 2.0 only warns of what is no number
            try:
                row = np.fromstring(b" ".join(numbers), dtype=np.float32, sep=" ")
                words = b"\n".join(words).decode().split("\n")
            except (DeprecationWarning, ValueError):
                return None
        return (words, row.reshape(-1, self.dim)) if len(row) == len(lines) * self.dim else None

    def _line_by_line(self, lines):
        words, matrix = [], np.empty((len(lines), self.dim), dtype=np.float32)  # (N, D)
        for row, line in enumerate(lines):
            fields = line.split()
            found = len(fields) - 1
            if found < self.dim or _is_number(fields[-self.dim - 1]) and found > self.dim:
                raise self._wrong(row, f"it has {max(found, 0)} numbers, {self._expected()} {self.dim}")
            word = b" ".join(fields[: -self.dim])  # spaces inside are GloVe 840B's
            try:
                words.append(word.decode())
            except UnicodeDecodeError:
                raise self._wrong(row, f"the word {word[:30]!r} is not UTF-8") from None
            for i, field in enumerate(fields[-self.dim :]):
                if not _is_number(field):
                    raise self._wrong(row, f"number {i + 1} of “{words[-1]}” is “{self._excerpt(field)}”")
                matrix[row, i] = float(field)
        return words, matrix

    def _expected(self):
        return "the ones before have" if self.first == 1 else "the header says"

    def _wrong(self, row, what):
        return BadVectors(
            f"{self.name}, line {self.first + len(self.words) + row:,}: {what}; mend or remove that "
            f"line, or choose another file."
        )

    def _excerpt(self, line):
        return line[:40].decode(errors="replace")

    def vectors(self):
        return checked(
            self.words,
            np.concatenate(self.blocks) if self.blocks else np.empty((0, 1)),
            self.name,
            lambda row: f"line {self.first + row:,}",
        )


def _is_number(field):
    try:
        float(field)
    except ValueError:
        return False
    return True


def header_of(data, name):
    """(V, D, where the rest begins) from a first line "V D"; raises BadVectors."""
    line = data[:100].partition(b"\n")[0]
    found = HEADER.fullmatch(line)
    if not found or not int(found[1]) * int(found[2]):
        raise BadVectors(
            f"{name}: its first line “{line[:40].decode(errors='replace')}” does not say how many words "
            f"and dimensions follow: choose a format without a header."
        )
    return int(found[1]), int(found[2]), len(line) + 1


def reading_lines(data, name, header):
    """(part done, WordVectors at the end or None) of a text file, in steps; header: whether its first line is one.

    Raises BadVectors, which names the file, the line and what is wrong with it.
    """
    promised, dim, start = header_of(data, name) if header else (None, None, 0)
    lines = Lines(name, dim, first=2 if header else 1)
    length = len(data.rstrip(b"\n"))
    while start < length:
        end = data.find(b"\n", min(start + BLOCK, length))
        end = length if end < 0 else min(end, length)
        lines.add(data[start:end].rstrip(b"\r"))
        start = end + 1
        yield min(start / len(data), 1), None
    if promised is not None and promised != len(lines.words):
        raise BadVectors(
            f"{name}: its header promises {promised:,} words, but it holds {len(lines.words):,}: it is "
            f"cut off or put together wrongly, fetch it again."
        )
    yield 1.0, lines.vectors()


def check_words(words, forbidden):
    """Raises BadVectors for an empty word or one that holds a character which the format uses as a separator."""
    for word in words:
        if not word or any(character in word for character in forbidden):
            raise BadVectors(f"the word {word!r} cannot be written in this format: leave it out, or choose .npz.")


def writing_lines(vectors, header, separator=" ", with_words=True):
    """The lines of a text file, as bytes, piece by piece; nine digits give every float32 back exactly."""
    if with_words:
        check_words(vectors.words, " \t\r\n")
    V, D = vectors.matrix.shape
    if header:
        yield f"{V} {D}\n".encode()
    row = separator.join(["%.9g"] * D)
    for start in range(0, V, ROWS):
        rows = [row % tuple(numbers) for numbers in vectors.matrix[start : start + ROWS].tolist()]
        if with_words:
            rows = map(separator.join, zip(vectors.words[start : start + ROWS], rows))
        yield ("\n".join(rows) + "\n").encode()


def write_tsv(vectors):
    """(vectors.tsv, metadata.tsv) as bytes, for the Embedding Projector: rows of numbers, and a word a line."""
    check_words(vectors.words, "\t\r\n")
    rows = b"".join(writing_lines(vectors, header=False, separator="\t", with_words=False))
    return rows, "".join(f"{word}\n" for word in vectors.words).encode()


def read_tsv(vectors, metadata, name="the TSV files"):
    """WordVectors from the two files, as bytes; of metadata with columns the first, below its header, is the word."""
    try:
        rows = metadata.decode().rstrip("\n").split("\n")
    except UnicodeDecodeError as error:
        raise BadVectors(f"{name}: byte {error.start:,} of the metadata is not UTF-8: save it as UTF-8.") from None
    rows = rows[1:] if "\t" in rows[0] else rows
    words = [row.rstrip("\r").split("\t")[0] for row in rows]
    numbers = [line.rstrip(b"\r").replace(b"\t", b" ") for line in vectors.rstrip(b"\n").split(b"\n")]
    if len(words) != len(numbers):
        raise BadVectors(
            f"{name}: there are {len(numbers):,} vectors, but {len(words):,} words: give files that belong together."
        )
    lines = Lines(name)
    lines.add(b"\n".join(b"%d %s" % pair for pair in enumerate(numbers)))
    return checked(words, lines.vectors().matrix, name, lambda row: f"row {row + 1:,}")
