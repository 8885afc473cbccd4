"""Questions to the map's vectors: what an answer holds, when it goes, and that a late one is dropped."""

import asyncio
import json
import re

import numpy as np
import pytest

from app.figures.map.columns import YOURS, plane_columns
from app.figures.map.odd import OddOneOut
from app.figures.map.pairs import OwnPairs, read_pairs
from app.figures.map.state import MapState
from app.figures.map.sums import Sums
from app.figures.map.user_choice import UserChoice
from app.sources.map_plane import CHOSEN
from app.sources.projected import ProjectedVectors
from app.sources.typed import split_words
from embedlab.projection import AnalogyPlane
from embedlab.vectors import WordVectors
from tests.running import run

WORDS = [
    "new york",
    "throne",
    "king",
    "man",
    "woman",
    "queen",
    "boy",
    "girl",
    "prince",
    "princess",
    "france",
    "paris",
    "japan",
    "tokyo",
    "uk",
    "london",
]


class FakeMap:
    """A Map with vectors at random; what is put on it and sent to the page is written down.

    gates: {word: asyncio.Event} that a look-up of the word waits for.
    """

    loaded = True

    def __init__(self):
        rows = np.random.default_rng(0).normal(size=(len(WORDS), 8))
        self.projected = ProjectedVectors("mine", WordVectors(WORDS, rows))
        self.choice, self.sent, self.gates, self.pairs_shown = UserChoice(), [], {}, 0

    async def look_up(self, texts):
        for text in texts:
            if gate := self.gates.get(text):
                await gate.wait()
        return [self.projected.look_up(text) for text in texts]

    def send_rows(self, words):
        self.sent += words

    def put(self, words, pairs=()):
        self.choice.put(words, pairs)

    def take_pairs(self, pairs):
        self.choice.take_pairs(pairs)

    def show_pairs(self):
        self.pairs_shown += 1


@pytest.fixture
def sums():
    return Sums(MapState(), FakeMap())


def words_of(source):
    return list(source.data["word"])


def nearest_to(sums, a, b, c):
    """The answers by the formula of 3CosAdd, worked out apart."""
    vectors = sums.map.projected.vectors
    unit = vectors.matrix / np.linalg.norm(vectors.matrix, axis=1, keepdims=True)
    sum = unit[vectors.index(a)] - unit[vectors.index(b)] + unit[vectors.index(c)]
    order = np.argsort(-(unit @ sum))
    return [word for word in (vectors.words[i] for i in order) if word not in (a, b, c)]


def test_an_answer_has_words_scores_and_rows_for_the_page_and_leaves_the_users_words_alone(sums):
    run(sums.ask())
    assert words_of(sums.answers) == nearest_to(sums, "king", "man", "woman")[:5]
    assert sums.answers.data["score"] == sorted(sums.answers.data["score"], reverse=True)
    assert sums.sum.data == dict(
        words=[["king", "man", "woman"]],
        names=[["king", "man", "woman"]],
        label=["king − man + woman"],
        method=["add"],
    )
    assert set(sums.map.sent) == {"king", "man", "woman", *words_of(sums.answers)}
    assert sums.map.choice.added == []
    assert sums.state.sum_message == f"king − man + woman ≈ {sums.answers.data['name'][0]}"


def test_answers_follow_every_change_once_there_was_a_question(sums):
    async def changes():
        sums.state.a = "queen"
        await asyncio.sleep(0)
        before = words_of(sums.answers)
        await sums.ask()
        seen = []
        for name, value in [("a", "boy"), ("b", "paris"), ("c", "uk"), ("method", "mul"), ("keep_inputs", True)]:
            setattr(sums.state, name, value)
            await asyncio.sleep(0.01)
            seen.append((words_of(sums.answers), sums.sum.data["method"][0], sums.sum.data["label"][0]))
        return before, seen

    before, seen = run(changes())
    assert before == []
    assert [label for *_, label in seen[:3]] == ["boy − man + woman", "boy − Paris + woman", "boy − Paris + UK"]
    assert seen[2][0] == nearest_to(sums, "boy", "paris", "uk")[:5]
    assert [method for _, method, _ in seen] == ["add", "add", "add", "mul", "mul"]
    assert not {"boy", "uk"} & set(seen[3][0]) and {"boy", "uk"} & set(seen[4][0])


@pytest.mark.parametrize(
    ("name", "text", "why"), [("a", "kingg", "“kingg”.*did you mean king"), ("b", "  ", "no word for b")]
)
def test_an_error_clears_the_answers_and_the_next_word_brings_them_back(sums, name, text, why):
    async def mistake():
        await sums.ask()
        setattr(sums.state, name, text)
        await asyncio.sleep(0.01)
        failed = words_of(sums.answers), sums.sum.data["words"], sums.state.sum_message
        setattr(sums.state, name, "girl")
        await asyncio.sleep(0.01)
        return failed

    answers, words, message = run(mistake())
    assert (answers, words) == ([], [])
    assert re.search(why, message)
    assert len(words_of(sums.answers)) == 5


def test_a_late_answer_to_an_older_question_does_not_overwrite_a_newer_one(sums):
    async def race():
        gate = sums.map.gates["king"] = asyncio.Event()
        first = asyncio.ensure_future(sums.ask())
        await asyncio.sleep(0)
        sums.state.a = "boy"
        await asyncio.sleep(0.01)  # the answer follows
        newer = sums.sum.data["label"], words_of(sums.answers)
        gate.set()
        await first
        return newer

    assert run(race()) == (sums.sum.data["label"], words_of(sums.answers))
    assert sums.sum.data["label"] == ["boy − man + woman"] and sums.state.sum_message.startswith("boy")


def test_what_was_cleared_does_not_come_back(sums):
    async def race():
        gate = sums.map.gates["king"] = asyncio.Event()
        first = asyncio.ensure_future(sums.ask())
        await asyncio.sleep(0)
        sums.clear()
        gate.set()
        await first
        sums.state.c = "girl"  # nor does it follow any more
        await asyncio.sleep(0.01)

    run(race())
    assert (words_of(sums.answers), sums.state.sum_message) == ([], "")


def test_the_words_of_a_sum_are_kept_only_when_that_is_asked_for(sums):
    run(sums.ask())
    run(sums.keep(json.dumps(["throne", "king"])))
    assert sums.map.choice.added == ["throne"]  # king is of the start
    assert "throne" in sums.state.sum_message
    assert len(words_of(sums.answers)) == 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("new york, paris, tokyo", ["new york", "paris", "tokyo"]),
        ("new  york;paris;; tokyo ,", ["new york", "paris", "tokyo"]),
        ("new york\nparis\ntokyo", ["new york", "paris", "tokyo"]),
        ("cat dog  car", ["cat", "dog", "car"]),
        (" , ", []),
    ],
)
def test_commas_separate_words_if_there_are_any_else_spaces_do(text, words):
    assert split_words(text) == words


def test_the_odd_one_is_cleared_by_an_error_and_by_clear():
    odd = OddOneOut(MapState(odd="new york, paris, tokyo"), FakeMap())
    run(odd.ask())
    vectors = odd.map.projected.vectors
    assert words_of(odd.scores)[-1] == vectors.odd_one_out(["new york", "paris", "tokyo"])[0]
    assert set(words_of(odd.scores)) == {"new york", "paris", "tokyo"}

    async def mistake():
        odd.state.odd = "paris, tokyoo, london"
        await asyncio.sleep(0.01)

    run(mistake())
    assert words_of(odd.scores) == [] and "“tokyoo”" in odd.state.odd_message
    odd.clear()
    assert odd.state.odd_message == ""


@pytest.mark.parametrize("text", ["hot → cold, big -> huge", "hot:cold; big→huge", "hot → cold\nbig → huge"])
def test_pairs_are_read_with_any_arrow(text):
    assert read_pairs(text) == [("hot", "cold"), ("big", "huge")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("king → queen, man woman", "“man woman” is not a pair: write two words with an arrow"),
        ("king → queen → man", "“king → queen → man”"),
        ("→ queen", "“→ queen”"),
        (" ", "no pair yet: write"),
        ("king → quen", "“quen”"),
        ("king → king", "“king → king” is one word twice: write two different words"),
    ],
)
def test_an_error_in_a_pair_names_the_part_and_the_remedy_and_keeps_all_there_was(text, named):
    pairs = OwnPairs(MapState(pairs="boy → girl"), FakeMap())
    run(pairs.add())
    pairs.state.pairs = text
    run(pairs.add())
    assert named in pairs.state.pairs_message
    assert pairs.state.pairs == text and pairs.map.choice.pairs == [("boy", "girl")]


def test_pairs_are_taken_away_one_by_one_or_all_and_undo_brings_them_back():
    pairs = OwnPairs(MapState(pairs="boy → girl, france → paris, uk → london"), FakeMap())
    choice = pairs.map.choice
    run(pairs.add())
    assert pairs.map.pairs_shown == 1 and "3 pairs" in pairs.state.pairs_message
    pairs.remove(json.dumps(["france", "paris"]))
    assert choice.pairs == [("boy", "girl"), ("uk", "london")]
    assert "France → Paris" in pairs.state.pairs_message and "Undo" in pairs.state.pairs_message
    pairs.clear()
    assert choice.pairs == []
    choice.undo()
    assert choice.pairs == [("boy", "girl"), ("uk", "london")]
    choice.undo()
    assert len(choice.pairs) == 3


def test_what_changes_nothing_is_no_step_of_undo():
    choice = UserChoice()
    choice.put(["volcano"], [("hot", "cold")])
    choice.put(["volcano"], [("hot", "cold")])
    choice.undo()
    assert choice.added == [] and choice.pairs == []
    assert not choice.undo()


def test_two_pairs_of_the_users_have_a_plane_that_shows_both_and_the_others_stay():
    projected = FakeMap().projected
    before = plane_columns(projected)
    assert YOURS not in before["name"] and before["name"][0] == CHOSEN
    assert plane_columns(projected, [("boy", "girl")])["name"] == before["name"]
    pairs = [("boy", "queen"), ("france", "throne")]
    now = plane_columns(projected, pairs)
    assert now["name"] == [*before["name"], YOURS]
    np.testing.assert_array_equal(now["axes"][:-1], before["axes"])
    axes = now["axes"][-1].reshape(2, -1)  # (2, D)
    starts, ends = (projected.rows(words) for words in zip(*pairs))
    np.testing.assert_allclose(axes, AnalogyPlane().fit(starts, ends).axes, atol=1e-6)
