"""The models figure without a page: which table of a trained model is shown, scored, listed, compared and saved."""

import json
from math import isnan

import numpy as np
import pytest

from app.figures.map.controller import Map
from app.figures.map.state import MapState
from app.figures.models.compare import Compare
from app.figures.models.neighbours import NeighbourTable
from app.figures.models.save_load import SaveLoad
from app.figures.models.scores import AUTOPSY, Scores
from app.figures.models.state import ModelsState
from app.figures.models.table import ModelTable
from app.sources import packaged
from app.sources.projected import ProjectedVectors
from app.sources.vector_sets import CENTRES, GLOVE, Sources, Tables
from app.tasks.task import Task
from app.ui.bridge import Bridge
from embedlab.evaluate import analogies, word_pairs
from embedlab.formats import Reading
from embedlab.vectors import WordVectors
from tests.running import run
from tests.test_model_files import file

WORDS = [f"w{i}" for i in range(12)]
PAIRS = [(WORDS[i], WORDS[j], float(i * j % 7)) for i in range(12) for j in range(i)]
QUESTIONS = {"one": [tuple(WORDS[(i + k * k) % 12] for k in range(4)) for i in range(12)], "two": []}
TESTS = {"wordsim353.tsv": PAIRS, "simlex999.txt": PAIRS[::2], "questions-words.txt": QUESTIONS}


class Sets:
    """The page's test sets, of the words above."""

    async def get(self):
        pairs = {name: "\n".join("\t".join(map(str, pair)) for pair in TESTS[name]) for name in list(TESTS)[:2]}
        lines = [f": {name}\n" + "\n".join(map(" ".join, questions)) for name, questions in QUESTIONS.items()]
        return pairs | {"questions-words.txt": "\n".join(lines)}


class Glove:
    async def vectors(self, progress=None):
        return WordVectors(WORDS, np.random.default_rng(9).normal(size=(12, 5)))


class Figure:
    """The parts of the figure and a trained model, ticked beside GloVe."""

    def __init__(self):
        self.state, task, self.bridge, self.sources = ModelsState(), Task(), Bridge(), Sources(Glove())
        self.table = ModelTable(self.state, self.sources, self.bridge)
        self.files = SaveLoad(self.state, task, self.sources, self.bridge)
        self.scores = Scores(self.state, task, self.sources, self.table, Sets(), self.bridge)
        self.neighbours = NeighbourTable(self.state, task, self.sources)
        self.compare = Compare(self.state, task, self.sources, self.table, self.bridge)
        draw = np.random.default_rng(0)
        self.tables = Tables(WORDS, *draw.normal(size=(2, 12, 5)).astype(np.float32))
        self.model = self.sources.add("mine", self.tables.vectors(CENTRES), tables=self.tables)

    def switch(self, table):
        run(self.bridge.receive("models-switch", json.dumps([self.model.name, table])))

    def matrix(self, table):
        U, V = self.tables.U, self.tables.V
        return {"u": U, "v": V, "sum": U + V}[table]

    def shown(self):
        """{test: its score in the table of scores} of the trained model, and what the model's row says of WordSim."""
        data = self.scores.table.data
        rows = zip(data["model"], data["test"], data["section"], data["score"])
        title = self.model.title
        return {test: score for model, test, section, score in rows if model == title and not section}


@pytest.fixture
def figure():
    return Figure()


def expected(matrix):
    """{test: score} of a table, by the science itself."""
    vectors = WordVectors(WORDS, matrix)
    *_, score = analogies(vectors, QUESTIONS)
    pairs = [word_pairs(vectors, TESTS[name]).rho for name in list(TESTS)[:2]]
    return dict(zip(["WordSim-353", "SimLex-999", "Analogies"], [*pairs, score.overall.accuracy]))


def test_each_choice_has_scores_of_its_own(figure):
    of = {}
    for table in ("u", "sum", "v"):
        figure.switch(table)
        assert figure.shown() == {} and isnan(figure.table.rows.data["wordsim"][1])  # none of another choice
        run(figure.scores.score())
        of[table] = figure.shown()
        assert of[table] == pytest.approx(expected(figure.matrix(table)))
        assert figure.table.rows.data["wordsim"][1] == of[table]["WordSim-353"]
    assert len({scores["WordSim-353"] for scores in of.values()}) == 3
    figure.switch("u")
    assert figure.shown() == of["u"] and figure.table.rows.data["wordsim"][1] == of["u"]["WordSim-353"]


def test_a_choice_made_while_it_is_scored_does_not_get_the_other_ones_score(figure):
    test, switched = figure.scores._test, []

    async def switching(*args):
        if not switched:
            switched.append(figure.switch("sum"))
        await test(*args)

    figure.scores._test = switching
    figure.table.choose(["mine"])
    run(figure.scores.score())
    assert figure.model.title == "mine · sum u + v" and figure.shown() == {}
    figure.switch("u")
    assert figure.shown() == pytest.approx(expected(figure.tables.U))


def test_a_removed_test_takes_its_scores_of_every_choice(figure):
    run(figure.scores.open_test(file("own.csv", b"w0,w1,3\nw1,w2,5\nw2,w3,1\n")))
    for name in ("u", "v"):
        figure.switch(name)
        run(figure.scores.score())
        assert "own.csv" in figure.shown()
    figure.scores.remove_test("own.csv")
    for name in ("u", "v"):
        figure.switch(name)
        assert "own.csv" not in figure.shown() and "WordSim-353" in figure.shown()


def test_the_sections_show_how_a_score_comes_about(figure):
    run(figure.scores.score())
    *_, score = analogies(WordVectors(WORDS, figure.tables.U), QUESTIONS)
    data = figure.scores.table.data
    rows = {key: i for i, key in enumerate(zip(data["model"], data["test"], data["section"]))}
    i, tally = rows["mine", "Analogies", "one"], score.categories["one"]
    assert [data[name][i] for name in AUTOPSY] == [
        count / 12 for count in (tally.kept, tally.gives_b, tally.gives_c, tally.near_c)
    ]
    assert tally.kept + tally.gives_b + tally.gives_c > 0
    for other in (("mine", "Analogies", "two"), ("mine", "WordSim-353", "")):  # no questions; no analogies
        assert all(isnan(data[name][rows[other]]) for name in AUTOPSY)


def test_neighbours_are_those_of_the_choice(figure):
    figure.state.words = "w3"
    for table in ("sum", "u"):
        figure.switch(table)
        assert "mine" not in " ".join(figure.neighbours.table.data["model"])  # none of the table of before
        run(figure.neighbours.list())
        data = figure.neighbours.table.data
        i = data["model"].index(figure.model.title)
        near = WordVectors(WORDS, figure.matrix(table)).neighbours("w3", 10)
        assert list(zip(data["near"][i], data["cosine"][i])) == near
    assert figure.model.title == "mine"


def test_what_is_compared_is_the_choice_and_says_so(figure):
    figure.switch("v")
    run(figure.compare.compare())
    titles = figure.compare.titles.data
    side = next(side for side in "ab" if titles[side] == ["mine · contexts v"])
    projected = figure.compare.comparison.models["ab".index(side)]
    assert np.array_equal(projected.vectors.matrix, figure.tables.V)
    figure.switch("sum")
    assert "mine · sum u + v: press Compare" in figure.state.compare_message
    assert figure.compare.titles.data == titles  # the planes still show what was compared
    figure.sources.rename("mine", "yours")
    assert figure.compare.titles.data[side] == ["yours · contexts v"]
    run(figure.compare.compare())
    assert figure.compare.titles.data[side] == ["yours · sum u + v"]
    figure.sources.remove("yours")
    assert figure.compare.titles.data[side] == []


def test_the_choice_is_saved(figure):
    sent = {}
    figure.bridge.send = sent.__setitem__
    figure.switch("sum")
    run(figure.files.save("mine"))
    figure.switch("u")
    run(figure.files.save("mine"))
    assert list(sent) == ["mine-sum-u-v.txt", "mine.txt"]
    for data, table in zip(sent.values(), ("sum", "u")):
        reading = Reading("saved", len(data))
        reading.feed(data)
        assert np.array_equal(reading.finish().vectors.matrix, figure.matrix(table))


def test_the_table_offers_a_choice_for_what_was_trained_here_alone(figure):
    figure.sources.add("loaded", WordVectors(WORDS, np.ones((12, 2))))
    assert figure.table.rows.data["table"] == ["", "u", ""]
    figure.switch("v")
    assert figure.table.rows.data["table"] == ["", "v", ""] and figure.sources.model(GLOVE).title == GLOVE
    assert figure.table.rows.data["bytes"][1:] == [3 * 4 * 12 * 5, 2 * 4 * 12 * 2]
    assert "the sum of both its tables" in figure.table.rows.data["settings"][0]


def test_the_map_shows_the_choice(figure):
    glove = ProjectedVectors(GLOVE, packaged.map_vectors(), packaged.neighbours(), packaged.GLOVE_WORDS)
    state = MapState()
    map = Map(state, glove, figure.sources, figure.bridge)
    state.source = "mine"
    run(map.change())
    assert map.projected.vectors is figure.model.vectors and state.source_message.startswith("mine: 12 words")
    figure.switch("sum")
    run(map.change())
    assert np.array_equal(map.projected.vectors.matrix, figure.tables.U + figure.tables.V)
    assert state.source_message.startswith("mine · sum u + v: 12 words")
