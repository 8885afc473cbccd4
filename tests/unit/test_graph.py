"""The nearest of all rows, against every cosine worked out."""

import numpy as np
import pytest

from embedlab import graph, kernel
from embedlab.graph import graph_steps, neighbour_graph

ENGINES = ["numpy", "kernel"] if kernel.library_path().exists() else ["numpy"]


def drained(steps):
    """(what a generator yields, what it returns)."""
    yielded = []
    while True:
        try:
            yielded.append(next(steps))
        except StopIteration as end:
            return yielded, end.value


def graph_by(engine, vectors, k):
    return drained(graph_steps(vectors, k, engine))[1]


def rows(N, D, seed=0):
    return np.random.default_rng(seed).normal(size=(N, D)).astype(np.float32)


def cosines_of(X):
    X = X.astype(np.float64)
    lengths = np.sqrt((X * X).sum(axis=1))
    return X @ X.T / np.outer(lengths, lengths)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "N,D,k", [(3, 1, 1), (4, 2, 2), (9, 3, 4), (17, 50, 15), (64, 5, 1), (203, 12, 15), (530, 31, 7)]
)
def test_they_are_the_rows_of_highest_cosine(engine, N, D, k):
    X = rows(N, D)
    found, cosines = graph_by(engine, X, k), cosines_of(X)
    np.fill_diagonal(cosines, -np.inf)
    highest = -np.sort(-cosines, axis=1)[:, :k]
    np.testing.assert_allclose(found.cosines, highest, atol=1e-6)
    np.testing.assert_allclose(np.take_along_axis(cosines, found.neighbours, axis=1), highest, atol=1e-6)
    assert all(len(set(row)) == k for row in found.neighbours.tolist())
    assert found.neighbours.dtype == np.int32 and found.cosines.dtype == np.float32


@pytest.mark.parametrize("engine", ENGINES)
def test_of_equal_cosines_the_first_row_is_nearer(engine):
    X = np.array([[1, 0], [0, 1], [1, 0], [0, 2], [3, 0], [0, 1], [1, 0], [0, 4], [2, 0]])
    found = graph_by(engine, X, 3)
    along, across = [0, 2, 4, 6, 8], [1, 3, 5, 7]
    for group in (along, across):
        for row in group:
            assert found.neighbours[row].tolist() == [other for other in group if other != row][:3]
    assert (found.cosines == 1).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_many_equal_rows_have_their_first_ones(engine):
    found = graph_by(engine, np.ones((50, 3)), 4)
    assert found.neighbours[10].tolist() == [0, 1, 2, 3] and found.neighbours[2].tolist() == [0, 1, 3, 4]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_pieces_of_the_work_do_not_change_it(engine, monkeypatch):
    X = rows(150, 20)
    whole = graph_by(engine, X, 6)
    monkeypatch.setattr(graph, "PIECE", 20_000)
    parts, pieces = drained(graph_steps(X, 6, engine))
    assert len(parts) > 5 and parts == sorted(parts) and parts[-1] == 1 and parts[0] > 0
    np.testing.assert_array_equal(pieces.neighbours, whole.neighbours)
    np.testing.assert_allclose(pieces.cosines, whole.cosines, atol=1e-6)


def test_lengths_do_not_matter():
    X = rows(40, 6)
    scaled = X * np.geomspace(1e-20, 1e20, 40, dtype=np.float32)[:, None]
    np.testing.assert_array_equal(neighbour_graph(scaled, 5).neighbours, neighbour_graph(X, 5).neighbours)


@pytest.mark.parametrize(
    "vectors,k,message",
    [
        (np.array([[1.0, 2], [0, 0], [1, 1], [2, 1]]), 1, "row 1 of vectors holds nothing but zeros"),
        (np.array([[1.0, 2], [3, 1], [1, np.nan], [2, 1]]), 1, "row 2 of vectors holds a number that is not finite"),
        (np.array([[1.0, 2], [3, 1], [1, 1], [-np.inf, 1]]), 1, "row 3 of vectors holds a number that is not finite"),
        (np.ones((5, 2)), 4, "k is 4 neighbours for 5 rows: choose 1 to 3"),
        (np.ones((5, 2)), 0, "k is 0 neighbours for 5 rows: choose 1 to 3"),
        (np.ones((2, 2)), 1, "k is 1 neighbours for 2 rows: give three rows"),
        (np.ones((0, 2)), 1, "for 0 rows"),
        (np.ones(5), 1, r"shape \(5,\)"),
        (np.ones((5, 0)), 1, r"shape \(5, 0\)"),
    ],
)
def test_what_has_no_neighbours_is_refused(vectors, k, message):
    with pytest.raises(ValueError, match=message):
        neighbour_graph(vectors, k)


def test_an_unknown_engine_is_refused():
    with pytest.raises(ValueError, match="engine is 'c'"):
        drained(graph_steps(rows(9, 2), 2, "c"))
