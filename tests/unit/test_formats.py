import io
import random
from contextlib import suppress

import numpy as np
import pytest

from embedlab import textfiles
from embedlab.formats import READERS, WRITERS, read, reading, recognised, save_packed, write
from embedlab.textfiles import read_tsv, write_tsv
from embedlab.vectors import BadVectors, WordVectors

EXACT = ["word2vec-text", "word2vec-binary", "glove", "npz"]


def some(V=7, D=5, seed=0):
    """Vectors with awkward words and numbers of all sizes."""
    draw = np.random.default_rng(seed)
    words = ["the", "don't", "élan", "東京", "3.5", "</s>", "\u3000x", *(f"w{i}" for i in range(V))][:V]
    return WordVectors(words, (draw.normal(size=(V, D)) * 10.0 ** draw.integers(-30, 30, (V, D))).astype(np.float32))


def same(a, b):
    return a.words == b.words and a.matrix.dtype == np.float32 and np.array_equal(a.matrix, b.matrix)


@pytest.mark.parametrize("form", EXACT)
@pytest.mark.parametrize("V,D", [(1, 1), (7, 5), (3000, 3)])
def test_what_is_written_is_read_back_to_the_bit_and_recognised(form, V, D):
    vectors = some(V, D)
    data = write(vectors, form)
    assert recognised(data) == form
    assert same(read(data), vectors) and same(read(data, form=form), vectors)


def test_packed_is_read_back_within_half_a_step_and_recognised():
    vectors = WordVectors(["a", "b"], [[1, -0.5], [0, 0]])
    got = read(write(vectors, "packed"))
    assert got.words == ["a", "b"] and np.abs(got.matrix - vectors.matrix).max() <= 0.5 / 127


def test_the_text_formats_by_hand():
    vectors = WordVectors(["a", "é"], [[1, -0.5], [0.1, 1e-7]])
    assert write(vectors, "word2vec-text").decode() == "2 2\na 1 -0.5\né 0.100000001 1.00000001e-07\n"
    assert write(vectors, "glove").decode() == "a 1 -0.5\né 0.100000001 1.00000001e-07\n"
    assert write_tsv(vectors) == (b"1\t-0.5\n0.100000001\t1.00000001e-07\n", "a\né\n".encode())


def test_the_binary_format_by_hand():
    vectors = WordVectors(["a", "é"], [[1, -2], [0.5, 0]])
    # 1 is 3F800000, -2 is C0000000, 0.5 is 3F000000, little end first
    one, two = b"a \0\0\x80\x3f\0\0\0\xc0", b"\xc3\xa9 \0\0\0\x3f\0\0\0\0"
    assert write(vectors, "word2vec-binary") == b"2 2\n" + one + two
    assert same(read(b"2 2\n" + one + b"\n" + two + b"\n"), vectors)  # as word2vec.c writes it


@pytest.mark.parametrize("text", ["2 2\na 1 2 \nb 3 4 \n", "2 2\r\na 1 2\r\nb 3 4", "2\t2\na\t1\t2\nb  3   4\n\n"])
def test_other_programs_spaces_and_line_ends_are_read(text):
    expected = WordVectors(["a", "b"], [[1, 2], [3, 4]])
    assert recognised(text.encode()) == "word2vec-text" and same(read(text.encode()), expected)
    assert same(read(text[4:].lstrip("\n").encode(), form="glove"), expected)


def test_a_word_may_hold_spaces_where_the_numbers_are_clear():
    got = read(b"a 1 2\n. . . 3 4\nat name@domain.com 5 6\n")
    assert got.words == ["a", ". . .", "at name@domain.com"] and got.matrix.tolist() == [[1, 2], [3, 4], [5, 6]]


def test_files_of_many_blocks_are_read_in_steps(monkeypatch):
    monkeypatch.setattr(textfiles, "BLOCK", 64)
    vectors = some(300, 3)
    for form in ("word2vec-text", "glove"):
        steps = list(reading(write(vectors, form)))
        parts = [part for part, _ in steps]
        assert len(parts) > 20 and parts == sorted(parts) and parts[-1] == 1
        assert all(result is None for _, result in steps[:-1]) and same(steps[-1][1], vectors)


LINE = "word%d 0.1 0.2 0.3\n"
GOOD = "".join(LINE % i for i in range(20))


@pytest.mark.parametrize(
    "text,message",
    [
        (GOOD.replace("word16 0.1 ", "word16 "), "f.txt, line 17: it has 2 numbers, the ones before have 3"),
        (GOOD.replace("word16 0.1 ", "word16 0.1 0.1 "), "line 17: it has 4 numbers, the ones before have 3"),
        (GOOD.replace("word16 0.1 0.2", "word16 0.1 0,2"), "line 17: number 2 of “word16” is “0,2”"),
        (GOOD.replace("word16 0.1 0.2", "word16 0.1 nan"), "number 2 of line 17 .“word16”. is nan"),
        (GOOD.replace("word16 0.1 0.2 0.3", "word16 0.1 0.2 1e99"), "number 3 of line 17 .“word16”. is inf"),
        (GOOD[:-4] + "0.3x\n", "line 20: number 3 of “word19” is “0.3x”"),
        (GOOD.replace("word18 0.1 ", "word18 ").replace("word19 ", "word19 0.1 "), "line 19: it has 2 numbers"),
        (GOOD.replace("word16", "word3"), "line 17 repeats “word3” of line 4"),
        (GOOD.replace("word16 0.1 0.2 0.3", ""), "line 17: it has 0 numbers"),
        ("20 3\n" + GOOD.replace("word16 0.1 ", "word16 "), "line 18: it has 2 numbers, the header says 3"),
        ("20 4\n" + GOOD, "line 2: it has 3 numbers, the header says 4"),
        ("21 3\n" + GOOD, "promises 21 words, but it holds 20"),
        ("19 3\n" + GOOD, "promises 19 words, but it holds 20"),
        ("20 3\n" + GOOD.replace("word16", "word3"), "line 18 repeats “word3” of line 5"),
        ("20 0\n" + GOOD, "“20 0” does not say how many"),
        ("", "f.txt is empty"),
        ("\n\n", "begins with an empty line"),
        ("<html><body>Not found</body></html>", "begins with “<html><body>Not found</body></html>”, no word followed"),
        ("0.1\t0.2\n0.3\t0.4\n", "numbers without words.*metadata.tsv"),
    ],
)
def test_errors_name_file_line_and_field(text, message, monkeypatch):
    monkeypatch.setattr(textfiles, "BLOCK", 100)  # so that lines are counted over blocks
    with pytest.raises(BadVectors, match=message):
        read(text.encode(), "f.txt")


def test_a_word_that_is_not_utf8_is_named():
    with pytest.raises(BadVectors, match=r"line 2: the word b'caf\\xe9' is not UTF-8"):
        read(b"a 1 2\ncaf\xe9 1 2\n")
    binary = write(WordVectors(["a", "cafe"], [[1, 2], [3, 4]]), "word2vec-binary").replace(b"cafe", b"caf\xe9")
    with pytest.raises(BadVectors, match=r"word 2, b'caf\\xe9', is not UTF-8"):
        read(binary)


def test_a_binary_file_that_is_cut_off_or_too_long_is_refused_wherever_it_ends():
    data = write(some(7, 5), "word2vec-binary")
    for end in range(5, len(data)):
        with pytest.raises(BadVectors, match="cut off|does not say|no word followed"):
            read(data[:end], form="word2vec-binary")
    with pytest.raises(BadVectors, match="goes on after the 7 words"):
        read(data + b"x")
    with pytest.raises(BadVectors, match="word 2 repeats “a” of word 1"):
        read(write(WordVectors(["a", "b"], [[1], [2]]), "word2vec-binary").replace(b"b ", b"a "))


def test_a_header_that_promises_more_than_fits_is_refused_before_memory_is_taken():
    with pytest.raises(BadVectors, match="promises 999,999,999 words"):
        read(b"999999999 300\n" + b"a \0\0\0\0", form="word2vec-binary")


def test_a_damaged_file_never_passes_unseen_nor_fails_in_another_way():
    draw, vectors = random.Random(0), some(30, 4)
    for form in EXACT:
        whole = write(vectors, form)
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(draw.randint(1, 4)):
                data[draw.randrange(len(data))] = draw.randrange(256)
            with suppress(BadVectors):  # any other error fails the test
                read(bytes(data[: draw.randint(0, len(data))]))


def test_compressed_and_damaged_containers_are_told():
    with pytest.raises(BadVectors, match="gzip: unpack it"):
        read(b"\x1f\x8b\x08 ...")
    data = write(some(), "npz")
    with pytest.raises(BadVectors, match="damaged .npz"):
        read(data[:-30])
    out = io.BytesIO()
    np.savez(out, something=np.zeros(3))
    with pytest.raises(BadVectors, match="does not hold"):
        read(out.getvalue())


@pytest.mark.parametrize(
    "form,word",
    [
        ("word2vec-text", "new york"),
        ("glove", "a\tb"),
        ("word2vec-binary", "a\nb"),
        ("word2vec-binary", "a b"),
        ("npz", "a\nb"),
        ("packed", ""),
        ("glove", ""),
    ],
)
def test_a_word_that_the_format_cannot_hold_is_refused(form, word):
    with pytest.raises(BadVectors, match="cannot be written"):
        write(WordVectors([word], [[1.0, 2.0]]), form)


def test_tsv_comes_back_and_its_errors_are_told():
    vectors = some(30, 4)
    rows, words = write_tsv(vectors)
    assert same(read_tsv(rows, words), vectors)
    columns = "word\tcount\n" + "".join(f"{word}\t1\n" for word in vectors.words)
    assert same(read_tsv(rows, columns.encode()), vectors)
    with pytest.raises(BadVectors, match="30 vectors, but 29 words"):
        read_tsv(rows, words[: words[:-1].rfind(b"\n")])
    with pytest.raises(BadVectors, match="row 2 repeats “a” of row 1"):
        read_tsv(b"1\t2\n3\t4\n", b"a\na\n")
    with pytest.raises(BadVectors, match="line 2: it has 1 numbers, the ones before have 2"):
        read_tsv(b"1\t2\n3\n", b"a\nb\n")


def test_every_format_is_both_read_and_written():
    assert READERS.keys() == WRITERS.keys()


def test_packing_to_a_file_name_and_to_memory_are_alike(tmp_path):
    out = io.BytesIO()
    save_packed(out, some())
    save_packed(tmp_path / "v.npz", some())
    assert same(read(out.getvalue()), read((tmp_path / "v.npz").read_bytes()))
