import numpy as np
import pytest

from embedlab.projection import (
    PCA,
    AnalogyPlane,
    DiscriminantPlane,
    leading_directions,
    neighbour_recall,
    parting_line,
    procrustes,
    purity,
    silhouettes,
)


def turn(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def test_pca_by_hand():
    # (3, 4) t + (-4, 3) s over 5 with t in ±10, s in ±5: variance 4 : 1 along (0.6, 0.8) and (-0.8, 0.6).
    # The largest entries 0.8 and -0.8 must be positive: the second axis is turned to (0.8, -0.6)
    long, short = np.array([6.0, 8.0]), np.array([-4.0, 3.0])
    X = np.array([long + short, long - short, -long + short, -long - short]) + [100, -50]
    pca = PCA(2).fit(X)
    np.testing.assert_allclose(pca.mean, [100, -50])
    np.testing.assert_allclose(pca.axes, [[0.6, 0.8], [0.8, -0.6]], atol=1e-12)
    np.testing.assert_allclose(pca.explained_variance_ratio, [0.8, 0.2])
    np.testing.assert_allclose(pca.transform(X[:1]), [[10, -5]])


def test_pca_agrees_with_the_eigenvectors_of_the_covariance():
    X = np.random.default_rng(0).normal(size=(40, 6)) @ np.diag([6, 5, 4, 3, 2, 1])
    values, vectors = np.linalg.eigh(np.cov(X.T))
    pca = PCA(3).fit(X)
    np.testing.assert_allclose(pca.explained_variance_ratio, values[::-1][:3] / values.sum())
    np.testing.assert_allclose(np.abs(pca.axes), np.abs(vectors.T[::-1][:3]), atol=1e-9)


def test_pca_signs_do_not_depend_on_the_sign_of_the_data():
    X = np.random.default_rng(1).normal(size=(20, 5))
    axes = PCA(4).fit(X).axes
    np.testing.assert_allclose(PCA(4).fit(-X).axes, axes, atol=1e-9)
    assert (axes[np.arange(4), np.abs(axes).argmax(axis=1)] > 0).all()


def test_pca_of_equal_rows_explains_nothing():
    assert PCA(1).fit(np.ones((4, 3))).explained_variance_ratio.tolist() == [0]


@pytest.mark.parametrize(
    "components,shape,message",
    [
        (2, (2, 5), "2 components of 2 rows by 5 columns: choose 1 to 1, or give more rows"),
        (3, (9, 2), "3 components of 9 rows by 2 columns: choose 1 to 2"),
        (0, (9, 2), "0 components"),
        (1, (4,), r"X has shape \(4,\): give a matrix"),
    ],
)
def test_pca_refuses_what_is_too_small(components, shape, message):
    with pytest.raises(ValueError, match=message):
        PCA(components).fit(np.random.default_rng(0).normal(size=shape))


def test_pca_names_the_row_that_is_not_finite():
    X = np.ones((5, 3))
    X[3, 1] = np.nan
    with pytest.raises(ValueError, match="row 3 of X holds a number that is not finite"):
        PCA(1).fit(X)


def test_pca_transforms_only_the_space_it_was_fitted_to():
    with pytest.raises(ValueError, match="X has 4 columns, but PCA was fitted to 3"):
        PCA(1).fit(np.eye(3)).transform(np.eye(4))


def test_procrustes_by_hand():
    # a quarter turn takes (1, 0) to (0, 1) and (0, 2) to (-2, 0): as rows times R, R = [[0, 1], [-1, 0]]
    np.testing.assert_allclose(procrustes([[1, 0], [0, 2]], [[0, 1], [-2, 0]]), [[0, 1], [-1, 0]], atol=1e-12)


@pytest.mark.parametrize("D", [2, 3, 7])
def test_procrustes_finds_the_rotation_or_reflection(D):
    rng = np.random.default_rng(D)
    Q, _ = np.linalg.qr(rng.normal(size=(D, D)))
    source = rng.normal(size=(20, D))
    np.testing.assert_allclose(procrustes(source, source @ Q), Q, atol=1e-9)


def test_no_turn_of_the_plane_does_better_than_procrustes():
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(9, 2)), rng.normal(size=(9, 2))
    best = np.linalg.norm(source @ procrustes(source, target) - target)
    for angle in np.linspace(0, 2 * np.pi, 721):
        for R in (turn(angle), turn(angle) @ np.diag([1, -1])):
            assert np.linalg.norm(source @ R - target) >= best - 1e-12


def test_procrustes_wants_rows_that_correspond():
    with pytest.raises(ValueError, match=r"source has shape \(3, 3\) and target \(2, 3\)"):
        procrustes(np.eye(3), np.eye(3)[:2])


def test_kept_by_hand():
    # seen from above, (3, 0, 4) keeps 3 of 5, (0, 2, 0) everything, (0, 0, 1) nothing; a pair without offset has none
    pca = PCA(2)
    pca.mean, pca.axes = np.zeros(3), np.eye(3)[:2]
    ends = np.array([[3.0, 0, 4], [0, 2, 0], [0, 0, 1], [0, 0, 0]])
    np.testing.assert_allclose(pca.kept(np.zeros((4, 3)), ends), [0.6, 1, 0, 0])


def test_the_analogy_plane_shows_a_parallelogram_whole():
    rng = np.random.default_rng(0)
    start, offset, side = rng.normal(size=(3, 20))
    starts = np.array([start, start + side])
    plane = AnalogyPlane().fit(starts, starts + offset)
    np.testing.assert_allclose(plane.kept(starts, starts + offset), [1, 1])
    for X in (starts, starts + offset):
        np.testing.assert_allclose(np.linalg.norm(np.diff(plane.transform(X), axis=0)), np.linalg.norm(side))
    arrows = plane.transform(starts + offset) - plane.transform(starts)
    np.testing.assert_allclose(arrows, [[np.linalg.norm(offset), 0]] * 2, atol=1e-12)  # forwards


def test_the_analogy_plane_by_hand():
    # offsets (0, 0, 2) and (0, 0, 1) along z; midpoints (0, ±3, ...): apart along y
    starts, ends = np.array([[5.0, -3, 0], [5, 3, 0]]), np.array([[5.0, -3, 2], [5, 3, 1]])
    plane = AnalogyPlane().fit(starts, ends)
    np.testing.assert_allclose(plane.axes, [[0, 0, 1], [0, 1, 0]], atol=1e-12)
    np.testing.assert_allclose(plane.mean, [5, 0, 0.75])
    np.testing.assert_allclose(AnalogyPlane().fit(ends, starts).axes[0], [0, 0, -1], atol=1e-12)


def test_no_direction_keeps_more_of_the_offsets_than_the_first_axis():
    rng = np.random.default_rng(1)
    starts, ends = rng.normal(size=(5, 4)), rng.normal(size=(5, 4)) + 1
    plane = AnalogyPlane().fit(starts, ends)
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    offsets, midpoints = ends - starts, (starts + ends) / 2 - plane.mean

    def squares(X, direction):
        return ((X @ direction) ** 2).sum()

    for direction in rng.normal(size=(2000, 4)):
        direction /= np.linalg.norm(direction)
        assert squares(offsets, direction) <= squares(offsets, plane.axes[0]) + 1e-12
        level = direction - direction @ plane.axes[0] * plane.axes[0]
        assert squares(midpoints, level / np.linalg.norm(level)) <= squares(midpoints, plane.axes[1]) + 1e-12


@pytest.mark.parametrize(
    "starts,ends,message",
    [
        (np.zeros((1, 3)), np.ones((1, 3)), r"starts has shape \(1, 3\) and ends \(1, 3\): give two or more pairs"),
        (np.zeros((2, 3)), np.ones((3, 3)), r"starts has shape \(2, 3\) and ends \(3, 3\)"),
        (np.zeros((2, 3)), np.ones((2, 3)), "no plane shows them: give other pairs"),
        (np.eye(3), np.eye(3), "the pairs have no offset"),
    ],
)
def test_pairs_that_make_no_plane_are_refused(starts, ends, message):
    with pytest.raises(ValueError, match=message):
        AnalogyPlane().fit(starts, ends)


def test_the_discriminant_plane_ignores_the_loudest_direction():
    # Six groups of two: the groups differ along the axes 0 and 1 only, most along 0, while within each group the rows
    # lie 40 apart along axis 2, which PCA would show first.
    corners = np.array([(4, 0, 0), (-4, 0, 0), (0, 2, 0), (0, -2, 0), (4, 2, 0), (-4, -2, 0)], float)
    X = np.concatenate([corners + (0, 0, 20), corners - (0, 0, 20)])
    plane = DiscriminantPlane().fit(X, list("abcdef") * 2)
    np.testing.assert_allclose(np.abs(plane.axes[:, 2]), 0, atol=1e-12)
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    assert np.abs(PCA(2).fit(X).axes[0, 2]) > 0.99


def ratio(v, X, labels, groups):
    """How far the labels' means and the mean offsets reach along v next to what should be hidden, term by term."""
    seen, labels = X @ v, np.array(labels)
    means = {label: seen[labels == label].mean() for label in set(labels.tolist())}
    share = {label: np.mean(labels == label) for label in means}
    shown = sum(share[a] * share[b] * (means[a] - means[b]) ** 2 for a in means for b in means if a < b)
    hidden = np.mean([(s - means[label]) ** 2 for s, label in zip(seen, labels)]) + 0.002 * v @ v
    for starts, ends in groups:
        shown += 0.15 * np.mean(ends @ v - starts @ v) ** 2
        hidden += 2 * np.var(ends @ v - starts @ v)
    return shown / hidden


def test_in_the_first_round_no_direction_does_better_than_the_best_of_the_plane(monkeypatch):
    monkeypatch.setattr(DiscriminantPlane, "ROUNDS", 1)
    rng = np.random.default_rng(6)
    X, labels = rng.normal(size=(40, 7)), np.array(list("abcd") * 10)
    X += rng.normal(size=(4, 7))[np.tile(np.arange(4), 10)]
    groups = [(X[:5], X[5:10]), (X[10:14], X[20:24])]
    A = DiscriminantPlane().fit(X, labels, groups).axes
    inside = [np.array([np.cos(a), np.sin(a)]) @ A for a in np.linspace(0, np.pi, 1_000)]
    best = max(ratio(v, X, labels, groups) for v in inside)
    near = [v + 0.02 * away for v in inside[::50] for away in rng.normal(size=(5, 7))]
    assert all(ratio(v, X, labels, groups) <= best * 1.0001 for v in [*near, *rng.normal(size=(300, 7))])


def test_labels_far_from_all_others_do_not_take_the_whole_plane(monkeypatch):
    # a is 12 off along axis 0; b, c, d and e are the corners of an oblong in the axes 1 and 2.
    centres = np.array([(12, 0, 0), (0, 4, 3), (0, 4, -3), (0, -4, 3), (0, -4, -3)], float)
    X = np.repeat(centres, 10, axis=0) + np.random.default_rng(8).normal(size=(50, 3))
    labels, (one, other) = np.repeat(list("abcde"), 10), np.triu_indices(5, 1)

    def least():
        places = centres @ DiscriminantPlane().fit(X, labels).axes.T
        return np.linalg.norm(places[one] - places[other], axis=1).min()

    after = least()
    monkeypatch.setattr(DiscriminantPlane, "ROUNDS", 1)
    assert after > 1.3 * least()


def test_the_offsets_of_a_group_are_parallel_on_the_discriminant_plane():
    # The offsets differ along axis 1 alone, which the labels differ along too; without the pairs it is shown.
    rng = np.random.default_rng(7)
    centres = np.array([(3, 3, 0), (-3, 0, 3), (0, -3, -3), (3, -3, 3), (-3, 3, -3)], float)
    X = np.repeat(centres, 8, axis=0) + 0.3 * rng.normal(size=(40, 3))
    labels = np.repeat(np.arange(5), 8)
    pairs = [(X[:6], X[:6] + [(1, s, 0) for s in (9, -9, 7, -7, 8, -8)])]
    with_pairs, without = DiscriminantPlane().fit(X, labels, pairs), DiscriminantPlane().fit(X, labels)
    assert np.abs(with_pairs.axes[:, 1]).max() < 0.05 < np.abs(without.axes[:, 1]).max()


def test_leading_directions_of_diagonal_matrices():
    rows = np.diag([np.sqrt(6), np.sqrt(5), 2])  # squared and over H, λ is 2, 5 and 2 again
    found = leading_directions(rows, np.diag([3.0, 1.0, 2.0]), 2)
    assert abs(found[0]) @ [1, 0, 1] < 1e-12 < abs(found[0][1])


@pytest.mark.parametrize(
    "X, labels", [(np.ones((4, 3)), list("aabb")), (np.ones((3, 1)), list("abc")), (np.ones((4, 3)), "abc")]
)
def test_the_discriminant_plane_wants_three_groups_in_two_dimensions(X, labels):
    with pytest.raises(ValueError, match="three groups or more"):
        DiscriminantPlane().fit(X, list(labels))


def test_purity_by_hand():
    # On a line: a at 0, 1, 9 and b at 3, 4. The two nearest: 0 -> 1, 3; 1 -> 0, 3; 3 -> 4, 1; 4 -> 3, 1; 9 -> 4, 3
    X, labels = np.array([[0.0], [1], [3], [4], [9]]), list("aabba")
    np.testing.assert_allclose(purity(X, labels, 2), [0.5, 0.5, 0.5, 0.5, 0])


def test_purity_wants_a_label_a_row():
    with pytest.raises(ValueError, match="a label a row"):
        purity(np.ones((3, 2)), ["a", "b"], 1)


def test_neighbour_recall_by_hand():
    # on the line 0, 1, 10, 11, 30 the two nearest of 0 are 1 and 10. The picture swaps the last two: 0, 1, 10, 30, 11
    full, picture = np.array([[0.0], [1], [10], [11], [30]]), np.array([[0.0], [1], [10], [30], [11]])
    # 0: {1, 2} and {1, 2}; 1: {0, 2} twice; 2: {3, 1} and {4, 1}; 3: {2, 1} and {4, 2}; 4: {3, 2} and {2, 1}
    assert neighbour_recall(full, picture, 2).tolist() == [1, 1, 0.5, 0.5, 0.5]
    assert neighbour_recall(full, picture, 1).tolist() == [1, 1, 0, 0, 0]


def test_a_picture_that_is_only_turned_recalls_every_neighbour_and_a_random_one_what_chance_gives():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2))
    assert neighbour_recall(X, 3 * X @ turn(1) + 7, 5).min() == 1
    assert neighbour_recall(X, rng.normal(size=(200, 2)), 20).mean() == pytest.approx(20 / 199, abs=0.03)


@pytest.mark.parametrize("rows,k", [(4, 0), (4, 4), (3, 1)])
def test_neighbour_recall_wants_the_same_rows_and_more_than_k(rows, k):
    with pytest.raises(ValueError, match=f"k is {k}, with 4 rows in full and {rows} in the picture"):
        neighbour_recall(np.eye(4), np.eye(rows), k)


def test_a_parting_line_by_hand():
    # (3, 1) and (3, -1) lie right of the others, which reach to x = 1: the widest gap is crossed upright, at x = 2
    X = np.array([[0.0, 0], [3, 1], [1, 2], [3, -1], [1, -2]])
    direction, height, right = parting_line(X, [False, True, False, True, False])
    np.testing.assert_allclose(direction, [1, 0], atol=1e-12)
    assert height == pytest.approx(2) and right == 5
    direction, height, right = parting_line(X, [True, False, True, False, True])
    np.testing.assert_allclose(direction, [-1, 0], atol=1e-12)
    assert height == pytest.approx(-2) and right == 5


def test_a_parting_line_parts_what_it_can():
    corners, diagonal = np.array([[0.0, 0], [1, 1], [0, 1], [1, 0]]), np.array([True, True, False, False])
    direction, height, right = parting_line(corners, diagonal)
    assert right == 3 == ((corners @ direction > height) == diagonal).sum()
    coinciding = np.array([[0.0, 0], [0, 0], [1, 0]])
    assert parting_line(coinciding, [True, False, False])[2] == parting_line(coinciding, [False, True, False])[2] == 2


@pytest.mark.parametrize(
    "X,chosen",
    [(np.eye(3), [True, False, True]), (np.eye(2), [True, True]), (np.eye(2), [False, False]), (np.eye(2), [True])],
)
def test_a_parting_line_wants_two_kinds_of_points_of_the_plane(X, chosen):
    with pytest.raises(ValueError, match="choose some of them, not all"):
        parting_line(X, chosen)


def test_silhouettes_by_hand():
    # on a line: group p at 0 and 2, group q at 5 and 9.
    # 0: a = 2, b = (5 + 9) / 2 = 7, (7 - 2) / 7;      2: a = 2, b = (3 + 7) / 2 = 5, (5 - 2) / 5
    # 5: a = 4, b = (5 + 3) / 2 = 4, 0;                9: a = 4, b = (9 + 7) / 2 = 8, (8 - 4) / 8
    X = np.array([[0.0], [2.0], [5.0], [9.0]])
    np.testing.assert_allclose(silhouettes(X, list("ppqq")), [5 / 7, 3 / 5, 0, 1 / 2])
    np.testing.assert_allclose(silhouettes(X[::-1], list("qqpp")), [1 / 2, 0, 3 / 5, 5 / 7])
    np.testing.assert_allclose(silhouettes(np.stack([X, X[::-1] * 2]), list("ppqq"))[1], [1 / 2, 0, 3 / 5, 5 / 7])


def test_silhouettes_point_by_point():
    rng = np.random.default_rng(0)
    X, labels = rng.normal(size=(12, 3)), rng.permutation([0, 1, 2] * 4)
    values = silhouettes(X, labels)
    for i in range(12):
        means = {
            k: np.mean([np.linalg.norm(X[i] - X[j]) for j in range(12) if j != i and labels[j] == k]) for k in range(3)
        }
        a, b = means.pop(labels[i]), min(means.values())
        assert values[i] == pytest.approx((b - a) / max(a, b))


@pytest.mark.parametrize("labels", ["pppp", "ppqr", "ppq"])
def test_silhouettes_want_two_groups_of_two(labels):
    with pytest.raises(ValueError, match="groups of"):
        silhouettes(np.arange(4.0)[:, None], list(labels))
