import math
from dataclasses import replace

import numpy as np
import pytest

from embedlab.corpora import TOY_CONFIG, toy_corpus
from embedlab.history import BadHistory, History, Recorder, frame_steps
from embedlab.sgns import Config, InvalidConfig, initial, train
from embedlab.text import EmptyCorpus, Vocabulary, tokenize

SENTENCES = tokenize(toy_corpus().text)[:12]
VOCABULARY = Vocabulary.from_sentences(SENTENCES)
CONFIG = Config(epochs=3, seed=4)
S = (6 * 12 + 6 * 18) * 3  # pairs of six sentences of four words and six of five, x epochs


def record(stop_after=None, **options):
    recorder = Recorder(SENTENCES, VOCABULARY, CONFIG, **options)
    for chunk in recorder:
        if chunk.stop == stop_after:
            break
    return recorder.history()


@pytest.fixture(scope="module")
def states():
    """(U, V) before each step and after the last, from the training itself."""
    return [initial(len(VOCABULARY), CONFIG)] + [(c.U, c.V) for c in train(SENTENCES, VOCABULARY, CONFIG, 1)]


@pytest.fixture(scope="module")
def losses():
    """The loss of each step, from the training itself: (S,)."""
    return np.concatenate([chunk.losses for chunk in train(SENTENCES, VOCABULARY, CONFIG)])


def assert_equal_histories(a, b):
    for name in ("steps", "U", "V", "loss"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
    for name, values in vars(a.log).items():
        np.testing.assert_array_equal(values, getattr(b.log, name))
        assert values.dtype == getattr(b.log, name).dtype
    assert a.config == b.config and a.vocabulary.words == b.vocabulary.words
    assert a.steps_per_epoch == b.steps_per_epoch


@pytest.mark.parametrize(
    "frames,expected",
    [
        (2, [0, 540]),
        (5, [0, 68, 191, 351, 540]),  # 540 (f / 4) ** 1.5 is 67.5, 190.9, 350.7
        (6, [0, 48, 137, 251, 386, 540]),
        (541, list(range(541))),
        (10_000, list(range(541))),
    ],
)
def test_frames_lie_between_before_the_first_step_and_after_the_last(frames, expected):
    history = record(frames=frames)
    assert history.steps.tolist() == expected
    assert history.U.shape == history.V.shape == (len(expected), len(VOCABULARY), 2)
    assert history.loss.shape == (len(expected),) and history.steps.dtype == np.int64


@pytest.mark.parametrize("total", [1, 2, 3, 7, 299, 300, 301, 302, 450, 1000, 48_000, 400_000])
@pytest.mark.parametrize("frames", [2, 3, 10, 301])
def test_the_steps_of_frames_rise_to_the_last_and_lie_ever_further_apart(total, frames):
    steps = frame_steps(total, frames)
    assert len(steps) == min(frames, total + 1) and (steps[0], steps[-1]) == (0, total)
    gaps = np.diff(steps)
    assert all(type(step) is int for step in steps) and gaps.min() >= 1
    assert (np.diff(gaps) >= -1).all()  # rounding may take one away


def toy_history(negatives, seed):
    sentences = tokenize(toy_corpus().text)
    config = replace(TOY_CONFIG, negatives=negatives, seed=seed)
    recorder = Recorder(sentences, Vocabulary.from_sentences(sentences), config)
    for _ in recorder:
        pass
    return recorder.history()


@pytest.mark.parametrize("negatives", [1, 2, 5, 15])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_tenth_of_the_frames_holds_more_than_a_fifth_of_the_way(negatives, seed):
    run = toy_history(negatives, seed)
    assert run.U.shape == (301, 15, 2) and run.steps[-1] == len(run.log) == 48_000
    tenths = [
        sum(np.linalg.norm(run.U[f + 1] - run.U[f], axis=1).sum() for f in range(start, start + 30))
        for start in range(0, 300, 30)
    ]
    assert max(tenths) <= 0.2 * sum(tenths)
    net = np.linalg.norm(run.U[30::30] - run.U[:-30:30], axis=2).sum(axis=1)  # from end to end of each tenth
    assert net.max() <= (0.35 if negatives == 1 else 0.65) * net.sum()


def test_frames_hold_the_states_of_the_training(states):
    history = record(frames=6)
    for step, U, V in zip(history.steps, history.U, history.V):
        np.testing.assert_array_equal(U, states[step][0])
        np.testing.assert_array_equal(V, states[step][1])


def test_loss_is_the_mean_since_the_frame_before(losses):
    history = record(frames=6)
    assert history.loss[0] == pytest.approx(6 * math.log(2))  # V is zero: each of 5 + 1 terms is log 2
    assert history.loss[2] == pytest.approx(losses[48:137].mean())


def test_epochs_follow_from_steps():
    np.testing.assert_allclose(record(frames=5).epochs, np.array([0, 68, 191, 351, 540]) / 180)


def test_rates_are_those_of_the_steps_that_follow():
    history = record(frames=6)
    np.testing.assert_array_equal(history.rates[:-1], history.log.learning_rate[history.steps[:-1]])
    assert history.rates[-1] == pytest.approx(0.05 * 1e-4)
    stopped = record(frames=6, stop_after=137)
    np.testing.assert_array_equal(stopped.rates, history.rates[:3])


def test_the_state_before_any_step_is_exact(states):
    history = record(frames=6)
    for step in range(S + 1):
        U, V = history.at(step)
        np.testing.assert_array_equal(U, states[step][0])
        np.testing.assert_array_equal(V, states[step][1])


def test_looking_does_not_change_the_history():
    history, untouched = record(frames=6), record(frames=6)
    for step in (0, 47, 48, 200):
        history.at(step)[0][:] = 99
        history.explain(step)
    assert_equal_histories(history, untouched)


def test_explain_shows_the_step_as_it_was(states, losses):
    history = record(frames=6)
    for step in range(S):
        shown, (U, V), (U_next, V_next) = history.explain(step), states[step], states[step + 1]
        assert shown.rows.tolist() == [history.log.context[step], *history.log.negatives[step]]
        np.testing.assert_array_equal(shown.u_before, U[shown.centre])
        np.testing.assert_array_equal(shown.u_after, U_next[shown.centre])
        np.testing.assert_array_equal(shown.v_before, V[shown.rows])
        np.testing.assert_array_equal(shown.v_after, V_next[shown.rows])
        assert shown.loss == losses[step] and shown.learning_rate == history.log.learning_rate[step]


def test_the_numbers_of_explain_follow_from_its_rows():
    history = record(frames=6)
    skipped = 0
    for step in range(S):
        shown = history.explain(step)
        for k, row in enumerate(shown.rows):
            dot = sum(a * b for a, b in zip(shown.u_before, shown.v_before[k]))
            sigma = 1 / (1 + math.exp(-dot))
            assert shown.dots[k] == pytest.approx(dot, abs=1e-12) and shown.sigmoids[k] == pytest.approx(sigma)
            assert shown.skipped[k] == (k > 0 and row == shown.rows[0])
            pull = 0 if shown.skipped[k] else abs(sigma - (k == 0)) * math.hypot(*shown.u_before)
            assert shown.gradient_sizes[k] == pytest.approx(pull, abs=1e-12)
        moved = math.hypot(*(shown.u_after - shown.u_before))
        assert moved == pytest.approx(shown.learning_rate * shown.centre_gradient_size, abs=1e-12)
        skipped += shown.skipped.any()
    assert skipped > 10


def test_a_stopped_run_is_a_shorter_history(states):
    whole, stopped = record(frames=6), record(frames=6, stop_after=137)
    assert stopped.steps.tolist() == [0, 48, 137] and len(stopped.log) == 137
    np.testing.assert_array_equal(stopped.U, whole.U[:3])
    np.testing.assert_array_equal(stopped.at(137)[1], states[137][1])
    np.testing.assert_allclose(stopped.epochs, whole.epochs[:3])


def test_a_run_stopped_before_the_first_step_has_one_frame(tmp_path):
    history = Recorder(SENTENCES, VOCABULARY, CONFIG).history()
    assert history.steps.tolist() == [0] and len(history.log) == 0
    history.save(tmp_path / "run.npz")
    assert_equal_histories(History.load(tmp_path / "run.npz"), history)


def test_a_stopped_recorder_goes_on_where_it_stopped():
    recorder = Recorder(SENTENCES, VOCABULARY, CONFIG, frames=6)
    next(iter(recorder))
    for _ in recorder:
        pass
    assert_equal_histories(recorder.history(), record(frames=6))


@pytest.mark.parametrize("call,step", [("at", -1), ("at", S + 1), ("explain", -1), ("explain", S)])
def test_a_step_outside_the_run_is_named(call, step):
    with pytest.raises(ValueError, match=f"step {step} is outside this run: choose one of 0 to"):
        getattr(record(frames=2), call)(step)


def test_saved_and_loaded_is_the_same_history(tmp_path):
    history = record(frames=6)
    history.save(tmp_path / "run")
    loaded = History.load(tmp_path / "run")
    assert_equal_histories(loaded, history)
    np.testing.assert_array_equal(loaded.at(100)[0], history.at(100)[0])


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"not a run",
        lambda data: data[: len(data) // 2],
        lambda data: data[:200] + bytes(100) + data[300:],
    ],
)
def test_a_damaged_file_is_named(tmp_path, damage):
    path = tmp_path / "run.npz"
    record(frames=6).save(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(BadHistory, match="run.npz is not a run saved by History.save .*: save the run again"):
        History.load(path)


def test_a_file_of_other_arrays_is_named(tmp_path):
    np.savez(tmp_path / "other.npz", U=np.zeros(3))
    np.save(tmp_path / "array.npy", np.zeros(3))
    for name in ("other.npz", "array.npy"):
        with pytest.raises(BadHistory, match=f"{name} is not a run"):
            History.load(tmp_path / name)


def test_a_pickle_is_not_opened(tmp_path):
    class Trap:
        def __reduce__(self):
            return (tmp_path / "sprung").touch, ()

    file = tmp_path / "run.npz"
    record(frames=6).save(file)
    with np.load(file) as saved:
        np.savez(file, **{**saved, "counts": np.array([Trap()], dtype=object)})
    with pytest.raises(BadHistory):
        History.load(file)
    assert not (tmp_path / "sprung").exists()


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match="absent.npz"):
        History.load(tmp_path / "absent.npz")


def test_bad_input_is_refused_before_training_starts():
    with pytest.raises(InvalidConfig, match="no two different words"):
        Recorder([["a", "a"]], Vocabulary.from_sentences([["a", "a"]]), CONFIG)
    with pytest.raises(EmptyCorpus):
        Recorder([[word] for word in VOCABULARY.words], VOCABULARY, CONFIG)
    with pytest.raises(ValueError, match="frames is 1: choose 2 or more"):
        Recorder(SENTENCES, VOCABULARY, CONFIG, frames=1)
