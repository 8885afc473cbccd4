"""What the user asks of models with words and tests of their own; models that are the same."""

import numpy as np
import pytest

from embedlab.evaluate import analogies, parse_analogies
from embedlab.formats import write
from embedlab.vectors import WordVectors
from tests.browser.conftest import NO_VIOLATIONS, Lab
from tests.browser.test_models import load, tick

WORDS = ["cat", "dog", "red", "blue", "king", "queen", "man", "woman"]
PAIRS = "Word 1,Word 2,Mean\ncat,dog,9\nred,blue,8\ncat,red,1\nking,qwzx,5\n"
QUESTIONS = ": family\nman king woman queen\nking man queen woman\nking man queen qwzx\n: colours\ncat red dog king\n"


def model(turn=None):
    """king - man + woman is queen, exactly, and the other way round; cat and dog are near, red and blue nearer."""
    rows = dict(zip(WORDS, np.zeros((len(WORDS), 5))))
    rows["cat"][:2], rows["dog"][:2] = (1, 0), (0.8, 0.6)
    rows["red"][:3], rows["blue"][:3] = (0.1, 0, 1), (0, 0.1, 1)
    rows["man"][3], rows["woman"][4] = 1, 1
    rows["king"][[2, 3]], rows["queen"][[2, 4]] = 1, 1
    matrix = np.array(list(rows.values()))
    return WordVectors(WORDS, matrix if turn is None else matrix @ turn)


@pytest.fixture(scope="module")
def own(browser, site):
    """A live page with a model, its copy, and a turned one; the tests share it, in their order."""
    lab = Lab(browser, site, permissions=["clipboard-read", "clipboard-write"]).open().ready()
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(5, 5)))[0]
    for name, vectors in [("one.txt", model()), ("copy.txt", model()), ("turned.txt", model(turn))]:
        load(lab, name, write(vectors, "word2vec-text"))
        lab.says("models-file-message", f"{name} is loaded")
    yield lab
    lab.close()


def compare(lab, *names):
    tick(lab, *names)
    lab.press("Compare", "models-choice")


@pytest.mark.parametrize(
    "other, says",
    [
        ("copy.txt", "The two models are identical: the same 8 words, the same numbers."),
        ("turned.txt", "The two models are the same but for a turn: their 8 shared words lie on one another."),
    ],
)
def test_models_that_are_the_same_are_said_to_be(own, other, says):
    compare(own, "one.txt", other)
    own.says("models-compare-message", says)
    assert own.column("models-changes", "word") == []
    assert own.page.locator("#models-changes").is_hidden() and own.page.locator("#models-pair").is_visible()


def add_test(lab, name, text):
    file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    lab.page.set_input_files("input[data-file=models-test]", file)


def rows(lab):
    """{(model, test, section): (score, of, total)} of the user's tests."""
    columns = ("own", "model", "test", "section", "score", "of", "total")
    table = zip(*(lab.column("models-scores", name) for name in columns))
    return {tuple(key): tuple(value) for own, *rest in table if own for key, value in [(rest[:3], rest[3:])]}


def score(lab):
    lab.press("Score", "models-scoring")
    lab.wait("!model('models-score').disabled && model('models-score-message').text === ''")


def test_tests_of_the_users_own_are_scored_by_section_with_their_coverage(own):
    tick(own, "one.txt")
    add_test(own, "pairs.csv", PAIRS)
    own.says("models-score-message", "pairs.csv is there: 4 word pairs. Press Score")
    add_test(own, "questions.txt", QUESTIONS)
    own.says("models-score-message", "questions.txt is there: 4 analogies in 2 sections")
    score(own)
    # cosines: red-blue 0.99, cat-dog 0.8, cat-red 0.1; people: cat-dog, red-blue, cat-red: ranks 2 3 1 and 3 2 1
    rho = 1 - 6 * (1 + 1 + 0) / (3 * 8)
    assert rows(own) == {
        ("one.txt", "pairs.csv", ""): (pytest.approx(rho), 3, 4),
        ("one.txt", "questions.txt", ""): (pytest.approx(2 / 3), 3, 4),
        ("one.txt", "questions.txt", "family"): (1, 2, 3),
        ("one.txt", "questions.txt", "colours"): (0, 1, 1),  # the answer is blue
    }
    text = own.page.inner_text("#models-scores")
    assert f"{rho:.3f}" in text and "3 of 4" in text
    own.page.locator("#models-categories summary").click()
    section = own.page.locator("#models-categories tr", has_text="questions.txt: family")
    assert "100.0%" in section.inner_text() and "2 of 3" in section.inner_text()
    *_, taken_apart = analogies(model(), parse_analogies(QUESTIONS))
    for name, tally in (taken_apart.categories | {"all sections": taken_apart.overall}).items():
        row = own.page.locator("#models-categories tr", has_text=f"questions.txt: {name}").locator("td")
        counts = (tally.correct, tally.kept, tally.gives_b, tally.gives_c, tally.near_c)
        assert row.all_inner_texts() == [f"{100 * count / tally.asked:.1f}%" for count in counts]


def test_another_file_of_the_same_name_takes_the_place_of_the_first(own):
    add_test(own, "pairs.csv", "cat,dog,9\nred,blue,10\ncat,red,1\n")
    own.says("models-score-message", "pairs.csv is there: 3 word pairs")
    assert ("one.txt", "pairs.csv", "") not in rows(own)
    score(own)
    assert rows(own)["one.txt", "pairs.csv", ""] == (pytest.approx(1), 3, 3)


@pytest.mark.parametrize(
    "text, why",
    [
        ("cat,dog,9\ncat,dog\n", "“bad.txt”: line 2 is “cat,dog”: it needs two words and a number"),
        (": family\nking man queen\n", "“bad.txt”: line 2 is “king man queen”: it needs four words"),
        ("", "“bad.txt”: there is nothing in it"),
    ],
)
def test_a_bad_test_is_explained_and_the_others_stay(own, text, why):
    before = rows(own)
    add_test(own, "bad.txt", text)
    own.says("models-score-message", why)
    assert rows(own) == before


def test_a_test_can_be_removed(own):
    own.page.get_by_role("button", name="Remove pairs.csv").click()
    own.says("models-score-message", "pairs.csv is removed")
    assert {test for _, test, _ in rows(own)} == {"questions.txt"}
    score(own)
    assert {test for _, test, _ in rows(own)} == {"questions.txt"}


def test_neighbours_of_several_words_are_listed_and_copied(own):
    tick(own, "one.txt", "turned.txt")
    own.set("models-asked", "value", "king, Cat nyc")
    own.press("List", "models-asking")
    own.says("models-words-message", "No ticked model has “nyc”: choose other words.")
    own.set("models-asked", "value", "king, Cat")
    own.press("List", "models-asking")
    own.page.locator("#models-neighbours tbody tr").nth(3).wait_for()
    expected = [
        (word, name, rank, near, cosine)
        for word in ("king", "Cat")
        for name in ("one.txt", "turned.txt")
        for rank, (near, cosine) in enumerate(model().neighbours(word.lower(), 10), start=1)
    ]
    texts = own.page.locator("#models-neighbours tbody tr").all_inner_texts()
    assert len(texts) == 4 and texts[0].startswith("king\tone.txt\t") and texts[3].startswith("Cat\tturned.txt\t")
    own.page.click("#models-copy")
    own.page.locator("#models-copied", has_text="Copied").wait_for()
    head, *lines = own.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert head.split("\t") == ["word", "model", "rank", "neighbour", "cosine"]
    copied = [line.split("\t") for line in lines]
    assert [line[:3] for line in copied] == [[word, name, str(rank)] for word, name, rank, _, _ in expected]
    np.testing.assert_allclose([float(line[4]) for line in copied], [cosine for *_, cosine in expected], atol=1e-4)
    assert copied[0][3] == expected[0][3] and copied[-1][1] == "turned.txt"


def test_what_is_filled_is_accessible_and_fits_a_phone(own):
    for width in (390, 1280):
        own.page.set_viewport_size({"width": width, "height": 844})
        assert own.page.evaluate("document.documentElement.scrollWidth") <= width
        assert own.violations("#models") == NO_VIOLATIONS


def test_a_removed_model_is_listed_no_more(own):
    own.page.get_by_role("button", name="Remove turned.txt").click()
    own.says("models-table-message", "turned.txt is removed")
    own.wait("model('models-neighbours').get('word').length === 2")
    assert set(own.column("models-neighbours", "model")) == {"one.txt"}
