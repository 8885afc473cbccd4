import math
import re

import numpy as np
import pytest

from embedlab.charlm import (
    END,
    CharConfig,
    CharModel,
    bigram_counts,
    conditional_entropy,
    letters_of,
    loss_and_gradients,
    train,
)
from embedlab.gradients import numeric_gradient, relative_error
from embedlab.names import NAMES
from embedlab.projection import parting_line

LETTERS = letters_of(NAMES)
COUNTS = bigram_counts(NAMES, LETTERS)
KINDS = [dict(hidden=hidden, tied=tied) for hidden in (False, True) for tied in (False, True)]


def trained(**config):
    *_, last = train(COUNTS, CharConfig(**config))
    return last


def test_names_are_letters_each_once_and_sorted():
    assert all(re.fullmatch("[a-z]+", name) for name in NAMES) and sorted(set(NAMES)) == NAMES
    assert [END, *"abcdefghijklmnopqrstuvwxyz"] == LETTERS


def test_bigrams_by_hand():
    # .a ab b.  and  .a aa a.
    assert bigram_counts(["ab", "aa"], [END, "a", "b"]).tolist() == [[0, 2, 0], [1, 1, 1], [1, 0, 0]]


def test_no_names_make_no_model():
    with pytest.raises(ValueError, match="there are no names"):
        bigram_counts([], [END])


def test_conditional_entropy_by_hand():
    # after the first letter a fair choice of two, met 2 times; after the second no choice, met 6 times; third not met
    with np.errstate(all="raise"):
        assert conditional_entropy(np.array([[1, 1, 0], [6, 0, 0], [0, 0, 0]])) == pytest.approx(math.log(2) * 2 / 8)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_against_central_differences(kind):
    counts = np.random.default_rng(0).integers(0, 9, (5, 5)).astype(float)
    model = CharModel.initial(5, CharConfig(dim=3, seed=1, **kind))
    for weight in model.weights().values():
        weight += np.random.default_rng(2).normal(size=weight.shape)
    _, gradients = loss_and_gradients(model, counts)
    assert gradients.keys() == model.weights().keys()
    for name, weight in model.weights().items():
        numeric = numeric_gradient(lambda: loss_and_gradients(model, counts)[0], weight)
        assert relative_error(gradients[name], numeric) < 1e-6


def test_the_loss_is_that_of_the_probabilities():
    model = trained(dim=4, steps=20).model
    assert model.probabilities().sum(axis=1) == pytest.approx(np.ones(27))
    expected = -(COUNTS * np.log(model.probabilities())).sum() / COUNTS.sum()
    assert loss_and_gradients(model, COUNTS)[0] == pytest.approx(expected)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != dict(hidden=False, tied=True)])
def test_with_enough_dimensions_the_loss_comes_down_to_the_counts_optimum(kind):
    assert 0 < trained(dim=27, steps=1000, **kind).loss - conditional_entropy(COUNTS) < 0.001


def test_two_dimensions_fall_short_of_it():
    assert 0.1 < trained().loss - conditional_entropy(COUNTS) < 0.2


def test_tied_without_a_hidden_layer_cannot_tell_the_order_of_letters():
    model = trained(dim=27, tied=True).model
    scores = np.log(model.probabilities()) - model.b
    scores -= np.diag(scores)[:, None] - (model.E**2).sum(axis=1)[:, None]  # undo the normalising of each row
    np.testing.assert_allclose(scores, scores.T, atol=1e-9)
    assert trained(dim=27, tied=True).loss > conditional_entropy(COUNTS) + 0.3


def test_parameters_by_hand():
    # 27 letters, 4 dimensions: a table is 108, the bias 27, the hidden layer 16
    sizes = [CharModel.initial(27, CharConfig(dim=4, **kind)).parameters() for kind in KINDS]
    assert sizes == [108 * 2 + 27, 108 + 27, 108 * 2 + 27 + 16, 108 + 27 + 16]


def test_a_tied_projection_is_the_embedding_itself():
    model = trained(dim=4, steps=20, hidden=True, tied=True).model
    assert model.P is model.E and trained(dim=4, steps=20).model.P is not model.E


@pytest.mark.parametrize("kind", [dict(), dict(hidden=True, tied=True)])
def test_the_bias_learns_how_frequent_letters_are(kind):
    log_frequency = np.log(COUNTS.sum(axis=0))
    for seed in range(3):
        assert np.corrcoef(trained(dim=4, seed=seed, **kind).model.b, log_frequency)[0, 1] > 0.6


@pytest.mark.parametrize("seed", range(10))
def test_a_line_parts_vowels_from_consonants(seed):
    letters = [i for i, letter in enumerate(LETTERS) if letter not in (END, "y")]
    vowels = np.array([LETTERS[i] in "aeiou" for i in letters])
    assert parting_line(trained(seed=seed).model.E[letters], vowels)[2] == 25
    assert parting_line(CharModel.initial(27, CharConfig(seed=seed)).E[letters], vowels)[2] < 25


def test_chunks_tell_the_loss_before_any_step_and_at_the_end():
    chunks = list(train(COUNTS, CharConfig(steps=120), steps_per_chunk=50))
    assert [(chunk.step, chunk.total) for chunk in chunks] == [(0, 120), (50, 120), (100, 120), (120, 120)]
    assert chunks[0].loss == pytest.approx(math.log(27), abs=1e-3)  # it guesses
    assert chunks[0].loss > chunks[1].loss > chunks[-1].loss
    for chunk in chunks:
        assert chunk.loss == loss_and_gradients(chunk.model, COUNTS)[0]  # each holds the model of its time


def test_the_same_seed_gives_the_same_run_whatever_the_chunks():
    config = CharConfig(steps=60, seed=5, hidden=True)
    *_, one = train(COUNTS, config, steps_per_chunk=7)
    *_, two = train(COUNTS, config)
    np.testing.assert_array_equal(one.model.E, two.model.E)
    assert (one.model.E != trained(steps=60, seed=6, hidden=True).model.E).any()


def test_written_names_use_only_bigrams_that_are_likely():
    model = CharModel(np.eye(3), None, np.array([[-99, 0, -99], [-99, -99, 0], [0.0, -99, -99]]).T, np.zeros(3))
    assert model.write([END, "a", "b"], np.random.default_rng(0)) == "ab"  # . -> a -> b -> .
    model.P[:, 2] = -99, 0, -99  # . -> a -> b -> a -> b ...
    assert model.write([END, "a", "b"], np.random.default_rng(0), longest=5) == "ababa"


@pytest.mark.parametrize("field", ["dim", "steps"])
def test_nothing_to_train_is_refused(field):
    with pytest.raises(ValueError, match=f"{field}.* 0.*: choose 1 or more"):
        CharConfig(**{field: 0})
