"""A text of the user's own, from what they typed or opened to what is said of it and what is trained."""

import numpy as np
import param.parameterized
import pytest

from app.figures.training.chosen_words import chosen
from app.figures.training.controller import Training
from app.figures.training.recording import plane_like
from app.figures.training.state import TrainingState
from app.figures.training.understood import phrases_in_words
from app.keep.keeper import Keeper
from app.sources import corpora, packaged
from app.sources.corpora import LONGEST_TYPED, YOURS, Corpora, size_in_words
from app.sources.vector_sets import GLOVE, Sources
from app.ui.bridge import Bridge
from embedlab.reader import CorpusReader
from tests.running import run

SENTENCES = "The cat sat on the mat. A dog ran after the cat. A man and a dog sat on the mat.\n"


class File:
    """Stands in for a UserFile."""

    def __init__(self, name, data, size=None):
        self.name, self._data, self.size = name, data, len(data) if size is None else size

    async def read(self, start, stop):
        return self._data[start:stop]


class Figure:
    """The figure without a page: what is set is read and answered at once."""

    def __init__(self, monkeypatch):
        monkeypatch.setattr(param.parameterized, "async_executor", lambda work: run(work()))
        self.state, self.sources = TrainingState(), Sources(None)
        keeper = Keeper(self.sources, Bridge())
        self.training = Training(self.state, Corpora(), self.sources, Bridge(), packaged.test_sets(), keeper)

    def set(self, **values):
        if "corpus" in values:
            self.state.corpus = values.pop("corpus")  # first, for it brings settings of its own
        self.state.param.update(**values)
        return self

    def train(self):
        run(self.training.train())
        return self.state.message


@pytest.fixture
def figure(monkeypatch):
    return Figure(monkeypatch)


def test_what_a_typed_text_was_understood_as_is_said_before_training(figure):
    figure.set(corpus=YOURS, text="\n\n" + 4 * SENTENCES)
    assert figure.state.understood == (
        "Your text, 326 characters: 84 running words, a vocabulary of 11.\n"
        "The commonest: the, a, cat, sat, on, mat, dog, ran, after, man.\n"
        "The first line: “The cat sat on the mat. A dog ran after the cat. A man and a dog sat on the mat.”"
    )
    figure.set(min_count=5)
    assert "68 running words, a vocabulary of 7." in figure.state.understood
    figure.set(text="")
    assert figure.state.understood == ""


def test_what_a_file_was_understood_as_is_said_before_training(figure):
    run(figure.training.open_file(File("mine.txt", SENTENCES.encode("utf-16"))))
    assert figure.state.corpus == YOURS and figure.state.message.startswith("mine.txt (164 bytes)")
    assert figure.state.understood.startswith("mine.txt, 164 bytes: 17 running words, a vocabulary of 7.\n")
    run(figure.training.open_file(File("long.txt", b"word " * 30 + b"other word\n" * 3)))
    assert figure.state.understood.endswith(f"The first line: “{('word ' * 30)[:100]}…”")
    run(figure.training.open_file(File("bad.txt", b"one two\nthr\xffee")))
    assert "line 2" in figure.state.understood


def test_a_text_over_the_limit_is_said_and_not_cut(figure):
    figure.set(corpus=YOURS, text="a b " * (LONGEST_TYPED // 4) + "c")
    assert "up to 5,000,000 characters and the text has 5,000,001" in figure.state.understood
    assert "5,000,001" in figure.train() and len(figure.state.text) == 5_000_001
    figure.set(text="a b " * (LONGEST_TYPED // 4))
    assert "2,500,000 running words" in figure.state.understood
    run(figure.training.open_file(File("big.txt", b"", 60_000_000)))
    assert "“big.txt” has 60 MB and this page reads texts of up to 50 MB" in figure.state.understood


def test_words_without_spaces_are_cut_or_it_is_said_that_they_need_spaces(figure, monkeypatch):
    figure.set(corpus=YOURS, text="我爱猫。我爱狗。 abc def\n")
    assert figure.state.understood.startswith("No word occurs min_count=2 times")
    assert "need spaces between them" in figure.state.understood
    figure.set(min_count=1)
    assert "4 running words" in figure.state.understood and "need spaces between them" in figure.state.understood
    monkeypatch.setattr(corpora, "CUT", " ".join)
    figure.set(text="我爱猫。我爱狗。 abc def")
    assert "8 running words, a vocabulary of 6." in figure.state.understood
    assert "need spaces" not in figure.state.understood


def test_the_defaults_keep_the_text(figure):
    figure.set(corpus=YOURS, text=SENTENCES, epochs=3, phrases_above=7.0)
    figure.training.defaults()
    assert (figure.state.text, figure.state.epochs, figure.state.phrases_above) == (SENTENCES, 20, 0)


def test_phrases_are_listed_before_training_and_become_words(figure):
    figure.set(corpus=YOURS, text=" ".join(f"w{i % 8} New York x{i % 8}." for i in range(40)), min_count=2)
    assert figure.state.phrases == ""
    figure.set(phrases_above=3.0)  # (40 - 2) / (40 * 40) * 160 = 3.8; w0 new, york x0: (5 - 2) / (5 * 40) * 160 = 2.4
    assert figure.state.phrases == "1 phrase joined: new_york (40)."
    assert figure.train().startswith("Trained:")
    assert "new_york" in run(figure.sources.vectors(figure.sources.names[-1])).words
    figure.set(phrases_above=1000.0)
    assert figure.state.phrases == "No phrases were found: lower the threshold."


def test_phrases_in_words():
    assert phrases_in_words([("a_b", 1200)]) == "1 phrase joined: a_b (1,200)."
    assert phrases_in_words([(f"p{i}", 2) for i in range(31)]).startswith(
        "31 phrases joined, the commonest: p0 (2), p1"
    )


@pytest.mark.parametrize("words", ["cat", "cat dog", ""])
def test_a_text_with_one_long_word_or_one_word_on_the_map_trains(figure, words):
    figure.set(corpus=YOURS, text=30 * SENTENCES, words=words, probes=words)
    assert figure.train().startswith("Trained: 11 words")
    points = figure.training.view.points.data
    assert points["word"] == (words.split() or figure.training.run.trainer.corpus.vocabulary.words)
    assert figure.training.view.frames.data["xy"].shape[1] == 2 * len(points["word"])


def test_words_on_the_map_are_the_longer_ones_only_if_they_are_not_few():
    reader = CorpusReader()
    reader.feed("aa bb cc after aa bb")
    assert chosen(reader.finish(), YOURS, "", "")[0] == ["aa", "bb", "cc", "after"]
    reader = CorpusReader()
    reader.feed(" ".join(f"long{i} s{i}" for i in range(9)))
    assert chosen(reader.finish(), YOURS, "", "")[0] == [f"long{i}" for i in range(9)]


def test_a_word_alone_stands_in_the_middle():
    first = plane_like(None, np.array([[1.0, 2.0, 3.0]]))
    assert first.tolist() == [[0, 0]] and plane_like(first, np.array([[3.0, 4.0, 5.0]])).tolist() == [[0, 0]]


def test_settings_that_train_nothing_say_so_and_make_no_model(figure):
    figure.set(corpus=YOURS, text=30 * SENTENCES, sample=1e-15)
    message = figure.train()
    assert message.startswith("Nothing was trained, and no model was made: subsampling left no two words side by side.")
    assert figure.sources.names == [GLOVE]
    assert figure.set(sample=0.0).train().startswith("Trained:") and len(figure.sources.names) == 2


def test_sizes_in_words():
    assert [size_in_words(n) for n in (999, 9_999, 10_000, 999_000, 1_234_567)] == [
        "999 bytes",
        "9,999 bytes",
        "10 kB",
        "999 kB",
        "1.2 MB",
    ]


@pytest.mark.parametrize(
    "speed, epochs, said",
    [
        (1e6, 1000, "84 running words, a vocabulary of 11: about 1 second on this machine. Even the most epochs take"),
        (84 * 10, 600, "about 60 seconds on this machine."),
        (1, 1, "about 84 seconds on this machine. One epoch takes longer."),
    ],
)
def test_as_many_epochs_as_fit_into_a_minute_and_what_that_means_for_a_short_text(
    figure, monkeypatch, speed, epochs, said
):
    async def measured(corpus, config):
        return speed

    monkeypatch.setattr(figure.training, "_words_a_second", measured)
    monkeypatch.setattr("app.figures.training.controller.why_slow", lambda: "")
    figure.set(corpus=YOURS, text=4 * SENTENCES, min_count=1)
    run(figure.training.fit_into(60))
    assert figure.state.epochs == epochs and said in figure.state.estimate


def test_a_model_says_how_it_was_trained(figure):
    figure.set(corpus=YOURS, text=4 * SENTENCES, min_count=2, epochs=1, negatives=1, sample=0.0, seed=3)
    figure.train()
    assert figure.sources.models[-1].settings == (
        "Skip-gram, 1 negative, minimum count 2, noise exponent 0.75, no subsampling, learning rate 0.025, seed 3"
    )
    assert figure.sources.names[-1] == "Your own text · 50-d · window 5 · 1 negative · 1 epoch · seed 3"
