"""The atlas without a page: classes of words, the file of GloVe's words, what its controller tells the page."""

import asyncio
import gzip
import json

import numpy as np
import pytest

from app.figures.atlas import lay_out
from app.figures.atlas.classes import CLASSES as COLOURS
from app.figures.atlas.classes import OTHERS, OWN_COLOURS, classes_of
from app.figures.atlas.controller import NEAREST, Atlas
from app.figures.atlas.lay_out import INT16_MAX, estimate, packed_positions
from app.figures.atlas.state import CLASSES as CLASSES_OF_WORDNET
from app.figures.atlas.state import AtlasState
from app.sources import packaged
from app.sources.vector_sets import GLOVE, Sources
from app.ui.bridge import Bridge
from builder import atlas, word_classes
from builder.word_classes import CLASSES, class_of, commonest
from embedlab.evaluate import spearman
from embedlab.formats import load_packed
from embedlab.graph import neighbour_graph
from embedlab.layout import layout, memory_needed, pca_start
from embedlab.projection import neighbour_recall
from embedlab.vectors import WordVectors
from tests.running import run

NUMBER = {name: number for number, name in enumerate(CLASSES, 1)}

# -- classes -----------------------------------------------------------------------------------------------------------

INDEX = """\
bank%1:14:00:: 08437235 1 20
bank%1:17:01:: 09236472 2 5
bank%2:31:00:: 02347189 3 0
dog%1:05:00:: 02086723 1 42
dog%2:38:00:: 02005890 1 2
run%1:04:00:: 00558883 1 6
run%2:38:00:: 01930264 1 106
jam%1:13:00:: 07657951 1 0
jam%2:35:00:: 01525295 1 0
box%1:06:00:: 02886585 1 9
city%1:15:00:: 08541841 1 50"""


def test_the_commonest_sense_counts_and_of_equal_ones_the_first_noun():
    senses = commonest(INDEX)
    assert senses["bank"] == (NUMBER["ideas and acts"], 20)
    assert senses["dog"] == (NUMBER["animals"], 42) and senses["run"] == (NUMBER["verbs"], 106)
    assert senses["jam"] == (NUMBER["food"], 0)


@pytest.mark.parametrize(
    "word, name",
    [
        ("dog", "animals"),
        ("dogs", "animals"),
        ("boxes", "things"),
        ("cities", "places"),
        ("running", None),  # its base form is "runn": the endings are taken off, no letters
        ("1,200", "numbers"),
        ("3.5", "numbers"),
        ("in", None),
        ("x", None),
        ("qwzx", None),
    ],
)
def test_words_have_the_class_of_their_base_form(word, name):
    assert class_of(word, commonest(INDEX)) == NUMBER.get(name, 0)


def test_every_lexicographers_file_has_one_class_and_each_class_a_colour():
    files = [file for files in CLASSES.values() for file in files]
    assert sorted(files) == list(range(45)) and list(CLASSES) == list(COLOURS)


def test_wordnet_says_what_words_are():
    senses = word_classes.senses()
    said = {
        word: list(CLASSES)[class_of(word, senses) - 1]
        for word in ("horse", "pizza", "oak", "nurse", "knee", "guitar", "paris")
    }
    assert list(said.values()) == ["animals", "food", "plants", "people", "body", "things", "places"]


def test_a_column_gives_its_commonest_texts_colours():
    column = [f"kind {i % 20}" if i % 20 < 18 else "" for i in range(200)] + ["kind 3"]
    kinds, numbers = classes_of(column)
    assert kinds[:2] == [[OTHERS, "#7f858d"], ["kind 3", OWN_COLOURS[0]]] and len(kinds) == len(OWN_COLOURS) + 1
    assert numbers[3] == 1 == numbers[200] and numbers[18] == 0 and numbers.max() == len(OWN_COLOURS)
    assert len(set(OWN_COLOURS)) == len(OWN_COLOURS)
    with pytest.raises(ValueError, match="choose another"):
        classes_of(["", " "])


# -- positions and the file --------------------------------------------------------------------------------------------


def test_positions_are_centred_and_keep_their_shape_to_a_thousandth():
    positions = np.random.default_rng(0).normal(3, 5, size=(200, 2)).astype(np.float32)
    packed, scale = packed_positions(positions)
    back = packed * (scale / INT16_MAX)
    assert np.abs((back - back[0]) - (positions - positions[0])).max() < 1e-3
    assert np.abs(packed).max() == INT16_MAX and np.abs(back.min(axis=0) + back.max(axis=0)).max() < 1e-3
    one, scale = packed_positions(np.ones((1, 2)))
    assert one.tolist() == [[0, 0]] and scale == 1


def test_the_file_of_glove_has_all_words_with_places_near_their_neighbours():
    data = gzip.decompress(atlas.ATLAS.read_bytes())
    head, rest = data.split(b"\n", 1)
    V, scale = (json.loads(head)[key] for key in ("words", "scale"))
    xy = np.frombuffer(rest[: 4 * V], "<i2").reshape(2, V).T * (scale / INT16_MAX)
    words = rest[5 * V :].decode().split("\n")
    assert V == 50_000 == len(words) == len(set(words)) and words[0] == "the"
    classes = dict(zip(words, rest[4 * V : 5 * V]))
    assert classes["horse"] == NUMBER["animals"] and classes["the"] == 0
    place = dict(zip(words, xy))
    apart = np.linalg.norm(xy[:1000, None] - xy[None, 5000:6000], axis=2)
    for a, b in (("monday", "tuesday"), ("france", "spain"), ("1994", "1995"), ("apples", "pears")):
        assert np.linalg.norm(place[a] - place[b]) < np.quantile(apart, 0.05), (a, b)


def test_a_long_layout_is_announced_and_one_that_does_not_fit_refused():
    assert estimate(27_598, 100) == "" and estimate(50_000, 300) == " About 50 seconds."
    assert estimate(200_000, 100) == " About 4 minutes."
    assert memory_needed(400_000, 300) > lay_out.MEMORY > memory_needed(50_000, 300)


# -- the controller ----------------------------------------------------------------------------------------------------


class Glove:
    async def vectors(self, progress=None):
        return WordVectors(["a", "b", "c"], np.eye(3))


class Figure(Atlas):
    """The atlas with its sources; `frames`: (epoch, positions) of all that the page was sent."""

    def __init__(self):
        super().__init__(AtlasState(), Sources(Glove()), Bridge())
        self.frames = []
        self.view.frame.on_change("data", self._note)

    def _note(self, attribute, old, new):
        self.frames.append((self.view.set.data["epoch"][0], new["xy"].reshape(-1, 2)))

    def add(self, V=60, D=8, name="mine", seed=0):
        centres = np.random.default_rng(seed).normal(size=(3, D)) * 4
        matrix = centres[np.arange(V) % 3] + np.random.default_rng(seed + 1).normal(size=(V, D))
        return self.sources.add(name, WordVectors([f"w{i}" for i in range(V)], matrix))


@pytest.fixture
def figure():
    return Figure()


def test_a_model_is_laid_out_as_the_science_does_it_and_stays_so(figure):
    model = figure.add()
    figure.state.source = model.name
    assert "60 words, 8 numbers each. Press “Lay out all words”" in figure.state.message
    assert figure.view.words.data["word"] == model.vectors.words and figure.frames == []
    run(figure.lay_out())
    *_, last = layout(neighbour_graph(model.vectors.matrix), pca_start(model.vectors.matrix))
    assert figure.frames[-1][0] == 200 and np.array_equal(figure.frames[-1][1], packed_positions(last.positions)[0])
    assert figure.frames[0][0] == 0 and figure.state.message == "mine: 60 words, 8 numbers each."
    figure.state.source = GLOVE
    assert figure.view.set.data["set"] == [GLOVE] and figure.view.words.data["word"] == []
    figure.state.source = model.name
    assert np.array_equal(figure.frames[-1][1], packed_positions(last.positions)[0])
    assert figure.view.set.data["epochs"] == [0]  # there are no frames to look through


def test_the_words_can_have_the_classes_of_a_column(figure):
    model = figure.add(name="plain")
    other = figure.sources.add("with", model.vectors, columns={"part": ["noun", "verb"] * 30, "none": [""] * 60})
    figure.state.source = other.name
    assert figure.state.columns == [CLASSES_OF_WORDNET, "part", "none"]
    figure.state.column = "part"
    assert [name for name, _ in figure.view.kinds.data["kinds"][0]] == [OTHERS, "noun", "verb"]
    assert figure.view.kinds.data["of"][0].tolist() == [1, 2] * 30
    figure.state.column = "none"
    assert figure.view.kinds.data["kinds"] == [] and "choose another" in figure.state.message
    figure.state.column = "part"
    figure.state.source = model.name
    assert figure.state.columns == [CLASSES_OF_WORDNET] and figure.view.kinds.data["kinds"] == []


def test_stop_keeps_what_has_settled(figure):
    model = figure.add(V=900)
    figure.state.source = model.name

    async def stopped():
        work = asyncio.ensure_future(figure.lay_out())
        while "settle" not in figure.state.message:
            await asyncio.sleep(0)
        figure.task.stop()
        await work

    run(stopped())
    assert figure.state.message.startswith("Stopped after") and len(figure.kept) == 1
    assert figure.frames[-1][1].shape == (900, 2) and figure.task.busy == ""


@pytest.mark.parametrize("V, D, says", [(10, 4, "10 words: a layout of each word’s 15 nearest needs 17 or more")])
def test_what_cannot_be_laid_out_is_said(figure, V, D, says):
    figure.state.source = figure.add(V, D).name
    run(figure.lay_out())
    assert says in figure.state.message and not figure.kept


def test_what_needs_too_much_memory_is_refused_beforehand(figure, monkeypatch):
    figure.state.source = figure.add().name
    monkeypatch.setattr(lay_out, "MEMORY", 1000)
    run(figure.lay_out())
    assert "takes about 0.0 GB" in figure.state.message and "load fewer words" in figure.state.message
    assert not figure.kept


def test_a_model_that_goes_takes_its_layout_along_and_one_renamed_keeps_it(figure):
    model = figure.add()
    figure.state.source = model.name
    run(figure.lay_out())
    figure.sources.rename(model.name, "yours")
    assert figure.state.source == "yours" and figure.view.set.data["set"] == ["yours"]
    assert figure.frames[-1][1].shape == (60, 2)
    figure.sources.remove("yours")
    assert figure.state.source == GLOVE and figure.kept == {}


def test_questions_are_those_of_the_vectors_on_show(figure):
    model = figure.add()
    figure.state.source = model.name
    run(figure.near("w5"))
    near = figure.view.near.data
    assert list(zip(near["word"][0], near["cosine"][0])) == model.vectors.neighbours("w5", NEAREST)
    run(figure.cosines("w5"))
    (cosines,) = figure.view.cosines.data["cosine"]
    assert cosines[5] == pytest.approx(1) and cosines[7] == pytest.approx(model.vectors.cosine("w5", "w7"))
    assert figure.view.cosines.data["of"] == ["w5"]
    run(figure.odd(json.dumps(["w0", "w3", "w1", "w6"])))
    assert "The odd one out of these 4 is w1" in figure.state.question_message
    run(figure.near("no such"))
    assert "no such" in figure.state.question_message
    figure.state.source = GLOVE
    assert figure.view.near.data["of"] == [] and figure.view.cosines.data["of"] == []
    run(figure.near("a"))
    assert figure.view.near.data["of"] == ["a"] and len(figure.view.near.data["word"][0]) == 2


# -- what the chapter says of the knobs --------------------------------------------------------------------------------


@pytest.mark.slow
def test_more_neighbours_and_a_weaker_push_keep_more_of_the_whole_and_less_of_the_neighbourhoods():
    unit = load_packed(packaged.DATA / packaged.GLOVE).unit[:2000]
    heads = np.repeat(np.arange(2000), 10)
    others = (heads + np.random.default_rng(2).integers(1, 2000, heads.size)) % 2000
    apart = 1 - (unit[heads] * unit[others]).sum(axis=1)

    def kept(k, spread):
        """Of the ten nearest, and the rank correlation of any two words' distances; means of four runs."""
        graph, found = neighbour_graph(unit, k), []
        for seed in range(4):
            *_, last = layout(graph, np.random.default_rng(seed).normal(0, 5, (2000, 2)), repulsion=spread, seed=seed)
            xy = last.positions
            distances = np.linalg.norm(xy[heads] - xy[others], axis=1)
            found.append((neighbour_recall(unit, xy, k=10).mean(), spearman(distances, apart)))
        return np.mean(found, axis=0)

    usual = kept(15, 4)
    for changed in (kept(50, 4), kept(15, 1)):
        assert changed[0] < usual[0] - 0.02 and changed[1] > usual[1] + 0.01
