import numpy as np
import pytest

from embedlab.gradients import numeric_gradient, relative_error


def test_central_differences_of_a_cubic_by_hand():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    before = x.copy()
    gradient = numeric_gradient(lambda: (x**3).sum() + x[0, 0] * x[1, 1], x)  # 3 x², and the product's other factor
    assert relative_error(gradient, np.array([[3 + 3.0, 12], [0.75, 27 + 1.0]])) < 1e-8
    np.testing.assert_array_equal(x, before)


def test_the_relative_error_by_hand():
    assert relative_error(np.array([3.0, 4]), np.array([3.0, 4])) == 0
    assert relative_error(np.array([3.0, 4]), np.array([0.0, 0])) == 1
    assert relative_error(np.array([3.0, 4]), np.array([6.0, 8])) == pytest.approx(1 / 3)  # 5 / (5 + 10)
