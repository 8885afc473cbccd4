"""What of the app needs no page."""
import pytest

from app.files import Files, ReaderFile
from app.sources import GLOVE, Sources
from app.state import TrainingState
from app.texts import Texts
from app.training import TRAINED, Training
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
    sources.param.watch(lambda event: heard.append((event.new, run(sources.vectors(event.new)))), "added",
                        onlychanged=False)
    sources.add("mine", 1)
    sources.add("mine", 2)
    sources.add("other", 3)
    assert heard == [("mine", 1), ("mine", 2), ("other", 3)]


class Blob:
    """The browser's File, as far as ReaderFile needs it."""

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


def test_a_file_is_read_in_parts_by_whoever_waits_at_its_place():
    files, got = Files(), []

    async def handler(file):
        got.append((file.name, file.size, await file.read(2, 5), await file.read()))

    files.on("there", handler)
    run(files.receive("there", ReaderFile(Blob(b"abcdefg"))))
    assert got == [("words.txt", 7, b"cde", b"abcdefg")]


def test_a_file_that_is_gone_is_told_by_its_name():
    with pytest.raises(OSError, match="words.txt cannot be read any more .NotReadableError."):
        run(ReaderFile(Blob(b"gone")).read())


@pytest.fixture
def training():
    """The training section with a model of the toy corpus."""
    training = Training(TrainingState(), Texts(), Sources(Glove()), Files())
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
    assert "lower dim" in training.state.message and not training.work.busy
    monkeypatch.undo()
    monkeypatch.setattr("app.training.Recording", no_room)
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
    monkeypatch.setattr("app.training.why_slow", lambda: "there was no compiler.")
    training = Training(TrainingState(), Texts(), Sources(Glove()), Files())
    training.state.live = True
    assert "slow path" in training.state.estimate and "there was no compiler" in training.state.estimate
