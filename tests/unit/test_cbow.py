import math

import numpy as np
import pytest

from embedlab.cbow import NOBODY, gradients, loss, step, train, training_windows
from embedlab.corpora import toy_corpus
from embedlab.gradients import numeric_gradient, relative_error
from embedlab.sgns import Config, DivergedError, InvalidConfig, StepLog
from embedlab.text import EmptyCorpus, Vocabulary, tokenize

SENTENCES = tokenize(toy_corpus().text)[:12]
VOCABULARY = Vocabulary.from_sentences(SENTENCES)
SHORT = Config(epochs=3, seed=4, window=2)
LN3 = math.log(3)  # sigmoid(ln 3) = 3/4, sigmoid(-ln 3) = 1/4


def word2vec_c(syn0, syn1neg, words, target, negatives, alpha):
    """The CBOW part of word2vec.c over plain lists, with exp for its table; negatives are given, not drawn."""
    size = len(syn0[0])
    neu1 = [sum(syn0[word][c] for word in words) / len(words) for c in range(size)]
    neu1e = [0.0] * size
    for d, drawn in enumerate([target] + negatives):
        if d > 0 and drawn == target:
            continue
        f = sum(x * y for x, y in zip(neu1, syn1neg[drawn]))
        g = ((d == 0) - 1 / (1 + math.exp(-f))) * alpha
        neu1e = [e + g * y for e, y in zip(neu1e, syn1neg[drawn])]
        syn1neg[drawn] = [y + g * x for x, y in zip(neu1, syn1neg[drawn])]
    for word in words:
        syn0[word] = [x + e for x, e in zip(syn0[word], neu1e)]


def test_loss_and_gradients_by_hand():
    # mean of (2, 1) and (0, -1) is (1, 0); products with it: ln 3 (σ = 3/4), -ln 3 (1/4), 0 (1/2), as in test_sgns
    u_context = np.array([[2.0, 1.0], [0.0, -1.0]])
    v_centre, v_negatives = np.array([LN3, 0.0]), np.array([[-LN3, 1.0], [0.0, 2.0]])
    assert loss(u_context, v_centre, v_negatives) == pytest.approx(math.log(32 / 9), rel=1e-14)
    du_context, dv_centre, dv_negatives = gradients(u_context, v_centre, v_negatives)
    # the mean's gradient is -1/4 (ln 3, 0) + 1/4 (-ln 3, 1) + 1/2 (0, 2) = (-ln 3 / 2, 5/4); half of it to each
    np.testing.assert_allclose(du_context, [[-LN3 / 4, 5 / 8]] * 2, rtol=1e-14)
    np.testing.assert_allclose(dv_centre, [-1 / 4, 0], rtol=1e-14)
    np.testing.assert_allclose(dv_negatives, [[1 / 4, 0], [1 / 2, 0]], rtol=1e-14)


@pytest.mark.parametrize("n,K,D", [(1, 1, 1), (2, 1, 3), (5, 5, 2), (10, 7, 30)])
def test_gradients_are_those_of_the_loss(n, K, D):
    rng = np.random.default_rng(n)
    arrays = [rng.normal(size=shape) for shape in [(n, D), (D,), (K, D)]]
    for array, gradient in zip(arrays, gradients(*arrays)):
        assert relative_error(gradient, numeric_gradient(lambda: loss(*arrays), array)) < 1e-6


def test_a_step_is_n_times_the_gradient_for_the_words_and_once_for_the_targets():
    rng = np.random.default_rng(0)
    U, V = rng.normal(size=(2, 9, 4))
    before_U, before_V = U.copy(), V.copy()
    context, negatives = np.array([NOBODY, 3, 5, 8]), np.array([0, 1])
    step(U, V, 2, context, negatives, 0.1)
    du, dv_centre, dv_negatives = gradients(before_U[[3, 5, 8]], before_V[2], before_V[[0, 1]])
    np.testing.assert_allclose(U[[3, 5, 8]], before_U[[3, 5, 8]] - 0.1 * 3 * du, rtol=1e-12)
    np.testing.assert_allclose(V[2], before_V[2] - 0.1 * dv_centre, rtol=1e-12)
    np.testing.assert_allclose(V[[0, 1]], before_V[[0, 1]] - 0.1 * dv_negatives, rtol=1e-12)
    others = [0, 1, 2, 4, 6, 7]
    np.testing.assert_array_equal(U[others], before_U[others])


def test_steps_are_those_of_word2vec_c():
    rng = np.random.default_rng(1)
    U, V = rng.normal(size=(2, 12, 5))
    syn0, syn1neg = U.tolist(), V.tolist()
    for t in range(200):
        centre = int(rng.integers(12))
        context = rng.integers(0, 12, 1 + t % 6)  # a word may be in it twice
        negatives = rng.choice(12, 4, replace=False)  # the centre may be among them
        step(U, V, centre, context, negatives, 0.05)
        word2vec_c(syn0, syn1neg, context.tolist(), centre, negatives.tolist(), 0.05)
    np.testing.assert_allclose(U, syn0, rtol=1e-9)
    np.testing.assert_allclose(V, syn1neg, rtol=1e-9)


def test_windows_by_hand():
    vocabulary = Vocabulary(["a", "b", "c", "d"], [2, 2, 2, 1])
    sentences = [["a", "b", "c"], ["d"], ["c", "a"]]
    centres, contexts = training_windows(sentences, vocabulary, Config(window=2, negatives=3))
    assert centres.tolist() == [0, 1, 2, 2, 0]  # d stands alone
    assert contexts.tolist() == [[-1, -1, 1, 2], [-1, 0, 2, -1], [0, 1, -1, -1], [-1, -1, 0, -1], [-1, 2, -1, -1]]


def test_training_lowers_the_loss_and_replays_from_its_log():
    chunks = list(train(SENTENCES, VOCABULARY, Config(epochs=60, window=2), chunks=100))
    losses, log = np.concatenate([chunk.losses for chunk in chunks]), StepLog.join([chunk.log for chunk in chunks])
    assert len(losses) == chunks[-1].total == 60 * sum(map(len, SENTENCES))
    assert losses[-300:].mean() < 0.8 * losses[:300].mean()
    start = chunks[0]
    U, V = start.U.copy(), start.V.copy()
    for drawn in list(zip(log.centre, log.context, log.negatives, log.learning_rate))[start.stop :]:
        step(U, V, *drawn)
    np.testing.assert_array_equal(U, chunks[-1].U)
    np.testing.assert_array_equal(V, chunks[-1].V)


@pytest.mark.parametrize("chunks", [1, 7, 10_000])
def test_the_chunk_size_does_not_change_the_run(chunks):
    usual = list(train(SENTENCES, VOCABULARY, SHORT))[-1]
    other = list(train(SENTENCES, VOCABULARY, SHORT, chunks))[-1]
    np.testing.assert_array_equal(usual.U, other.U)
    np.testing.assert_array_equal(usual.V, other.V)


def test_what_cannot_be_trained_is_told():
    with pytest.raises(EmptyCorpus, match="No sentence has two words"):
        next(train([[word] for word in VOCABULARY.words], VOCABULARY, SHORT))
    with pytest.raises(InvalidConfig, match="no two different words"):
        next(train([["a", "a"]], Vocabulary.from_sentences([["a", "a"]]), SHORT))
    with pytest.raises(DivergedError, match="learning_rate=1e\\+200"):
        list(train(SENTENCES, VOCABULARY, Config(learning_rate=1e200)))
