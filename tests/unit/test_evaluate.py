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


def counts(tally):
    return tally.correct, tally.asked, tally.covered, tally.total


def brute_force(vectors, a, b, c):
    """The answer by `WordVectors.analogy`, which forms b - a + c itself."""
    return vectors.analogy(a.lower(), b.lower(), c.lower(), n=1)[0][0]


def test_tallies_of_categories_by_hand():
    assert brute_force(PEOPLE, "man", "woman", "king") == "queen"
    assert brute_force(PEOPLE, "man", "woman", "prince") == "princess"
    *_, score = analogies(PEOPLE, QUESTIONS)
    assert {name: counts(tally) for name, tally in score.categories.items()} == {
        "royal": (1, 2, 2, 2),
        "none": (0, 0, 0, 1),
        "late": (1, 1, 1, 1),
    }
    assert counts(score.overall) == (2, 3, 3, 4) and score.overall.accuracy == 2 / 3 and score.restricted_to == 7
    assert score.categories["none"].accuracy is None and score.categories["none"].share(0) is None


def test_rare_words_are_neither_asked_about_nor_answers():
    *_, score = analogies(PEOPLE, QUESTIONS, restrict_to=5)
    assert counts(score.overall) == (1, 2, 2, 4) and score.restricted_to == 5


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
        assert 200 <= right < 300 and counts(score.overall) == (right, 300, 300, 300)


# -- how a score comes about ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows, expected",
    [
        # b - a + c is (-0.2, 1, 0.6): walked 0.2, swim 1, swam 0.8 + 0.36; the nearest to swim alone is swam, 0.8
        ([[1, 0, 0], [0.8, 0, 0.6], [0, 1, 0], [0, 0.8, 0.6], [0, 0, 1]], Tally(1, 1, 1, 1, kept=1, near_c=1)),
        # the second step goes the other way: swim 1, the fifth word 0.6, swam 0.8 - 0.36; next to swim is swam again
        ([[1, 0, 0], [0.8, 0, 0.6], [0, 1, 0], [0, 0.8, -0.6], [0, 0, 1]], Tally(0, 1, 1, 1, gives_c=1, near_c=1)),
        # a and c are near, so b - a + c is near b, 1; the answer is second, 0.96 - 0.0784; next to c is a
        ([[1, 0, 0], [0, 0, 1], [0.96, 0.28, 0], [0, -0.28, 0.96], [0, 1, 0]], Tally(1, 1, 1, 1, gives_b=1)),
    ],
)
def test_an_autopsy_by_hand(rows, expected):
    words = ["walk", "walked", "swim", "swam", "fifth"]
    *_, score = analogies(WordVectors(words, rows), {"past": [tuple(words[:4])]})
    assert score.overall == expected


def by_loops(vectors, a, b, c, answer):
    """What a question adds to correct, kept, gives_b, gives_c and near_c: scores by whole numbers, one word at a time.

    vectors: {word: four numbers, halves}; of words with equal scores the first is the answer.
    """

    def best(target, barred=()):
        products = {
            word: sum(int(2 * x) * int(2 * y) for x, y in zip(vector, target))
            for word, vector in vectors.items()
            if word not in barred
        }
        return max(products, key=products.get) if products else None  # the first of equals

    target = [y - x + z for x, y, z in zip(vectors[a], vectors[b], vectors[c])]
    kept = best(target)
    return [best(target, (a, b, c)) == answer, kept == answer, kept == b, kept == c, best(vectors[c], (c,)) == answer]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 8, 40])
def test_an_autopsy_agrees_with_loops_where_scores_tie_and_words_repeat(monkeypatch, size):
    draw = np.random.default_rng(size)
    halves = np.array([*np.eye(4), *-np.eye(4), *np.array(np.meshgrid(*[[-0.5, 0.5]] * 4)).reshape(4, -1).T])
    rows = halves[draw.integers(0, len(halves), size)]  # of length 1, all products exact, many rows alike
    words = [f"w{i}" for i in range(size)]
    questions = [tuple(question) for question in draw.choice(words, (400, 4)).tolist()]
    expected = np.sum([by_loops(dict(zip(words, rows.tolist())), *question) for question in questions], axis=0)
    assert size < 4 or all(expected > 0)
    for step in (50, 3_000_000):
        monkeypatch.setattr(evaluate, "STEP", step)
        *_, score = analogies(WordVectors(words, rows), {"all": questions})
        tally = score.overall
        found = [tally.correct, tally.kept, tally.gives_b, tally.gives_c, tally.near_c]
        assert found == expected.tolist() and counts(tally)[1:] == (400, 400, 400)


def test_an_autopsy_agrees_with_asking_one_at_a_time():
    draw = np.random.default_rng(3)
    words = [f"w{i}" for i in range(60)]
    vectors = WordVectors(words, draw.normal(size=(60, 4)))
    questions = [tuple(draw.choice(words, 3, replace=False)) for _ in range(300)]
    questions = [(*question, vectors.neighbours(question[2], 1)[0][0]) for question in questions]
    kept = [vectors.analogy(a, b, c, n=1, keep_inputs=True)[0][0] for a, b, c, _ in questions]
    *_, score = analogies(vectors, {"all": questions})
    tally = score.overall
    assert tally.near_c == 300 and tally.share(tally.near_c) == 1
    for count, place in ((tally.gives_b, 1), (tally.gives_c, 2), (tally.kept, 3)):
        assert count == sum(word == question[place] for word, question in zip(kept, questions)) > 0


def test_progress_only_grows_and_may_be_left():
    scores = list(analogies(PEOPLE, QUESTIONS))
    asked = [score.overall.asked for score in scores]
    assert asked[0] == 0 and asked == sorted(asked) and asked[-1] == 3 and len(scores) > 4
    assert all(score.overall.covered == 3 for score in scores)


def test_no_questions_give_an_empty_score():
    *_, score = analogies(PEOPLE, {})
    assert score.overall == Tally(0, 0, 0, 0) and score.overall.accuracy is None
