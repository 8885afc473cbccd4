"""The atlas without a page: classes of words, the file of GloVe's words, what its controller tells the page."""

import asyncio
import gzip
import io
import json

import numpy as np
import pytest

from app.figures.atlas import beside, lay_out
from app.figures.atlas.beside import fitted, placed_start
from app.figures.atlas.classes import CLASSES as COLOURS
from app.figures.atlas.classes import OTHERS, OWN_COLOURS, classes_of, classes_of_map
from app.figures.atlas.controller import COLUMN_OF_FILE, Atlas
from app.figures.atlas.lay_out import estimate
from app.figures.atlas.places import read_places, unpacked_file
from app.figures.atlas.questions import NEAREST
from app.figures.atlas.state import CLASSES as CLASSES_OF_WORDNET
from app.figures.atlas.state import NO_OTHER, OF_MAP, AtlasState
from app.figures.map.user_choice import UserChoice
from app.figures.models.save_load import SaveLoad
from app.figures.models.state import ModelsState
from app.sources import packaged
from app.sources.map_words import CATEGORIES, START
from app.sources.vector_sets import CENTRES, GLOVE, Sources, Tables
from app.tasks.task import Task
from app.ui.bridge import Bridge
from app.ui.packing import INT16_MAX, packed_positions
from app.ui.palette import OWN_STYLES, style
from builder import atlas, word_classes
from builder.word_classes import CLASSES, class_of, commonest
from embedlab.compare import NothingShared
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


# -- files of the user's -----------------------------------------------------------------------------------------------


def test_the_file_of_glove_is_read_as_it_was_written():
    positions = np.random.default_rng(1).normal(size=(40, 2)).astype(np.float32)
    xy, scale = packed_positions(positions)
    back = unpacked_file(atlas.pack([f"w{i}" for i in range(40)], xy, scale, bytes(40)))
    assert back.shape == (40, 2) and np.allclose(back, xy * (scale / INT16_MAX), atol=1e-6)


def test_a_table_of_places_is_read_whatever_divides_its_columns():
    for text in (
        "word\tx\ty\tclass\ncat\t1.5\t-2\tanimals\ndog\t0\t3e-1\t\n",
        "\ufeffWord;X;Y;Class\r\n\r\ncat;1,5;−2;animals\r\ndog;0;0,3;\r\n",
        'y,class,name,x\n-2,animals,"cat",1.5\n0.3,,dog,0',
    ):
        places = read_places(text.encode(), "places.tsv")
        assert places.words == ["cat", "dog"] and places.classes == ["animals", ""]
        assert np.allclose(places.positions, [[1.5, -2], [0, 0.3]])
    assert read_places(b"word\tx\ty\ncat\t1\t2", "f").classes is None


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "line 1: the first row names no column “word”"),
        ("cat\t1\t2", "line 1: the first row names no column “word”"),
        ("word\tx\ncat\t1", "line 1: the first row names no column “y”"),
        ("word\tx\ty\n", "line 1: no words follow"),
        ("word\tx\ty\ncat\t1\tleft", "line 2: y is “left”: write a number"),
        ("word\tx\ty\ncat\t1", "line 2: there is no y: write a number"),
        ("word\tx\ty\ncat\tnan\t1", "line 2: x is “nan”"),
        ("word\tx\ty\ncat\t1\t-inf", "line 2: y is “-inf”"),
        ("word\tx\ty\ncat\t1e31\t1", "line 2: x is “1e31”"),
        ("word\tx\ty\n\t1\t1", "line 2: there is no word"),
        ("word\tx\ty\ncat\t1\t1\n\ncat\t2\t2", "line 4: “cat” stands in line 2 already"),
        ('word\tx\ty\n"cat\t1\t1', "a quotation mark"),
    ],
)
def test_what_is_wrong_with_a_table_of_places_is_said_with_its_line(text, says):
    with pytest.raises(ValueError, match="^“mine.tsv”, line ") as error:
        read_places(text.encode(), "mine.tsv")
    assert says in str(error.value)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(ValueError, match="“mine.tsv”: "):
        read_places(b"word\tx\ty\n\xff\xfe\xfa\t1\t2", "mine.tsv")


def test_the_maps_categories_are_classes_with_the_maps_colours():
    choice = UserChoice()
    choice.set_categories({"pets": ["cat", "hamster"]})
    choice.remove("dog")
    kinds, numbers = classes_of_map(["hamster", "Cat", "dog", "qwzx", "horse"], choice)
    names = [name for name, _ in kinds]
    assert names[0] == OTHERS and [names[number] for number in numbers] == ["pets", "pets", OTHERS, OTHERS, "animals"]
    colours = dict(kinds)
    assert colours["animals"] == style("animals")[0] and colours["pets"] == OWN_STYLES[0][0]
    assert set(CATEGORIES) < set(names) and "dog" in START


# -- beside another model ----------------------------------------------------------------------------------------------


def test_a_layout_is_turned_mirrored_scaled_and_moved_onto_another():
    draw = np.random.default_rng(0)
    target = draw.normal(size=(30, 2)) * [3, 1]
    for mirror in (1, -1):
        turn = np.array([[np.cos(2), np.sin(2)], [-np.sin(2), np.cos(2)]]) @ np.diag([1, mirror])
        assert np.allclose(fitted(0.1 * target @ turn + [7, -8], target), target)
    noisy = target + draw.normal(0, 0.1, target.shape)
    best = np.linalg.norm(fitted(noisy, target) - target)
    assert best <= np.linalg.norm(noisy - target)
    for turn, scale in ((0.02, 1), (-0.02, 1), (0, 1.02), (0, 0.98)):  # no other fit is better
        other = fitted(noisy, target) - target.mean(axis=0)
        other = scale * other @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        assert np.linalg.norm(other + target.mean(axis=0) - target) > best


def test_words_that_move_together_have_not_moved_away():
    draw = np.random.default_rng(0)
    begin = np.vstack([draw.normal(size=(300, 2)), draw.normal(size=(300, 2)) + 50])
    end = begin + np.repeat([[0, 0], [7, 7]], 300, axis=0)
    assert np.allclose(beside.moved_away(begin, end), 0)
    end[400] += [3, 4]
    moved = beside.moved_away(begin, end)
    assert moved[400] == pytest.approx(5) and np.allclose(np.delete(moved, 400), 0)


def test_words_of_both_models_have_a_place_in_the_other_and_the_rest_stay():
    draw = np.random.default_rng(0)
    words, matrix = [f"w{i}" for i in range(50)], draw.normal(size=(50, 6))
    places = draw.normal(size=(51, 2))
    mine = WordVectors([*words, "mine"], np.vstack([matrix, matrix[:1]]))
    other = WordVectors([*words[::-1], "theirs"], np.vstack([matrix[::-1], matrix[:1]]))
    found = beside.beside(mine, places, other, np.vstack([-2 * places[49::-1], [[1, 1]]]))
    assert found.here.tolist() == [True] * 50 + [False]
    assert np.allclose(found.positions, places, atol=1e-5)
    with pytest.raises(NothingShared, match="share 19 words, 20 are needed"):
        beside.beside(mine, places, WordVectors(words[:19], matrix[:19]), np.zeros((19, 2)))


def test_of_the_words_whose_neighbours_changed_the_furthest_movers_are_named():
    draw = np.random.default_rng(0)
    groups = draw.normal(size=(4, 8)) * 5
    matrix = groups[np.arange(120) % 4] + draw.normal(size=(120, 8))
    words, begin = [f"w{i}" for i in range(120)], matrix[:, :2].astype(np.float32)
    swapped, end = np.array(matrix), np.array(begin)
    swapped[[12, 61]], swapped[[20, 21]] = matrix[[61, 12]], matrix[[21, 20]]  # each into the other's group
    end[12] += 3
    end[[20, 61]] += 1
    end[33] += 9  # whose neighbours are the same
    mine, other = WordVectors(words, matrix), WordVectors(words, swapped)
    *_, (part, named) = beside.movers(mine, other, begin, end)
    assert part == 1 and named[0][0] == "w12" and "w33" not in [word for word, _, _ in named]
    for word, _, common in named:
        near = [{other for other, _ in side.neighbours(word, 10)} for side in (mine, other)]
        assert common == len(near[0] & near[1]) < beside.CHANGED
    assert {"w12", "w61", "w20", "w21"} <= {word for word, _, _ in named}
    distances = [distance for _, distance, _ in named]
    assert distances == sorted(distances, reverse=True)


def test_words_begin_where_they_have_a_place_and_others_amidst_their_neighbours():
    draw = np.random.default_rng(0)
    vectors = draw.normal(size=(80, 5))
    graph, start = neighbour_graph(vectors, 5), pca_start(vectors)
    places = np.array([(100 + i, 3.0 * i) for i in range(40)])
    begin = placed_start(graph, start, np.arange(40), places)
    scale = np.abs(start).max() / 58.5  # half of 39 * 3
    assert np.allclose(begin[:40], (places - [119.5, 58.5]) * scale, rtol=1e-5)
    for i in range(40, 80):
        near = [j for j in graph.neighbours[i] if j < 40]
        expected = begin[near].mean(axis=0) + 0.01 * start[i] if near else start[i]
        assert np.allclose(begin[i], expected, atol=1e-5)


# -- the controller ----------------------------------------------------------------------------------------------------


class Glove:
    async def vectors(self, progress=None):
        return WordVectors(["a", "b", "c"], np.eye(3))


class Figure(Atlas):
    """The atlas with its sources; `frames`: (epoch, positions) of all that the page was sent."""

    def __init__(self):
        sources, bridge = Sources(Glove()), Bridge()
        super().__init__(AtlasState(), sources, UserChoice(), SaveLoad(ModelsState(), Task(), sources, bridge), bridge)
        self.bridge.send = lambda name, data: self.saved.append((name, data))
        self.frames, self.saved = [], []
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


def choose_column(figure, name):
    """Choose a column; where Playwright's event loop runs, the colours would follow on it."""
    figure.state.column = name
    run(figure.classify())


def test_the_words_can_have_the_classes_of_a_column(figure):
    model = figure.add(name="plain")
    other = figure.sources.add("with", model.vectors, columns={"part": ["noun", "verb"] * 30, "none": [""] * 60})
    figure.state.source = other.name
    assert figure.state.columns == [CLASSES_OF_WORDNET, OF_MAP, "part", "none"]
    choose_column(figure, "part")
    assert [name for name, _ in figure.view.kinds.data["kinds"][0]] == [OTHERS, "noun", "verb"]
    assert figure.view.kinds.data["of"][0].tolist() == [1, 2] * 30
    choose_column(figure, "none")
    assert figure.view.kinds.data["kinds"] == [] and "choose another" in figure.state.message
    choose_column(figure, "part")
    figure.state.source = model.name
    assert figure.state.columns == [CLASSES_OF_WORDNET, OF_MAP] and figure.view.kinds.data["kinds"] == []


def test_stop_keeps_what_has_settled(figure):
    model = figure.add(V=900)
    figure.state.source = model.name
    figure.state.param.watch(lambda event: "settle" in event.new and figure.task.stop(), "message")
    run(figure.lay_out())
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


def test_a_model_that_was_trained_further_has_no_places_any_more(figure):
    U, V = np.random.default_rng(0).normal(size=(2, 60, 8)).astype(np.float32)
    tables = Tables([f"w{i}" for i in range(60)], U, V)
    model = figure.sources.add("mine", tables.vectors(CENTRES), tables=tables)
    run(figure.show_all("mine"))
    assert len(figure.kept) == 1
    figure.sources.replace(model, Tables(tables.words, U + 1, V))
    assert figure.kept == {} and "Press “Lay out all words”" in figure.state.message
    assert figure.frames[-1][1].shape == (0, 2)


def test_a_layout_ends_with_its_model(figure):
    model = figure.add(V=900)
    figure.state.source = model.name
    figure.state.param.watch(lambda event: "settle" in event.new and figure.sources.remove(model.name), "message")
    run(figure.lay_out())
    assert figure.task.busy == "" and figure.kept == {} and len([xy for _, xy in figure.frames if len(xy)]) <= 1
    assert figure.state.source == GLOVE and figure.view.set.data["set"] == [GLOVE]


def test_a_late_answer_is_not_given_for_other_words(figure):
    model = figure.add()
    figure.state.source = model.name

    async def changed():
        asked = asyncio.ensure_future(figure.questions.cosines("w5"))
        figure.vectors, vectors = slow, figure.vectors
        await asyncio.sleep(0)
        figure.state.source = GLOVE
        figure.vectors = vectors
        await asyncio.wait_for(asked, 10)

    async def slow(model):
        while figure.model is model:
            await asyncio.sleep(0)
        return model.vectors

    run(changed())
    assert figure.view.cosines.data["of"] == []


def test_questions_are_those_of_the_vectors_on_show(figure):
    model = figure.add()
    figure.state.source = model.name
    run(figure.questions.near("w5"))
    near = figure.view.near.data
    assert list(zip(near["word"][0], near["cosine"][0])) == model.vectors.neighbours("w5", NEAREST)
    run(figure.questions.cosines("w5"))
    (cosines,) = figure.view.cosines.data["cosine"]
    assert cosines[5] == pytest.approx(1) and cosines[7] == pytest.approx(model.vectors.cosine("w5", "w7"))
    assert figure.view.cosines.data["of"] == ["w5"]
    run(figure.questions.odd(json.dumps(["w0", "w3", "w1", "w6"])))
    assert "The odd one out of these 4 is w1" in figure.state.question_message
    run(figure.questions.near("no such"))
    assert "no such" in figure.state.question_message
    figure.state.source = GLOVE
    assert figure.view.near.data["of"] == [] and figure.view.cosines.data["of"] == []
    run(figure.questions.near("a"))
    assert figure.view.near.data["of"] == ["a"] and len(figure.view.near.data["word"][0]) == 2


class File:
    """A UserFile."""

    def __init__(self, name, text):
        self.name, self.data = name, text.encode()
        self.size = len(self.data)

    async def read(self, start=0, stop=None):
        return self.data[start:stop]

    async def pieces(self):
        yield self.data


def test_a_file_of_places_is_on_show_until_it_is_closed(figure):
    model = figure.add()
    figure.state.source = model.name
    text = "word\tx\ty\tclass\nw3\t0\t0\tred\nw5\t1\t0\tblue\nother\t0\t1\tred\nw9\t1\t1\t\n"

    async def opened():
        await figure.open(File("own.tsv", text))
        while not figure.view.kinds.data["of"]:  # the colours follow in a task of their own
            await asyncio.sleep(0)

    run(opened())
    assert figure.state.opened == "own.tsv" and figure.view.set.data["file"] == [True]
    assert figure.view.words.data["word"] == ["w3", "w5", "other", "w9"]
    assert (figure.frames[-1][1] // INT16_MAX).tolist() == [[-1, -1], [1, -1], [-1, 1], [1, 1]]
    assert figure.state.column == COLUMN_OF_FILE
    assert figure.view.kinds.data["of"][0].tolist() == [1, 2, 1, 0]
    assert "4 words where the file has them. Their neighbours are those of mine." in figure.state.message
    run(figure.questions.near("w3"))
    assert sorted(figure.view.near.data["word"][0]) == ["w5", "w9"]
    run(figure.questions.cosines("w3"))
    cosines = [model.vectors.cosine("w3", word) for word in ("w3", "w5", "w9")]
    assert figure.view.cosines.data["cosine"][0].tolist() == pytest.approx([*cosines[:2], 0, cosines[2]], abs=1e-6)
    run(figure.questions.near("other"))
    assert "other" in figure.state.question_message
    run(figure.save())
    name, data = figure.saved[-1]
    saved = np.load(io.BytesIO(data))
    assert name == "atlas.npz" and saved["words"].tolist() == ["w3", "w5", "other", "w9"]
    assert saved["positions"].tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]
    figure.sources.added = model.name  # its vectors are others
    assert figure.view.near.data["of"] == [] and figure.view.kinds.data["of"][0].tolist() == [1, 2, 1, 0]
    figure.sources.rename("mine", "yours")
    assert figure.state.source == "yours" and figure.state.opened == "own.tsv"
    figure.close()
    assert figure.state.opened == "" and figure.view.words.data["word"] == model.vectors.words
    assert figure.state.column == CLASSES_OF_WORDNET


def test_a_file_that_cannot_be_read_changes_nothing(figure):
    figure.state.source = figure.add().name
    run(figure.open(File("own.tsv", "word\tx\ty\nw3\tleft\t0\n")))
    assert "“own.tsv”, line 2: x is “left”" in figure.state.message
    assert figure.opened is None and len(figure.view.words.data["word"]) == 60


def test_all_places_of_a_model_are_saved_once_it_has_some(figure):
    model = figure.add()
    figure.state.source = model.name
    run(figure.save())
    assert "mine has no places yet: press" in figure.state.message and figure.saved == []
    run(figure.lay_out())
    run(figure.save())
    saved = np.load(io.BytesIO(figure.saved[0][1]))
    assert saved["words"].tolist() == model.vectors.words
    assert np.array_equal(packed_positions(saved["positions"])[0], figure.frames[-1][1])


def test_another_model_is_laid_beside_once_both_have_places(figure):
    model, other = figure.add(), figure.add(name="theirs", seed=5)
    figure.state.source = model.name
    assert figure.state.others == [NO_OTHER, GLOVE, "theirs"]
    figure.state.other = "theirs"
    run(figure.other.compare())
    assert figure.state.other_message == "mine has no places yet: press “Lay out all words”."
    run(figure.lay_out())
    assert figure.state.other_message == "theirs has no places yet: choose it above, and press “Lay out all words”."
    figure.state.source = "theirs"
    assert figure.state.other == NO_OTHER and figure.state.others == [NO_OTHER, GLOVE, "mine"]
    run(figure.lay_out())
    figure.state.other = "mine"
    run(figure.other.compare())
    sent = figure.view.other.data
    found = beside.beside(
        other.vectors, figure.kept[other, other.table], model.vectors, figure.kept[model, model.table]
    )
    xy, scale = packed_positions(found.positions, around=figure.kept[other, other.table])
    assert sent["name"] == ["mine"] and np.array_equal(sent["xy"][0], xy.ravel()) and sent["scale"] == [scale]
    assert sent["here"][0].all() and "60 words of 60 are in mine too." in figure.state.other_message
    *_, (_, named) = beside.movers(other.vectors, model.vectors, figure.kept[other, other.table], found.positions)
    assert figure.view.movers.data["word"] == [word for word, _, _ in named]
    figure.sources.rename("mine", "ours")
    assert figure.state.other == "ours"
    figure.sources.remove("ours")
    assert figure.state.other == NO_OTHER and figure.view.other.data["name"] == []


def test_words_laid_out_beside_another_model_begin_where_they_lie_in_it(figure):
    model = figure.add()
    figure.add(V=70, name="theirs", seed=5)
    figure.state.source = model.name
    run(figure.lay_out())
    figure.state.source, figure.state.other = "theirs", "mine"
    figure.frames.clear()
    run(figure.lay_out())
    epoch, first = figure.frames[0]
    there = figure.kept[model, model.table]
    middle = (there.min(axis=0) + there.max(axis=0)) / 2
    assert epoch == 0 and np.corrcoef(first[:60, 0], (there - middle)[:, 0])[0, 1] > 0.999
    assert figure.state.other_message.startswith("60 words of 70 are in mine too.")


def test_all_words_of_a_model_are_shown_on_request_and_laid_out_once(figure):
    model = figure.add()
    run(figure.show_all(model.name))
    assert figure.state.source == model.name and figure.frames[-1][0] == 200
    placed = figure.kept[model, model.table]
    run(figure.open(File("own.tsv", "word\tx\ty\nw3\t0\t0\n")))
    run(figure.show_all(model.name))
    assert figure.state.opened == ""
    figure.state.source = GLOVE
    run(figure.show_all(model.name))
    assert figure.kept[model, model.table] is placed and figure.frames[-1][1].shape == (60, 2)


def test_files_that_are_loaded_here_are_shown_and_laid_out_at_once(figure):
    rng = np.random.default_rng(0)
    lines = ["\t".join(f"{x:.4f}" for x in row) for row in rng.normal(size=(40, 6))]
    metadata = "\n".join(["word\tpart", *(f"w{i}\t{'noun' if i % 2 else 'verb'}" for i in range(40))])

    async def loaded(*files):
        await figure.load(list(files))
        while figure.task.busy or not figure.state.message.endswith("each."):
            await asyncio.sleep(0)

    run(loaded(File("own-vectors.tsv", "\n".join(lines)), File("own-metadata.tsv", metadata)))
    name = figure.sources.names[-1]
    assert figure.state.source == name and figure.state.column == "part" and not figure.expecting
    assert figure.frames[-1][0] == 200 and figure.frames[-1][1].shape == (40, 2)
    run(figure.load([File("bad.vec", "2 2\na 1 2\nb 1 x\n")]))
    assert "bad.vec" in figure.state.message and "line 3" in figure.state.message and not figure.expecting
    figure.sources.add("elsewhere", WordVectors(["a", "b"], np.eye(2)))
    assert figure.state.source == name


def test_the_words_follow_the_maps_categories(figure):
    figure.state.source = figure.sources.add("few", WordVectors(["cat", "Dog", "qwzx"], np.eye(3))).name
    choose_column(figure, OF_MAP)
    kinds, (numbers,) = figure.view.kinds.data["kinds"][0], figure.view.kinds.data["of"]
    assert [kinds[number][0] for number in numbers] == ["animals", "animals", OTHERS]
    figure.choice.set_categories({"pets": ["qwzx", "cat"]})
    figure.follow_map("data", {}, {})
    run(figure.classify())
    kinds, (numbers,) = figure.view.kinds.data["kinds"][0], figure.view.kinds.data["of"]
    assert [kinds[number][0] for number in numbers] == ["pets", "animals", "pets"]


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
