"""What of the app needs no page."""

import numpy as np
import pytest

from app.figures.training.controller import TRAINED, Training
from app.figures.training.state import TrainingState
from app.main import App
from app.sources import packaged
from app.sources.corpora import Corpora
from app.sources.map_plane import spelling
from app.sources.map_words import START
from app.sources.projected import ProjectedVectors
from app.sources.user_files import FileGone, UserFile
from app.sources.vector_sets import GLOVE, Sources
from app.ui.bridge import MESSAGES, Bridge, UnknownMessage
from embedlab.vectors import WordVectors
from embedlab.words import UnknownWord
from tests.running import run


class Glove:
    async def vectors(self, progress=None):
        return "glove's"


def test_sources_are_found_by_name_and_replaced_by_the_same():
    sources = Sources(Glove())
    sources.add("mine", "first")
    sources.add("other", "second")
    sources.add("mine", "third")
    assert sources.names == [GLOVE, "mine", "other"]
    found = [run(sources.vectors(name)) for name in sources.names]
    assert found == ["glove's", "third", "second"]
    with pytest.raises(KeyError):
        run(sources.vectors("none"))
    with pytest.raises(ValueError, match="GloVe stays"):
        sources.add(GLOVE, "x")
    assert run(sources.vectors(GLOVE)) == "glove's"


def test_whoever_watches_hears_of_every_added_set_once_it_is_there():
    sources, heard = Sources(Glove()), []
    sources.param.watch(
        lambda event: heard.append((event.new, run(sources.vectors(event.new)))), "added", onlychanged=False
    )
    sources.add("mine", 1)
    sources.add("mine", 2)
    sources.add("other", 3)
    assert heard == [("mine", 1), ("mine", 2), ("other", 3)]


class Blob:
    """The browser's File, as far as UserFile needs it."""

    def __init__(self, content):
        self.name, self.size, self.content = "words.txt", len(content), content

    def slice(self, start, stop):
        return Part(self.content[start:stop])


class Part(bytes):
    async def arrayBuffer(self):
        if self.startswith(b"gone"):
            raise RuntimeError("NotReadableError")
        return self

    def to_bytes(self):
        return bytes(self)


def test_a_file_is_read_in_parts_by_the_handler_of_its_message():
    bridge, got = Bridge(), []

    async def handler(file):
        got.append((file.name, file.size, await file.read(2, 5), await file.read()))

    bridge.on("training-corpus", handler)
    run(bridge.receive("training-corpus", UserFile(Blob(b"abcdefg"))))
    assert got == [("words.txt", 7, b"cde", b"abcdefg")]


def test_a_message_reaches_its_handler_and_an_unknown_one_is_named():
    bridge, got = Bridge(), []
    bridge.on("dynamics-log", got.append)
    run(bridge.receive("dynamics-log", 7))
    run(bridge.receive("dynamics-log"))
    assert got == [7, None]
    with pytest.raises(UnknownMessage, match="“dynamics-stop”"):
        bridge.on("dynamics-stop", got.append)
    for message in ("dynamics-stop", "models-word"):  # none, and one that nothing answers
        with pytest.raises(UnknownMessage, match=f"“{message}”"):
            run(bridge.receive(message, 1))


def test_the_app_answers_every_message():
    bridge = App().bridge
    assert set(bridge._handlers) == set(MESSAGES)


def test_a_file_that_is_gone_is_told_by_its_name():
    with pytest.raises(FileGone, match="“words.txt” cannot be read any more .NotReadableError."):
        run(UserFile(Blob(b"gone")).read())


def test_a_word_is_found_in_the_spelling_that_the_vectors_have():
    vectors = WordVectors(["king", "King", "France", "USA"], np.eye(4))
    assert [spelling(word, vectors) for word in ("king", "King", "KING", "france", "usa", "Paris")] == [
        "king",
        "King",
        "king",
        "France",
        "USA",
        None,
    ]
    projected = ProjectedVectors("mine", vectors)
    assert [projected.look_up(text) for text in (" france ", "France", "King")] == ["france", "france", "King"]
    assert projected.present(["france", "nyc", "usa"]) == ["france", "usa"] and projected.missing(
        ["france", "nyc"]
    ) == ["nyc"]
    with pytest.raises(UnknownWord, match="“Kyng”.*did you mean king"):
        projected.look_up("Kyng")


@pytest.mark.parametrize("words", [["x"], ["x", "y"], ["x", "y", "z"], START[:2], START[:7], START])
@pytest.mark.parametrize("D", [1, 2, 3, 70])
def test_any_number_of_words_and_dimensions_has_a_plane(words, D):
    vectors = WordVectors(words, np.random.default_rng(0).normal(size=(len(words), D)))
    projected = ProjectedVectors("mine", vectors)
    unit = vectors.matrix / np.linalg.norm(vectors.matrix, axis=1, keepdims=True)
    for axes in projected.planes.values():
        xy = projected.rows(words) @ axes.T
        assert xy.shape == (len(words), 2) and np.isfinite(xy).all()
        np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-6)
        if D <= 2:  # nothing is lost: all distances stay
            np.testing.assert_allclose(*[np.linalg.norm(X[:, None] - X[None], axis=2) for X in (xy, unit)], atol=1e-6)


@pytest.fixture
def training():
    """The training section with a model of the toy corpus."""
    training = Training(TrainingState(), Corpora(), Sources(Glove()), Bridge(), packaged.test_sets())
    training.state.corpus = "Toy: 15 words"
    training.state.epochs = 2
    run(training.train())
    assert training.state.message.startswith("Trained: 15 words")
    return training


def test_without_more_memory_the_last_model_stays(training, monkeypatch):
    model = run(training.sources.vectors(TRAINED))

    def no_room(*args):
        raise MemoryError

    monkeypatch.setattr("embedlab.word2vec.initial", no_room)
    run(training.train())
    assert "lower dim" in training.state.message and not training.task.busy
    monkeypatch.undo()
    monkeypatch.setattr("app.figures.training.controller.Recording", no_room)
    run(training.train())
    assert "not enough memory" in training.state.message
    assert run(training.sources.vectors(TRAINED)) is model


def test_a_run_that_diverges_leaves_the_last_model(training):
    model = run(training.sources.vectors(TRAINED))
    training.state.param.learning_rate.bounds = None
    training.state.learning_rate = 1e10
    run(training.train())
    assert "lower the learning rate" in training.state.message
    assert run(training.sources.vectors(TRAINED)) is model


def test_a_second_run_keeps_the_first_as_the_one_before(training):
    first = run(training.sources.vectors(TRAINED))
    run(training.train())
    assert training.sources.names == [GLOVE, TRAINED, "Trained before"]
    assert run(training.sources.vectors("Trained before")) is first


def test_the_page_says_that_numpys_path_is_slow(monkeypatch):
    monkeypatch.setattr("app.figures.training.controller.why_slow", lambda: "there was no compiler.")
    training = Training(TrainingState(), Corpora(), Sources(Glove()), Bridge(), packaged.test_sets())
    training.state.live = True
    assert "slow path" in training.state.estimate and "there was no compiler" in training.state.estimate
