from itertools import combinations, permutations
from math import factorial

import numpy as np
import pytest

from embedlab.vectors import WordVectors
from embedlab.weat import associations, effect_size, p_value
from embedlab.words import UnknownWord


def cosine(a, b):
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


def test_an_association_is_a_difference_of_mean_cosines():
    rng = np.random.default_rng(0)
    vectors = WordVectors("abcdefgh", rng.normal(size=(8, 5)))
    rows = dict(zip("abcdefgh", vectors.matrix.astype(float)))
    expected = [
        np.mean([cosine(rows[w], rows[a]) for a in "ab"]) - np.mean([cosine(rows[w], rows[b]) for b in "cde"])
        for w in "abcdefgh"
    ]
    np.testing.assert_allclose(associations(vectors, list("ab"), list("cde")), expected, atol=1e-6)


def test_an_unknown_word_is_named_and_an_empty_set_refused():
    vectors = WordVectors(["man", "woman"], np.eye(2))
    with pytest.raises(UnknownWord, match="“wonan”.*did you mean woman"):
        associations(vectors, ["man"], ["wonan"])
    with pytest.raises(ValueError, match="B 0: give both at least one"):
        associations(vectors, ["man"], [])


def test_the_effect_size_by_hand():
    # means 3 and 1 about a common mean of 2; squares 4 + 0 + 0 + 4 over 4 - 1 words
    assert effect_size([4, 2], [2, 0]) == pytest.approx(2 / (8 / 3) ** 0.5)
    assert effect_size([2, 0], [4, 2]) == pytest.approx(-2 / (8 / 3) ** 0.5)


def test_equal_sets_have_no_effect_and_no_spread_has_no_size():
    assert effect_size([1, 2], [2, 1]) == 0
    with pytest.raises(ValueError, match="same association"):
        effect_size([1, 1], [1, 1])


@pytest.mark.parametrize("sizes", [(3, 3), (2, 4)])
def test_p_against_every_order_of_the_words(sizes):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        x, y = rng.normal(0.5, 1, sizes[0]), rng.normal(size=sizes[1])
        further = sum(
            np.mean(order[: len(x)]) - np.mean(order[len(x) :]) >= x.mean() - y.mean() - 1e-9
            for order in permutations([*x, *y])
        )
        assert p_value(x, y) == pytest.approx(further / factorial(6))


def test_p_is_one_partition_of_all_where_the_sets_lie_apart_and_all_the_other_way_round():
    x, y = np.arange(8) + 10.0, np.arange(8.0)
    assert p_value(x, y) == 1 / len(list(combinations(range(16), 8)))
    assert p_value(y, x) == 1


def test_words_of_the_same_association_count_as_far():
    assert p_value([1, 0], [1, 0]) == 5 / 6  # of the 6 sums 0 1 1 1 1 2, at least 1


def test_sampled_p_comes_near_the_exact_one_with_the_same_seed_and_is_never_zero():
    rng = np.random.default_rng(4)
    x, y = rng.normal(0.7, 1, 8), rng.normal(size=8)
    exact, sampled = p_value(x, y), p_value(x, y, exact=4000, seed=1)
    assert abs(sampled - exact) < 4 * (exact / 4000) ** 0.5
    assert sampled == p_value(x, y, exact=4000, seed=1) != p_value(x, y, exact=4000, seed=2)
    assert p_value(np.arange(20) + 100.0, np.arange(20.0), exact=99) == 1 / 100


@pytest.mark.parametrize("x, y", [([1], [2, 3]), ([[1, 2]], [3, 4]), ([1, np.nan], [3, 4])])
def test_too_few_or_odd_numbers_are_refused(x, y):
    for measure in (effect_size, p_value):
        with pytest.raises(ValueError, match="give two or more finite numbers each"):
            measure(x, y)
