"""Word vectors as lines of text: word2vec's and fastText's (with a header), GloVe's (without), TSV and CSV.

Reading is quick where the lines are regular, a block at a time; a block that is not is read line by line, to say where
it goes wrong. Axes: V vocabulary, D dimensions, N lines of a block.
"""

import warnings

import numpy as np

from embedlab.loaded import Rows
from embedlab.numbers import counted
from embedlab.textlayout import COMMA, SEMICOLON, SPACE, TAB, excerpt, is_number, split
from embedlab.vectors import BadVectors

BLANK = b" \t\r\n"
DIGITS = b"0123456789+-.eE"  # what regular numbers are written with
ROWS = 2000  # written at a time
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


class TextReader:
    """Takes the bytes of a text file piece by piece, from its first row on; layout: a Layout; expected: rows."""

    def __init__(self, name, layout, expected):
        self.name, self.layout, self.shape = name, layout, (expected, layout.dim)
        self.rows, self._rest = None, b""

    def feed(self, data):
        """Take more bytes; raises BadVectors, which names the line."""
        data = self._rest + data
        last = len(data.rstrip(BLANK))  # blank lines may end a file: what follows tells
        end = data.find(b"\n", last)
        if end < 0:
            end = data.rfind(b"\n", 0, last)
        if last and end > 0:
            self._add(data[:end])
            data = data[end + 1 :]
        self._rest = data

    def finish(self):
        """Loaded; raises BadVectors."""
        layout, last = self.layout, self._rest.rstrip(BLANK)
        if last:
            self._add(last)
        rows = self._rows()
        if layout.words not in (None, len(rows)):
            raise BadVectors(
                f"{self.name}: its header promises {counted(layout.words, 'word')}, but it holds {len(rows):,}: it is "
                f"cut off or put together wrongly, fetch it again."
            )
        if layout.heading:
            rows.notes.append(f"Left out as the names of the columns: line 1, “{layout.heading}”.")
        if layout.numbered:
            rows.doubts.append(f"Line 1, “{layout.numbered}”, looks like numbers of columns, as pandas writes them.")
        return rows.finish()

    def _rows(self):
        if self.rows is None:
            self.rows = Rows(self.name, lambda row: f"line {self.layout.line + row:,}", self.shape)
        return self.rows

    def _add(self, block):
        lines = block.split(b"\n")
        self._rows()
        words, matrix = self._regular(lines) or self._line_by_line(lines)
        self.rows.add(self._decoded(words), matrix)

    def _decoded(self, words):
        if self.layout.bare:
            return [str(len(self.rows) + row) for row in range(len(words))]
        try:
            return b"\n".join(words).decode().split("\n")
        except UnicodeDecodeError:
            return [self.rows.decoded(word, row) for row, word in enumerate(words, start=len(self.rows))]

    def _regular(self, lines):
        """(words, (N, D)) if each line is a word and D numbers with one separator between them, else None."""
        separator, dim, bare = self.layout.separator, self.layout.dim, self.layout.bare
        words, numbers = [], []
        for line in lines:
            word, _, rest = line.partition(separator) if not bare else (b"-", b"", line)
            rest = rest.rstrip(b" \t\r")
            if not word or rest.count(separator) != dim - 1:
                return None
            words.append(word)
            numbers.append(rest)
        text = separator.join(numbers)
        if separator == SEMICOLON:
            text = text.replace(b",", b".")
        quoted = separator in (SEMICOLON, COMMA) and any(b'"' in word for word in words)
        if quoted or text.translate(None, DIGITS + separator):
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)  # NumPy 2.0 only warns of what is no number
            try:
                row = np.fromstring(text, dtype=np.float32, sep=separator.decode())
            except (DeprecationWarning, ValueError):
                return None
        return (words, row.reshape(-1, dim)) if len(row) == len(lines) * dim else None

    def _line_by_line(self, lines):
        words, matrix = [], np.empty((len(lines), self.layout.dim), dtype=np.float32)  # (N, D)
        for row, line in enumerate(lines):
            word, numbers = self._fields(line, row)
            for i, field in enumerate(numbers):
                if not is_number(field):
                    whose = f" of “{excerpt(word)}”" if not self.layout.bare else ""
                    raise self._wrong(row, f"number {i + 1}{whose} is “{excerpt(field)}”")
                matrix[row, i] = float(field)
            words.append(word)
        return words, matrix

    def _fields(self, line, row):
        """(word, its D numbers as bytes) of a line; raises BadVectors."""
        layout, dim = self.layout, self.layout.dim
        fields = split(line, layout.separator)
        if layout.separator != SPACE and len(fields) == dim + (not layout.bare):
            return (b"", fields) if layout.bare else (fields[0], fields[1:])
        settled = layout.words is not None
        if layout.separator in (TAB, SPACE) and not layout.bare:
            fields = [field for field in split(line, SPACE) if field]
            word, numbers = fields[:-dim], fields[-dim:]
            if len(word) == 1 or len(word) > 1 and (settled or not is_number(word[-1])):
                return b" ".join(word), numbers
            if settled and len(numbers) == dim and line[:1] in (b" ", b"\t"):
                return b"", numbers
        found = len(fields) - (not layout.bare)
        before = "the ones before have" if self.rows.words or row else "the next ones have"
        expected = "the header says" if settled else before
        raise self._wrong(row, f"it has {counted(max(found, 0), 'number')}, {expected} {dim}")

    def _wrong(self, row, what):
        line = self.layout.line + (len(self.rows) if self.rows else 0) + row
        return BadVectors(f"{self.name}, line {line:,}: {what}; mend or remove that line, or choose another file.")


def check_words(words, forbidden, empty=False):
    """Raises BadVectors for a word with a character that the format needs, and for an empty one unless it may be."""
    for word in words:
        if not (word or empty) or any(character in word for character in forbidden):
            raise BadVectors(f"the word {word!r} cannot be written in this format: leave it out, or choose .npz.")


def writing_lines(vectors, header, separator=" ", with_words=True):
    """The lines of a text file, as bytes, piece by piece; nine digits give every float32 back exactly."""
    if with_words:
        check_words(vectors.words, " \t\r\n")
    V, D = vectors.matrix.shape
    if header:
        yield f"{V} {D}\n".encode()
    elif with_words:
        check_words(vectors.words[:1], BOM)  # which begins a file without being part of it
    row = separator.join(["%.9g"] * D)
    for start in range(0, V, ROWS):
        rows = [row % tuple(numbers) for numbers in vectors.matrix[start : start + ROWS].tolist()]
        if with_words:
            rows = list(map(separator.join, zip(vectors.words[start : start + ROWS], rows)))
        if with_words and D == 1 and not header and not start:  # else "1990 7" would be a header
            rows[0] = f"{vectors.words[0]} {vectors.matrix[0, 0]:.9e}"
        yield ("\n".join(rows) + "\n").encode()
