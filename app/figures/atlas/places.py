"""Where the words of the atlas are: in the file of GloVe's words, and in files of the user's."""

import gzip
import io
import json
from dataclasses import dataclass

import numpy as np

from app.sources.tables import CATEGORY_HEADINGS, WORD_HEADINGS, rows_of, text_of
from app.ui.packing import INT16_MAX

EXAMPLE = "as in the file that “Save all as TSV” writes"
MOST_WORDS = 500_000
LARGEST = 1e30  # coordinate: the page computes with float32


def unpacked_file(data):
    """Positions (V, 2) float32 out of the bytes of GloVe's file, as py/builder/atlas.py writes it."""
    head, rest = gzip.decompress(data).split(b"\n", 1)
    about = json.loads(head)
    xy = np.frombuffer(rest, "<i2", 2 * about["words"]).reshape(2, -1)  # (2, V)
    return xy.T * np.float32(about["scale"] / INT16_MAX)


@dataclass(frozen=True, eq=False)
class Places:
    """words: V of them; positions: (V, 2) float64; classes: a text for each word, None without such a column."""

    words: list[str]
    positions: np.ndarray
    classes: list[str] | None


def read_places(data, file):
    """The Places of a TSV or CSV file (bytes) whose first row names the columns: word, x, y, perhaps class.

    file: its name, for errors: ValueErrors that name the line and the remedy.
    """

    def error(line, what):
        return ValueError(f"“{file}”, line {line:,}: {what}")

    rows = rows_of(text_of(data, file), error)
    line, heading = next(rows, (1, []))
    names = [cell.lower() for cell in heading]
    columns = [next((names.index(name) for name in options if name in names), None) for options in OPTIONS]
    for name, column in zip(("word", "x", "y"), columns):
        if column is None:
            raise error(line, f"the first row names no column “{name}”: name the columns word, x and y, {EXAMPLE}.")
    lines, positions, classes = {}, [], []  # lines: {word: where it stands}
    for line, row in rows:
        word, x, y, kind = [row[column] if column is not None and column < len(row) else "" for column in columns]
        if not word:
            raise error(line, "there is no word in this row: write one, or remove the row.")
        if word in lines:
            raise error(line, f"“{word}” stands in line {lines[word]:,} already: keep one of them.")
        lines[word] = line
        positions.append([number(x, "x", line, error), number(y, "y", line, error)])
        classes.append(kind)
        if len(lines) > MOST_WORDS:
            raise error(line, f"there is room for {MOST_WORDS:,} words: leave some out.")
    if not lines:
        raise error(line, "no words follow: give each a row with its x and y.")
    return Places(list(lines), np.array(positions), classes if columns[3] is not None else None)


OPTIONS = WORD_HEADINGS, ("x",), ("y",), CATEGORY_HEADINGS


def number(text, name, line, error):
    """A coordinate; a comma may stand for the point, as in files from a spreadsheet."""
    try:
        value = float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        value = np.nan
    if not abs(value) < LARGEST:  # nor if it is no number
        what = f"{name} is “{text}”" if text else f"there is no {name}"
        raise error(line, f"{what}: write a number, such as −1.25.")
    return value


def as_npz(words, positions):
    """The bytes of an .npz with `words` (V,) and `positions` (V, 2) float32."""
    file = io.BytesIO()
    np.savez_compressed(file, words=np.array(words, dtype=str), positions=np.asarray(positions, np.float32))
    return file.getvalue()
