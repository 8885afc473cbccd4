"""What of the app needs no page."""

import asyncio
import gc
import weakref

import numpy as np
import pytest

from app.figures.training.controller import Training
from app.figures.training.naming import model_name
from app.figures.training.state import TrainingState
from app.keep.keeper import Keeper
from app.main import App
from app.sources import packaged
from app.sources.corpora import Corpora
from app.sources.map_plane import spelling
from app.sources.map_words import START
from app.sources.projected import ProjectedVectors
from app.sources.user_files import FileGone, UserFile
from app.sources.vector_sets import GLOVE, Sources, Tables
from app.ui.bridge import MESSAGES, Bridge, UnknownMessage
from embedlab.vectors import WordVectors
from embedlab.word2vec import TrainConfig
from embedlab.words import UnknownWord
from tests.running import run


class Glove:
    async def vectors(self, progress=None):
        return "glove's"


def some(words=2):
    """WordVectors that nothing else has."""
    return WordVectors([f"w{i}" for i in range(words)], np.zeros((words, 3)))


def test_models_are_found_by_name_and_none_takes_another_ones():
    sources, first, second, third = Sources(Glove()), some(), some(), some()
    for name, vectors in (("mine", first), ("other", second), ("mine", third), (GLOVE, some())):
        sources.add(name, vectors)
    assert sources.names == [GLOVE, "mine", "other", "mine (2)", "GloVe (2)"]
    found = [run(sources.vectors(name)) for name in sources.names[:4]]
    assert found == ["glove's", first, second, third]
    with pytest.raises(KeyError):
        run(sources.vectors("none"))


def test_a_model_is_renamed_and_stays_the_same():
    sources = Sources(Glove())
    model, other = sources.add("mine", some()), sources.add("other", some())
    sources.rename("mine", "  better   name ")
    assert sources.names == [GLOVE, "better name", "other"] and sources.model("better name") is model
    sources.rename("better name", "other")
    assert sources.names == [GLOVE, "other (2)", "other"] and sources.model("other") is other
    for old, name, why in [(GLOVE, "x", "keeps its name"), ("other", " ", "needs a name")]:
        with pytest.raises(ValueError, match=why):
            sources.rename(old, name)


def test_while_a_model_is_renamed_it_can_be_chosen_under_both_names():
    sources, heard = Sources(Glove()), []
    sources.add("mine", some())
    sources.param.watch(lambda event: heard.append((event.new, list(sources.names))), "renamed")
    sources.rename("mine", "yours")
    ((names, choices),) = heard
    assert names == ("mine", "yours") and {"mine", "yours"} <= set(choices)
    assert sources.names == [GLOVE, "yours"]


def test_a_removed_model_is_freed_and_glove_stays():
    sources = Sources(Glove())
    sources.add("mine", some(1000))
    vectors = weakref.ref(run(sources.vectors("mine")))
    taken = sources.bytes
    sources.remove("mine")
    gc.collect()
    assert vectors() is None and sources.names == [GLOVE]
    assert taken - sources.bytes == 2 * 4 * 1000 * 3  # float32, as they are and of length 1
    with pytest.raises(ValueError, match="stays"):
        sources.remove(GLOVE)


def test_whoever_watches_hears_of_every_added_set_once_it_is_there():
    sources, heard, (a, b, c) = Sources(Glove()), [], (some() for _ in range(3))
    sources.param.watch(
        lambda event: heard.append((event.new, run(sources.vectors(event.new)))), "added", onlychanged=False
    )
    model = sources.add("mine", a)
    sources.replace(model, Tables(b.words, b.matrix, b.matrix), loss=0.5)
    sources.add("other", c)
    assert [name for name, _ in heard] == ["mine", "mine", "other"] and model.loss == 0.5
    assert heard[0][1] is a and heard[1][1] is model.vectors is not a and heard[2][1] is c


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


TOY = "Toy: 15 words · 3-d · window 3 · 2 epochs"


def training_of(sources):
    return Training(TrainingState(), Corpora(), sources, Bridge(), packaged.test_sets(), Keeper(sources, Bridge()))


@pytest.fixture
def training():
    """The training section with a model of the toy corpus."""
    training = training_of(Sources(Glove()))
    training.state.corpus = "Toy: 15 words"
    training.state.epochs = 2
    run(training.train())
    assert training.state.message.startswith("Trained: 15 words")
    return training


def test_a_trained_model_keeps_both_tables_and_begins_with_u(training):
    model, trainer = training.model, training.run.trainer
    assert model.table == "u" and model.title == TOY
    for table, expected in [("v", trainer.V), ("sum", trainer.U + trainer.V), ("u", trainer.U)]:
        training.sources.switch(TOY, table)
        assert np.array_equal(run(training.sources.vectors(TOY)).matrix, expected)
    assert not np.array_equal(trainer.U, trainer.V)


def test_memory_is_what_is_held(training):
    table, taken = 4 * 15 * 3, training.sources.model(GLOVE).bytes
    for choice, held in [("u", 3), ("sum", 4), ("v", 3)]:  # both tables, the sum, and the rows of length 1
        training.sources.switch(TOY, choice)
        assert training.model.bytes == held * table and training.sources.bytes - taken == held * table
    vectors = training.model.vectors
    assert vectors.matrix is training.model.tables.V is training.run.trainer.V  # and no copy of them


def test_without_more_memory_the_last_model_stays(training, monkeypatch):
    model = training.model.vectors

    def no_room(*args):
        raise MemoryError

    monkeypatch.setattr("embedlab.word2vec.initial", no_room)
    run(training.train())
    assert "lower dim" in training.state.message and not training.task.busy
    monkeypatch.undo()
    monkeypatch.setattr("app.figures.training.controller.Recording", no_room)
    run(training.train())
    assert "not enough memory" in training.state.message
    assert run(training.sources.vectors(TOY)) is model


def test_while_the_dictionary_is_fetched_it_says_so_and_can_be_stopped():
    class Slow:
        async def get(self, progress):
            await asyncio.Event().wait()

    async def scenario():
        training = training_of(Sources(Glove()))
        training._understood.corpora._dictionary = Slow()
        running = asyncio.ensure_future(training.train())
        await asyncio.sleep(0.01)
        assert training.state.message == "Fetching the dictionary …"
        training.task.stop()
        await running
        assert training.state.message == "Stopped." and not training.task.busy

    run(scenario())


def test_a_run_that_diverges_leaves_the_last_model(training):
    model = training.model.vectors
    training.state.param.learning_rate.bounds = None
    training.state.learning_rate = 1e10
    run(training.train())
    assert "lower the learning rate" in training.state.message
    assert run(training.sources.vectors(TOY)) is model and training.sources.names == [GLOVE, TOY]


def test_every_run_stays_under_a_name_of_its_own(training):
    first = training.model
    run(training.train())
    training.state.window = 5
    run(training.train())
    assert training.sources.names == [GLOVE, TOY, f"{TOY} (2)", TOY.replace("window 3", "window 5")]
    assert training.sources.model(TOY) is first
    assert np.array_equal(first.vectors.matrix, training.sources.model(f"{TOY} (2)").vectors.matrix)  # of one seed
    assert f"loss {(5 + 1) * training.model.loss:.3f}" in training.state.message and 0 < first.seconds < 10
    assert "seed 0" in first.settings and "stopped" not in first.settings


def test_continue_goes_on_with_the_same_model_under_the_name_it_has_by_then(training):
    training.state.epochs = 1000
    show = training._show

    def stop_soon(*args):
        show(*args)
        training.task.stop()

    training._show = stop_soon
    run(training.train())
    training._show = show
    model, before = training.model, training.model.vectors
    assert training.state.unfinished and "stopped at" in model.settings
    assert model.vectors.matrix is not training.run.trainer.U  # which is trained further
    training.sources.rename(model.name, "half")
    training.sources.switch("half", "sum")
    model.scores["test"] = "of half the training"
    assert training.view.result.data == dict(name=["half"])
    run(training.go_on())
    assert training.sources.names == [GLOVE, TOY, "half"] and training.model is model
    assert model.vectors is not before and "stopped" not in model.settings
    trainer = training.run.trainer
    assert model.table == "sum" and np.array_equal(model.vectors.matrix, trainer.U + trainer.V) and not model.scores


def test_a_run_is_let_go_with_its_model(training):
    trainer = weakref.ref(training.run.trainer)
    training.sources.remove(training.model.name)
    gc.collect()
    assert trainer() is None and not training.state.unfinished and training.view.result.data == dict(name=[])
    run(training.train())
    assert training.sources.names == [GLOVE, TOY]


def test_a_training_that_does_not_fit_beside_the_models_says_what_they_take(training, monkeypatch):
    monkeypatch.setattr("app.figures.training.controller.MEMORY", 0)
    run(training.train())
    assert "take 20 MB: remove some" in training.state.message  # 50,000 words of GloVe in 50 numbers, twice


def test_a_model_is_named_by_what_it_is():
    config = TrainConfig(dim=50, window=5, epochs=20, shared_negatives=True)
    assert model_name("own.txt", config) == "own.txt · 50-d · window 5 · 20 epochs"
    assert model_name("own.txt", TrainConfig(dim=9)) == "own.txt · 9-d · window 5 · unshared · 5 epochs"
    config = TrainConfig(model="cbow", dim=3, window=1, negatives=9, epochs=1, seed=4)
    assert model_name("own.txt", config) == "own.txt · CBOW · 3-d · window 1 · 9 negatives · 1 epoch · seed 4"


def test_the_page_says_that_numpys_path_is_slow(monkeypatch):
    monkeypatch.setattr("app.figures.training.controller.why_slow", lambda: "there was no compiler.")
    training = training_of(Sources(Glove()))
    training.state.live = True
    assert "slow path" in training.state.estimate and "there was no compiler" in training.state.estimate
