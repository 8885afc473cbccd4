import numpy as np
import pytest

from embedlab import compare
from embedlab.compare import NothingShared, aligned, coincide, identical, neighbour_changes, shared_words
from embedlab.vectors import WordVectors


def some(V=40, D=6, seed=0):
    return WordVectors([f"w{i}" for i in range(V)], np.random.default_rng(seed).normal(size=(V, D)))


def turned(vectors, seed=1):
    """The same vectors, turned about the origin and each as long as it likes, their words in another order."""
    draw = np.random.default_rng(seed)
    V, D = vectors.matrix.shape
    R = np.linalg.qr(draw.normal(size=(D, D)))[0]
    order = draw.permutation(V)
    return WordVectors([vectors.words[i] for i in order], (vectors.matrix @ R * draw.uniform(1, 3, (V, 1)))[order])


def test_shared_words_come_in_the_order_of_the_first():
    a, b = WordVectors(list("pqrs"), np.eye(4)), WordVectors(list("xsrq"), np.eye(4))
    assert shared_words(a, b) == ["q", "r", "s"] and shared_words(b, a, most=2) == ["s", "r"]
    with pytest.raises(NothingShared, match="share 0 words, 2 are needed"):
        shared_words(a, WordVectors(["z"], [[1.0]]))


def test_a_turned_copy_is_turned_back():
    a = some()
    A, B = aligned(a, turned(a))
    assert A.words == B.words == a.words
    np.testing.assert_allclose(A.matrix, a.unit, atol=1e-6)
    np.testing.assert_allclose(B.matrix, a.unit, atol=1e-6)


def test_identical_sets_and_turned_ones_are_told_apart():
    a, b = some(seed=0), some(seed=0)
    assert identical(a, b) and coincide(*aligned(a, b))
    assert not identical(a, turned(a)) and coincide(*aligned(a, turned(a)))
    moved = some(seed=0)
    moved.matrix[3] *= -1
    assert not identical(a, moved) and not coincide(*aligned(a, moved))
    assert not identical(a, WordVectors([*a.words[:-1], "other"], a.matrix))


def test_alignment_keeps_cosines_and_lowers_the_distance():
    a, b = some(seed=0), some(seed=1)
    A, B = aligned(a, b)
    np.testing.assert_allclose(B.matrix @ B.matrix.T, b.unit @ b.unit.T, atol=1e-5)
    assert np.linalg.norm(A.matrix - B.matrix) < np.linalg.norm(a.unit - b.unit)


def test_models_of_different_dimensions_are_aligned_too():
    wide = some(D=9)
    flat = WordVectors(wide.words, wide.matrix[:, :4])
    for a, b in ((wide, flat), (flat, wide)):
        A, B = aligned(a, b)
        assert A.matrix.shape == B.matrix.shape == (40, 9)
        np.testing.assert_allclose(B.matrix @ B.matrix.T, b.unit @ b.unit.T, atol=1e-5)


def test_neighbour_changes_by_hand():
    # On a circle, degrees. Under a: 0 10 | 90 100. Under b the word q has moved from 10 to 95.
    circle = lambda *degrees: [[np.cos(np.radians(d)), np.sin(np.radians(d))] for d in degrees]  # noqa: E731
    a = WordVectors(list("pqrs"), circle(0, 10, 90, 100))
    b = WordVectors(list("pqrs"), circle(0, 94, 90, 101))
    *_, (part, changes) = neighbour_changes(a, b, k=1)
    # nearest under a: p-q, q-p, r-s, s-r; under b: p-r, q-r, r-q, s-q
    assert part == 1 and changes.change.tolist() == [1, 1, 1, 1]
    *_, (_, changes) = neighbour_changes(a, b, k=2)
    # two nearest under a: p: q r, q: p r, r: s q, s: r q; under b: p: r q, q: r s, r: q s, s: q r
    assert changes.near_a.tolist() == [[1, 2], [0, 2], [3, 1], [2, 1]]
    assert changes.near_b.tolist() == [[2, 1], [2, 3], [1, 3], [1, 2]]
    np.testing.assert_allclose(changes.change, [0, 1 - 1 / 3, 0, 0])


def test_neighbours_agree_with_those_of_the_vectors_whatever_the_block(monkeypatch):
    a, b = some(seed=0), some(seed=1)
    for step in (1, 2000, 25_000_000):
        monkeypatch.setattr(compare, "STEP", step)
        steps = list(neighbour_changes(a, b, k=5))
        parts = [part for part, _ in steps]
        assert parts == sorted(parts) and parts[-1] == 1 and all(done is None for _, done in steps[:-1])
        for vectors, near in ((a, steps[-1][1].near_a), (b, steps[-1][1].near_b)):
            assert [[a.words[i] for i in row] for row in near] == [
                [word for word, _ in vectors.neighbours(w, 5)] for w in a.words
            ]


def test_a_turned_copy_has_the_same_neighbours_and_most_restricts_the_words():
    a = some()
    *_, (_, changes) = neighbour_changes(a, turned(a), k=5, most=30)
    assert changes.words == a.words[:30] and not changes.change.any()
    with pytest.raises(NothingShared, match="share 5 words, 6 are needed"):
        list(neighbour_changes(a, turned(a), k=5, most=5))
