import math

import numpy as np
import pytest

from embedlab.attention import attend


def test_two_words_at_right_angles_by_hand():
    # X Xᵀ is 2 ln 3 on the diagonal, 0 beside it; with temperature 2 the weights are 3 : 1
    a = math.sqrt(2 * math.log(3))
    Y, A = attend([[a, 0], [0, a]], temperature=2)
    np.testing.assert_allclose(A, [[3 / 4, 1 / 4], [1 / 4, 3 / 4]])
    np.testing.assert_allclose(Y, [[3 / 4 * a, a / 4], [a / 4, 3 / 4 * a]])


def test_the_temperature_is_the_root_of_the_dimensions_unless_given():
    X = np.random.default_rng(0).normal(size=(5, 9))
    for one, two in zip(attend(X), attend(X, temperature=3)):
        np.testing.assert_array_equal(one, two)


def test_each_row_is_a_mean_of_all_words_whatever_their_order():
    X = np.random.default_rng(1).normal(size=(6, 4))
    Y, A = attend(X)
    np.testing.assert_allclose(A.sum(axis=1), 1)
    np.testing.assert_allclose(Y, A @ X)
    order = [3, 0, 5, 1, 4, 2]
    np.testing.assert_allclose(attend(X[order])[0], Y[order])


def test_causal_a_word_sees_those_up_to_itself_and_no_later_ones():
    X = np.random.default_rng(2).normal(size=(5, 4))
    Y, A = attend(X, causal=True)
    for t in range(5):
        of_the_beginning, weights = attend(X[: t + 1])  # a sentence that ends with word t, unmasked
        np.testing.assert_allclose(Y[t], of_the_beginning[t])
        np.testing.assert_allclose(A[t], [*weights[t], *[0] * (4 - t)])


def test_causal_the_order_of_earlier_words_is_still_invisible_but_not_who_is_earlier():
    X = np.random.default_rng(3).normal(size=(4, 4))
    last = attend(X, causal=True)[0][3]
    np.testing.assert_allclose(attend(X[[2, 0, 1, 3]], causal=True)[0][3], last)
    assert not np.allclose(attend(X[[3, 0, 1, 2]], causal=True)[0][0], last)


def test_extreme_temperatures_mix_all_evenly_or_nothing():
    X = np.eye(3)
    np.testing.assert_allclose(attend(X, 1e9)[0], np.full((3, 3), 1 / 3), atol=1e-6)
    np.testing.assert_allclose(attend(X, 1e-9)[0], X)


def test_one_word_gets_two_vectors_among_different_neighbours():
    # bank lies between river and money; each context draws it to its side, and by symmetry equally far
    bank, river, money = np.array([1.0, 1]) / math.sqrt(2), np.array([1.0, 0]), np.array([0.0, 1])
    by_the_river, in_town = attend([bank, river], 1)[0][0], attend([bank, money], 1)[0][0]
    assert by_the_river @ river > bank @ river > in_town @ river
    np.testing.assert_allclose(by_the_river, in_town[::-1])


@pytest.mark.parametrize("temperature", [0, -1, float("nan")])
def test_a_temperature_must_be_above_zero(temperature):
    with pytest.raises(ValueError, match=f"temperature is {temperature}: choose a number above 0"):
        attend(np.eye(2), temperature)
