"""The map's planes on GloVe's own words: what they show, what they keep of other words, and the turn between them."""

import itertools

import numpy as np
import pytest
import scipy.linalg

from app.sources import packaged
from app.sources.map_plane import CHOSEN, SPREAD, ends, planes_of, rows
from app.sources.map_words import ANALOGIES, CATEGORIES, CATEGORY_OF, START
from app.sources.other_words import OTHER_ANALOGIES, OTHER_CATEGORY_OF
from embedlab.projection import PCA, AnalogyPlane, neighbour_recall, purity, silhouettes
from embedlab.vectors import WordVectors, mean_offset_cosine
from tests.in_node import in_node

LABELS = list(CATEGORY_OF.values())


@pytest.fixture(scope="module")
def vectors():
    return packaged.map_vectors()


@pytest.fixture(scope="module")
def planes(vectors):
    return planes_of(vectors, START, CATEGORY_OF)


def arrows(vectors, axes, groups):
    """{group: mean cosine between its arrows on the plane}."""
    return {
        group: mean_offset_cosine(*[side @ axes.T for side in ends(vectors, pairs)]) for group, pairs in groups.items()
    }


# -- the planes ------------------------------------------------------------------------------------------------


def test_on_the_first_plane_categories_stand_apart_and_arrows_are_parallel(vectors, planes):
    assert list(planes) == [CHOSEN, SPREAD, *ANALOGIES]
    xy = rows(vectors, START) @ planes[CHOSEN].T
    assert silhouettes(xy, LABELS).mean() >= 0.40
    assert purity(xy, LABELS).mean() >= 0.75
    assert min(arrows(vectors, planes[CHOSEN], ANALOGIES).values()) >= 0.95


def shown_lengths(vectors, axes):
    """{group: the mean length of its arrows, next to the larger extent of the words on the plane}."""
    extent = np.ptp(rows(vectors, START) @ axes.T, axis=0).max()
    return {
        group: np.linalg.norm(np.subtract(*ends(vectors, pairs)) @ axes.T, axis=1).mean() / extent
        for group, pairs in ANALOGIES.items()
    }


def test_arrows_are_long_enough_to_be_seen_on_the_first_plane(vectors, planes):
    assert min(shown_lengths(vectors, planes[CHOSEN]).values()) > 0.1


def test_the_first_plane_is_what_scipys_eigenvectors_give(vectors, planes):
    X, labels = rows(vectors, START), np.array(LABELS)
    means = {category: X[labels == category].mean(axis=0) for category in CATEGORIES}
    share = {category: np.mean(labels == category) for category in CATEGORIES}
    shown = [(share[a] * share[b], means[a] - means[b]) for a, b in itertools.combinations(CATEGORIES, 2)]
    hidden = 0.002 * np.eye(50)
    for category in CATEGORIES:
        hidden += share[category] * np.cov(X[labels == category].T, bias=True)
    for pairs in ANALOGIES.values():
        starts, stops = ends(vectors, pairs)
        shown.append((0.15, (stops - starts).mean(axis=0)))
        hidden += 2 * np.cov((stops - starts).T, bias=True)
    factors = [1.0] * len(shown)
    for _ in range(4):
        between = sum(factor * weight * np.outer(r, r) for factor, (weight, r) in zip(factors, shown))
        plane = scipy.linalg.orth(scipy.linalg.eigh(between, hidden)[1][:, -2:])  # (50, 2)
        squares = np.array([np.linalg.norm(r @ plane) ** 2 for _, r in shown])
        short = 1 / (squares / squares.mean() + 0.1)
        factors = (np.array(factors) + short / short.mean()) / 2
    np.testing.assert_allclose(scipy.linalg.subspace_angles(plane, planes[CHOSEN].T), 0, atol=1e-6)


def test_words_that_had_no_say_are_kept_much_worse(vectors, planes):
    """The lesson that the page draws from it: the plane was chosen for its words."""
    assert len(OTHER_CATEGORY_OF) >= 147 and not set(OTHER_CATEGORY_OF) & set(START)
    assert {word for pairs in OTHER_ANALOGIES.values() for pair in pairs for word in pair} <= set(OTHER_CATEGORY_OF)
    X, labels = rows(vectors, OTHER_CATEGORY_OF), list(OTHER_CATEGORY_OF.values())
    own = purity(rows(vectors, START) @ planes[CHOSEN].T, LABELS).mean()
    others = {name: purity(X @ planes[name].T, labels).mean() for name in (CHOSEN, SPREAD)}
    assert others[CHOSEN] < own - 0.25 and others[CHOSEN] < others[SPREAD] + 0.15
    assert arrows(vectors, planes[CHOSEN], OTHER_ANALOGIES)["gender"] < 0.8


def test_pca_and_the_analogies_have_planes_of_their_own(vectors, planes):
    np.testing.assert_allclose(planes[SPREAD], PCA(2).fit(rows(vectors, START)).axes, atol=1e-12)
    for group, pairs in ANALOGIES.items():
        np.testing.assert_allclose(planes[group], AnalogyPlane().fit(*ends(vectors, pairs)).axes, atol=1e-12)


def test_without_categories_the_first_plane_is_pca(vectors):
    assert list(planes_of(vectors, START, {}, groups={})) == [SPREAD]
    two = {word: category for word, category in CATEGORY_OF.items() if category in ("food", "animals")}
    assert CHOSEN not in planes_of(vectors, list(two), two)


def test_pairs_that_coincide_have_no_plane():
    vectors = WordVectors(["a", "b", "c", "d"], [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0]])
    assert list(planes_of(vectors, list("abcd"), {}, {"same": [("a", "b"), ("c", "d")]})) == [SPREAD]


# -- the page's arithmetic -------------------------------------------------------------------------------------


def turned(A, B, times):
    """The axes that the page shows at each time of the turn from plane A to plane B: (times, 2, D)."""
    body = "({ turnBetween }, { A, B, times }) => times.map(turnBetween(A, B))"
    return np.array(in_node("map/turn", body, A=A.tolist(), B=B.tolist(), times=times))


TIMES = np.linspace(0, 1, 21).tolist()


def random_plane(rng, D):
    return np.linalg.qr(rng.normal(size=(D, 2)))[0].T


@pytest.mark.parametrize("D", [2, 3, 50])
def test_every_moment_of_a_turn_is_a_true_projection_between_the_two_planes(D):
    rng = np.random.default_rng(D)
    for _ in range(5):
        A, B = random_plane(rng, D), random_plane(rng, D)
        axes = turned(A, B, TIMES)
        np.testing.assert_allclose(axes @ axes.transpose(0, 2, 1), np.tile(np.eye(2), (21, 1, 1)), atol=1e-9)
        np.testing.assert_allclose([axes[0], axes[-1]], [A, B], atol=1e-9)
        both = np.linalg.qr(np.vstack([A, B]).T)[0]  # the space in which it turns: (D, 4)
        np.testing.assert_allclose(axes @ both @ both.T, axes, atol=1e-9)
        steps = np.linalg.norm(np.diff(axes, axis=0), axis=(1, 2))
        np.testing.assert_allclose(steps, steps[0], rtol=1e-6)  # evenly, with no jump


@pytest.mark.parametrize("D", [2, 50])
def test_a_turn_to_the_same_or_a_mirrored_plane(D):
    A = random_plane(np.random.default_rng(1), D)
    np.testing.assert_allclose(turned(A, A, TIMES), np.tile(A, (21, 1, 1)), atol=1e-12)
    if D > 2:
        mirrored = turned(A, A * [[1], [-1]], TIMES)
        np.testing.assert_allclose(mirrored[-1], A * [[1], [-1]], atol=1e-9)


def test_a_plane_along_two_directions():
    across, up = np.random.default_rng(2).normal(size=(2, 7))
    body = "({ planeAlong }, { across, up }) => planeAlong(across, up)"
    axes = np.array(in_node("map/turn", body, across=across.tolist(), up=up.tolist()))
    np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-12)
    assert axes[0] @ across == pytest.approx(np.linalg.norm(across))  # all of it is seen
    assert axes[1] @ up == pytest.approx(np.sqrt(up @ up - (axes[0] @ up) ** 2))  # all that is left of it
    assert in_node("map/turn", body, across=across.tolist(), up=(-2 * across).tolist()) is None
    assert in_node("map/turn", body, across=[0, 0], up=[0, 1]) is None


def test_the_page_measures_what_embedlab_measures(vectors, planes):
    X = rows(vectors, START)
    xy = X @ planes[CHOSEN].T
    starts, stops = [side @ planes[CHOSEN].T for side in ends(vectors, ANALOGIES["gender"])]
    body = """({ purity, recall, meanOffsetCosine }, { X, xy, labels, starts, stops }) => [
        purity(xy, labels), recall(X, xy), meanOffsetCosine(starts.map((start, i) => [start, stops[i]]))]"""
    given = dict(X=X.tolist(), xy=xy.tolist(), labels=LABELS, starts=starts.tolist(), stops=stops.tolist())
    expected = [purity(xy, LABELS).mean(), neighbour_recall(X, xy, 5).mean(), mean_offset_cosine(starts, stops)]
    np.testing.assert_allclose(in_node("map/measures", body, **given), expected, rtol=1e-6)


def test_chance_is_what_random_pairs_give():
    """Against NumPy's own random pairs; for one pair and for too few points there is none."""
    rng = np.random.default_rng(5)
    for points in (rng.normal(size=(52, 2)), rng.normal(size=(52, 50))):
        drawn = rng.permuted(np.tile(np.arange(52), (4_000, 1)), axis=1)[:, :6]
        groups = [mean_offset_cosine(points[words[:3]], points[words[3:]]) for words in drawn]
        body = "({ chance }, { points }) => chance(points, 3)"
        ours = in_node("map/measures", body, points=points.tolist())
        assert ours == pytest.approx(np.quantile(groups, 0.95), abs=0.06)
    assert in_node("map/measures", "({ chance }) => chance([[0, 1], [1, 0]], 2)") is None


def test_the_page_has_the_vectors_of_its_words_as_python_has_them(vectors):
    file = (packaged.DATA / "map-rows.json").read_text()
    words = [*START, *OTHER_CATEGORY_OF, *(word for near in packaged.neighbours().values() for word, _ in near)]
    body = """({ unpack }, { file, words }) => {
        const rows = unpack(JSON.parse(file)); return words.map((word) => [...rows.get(word)]); }"""
    np.testing.assert_allclose(in_node("map/rows", body, file=file, words=words), rows(vectors, words), atol=1e-6)
