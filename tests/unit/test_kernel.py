"""The kernel against the readable steps: its random numbers are drawn again here, in Python's whole numbers."""

import ctypes
import math
from collections import Counter

import numpy as np
import pytest

from embedlab import cbow, kernel, sgns, word2vec
from embedlab.kernel import Kernel
from embedlab.sgns import noise_distribution
from embedlab.word2vec import alias_table

pytestmark = pytest.mark.skipif(not kernel.library_path().exists(), reason="the kernel is not built: run build.py")

SEED = 0x123456789ABCDEF
RATE, SLOPE, FLOOR = 0.1, 0.001, 0.03
AWKWARD = [-1, -1, 0, 1, -1, 1, -1, 0, 1, 1, 0, 1, 0, 0, 0, 1, -1, 1, 0, 1, 1, -1]  # empty, one word, one twice


class SplitMix:
    """Sebastiano Vigna's splitmix64.c, over Python's whole numbers."""

    def __init__(self, state):
        self.state = state

    def __call__(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return z ^ (z >> 31)


def random_stream(vocabulary, length, seed=0):
    """Ids with -1 here and there, (length,) int32, after some that are awkward."""
    ids = np.random.default_rng(seed).integers(0, vocabulary, length)
    ids[np.random.default_rng(seed + 1).random(length) < 0.1] = -1
    return np.concatenate([np.array(AWKWARD), ids]).astype(np.int32)


def tables(vocabulary, dim, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.normal(0, 0.5, (vocabulary, dim)).astype(np.float32) for _ in "UV"]


def table_of_noise(vocabulary):
    return alias_table(noise_distribution(np.arange(1, vocabulary + 1)))


def replayed(model, U, V, stream, noise, window, negatives):
    """(steps, loss) of the same run by sgns.step, sgns.shared_step or cbow.step in float64, in place."""
    bits, steps, loss, words = SplitMix(SEED), 0, 0.0, stream.tolist()

    def negative():
        z = bits()
        column = (z >> 32) * len(U) >> 32
        threshold, alias = noise[column].tolist()
        return column if z % 2**32 < threshold else alias

    def neighbours(t, width):
        for side in (range(t - 1, t - 1 - width, -1), range(t + 1, t + 1 + width)):
            for position in side:
                if not 0 <= position < len(words) or words[position] < 0:
                    break
                yield position

    for t, centre in enumerate(words):
        if centre < 0:
            continue
        around = [words[i] for i in sorted(neighbours(t, 1 + ((bits() >> 32) * window >> 32)))]
        rate = max(RATE - SLOPE * t, FLOOR)
        if model == "sgns_shared":
            if around:
                drawn = np.array([negative() for _ in range(negatives)])
                loss += sgns.shared_step(U, V, np.array(around), centre, drawn, rate)
                steps += len(around)
            continue
        if model == "cbow" and around:
            around = [around]
        for context in around:
            drawn = np.array([negative() for _ in range(negatives)])
            step = sgns.step if model == "sgns" else cbow.step
            loss += step(U, V, centre, np.array(context), drawn, rate)
            steps += 1
    return steps, loss


@pytest.mark.parametrize("model", ["sgns", "sgns_shared", "cbow"])
@pytest.mark.parametrize(
    "vocabulary,dim,window,negatives",
    [
        (2, 1, 1, 1),
        (2, 2, 3, 5),
        (3, 3, 2, 2),
        (3, 4, 7, 10),
        (5, 5, 5, 3),
        (7, 7, 2, 4),
        (40, 100, 5, 5),
        (40, 8, 30, 6),
        (90, 17, 4, 11),
        (300, 31, 3, 12),
        (11, 1, 40, 25),
        (2, 6, 60, 1),
    ],
)
def test_the_kernel_takes_the_readable_steps(model, vocabulary, dim, window, negatives):
    stream, noise = random_stream(vocabulary, 90), table_of_noise(vocabulary)
    U, V = tables(vocabulary, dim)
    exact_U, exact_V = U.astype(np.float64), V.astype(np.float64)
    engine = Kernel(model, U, V, noise, window, negatives, SEED)
    engine.read(stream)
    steps, loss = engine.train(0, len(stream), RATE, SLOPE, FLOOR)
    exact_steps, exact_loss = replayed(model, exact_U, exact_V, stream, noise, window, negatives)
    assert steps == exact_steps > 50
    assert loss == pytest.approx(exact_loss, rel=1e-5)
    np.testing.assert_allclose(U, exact_U, rtol=1e-4, atol=2e-5)
    np.testing.assert_allclose(V, exact_V, rtol=1e-4, atol=2e-5)


@pytest.mark.parametrize("model", ["sgns", "sgns_shared", "cbow"])
@pytest.mark.parametrize("piece", [1, 2, 7, 64])
def test_windows_reach_over_the_edges_of_calls(model, piece):
    stream, noise = random_stream(30, 200), table_of_noise(30)
    whole, pieces = tables(30, 5), tables(30, 5)
    steps = []
    for U, V, size in [(*whole, len(stream)), (*pieces, piece)]:
        engine = Kernel(model, U, V, noise, 6, 3, SEED)
        engine.read(stream)
        steps.append(
            sum(
                engine.train(at, min(at + size, len(stream)), RATE, SLOPE, FLOOR)[0]
                for at in range(0, len(stream), size)
            )
        )
    assert steps[0] == steps[1]
    np.testing.assert_array_equal(whole, pieces)


@pytest.mark.parametrize("x", [0.34, -0.34, 1, -1, math.log(3), 4, -4, 20, -20, 80, -80, 87, 300, -300])
def test_the_sigmoid_is_exact_near_and_far_out(x):
    # One step, u = (2**20 x,), v_context = (2**-20,), no negative but the context: v moves by rate (1 - σ(x)) u.
    U, V = np.array([[x * 2**20], [0]], np.float32), np.full((2, 1), 2**-20, np.float32)
    only_word_1 = np.array([[0, 1], [2**32 - 1, 1]], np.uint32)
    engine = Kernel("sgns", U, V, only_word_1, 1, 1, SEED)
    engine.read(np.array([0, 1], np.int32))
    loss = engine.train(0, 1, 1, 0, 1)[1]
    assert loss == pytest.approx(max(-x, 0) + math.log1p(math.exp(-abs(x))), rel=2e-7, abs=1e-7)
    moved = (V[1, 0] - 2**-20) / 2**20 / x
    assert moved == pytest.approx(1 / (1 + math.exp(x)), rel=3e-7 * (1 + abs(x)), abs=1e-20)


@pytest.mark.parametrize("model", ["sgns", "sgns_shared"])
def test_a_nan_is_told_in_the_loss(model):
    U, V = tables(9, 4)
    U[3, 2] = np.nan
    engine = Kernel(model, U, V, table_of_noise(9), 2, 5, SEED)
    engine.read(np.array([1, 3, 1], np.int32))
    assert math.isnan(engine.train(0, 3, RATE, 0, RATE)[1])


@pytest.mark.parametrize("model", ["sgns", "sgns_shared"])
def test_a_window_of_many_pairs_does_not_overflow_the_loss(model):
    U, V = np.zeros((2, 2, 3), np.float32)
    engine = Kernel(model, U, V, table_of_noise(2), 300, 40, SEED)
    engine.read(np.arange(601, dtype=np.int32) % 2)
    steps, loss = engine.train(300, 301, 0, 0, 0)  # nothing moves: each product stays 0
    assert steps > 2 and math.log(2) * steps < loss < 41 * math.log(2) * steps * (1 + 1e-5)
    assert loss / math.log(2) == pytest.approx(round(loss / math.log(2)), rel=1e-5)


def test_arrays_begin_with_a_line_of_the_cache():
    for shape, dtype in [((3, 5), np.float32), ((7,), np.int32)]:
        array = kernel.aligned(shape, dtype)
        assert array.shape == shape and array.dtype == dtype and not array.any()
        assert array.ctypes.data % 64 == 0 and array.flags.c_contiguous and array.flags.writeable


@pytest.mark.parametrize("counts", [[1, 1], [1000, 1], [5, 4, 3, 2, 1], [1] * 7, list(range(1, 50)), [1, 10**9, 2]])
def test_the_alias_table_holds_the_distribution(counts):
    probabilities, drawn = noise_distribution(counts), Counter()
    for column, (threshold, alias) in enumerate(alias_table(probabilities).tolist()):
        drawn[column] += threshold / 2**32 / len(counts)
        drawn[alias] += (1 - threshold / 2**32) / len(counts)
    np.testing.assert_allclose([drawn[i] for i in range(len(counts))], probabilities, atol=1e-9)


def good():
    U, V = tables(6, 3)
    return dict(model="sgns", U=U, V=V, noise=table_of_noise(6), window=2, negatives=2, random=SEED)


def large_alias():
    noise = table_of_noise(6)
    noise[2, 1] = 6
    return noise


@pytest.mark.parametrize(
    "wrong,error,message",
    [
        (dict(U=np.zeros((6, 3))), TypeError, "U is a float64 array of 2 axes: give a float32 array with axes: 2"),
        (dict(V=[[0.0]]), TypeError, "V is a list"),
        (dict(U=np.zeros((3, 6), np.float32).T), TypeError, "U is not contiguous"),
        (dict(V=np.broadcast_to(np.float32(0), (6, 3))), TypeError, "V is not contiguous"),
        (dict(U=np.zeros((5, 3), np.float32)), ValueError, r"U is \(5, 3\) and V is \(6, 3\)"),
        (dict(U=np.zeros((6, 0), np.float32), V=np.zeros((6, 0), np.float32)), ValueError, "none of it 0"),
        (dict(noise=table_of_noise(5)), ValueError, r"noise is \(5, 2\)"),
        (dict(noise=large_alias()), ValueError, "aliases below 6"),
        (dict(noise=table_of_noise(6).astype(np.int64)), TypeError, "noise is a int64"),
        (dict(window=0), ValueError, "window is 0"),
        (dict(negatives=0), ValueError, "negatives is 0"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        Kernel(**good() | wrong)


def test_one_array_for_both_is_refused():
    U = tables(6, 3)[0]
    with pytest.raises(ValueError, match="give two arrays"):
        Kernel(**good() | dict(U=U, V=U))


@pytest.mark.parametrize(
    "ids,message", [([0, 6], r"stream\[1\] is 6: ids go from 0 to 5"), ([-2], r"stream\[0\] is -2")]
)
def test_ids_out_of_range_are_refused(ids, message):
    with pytest.raises(ValueError, match=message):
        Kernel(**good()).read(np.array(ids, np.int32))


@pytest.mark.parametrize("start,stop", [(-1, 2), (0, 4), (2, 1)])
def test_positions_outside_the_stream_are_refused(start, stop):
    engine = Kernel(**good())
    engine.read(np.array([0, 1, 2], np.int32))
    with pytest.raises(ValueError, match="not in the stream's 0..3"):
        engine.train(start, stop, 1, 0, 1)


def test_a_library_that_is_not_one_is_no_kernel(tmp_path):
    (tmp_path / "kernel.so").write_bytes(b"not a library")
    with pytest.raises(kernel.NoKernel, match="kernel.so cannot be loaded here"):
        kernel.open_library(tmp_path / "kernel.so")


class Moved(ctypes.Structure):
    """Job with its first two fields exchanged: of the same size."""

    _fields_ = [kernel.Job._fields_[1], kernel.Job._fields_[0], *kernel.Job._fields_[2:]]


class Longer(ctypes.Structure):
    _fields_ = [*kernel.Job._fields_, ("more", ctypes.c_uint64)]


@pytest.mark.parametrize(
    "name,value,message",
    [
        ("BATCH", 32, "its BATCH is 64, where kernel/__init__.py has 32"),
        ("Job", Longer, r"its sizeof\(struct Job\) is \d+, where kernel/__init__.py has \d+"),
        ("Job", Moved, r"its U is 0, where kernel/__init__.py has \d"),
    ],
)
def test_a_library_with_other_sizes_is_no_kernel_and_numpy_takes_over(monkeypatch, name, value, message):
    kernel.open_library(kernel.library_path())
    monkeypatch.setattr(kernel, name, value)
    kernel.load.cache_clear()
    try:
        with pytest.raises(kernel.NoKernel, match=f"{kernel.library_path().name} was compiled from.*{message}"):
            kernel.load()
        assert "Build it again." in word2vec.why_slow()
        assert word2vec.choose(None).name == "numpy"
    finally:
        kernel.load.cache_clear()
