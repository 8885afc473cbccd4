"""What Python answers to the page's questions about neighbours."""

import json

import numpy as np
import pytest

from app.figures.map.controller import Map
from app.figures.map.near import MOST
from app.figures.map.state import MapState
from app.figures.map.user_choice import MOST_OWN
from app.sources import packaged
from app.sources.projected import ProjectedVectors
from app.sources.vector_sets import GLOVE, Sources
from app.ui.bridge import Bridge
from embedlab.vectors import WordVectors
from tests.running import run

# cosines with cat (1, 0): 0.8, 0.6, 0, 0, -1; the row of zeros has 0 with all words
SMALL = WordVectors(["cat", "dog", "France", "pizza", "zero", "far"], [[2, 0], [4, 3], [3, 4], [0, 1], [0, 0], [-1, 0]])


class NoGlove:
    async def vectors(self, progress=None):
        raise AssertionError("nobody asks for it")


class Page:
    """A map with what the page can ask of it."""

    def __init__(self, vectors):
        self.bridge, self.sources = Bridge(), Sources(NoGlove())
        self.map = Map(MapState(), ProjectedVectors(GLOVE, vectors), self.sources, self.bridge)

    def ask(self, message, value):
        run(self.bridge.receive(message, value))
        return self

    @property
    def near(self):
        return self.map.near

    @property
    def problem(self):
        return self.near.problem.data["problem"][0]

    @property
    def rows(self):
        return list(self.map.view.rows.data["word"])


@pytest.fixture
def page():
    return Page(SMALL)


def test_neighbours_come_as_they_were_computed_and_as_the_map_calls_them(page):
    data = page.ask("map-near", "cat").near.neighbours.data
    assert data["of"] == ["cat"] and data["word"] == [["dog", "france", "pizza", "zero", "far"]]
    assert data["cosine"] == [[cosine for _, cosine in SMALL.neighbours("cat", MOST)]]
    assert data["cosine"][0] == pytest.approx([0.8, 0.6, 0, 0, -1])
    assert page.ask("map-near", "france").near.neighbours.data["of"] == ["france"]


def test_vectors_go_to_the_page_before_the_neighbours_that_are_drawn_with_them():
    words = [f"w{i}" for i in range(100)]
    page = Page(WordVectors(words, np.random.default_rng(0).normal(size=(100, 8))))
    page.map.known = frozenset(words[:20])  # as of a set of which the page has some
    near = page.ask("map-near", "w0").near.neighbours.data["word"][0]
    assert len(near) == MOST and page.rows == [word for word in near if word not in words[:20]]
    page.ask("map-compare", json.dumps(["w0", "w1"]))
    assert page.rows == [word for word in near if word not in words[:20]]  # nothing new


def test_the_page_draws_the_starts_neighbours_with_cosines_that_are_not_rounded():
    near = {"cat": [("dog", 0.7749)]}
    bridge, sources = Bridge(), Sources(NoGlove())
    columns = Map(MapState(), ProjectedVectors(GLOVE, SMALL, near), sources, bridge).view.words.data
    assert columns["near"][columns["word"].index("cat")] == ["dog"]
    assert columns["near_cosine"][columns["word"].index("cat")] == [0.7749]


def test_two_words_compared_by_hand(page):
    # of dog (0.8, 0.6): France has 0.96, cat 0.8, pizza 0.6; of France (0.6, 0.8): dog 0.96, pizza 0.8, cat 0.6
    data = page.ask("map-compare", json.dumps(["cat", "FRANCE"])).near.comparison.data
    assert {name: values[0] for name, values in data.items()} == {
        "of": "cat",
        "other": "france",
        "cosine": pytest.approx(0.6),
        "rank": 2,
        "back": 3,
        "shared": ["dog", "pizza", "zero", "far"],
    }
    assert page.problem == ""


@pytest.mark.parametrize(
    "message, value, problem",
    [
        ("map-near", "cow", "“cow” is not among the 6 known words"),
        ("map-compare", '["cat", "doog"]', "“doog” is not among the 6 known words; did you mean dog?"),
        ("map-compare", '["cat", " Cat"]', "“cat” is no neighbour of itself"),
        ("map-put", '["dog", "cow"]', "“cow” is not among"),
    ],
)
def test_why_there_is_no_answer_and_the_next_question_takes_it_away(page, message, value, problem):
    page.ask("map-compare", json.dumps(["cat", "dog"]))
    assert page.ask(message, value).problem.startswith(problem)
    assert page.ask("map-near", "cat").problem == ""


def test_a_comparison_that_fails_leaves_none(page):
    page.ask("map-compare", json.dumps(["cat", "dog"])).ask("map-compare", json.dumps(["cat", "doog"]))
    assert page.near.comparison.data["of"] == []


def test_words_are_put_on_the_map_once_and_one_undo_takes_them_away(page):
    before = page.map.on_map()
    page.ask("map-put", json.dumps(["zero", "dog", "far"]))
    assert page.map.on_map() == [*before, "zero", "far"]
    page.ask("map-put", json.dumps(["zero"]))  # nothing to undo for it
    page.map.words.undo()
    assert page.map.on_map() == before


def test_a_full_map_says_so_and_stays():
    words = [f"w{i}" for i in range(MOST_OWN + 1)]
    page = Page(WordVectors(words, np.random.default_rng(0).normal(size=(len(words), 4))))
    assert f"room for {MOST_OWN}: leave some out" in page.ask("map-put", json.dumps(words)).problem
    assert page.map.on_map() == []


def test_other_vectors_take_the_answers_away(page):
    page.ask("map-near", "cat").ask("map-compare", json.dumps(["cat", "dog"])).ask("map-put", '["cow"]')
    page.sources.add("mine", WordVectors(["dog", "cat", "cow"], [[1, 0], [1, 0], [0, 1]]))
    page.map.state.source = "mine"
    run(page.map.change())
    assert page.near.neighbours.data["of"] == [] and page.near.comparison.data["of"] == [] and page.problem == ""
    assert page.ask("map-near", "cat").near.neighbours.data["cosine"] == [[1, 0]]


def test_the_packed_neighbours_are_those_of_the_full_set():
    glove = run(packaged.Glove().vectors())
    for word in ("cat", "france"):
        assert packaged.neighbours()[word] == [
            (other, pytest.approx(cosine, abs=1e-6)) for other, cosine in glove.neighbours(word, 10)
        ]
