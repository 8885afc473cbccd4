import numpy as np
import pytest

from embedlab.embedding import EmbeddingLayer, SparseGradient, one_hot
from embedlab.gradients import numeric_gradient, relative_error


def test_forward_keeps_the_shape_of_the_ids():
    layer = EmbeddingLayer(7, 3)
    for ids in (np.array(4), np.array([1, 1]), np.array([[0, 6, 2], [5, 5, 0]])):
        assert layer.forward(ids).shape == ids.shape + (3,)
    np.testing.assert_array_equal(layer.forward([[6, 2]])[0, 1], layer.weight[2])


@pytest.mark.parametrize("ids", [[3], [0, 2, 2, 6], [[1, 1], [5, 0]]])
def test_lookup_is_the_product_with_one_hot(ids):
    layer = EmbeddingLayer(7, 3)
    np.testing.assert_array_equal(one_hot(ids, 7) @ layer.weight, layer.forward(ids))


def test_one_hot_by_hand():
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]


def test_backward_is_the_product_with_one_hot_transposed():
    ids, layer = np.array([[2, 5, 2], [0, 2, 5]]), EmbeddingLayer(7, 3)
    dY = np.random.default_rng(0).normal(size=layer.forward(ids).shape)
    by_one_hot = one_hot(ids.ravel(), 7).T @ dY.reshape(-1, 3)
    np.testing.assert_allclose(layer.backward(dY).dense(7), by_one_hot, atol=1e-15)


def test_repeated_ids_add_up_and_other_rows_are_absent():
    # id 3 is met twice, with gradients (1, 2) and (10, 20): its row is (11, 22)
    layer = EmbeddingLayer(5, 2)
    layer.forward([3, 1, 3])
    gradient = layer.backward([[1.0, 2.0], [5.0, 6.0], [10.0, 20.0]])
    assert gradient.rows.tolist() == [1, 3]
    assert gradient.values.tolist() == [[5, 6], [11, 22]]


def test_backward_against_central_differences():
    rng, ids, layer = np.random.default_rng(1), np.array([[0, 2], [2, 4]]), EmbeddingLayer(5, 3)
    target = rng.normal(size=(2, 2, 3))

    def error():
        return 0.5 * ((layer.forward(ids) - target) ** 2).sum()

    gradient = layer.backward(layer.forward(ids) - target)
    assert relative_error(gradient.dense(5), numeric_gradient(error, layer.weight)) < 1e-6


def test_weights_are_normal_with_deviation_0_02_and_follow_the_seed():
    weight = EmbeddingLayer(1000, 50, seed=1).weight
    assert abs(weight.mean()) < 5 * 0.02 / 50_000**0.5
    assert abs(weight.std() - 0.02) < 5 * 0.02 / 100_000**0.5
    assert (np.abs(weight) < 0.02).mean() == pytest.approx(0.6827, abs=0.01)  # as a normal, not a uniform, has
    np.testing.assert_array_equal(weight, EmbeddingLayer(1000, 50, seed=1).weight)
    assert (weight != EmbeddingLayer(1000, 50, seed=2).weight).any()


@pytest.mark.parametrize("bad", [-1, 7, 1000])
def test_an_id_outside_the_vocabulary_is_named(bad):
    for call in (EmbeddingLayer(7, 2).forward, lambda ids: one_hot(ids, 7)):
        with pytest.raises(ValueError, match=f"id {bad} is outside the vocabulary of 7 words: use ids from 0 to 6"):
            call([0, bad])


def test_ids_that_are_no_whole_numbers_are_an_error():
    with pytest.raises(ValueError, match="ids are float64: give whole numbers"):
        EmbeddingLayer(7, 2).forward([0.5])


def test_a_gradient_of_another_shape_is_an_error():
    layer = EmbeddingLayer(7, 2)
    layer.forward([1, 2, 3])
    with pytest.raises(ValueError, match=r"dY has shape \(2, 2\): .* \(3, 2\)"):
        layer.backward(np.ones((2, 2)))


def test_a_sparse_gradient_made_dense_by_hand():
    gradient = SparseGradient(np.array([2, 0]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert gradient.dense(4).tolist() == [[3, 4], [0, 0], [1, 2], [0, 0]]
