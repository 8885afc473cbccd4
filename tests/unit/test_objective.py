import math

import numpy as np
import pytest

from embedlab.corpora import TOY_CONFIG, toy_corpus
from embedlab.gradients import numeric_gradient, relative_error
from embedlab.objective import expected_gradients, expected_loss, expected_loss_per_term
from embedlab.pmi import cooccurrence
from embedlab.sgns import gradients, initial, noise_distribution, step, training_pairs
from embedlab.text import Vocabulary, tokenize

SENTENCES = tokenize(toy_corpus().text)
VOCABULARY = Vocabulary.from_sentences(SENTENCES)
PAIRS = training_pairs(SENTENCES, VOCABULARY, TOY_CONFIG)  # (P, 2)
COUNTS = cooccurrence(VOCABULARY.encode(SENTENCES), len(VOCABULARY), TOY_CONFIG.window)  # (V, V)
NOISE = noise_distribution(VOCABULARY.counts)
K = 3


@pytest.fixture
def tables():
    """U and V that belong to no training, (15, 2) each."""
    return np.random.default_rng(3).normal(0, 0.8, (2, len(VOCABULARY), 2))


def test_the_counts_are_those_of_the_pairs_that_training_sees():
    counted = np.zeros((15, 15))
    for centre, context in PAIRS.tolist():
        counted[centre, context] += 1
    np.testing.assert_array_equal(COUNTS, counted)


def log_sigmoid(x):
    return -math.log(1 + math.exp(-x))


def test_the_loss_is_the_formula_summed_pair_by_pair(tables):
    U, V = (table.tolist() for table in tables)
    dot = lambda w, c: sum(a * b for a, b in zip(U[w], V[c]))  # noqa: E731
    total = 0.0
    for w, c in PAIRS.tolist():
        total -= log_sigmoid(dot(w, c))
        total -= K * sum(NOISE[n] * log_sigmoid(-dot(w, n)) for n in range(15) if n != c)
    assert expected_loss(*tables, COUNTS, NOISE, K) == pytest.approx(total / len(PAIRS), rel=1e-12)
    assert expected_loss_per_term(*tables, COUNTS, NOISE, K) == pytest.approx(total / len(PAIRS) / 4, rel=1e-12)


def test_before_the_first_step_each_term_that_is_not_skipped_is_log_2():
    U, V = initial(len(VOCABULARY), TOY_CONFIG)
    met = sum(1 + K * (1 - NOISE[c]) for _, c in PAIRS.tolist()) / len(PAIRS)
    assert expected_loss(U, V, COUNTS, NOISE, K) == pytest.approx(met * math.log(2))
    assert 3.5 < met < 4


def test_gradients_are_those_measured(tables):
    U, V = tables
    found = expected_gradients(U, V, COUNTS, NOISE, K)
    measured = [numeric_gradient(lambda: expected_loss(U, V, COUNTS, NOISE, K), x) for x in (U, V)]
    assert relative_error(found.pull_u + found.push_u, measured[0]) < 1e-6
    assert relative_error(found.pull_v + found.push_v, measured[1]) < 1e-6


def test_pull_is_what_is_left_of_the_loss_without_noise(tables):
    U, V = tables
    found, nothing = expected_gradients(U, V, COUNTS, NOISE, K), np.zeros_like(NOISE)
    measured = [numeric_gradient(lambda: expected_loss(U, V, COUNTS, nothing, K), x) for x in (U, V)]
    assert relative_error(found.pull_u, measured[0]) < 1e-6 and relative_error(found.pull_v, measured[1]) < 1e-6


def test_pull_goes_from_the_contexts_to_a_word_and_push_along_the_noise():
    counts = np.array([[0.0, 2], [2, 0]])  # two words that only meet each other
    U, V = np.array([[1.0, 0], [0, 1]]), np.array([[0.0, 3], [2, 0]])
    found = expected_gradients(U, V, counts, np.array([0.5, 0.5]), 2)
    # u_0 meets v_1 in half of all pairs, u·v = 2: -σ(-2)/2 v_1; all negatives 1 are skipped, negatives 0 have u·v = 0
    sigma = 1 / (1 + math.exp(2))
    np.testing.assert_allclose(found.pull_u[0], [-sigma / 2 * 2, 0])
    np.testing.assert_allclose(found.push_u[0], [0, 0.5 * 2 * 0.5 * 0.5 * 3])  # share, K, P(0), σ(0), v_0
    np.testing.assert_allclose(found.push_v[0], [0.5 * 2 * 0.5 * 0.5, 0])
    np.testing.assert_allclose(found.push_v[1], [0, 0.5 * 2 * 0.5 * 0.5])


def test_the_mean_of_every_possible_step_is_the_gradient(tables):
    U, V = tables
    pull, push = np.zeros((2, 2, 15, 2))  # by U and by V, of one negative
    for centre, context in PAIRS.tolist():
        for negative in range(15):
            chance = NOISE[negative] / len(PAIRS)
            others = V[[negative]] if negative != context else V[:0]
            du, dv, dn = gradients(U[centre], V[context], others)
            du_pull = gradients(U[centre], V[context], V[:0])[0]
            pull[0, centre] += chance * du_pull
            pull[1, context] += chance * dv
            push[0, centre] += chance * (du - du_pull)
            push[1, negative] += chance * dn.sum(axis=0)
    found = expected_gradients(U, V, COUNTS, NOISE, 1)
    for name, total in zip(("pull_u", "pull_v", "push_u", "push_v"), [*pull, *push]):
        np.testing.assert_allclose(getattr(found, name), total, atol=1e-12)


def test_training_steps_go_down_it_on_average(tables):
    """200,000 steps of `sgns.step`, each from the same place, differ from it by no more than chance allows."""
    rng, n, rate = np.random.default_rng(0), 200_000, 1.0
    moved, losses = np.zeros((2, 15, 2)), np.zeros(n)
    pairs, negatives = PAIRS[rng.integers(len(PAIRS), size=n)], rng.choice(15, (n, K), p=NOISE)
    for i, ((centre, context), drawn) in enumerate(zip(pairs.tolist(), negatives)):
        U, V = tables.copy()
        losses[i] = step(U, V, centre, context, drawn, rate)
        rows = [context, *drawn]
        moved[0, centre] += U[centre] - tables[0, centre]
        for row in set(rows):
            moved[1, row] += V[row] - tables[1, row]
    found = expected_gradients(*tables, COUNTS, NOISE, K)
    assert losses.mean() == pytest.approx(expected_loss(*tables, COUNTS, NOISE, K), abs=5 * losses.std() / n**0.5)
    for mean, gradient in zip(moved / n, (found.pull_u + found.push_u, found.pull_v + found.push_v)):
        assert relative_error(-mean, gradient) < 0.02
