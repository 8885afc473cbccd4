"""Numbers in sentences."""

import pytest

from embedlab.numbers import counted, decimal, sized, written


@pytest.mark.parametrize(
    "number, text",
    [(0, "0"), (10_000, "10,000"), (-0.36, "−0.36"), (0.025, "0.025"), (1e-4, "0.0001"), (-12_345, "−12,345")],
)
def test_a_number_as_it_is(number, text):
    assert written(number) == text


@pytest.mark.parametrize(
    "number, digits, text",
    [(-0.361, 2, "−0.36"), (0.5, 3, "0.500"), (-0.001, 2, "0.00"), (-1234.5, 1, "−1,234.5")],
)
def test_digits_behind_the_point(number, digits, text):
    assert decimal(number, digits) == text


def test_one_is_not_many():
    assert [counted(n, "word") for n in (0, 1, 2, 10_000)] == ["0 words", "1 word", "2 words", "10,000 words"]
    assert [counted(n, "analogy", "analogies") for n in (1, 2)] == ["1 analogy", "2 analogies"]
    assert sized(1, 1) == "1 word, 1 number each"
