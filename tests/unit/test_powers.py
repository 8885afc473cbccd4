"""Powers against whole numbers and the library's; that their bits are the same everywhere: test_same_vectors.py."""

import math
from fractions import Fraction

import numpy as np
import pytest

from embedlab.powers import exp, log, relative_powers


def test_quarter_powers_are_those_of_whole_numbers():
    """(p / q)^(3/4) to the fourth is (p / q)^3, in exact arithmetic."""
    x = np.array([1, 2, 3, 10, 97, 12_345, 10**9])
    for number, power in zip(x.tolist(), relative_powers(x, 0.75).tolist()):
        exact = Fraction(number, 10**9) ** 3
        assert abs(Fraction(power) ** 4 / exact - 1) < 2e-14


@pytest.mark.parametrize("x", [1e-300, 0.1, 0.7071, 0.7072, 1.0, 1.0000001, 2.0, 1e300])
def test_log_is_the_librarys(x):
    assert log([x])[0] == pytest.approx(math.log(x), rel=1e-15, abs=1e-16)


@pytest.mark.parametrize("x", [0.0, -1e-9, -0.3465, -0.3466, -1.0, -700.0])
def test_exp_is_the_librarys(x):
    assert exp([x])[0] == pytest.approx(math.exp(x), rel=2e-13)


def test_nothing_overflows():
    assert relative_powers([1, 10**9], 1e6).tolist() == [0, 1] == relative_powers([10**9, 1], -1e6).tolist()


def test_the_power_0_makes_all_equal():
    assert relative_powers([1, 7, 10**9], 0).tolist() == [1, 1, 1]
