"""What is kept in the browser, without a browser: records, models, a training that is interrupted and goes on."""

import io
import zipfile

import numpy as np
import pytest

from app.figures.training import checkpoint
from app.figures.training.controller import Training
from app.figures.training.state import TrainingState
from app.keep.keeper import Keeper
from app.keep.packing import VERSION, BadRecord, pack, unpack
from app.sources import packaged
from app.sources.corpora import Corpora
from app.sources.vector_sets import CENTRES, SUM, Sources, Tables
from app.ui.bridge import Bridge
from embedlab.arrayfiles import load_npz
from embedlab.vectors import WordVectors
from embedlab.word2vec import Trainer
from tests.running import run

ARRAYS = {"a": np.arange(12, dtype=np.float32).reshape(3, 4), "b": np.array([2, 1], np.int64), "none": np.zeros((0, 3))}


def record():
    return b"".join(pack("model", {"name": "König"}, ARRAYS))


class File:
    """Stands in for a UserFile."""

    def __init__(self, name, data):
        self.name, self.data = name, data

    async def read(self):
        return self.data


class Tab:
    """The models and the training of a tab, whose browser keeps what is in `kept`, {id: (record, bytes)}."""

    def __init__(self, kept):
        self.kept, self.refused, self.bridge = kept, {}, Bridge()
        self.bridge.keep, self.bridge.refuse = self.keep, self.refused.__setitem__
        self.sources = Sources(None)
        keeper = Keeper(self.sources, self.bridge)
        self.training = Training(TrainingState(), Corpora(), self.sources, self.bridge, packaged.test_sets(), keeper)

    def keep(self, record, pieces):
        if pieces is None:
            self.kept.pop(record["id"], None)
        else:
            self.kept[record["id"]] = record, b"".join(pieces)

    def of_kind(self, kind):
        return {id: data for id, (record, data) in self.kept.items() if record["kind"] == kind}

    def open(self):
        run(self.bridge.receive("keep-open", [File(id, data) for id, data in self.of_kind("model").items()]))
        return self


@pytest.fixture
def tab():
    return Tab({})


# -- records ---------------------------------------------------------------------------------------------------


def test_what_is_packed_comes_back_and_numpy_opens_it_too():
    about, arrays = unpack(record(), "model")
    assert about == {"name": "König"} and arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        np.testing.assert_array_equal(arrays[name], array)
    np.testing.assert_array_equal(np.load(io.BytesIO(record()))["a"], ARRAYS["a"])


def test_a_record_that_is_cut_off_anywhere_is_none():
    data = record()
    for length in range(len(data)):
        with pytest.raises(BadRecord):
            unpack(data[:length], "model")


def test_a_byte_that_is_another_one_never_changes_what_comes_back():
    data = record()
    for at in range(len(data)):
        spoilt = bytearray(data)
        spoilt[at] ^= 0x55
        try:
            about, arrays = unpack(bytes(spoilt), "model")
        except BadRecord:
            continue
        assert about == {"name": "König"}
        for name in arrays.keys() & ARRAYS.keys():
            np.testing.assert_array_equal(arrays[name], ARRAYS[name])


def test_a_record_of_a_newer_version_or_of_another_kind_is_refused_in_words():
    with pytest.raises(BadRecord, match="newer version"):
        unpack(b"".join(pack("model", {"version": VERSION + 1}, {})), "model")
    with pytest.raises(BadRecord, match="not a training, but a model"):
        unpack(record(), "training")


def hostile(array_header, compression=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("about.npy", array_header)
    return file.getvalue()


def npy(text):
    header = (text.ljust(117) + "\n").encode()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        hostile(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (10**15,), }")),
        hostile(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000000,), }")),
        hostile(npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }") + b"cos\nsystem\n(S'true'\ntR."),
        hostile(b"\0" * 100_000_000, zipfile.ZIP_DEFLATED),
    ],
)
def test_hostile_bytes_are_refused_before_anything_large_is_made(data):
    with pytest.raises(BadRecord):
        unpack(data, "model")


# -- models ----------------------------------------------------------------------------------------------------


def trained(tab, name="mine", V=6, D=3):
    tables = Tables([f"wört{i}" for i in range(V)], *np.random.default_rng(V).normal(size=(2, V, D)).astype(np.float32))
    return tab.sources.add(name, tables.vectors(CENTRES), tables=tables, settings="x", loss=1.5, seconds=2.0)


def same(model, other):
    fields = ("id", "name", "shape", "settings", "loss", "seconds", "columns", "table")
    assert [getattr(model, field) for field in fields] == [getattr(other, field) for field in fields]
    assert model.vectors.words == other.vectors.words
    np.testing.assert_array_equal(model.vectors.matrix, other.vectors.matrix)
    assert (model.tables is None) == (other.tables is None)
    if model.tables:
        np.testing.assert_array_equal(model.tables.U, other.tables.U)
        np.testing.assert_array_equal(model.tables.V, other.tables.V)


def test_a_model_comes_back_as_it_was_after_each_change(tab):
    model = trained(tab)
    tab.sources.rename("mine", "yours")
    tab.sources.switch("yours", SUM)
    loaded = WordVectors(["a", "b"], np.eye(2))
    file = tab.sources.add("file.txt", loaded, columns={"kind": ["x", "y"]})
    later = Tab(dict(tab.kept)).open()
    same(later.sources.model("yours"), model)
    same(later.sources.model("file.txt"), file)
    assert later.kept == tab.kept  # and nothing is written again


def test_a_removed_model_is_kept_no_more(tab):
    trained(tab)
    trained(tab, "other")
    tab.sources.remove("mine")
    assert [record["name"] for record, _ in tab.kept.values()] == ["other"]


def test_a_model_that_the_user_deletes_from_the_list_is_let_go(tab):
    model = trained(tab)
    run(tab.bridge.receive("keep-close", model.id))
    assert model not in tab.sources.models
    run(tab.bridge.receive("keep-close", "unknown"))


def test_models_of_two_tabs_have_names_of_their_own_and_none_is_written_over(tab):
    other = Tab(tab.kept)
    ids = {trained(one).id for one in (tab, other)}
    assert tab.kept.keys() == ids and len(ids) == 2
    third = Tab(tab.kept).open()
    assert sorted(third.sources.names) == ["GloVe", "mine", "mine (2)"]
    third.open()  # once more: they are here already
    assert len(third.sources.models) == 3


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[: len(data) // 2], lambda data: b"x" + data[1:]]
)
def test_a_damaged_model_is_told_and_the_others_come_back(tab, spoil):
    bad, good = trained(tab), trained(tab, "good")
    kept = dict(tab.kept)
    kept[bad.id] = kept[bad.id][0], spoil(kept[bad.id][1])
    later = Tab(kept).open()
    assert "good" in later.sources.names and "mine" not in later.sources.names
    assert list(later.refused) == [bad.id] and "damaged" in later.refused[bad.id]
    assert bad.id in later.kept  # it is the user's to delete
    assert good.id not in later.refused


@pytest.mark.parametrize(
    "arrays", [{}, {"words": np.zeros(3, np.uint8)}, {"words": np.zeros(3, np.uint8), "vectors": np.eye(3)}]
)
def test_a_record_that_is_whole_but_no_model_is_told(tab, arrays):
    about = dict(name="x", settings="", loss=None, seconds=None, columns={}, table="u")
    tab.kept["1"] = dict(kind="model"), b"".join(pack("model", about, arrays))
    assert tab.open().refused.keys() == {"1"}


def test_what_is_kept_of_a_model_can_be_loaded_as_a_file(tab):
    model = trained(tab)
    loaded = load_npz(io.BytesIO(tab.kept[model.id][1]), "kept.npz").vectors
    assert loaded.words == model.vectors.words
    np.testing.assert_array_equal(loaded.matrix, model.tables.U)


# -- a training --------------------------------------------------------------------------------------------------


def train(tab, **settings):
    state = tab.training.state
    state.corpus = "Toy: 15 words"
    state.param.update(dim=8, epochs=30, sample=0.02, **settings)
    run(tab.training.train())
    return tab.training.model


@pytest.fixture
def at_once(monkeypatch):
    """A checkpoint whenever the figure is shown."""
    monkeypatch.setattr(checkpoint, "FIRST", 0)
    monkeypatch.setattr(checkpoint, "EVERY", 0)


@pytest.mark.parametrize("model", ["sgns", "cbow"])
def test_an_interrupted_training_goes_on_to_the_same_vectors_bit_for_bit(tab, at_once, model):
    whole, checkpoints, keep = None, [], tab.keep

    def watching(record, pieces):
        keep(record, pieces)
        if record.get("kind") == "training":
            checkpoints.append((record, dict(tab.kept)))

    tab.bridge.keep = watching
    whole = train(tab, model=model)
    assert tab.of_kind("training") == tab.of_kind("corpus") == {}  # once it is done
    parts = [int(record["note"].split()[0]) for record, _ in checkpoints]
    assert parts == sorted(parts) and any(20 < part < 80 for part in parts)
    middle = next(i for i, part in enumerate(parts) if part > 40)
    later = Tab(checkpoints[middle][1])
    [(id, state)], [corpus] = later.of_kind("training").items(), later.of_kind("corpus").values()
    run(later.bridge.receive("training-resume", [File(id, state), File(f"{id}-corpus", corpus)]))
    assert "Trained" in later.training.state.message
    again = later.training.model
    for table in ("U", "V"):
        assert getattr(again.tables, table).tobytes() == getattr(whole.tables, table).tobytes()
    assert again.name == whole.name and again.settings == whole.settings
    assert later.training.shown.recording.done == tab.training.shown.recording.done
    np.testing.assert_allclose(later.training.shown.recording.loss, tab.training.shown.recording.loss)
    assert later.of_kind("training") == later.of_kind("corpus") == {}


def test_a_training_that_was_stopped_goes_on_with_its_model(tab, monkeypatch):
    turns, advance = iter(range(10**9)), Trainer.advance

    def stopping(trainer, words):
        if next(turns) == 5:
            tab.training.task.stop()
        return advance(trainer, words)

    monkeypatch.setattr(Trainer, "advance", stopping)
    stopped = train(tab)
    assert tab.training.state.unfinished and len(tab.of_kind("training")) == 1
    monkeypatch.setattr(Trainer, "advance", advance)
    later = Tab(dict(tab.kept)).open()
    tab.sources.remove(stopped.name)
    assert tab.kept == {}  # with its model the run is let go
    [(id, state)], [corpus] = later.of_kind("training").items(), later.of_kind("corpus").values()
    run(later.bridge.receive("training-resume", [File(id, state), File("", corpus)]))
    assert [model.id for model in later.sources.models[1:]] == [stopped.id]  # it is the same model
    other = Tab({})
    np.testing.assert_array_equal(later.sources.models[1].tables.U, train(other).tables.U)


@pytest.mark.parametrize(
    "change",
    [
        dict(trainer=dict(engine="kernel", epoch=99, position=0, random=1)),
        dict(config={"dim": -1}),
        dict(run={}),
        dict(recording={}),
    ],
)
def test_a_training_that_cannot_go_on_says_so(tab, at_once, change):
    kept = []
    tab.bridge.keep = lambda record, pieces: pieces and kept.append((record["kind"], b"".join(pieces)))
    train(tab)
    records = dict(kept)
    about, arrays = unpack(records["training"], "training")
    state = b"".join(pack("training", about | change, arrays))
    later = Tab({})
    run(later.bridge.receive("training-resume", [File("", state), File("", records["corpus"])]))
    assert later.training.state.message and "Trained" not in later.training.state.message
    assert not later.training.task.busy and later.sources.names == ["GloVe"]


def test_checkpoints_are_not_far_apart():
    assert checkpoint.EVERY < 10 and checkpoint.FIRST < 10
