import math

import numpy as np
import pytest

from embedlab.embedding import SparseGradient
from embedlab.optim import SGD, Adam, AdamW, RowwiseAdam

ALL = [SGD, Adam, AdamW, RowwiseAdam]


def sparse(rows, values):
    return SparseGradient(np.array(rows), np.array(values, dtype=float))


def test_sgd_steps_down_a_dense_gradient_by_hand():
    weight = np.array([[1.0, 2.0], [3.0, 4.0]])
    SGD(0.5).step(weight, np.array([[2.0, 0.0], [0.0, -2.0]]))
    assert weight.tolist() == [[0, 2], [3, 5]]


def test_sgd_touches_only_the_rows_of_a_sparse_gradient():
    weight = np.array([[1.0, np.nan], [3.0, 4.0], [np.nan, 1.0]])
    SGD(0.5).step(weight, SparseGradient(np.array([1]), np.array([[2.0, -2.0]])))
    np.testing.assert_array_equal(weight, [[1, np.nan], [2, 5], [np.nan, 1]])


@pytest.mark.parametrize("optimiser", ALL)
@pytest.mark.parametrize("rate", [0, -1, float("inf"), float("nan")])
def test_a_learning_rate_that_leads_nowhere_is_refused(optimiser, rate):
    with pytest.raises(ValueError, match=f"learning_rate is {rate}: choose a number above 0"):
        optimiser(rate)


def test_two_steps_of_adam_by_hand():
    # beta1 = beta2 = 1/2. Step 1, g = (4, -2): m = (2, -1), v = (8, 2); m̂ = g, v̂ = g²: the step is rate times sign(g)
    # Step 2, g = (0, 2): m = (1, 1/2), v = (4, 3); m̂ = m / (3/4), v̂ = v / (3/4)
    weight, adam = np.array([[10.0, 10.0]]), Adam(0.1, beta1=0.5, beta2=0.5, epsilon=0)
    adam.step(weight, np.array([[4.0, -2.0]]))
    np.testing.assert_allclose(weight, [[9.9, 10.1]], rtol=1e-14)
    adam.step(weight, np.array([[0.0, 2.0]]))
    moved = [0.1 * (4 / 3) / math.sqrt(16 / 3), 0.1 * (2 / 3) / math.sqrt(4)]
    np.testing.assert_allclose(weight, [[9.9 - moved[0], 10.1 - moved[1]]], rtol=1e-14)


def test_epsilon_stands_outside_the_root():
    weight = np.array([0.0])
    Adam(1, epsilon=3).step(weight, np.array([1.0]))
    np.testing.assert_allclose(weight, [-1 / (1 + 3)])


def test_adamw_decays_apart_from_the_gradient_by_hand():
    # 10 (1 - 0.1 · 0.5) = 9.5, then a step of 0.1 against the sign; the decay is no part of m and v
    weight, adamw = np.array([[10.0]]), AdamW(0.1, decay=0.5, epsilon=0)
    adamw.step(weight, np.array([[4.0]]))
    np.testing.assert_allclose(weight, [[9.4]], rtol=1e-14)
    np.testing.assert_allclose(adamw.m, [[0.4]], rtol=1e-14)


@pytest.mark.parametrize(
    "settings,message",
    [
        ({"beta1": 1}, "beta1 is 1: choose"),
        ({"beta2": -0.1}, "beta2 is -0.1"),
        ({"decay": -1}, "decay is -1: choose 0"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        AdamW(0.1, **settings)


@pytest.mark.parametrize("optimiser", [SGD, Adam, AdamW])
def test_a_sparse_gradient_counts_as_the_dense_one(optimiser):
    rng = np.random.default_rng(0)
    one, two = np.ones((5, 2)), np.ones((5, 2))
    a, b = optimiser(0.1), optimiser(0.1)
    for rows in ([0, 3], [3], [4, 1]):
        gradient = sparse(rows, rng.normal(size=(len(rows), 2)))
        a.step(one, gradient)
        b.step(two, gradient.dense(5))
    np.testing.assert_array_equal(one, two)


def test_an_untouched_row_drifts_with_adam_by_its_leftover_momentum():
    # a gradient of 1, then t of 0: m = 0.1 · 0.9ᵗ, m̂ = m / (1 - 0.9ᵗ⁺¹), and v likewise with 0.001 and 0.999
    weight, adam = np.zeros((2, 1)), Adam(0.01, epsilon=0)
    adam.step(weight, sparse([0, 1], [[1], [1]]))
    expected = -0.01
    for t in range(1, 60):
        adam.step(weight, sparse([1], [[1]]))
        m_hat, v_hat = 0.1 * 0.9**t / (1 - 0.9 ** (t + 1)), 0.001 * 0.999**t / (1 - 0.999 ** (t + 1))
        expected -= 0.01 * m_hat / math.sqrt(v_hat)
        np.testing.assert_allclose(weight[0], expected, rtol=1e-12)
    assert weight[0] < -0.05  # it was looked up once and went more than five times as far


def test_an_untouched_row_shrinks_with_adamw_even_if_it_was_never_looked_up():
    weight, adamw = np.full((2, 1), 8.0), AdamW(0.5, decay=0.5)
    for _ in range(3):
        adamw.step(weight, sparse([1], [[1]]))
    np.testing.assert_allclose(weight[0], 8 * 0.75**3, rtol=1e-14)


@pytest.mark.parametrize("optimiser", [SGD, RowwiseAdam])
def test_an_untouched_row_stands_still(optimiser):
    weight, optimiser = np.ones((3, 1)), optimiser(0.1)
    optimiser.step(weight, sparse([0], [[1]]))
    kept = weight[0].copy()
    for _ in range(5):
        optimiser.step(weight, sparse([1], [[1]]))
    np.testing.assert_array_equal(weight[[0, 2]], [kept, [1]])


def test_each_row_of_rowwise_adam_is_an_adam_of_its_own():
    """However the rows take turns, each has gone where a dense Adam with that row alone would have gone."""
    rng = np.random.default_rng(1)
    weight, lazy = np.zeros((4, 3)), RowwiseAdam(0.1)
    alone, adams = np.zeros((4, 3)), [Adam(0.1) for _ in range(4)]
    for _ in range(30):
        rows = np.flatnonzero(rng.random(4) < 0.5)
        gradient = sparse(rows, rng.normal(size=(len(rows), 3)))
        lazy.step(weight, gradient)
        for row, values in zip(rows, gradient.values):
            adams[row].step(alone[row : row + 1], values[None])
    np.testing.assert_allclose(weight, alone, rtol=1e-12)


def test_rowwise_adam_wants_to_know_the_rows():
    with pytest.raises(TypeError, match="which rows were looked up is not known: use Adam"):
        RowwiseAdam(0.1).step(np.ones((2, 1)), np.ones((2, 1)))


@pytest.mark.parametrize("optimiser", [Adam, AdamW])
def test_one_optimiser_for_one_weight(optimiser):
    optimiser = optimiser(0.1)
    optimiser.step(np.ones((2, 1)), np.ones((2, 1)))
    with pytest.raises(ValueError, match=r"remembers a weight of shape \(2, 1\), not \(2, 3\): make one optimiser"):
        optimiser.step(np.ones((2, 3)), np.ones((2, 3)))
