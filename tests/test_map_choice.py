"""The user's part in the map: words, pairs and categories with Undo, and which words each choice of Show gives."""

import json

import numpy as np
import pytest

from app.figures.map.controller import Map
from app.figures.map.shown import COMMON, MINE, NEAR, PAGE, listed
from app.figures.map.state import MapState
from app.figures.map.user_choice import EMPTY, MOST_OWN, UserChoice
from app.sources import packaged
from app.sources.map_words import ADDED, CATEGORIES, START, UNSORTED
from app.sources.projected import ProjectedVectors
from app.sources.vector_sets import GLOVE, Sources
from app.ui import palette
from app.ui.bridge import Bridge
from embedlab.vectors import WordVectors
from tests.running import run

# -- UserChoice ----------------------------------------------------------------------------------------------


def test_a_word_has_the_category_that_the_user_gave_it_while_it_is_in_the_list():
    choice = UserChoice()
    choice.put(["volcano"])
    choice.set_categories({"pets": ["cat", "hamster"]})
    found = [choice.category_of(word) for word in ("cat", "hamster", "dog", "volcano", "the")]
    assert found == ["pets", "pets", "animals", ADDED, UNSORTED]
    assert choice.own_words() == ["volcano", "cat", "hamster"]
    choice.set_categories({"pets": ["hamster"]})
    assert choice.category_of("cat") == "animals"
    choice.remove("hamster")
    assert choice.categories == {} and choice.own_words() == ["volcano"]


def test_undo_goes_back_through_words_pairs_and_categories():
    choice = UserChoice()
    seen = [choice.to_text()]
    for change in (
        lambda: choice.put(["volcano"]),
        lambda: choice.set_categories({"fruit": ["apple"]}),
        lambda: choice.put([], [("hot", "cold")]),
        lambda: choice.remove("cat"),
        choice.reset,
    ):
        change()
        seen.append(choice.to_text())
    assert len({*seen}) == 5 and seen[0] == seen[-1] == ""
    for text in reversed(seen[:-1]):
        assert choice.undo() and choice.to_text() == text
    assert not choice.undo()


def test_a_choice_survives_as_text():
    choice, other = UserChoice(), UserChoice()
    choice.put(["volcano"], [("hot", "cold")])
    choice.set_categories({"fruit": ["apple", "ghost word"], "animals": ["hamster"]})
    choice.remove("cat")
    other.restore(choice.to_text())
    assert other.to_text() == choice.to_text() and set(json.loads(choice.to_text())) == set(EMPTY)
    assert other.pairs == [("hot", "cold")] and not other.undo()


def test_too_many_words_are_refused_and_nothing_is_lost():
    choice = UserChoice()
    choice.put([f"w{i}" for i in range(MOST_OWN - 1)])
    before = choice.to_text()
    for change in (lambda: choice.put(["a", "b"]), lambda: choice.set_categories({"c": ["a", "b"]})):
        with pytest.raises(ValueError, match=f"{MOST_OWN + 1} words of yours.*room for {MOST_OWN}"):
            change()
    assert choice.to_text() == before
    choice.put(["a", "w0", "cat"])  # those that are there take no room, nor do the page's
    assert len(choice.own_words()) == MOST_OWN


@pytest.mark.parametrize(
    "edits, slots",
    [
        ([{"a": ["1"], "b": ["2"]}], ["a", "b"]),
        ([{"a": ["1"], "b": ["2"]}, {"b": ["2"]}], [None, "b"]),
        ([{"a": ["1"], "b": ["2"]}, {"b": ["2"]}, {"b": ["2"], "c": ["3"]}], ["c", "b"]),
        ([{"a": ["1", "2"]}, {"z": ["2", "3"]}], ["z"]),  # renamed: half of its words are the same
        ([{"a": ["1"], "b": ["2"]}, {"b": ["2"], "z": ["1", "4", "5"]}], ["z", "b"]),  # another one in the free place
        ([{"a": ["1"], "b": ["2"]}, {"q": ["2"], "r": ["1"]}], ["r", "q"]),  # both renamed, in another order
        ([{"animals": ["ant"], "a": ["1"]}], ["a"]),  # one of the page's has the page's style
        ([{"a": ["1"], "b": ["2"]}, {"a": ["1"]}], ["a"]),
    ],
)
def test_no_category_changes_its_colour(edits, slots):
    choice = UserChoice()
    for categories in edits:
        choice.set_categories(categories)
    assert choice.slots == slots
    marks = palette.mark_columns([name for name in slots if name], choice.slots)
    assert marks["colour"] == [palette.OWN_STYLES[i][0] for i, name in enumerate(slots) if name]


# -- Show ----------------------------------------------------------------------------------------------------


def small_set(words, D=6):
    return WordVectors(words, np.random.default_rng(1).normal(size=(len(words), D)))


class Glove:
    """A set that begins with other words than the page's: rows as in GloVe of the page."""

    def __init__(self):
        start = packaged.map_vectors()
        more = [f"w{i}" for i in range(400)]
        rows = np.random.default_rng(0).normal(size=(len(more), start.matrix.shape[1]))
        self.all = WordVectors([*more, *start.words], np.vstack([rows, start.matrix]))

    async def vectors(self, progress=None):
        return self.all


@pytest.fixture
def map():
    """A map whose page has the first words only, until the others are loaded."""
    glove = Glove()
    start = ProjectedVectors(GLOVE, packaged.map_vectors(), packaged.neighbours(), len(glove.all))
    made = Map(MapState(), start, Sources(glove), Bridge())
    made.state.live = True
    return made


def words(map):
    return list(map.view.words.data["word"])


def chosen(map, show):
    """The map after the user has chosen what to show."""
    map.state.param.update(show=show)
    run(map.shown.change())
    return words(map)


def on(map, name, vectors):
    """The map after the user has chosen another set."""
    map.sources.add(name, vectors)
    map.state.source = name
    run(map.change())


def test_the_pages_words_keep_their_plane_when_others_are_added(map):
    changes = []
    map.view.planes.on_change("data", lambda attr, old, new: changes.append(new))
    run(map.words.add("w2, w3"))
    assert words(map) == [*START, "w2", "w3"] and changes == []
    chosen(map, MINE)
    assert len(changes) == 1


def test_the_commonest_are_those_of_the_set_spelled_as_it_has_them(map):
    assert chosen(map, COMMON) == [f"w{i}" for i in range(300)]
    assert set(map.view.words.data["category"]) == {UNSORTED}
    assert list(map.view.planes.data["name"])[0] == "pca" and map.view.pairs.data["start"] == []
    on(map, "mine", small_set(["France", "paris", *START[:15]]))
    assert list(zip(words(map), map.view.words.data["name"]))[:2] == [("france", "France"), ("paris", "paris")]


def test_my_list_is_the_users_words_and_their_categories_choose_the_plane(map):
    assert chosen(map, MINE) == [] and "Your list is empty" in map.state.source_message
    run(map.words.categorise("a: w1, w2, w3\nb: w11, w12\nc: w21, w22"))
    run(map.words.add("w99"))
    assert words(map) == ["w99", "w1", "w2", "w3", "w11", "w12", "w21", "w22"]
    assert list(map.view.planes.data["name"])[0] == "chosen"
    assert map.view.categories.labels[-3:] == ["a", "b", "c"] and len(map.view.categories.active) == len(
        [*CATEGORIES, ADDED, UNSORTED, "a", "b", "c"]
    )


def test_without_all_vectors_the_pages_words_stay(map, monkeypatch):
    async def fails(name, progress=None):
        raise OSError("no connection")

    monkeypatch.setattr(map.sources, "vectors", fails)
    assert chosen(map, COMMON) == START and "could not be loaded (no connection)" in map.state.source_message
    map.words.reset()
    assert words(map) == START


def test_near_a_word_are_its_neighbours_among_all(map):
    run(map.shown.go_near(""))  # it may come before the choice, or after it
    assert chosen(map, NEAR) == START
    run(map.shown.go_near(""))
    assert words(map) == START and "Select a word" in map.state.source_message
    run(map.shown.go_near("w7"))
    expected = [word for word, _ in Glove().all.neighbours("w7", 60)]
    assert words(map) == ["w7", *expected] and "w7 and the 60 nearest" in map.state.source_message
    run(map.shown.go_near("nonesuch"))
    assert words(map) == ["w7", *expected] and "“nonesuch” is not among" in map.state.source_message


def test_a_set_that_lacks_most_of_the_pages_words_shows_its_own_and_says_why(map):
    planes = [axes.copy() for axes in map.view.planes.data["axes"]]
    before = words(map)
    on(map, "mine", small_set([f"v{i}" for i in range(900)] + START[:8]))
    assert words(map) == [f"v{i}" for i in range(300)] and map.state.show == COMMON
    assert map.state.source_message == (
        "mine: 908 words, 6 numbers each. Only 8 of the page’s 52 words are among them, so the map shows its 300 "
        "commonest."
    )
    map.state.source = GLOVE
    run(map.change())
    assert words(map) == before and (map.state.show, map.state.source_message) == (PAGE, "")
    np.testing.assert_allclose(map.view.planes.data["axes"], planes, atol=1e-5)


@pytest.mark.parametrize(
    "lacking, message",
    [
        (START[:0], "mine: 60 words, 6 numbers each."),
        (["nyc"], "mine: 59 words, 6 numbers each. Not among them, so not on the map: NYC."),
        (START[:5], "mine: 55 words, 6 numbers each. Not among them, so not on the map: cat, dog, horse and 2 more."),
        (START[:26], "mine: 34 words, 6 numbers each. Not among them, so not on the map: cat, dog, horse and 23 more."),
        (
            START[:27],
            "mine: 33 words, 6 numbers each. Only 25 of the page’s 52 words are among them, so the map shows all of "
            "them.",
        ),
        (
            START,
            "mine: 8 words, 6 numbers each. None of the page’s 52 words is among them, so the map shows all of them.",
        ),
    ],
)
def test_what_is_said_of_a_set(map, lacking, message):
    kept = [word for word in START if word not in lacking]
    on(map, "mine", small_set([*kept, *(f"v{i}" for i in range(8))]))
    assert map.state.source_message == message


def test_the_users_own_choice_of_words_stays_when_the_set_changes(map):
    chosen(map, COMMON)
    on(map, "mine", small_set([*START, "a"]))
    assert map.state.show == COMMON and words(map) == [*START, "a"]
    chosen(map, PAGE)
    on(map, "other", small_set(["b", "c"]))
    chosen(map, PAGE)  # asked for, though none of them is there
    assert words(map) == [] and map.state.source_message.endswith("cat, dog, horse and 49 more.")


# -- what the page asks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, new, says",
    [
        ("w1", ["w1"], "“w1” is on the map."),
        ("cat", [], "“cat” is on the map already."),
        (" W1 ", ["w1"], "“w1” is on the map."),
        ("w1, w2;w3\tw4\nw5", ["w1", "w2", "w3", "w4", "w5"], "5 words are on the map, 5 of them new"),
        ("w1 w2", ["w1", "w2"], "2 words are on the map"),
        ("w1, cat, zzqq", ["w1"], "2 words are on the map, 1 of them new: w1. Not among the 912 known words: zzqq."),
        ("w1, tigerr", ["w1"], "“w1” is on the map. Not among the 912 known words: tigerr (tiger"),
        ("tigerr", [], "“tigerr” is not among the 912 known words; did you mean tiger"),
        (" , ", [], ""),
    ],
)
def test_words_are_added_and_the_unknown_ones_named(map, text, new, says):
    size = len(map.sources._glove.all)
    run(map.words.add(text))
    assert words(map) == [*START, *new]
    assert says.replace("912", f"{size:,}") in map.state.message


def test_one_word_with_a_space_is_one_if_the_set_has_it(map):
    on(map, "phrases", small_set([*START, "new york", "new", "york", "city"]))
    run(map.words.add("new york"))
    assert words(map)[-1] == "new york"
    run(map.words.add("new city"))
    assert words(map)[-2:] == ["new", "city"]


def test_one_added_word_is_selected_and_its_category_on(map):
    map.view.categories.active = [0]
    run(map.words.add("w1"))
    assert [words(map)[i] for i in map.view.words.selected.indices] == ["w1"]
    assert map.view.categories_on() == {"animals", ADDED}
    run(map.words.add("w2, w3"))
    assert [words(map)[i] for i in map.view.words.selected.indices] == ["w1"]


def test_a_word_being_typed_is_spelt(map):
    run(map.words.spell("cat, tigerr"))
    assert "did you mean tiger" in map.state.message
    run(map.words.spell("cat, tiger"))
    assert map.state.message == ""


def test_categories_are_drawn_and_lacking_words_named(map):
    run(map.words.categorise("fruit: w1, ghost, w2\nanimals: w3"))
    data = map.view.words.data
    assert dict(zip(data["word"], data["category"]))["w1"] == "fruit" and "ghost" not in data["word"]
    styles = dict(zip(data["word"], zip(data["colour"], data["marker"])))
    assert styles["w1"] == palette.OWN_STYLES[0] and styles["w3"] == styles["cat"]
    assert map.state.categories_message == "2 categories of yours, with 3 words. Not among the known words: ghost."
    run(map.words.categorise("fruit apple"))
    assert "Line 1" in map.state.categories_message and "w1" in words(map)
    map.words.undo()
    assert words(map) == START and "fruit" not in map.view.categories.labels


class File:
    name = "mine.tsv"

    def __init__(self, data, size=None):
        self.data, self.size = data, size or len(data)

    async def read(self):
        return self.data


def test_a_file_gives_categories_and_one_that_is_too_large_is_refused(map):
    run(map.words.categorise_file(File(b"word\tcategory\nw1\tfruit\nw2\ttools\n")))
    assert map.choice.categories == {"fruit": ["w1"], "tools": ["w2"]}
    run(map.words.categorise_file(File(b"", size=10**8)))
    assert "“mine.tsv” has 100,000,000 bytes" in map.state.categories_message and "w1" in words(map)


def test_a_restored_choice_is_drawn_again(map):
    run(map.words.categorise("fruit: w1, w2"))
    [text] = map.view.choice.data["choice"]
    run(map.words.add("w9"))
    run(map.restore(text))
    assert words(map) == [*START, "w1", "w2"] and map.view.choice.data["choice"] == [text]


def test_of_many_words_the_first_are_named():
    assert listed(["a", "b", "c"]) == "a, b, c" and listed(["a", "b", "c", "d"]) == "a, b, c and 1 more"
