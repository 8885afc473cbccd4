import math
import re

import numpy as np
import pytest

from embedlab.corpora import toy_corpus
from embedlab.gradients import numeric_gradient, relative_error
from embedlab.sgns import (
    Config,
    DivergedError,
    InvalidConfig,
    StepLog,
    gradients,
    initial,
    loss,
    noise_distribution,
    shared_step,
    sigmoid,
    step,
    train,
    training_pairs,
)
from embedlab.text import EmptyCorpus, Vocabulary, tokenize

SENTENCES = tokenize(toy_corpus().text)[:12]
VOCABULARY = Vocabulary.from_sentences(SENTENCES)
SHORT = Config(epochs=3, seed=4)
PAIRS = 6 * 12 + 6 * 18  # of the six sentences of four words, and of the six of five with a window of 3
LN3 = math.log(3)  # sigmoid(ln 3) = 3/4, sigmoid(-ln 3) = 1/4


def trained(config=SHORT, chunks=1000):
    chunks = list(train(SENTENCES, VOCABULARY, config, chunks))
    log, losses = StepLog.join([chunk.log for chunk in chunks]), np.concatenate([chunk.losses for chunk in chunks])
    return chunks[-1].U, chunks[-1].V, losses, log


def assert_same_run(a, b):
    for x, y in zip((*a[:3], *vars(a[3]).values()), (*b[:3], *vars(b[3]).values())):
        np.testing.assert_array_equal(x, y)


def word2vec_c(syn0, syn1neg, word, target, negatives, alpha):
    """The inner loop of word2vec.c over plain lists, with exp for its table; negatives are given, not drawn."""
    neu1e = [0.0] * len(syn0[word])
    for d, drawn in enumerate([target] + negatives):
        if d > 0 and drawn == target:
            continue
        label = 1 if d == 0 else 0
        f = sum(x * y for x, y in zip(syn0[word], syn1neg[drawn]))
        g = (label - 1 / (1 + math.exp(-f))) * alpha
        neu1e = [e + g * y for e, y in zip(neu1e, syn1neg[drawn])]
        syn1neg[drawn] = [y + g * x for x, y in zip(syn0[word], syn1neg[drawn])]
    syn0[word] = [x + e for x, e in zip(syn0[word], neu1e)]


def test_noise_by_hand():
    # 16, 81, 1 to the power 3/4 are 8, 27, 1, of 36
    np.testing.assert_allclose(noise_distribution([16, 81, 1]), [8 / 36, 27 / 36, 1 / 36], rtol=1e-14)
    np.testing.assert_allclose(noise_distribution([16, 81, 1], 0), [1 / 3] * 3, rtol=1e-14)
    np.testing.assert_allclose(noise_distribution([4, 2, 1], -1), [1 / 7, 2 / 7, 4 / 7], rtol=1e-14)


@pytest.mark.parametrize("exponent", [-1000, 1000])
def test_noise_does_not_overflow(exponent):
    assert noise_distribution([25, 100, 1], exponent).sum() == 1


def test_noise_refuses_a_count_of_zero():
    with pytest.raises(ValueError, match="the count of word 1 is 0: counts must be above 0"):
        noise_distribution([3, 0, 1])


def test_sigmoid_is_stable_and_exact():
    assert sigmoid(0) == 0.5
    np.testing.assert_allclose(sigmoid(np.array([LN3, -LN3])), [0.75, 0.25], rtol=1e-15)
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(np.array([-1e4, 1e4])).tolist() == [0, 1]


def test_loss_and_gradients_by_hand():
    # products: u·v_c = ln 3 (σ = 3/4), u·v_1 = -ln 3 (σ = 1/4), u·v_2 = 0 (σ = 1/2)
    # loss = -ln 3/4 - ln(1 - 1/4) - ln(1 - 1/2) = ln 32/9;  errors σ - label: -1/4, 1/4, 1/2
    u, v_context = np.array([1.0, 0.0]), np.array([LN3, 0.0])
    v_negatives = np.array([[-LN3, 1.0], [0.0, 2.0]])
    assert loss(u, v_context, v_negatives) == pytest.approx(math.log(32 / 9), rel=1e-14)
    du, dv_context, dv_negatives = gradients(u, v_context, v_negatives)
    # du = -1/4 (ln 3, 0) + 1/4 (-ln 3, 1) + 1/2 (0, 2)
    np.testing.assert_allclose(du, [-LN3 / 2, 5 / 4], rtol=1e-14)
    np.testing.assert_allclose(dv_context, [-1 / 4, 0], rtol=1e-14)
    np.testing.assert_allclose(dv_negatives, [[1 / 4, 0], [1 / 2, 0]], rtol=1e-14)


@pytest.mark.parametrize("K,D", [(1, 1), (1, 2), (5, 2), (7, 30)])
def test_gradients_against_central_differences(K, D):
    rng = np.random.default_rng(K * D)
    arrays = rng.normal(size=D), rng.normal(size=D), rng.normal(size=(K, D))
    for gradient, x in zip(gradients(*arrays), arrays):
        assert relative_error(gradient, numeric_gradient(lambda: loss(*arrays), x)) < 1e-6


def test_loss_and_gradients_of_huge_products_are_finite():
    u, v = np.array([100.0]), np.array([-100.0])
    assert loss(u, v, -v[None]) == 20_000
    assert [g.tolist() for g in gradients(u, v, -v[None])] == [[200], [-100], [[100]]]


@pytest.mark.parametrize("negatives", [[0, 4, 5], [4, 4, 4], [4, 2, 5], [2, 2, 2], [1, 4, 1]])
def test_a_step_goes_down_the_gradient_of_its_loss(negatives):
    """Also where a negative repeats, equals the context (2: skipped) or the centre (1: not skipped)."""
    rng, rate = np.random.default_rng(0), 0.1
    U, V = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
    U_before, V_before, drawn = U.copy(), V.copy(), np.array(negatives)
    counted = [n for n in negatives if n != 2]

    def whole_loss():
        return loss(U_before[1], V_before[2], V_before[counted])

    dU, dV = numeric_gradient(whole_loss, U_before), numeric_gradient(whole_loss, V_before)
    assert step(U, V, 1, 2, drawn, rate) == pytest.approx(whole_loss(), rel=1e-14)
    assert relative_error((U_before - U) / rate, dU) < 1e-6
    assert relative_error((V_before - V) / rate, dV) < 1e-6
    assert drawn.tolist() == negatives


@pytest.mark.parametrize("words", [[0, 3], [3, 3, 5], [1], [2, 4, 2, 0]])
@pytest.mark.parametrize("negatives", [[0, 4, 5], [4, 4, 4], [2, 2], [4, 2, 4]])
def test_a_shared_step_goes_down_the_gradient_of_its_loss(words, negatives):
    """Also where a word of the window repeats or is the centre (2), a negative repeats or is the centre (skipped)."""
    rng, rate = np.random.default_rng(0), 0.1
    U, V = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
    U_before, V_before = U.copy(), V.copy()
    counted = [n for n in negatives if n != 2]

    def whole_loss():
        return sum(loss(U_before[word], V_before[2], V_before[counted]) for word in words)

    dU, dV = numeric_gradient(whole_loss, U_before), numeric_gradient(whole_loss, V_before)
    assert shared_step(U, V, np.array(words), 2, np.array(negatives), rate) == pytest.approx(whole_loss(), rel=1e-14)
    assert relative_error((U_before - U) / rate, dU) < 1e-6
    assert relative_error((V_before - V) / rate, dV) < 1e-6


def test_a_shared_step_for_one_word_is_a_step():
    rng = np.random.default_rng(3)
    tables, negatives = rng.normal(size=(2, 6, 3)), np.array([4, 2, 4])
    shared, single = tables.copy(), tables.copy()
    assert shared_step(*shared, np.array([1]), 2, negatives, 0.1) == pytest.approx(step(*single, 1, 2, negatives, 0.1))
    np.testing.assert_allclose(shared, single, rtol=1e-14)


def test_a_repeated_negative_by_hand():
    # u = (1, 0), V zero: every σ is 1/2. The context moves by +rate/2 u, a negative drawn twice by -2 rate/2 u
    U, V = np.array([[1.0, 0.0], [7.0, 7.0], [7.0, 7.0]]), np.zeros((3, 2))
    assert step(U, V, 0, 1, np.array([2, 2]), 0.5) == pytest.approx(3 * math.log(2))
    assert V.tolist() == [[0, 0], [0.25, 0], [-0.5, 0]]
    assert U.tolist() == [[1, 0], [7, 7], [7, 7]]  # V was zero before the step, so U has no gradient


def test_steps_follow_word2vec_c_trace_for_trace():
    rng = np.random.default_rng(5)
    U, V = rng.normal(size=(20, 4)), rng.normal(size=(20, 4))
    syn0, syn1neg = U.tolist(), V.tolist()
    skipped = 0
    for t in range(300):
        centre, context = rng.integers(0, 20, 2).tolist()
        negatives = rng.permutation(20)[:6]  # no repeats, where word2vec.c would differ
        skipped += context in negatives
        step(U, V, centre, context, negatives, 0.05 + t * 1e-4)
        word2vec_c(syn0, syn1neg, centre, context, negatives.tolist(), 0.05 + t * 1e-4)
        np.testing.assert_allclose(U, syn0, rtol=0, atol=1e-12)
        np.testing.assert_allclose(V, syn1neg, rtol=0, atol=1e-12)
    assert skipped > 20


def test_the_first_state_is_that_of_word2vec_c():
    U, V = initial(1000, Config(dim=4))
    assert not V.any() and U.shape == V.shape == (1000, 4) and V is not U
    assert np.abs(U).max() <= 1 / 8 and np.abs(U).max() > 0.99 / 8  # uniform in ±0.5/4 ...
    assert abs(U.std() - 1 / 4 / 12**0.5) < 0.002  # ... of width 1/4


def test_the_log_replays_bit_for_bit():
    U_end, V_end, losses_then, log = trained()
    U, V = initial(len(VOCABULARY), SHORT)
    losses = [step(U, V, *drawn) for drawn in zip(log.centre, log.context, log.negatives, log.learning_rate)]
    np.testing.assert_array_equal(U, U_end)
    np.testing.assert_array_equal(V, V_end)
    np.testing.assert_array_equal(losses, losses_then)


@pytest.mark.parametrize("chunks", [1, 7, PAIRS, 10**9, [3 * PAIRS], [1, 2, 50, 3 * PAIRS]])
def test_chunks_do_not_change_the_run(chunks):
    assert_same_run(trained(), trained(chunks=chunks))


def test_chunks_may_end_at_given_steps():
    ends = [1, 2, 50, 3 * PAIRS]
    chunks = list(train(SENTENCES, VOCABULARY, SHORT, ends))
    assert [(c.start, c.stop) for c in chunks] == list(zip([0, *ends], ends))
    assert [len(c.losses) for c in chunks] == [c.stop - c.start for c in chunks]


@pytest.mark.parametrize("ends", [[], [10], [0, 3 * PAIRS], [20, 20, 3 * PAIRS], [3 * PAIRS, 3 * PAIRS + 1]])
def test_ends_of_chunks_that_do_not_rise_to_the_last_step_are_named(ends):
    with pytest.raises(ValueError, match=rf"chunks is {re.escape(str(ends))}: .* rise from above 0 to {3 * PAIRS}"):
        next(train(SENTENCES, VOCABULARY, SHORT, ends))


def test_the_same_seed_gives_the_same_run_and_another_seed_another():
    assert_same_run(trained(), trained())
    U, V, _, log = trained(Config(epochs=3, seed=5))
    *_, first = trained()
    assert (initial(15, SHORT)[0] != initial(15, Config(seed=5))[0]).all()
    assert (log.centre != first.centre).any() and (log.negatives != first.negatives).any()


def test_chunks_tile_the_run_and_are_copies():
    chunks = list(train(SENTENCES, VOCABULARY, SHORT, chunks=100))
    total = 3 * PAIRS
    assert [(c.start, c.stop) for c in chunks] == [(s, min(s + 100, total)) for s in range(0, total, 100)]
    assert all(c.total == total and len(c.log) == c.stop - c.start for c in chunks)
    log = chunks[0].log
    assert {log.centre.dtype, log.context.dtype, log.negatives.dtype} == {np.dtype(np.int64)}  # also on 32 bits
    assert (chunks[0].U != chunks[1].U).any() and (chunks[0].V != chunks[1].V).any()


def test_every_epoch_sees_each_pair_once_in_a_new_order():
    pairs = training_pairs(SENTENCES, VOCABULARY, SHORT)
    *_, log = trained()
    epochs = np.stack([log.centre, log.context], axis=1).reshape(3, len(pairs), 2).tolist()
    assert all(sorted(epoch) == sorted(pairs.tolist()) for epoch in epochs)
    assert epochs[0] != epochs[1] != epochs[2]


def test_the_learning_rate_falls_linearly_to_its_floor():
    *_, log = trained(Config(learning_rate=0.2, epochs=100))
    S = PAIRS * 100  # more than 1e4, so that only the last step, at 0.2 / S, is raised to the floor
    assert log.learning_rate[0] == 0.2 and log.learning_rate[S // 2] == pytest.approx(0.1)
    np.testing.assert_allclose(np.diff(log.learning_rate[:-1]), -0.2 / S)
    assert log.learning_rate[-1] == pytest.approx(0.2 * 1e-4)


def test_negatives_are_drawn_from_the_noise():
    *_, log = trained(Config(epochs=60))
    drawn = (log.negatives.ravel() == np.arange(len(VOCABULARY))[:, None]).mean(axis=1)
    expected = noise_distribution(VOCABULARY.counts)
    deviation = np.sqrt(expected * (1 - expected) / log.negatives.size)
    assert (np.abs(drawn - expected) < 4 * deviation).all()


def test_training_lowers_the_loss():
    _, _, losses, _ = trained(Config(epochs=40))
    assert losses[-200:].mean() < 0.8 * losses[:200].mean()


@pytest.mark.parametrize(
    "field,value,message",
    [
        ("dim", 0, "dim is 0: choose a whole number of 1 or more"),
        ("window", 0, "window is 0: choose a whole number of 1 or more"),
        ("negatives", 0, "negatives is 0: choose a whole number of 1 or more"),
        ("negatives", 2.5, "negatives is 2.5: choose a whole number"),
        ("epochs", None, "epochs is None: choose a whole number"),
        ("seed", -1, "seed is -1: choose a whole number of 0 or more"),
        ("learning_rate", 0, "learning_rate is 0: choose a number above 0"),
        ("learning_rate", math.inf, "learning_rate is inf: choose a number above 0"),
        ("learning_rate", None, "learning_rate is None: choose a number above 0"),
        ("noise_exponent", math.nan, "noise_exponent is nan: choose a finite number"),
    ],
)
def test_a_parameter_out_of_range_is_named_with_its_value(field, value, message):
    with pytest.raises(InvalidConfig, match=message):
        Config(**{field: value})


def test_a_text_of_one_word_has_no_negatives():
    sentences = [["a", "a", "a"]]
    with pytest.raises(InvalidConfig, match="no two different words.* negatives .*: use a text with more words"):
        next(train(sentences, Vocabulary.from_sentences(sentences), Config()))


def test_there_may_be_more_negatives_than_words():
    sentences = [["a", "b", "a"]] * 20
    chunk = next(train(sentences, Vocabulary.from_sentences(sentences), Config(negatives=30)))
    assert chunk.log.negatives.shape == (1000, 30) and set(chunk.log.negatives.ravel().tolist()) == {0, 1}


def test_sentences_of_one_word_make_no_pairs():
    sentences = [[word] for word in "abcdef"]
    with pytest.raises(EmptyCorpus, match="no pairs to learn from: write longer sentences"):
        next(train(sentences, Vocabulary.from_sentences(sentences), Config()))


def test_a_run_that_diverges_names_the_step_and_the_remedy():
    with pytest.raises(DivergedError, match=r"infinite by step \d+ with learning_rate=1e\+10: lower the learning rate"):
        trained(Config(learning_rate=1e10))
