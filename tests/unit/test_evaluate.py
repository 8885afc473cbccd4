import numpy as np
import pytest

from embedlab import evaluate
from embedlab.evaluate import (
    BadTestSet,
    PairScore,
    Tally,
    analogies,
    folded_rows,
    parse_analogies,
    parse_pairs,
    parse_test_set,
    ranks,
    spearman,
    word_pairs,
)
from embedlab.vectors import WordVectors


def test_ranks_by_hand():
    # in order 1 2 2 5: the two 2s share ranks 2 and 3
    assert ranks(np.array([5, 2, 1, 2])).tolist() == [4, 2.5, 1, 2.5]
    assert ranks(np.array([7.0])).tolist() == [1] and ranks(np.empty(0)).tolist() == []


def test_ranks_agree_with_counting():
    draw = np.random.default_rng(0)
    for _ in range(50):
        x = draw.integers(0, 6, draw.integers(1, 12))
        assert ranks(x).tolist() == [(x < v).sum() + ((x == v).sum() + 1) / 2 for v in x]


def test_spearman_by_hand():
    # ranks 1 2 3 4 5 and 2 1 4 3 5: 1 - 6 * (1 + 1 + 1 + 1 + 0) / (5 * 24) = 0.8
    assert spearman(np.array([10, 20, 30, 40, 50]), np.array([0.2, 0.1, 0.4, 0.3, 9])) == pytest.approx(0.8)
    # with a tie: ranks 1 2.5 2.5 4 and 1 2 3 4, less their mean 2.5: 4.5 / sqrt(4.5 * 5)
    assert spearman(np.array([1, 2, 2, 3]), np.array([1, 2, 3, 4])) == pytest.approx(4.5 / np.sqrt(22.5))
    assert spearman(np.array([1, 2, 3]), np.array([30, 20, 10])) == pytest.approx(-1)


def test_spearman_keeps_its_value_when_an_axis_is_stretched():
    draw = np.random.default_rng(1)
    for _ in range(20):
        x, y = draw.normal(size=(2, 30)).round(1)
        rho = spearman(x, y)
        assert -1 <= rho <= 1
        assert spearman(np.exp(x), y**3) == pytest.approx(rho) and spearman(-x, y) == pytest.approx(-rho)


@pytest.mark.parametrize("x,y", [([], []), ([1], [2]), ([1, 1], [1, 2]), ([1, 2, 3], [4, 4, 4])])
def test_no_correlation_where_nothing_varies(x, y):
    assert spearman(np.array(x), np.array(y)) is None


def test_pairs_are_parsed_and_a_bad_line_is_named():
    assert parse_pairs("# a comment\nTiger\tcat\t7.35\n\nold\tnew\t1\n") == [("Tiger", "cat", 7.35), ("old", "new", 1)]
    for line in ("tiger\tcat", "tiger\tcat\thigh", "a\tb\tc\t1", "a\t\t1", "a\tb\tnan", "ice cream, soup, 3, 4"):
        with pytest.raises(BadTestSet, match=f"line 2 is “{line}”"):
            parse_pairs("# x\n" + line)


def test_pairs_of_other_peoples_files_are_parsed_too():
    pairs = [("tiger", "cat", 7.35), ("ice cream", "soup", -1.0)]
    for text in (
        "Word 1,Word 2,Human (mean)\ntiger,cat,7.35\nice cream, soup, -1\n",
        "tiger;cat;7.35\nice cream;soup;-1",
        "word1\tword2\tscore\r\ntiger\tcat\t7.35\r\n\r\nice cream\tsoup\t-1\r\n",
    ):
        assert parse_pairs(text) == pairs
    assert parse_pairs("tiger cat  7.35\n") == pairs[:1]
    with pytest.raises(BadTestSet, match="line 3 is “word1,word2,score”"):  # headings stand above the pairs
        parse_pairs("word1,word2,score\ntiger,cat,7\nword1,word2,score\n")
    for nothing in ("", "\n# only a comment\n"):
        with pytest.raises(BadTestSet, match="nothing in it"):
            parse_pairs(nothing)


def test_a_test_file_is_read_as_what_it_is():
    questions = ": family\nking queen man woman\n"
    assert (
        parse_test_set("# mine\n" + questions)
        == parse_analogies(questions)
        == {"family": [("king", "queen", "man", "woman")]}
    )
    assert parse_test_set("tiger cat 7.35") == [("tiger", "cat", 7.35)]
    with pytest.raises(BadTestSet, match="line 1 is “king queen man woman”.*below a line such as “: family”"):
        parse_test_set("king queen man woman")
    with pytest.raises(BadTestSet, match="line 1 is “king queen”: it needs two words and a number"):
        parse_test_set("king queen")


def test_word_pairs_by_hand():
    # cosines: east-north 0, east-up 0.6, north-up 0.8, east-east 1
    vectors = WordVectors(["East", "north", "up", "east"], [[2, 0], [0, 1], [3, 4], [-1, 0]])
    judged = [
        ("EAST", "north", 1.0),
        ("east", "up", 2.0),
        ("north", "up", 9.0),
        ("east", "east", 10.0),
        ("up", "down", 5),
    ]
    assert word_pairs(vectors, judged) == PairScore(pytest.approx(1), 4, 5)
    assert word_pairs(vectors, [("x", "y", 1.0)]) == PairScore(None, 0, 1)
    assert word_pairs(vectors, judged[:1]) == PairScore(None, 1, 1)
    assert word_pairs(vectors, []) == PairScore(None, 0, 0)


def test_the_most_frequent_spelling_stands_for_all():
    assert folded_rows(["Us", "the", "US", "The"]) == {"us": 0, "the": 1}


def test_analogies_are_parsed_and_a_bad_line_is_named():
    text = ": one\na b c d\n\n: two\nE f g h\ni j k l\n"
    assert parse_analogies(text) == {"one": [("a", "b", "c", "d")], "two": [("E", "f", "g", "h"), ("i", "j", "k", "l")]}
    with pytest.raises(BadTestSet, match="line 2 is “a b c”"):
        parse_analogies(": one\na b c")
    with pytest.raises(BadTestSet, match="line 1 is “a b c d”: it needs four words, below a line"):
        parse_analogies("a b c d")


# The man and the woman of three ranks, exactly a step apart; "pear" far from all.
PEOPLE = WordVectors(
    ["man", "woman", "king", "queen", "pear", "prince", "princess"],
    [[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1], [-1, -1, -1], [1, 0, 2], [1, 1, 2]],
)
QUESTIONS = {
    "royal": [("man", "woman", "king", "queen"), ("Man", "woman", "king", "pear")],
    "none": [("man", "woman", "duke", "duchess")],
    "late": [("man", "woman", "prince", "princess")],
}


def brute_force(vectors, a, b, c):
    """The answer by `WordVectors.analogy`, which forms b - a + c itself."""
    return vectors.analogy(a.lower(), b.lower(), c.lower(), n=1)[0][0]


def test_tallies_of_categories_by_hand():
    assert brute_force(PEOPLE, "man", "woman", "king") == "queen"
    assert brute_force(PEOPLE, "man", "woman", "prince") == "princess"
    *_, score = analogies(PEOPLE, QUESTIONS)
    assert score.categories == {"royal": Tally(1, 2, 2, 2), "none": Tally(0, 0, 0, 1), "late": Tally(1, 1, 1, 1)}
    assert score.overall == Tally(2, 3, 3, 4) and score.overall.accuracy == 2 / 3 and score.restricted_to == 7
    assert score.categories["none"].accuracy is None


def test_rare_words_are_neither_asked_about_nor_answers():
    *_, score = analogies(PEOPLE, QUESTIONS, restrict_to=5)
    assert score.overall == Tally(1, 2, 2, 4) and score.restricted_to == 5


def test_analogies_agree_with_asking_one_at_a_time(monkeypatch):
    draw = np.random.default_rng(0)
    words = [f"w{i}" for i in range(60)]
    vectors = WordVectors(words, draw.normal(size=(60, 8)))
    questions = [tuple(draw.choice(words, 3, replace=False)) for _ in range(300)]
    questions = [(a, b, c, brute_force(vectors, a, b, c) if i % 3 else "w0") for i, (a, b, c) in enumerate(questions)]
    right = sum(brute_force(vectors, a, b, c) == d for a, b, c, d in questions)
    for step in (100, 3_000_000):
        monkeypatch.setattr(evaluate, "STEP", step)
        *_, score = analogies(vectors, {"all": questions})
        assert 200 <= right < 300 and score.overall == Tally(right, 300, 300, 300)


def test_progress_only_grows_and_may_be_left():
    scores = list(analogies(PEOPLE, QUESTIONS))
    asked = [score.overall.asked for score in scores]
    assert asked[0] == 0 and asked == sorted(asked) and asked[-1] == 3 and len(scores) > 4
    assert all(score.overall.covered == 3 for score in scores)


def test_no_questions_give_an_empty_score():
    *_, score = analogies(PEOPLE, {})
    assert score.overall == Tally(0, 0, 0, 0) and score.overall.accuracy is None
