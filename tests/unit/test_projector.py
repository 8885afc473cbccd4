import numpy as np
import pytest

from embedlab.formats import Reading
from embedlab.projector import labelled, read_tsv, write_tsv
from embedlab.vectors import BadVectors, WordVectors

VECTORS = WordVectors(["a", "new york", "3.5"], np.array([[1, 2], [3, 4], [5, 0.1]], np.float32))
ROWS, WORDS = b"1\t2\n3\t4\n5\t0.100000001\n", b"a\nnew york\n3.5\n"


def same(a, b):
    return a.words == b.words and np.array_equal(a.matrix, b.matrix)


def test_the_two_files_by_hand():
    assert write_tsv(VECTORS) == (ROWS, WORDS)
    assert same(read_tsv(ROWS, WORDS), VECTORS)


@pytest.mark.parametrize(
    "metadata", [WORDS.replace(b"\n", b"\r\n"), WORDS[:-1], WORDS + b"\n\n", b"\xef\xbb\xbf" + WORDS]
)
def test_other_line_ends_are_read(metadata):
    assert same(read_tsv(ROWS, metadata), VECTORS) and same(read_tsv(ROWS.replace(b"\n", b"\r\n"), metadata), VECTORS)


def numbers(data):
    reading = Reading("v.tsv", len(data), bare=True)
    reading.feed(data)
    return reading.finish()


def test_every_column_of_the_metadata_is_kept():
    got = labelled(numbers(ROWS), b"kind\tword\tcount\nletter\ta\t7\ncity\tnew york\t\nnumber\t3.5\n")
    assert same(got.vectors, VECTORS)
    assert got.columns == {"kind": ["letter", "city", "number"], "count": ["7", "", ""]}


def test_columns_without_names_are_counted_and_the_first_is_the_words():
    got = labelled(numbers(ROWS), b"a\tx\nnew york\ty\n3.5\tz\n")
    assert got.vectors.words == VECTORS.words and got.columns == {"column 2": ["x", "y", "z"]}


def test_a_single_column_may_have_a_name_too():
    assert read_tsv(ROWS, b"label\n" + WORDS).words == VECTORS.words


@pytest.mark.parametrize("D", [1, 2, 5])
def test_any_numbers_come_back_whole_ones_too(D):
    for matrix in (np.arange(3 * D).reshape(3, D), np.random.default_rng(0).normal(size=(3, D))):
        vectors = WordVectors(["a", "b", "\r".strip() or "c"], matrix)
        assert same(read_tsv(*write_tsv(vectors)), vectors)


@pytest.mark.parametrize(
    "rows,metadata,message",
    [
        (ROWS, b"a\nb\n", "3 vectors, but 2 words"),
        (ROWS, b"a\nb\na\n", "row 3 repeats “a” of row 1"),
        (ROWS, b"a\nb\nc\xff\n", "byte 5 of the metadata is not UTF-8"),
        (b"1\t2\n3\n", b"a\nb\n", "line 2: it has 1 number, the ones before have 2"),
        (b"1\t2\n3\tx\n", b"a\nb\n", "line 2: number 2 is “x”"),
    ],
)
def test_errors_are_told(rows, metadata, message):
    with pytest.raises(BadVectors, match=message):
        read_tsv(rows, metadata)
