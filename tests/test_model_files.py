"""Files of vectors before they are a model: which belong together, what is inside, their names, categories."""

import io
import zipfile

import pytest

from app.figures.map.categories import MOST_CATEGORIES, MOST_OF_COLUMN, of_column
from app.figures.models.comparison import Comparison
from app.figures.models.pairing import paired
from app.sources.map_plane import spelling
from app.sources.projected import ProjectedVectors
from app.sources.unpacking import content_of
from app.sources.user_files import DamagedFile, UserFile
from app.sources.vector_sets import GLOVE, Sources
from embedlab.vectors import BadVectors, WordVectors
from tests.running import run
from tests.test_app import Blob, Glove

ROWS, WORDS, TABLE = b"0.1\t0.2\n0.3\t0.4\n", b"word\tcount\ncat\t5\ndog\t6\n", b"cat\t0.1\ndog\t0.2\n"


def file(name, data):
    blob = Blob(data)
    blob.name = name
    return UserFile(blob)


@pytest.mark.parametrize(
    "files,pairs",
    [
        ([("a.vec", TABLE), ("b.vec", TABLE)], [("a.vec", None), ("b.vec", None)]),
        ([("metadata.tsv", WORDS), ("vectors.tsv", ROWS)], [("vectors.tsv", "metadata.tsv")]),
        ([("x.tsv", ROWS), ("y.tsv", WORDS)], [("x.tsv", "y.tsv")]),
        ([("x.tsv", b"1\t0.5\n2\t0.7\n"), ("meta.tsv", WORDS)], [("x.tsv", "meta.tsv")]),  # would be words and numbers
        (
            [("b.tsv", ROWS), ("b-meta.tsv", WORDS), ("c.vec", TABLE), ("a-metadata.tsv", WORDS), ("a.tsv", ROWS)],
            [("b.tsv", "b-meta.tsv"), ("c.vec", None), ("a.tsv", "a-metadata.tsv")],
        ),
        ([("metadata.tsv", TABLE)], [("metadata.tsv", None)]),
    ],
)
def test_the_projectors_files_are_paired(files, pairs):
    found = run(paired([file(name, data) for name, data in files]))
    assert [(one.name, other and other.name) for one, other in found] == pairs


def zipped(files, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


async def gathered(content):
    return b"".join([piece async for piece in content.pieces()])


@pytest.mark.parametrize("before", [b"", b"x" * 3_000_000])  # more than is read to find the table of contents
def test_a_stored_file_is_read_out_of_a_zip(before, monkeypatch):
    data = before + b"cat 1\n"
    content = run(content_of(file("v.zip", zipped({"folder/v.txt": data, "__MACOSX/._v": b""}))))
    assert (content.name, content.size, content.arrays) == ("v.txt", len(data), False)
    assert run(gathered(content)) == data


def test_what_is_wrong_with_a_zip_is_told():
    whole = zipped({"v.txt": b"cat 1\n" * 100})
    with pytest.raises(DamagedFile, match="“v.zip” is damaged"):
        run(content_of(file("v.zip", whole[:-30])))
    with pytest.raises(DamagedFile, match="“v.zip” is damaged"):
        run(gathered(run(content_of(file("v.zip", whole.replace(b"cat 1", b"cat 2", 1))))))
    with pytest.raises(BadVectors, match=r"“v.zip” holds 2 files \(a.txt, b.txt\): unpack it"):
        run(content_of(file("v.zip", zipped({"a.txt": b"", "b.txt": b""}))))
    with pytest.raises(DamagedFile, match="packed in a rare way"):
        run(content_of(file("v.zip", zipped({"a.txt": b"cat 1\n"}, zipfile.ZIP_LZMA))))


def test_an_npz_is_known_by_its_arrays_and_a_plain_file_is_as_it_is():
    assert run(content_of(file("v.npz", zipped({"words.npy": b"", "vectors.npy": b""})))).arrays
    content = run(content_of(file("v.txt", b"PK 1\n")))
    assert (content.name, content.arrays, run(gathered(content))) == ("v.txt", False, b"PK 1\n")


def test_a_name_that_is_taken_gets_a_number():
    sources, vectors = Sources(Glove()), WordVectors(["x"], [[1.0]])
    assert sources.free_name("a") == "a" and sources.free_name(GLOVE) == "GloVe (2)"
    assert sources.add("a", vectors, columns={"kind": ["y"]}).name == "a"
    assert [sources.model(name).columns for name in ("a", GLOVE)] == [{"kind": ["y"]}, {}]
    assert [sources.add("a", vectors).name for _ in range(2)] == ["a (2)", "a (3)"]


def test_a_column_makes_categories_as_many_as_the_map_has_room_for():
    words = [f"w{i}" for i in range(1000)]
    assert of_column(["a", "b", "c", "d,e"], ["x", "", "y: z", "x"]) == ({"x": ["a"], "y z": ["c"]}, 2)
    found, count = of_column(words, [str(i % 30 if i < 500 else i) for i in range(1000)])
    assert count == 530 and len(found) == MOST_CATEGORIES and set(found) <= {str(i) for i in range(30)}
    assert sum(map(len, found.values())) == MOST_OF_COLUMN


def test_words_with_spaces_and_accents_are_found_as_the_vectors_have_them():
    vectors = WordVectors(["new york", "cafe\u0301", "Los Angeles", "river", "bank"], [[i, 1] for i in range(5)])
    asked = ["New York", "caf\u00e9", "los angeles", "CAF\u00c9", "paris"]
    assert [spelling(word, vectors) for word in asked] == ["new york", "cafe\u0301", "Los Angeles", "cafe\u0301", None]
    comparison = Comparison.of(tuple(ProjectedVectors(name, vectors) for name in "ab"))
    for text, words in [
        ("new york", ["new york"]),
        ("new york, river", ["new york", "river"]),
        ("river bank", ["river", "bank"]),
        (" los  angeles ;bank", ["los angeles", "bank"]),
    ]:
        assert comparison.words_of(text) == words
    with pytest.raises(ValueError, match="Write a word first"):
        comparison.words_of(" , ")
