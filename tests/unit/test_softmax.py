import math
from functools import partial

import numpy as np
import pytest

from embedlab.gradients import numeric_gradient, relative_error
from embedlab.softmax import (
    HuffmanTree,
    dot_products,
    full_gradients,
    full_loss,
    softmax,
    tree_gradients,
    tree_loss,
    tree_probabilities,
)

LN3 = math.log(3)  # sigmoid(ln 3) = 3/4


def test_softmax_by_hand_and_without_overflow():
    np.testing.assert_allclose(softmax(np.log([1.0, 2, 5])), [1 / 8, 2 / 8, 5 / 8])
    np.testing.assert_allclose(softmax(np.array([[1e4, 1e4], [0, -1e4]])), [[0.5, 0.5], [1, 0]])
    np.testing.assert_allclose(softmax(np.array([[0.0, 0], [LN3, 0]]), axis=0), [[1 / 4, 1 / 2], [3 / 4, 1 / 2]])


def test_full_loss_and_gradients_by_hand():
    # scores ln 3, 0, 0: P = 3/5, 1/5, 1/5. For context 1 the errors are 3/5, -4/5, 1/5
    u, v = np.array([1.0, 0]), np.array([[LN3, 0], [0, 1], [0, 2]])
    assert full_loss(u, v, 1) == pytest.approx(math.log(5))
    du, dv = full_gradients(u, v, 1)
    np.testing.assert_allclose(du, [3 / 5 * LN3, -4 / 5 + 2 / 5])
    np.testing.assert_allclose(dv, [[3 / 5, 0], [-4 / 5, 0], [1 / 5, 0]])


@pytest.mark.parametrize("V,D", [(2, 1), (7, 3), (20, 5)])
def test_gradients_against_central_differences(V, D):
    rng = np.random.default_rng(V)
    u, v, n = rng.normal(size=D), rng.normal(size=(V, D)), rng.normal(size=(V - 1, D))
    tree = HuffmanTree.from_counts(rng.integers(1, 50, V))
    for context in range(V):
        full = partial(full_loss, u, v, context)
        du, dv = full_gradients(u, v, context)
        assert relative_error(du, numeric_gradient(full, u)) < 1e-6
        assert relative_error(dv, numeric_gradient(full, v)) < 1e-6
        by_tree = partial(tree_loss, u, n, tree, context)
        du, rows = tree_gradients(u, n, tree, context)
        dn = np.zeros_like(n)
        dn[tree.nodes[context]] = rows
        assert relative_error(du, numeric_gradient(by_tree, u)) < 1e-6
        assert relative_error(dn, numeric_gradient(by_tree, n)) < 1e-6


def test_a_tree_by_hand():
    # counts 5, 1, 2, 1: node 0 joins words 1 and 3 (2), node 1 word 2 and node 0 (4), node 2 that and word 0
    tree = HuffmanTree.from_counts([5, 1, 2, 1])
    assert [nodes.tolist() for nodes in tree.nodes] == [[2], [2, 1, 0], [2, 1], [2, 1, 0]]
    assert [turns.tolist() for turns in tree.turns] == [[-1], [1, -1, 1], [1, 1], [1, -1, -1]]
    assert tree.lengths().tolist() == [1, 3, 2, 3]


def test_tree_probabilities_by_hand():
    # every turn is σ(±ln 3): 3/4 along the first branch, 1/4 along the second
    tree, n = HuffmanTree.from_counts([5, 1, 2, 1]), np.full((3, 1), LN3)
    np.testing.assert_allclose(tree_probabilities(np.ones(1), n, tree), [1 / 4, 9 / 64, 9 / 16, 3 / 64])


@pytest.mark.parametrize("V", [2, 3, 17, 100])
def test_probabilities_sum_to_one_whatever_the_vectors(V):
    rng = np.random.default_rng(V)
    tree = HuffmanTree.from_counts(rng.zipf(1.5, V))
    u, n = 3 * rng.normal(size=4), 3 * rng.normal(size=(V - 1, 4))
    assert tree_probabilities(u, n, tree).sum() == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_mean_way_is_within_one_turn_of_the_entropy(seed):
    """As Huffman's code must be: entropy in bits <= mean length < entropy + 1."""
    counts = np.random.default_rng(seed).zipf(1.3, 60).clip(max=10**6)
    P = counts / counts.sum()
    entropy = -(P * np.log2(P)).sum()
    assert entropy <= dot_products(counts, 5)["hierarchical"] < entropy + 1


def test_equal_counts_make_a_balanced_tree():
    assert HuffmanTree.from_counts([7] * 64).lengths().tolist() == [6] * 64


def test_dot_products_of_a_pair():
    assert dot_products([1] * 1024, 5) == {"full": 1024, "hierarchical": 10, "negative sampling": 6}


def test_one_word_makes_no_tree():
    with pytest.raises(ValueError, match="a tree of 1 word has no turns: give the counts of 2 or more"):
        HuffmanTree.from_counts([3])
