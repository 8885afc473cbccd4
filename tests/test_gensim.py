"""gensim as a second opinion: files both ways, and scores of the same vectors; under CPython only."""

import io
import json
from pathlib import Path

import numpy as np
import pytest

from builder.dictionary import WORDNET
from builder.project import DATA
from embedlab import dictionary, evaluate
from embedlab.formats import load_packed, read, write
from embedlab.reader import CorpusReader
from embedlab.vectors import WordVectors

keyedvectors = pytest.importorskip("gensim.models.keyedvectors")
from gensim.test.utils import datapath  # noqa: E402


@pytest.fixture(scope="module")
def glove():
    return load_packed(DATA / "glove-50k.npz")


@pytest.fixture(scope="module")
def sets():
    return json.loads(b"".join(dictionary.unpack((DATA / "test-sets.json.bin").read_bytes())))


def of_gensim(vectors):
    keyed = keyedvectors.KeyedVectors(vectors.matrix.shape[1])
    keyed.add_vectors(vectors.words, vectors.matrix)
    return keyed


@pytest.fixture(scope="module")
def awkward():
    words = ["the", "don't", "élan", "東京", "</s>", *(f"w{i}" for i in range(500))]
    return WordVectors(words, np.random.default_rng(0).normal(size=(len(words), 33)))


@pytest.mark.parametrize("form,binary", [("word2vec-binary", True), ("word2vec-text", False)])
def test_gensim_reads_what_is_written(awkward, form, binary, tmp_path):
    (tmp_path / "v").write_bytes(write(awkward, form))
    keyed = keyedvectors.KeyedVectors.load_word2vec_format(tmp_path / "v", binary=binary)
    assert keyed.index_to_key == awkward.words and np.array_equal(keyed.vectors, awkward.matrix)


@pytest.mark.parametrize("header", [True, False])
def test_gensim_reads_glove_lines_too(awkward, header, tmp_path):
    (tmp_path / "v").write_bytes(write(awkward, "word2vec-text" if header else "glove"))
    keyed = keyedvectors.KeyedVectors.load_word2vec_format(tmp_path / "v", no_header=not header)
    assert keyed.index_to_key == awkward.words and np.array_equal(keyed.vectors, awkward.matrix)


@pytest.mark.parametrize("binary", [True, False])
def test_what_gensim_writes_is_read(awkward, binary, tmp_path):
    of_gensim(awkward).save_word2vec_format(str(tmp_path / "v"), binary=binary)
    data = (tmp_path / "v").read_bytes()
    got = read(data)
    assert got.words == awkward.words and np.array_equal(got.matrix, awkward.matrix)
    if binary:
        assert data == write(awkward, "word2vec-binary")  # to the byte


@pytest.mark.parametrize("name", ["wordsim353.tsv", "simlex999.txt"])
def test_word_pairs_score_as_in_gensim(glove, sets, name):
    ours = evaluate.word_pairs(glove, evaluate.parse_pairs(sets[name]))
    _, spearman, unknown = of_gensim(glove).evaluate_word_pairs(datapath(name))
    assert ours.rho == pytest.approx(spearman[0], abs=1e-4)  # where two float32 cosines nearly tie
    assert 100 * (1 - ours.covered / ours.total) == pytest.approx(unknown)


def test_analogies_score_as_in_gensim(glove, sets, tmp_path):
    """Of the 10,000 most frequent words, every tenth question of a category: gensim takes one at a time."""
    categories = evaluate.parse_analogies(sets["questions-words.txt"])
    assert sum(map(len, categories.values())) == 19_544
    tenth = {name: questions[::10] for name, questions in categories.items()}
    lines = [line for name, questions in tenth.items() for line in (f": {name}", *map(" ".join, questions))]
    (tmp_path / "questions.txt").write_text("\n".join(lines), encoding="utf-8")
    *_, ours = evaluate.analogies(glove, tenth, restrict_to=10_000)
    _, sections = of_gensim(glove).evaluate_word_analogies(tmp_path / "questions.txt", restrict_vocab=10_000)
    theirs = {s["section"]: (len(s["correct"]), len(s["correct"]) + len(s["incorrect"])) for s in sections[:-1]}
    assert {name: (tally.correct, tally.asked) for name, tally in ours.categories.items()} == theirs
    assert ours.overall.covered > 500 and ours.overall.asked == ours.overall.covered


def test_the_whole_of_it_gives_the_figures_measured_before(glove, sets):
    """Of 50,000 words: 0.4798 and 0.5249, found with gensim before any of this was written."""
    *_, score = evaluate.analogies(glove, evaluate.parse_analogies(sets["questions-words.txt"]))
    pairs = evaluate.word_pairs(glove, evaluate.parse_pairs(sets["wordsim353.tsv"]))
    assert round(score.overall.accuracy, 4) == 0.4798 and round(pairs.rho, 4) == 0.5249


def test_the_dictionary_is_the_corpus_that_was_promised():
    """About 1.77 million running words and 27,000 that occur five times, one sentence a sense."""
    packed = (DATA / "dictionary.txt.bin").read_bytes()
    reader = CorpusReader()
    for piece in dictionary.unpack(packed):
        reader.feed(piece)
    assert reader.size == dictionary.unpacked_size(packed)
    corpus = reader.finish(min_count=5)
    files = [Path(WORDNET, "dict", f"data.{kind}").read_text() for kind in ("noun", "verb", "adj", "adv")]
    senses = sum(not line.startswith("  ") for file in files for line in file.splitlines())
    assert abs(reader.words - 1.77e6) < 0.02e6 and abs(len(corpus.vocabulary) - 27_052) < 600
    assert senses - 200 < corpus.sentences <= senses == 117_791
    assert corpus.vocabulary.counts.min() == 5 and set(corpus.vocabulary.words[:3]) == {"a", "the", "of"}


def test_the_file_of_a_dictionary_is_the_same_each_time():
    packed = (DATA / "dictionary.txt.bin").read_bytes()
    assert io.BytesIO(packed).read(10)[4:8] == b"\0\0\0\0"  # gzip's time stamp
    assert dictionary.pack(b"".join(dictionary.unpack(packed)).decode()) == packed
