"""The page's own arithmetic of skip-gram, static/figures/dynamics/objective.js, gives embedlab's numbers."""

import numpy as np
import pytest

from embedlab import sgns
from embedlab.corpora import TOY_CONFIG, toy_corpus
from embedlab.objective import expected_gradients, expected_loss
from embedlab.pmi import cooccurrence
from embedlab.text import Vocabulary, tokenize
from tests.in_node import in_node

OBJECTIVE = "dynamics/objective"


def flat(U, V):
    return dict(U=U.ravel().tolist(), V=V.ravel().tolist())


@pytest.fixture
def tables():
    return np.random.default_rng(3).normal(0, 1.5, (2, 15, 2))


@pytest.fixture(scope="module")
def corpus():
    """(counts, noise) of the toy corpus."""
    sentences = tokenize(toy_corpus().text)
    vocabulary = Vocabulary.from_sentences(sentences)
    counts = cooccurrence(vocabulary.encode(sentences), len(vocabulary), TOY_CONFIG.window)
    return counts, sgns.noise_distribution(vocabulary.counts, TOY_CONFIG.noise_exponent)


@pytest.mark.parametrize("negatives", [[4], [7, 2, 7, 4, 4], [2, 2], [1, 1, 1]])
def test_a_step_moves_the_same_rows_to_the_same_places(tables, negatives):
    U, V = tables  # centre 4, context 2: also a negative here and there
    draw = dict(centre=4, context=2, negatives=negatives, rate=0.3)
    moved = in_node(
        OBJECTIVE,
        "({ takeStep }, { U, V, draw }) => { const { loss } = takeStep(U, V, draw); return { U, V, loss }; }",
        **flat(U, V),
        draw=draw,
    )
    loss = sgns.step(U, V, 4, 2, np.array(negatives), 0.3)
    np.testing.assert_allclose(moved["U"], U.ravel(), rtol=1e-12)
    np.testing.assert_allclose(moved["V"], V.ravel(), rtol=1e-12)
    assert moved["loss"] == pytest.approx(loss, rel=1e-12)


@pytest.mark.parametrize("K", [1, 5])
def test_forces_are_minus_the_gradients_of_the_whole_corpus(tables, corpus, K):
    (U, V), (counts, noise) = tables, corpus
    forces = in_node(
        OBJECTIVE,
        "({ Objective }, { U, V, counts, noise, K }) => {"
        " const { loss, ...all } = new Objective(counts, noise, K).forces(U, V);"
        " return { loss, ...Object.fromEntries(Object.entries(all).map(([name, x]) => [name, [...x]])) }; }",
        **flat(U, V),
        counts=counts.ravel().tolist(),
        noise=noise.tolist(),
        K=K,
    )
    gradients = expected_gradients(U, V, counts, noise, K)
    assert forces["loss"] == pytest.approx(expected_loss(U, V, counts, noise, K), rel=1e-12)
    for name, gradient in [("pullU", "pull_u"), ("pushU", "push_u"), ("pullV", "pull_v"), ("pushV", "push_v")]:
        np.testing.assert_allclose(forces[name], -getattr(gradients, gradient).ravel(), rtol=1e-9, atol=1e-15)


def test_descending_lowers_the_loss_until_it_settles(tables, corpus):
    (U, V), (counts, noise) = tables, corpus
    told = in_node(
        OBJECTIVE,
        "({ Objective }, { U, V, counts, noise }) => { const one = new Objective(counts, noise, 1);"
        " const losses = [one.forces(U, V).loss];"
        " let longest; for (let i = 0; i < 3000; i += 1) { longest = one.descend(U, V, 2.5);"
        " if (i % 100 === 99) losses.push(one.forces(U, V).loss); } return { losses, longest }; }",
        **flat(U, V),
        counts=counts.ravel().tolist(),
        noise=noise.tolist(),
    )
    assert np.all(np.diff(told["losses"]) < 1e-12) and told["longest"] < 1e-3
