import math

import numpy as np
import pytest

from embedlab import pmi
from embedlab.gradients import numeric_gradient, relative_error
from embedlab.sgns import Config, loss, noise_distribution, train
from embedlab.text import Vocabulary, skipgram_pairs, tokenize

# "the" is frequent and meets everybody; "a" and "z" never meet
SENTENCES = tokenize("the a the b. the b c the d. the z the c. the d the z b. the a c the. the the b. d c. a b. the")
VOCABULARY = Vocabulary.from_sentences(SENTENCES)
IDS = VOCABULARY.encode(SENTENCES)
COUNTS = pmi.cooccurrence(IDS, len(VOCABULARY), window=2)
K = 3


@pytest.mark.parametrize("window", [1, 2, 3, 50])
def test_full_window_counts_are_those_of_the_training_pairs(window):
    expected = np.zeros((len(VOCABULARY), len(VOCABULARY)))
    for centre, context in skipgram_pairs(IDS, window):
        expected[centre, context] += 1
    np.testing.assert_array_equal(pmi.cooccurrence(IDS, len(VOCABULARY), window), expected)


def test_dynamic_window_counts_by_hand():
    # 0 1 2 0 with window 2: 0-1, 1-2, 2-0 at distance 1 count 1; 0-2, 1-0 at distance 2 count 1/2; 0-0 is too far
    counts = pmi.cooccurrence([np.array([0, 1, 2, 0])], 3, window=2, dynamic=True)
    np.testing.assert_array_equal(counts, [[0, 1.5, 1.5], [1.5, 0, 1], [1.5, 1, 0]])


def test_dynamic_window_counts_are_the_mean_over_drawn_widths():
    mean = sum(pmi.cooccurrence(IDS, len(VOCABULARY), width) for width in (1, 2, 3)) / 3
    np.testing.assert_allclose(pmi.cooccurrence(IDS, len(VOCABULARY), 3, dynamic=True), mean)


def test_no_pairs_without_neighbours():
    assert not pmi.cooccurrence([np.array([0]), np.array([1])], 2, window=3).any()
    assert not pmi.cooccurrence([], 2, window=3).any()


@pytest.mark.parametrize(
    "V,window,message",
    [
        (3001, 2, "3,001 words would need 72 MB a matrix: keep the 3,000 most frequent"),
        (3, 0, "window is 0: choose 1 or more"),
    ],
)
def test_what_cannot_be_counted_is_refused(V, window, message):
    with pytest.raises(ValueError, match=message):
        pmi.cooccurrence([np.array([0, 1])], V, window)


def test_no_negatives_are_refused():
    with pytest.raises(ValueError, match="negatives is 0: choose 1"):
        pmi.sppmi(np.ones((2, 2)), negatives=0)


def test_pmi_by_hand():
    # of 16 pairs: P(0,0) = 1/2, P(0) = 10/16 on both sides: log (8 · 16 / (10 · 10)); P(1) = 6/16
    counts = np.array([[8.0, 2], [2, 4]])
    expected = np.log([[8 * 16 / 100, 2 * 16 / 60], [2 * 16 / 60, 4 * 16 / 36]])
    np.testing.assert_allclose(pmi.pmi(counts), expected, rtol=1e-14)
    # alpha = 1/2 with contexts 9 and 16: P(c) = 3/7 and 4/7
    counts = np.array([[9.0, 0], [0, 16]])
    np.testing.assert_allclose(pmi.pmi(counts, alpha=0.5), [[math.log(7 / 3), -np.inf], [-np.inf, math.log(7 / 4)]])


def test_sppmi_cuts_off_at_log_k():
    counts = np.array([[8.0, 2], [0, 4]])
    assert pmi.sppmi(counts).min() == 0
    np.testing.assert_allclose(pmi.sppmi(counts, negatives=2), np.maximum(pmi.pmi(counts) - math.log(2), 0))
    assert not pmi.sppmi(counts, negatives=100).any()


def test_a_word_without_pairs_has_no_pmi():
    assert pmi.pmi(np.array([[2.0, 0], [0, 0]])).tolist() == [[0, -np.inf], [-np.inf, -np.inf]]


@pytest.mark.parametrize("power", [0, 0.5, 1])
def test_factors_of_the_whole_matrix_give_it_back(power):
    M = pmi.sppmi(COUNTS)
    W, C = pmi.factorise(M, len(M), power)
    np.testing.assert_allclose(W @ C.T, M, atol=1e-12)
    assert (W[np.abs(W).argmax(axis=0), np.arange(len(M))] > 0).all()
    np.testing.assert_allclose(np.linalg.norm(W, axis=0), np.linalg.svd(M)[1] ** power)  # those of Y have length 1


def test_factors_are_the_nearest_of_their_rank():
    M = pmi.sppmi(COUNTS)
    values = np.linalg.eigvalsh(M @ M.T)[::-1]  # squared singular values, by another road
    W, C = pmi.factorise(M, 2)
    assert ((W @ C.T - M) ** 2).sum() == pytest.approx(values[2:].sum())
    with pytest.raises(ValueError, match="dim is 7: choose 1 to 6"):
        pmi.factorise(M, 7)


@pytest.mark.parametrize("skip", [True, False])
def test_the_expected_loss_is_that_of_sgns_over_all_pairs_and_draws(skip):
    """Against sums over pairs of the corpus and single negatives, with sgns.loss."""
    rng = np.random.default_rng(0)
    U, V = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
    noise = noise_distribution(VOCABULARY.counts, 0.5)
    expected = 0
    for w, c in skipgram_pairs(IDS, 2):
        expected += loss(U[w], V[c], np.empty((0, 3)))
        expected += K * sum(
            P * (loss(U[w], V[c], V[[n]]) - loss(U[w], V[c], np.empty((0, 3))))
            for n, P in enumerate(noise)
            if not (skip and n == c)
        )
    weights = pmi.sgns_weights(COUNTS, VOCABULARY.counts, K, 0.5, skip)
    assert pmi.sgns_loss(U, V, *weights) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("skip", [True, False])
def test_gradients_against_central_differences(skip):
    rng = np.random.default_rng(1)
    U, V = rng.normal(size=(6, 2)), rng.normal(size=(6, 2))
    weights = pmi.sgns_weights(COUNTS, VOCABULARY.counts, K, skip_target=skip)
    for gradient, x in zip(pmi.sgns_gradients(U, V, *weights), (U, V)):
        assert relative_error(gradient, numeric_gradient(lambda: pmi.sgns_loss(U, V, *weights), x)) < 1e-6


def test_targets_by_hand():
    # words counted 1 and 3; pairs (0,1) once each way, (1,1) four times. Noise by counts: 1/4, 3/4; K = 2
    counts, words = np.array([[0.0, 1], [1, 4]]), [1, 3]
    plain = pmi.sgns_target(counts, words, 2, noise_exponent=1, skip_target=False)
    np.testing.assert_allclose(plain, np.log([[np.nan, 1 / (2 * 3 / 4 * 1)], [1 / (2 / 4 * 5), 4 / (2 * 3 / 4 * 5)]]))
    skipping = pmi.sgns_target(counts, words, 2, noise_exponent=1)
    np.testing.assert_allclose(skipping, np.log([[np.nan, np.nan], [1 / (2 / 4 * 4), 4 / (2 * 3 / 4 * 1)]]))


def test_with_the_noise_of_the_contexts_the_target_is_shifted_pmi():
    target = pmi.sgns_target(COUNTS, COUNTS.sum(axis=0), K, noise_exponent=1, skip_target=False)
    there = COUNTS > 0
    np.testing.assert_allclose(target[there], pmi.pmi(COUNTS)[there] - math.log(K))
    assert np.isnan(target[~there]).all() and (~there).any()


def targets():
    """{(noise exponent, skip): target} for each convention."""
    return {
        (exponent, skip): pmi.sgns_target(COUNTS, VOCABULARY.counts, K, exponent, skip)
        for exponent in (0.75, 1)
        for skip in (True, False)
    }


@pytest.mark.parametrize("skip", [True, False])
def test_the_expected_loss_is_least_at_the_matching_target_and_at_no_other(skip):
    weights = pmi.sgns_weights(COUNTS, VOCABULARY.counts, K, skip_target=skip)
    *_, (U, V, _) = pmi.descend(*weights, dim=len(VOCABULARY), steps=3000)
    agreements = {convention: pmi.agreement(U @ V.T, target) for convention, target in targets().items()}
    correlation, largest = agreements.pop((0.75, skip))
    assert correlation > 0.999999 and largest < 1e-3
    assert all(correlation < 0.999 and largest > 0.1 for correlation, largest in agreements.values())
    assert (U @ V.T)[COUNTS == 0].max() < pmi.sgns_target(COUNTS, VOCABULARY.counts, K)[COUNTS > 0].min()


def test_training_with_dice_comes_nearest_to_the_target_of_its_own_convention():
    config = Config(dim=6, window=2, negatives=K, epochs=400, learning_rate=0.1)
    *_, last = train(SENTENCES, VOCABULARY, config, chunks=10**9)
    agreements = {convention: pmi.agreement(last.U @ last.V.T, target) for convention, target in targets().items()}
    correlation, largest = agreements.pop((0.75, True))
    assert correlation > 0.97
    assert all(correlation > other and largest < far for other, far in agreements.values())


def test_descent_begins_before_any_step_and_follows_its_seed():
    weights = pmi.sgns_weights(COUNTS, VOCABULARY.counts, K)
    run = list(pmi.descend(*weights, dim=2, steps=50, seed=3))
    losses = [loss for _, _, loss in run]
    assert len(run) == 51 and losses[-1] < losses[0]
    U, V, first = run[0]
    assert first == pytest.approx(pmi.sgns_loss(U, V, *weights) / COUNTS.sum())
    np.testing.assert_array_equal(run[-1][0], list(pmi.descend(*weights, dim=2, steps=50, seed=3))[-1][0])
    assert (run[0][0] != next(pmi.descend(*weights, dim=2, steps=50, seed=4))[0]).all()


def test_agreement_by_hand():
    correlation, largest = pmi.agreement(np.array([[1.0, 2], [3, 9]]), np.array([[3.0, 4.5], [5, np.nan]]))
    assert correlation == pytest.approx(np.corrcoef([1, 2, 3], [3, 4.5, 5])[0, 1]) and largest == 2.5


def test_too_few_targets_are_no_comparison():
    with pytest.raises(ValueError, match="too few pairs have a target, 1: use a longer text"):
        pmi.agreement(np.eye(2), np.array([[1.0, np.nan], [np.nan, np.nan]]))
