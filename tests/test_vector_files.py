"""What is written is read back, whatever it is: properties of the files of vectors, over what Hypothesis makes up.

Under CPython only: Hypothesis is not among what Pyodide has.
"""

import gzip
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from embedlab.formats import PIECE, WRITERS, Reading, load, read, write
from embedlab.projector import read_tsv, write_tsv
from embedlab.vectors import BadVectors, WordVectors

FORBIDDEN = {"word2vec-text": " \t\r\n", "glove": " \t\r\n", "word2vec-binary": " \n", "npz": "\n", "tsv": "\t\r\n"}
FORMS = {  # form: (examples, what writes it, what reads it)
    **{form: (1000, lambda v, form=form: write(v, form), read) for form in ("word2vec-text", "word2vec-binary")},
    **{form: (500, lambda v, form=form: write(v, form), read) for form in ("glove", "npz")},
    "tsv": (300, write_tsv, lambda files: read_tsv(*files)),
}

floats = st.one_of(
    st.floats(width=32, allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, -0.0, 1.0, 2.0, 0.1, 0.5, 3.4028235e38, -3.4028235e38, 1.1754944e-38, 1e-45, 12.078431]),
    st.integers(-9, 9).map(float),
)


@st.composite
def vectors(draw, forbidden):
    """WordVectors of 1 x 1 and up, with words of any characters that may be in the format's words."""
    letters = st.characters(codec="utf-8", exclude_characters=forbidden)
    usual = st.sampled_from(
        ["a", "1", "1990", "0.5", "-1", "1e5", "nan", "PK", "2,5", "a;b", '"', "\x08", "é", "日本", "#"]
    )
    words = draw(
        st.lists(st.one_of(usual, st.text(letters, min_size=1, max_size=8)), min_size=1, max_size=7, unique=True)
    )
    D = draw(st.integers(1, 6))
    numbers = draw(st.lists(floats, min_size=len(words) * D, max_size=len(words) * D))
    return WordVectors(words, np.array(numbers, np.float32).reshape(-1, D))


def same(a, b):
    return a.words == b.words and a.matrix.tobytes() == b.matrix.tobytes()


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_back_to_the_bit(form):
    examples, writes, reads = FORMS[form]

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None)
    @given(vectors(FORBIDDEN[form]))
    @example(WordVectors(["1"], [[1.0]]))
    @example(WordVectors(["2", "a"], [[2.0], [1.0]]))
    @example(WordVectors(["cat", "dog"], [[0.1, 0.2], [0.3, 0.4]]))
    @example(WordVectors(["a"], np.frombuffer(b"AAAA", np.float32)[None]))
    @example(WordVectors(["0", "1"], np.frombuffer(b"A 1\nA 1\n", np.float32)[:, None]))
    @example(WordVectors(["a", "b"], [[0.0, 1.0], [1.0, 2.0]]))
    def holds(written):
        try:
            data = writes(written)
        except BadVectors as error:
            assert "cannot be written" in str(error) and written.words[0].startswith("\ufeff")
            return
        assert same(reads(data), written)

    holds()


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(["word2vec-text", "word2vec-binary"]), vectors(" \t\r\n"), st.data())
def test_in_pieces_and_packed_it_is_the_same(form, written, data):
    whole = write(written, form)
    reading, at = Reading("f", len(whole)), 0
    while at < len(whole):
        step = data.draw(st.integers(1, len(whole)))
        reading.feed(whole[at : at + step])
        at += step
    assert same(reading.finish().vectors, written)
    assert same(read(gzip.compress(whole, 1)), written)


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(sorted(WRITERS)), vectors(" \t\r\n"), st.data())
def test_a_damaged_file_is_read_or_explained(form, written, data):
    """Whatever bytes are changed or missing, no other error than BadVectors comes of it."""
    try:
        whole = bytearray(write(written, form))
    except BadVectors:
        return
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        got = load(damaged)
    except BadVectors:
        return
    assert np.isfinite(got.vectors.matrix).all()


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"2 2\n", b"1 1\n", b"a 1 2\n", b"a\t1\n", b"a,1\n", b"PK\x03\x04"])
)
def test_any_bytes_are_read_or_explained(data, start):
    try:
        load(start + data)
    except BadVectors as error:
        assert "the file" in str(error)


@pytest.mark.parametrize("form", ["word2vec-text", "word2vec-binary", "glove"])
def test_reading_takes_little_more_memory_than_the_vectors(form):
    V, D, rows = 40_000, 300, np.random.default_rng(0).normal(size=(100, 300)).astype(np.float32)
    data = write(WordVectors([f"w{i}" for i in range(V)], np.tile(rows, (V // 100, 1))), form)
    tracemalloc.start()
    try:
        reading = Reading("f", len(data))
        for at in range(0, len(data), PIECE):
            reading.feed(data[at : at + PIECE])
        matrix = reading.finish().vectors.matrix
        assert matrix.shape == (V, D) and tracemalloc.get_traced_memory()[1] <= 1.3 * matrix.nbytes
    finally:
        tracemalloc.stop()


def test_vectors_for_which_there_is_no_room_are_refused_before_memory_is_taken():
    for data in (b"400000 300\n", b""):
        row = b" 0.1" * 300 + b"\n"
        reading = Reading("f", 10_000_000_000, most=1_500_000_000)
        with pytest.raises(
            BadVectors, match="f has 10,000,000 words of 300|f has 8,[0-9,]+ words of 300 numbers, 10.0 GB"
        ):
            reading.feed(data.replace(b"400000", b"10000000") + b"".join(b"w%d%b" % (i, row) for i in range(1000)))
