"""Tables of the user's own, TSV or CSV: their rows, and the headings by which columns are known."""

import csv
import io

from embedlab.reader import BadText, TextDecoder

WORD_HEADINGS = ("word", "words", "token", "name", "label")
CATEGORY_HEADINGS = ("category", "categories", "class", "group", "type", "tag")


def text_of(data, file):
    """The text of a file's bytes; file: its name, for the ValueError if it is none."""
    try:
        return TextDecoder().feed(data, final=True)
    except BadText as error:
        raise ValueError(f"“{file}”: {error}") from None


def rows_of(text, error):
    """(line number, cells) of each row that is not empty; tabs, semicolons or commas divide it, as in the first one.

    Raises error(line number, what is wrong).
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = next((mark for mark in "\t;" if mark in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error:
        raise error(reader.line_num, "a quotation mark opens or closes in the wrong place: mend that line.") from None
