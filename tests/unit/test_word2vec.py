import json
import math
import sys

import numpy as np
import pytest

from embedlab import kernel, word2vec
from embedlab.kernel import NoKernel
from embedlab.minibatch import Minibatches, scatter
from embedlab.sgns import DivergedError, InvalidConfig
from embedlab.text import Corpus, EmptyCorpus, Vocabulary
from embedlab.word2vec import (
    TooLarge,
    TrainConfig,
    Trainer,
    alias_table,
    check_memory,
    initial,
    keep_probabilities,
    memory_needed,
)

ENGINES = ["kernel", "numpy"]
MODELS = {
    "sgns": {},
    "shared": dict(shared_negatives=True),
    "cbow": dict(model="cbow"),
}  # name: TrainConfig's parameters
TWO_WORDS = Vocabulary(["a", "b"], [1, 1])
SMALL = dict(dim=12, window=3, epochs=3, sample=0.02)


def corpus_of(sentences, vocabulary=None):
    """A Corpus of sentences of ids."""
    tokens = np.array([token for sentence in sentences for token in [*sentence, -1]], np.int32)
    counts = np.bincount(tokens[tokens >= 0], minlength=vocabulary or 0)
    return Corpus(tokens, Vocabulary([f"w{i}" for i in range(len(counts))], counts))


def topics(sentences=400, groups=8, size=6, seed=0):
    """Sentences of eight words, each of one of eight groups of six words; and a commoner word 0 in each."""
    rng = np.random.default_rng(seed)
    groups_of = rng.integers(groups, size=sentences)
    return corpus_of([[0, *(1 + group * size + rng.integers(size, size=8))] for group in groups_of])


CORPUS = topics()


def finished(config, engine="kernel", words=10**9, corpus=CORPUS):
    """A finished Trainer and the Progress of each of its calls."""
    trainer, progress = Trainer(corpus, config, engine), []
    while not trainer.done:
        progress.append(trainer.advance(words))
    return trainer, progress


def coherence(vectors):
    """How much more alike words of a group are than words of different groups: mean cosine inside minus outside."""
    unit = vectors[1:] / np.linalg.norm(vectors[1:], axis=1, keepdims=True)
    cosines, group = unit @ unit.T, np.arange(len(unit)) // 6
    same = group[:, None] == group
    return cosines[same & ~np.eye(len(unit), dtype=bool)].mean() - cosines[~same].mean()


def test_the_kernel_is_there():
    assert Trainer(CORPUS, TrainConfig()).engine == "kernel"
    assert word2vec.why_slow() == ""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("sample", [0, 0.02])
@pytest.mark.parametrize("words", [1, 97, 1000])
def test_the_calls_do_not_change_the_run(engine, model, sample, words):
    config = TrainConfig(**MODELS[model], dim=5, epochs=2, sample=sample)
    corpus = topics(sentences=70)
    once, _ = finished(config, engine, corpus=corpus)
    often, _ = finished(config, engine, words, corpus)
    np.testing.assert_array_equal(once.U, often.U)
    np.testing.assert_array_equal(once.V, often.V)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("sample", [0, 0.02])
@pytest.mark.parametrize("words", [1, 301, 9 * 70, 1000])  # the third: at an epoch's end
def test_a_training_that_was_kept_goes_on_bit_for_bit(engine, model, sample, words):
    config, corpus = TrainConfig(**MODELS[model], dim=5, epochs=3, sample=sample), topics(sentences=70)
    whole, _ = finished(config, engine, corpus=corpus)
    first = Trainer(corpus, config, engine)
    first.advance(words)
    state, U, V = json.loads(json.dumps(first.state())), first.U.copy(), first.V.copy()
    first.advance(10**9)  # what comes after must not matter
    second = Trainer.resumed(corpus, config, U, V, state)
    assert second.state() == state and second.words_done < whole.words_total
    while not second.done:
        second.advance(97)
    for table in ("U", "V"):
        assert getattr(second, table).tobytes() == getattr(whole, table).tobytes()


@pytest.mark.parametrize(
    "change, fault",
    [
        (dict(epoch=4), "epoch is 4"),
        (dict(epoch=-1), "epoch is -1"),
        (dict(position=10**9), "position is"),
        (dict(position=-1), "position is -1"),
        (dict(engine="other"), "engine is 'other'"),
    ],
)
def test_a_state_that_is_none_of_this_training_is_refused(change, fault):
    trainer = Trainer(CORPUS, TrainConfig(**SMALL))
    trainer.advance(100)
    with pytest.raises(ValueError, match=fault):
        Trainer.resumed(CORPUS, trainer.config, trainer.U, trainer.V, trainer.state() | change)
    with pytest.raises(ValueError, match="U has shape"):
        Trainer.resumed(CORPUS, trainer.config, trainer.U[1:], trainer.V, trainer.state())


@pytest.mark.parametrize("engine", ENGINES)
def test_the_seed_makes_the_run(engine):
    runs = [finished(TrainConfig(**SMALL, seed=seed), engine, corpus=topics(80))[0].U for seed in (1, 1, 2)]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("model,rate", [("sgns", 0.05), ("shared", 0.05), ("cbow", 0.1)])
def test_words_that_share_sentences_end_up_together(engine, model, rate):
    config = TrainConfig(**MODELS[model], dim=16, epochs=10, learning_rate=rate, sample=0)
    trainer, progress = finished(config, engine, 5000)
    assert coherence(trainer.U) > 0.5
    assert progress[-1].loss < 0.85 * progress[0].loss


@pytest.mark.parametrize("shared", [False, True])
def test_both_engines_settle_at_the_same_loss(shared):
    config = TrainConfig(dim=16, epochs=20, learning_rate=0.05, shared_negatives=shared)
    losses = [[p.loss for p in finished(config, engine, 3600)[1]] for engine in ENGINES]
    np.testing.assert_allclose(*[np.array(run[-5:]).mean() for run in losses], rtol=0.02)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sample", [0, 0.001])
def test_progress_counts_running_words(engine, sample):
    config = TrainConfig(**SMALL | dict(sample=sample))
    trainer, progress = finished(config, engine, 1000)
    assert trainer.words_total == progress[0].words_total == 3 * 400 * 9
    done = [0, *(p.words_done for p in progress)]
    assert all(before < after for before, after in zip(done, done[1:]))
    assert done[-1] == trainer.words_done == trainer.words_total and trainer.epoch == 3
    rates = [p.learning_rate for p in progress]
    for p in progress[:-1]:
        assert p.learning_rate == pytest.approx(0.025 * (1 - p.words_done / p.words_total))
    assert rates[-1] == 0.025 * 1e-4
    after = trainer.advance(10)
    assert after.pairs == 0 and math.isnan(after.loss) and after.words_done == trainer.words_total


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("model,pairs", [("sgns", 6), ("shared", 6), ("cbow", 5)])
def test_pairs_by_hand(engine, model, pairs):
    # window 1, so no width is left to chance: a b c has 4 pairs and 3 centres, a b has 2 and 2, c and nothing have none
    corpus = corpus_of([[0, 1, 2], [2], [], [0, 1]])
    trainer, progress = finished(
        TrainConfig(**MODELS[model], window=1, epochs=1, sample=0, dim=3), engine, corpus=corpus
    )
    assert [p.pairs for p in progress] == [pairs]
    assert progress[0].loss == pytest.approx(6 * math.log(2), rel=0.35)  # V starts at 0: each term is log 2 at first


@pytest.mark.parametrize("engine", ENGINES)
def test_widths_are_uniform(engine):
    # In one long sentence of n words, widths uniform in 1..4 give 2 * 2.5 pairs a word.
    words = 20_000
    corpus = corpus_of([np.random.default_rng(0).integers(0, 500, words)])
    trainer, progress = finished(TrainConfig(dim=1, window=4, negatives=1, epochs=1, sample=0), engine, corpus=corpus)
    assert sum(p.pairs for p in progress) == pytest.approx(5 * words, rel=0.02)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_goes_on_where_it_stopped_after_others_ran(engine):
    corpus = topics(80)
    whole, _ = finished(TrainConfig(**SMALL), engine, corpus=corpus)
    stopped = Trainer(corpus, TrainConfig(**SMALL), engine)
    stopped.advance(1234)
    finished(TrainConfig(**SMALL, seed=5), engine, corpus=corpus)
    stopped.advance(10**9)
    np.testing.assert_array_equal(stopped.U, whole.U)


def test_keep_probabilities_by_hand():
    # shares 4/8, 3/8, 1/8 at a sample of 1/8: t/f is 1/4, 1/3, 1, and the chance its root plus itself
    chances = keep_probabilities(np.array([4, 3, 1]), 1 / 8)
    np.testing.assert_allclose(chances, [0.75, 3**-0.5 + 1 / 3, 2, np.inf], rtol=1e-6)


def test_subsampling_drops_the_share_it_says():
    words = np.concatenate([np.zeros(90_000, int), 1 + np.arange(10_000) % 1000])
    np.random.default_rng(0).shuffle(words)
    trainer = Trainer(corpus_of([words[:50_000], words[50_000:]]), TrainConfig(dim=1, sample=0.01))
    stream = trainer._subsampled()
    chance = math.sqrt(0.01 / 0.9) + 0.01 / 0.9
    assert (stream == 0).sum() == pytest.approx(90_000 * chance, rel=0.03)
    assert (stream > 0).sum() == 10_000 and (stream == -1).sum() == 2


def test_each_epoch_keeps_other_words():
    trainer, streams = Trainer(CORPUS, TrainConfig(**SMALL)), []
    for trainer.epoch in (0, 0, 1):
        streams.append(trainer._subsampled().copy())
    np.testing.assert_array_equal(streams[0], streams[1])
    assert not np.array_equal(streams[0], streams[2])


def test_an_epoch_without_a_word_left_is_passed_over():
    corpus = corpus_of([[0, 1]] * 50)
    trainer, progress = finished(TrainConfig(dim=2, sample=1e-12, epochs=2), corpus=corpus)
    assert progress[-1].pairs == 0 and math.isnan(progress[-1].loss) and trainer.done


def test_the_start_is_word2vec_c_s():
    U, V = initial(2000, TrainConfig(dim=10))
    assert U.dtype == V.dtype == np.float32 and (V == 0).all()
    assert abs(U).max() <= 0.05 and U.std() == pytest.approx(0.1 / math.sqrt(12), rel=0.02)


def test_a_call_copies_nothing():
    trainer = Trainer(CORPUS, TrainConfig(**SMALL))
    U, V = trainer.U, trainer.V
    before = U.copy()
    trainer.advance(10)
    assert trainer.U is U and trainer.V is V and not np.array_equal(U, before)


def test_scatter_counts_repeats():
    table = np.zeros((4, 2), np.float32)
    scatter(table, np.array([2, 0, 2]), np.array([[1, 2], [3, 4], [5, 6]], np.float32))
    assert table.tolist() == [[3, 4], [0, 0], [6, 8], [0, 0]]


@pytest.mark.parametrize("engine", ENGINES)
def test_shared_negatives_are_drawn_once_a_window(engine):
    # Inputs a and c around b, the only word that noise can be is d: each window moves d once, by both inputs together.
    corpus = corpus_of([[0, 1, 2], [3, 3]])
    trainer = Trainer(corpus, TrainConfig(window=1, negatives=1, sample=0, dim=4, shared_negatives=True), engine)
    noise = np.array([[0, 3]] * 4, np.uint32)  # every column's alias is d
    made = type(trainer._engine)("sgns_shared", trainer.U, trainer.V, noise, 1, 1, random=0)
    made.read(np.array([0, 1, 2], np.int32))
    U = trainer.U.copy()
    steps, loss = made.train(1, 2, rate=1.0, slope=0, floor=0)
    assert steps == 2 and loss == pytest.approx(4 * math.log(2))
    np.testing.assert_allclose(
        trainer.V, [[0] * 4, (U[0] + U[2]) / 2, [0] * 4, -(U[0] + U[2]) / 2], rtol=1e-6, atol=1e-9
    )
    np.testing.assert_array_equal(trainer.U, U)  # V was zero


def test_minibatches_draw_the_noise_they_are_told():
    counts, drawn = np.array([8, 4, 2, 1]), []

    class Watched(Minibatches):
        def outputs(self, u, target, drawn_now, rate):
            before = self.V.copy()
            result = super().outputs(u, target, drawn_now, 1.0)
            drawn.append(np.abs(self.V - before).sum(axis=1))
            return result

    U, V = np.ones((4, 1), np.float32), np.zeros((4, 1), np.float32)
    engine = Watched("sgns", U, V, alias_table(counts / 15), 1, 1, 0)
    for _ in range(4000):
        U[:], V[:] = 1, 0
        engine.outputs(np.ones((1, 1), np.float32), np.array([3]), engine.noise(1), 1.0)
    moved = np.array(drawn) > 0  # each one: the target, and what was drawn
    np.testing.assert_allclose(moved[:, :3].mean(axis=0), counts[:3] / 15, atol=0.03)


@pytest.mark.parametrize("engine", ENGINES)
def test_divergence_is_told(engine):
    with pytest.raises(DivergedError, match=r"infinite by word .* with learning_rate=1e\+30: lower the learning rate"):
        finished(TrainConfig(**SMALL, learning_rate=1e30), engine)


@pytest.mark.parametrize(
    "wrong,message",
    [
        (dict(model="glove"), "model is 'glove': choose sgns or cbow"),
        (dict(dim=0), "dim is 0: choose a whole number from 1"),
        (dict(dim=2.5), "dim is 2.5"),
        (dict(dim=10**6), "dim is 1000000"),
        (dict(window=0), "window is 0"),
        (dict(negatives=0), "negatives is 0"),
        (dict(epochs=0), "epochs is 0"),
        (dict(seed=-1), "seed is -1: choose a whole number of 0 or more"),
        (dict(noise_exponent=math.nan), "noise_exponent is nan"),
        (dict(sample=-0.1), "sample is -0.1: choose 0 to keep"),
        (dict(sample="many"), "sample is 'many'"),
        (dict(shared_negatives=2), "shared_negatives is 2 and model is sgns: choose True or False"),
        (dict(model="cbow", shared_negatives=True), "shared_negatives is True and model is cbow: .* as it is"),
        (dict(learning_rate=0), "learning_rate is 0: choose a number above 0"),
        (dict(learning_rate=math.inf), "learning_rate is inf"),
    ],
)
def test_a_parameter_out_of_range_is_named(wrong, message):
    with pytest.raises(InvalidConfig, match=message):
        TrainConfig(**wrong)


@pytest.mark.parametrize(
    "corpus,error,message",
    [
        (corpus_of([[0], [1], []]), EmptyCorpus, "No sentence has two words"),
        (corpus_of([[0, 0, 0]]), EmptyCorpus, "1 different word:"),
        (Corpus(np.array([0, 1, 2], np.int32), TWO_WORDS), ValueError, r"tokens\[2\] is 2: ids go from 0 to 1"),
        (Corpus(np.array([0, -2], np.int32), TWO_WORDS), ValueError, r"tokens\[1\] is -2"),
        (Corpus(np.array([0, 1], np.int64), TWO_WORDS), TypeError, "tokens is a int64 array"),
        (Corpus(np.zeros(0, np.int32), TWO_WORDS), EmptyCorpus, "No sentence"),
    ],
)
def test_a_corpus_without_training_in_it_is_told(corpus, error, message):
    with pytest.raises(error, match=message):
        Trainer(corpus, TrainConfig())


@pytest.mark.parametrize("words", [0, -5, 1.5])
def test_advance_wants_a_number_of_words(words):
    with pytest.raises(ValueError, match="choose a whole number of 1 or more"):
        Trainer(CORPUS, TrainConfig()).advance(words)


def test_without_a_kernel_numpy_does_it_and_says_why(monkeypatch):
    def missing():
        raise NoKernel("it was not built.")

    monkeypatch.setattr(word2vec, "load", missing)
    assert Trainer(CORPUS, TrainConfig()).engine == "numpy"
    assert word2vec.why_slow() == "it was not built."
    with pytest.raises(NoKernel):
        Trainer(CORPUS, TrainConfig(), "kernel")
    with pytest.raises(ValueError, match="engine is 'gpu': choose"):
        Trainer(CORPUS, TrainConfig(), "gpu")


def test_a_missing_library_is_told(monkeypatch):
    monkeypatch.setattr(sys, "platform", "nowhere")
    with pytest.raises(NoKernel, match=r"There is no kernel-nowhere-\w+\.bin"):
        kernel.load.__wrapped__()


def test_memory_is_refused_before_it_is_taken(monkeypatch):
    needed = memory_needed(100_000, 300, 2_000_000)
    assert 2 * 100_000 * 300 * 4 + 2 * 2_000_000 * 4 < needed < 1.3 * (2 * 100_000 * 300 * 4 + 2 * 2_000_000 * 4)
    check_memory(100_000, 300, 2_000_000, needed)
    with pytest.raises(TooLarge, match="would take about .* MB, and there are .* MB: lower dim, raise min_count"):
        check_memory(100_000, 300, 2_000_000, needed - 1)
    monkeypatch.setattr(word2vec, "initial", lambda *_: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(TooLarge, match="lower dim"):
        Trainer(CORPUS, TrainConfig())
