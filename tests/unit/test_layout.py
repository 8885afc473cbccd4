"""The layout: its strengths and forces against what they are defined by, its two engines against one another."""

import numpy as np
import pytest

from embedlab import kernel
from embedlab import layout as module
from embedlab.graph import Graph, neighbour_graph
from embedlab.kernel.plane import Samples
from embedlab.layout import (
    NEAR,
    ReadableSamples,
    edges_of,
    kept_edges,
    layout,
    pca_start,
    pull,
    push,
    random_rows,
    sample,
    strengths_of,
)
from embedlab.projection import PCA, neighbour_recall
from embedlab.vectors import unit_rows

built = pytest.mark.skipif(not kernel.library_path().exists(), reason="the kernel is not built: run build.py")


def groups(N=60, D=10, count=3, seed=0):
    """(vectors, labels) in groups that stand well apart."""
    rng = np.random.default_rng(seed)
    labels = np.arange(N) % count
    return rng.normal(size=(count, D))[labels] + 0.2 * rng.normal(size=(N, D)), labels


def last(frames):
    *_, frame = frames
    return frame


# -- strengths -------------------------------------------------------------------------------------------------------


def test_a_rows_strengths_are_1_for_the_nearest_and_sum_to_log2_k():
    distances = np.sort(np.random.default_rng(0).uniform(0.1, 1.5, (40, 8)), axis=1)
    strengths = strengths_of(distances)
    np.testing.assert_array_equal(strengths[:, 0], 1)
    np.testing.assert_allclose(strengths.sum(axis=1), 3, rtol=1e-5)
    assert (np.diff(strengths, axis=1) <= 0).all()


def test_they_fall_as_an_exponential():
    """Two rows of the same shape: twice as far is twice the scale; log strengths are on a line through the nearest."""
    distances = np.array([[0.2, 0.3, 0.5, 0.9]])
    strengths = strengths_of(np.concatenate([distances, 2 * distances]))
    np.testing.assert_allclose(strengths[0], strengths[1], rtol=1e-4)
    slopes = np.log(strengths[0, 1:]) / (distances[0, 1:] - 0.2)
    np.testing.assert_allclose(slopes, slopes[0], rtol=1e-6)


def test_equal_rows_are_tied_as_strongly_as_can_be():
    strengths = strengths_of(np.array([[0, 0, 0, 0], [0, 0, 0.3, 0.6], [0.4, 0.4, 0.4, 0.4]]))
    assert np.isfinite(strengths).all()
    np.testing.assert_array_equal(strengths[[0, 2]], 1)
    np.testing.assert_array_equal(strengths[1, :3], 1)
    assert strengths[1, 3] < 0.01  # the sum, 3, is above log2(4): the rest counts as little as it can


def test_ties_hold_both_ways():
    graph = neighbour_graph(groups()[0], 6)
    edges, strengths = edges_of(graph), strengths_of(1 - graph.cosines.astype(float))
    one_way = {(i, int(j)): s for i in range(60) for j, s in zip(graph.neighbours[i], strengths[i])}
    found = dict(zip(zip(edges.heads.tolist(), edges.tails.tolist()), edges.strengths.tolist()))
    assert len(found) == len(edges.heads) and set(found) == set(one_way) | {(j, i) for i, j in one_way}
    for (i, j), strength in found.items():
        a, b = one_way.get((i, j), 0), one_way.get((j, i), 0)
        assert strength == pytest.approx(a + b - a * b, rel=1e-6) and found[j, i] == strength
    assert (np.diff(edges.heads) >= 0).all()


def test_what_would_never_be_sampled_is_left_out():
    edges = edges_of(neighbour_graph(groups()[0], 20))
    kept = kept_edges(edges, 10)
    assert 0 < len(kept.heads) < len(edges.heads)
    assert kept.strengths.min() >= edges.strengths.max() / 10 > edges.strengths.min()


# -- forces ----------------------------------------------------------------------------------------------------------


def differences(loss, point, step=1e-6):
    """The gradient of loss(point), by central differences."""
    offsets = np.eye(2) * step
    return np.array([(loss(point + d) - loss(point - d)) / (2 * step) for d in offsets])


@pytest.mark.parametrize("offset", [(0.3, -0.4), (2, 1), (-7, 3), (0.01, 0.02), (0, 1.5)])
def test_the_forces_are_gradients_of_the_cross_entropy(offset):
    def similarity(y):
        return 1 / (1 + y @ y)

    def other(y):  # 1 - s, kept from 0
        return (NEAR + y @ y) / (1 + y @ y)

    y = np.array(offset, float)
    np.testing.assert_allclose(pull(y), differences(lambda y: -np.log(similarity(y)), y), rtol=1e-6, atol=1e-8)
    expected = differences(lambda y: -0.7 * np.log(other(y)) / (1 - NEAR), y)
    np.testing.assert_allclose(push(y, 0.7), expected, rtol=1e-5, atol=1e-8)


def test_far_from_each_other_the_push_is_that_of_1_minus_s():
    y = np.array([3.0, -4.0])
    expected = differences(lambda y: -np.log(1 - 1 / (1 + y @ y)), y)
    np.testing.assert_allclose(push(y, 1), expected, rtol=1e-4)


def test_a_sample_by_hand():
    y = np.array([[0.0, 0], [2, 0], [0, -3], [0, 0]])
    sample(y, 0, 1, np.array([2, 0, 0]), rate=0.5, repulsion=1)
    pulled = 0.5 * 2 * 2 / (1 + 4)  # 0.4: both by as much
    np.testing.assert_allclose(y[1], [2 - pulled, 0])
    squares = pulled**2 + 9
    strength = 2 / ((NEAR + squares) * (1 + squares))
    np.testing.assert_allclose(y[0], [pulled + 0.5 * strength * pulled, 0.5 * strength * 3])
    np.testing.assert_allclose(y[2:], [[0, -3], [0, 0]])  # a negative stays where it is


def test_forces_are_clipped():
    y = np.array([[0.0, 0], [0, 0], [0.01, 0]])
    sample(y, 0, 1, np.array([2]), rate=1, repulsion=1)
    np.testing.assert_allclose(y[0], [-4, 0])


# -- the engines -----------------------------------------------------------------------------------------------------


def test_random_rows_are_splitmix64s():
    """Against the algorithm in whole numbers."""

    def numbers(state):
        while True:
            state = (state + 0x9E3779B97F4A7C15) % 2**64
            z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
            yield z ^ (z >> 31)

    start = 2**64 - 12345
    rows, state = random_rows(start, 20, 1000)
    expected = [(z >> 32) * 1000 >> 32 for z, _ in zip(numbers(start), range(25))]
    assert rows.tolist() == expected[:20]
    assert random_rows(state, 5, 1000)[0].tolist() == expected[20:]


@built
@pytest.mark.parametrize(
    "N,k,negatives,repulsion", [(5, 2, 1, 1.0), (40, 5, 5, 1.0), (40, 3, 7, 0.3), (90, 15, 2, 2.5)]
)
def test_the_kernel_takes_the_readable_samples_bit_for_bit(N, k, negatives, repulsion):
    vectors = groups(N, seed=N)[0]
    edges = kept_edges(edges_of(neighbour_graph(vectors, k)), 8)
    every = edges.strengths.max() / edges.strengths
    engines = []
    for kind in (Samples, ReadableSamples):
        y = pca_start(vectors)
        engines.append((kind(y, edges.heads, edges.tails, every, every.copy(), negatives, repulsion, 99), y))
    (compiled, y), (readable, expected) = engines
    for epoch in range(1, 9):
        compiled.epoch(epoch, 1 - epoch / 10)
        readable.epoch(epoch, 1 - epoch / 10)
        assert compiled.random == readable.random
        np.testing.assert_array_equal(y, expected)


@built
def test_an_edge_is_sampled_as_often_as_its_strength_says():
    """Of 100 epochs: in each, in every second, in every 40th; moves by a push of 0 show it."""
    heads, tails = np.array([0, 2, 4], np.int32), np.array([1, 3, 5], np.int32)
    every = np.array([1, 2, 40], np.float32)
    y = np.tile(np.array([[0, 0], [1000, 0]], np.float32), (3, 1))
    samples = Samples(y, heads, tails, every, every.copy(), 1, 0.0, 1)
    for epoch in range(1, 101):
        samples.epoch(epoch, 1.0)
    moved = y[::2, 0]  # each sample by 2 · 1000 / 1000², at most a little more as they come nearer
    np.testing.assert_allclose(moved, np.array([100, 50, 2]) * 2e-3, rtol=2e-3)


@pytest.mark.parametrize(
    "change,error",
    [
        (dict(heads=np.array([0, 9], np.int32)), "heads go from 0 to 9: the rows are 0 to 3"),
        (dict(tails=np.array([-1, 1], np.int32)), "tails go from -1 to 1"),
        (dict(heads=np.array([0], np.int32)), "1 heads, 2 tails"),
        (dict(due=np.zeros(3, np.float32)), "3 epochs when due"),
        (dict(positions=np.zeros((4, 3), np.float32)), r"positions are \(4, 3\)"),
        (dict(positions=np.zeros((4, 2))), "positions is a float64 array"),
        (dict(every=np.zeros(2)), "every is a float64 array"),
    ],
)
@built
def test_what_would_lead_c_astray_is_refused(change, error):
    parts = dict(
        positions=np.zeros((4, 2), np.float32),
        heads=np.array([0, 1], np.int32),
        tails=np.array([1, 2], np.int32),
        every=np.ones(2, np.float32),
        due=np.ones(2, np.float32),
    )
    with pytest.raises((ValueError, TypeError), match=error):
        Samples(**(parts | change), negatives=1, repulsion=1.0, random=0)


# -- the whole -------------------------------------------------------------------------------------------------------


@built
def test_groups_come_apart_and_neighbours_stay():
    vectors, labels = groups(N=300, D=20, count=5)
    start = pca_start(vectors)
    frame = last(layout(neighbour_graph(vectors, 10), start))
    unit = unit_rows(vectors)
    kept, before = (neighbour_recall(unit, y, 10).mean() for y in (frame.positions, start))
    assert (frame.epoch, frame.epochs) == (200, 200)
    assert kept > before + 0.1 and before > 0.1  # chance: 0.03
    distances = np.linalg.norm(frame.positions[:, None] - frame.positions, axis=-1)
    same = labels[:, None] == labels
    assert distances[same].max() < distances[~same].min()


@built
def test_the_same_seed_gives_the_same_and_another_one_another():
    vectors = groups()[0]
    graph, start = neighbour_graph(vectors, 5), pca_start(vectors)
    one, again, other = (last(layout(graph, start, 30, seed=seed)).positions for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).max() > 0.1


@built
def test_more_repulsion_spreads_the_points():
    vectors = groups(200)[0]
    graph, start = neighbour_graph(vectors, 5), pca_start(vectors)
    weak, strong = (last(layout(graph, start, repulsion=r)).positions for r in (0.1, 4))

    def gaps(y):
        distances = np.linalg.norm(y[:, None] - y, axis=-1)
        np.fill_diagonal(distances, np.inf)
        return distances.min(axis=1).mean()

    assert gaps(strong) > 2 * gaps(weak)


def test_it_yields_the_start_and_each_epoch_and_can_be_left():
    vectors = groups(20)[0]
    start = pca_start(vectors)
    frames = layout(neighbour_graph(vectors, 3), start, epochs=3, engine="numpy")
    first = next(frames)
    np.testing.assert_array_equal(first.positions, start)
    assert [(frame.epoch, frame.epochs) for frame in frames] == [(1, 3), (2, 3), (3, 3)]
    assert first.positions is not start and np.abs(first.positions - start).max() > 0
    next(layout(neighbour_graph(vectors, 3), start)).positions[:] = 0  # a copy: the start stays
    assert np.abs(start).max() == pytest.approx(10, abs=0.01)


def test_without_a_kernel_the_readable_samples_are_taken(monkeypatch):
    def none(*parts):
        raise kernel.NoKernel("none here")

    vectors = groups(20)[0]
    graph, start = neighbour_graph(vectors, 3), pca_start(vectors)
    monkeypatch.setattr(module, "Samples", none)
    assert np.isfinite(last(layout(graph, start, epochs=2)).positions).all()
    with pytest.raises(kernel.NoKernel):
        last(layout(graph, start, epochs=2, engine="kernel"))


def test_equal_rows_come_apart():
    frame = last(layout(neighbour_graph(np.ones((12, 3)), 4), pca_start(np.ones((12, 3))), 20, engine="numpy"))
    assert np.isfinite(frame.positions).all()
    assert len(np.unique(frame.positions.round(3), axis=0)) == 12


def test_the_start_is_pcas():
    vectors = groups()[0]
    unit = unit_rows(vectors)
    expected = PCA(2).fit(unit).transform(unit)
    start = pca_start(vectors, seed=3)
    np.testing.assert_allclose(start, expected * 10 / np.abs(expected).max(), atol=1e-3)
    assert start.dtype == np.float32 and np.abs(start - pca_start(vectors, seed=4)).max() > 0


@pytest.mark.parametrize(
    "change,error",
    [
        (dict(start=np.zeros((20, 3))), r"start has shape \(20, 3\): give 20 rows of two"),
        (dict(start=np.zeros((19, 2))), "give 20 rows"),
        (dict(start=np.full((20, 2), np.nan)), "finite"),
        (dict(epochs=0), "epochs is 0: choose a whole number of 1"),
        (dict(epochs=2.5), "epochs is 2.5"),
        (dict(negatives=0), "negatives is 0"),
        (dict(seed=-1), "seed is -1"),
        (dict(repulsion=-1), "repulsion is -1: choose a number of 0 or more"),
        (dict(repulsion=np.inf), "repulsion is inf"),
        (dict(engine="c"), "engine is 'c'"),
    ],
)
def test_what_does_not_fit_is_refused(change, error):
    vectors = groups(20)[0]
    parts = dict(graph=neighbour_graph(vectors, 3), start=pca_start(vectors)) | change
    with pytest.raises(ValueError, match=error):
        next(layout(**parts))


@pytest.mark.parametrize("shape", [(1, 5), (5, 1)])
def test_a_start_needs_two_rows_of_two_numbers(shape):
    with pytest.raises(ValueError, match="two rows or more, of two numbers or more"):
        pca_start(np.ones(shape))


def test_a_graph_of_two_neighbours_is_enough():
    graph = Graph(np.array([[1, 2], [0, 2], [1, 0], [2, 1]], np.int32), np.full((4, 2), 0.5, np.float32))
    assert np.isfinite(last(layout(graph, np.eye(4, 2), 5, engine="numpy")).positions).all()
