"""How a text file of vectors is laid out, told from its first lines.

Axes: V vocabulary, D dimensions.
"""

import csv
import re
from collections import Counter
from dataclasses import dataclass

from embedlab.vectors import BadVectors

HEADER = re.compile(rb"[ \t]*([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)[ \t]+(\d+)[ \t\r]*")  # "400000 300", "400,000 300"
TAB, SPACE, SEMICOLON, COMMA = SEPARATORS = (b"\t", b" ", b";", b",")  # of equally likely ones the first is taken
MANY = 5  # columns
FIRST = 50  # lines that a layout is told from
EXCERPT = 40  # bytes of a line in a message


@dataclass
class Layout:
    """separator: between the fields of a line; dim: D, numbers in a line; words: V if a header gives it, else None.

    start, line: the position and the number of the line of the first row; heading: the names of the columns above it;
    bare: the rows have no words, which are in another file; numbered: the first row may be such a heading.
    """

    separator: bytes
    dim: int
    words: int | None = None
    start: int = 0
    line: int = 1
    heading: str = ""
    bare: bool = False
    numbered: str = ""


def header_of(line):
    """(V, D) of a first line "V D"; None for any other line."""
    found = HEADER.fullmatch(line)
    return (int(found[1].replace(b",", b"")), int(found[2])) if found else None


def layout_of(head, name):
    """The Layout of a text file that begins with the bytes `head`; raises BadVectors if it holds no vectors."""
    first, _, rest = head.partition(b"\n")
    if not first.strip():
        raise BadVectors(f"{name} begins with an empty line: remove it, or choose another file.")
    lines = complete_lines(head)
    header = header_of(first)
    if header and not (is_bare(lines, TAB) and len(split(lines[-1], TAB)) == 2):
        V, D = header
        if not D:
            raise BadVectors(
                f"{name}: its first line “{excerpt(first)}” does not say how many words and dimensions follow: write "
                f"both numbers there, or leave that line out."
            )
        lines = complete_lines(rest)
        return Layout(best_separator(lines) or SPACE, D, V, start=len(first) + 1, line=2)
    separator = best_separator(lines)
    layout = separator and (bare_layout(lines) if is_bare(lines, separator) else without_header(lines, separator))
    if not layout:
        raise BadVectors(
            f"{name} begins with “{excerpt(first)}”, no word followed by numbers: choose a file in word2vec's, GloVe's "
            f"or fastText's format, TSV, CSV or .npz."
        )
    return layout


def bare_layout(lines):
    """The Layout of lines that hold numbers only."""
    return Layout(TAB, most_common(len(split(line, TAB)) for line in lines), bare=True)


def without_header(lines, separator):
    """The Layout of lines that begin with a word, of which the first may name the columns; None without numbers."""
    fields = [split(line, separator) for line in lines]
    found = [min(numbers_at_end(row), len(row) - 1) for row in fields]
    if not any(found):
        return None
    D = most_common(n for n in found if n)
    names, counting = fields[0], found[0] == D >= 2 and is_counting(fields[0][-D:])
    unnamed = counting and len(names) == D + 1 and not names[0]  # as pandas writes it
    if unnamed or not found[0] and len(names) in (D, D + 1) and len(lines) > 1:
        return Layout(separator, D, start=len(lines[0]) + 1, line=2, heading=excerpt(lines[0].strip()))
    return Layout(separator, D, numbered=excerpt(lines[0].strip()) if counting else "")


def complete_lines(head):
    """The first lines of which all is there, FIRST at most, without blank ones; of what has no line end the whole."""
    lines = head.split(b"\n", FIRST)
    return [line for line in lines[:-1] if line.strip()] or lines[:1]


def best_separator(lines):
    """TAB if that gives most lines numbers, else that of SEPARATORS which gives the most; None if none gives any."""
    if 2 * sum(TAB in line and numbers_in(line, TAB) > 0 for line in lines) > len(lines):
        return TAB

    def numbers(separator):
        return sum(numbers_in(line, separator) for line in lines)

    best = max(SEPARATORS, key=numbers)
    return best if numbers(best) else None


def numbers_in(line, separator):
    """How many numbers end a line; of one with commas, which may be part of words and numbers, all fields but one."""
    fields = split(line, separator)
    found = numbers_at_end(fields)
    if separator in (SEMICOLON, COMMA):
        return found if found == len(fields) - 1 else 0
    return found


def is_bare(lines, separator):
    """Whether each line has only numbers, with tabs between them, and the first is not a word, such as a year."""
    rows = [split(line, TAB) for line in lines]
    if separator != TAB or not all(numbers_at_end(row) == len(row) for row in rows):
        return False
    whole = [[field.isdigit() for field in row] for row in rows]
    return not (len(rows[0]) > 1 and all(row[0] for row in whole) and not all(all(row) for row in whole))


def is_counting(fields):
    """Whether these are numbers of columns: 0, 1, 2 ..., or 1, 2, 3 ... if they are so many that it is no chance."""
    starts = (0, 1) if len(fields) >= MANY else (0,)
    return any([*fields] == [b"%d" % i for i in range(start, start + len(fields))] for start in starts)


def is_number(field):
    try:
        float(field)
    except ValueError:
        return False
    return b"_" not in field  # 1_000 is Python's own way


def numbers_at_end(fields):
    """How many of the last fields are numbers."""
    return next((i for i, field in enumerate(reversed(fields)) if not is_number(field)), len(fields))


def split(line, separator):
    """The fields of a line, as bytes; of one that is no CSV, where it should be, one field."""
    if separator == TAB:
        return line.rstrip(b" \t\r").split(TAB)
    if separator == SPACE:
        return re.split(rb"[ \t]+", line.rstrip(b" \t\r"))
    text = line.rstrip(b" \r").decode(errors="surrogateescape")
    try:
        fields = next(csv.reader([text], delimiter=separator.decode(), strict=True)) or [""]
    except csv.Error:
        return [line]
    word, *numbers = (field.encode(errors="surrogateescape") for field in fields)
    decimal = b"," if separator == SEMICOLON else b"."
    return [word, *(number.strip().replace(decimal, b".") for number in numbers)]


def most_common(numbers):
    return Counter(numbers).most_common(1)[0][0]


def excerpt(line):
    return line[:EXCERPT].decode(errors="replace")
