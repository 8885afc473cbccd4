"""Word vectors as the Embedding Projector has them: rows of numbers in one TSV, the words and more in another.

Axes: V vocabulary, D dimensions, C columns of the metadata.
"""

from embedlab.formats import Reading
from embedlab.numbers import counted
from embedlab.textfiles import BOM, check_words, writing_lines
from embedlab.vectors import BadVectors, WordVectors

WORDS = ("word", "words", "token", "label", "name", "title")  # what the column of words may be called


def write_tsv(vectors):
    """(vectors.tsv, metadata.tsv) as bytes: rows of numbers, and a word a line."""
    check_words(vectors.words, "\t\r\n")
    check_words(vectors.words[:1], BOM)
    rows = b"".join(writing_lines(vectors, header=False, separator="\t", with_words=False))
    return rows, "".join(f"{word}\n" for word in vectors.words).encode()


def read_tsv(vectors, metadata, name="the TSV files"):
    """WordVectors from the two files, as bytes; as `labelled`."""
    reading = Reading(name, len(vectors), bare=True)
    reading.feed(vectors)
    return labelled(reading.finish(), metadata, name).vectors


def labelled(loaded, metadata, name="the TSV files"):
    """Give the words of a file of metadata, as bytes, to Loaded vectors without words; raises BadVectors.

    Its columns become those of the result. The words are the column that is called so, else the first. A row of names
    stands above the columns if there is one row more than there are vectors.
    """
    try:
        text = metadata.decode().removeprefix(BOM)
    except UnicodeDecodeError as error:
        raise BadVectors(f"{name}: byte {error.start:,} of the metadata is not UTF-8: save it as UTF-8.") from None
    V = len(loaded.vectors)
    rows = [row.removesuffix("\r").split("\t") for row in text.removesuffix("\n").split("\n")]
    while len(rows) > V and rows[-1] == [""]:
        rows.pop()
    names = rows.pop(0) if len(rows) == V + 1 else [f"column {i + 1}" for i in range(len(rows[0]))]
    if len(rows) != V:
        raise BadVectors(
            f"{name}: it has {counted(V, 'vector')}, but {counted(len(rows), 'word')}: give files that belong together."
        )
    columns = {column: [row[i] if i < len(row) else "" for row in rows] for i, column in enumerate(names)}
    key = next((column for column in names if column.strip().lower() in WORDS), names[0])
    loaded.vectors = WordVectors(unrepeated(columns.pop(key), key, name), loaded.vectors.matrix)
    loaded.columns = columns
    return loaded


def unrepeated(words, column, name):
    """The words; raises BadVectors that names the rows of a repeated one."""
    row_of = {}
    for row, word in enumerate(words, start=1):
        if row_of.setdefault(word, row) != row:
            raise BadVectors(f"{name}: row {row:,} repeats “{word}” of row {row_of[word]:,}: leave one out.")
    return words
