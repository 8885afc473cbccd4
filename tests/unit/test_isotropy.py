"""The common direction, what takes it away, and hubs, against loops over all pairs."""

import numpy as np
import pytest

from embedlab.isotropy import BLOCK, all_but_the_top, mean_cosine, neighbour_counts


def cosine(a, b):
    return a @ b / np.sqrt((a @ a) * (b @ b))


def points(N=30, D=5, seed=0):
    """Random rows that lean to one side."""
    return np.random.default_rng(seed).normal(0.4, 1, (N, D))


def test_the_mean_cosine_is_that_of_all_pairs():
    X = points()
    pairs = [cosine(X[i], X[j]) for i in range(30) for j in range(i)]
    assert mean_cosine(X) == pytest.approx(np.mean(pairs), abs=1e-12)


def test_the_mean_cosine_by_hand():
    assert mean_cosine([[1, 0], [5, 0], [0, 2]]) == pytest.approx(1 / 3)
    assert mean_cosine([[1, 1], [-2, -2]]) == pytest.approx(-1)
    assert mean_cosine(np.array([[0.1, 0.3]] * 7, np.float32)) == pytest.approx(1)
    with pytest.raises(ValueError, match="1 rows: give two or more"):
        mean_cosine([[1, 2]])


def test_what_is_taken_away_is_the_mean_and_the_longest_directions():
    X = points()
    np.testing.assert_allclose(all_but_the_top(X, 0), X - X.mean(axis=0))
    covariance = np.cov(X.T)
    values, directions = np.linalg.eigh(covariance)  # ascending: the last are the top
    for k in (1, 3):
        rest = all_but_the_top(X, k)
        np.testing.assert_allclose(rest.mean(axis=0), 0, atol=1e-12)
        np.testing.assert_allclose(rest @ directions[:, -k:], 0, atol=1e-9)
        kept = directions[:, :-k]
        np.testing.assert_allclose(rest @ kept, (X - X.mean(axis=0)) @ kept, atol=1e-9)  # and nothing else
        assert np.linalg.eigvalsh(np.cov(rest.T)) == pytest.approx([0] * k + values[:-k].tolist(), abs=1e-9)
    with pytest.raises(ValueError, match="6 components"):
        all_but_the_top(X, 6)


def test_a_common_direction_goes_with_the_mean():
    X = np.random.default_rng(1).normal(size=(400, 20)) + 3
    assert mean_cosine(X) > 0.8 and abs(mean_cosine(all_but_the_top(X, 0))) < 0.01


@pytest.mark.parametrize("block", [BLOCK, 100])
def test_neighbour_counts_are_those_of_sorted_lists(monkeypatch, block):
    monkeypatch.setattr("embedlab.isotropy.BLOCK", block)
    X, counts = points(40, 6), [0] * 40
    for i in range(40):
        others = sorted((j for j in range(40) if j != i), key=lambda j: -cosine(X[i], X[j]))
        for j in others[:4]:
            counts[j] += 1
    assert neighbour_counts(X, 4).tolist() == counts and sum(counts) == 160


def test_the_middle_of_a_star_is_a_hub():
    X = np.vstack([np.ones(8), np.ones(8) + 6 * np.eye(8)])  # the first row is nearest to each of the others
    assert neighbour_counts(X, 1)[0] == 8 and neighbour_counts(X, 8).tolist() == [8] * 9
    with pytest.raises(ValueError, match="k is 9, with 9 rows: choose 1 to 8"):
        neighbour_counts(X, 9)
