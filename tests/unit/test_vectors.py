import numpy as np
import pytest

from embedlab.vectors import BadVectors, WordVectors, mean_offset_cosine
from embedlab.words import UnknownWord

# sex along the first axis, royalty along the second, food along the third; lengths differ on purpose
ROYAL = WordVectors(
    ["man", "woman", "king", "queen", "pizza", "salad"],
    [[3, 0, 0], [-1, 0, 0], [2, 2, 0], [-5, 5, 0], [0, 0, 1], [0, 1, 9]],
)
SQRT_HALF = 0.5**0.5


def unit(x):
    return np.asarray(x) / np.linalg.norm(x)


@pytest.fixture(scope="module")
def random_vectors():
    return WordVectors([f"w{i}" for i in range(200)], np.random.default_rng(0).normal(size=(200, 10)))


def test_a_vector_is_the_row_as_given():
    assert ROYAL.vector("queen").tolist() == [-5, 5, 0] and ROYAL.matrix.dtype == np.float32
    assert len(ROYAL) == 6 and "king" in ROYAL and "prince" not in ROYAL


def test_cosines_by_hand():
    assert ROYAL.cosine("man", "woman") == -1
    assert ROYAL.cosine("man", "king") == pytest.approx(SQRT_HALF)  # (1, 0)·(1, 1)/√2
    assert ROYAL.cosine("king", "queen") == pytest.approx(0)


def test_neighbours_by_hand():
    # of king (1, 1, 0)/√2: man (1, 0, 0) has √½, salad (0, 1, 9)/√82 has √½/√82, queen and pizza 0, woman -√½
    found = ROYAL.neighbours("king")
    assert [word for word, _ in found[:2]] == ["man", "salad"] and found[4][0] == "woman"
    expected = [SQRT_HALF, SQRT_HALF / 82**0.5, 0, 0, -SQRT_HALF]
    assert [cosine for _, cosine in found] == pytest.approx(expected, abs=1e-7)


def test_equal_neighbours_stand_in_the_order_of_the_words():
    vectors = WordVectors(list("abcdef"), [[1, 0], [0, 2], [0, 1], [0, -1], [0, 3], [1, 0]])
    assert [word for word, _ in vectors.neighbours("a", n=3)] == ["f", "b", "c"]


def test_neighbours_leave_out_the_word_and_the_excluded():
    found = [word for word, _ in ROYAL.neighbours("king", n=9, exclude=["man", "pizza"])]
    assert found == ["salad", "queen", "woman"]


def test_neighbours_of_a_vector_include_every_word():
    assert ROYAL.neighbours([0, 0, 7.0], n=1) == [("pizza", 1.0)]
    assert len(ROYAL.neighbours([1.0, 0, 0], n=99)) == 6


def test_neighbours_agree_with_a_full_sort(random_vectors):
    cosines = {
        w: float(np.dot(unit(random_vectors.vector(w)), unit(random_vectors.vector("w7"))))
        for w in random_vectors.words
        if w != "w7"
    }
    expected = sorted(cosines, key=cosines.get, reverse=True)[:20]
    assert [word for word, _ in random_vectors.neighbours("w7", n=20)] == expected


def test_ranks_by_hand():
    # of king, as above: man, salad, two with cosine 0, woman
    assert [ROYAL.rank("king", word) for word in ("man", "salad", "woman")] == [1, 2, 5]
    assert ROYAL.rank("salad", "king") > 1  # salad (0, 1, 9)/√82 is king's second; of salad, pizza is the first


def test_equal_words_have_ranks_in_the_order_of_the_words():
    vectors = WordVectors(list("abcdef"), [[1, 0], [0, 2], [0, 1], [0, -1], [0, 3], [1, 0]])
    assert [vectors.rank("a", word) for word in "bcdef"] == [2, 3, 4, 5, 1]
    assert [vectors.rank("f", word) for word in "abcde"] == [1, 2, 3, 4, 5]


def test_a_rank_is_the_place_among_the_neighbours_also_of_equal_ones_and_of_zeros():
    rows = np.random.default_rng(1).integers(-1, 2, size=(40, 3))  # of 27 different rows, so that many are equal
    vectors = WordVectors([f"w{i}" for i in range(40)], rows)
    assert (rows == 0).all(axis=1).any()
    for word in vectors.words:
        ranks = [vectors.rank(word, other) for other, _ in vectors.neighbours(word, n=39)]
        assert ranks == list(range(1, 40))


def test_a_word_has_no_rank_among_its_own_neighbours():
    with pytest.raises(ValueError, match="“king” is no neighbour of itself"):
        ROYAL.rank("king", "king")
    with pytest.raises(UnknownWord, match="“prince”"):
        ROYAL.rank("king", "prince")


def test_man_is_to_king_as_woman_is_to_queen_by_hand():
    # unit vectors: king - man + woman = (1/√2 - 2, 1/√2, 0); its cosine with queen (-1, 1, 0)/√2 is
    # (2 - 1/√2 + 1/√2)/√2 / |.| = √2 / √((1/√2 - 2)² + 1/2)
    (word, score), *_ = ROYAL.analogy("man", "king", "woman")
    assert word == "queen"
    assert score == pytest.approx(2**0.5 / ((SQRT_HALF - 2) ** 2 + 0.5) ** 0.5)


def test_analogy_uses_unit_vectors():
    # with the vectors as given, big - a + c points along b (length 100) and y wins; with unit ones x does
    vectors = WordVectors(list("abcxy"), [[1, 0, 0], [0, 100, 0], [0, 0, 1], [-1, 1, 1], [-0.01, 1, 0.01]])
    assert vectors.analogy("a", "b", "c")[0][0] == "x"


def test_multiplication_by_hand():
    # shifted cosines (1 + cos)/2 of queen with king 1/2, with woman (1 + √½)/2, with man (1 - √½)/2
    (word, score), *_ = ROYAL.analogy("man", "king", "woman", method="mul")
    assert word == "queen"
    assert score == pytest.approx(0.5 * (1 + SQRT_HALF) / 2 / ((1 - SQRT_HALF) / 2 + 1e-3), rel=1e-5)


def test_both_methods_agree_with_plain_loops(random_vectors):
    A, B, C = (unit(random_vectors.vector(w)) for w in ("w1", "w2", "w3"))
    rows = {w: unit(random_vectors.vector(w)) for w in random_vectors.words}
    add = {w: x @ unit(B - A + C) for w, x in rows.items()}
    mul = {w: (1 + x @ B) / 2 * (1 + x @ C) / 2 / ((1 + x @ A) / 2 + 0.001) for w, x in rows.items()}
    for method, scores in (("add", add), ("mul", mul)):
        ranked = sorted(scores, key=scores.get, reverse=True)
        kept = random_vectors.analogy("w1", "w2", "w3", n=8, method=method, keep_inputs=True)
        assert [w for w, _ in kept] == ranked[:8]
        np.testing.assert_allclose([s for _, s in kept], [scores[w] for w in ranked[:8]], rtol=1e-4)
        left = random_vectors.analogy("w1", "w2", "w3", n=8, method=method)
        assert [w for w, _ in left] == [w for w in ranked if w not in ("w1", "w2", "w3")][:8]


def test_with_inputs_kept_an_input_may_win():
    vectors = WordVectors(["king", "man", "woman", "queen"], [[5, 1, 3], [1, 1, 0], [1, -1, 0], [4, -2, 3]])
    assert vectors.analogy("man", "king", "woman")[0][0] == "queen"
    close = WordVectors(["king", "man", "woman", "far"], [[9, 1, 0], [9, 2, 0], [9, 2, 1], [0, 0, -1]])
    assert close.analogy("man", "king", "woman", keep_inputs=True)[0][0] == "woman"
    assert close.analogy("man", "king", "woman")[0][0] == "far"


def test_an_unknown_method_is_named():
    with pytest.raises(ValueError, match="method is 'plus': choose \"add\""):
        ROYAL.analogy("man", "king", "woman", method="plus")


def test_odd_one_out_by_hand():
    # unit vectors (1,0,0), (1,1,0)/√2, (0,0,1): mean (1 + √½, √½, 1)/3; products with it, times 3:
    # 1 + √½, √½ (1 + √½ + √½), 1
    word, scores = ROYAL.odd_one_out(["man", "king", "pizza"])
    assert word == "pizza"
    assert scores == pytest.approx({"man": (1 + SQRT_HALF) / 3, "king": (SQRT_HALF + 1) / 3, "pizza": 1 / 3})


def test_odd_one_out_has_the_lowest_mean_cosine_with_the_others(random_vectors):
    for first in range(0, 180, 9):
        words = random_vectors.words[first : first + 6]
        mean = {a: np.mean([random_vectors.cosine(a, b) for b in words if b != a]) for a in words}
        assert random_vectors.odd_one_out(words)[0] == min(mean, key=mean.get)


@pytest.mark.parametrize("words", [[], ["man", "king"], ["man", "king", "man"]])
def test_odd_one_out_wants_three_different_words(words):
    with pytest.raises(ValueError, match="give three or more different words"):
        ROYAL.odd_one_out(words)


def test_direction_by_hand():
    # woman - man = (-2, 0, 0); queen - king = (-2/√2, 0, 0): the mean points along (-1, 0, 0)
    direction = ROYAL.direction([("man", "woman"), ("king", "queen")])
    assert direction == pytest.approx([-1, 0, 0], abs=1e-6)


def test_directions_that_cancel_or_are_missing_are_errors():
    with pytest.raises(ValueError, match="cancel out: give pairs that point one way"):
        ROYAL.direction([("man", "woman"), ("woman", "man")])
    with pytest.raises(ValueError, match="there are no pairs"):
        ROYAL.direction([])


def test_words_along_a_direction_by_hand():
    # unit vectors along (0, 2, 0): king √½, queen √½, salad 1/√82, man, woman and pizza 0 in the order of the words
    found = ROYAL.along([0, 2, 0])
    assert [word for word, _ in found] == ["king", "queen", "salad", "man", "woman", "pizza"]
    assert [reach for _, reach in found] == pytest.approx([SQRT_HALF, SQRT_HALF, 82**-0.5, 0, 0, 0])
    assert ROYAL.along([0, -1, 0], ["king", "pizza"]) == [("pizza", 0), ("king", pytest.approx(-SQRT_HALF))]


@pytest.mark.parametrize(
    "call,message",
    [
        (lambda: ROYAL.along([0, 0, 0]), "the direction is zero everywhere"),
        (lambda: ROYAL.along([1, 0]), "give 3 finite numbers"),
    ],
)
def test_a_direction_that_is_none_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_mean_offset_cosine_by_hand():
    # offsets east, north-east, north: cosines √½, √½, 0 of the three pairs of offsets
    starts = [[0, 0], [5, 5], [-1, 2]]
    ends = [[3, 0], [6, 6], [-1, 9]]
    assert mean_offset_cosine(starts, ends) == pytest.approx(2 * SQRT_HALF / 3)


def test_mean_offset_cosine_counts_a_zero_offset_as_zero():
    # east, east, none: cosines 1, 0, 0
    assert mean_offset_cosine([[0, 0], [1, 1], [2, 2]], [[1, 0], [4, 1], [2, 2]]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("starts,ends", [([[0, 0]], [[1, 1]]), ([[0, 0], [1, 1]], [[1, 1]])])
def test_mean_offset_cosine_wants_two_pairs(starts, ends):
    with pytest.raises(ValueError, match="give two or more pairs"):
        mean_offset_cosine(starts, ends)


def test_unknown_words_are_named_with_suggestions():
    for ask in (
        ROYAL.vector,
        ROYAL.neighbours,
        ROYAL.index,
        lambda w: ROYAL.analogy("man", "king", w),
        lambda w: ROYAL.cosine("man", w),
        lambda w: ROYAL.odd_one_out(["man", "king", w]),
        lambda w: ROYAL.direction([("man", w)]),
        lambda w: ROYAL.neighbours("man", exclude=[w]),
    ):
        with pytest.raises(UnknownWord, match="“quene” .* did you mean queen") as caught:
            ask("quene")
        assert caught.value.suggestions == ["queen"]


@pytest.mark.parametrize(
    "words,matrix,message",
    [
        (["a", "b"], np.eye(3), r"2 words, but the matrix has shape \(3, 3\)"),
        (["a", "b"], np.ones(2), r"the matrix has shape \(2,\)"),
        (["a", "b", "c", "b"], np.eye(4), "“b” stands in row 1 and in row 3: keep one"),
        (["a", "b"], [[1, 2], [np.inf, 0]], r"the vector of “b” \(row 1\) holds a number that is not finite"),
    ],
)
def test_bad_vectors_are_refused(words, matrix, message):
    with pytest.raises(BadVectors, match=message):
        WordVectors(words, matrix)


def test_a_zero_row_has_cosine_zero():
    vectors = WordVectors(["a", "zero"], [[1, 2], [0, 0]])
    assert vectors.cosine("a", "zero") == 0 and vectors.neighbours("zero") == [("a", 0.0)]


@pytest.mark.parametrize("vector", [[1.0, 2.0], [1.0, 2.0, np.nan]])
def test_a_query_vector_must_fit(vector):
    with pytest.raises(ValueError, match="give 3 finite numbers"):
        ROYAL.neighbours(vector)


def test_asking_for_no_neighbours_is_an_error():
    with pytest.raises(ValueError, match="n is 0: ask for 1 or more"):
        ROYAL.neighbours("king", n=0)


@pytest.mark.parametrize("size", [1e-44, 1e-30, 1e-20, 1e-3, 1, 1e6, 1e20, 1e38])
def test_cosines_are_right_and_never_beyond_1_whatever_the_size_of_the_numbers(size):
    rows = np.random.default_rng(0).integers(-3, 4, (60, 7)) * size
    rows[7] = rows[3]
    vectors = WordVectors([f"w{i}" for i in range(60)], rows)
    A = vectors.matrix.astype(np.float64)
    lengths = np.linalg.norm(A, axis=1)
    expected = A @ A.T / np.outer(lengths, lengths)
    for i in range(60):
        cosines = dict(vectors.neighbours(f"w{i}", 59))
        assert max(cosines.values()) <= 1 and min(cosines.values()) >= -1
        assert cosines == pytest.approx({f"w{j}": expected[i, j] for j in range(60) if j != i}, abs=1e-6)
        assert vectors.cosine(f"w{i}", f"w{i}") == pytest.approx(1) and vectors.cosine(f"w{i}", f"w{i}") <= 1
    assert max(score for _, score in vectors.along(A[3])) <= 1
    assert max(score for _, score in vectors.analogy("w1", "w1", "w3", 9, keep_inputs=True)) <= 1


def test_the_mean_cosine_of_parallel_offsets_is_1_at_most():
    for seed in range(200):
        start = np.random.default_rng(seed).normal(size=(9, 7))
        assert mean_offset_cosine(start, start + np.random.default_rng(seed + 1).normal(size=7)) <= 1
