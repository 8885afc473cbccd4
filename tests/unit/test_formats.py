import gzip
import io
import random
import zipfile
from contextlib import suppress

import numpy as np
import pytest

from embedlab import formats
from embedlab.arrayfiles import save_packed, unpacked
from embedlab.formats import Reading, load, read, recognised, write
from embedlab.vectors import BadVectors, WordVectors

TOLD = {"word2vec-text": "word2vec-text", "word2vec-binary": "word2vec-binary", "glove": "glove", "npz": "zip"}
EXACT = [*TOLD]


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
    assert recognised(data) == TOLD[form]
    assert same(read(data), vectors)


def test_packed_is_read_back_within_half_a_step_and_recognised():
    vectors = WordVectors(["a", "b"], [[1, -0.5], [0, 0]])
    got = read(write(vectors, "packed"))
    assert got.words == ["a", "b"] and np.abs(got.matrix - vectors.matrix).max() <= 0.5 / 127


def test_the_text_formats_by_hand():
    vectors = WordVectors(["a", "é"], [[1, -0.5], [0.1, 1e-7]])
    assert write(vectors, "word2vec-text").decode() == "2 2\na 1 -0.5\né 0.100000001 1.00000001e-07\n"
    assert write(vectors, "glove").decode() == "a 1 -0.5\né 0.100000001 1.00000001e-07\n"


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
    assert same(read(text[4:].lstrip("\n").encode()), expected)


def test_a_word_may_hold_spaces_where_the_numbers_are_clear():
    got = read(b"a 1 2\n. . . 3 4\nat name@domain.com 5 6\n")
    assert got.words == ["a", ". . .", "at name@domain.com"] and got.matrix.tolist() == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize("form", ["word2vec-text", "glove", "word2vec-binary"])
@pytest.mark.parametrize("piece", [1, 7, 64, 1000])
def test_a_file_may_come_in_pieces_of_any_length(form, piece, monkeypatch):
    monkeypatch.setattr(formats, "HEAD", 200)
    vectors = some(300, 3)
    data = write(vectors, form)
    reading = Reading("f", len(data))
    for at in range(0, len(data), piece):
        reading.feed(data[at : at + piece])
    assert reading.shape[0] >= 300 and reading.shape[1] == 3
    assert same(reading.finish().vectors, vectors)


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
        ("\n\n", "holds only empty lines"),
        ("\n" + GOOD, "begins with an empty line"),
        ("<html><body>Not found</body></html>", "begins with “<html><body>Not found</body></html>”, no word followed"),
        ("0.1\t0.2\n0.3\t0.4\n", "numbers without words.*metadata.tsv"),
    ],
)
def test_errors_name_file_line_and_field(text, message, monkeypatch):
    monkeypatch.setattr(formats, "HEAD", 100)
    monkeypatch.setattr(formats, "PIECE", 100)  # so that lines are counted over blocks
    with pytest.raises(BadVectors, match=message):
        read(text.encode(), "f.txt")


def test_a_word_that_is_not_utf8_is_named():
    with pytest.raises(BadVectors, match=r"line 2: the word b'\\xe9lan' is not UTF-8"):
        read(b"a 1 2\n\xe9lan 1 2\n")
    binary = write(WordVectors(["a", "cafe"], [[1, 2], [3, 4]]), "word2vec-binary").replace(b"cafe", b"c\xe9fe")
    with pytest.raises(BadVectors, match=r"word 2: the word b'c\\xe9fe' is not UTF-8"):
        read(binary)


@pytest.mark.parametrize("form", ["word2vec-text", "word2vec-binary", "glove"])
def test_words_cut_inside_a_character_are_kept_apart_and_named(form):
    long = WordVectors(["a", "日本", "日木", "b"], np.arange(8).reshape(4, 2) / 8)
    data = (
        write(long, form)
        .replace("日本".encode(), b"\xe6\x97\xa5\xe6\x9c")
        .replace("日木".encode(), b"\xe6\x97\xa5\xe6")
    )
    got = load(data)
    assert got.vectors.words == ["a", "日\ufffd\ufffd", "日\ufffd", "b"] and np.array_equal(
        got.vectors.matrix, long.matrix
    )
    assert len(got.notes) == 1 and "“日\ufffd\ufffd” (" in got.notes[0] and "word2vec.c" in got.notes[0]


def test_a_binary_file_that_is_cut_off_or_too_long_is_refused_wherever_it_ends():
    data = write(some(7, 5), "word2vec-binary")
    for end in range(5, len(data)):
        with pytest.raises(BadVectors, match="cut off|it has [0-4] numbers?, the header says 5|no word followed"):
            read(data[:end])
    with pytest.raises(BadVectors, match="cut off in word 7|goes on after the 7 words"):
        read(data + b"x")
    with pytest.raises(BadVectors, match="word 2 repeats “a” of word 1"):
        read(write(WordVectors(["a", "b"], [[1], [2]]), "word2vec-binary").replace(b"b ", b"a "))


def test_a_header_that_promises_more_than_fits_is_refused_before_memory_is_taken():
    with pytest.raises(BadVectors, match="promises 999,999,999 words"):
        read(b"999999999 300\n" + b"a \0\0\0\0")
    with pytest.raises(BadVectors, match="promises 999,999,999 words"):
        read(b"999999999 3\n" + b"a 1 2 3\n")


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


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


@pytest.mark.parametrize("form", EXACT)
def test_packed_files_are_unpacked(form):
    data = write(some(), form)
    assert same(read(gzip.compress(data)), some())
    if form != "npz":
        assert same(read(zipped(glove__txt=data)), some())


def test_a_zip_of_several_files_names_them():
    with pytest.raises(BadVectors, match=r"f.zip holds 2 files \(a.txt, b.txt\): unpack it"):
        read(zipped(a__txt="a 1", b__txt="a 1"), "f.zip")


@pytest.mark.parametrize(
    "data",
    [gzip.compress(b"a 1 2\n" * 99), zipped(a__txt="a 1 2\n" * 99), write(some(), "npz")],
    ids=["gzip", "zip", "npz"],
)
def test_damaged_containers_are_told(data):
    for damaged in (data[:-30], data[:30], data[:3]):
        with pytest.raises(BadVectors, match="f is damaged|f begins with “PK"):
            read(damaged, "f")


def test_other_programs_files_are_named_with_the_way_to_convert_them():
    for head, what in [
        (b"\xba\x16\x4f\x2f\x0c\0\0\0", "fastText's own .bin.*fasttext.load_model"),
        (b"\x80\x04\x95", "pickle, such as gensim's.*save_word2vec_format"),
        (b"\x93NUMPY\x01\0", "NumPy's .npy.*np.savez"),
        ("a 1".encode("utf-16"), "UTF-16: save it as UTF-8"),
    ]:
        with pytest.raises(BadVectors, match=f"f.bin is .*{what}"):
            read(head + bytes(99), "f.bin")


# -- .npz ---------------------------------------------------------------------------------------------------------


def npz(**arrays):
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


ROWS = np.array([[1, 2], [3, 4]], np.float32)


@pytest.mark.parametrize(
    "arrays",
    [
        dict(words=np.array(["a", "é"]), vectors=ROWS),
        dict(words=np.array(["a", "é".encode()], dtype="S2"), vectors=ROWS.astype(">f8")),
        dict(vocab=np.array(["a", "é"]), W=ROWS.astype(np.float16)),
        dict(tokens=np.array(["a", "é"]), embeddings=ROWS, counts=np.array([5, 7])),
        dict(words=np.array(["a", "é"]), vectors=ROWS, context=ROWS + 1, more=np.array(["x", "y"])),
    ],
)
def test_npz_may_hold_strings_and_other_names_where_they_are_clear(arrays):
    assert same(read(npz(**arrays)), WordVectors(["a", "é"], ROWS))


@pytest.mark.parametrize(
    "arrays,message",
    [
        (dict(something=np.zeros(3)), r"f holds `something` float64 \(3,\): give .*`words`.*`vectors`"),
        (dict(a=np.array(["x"]), U=ROWS, V=ROWS), r"`a` <U1 \(1,\), `U` float32 \(2, 2\), `V` float32 \(2, 2\)"),
        (dict(words=np.array(["x"]), vectors=ROWS), "2 vectors, but 1 word:"),
        (dict(words=np.array(["x", None], object), vectors=ROWS), "holds Python objects.*`words`"),
        (dict(words=np.array(["x", "x"]), vectors=ROWS), "row 2 repeats “x” of row 1"),
        (dict(words=np.array(["x", "y"]), vectors=np.array([[1, np.inf], [3, 4]])), "number 2 of row 1 .“x”. is inf"),
    ],
)
def test_npz_that_is_not_clear_names_what_is_wanted_and_found(arrays, message):
    with pytest.raises(BadVectors, match=message):
        read(npz(**arrays), "f")


def test_int8_rows_are_scaled_back_and_other_types_or_shapes_are_errors():
    rows = unpacked(np.array([[127, -127], [1, 2]], np.int8), np.array([0.5, 2]), "f")
    assert rows.tolist() == [[63.5, -63.5], [2, 4]] and rows.dtype == np.float32
    with pytest.raises(BadVectors, match=r"`quantised` is int64 \(2, 2\)"):
        unpacked(np.eye(2, dtype=np.int64), np.ones(2), "f")
    with pytest.raises(BadVectors, match=r"`scale` has shape \(3,\)"):
        unpacked(np.eye(2, dtype=np.int8), np.ones(3), "f")


# -- what may not have been meant ----------------------------------------------------------------------------------


def test_numbers_of_absurd_size_are_doubted_and_those_of_training_are_not():
    for form in EXACT:
        for size, doubted in [(1e9, True), (1e-20, True), (20, False), (1e-5, False), (0, False)]:
            got = load(write(WordVectors(["a", "b"], [[size, -size], [0, size / 2]]), form))
            assert bool(got.doubts) == doubted and not got.notes, (form, size)
            assert not doubted or f"{np.float32(size):.3g}" in got.doubts[0]


def test_the_other_order_of_bytes_is_named():
    draw = np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32)
    for matrix in (np.full((3, 2), 0.5, np.float32), draw):
        vectors = WordVectors([f"w{i}" for i in range(len(matrix))], matrix)
        data = write(vectors, "word2vec-binary")
        for row in matrix:
            data = data.replace(row.tobytes(), row.byteswap().tobytes())
        try:
            said = load(data).doubts[0]
        except BadVectors as error:  # a number that is not finite
            said = str(error)
        assert "bytes seem to be in the other order" in said


@pytest.mark.parametrize("empty", [[""], ["a", ""], ["", "b"]])
def test_an_empty_word_can_be_saved(empty):
    vectors = WordVectors(empty, np.arange(2.0 * len(empty)).reshape(-1, 2))
    for form in ("npz", "word2vec-binary", "packed"):
        assert read(write(vectors, form)).words == empty
    for form in ("word2vec-text", "glove"):
        with pytest.raises(BadVectors, match="the word '' cannot be written.*choose .npz"):
            write(vectors, form)


@pytest.mark.parametrize(
    "form,word",
    [
        ("word2vec-text", "new york"),
        ("glove", "a\tb"),
        ("word2vec-binary", "a\nb"),
        ("word2vec-binary", "a b"),
        ("npz", "a\nb"),
        ("glove", ""),
        ("glove", "\ufeffa"),
    ],
)
def test_a_word_that_the_format_cannot_hold_is_refused(form, word):
    with pytest.raises(BadVectors, match="cannot be written"):
        write(WordVectors([word], [[1.0, 2.0]]), form)


def test_packing_to_a_file_name_and_to_memory_are_alike(tmp_path):
    out = io.BytesIO()
    save_packed(out, some())
    save_packed(tmp_path / "v.npz", some())
    assert same(read(out.getvalue()), read((tmp_path / "v.npz").read_bytes()))
