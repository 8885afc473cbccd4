"""From D dimensions to the plane, and from one frame to the next without needless turning.

Axes: N rows, D dimensions, C components, G groups, P pairs, A angles.
"""

import numpy as np

ANGLES = 720  # that parting_line tries: half a degree apart


def checked_matrix(X, name="X"):
    """X as a finite float64 array of two axes."""
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError(f"{name} has shape {X.shape}: give a matrix of rows and columns.")
    if not np.isfinite(X).all():
        row = np.flatnonzero(~np.isfinite(X).all(axis=1))[0]
        raise ValueError(f"row {row} of {name} holds a number that is not finite: leave it out or mend it.")
    return X


class Projection:
    """Onto axes (C, D), orthonormal, through mean (D,); what kinds of it there are differ in how these are found."""

    def transform(self, X):
        """Coordinates of X (N, D) on the axes: (N, C)."""
        X = checked_matrix(X)
        if X.shape[1] != len(self.mean):
            raise ValueError(
                f"X has {X.shape[1]} columns, but {type(self).__name__} was fitted to {len(self.mean)}: "
                f"use the same space."
            )
        return (X - self.mean) @ self.axes.T  # (N, C)

    def kept(self, starts, ends):
        """What part of the length of each offset end - start is seen in the projection: (N, D) twice -> (N,), 0..1."""
        offsets = checked_matrix(ends, "ends") - checked_matrix(starts, "starts")  # (N, D)
        lengths = np.linalg.norm(offsets, axis=1)  # (N,)
        return np.linalg.norm(offsets @ self.axes.T, axis=1) / np.where(lengths == 0, 1, lengths)


class PCA(Projection):
    """Principal components by singular value decomposition of the centred rows (Pearson 1901).

    After fit: mean (D,); axes (C, D), orthonormal, by falling variance, its sign fixed so that its entry of
    largest size is positive; explained_variance_ratio (C,), all 0 if the rows are equal.
    """

    def __init__(self, components):
        self.components = components

    def fit(self, X):
        """Learn from X (N, D) and return self; raises ValueError if X is not finite or too small."""
        X = checked_matrix(X)
        most = min(len(X) - 1, X.shape[1])
        if not 1 <= self.components <= most:
            raise ValueError(
                f"{self.components} components of {X.shape[0]} rows by {X.shape[1]} columns: "
                f"choose 1 to {most}, or give more rows."
            )
        self.mean = X.mean(axis=0)  # (D,)
        _, sizes, axes = np.linalg.svd(X - self.mean, full_matrices=False)
        self.axes = with_fixed_signs(axes[: self.components])  # (C, D)
        variance = sizes**2
        self.explained_variance_ratio = variance[: self.components] / (variance.sum() or 1)  # (C,)
        return self


class AnalogyPlane(Projection):
    """The plane in which P pairs of an analogy show best: offsets along the first axis, pairs set apart by the second.

    First axis: the direction that keeps most of the offsets' squared lengths; it points from starts to ends. Second:
    at right angles to it, the direction in which the pairs' midpoints differ most. A parallelogram is shown whole.
    It is found for these pairs, so it flatters any: compare what it keeps of random pairs, or of pairs held out.
    """

    def fit(self, starts, ends):
        """Learn from starts and ends, (P, D) each, P and D of 2 or more, and return self."""
        starts, ends = checked_matrix(starts, "starts"), checked_matrix(ends, "ends")
        if starts.shape != ends.shape or min(starts.shape) < 2:
            raise ValueError(
                f"starts has shape {starts.shape} and ends {ends.shape}: give two or more pairs of points "
                f"in two or more dimensions."
            )
        offsets, midpoints = ends - starts, (starts + ends) / 2  # (P, D) each
        self.mean = midpoints.mean(axis=0)  # (D,)
        first = longest_directions(offsets)[0]
        first = first * (np.sign(offsets.mean(axis=0) @ first) or 1)  # (D,)
        apart = midpoints - self.mean
        apart = apart - np.outer(apart @ first, first)  # (P, D), at right angles to the first axis
        if not offsets.any() or np.linalg.norm(apart) <= 1e-9 * np.linalg.norm(offsets):
            raise ValueError(
                "the pairs have no offset, or lie on top of each other or along one line, so that no "
                "plane shows them: give other pairs."
            )
        self.axes = np.stack([first, longest_directions(apart)[0]])  # (2, D)
        return self


class DiscriminantPlane(Projection):
    """The plane in which labelled rows stand apart and the offsets of each group of pairs are parallel.

    To be shown are directions r: between the means of each two labels, weighted by their shares of the rows, and each
    group's mean offset, weighted SHOWN. To be hidden is H: the mean scatter of the rows about their label's mean, plus
    HIDDEN times the sum over groups of the mean scatter of offsets about their mean, plus RIDGE on the diagonal. The
    plane is that of the two leading v of B v = λ H v with B the weighted sum of r rᵀ (Fisher 1936; Rao 1948, for
    several labels). In ROUNDS rounds the directions that the plane shows short gain weight over the long ones, or
    labels that are far from all others would take the whole plane (Loog, Duin and Haeb-Umbach 2001 weight pairs of
    labels for that reason, by another rule). The axes span that plane at right angles; the rows spread most along the
    first. With few rows in many dimensions it shows nearly anything: see what it keeps of other rows.

    After fit: mean (D,), axes (2, D), orthonormal, signs fixed as PCA's are.
    """

    SHOWN, HIDDEN, RIDGE = 0.15, 2.0, 0.002  # for rows of length 1
    ROUNDS, SHORTEST = 4, 0.1  # a direction's length squared, next to the mean, that counts as none

    def fit(self, X, labels, groups=()):
        """Learn from X (N, D) with labels (N,), three or more; groups: [(starts, ends)], (P, D) each. Returns self."""
        X, labels = checked_matrix(X), np.asarray(labels)
        names, at, sizes = np.unique(labels, return_inverse=True, return_counts=True)
        if labels.shape != (len(X),) or len(names) < 3 or X.shape[1] < 2:
            raise ValueError(
                f"X has shape {X.shape} and labels name {len(names)} groups: give a label for each row, of three "
                f"groups or more, in two dimensions or more."
            )
        means = np.stack([X[at == i].mean(axis=0) for i in range(len(names))])  # (G, D)
        one, other = np.triu_indices(len(names), 1)  # each two labels
        shown, weights = [means[one] - means[other]], [sizes[one] * sizes[other] / len(X) ** 2]
        hidden = mean_scatter(X - means[at]) + self.RIDGE * np.eye(X.shape[1])  # (D, D)
        for starts, ends in groups:
            offsets = checked_matrix(ends, "ends") - checked_matrix(starts, "starts")  # (P, D)
            shown.append(offsets.mean(axis=0, keepdims=True))
            weights.append([self.SHOWN])
            hidden += self.HIDDEN * mean_scatter(offsets - offsets.mean(axis=0))
        plane = self._plane(np.concatenate(shown), np.concatenate(weights), hidden)  # (2, D)
        self.mean = X.mean(axis=0)  # (D,)
        widest = longest_directions((X - self.mean) @ plane.T)  # (2, 2), within the plane
        self.axes = with_fixed_signs(widest @ plane)  # (2, D)
        return self

    def _plane(self, shown, weights, hidden):
        """Orthonormal axes (2, D) for directions shown (R, D) with weights (R,) and what is hidden (D, D)."""
        factors = np.ones(len(shown))  # (R,)
        for _ in range(self.ROUNDS):
            directions = leading_directions(shown * np.sqrt(weights * factors)[:, None], hidden, 2)
            axes = np.linalg.qr(directions.T)[0].T  # (2, D)
            lengths = ((shown @ axes.T) ** 2).sum(axis=1)  # (R,), squared
            short = 1 / (lengths / (lengths.mean() or 1) + self.SHORTEST)
            factors = (factors + short / short.mean()) / 2
        return axes


def mean_scatter(rows):
    """The mean over rows (N, D) of their outer products: (D, D)."""
    return rows.T @ rows / len(rows)


def leading_directions(rows, H, count):
    """The v (count, D) of largest λ in rowsᵀ rows v = λ H v; rows: (R, D), H: (D, D), symmetric, positive definite."""
    L = np.linalg.cholesky(H)  # H = L Lᵀ: with u = Lᵀ v, the u are the left singular vectors of L⁻¹ rowsᵀ
    u = np.linalg.svd(np.linalg.solve(L, rows.T))[0][:, :count]  # (D, count)
    return np.linalg.solve(L.T, u).T


def longest_directions(rows):
    """Orthonormal directions (min(N, D), D), each keeping as much as it can of the squared lengths of rows (N, D)."""
    return with_fixed_signs(np.linalg.svd(rows, full_matrices=False)[2])


def with_fixed_signs(axes):
    """Axes (C, D) with their signs fixed: each one's entry of largest absolute value is positive."""
    largest = np.abs(axes).argmax(axis=1)  # (C,)
    return axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]


def parting_line(X, chosen):
    """The straight line that best parts the chosen points of a picture from the others: (direction, height, right).

    X: (N, 2); chosen: (N,) bool, some but not all; direction: (2,) of length 1. The chosen are meant to have
    X @ direction > height, and `right` of the N points are on their side. ANGLES slopes are tried; of equally good
    lines it is the one in the widest gap.
    """
    X, chosen = checked_matrix(X), np.asarray(chosen, dtype=bool)
    if X.shape[1] != 2 or chosen.shape != (len(X),) or chosen.all() or not chosen.any():
        raise ValueError(
            f"X has shape {X.shape}, and {chosen.sum()} of {chosen.size} points are chosen: give points "
            f"of the plane and choose some of them, not all."
        )
    turns = np.arange(ANGLES) * 2 * np.pi / ANGLES
    directions = np.stack([np.cos(turns), np.sin(turns)], axis=1)  # (A, 2)
    heights = directions @ X.T  # (A, N)
    order = np.argsort(heights, axis=1)
    heights, chosen = np.take_along_axis(heights, order, axis=1), chosen[order]  # (A, N) each, from below
    gaps = np.diff(heights)  # (A, N - 1): a line goes through each
    right = np.cumsum(~chosen, axis=1)[:, :-1] + chosen.sum(axis=1, keepdims=True) - np.cumsum(chosen, axis=1)[:, :-1]
    score = np.where(gaps > 0, right + gaps / (2 * gaps.max() or 1), -1)  # a wider gap decides between equal ones
    a, i = np.unravel_index(score.argmax(), score.shape)
    return directions[a], float(heights[a, i : i + 2].mean()), int(right[a, i])


def neighbour_recall(full, picture, k):
    """Of each row's k nearest in full (N, D), what part is among its k nearest in the picture (N, C): (N,), 0..1.

    1: the picture shows all of them; k / (N - 1) is what chance gives. Nearness is Euclidean: give rows of length 1
    as `full` for nearness by cosine. Of equally near rows the first count.
    """
    full, picture = checked_matrix(full, "full"), checked_matrix(picture, "picture")
    if len(full) != len(picture) or not 1 <= k < len(full):
        raise ValueError(
            f"k is {k}, with {len(full)} rows in full and {len(picture)} in the picture: give the same "
            f"rows of both, and more than k."
        )
    return (nearest(full, k) & nearest(picture, k)).sum(axis=1) / k  # (N,)


def nearest(X, k):
    """(N, N) bool: whether column j is among the k rows of X (N, D) nearest to row i, itself left out."""
    squares = (X**2).sum(axis=1)
    distances = squares[:, None] + squares - 2 * X @ X.T  # (N, N), squared
    np.fill_diagonal(distances, np.inf)
    among = np.zeros(distances.shape, dtype=bool)
    np.put_along_axis(among, np.argsort(distances, axis=1, kind="stable")[:, :k], True, axis=1)
    return among


def purity(X, labels, k=3):
    """Of each row's k nearest (Euclidean) in X (N, D), what part has its own label: (N,), 0..1; labels: (N,)."""
    X, labels = checked_matrix(X), np.asarray(labels)
    if labels.shape != (len(X),) or not 1 <= k < len(X):
        raise ValueError(f"k is {k}, with {len(X)} rows and {labels.size} labels: give a label a row, and more than k.")
    return (nearest(X, k) & (labels[:, None] == labels)).sum(axis=1) / k  # (N,)


def silhouettes(X, labels):
    """How well each row of X (N, D) fits its own group: (b - a) / max(a, b), (N,) float64, in -1..1.

    Of a stack of matrices (F, N, D), of each: (F, N). a is its mean Euclidean distance to the others of its label, b
    that to the nearest other label's rows; labels: (N,), two or more, each of two rows or more. Rousseeuw 1987,
    "Silhouettes: a graphical aid".
    """
    X, labels = np.asarray(X, dtype=np.float64), np.asarray(labels)
    checked_matrix(X.reshape(-1, X.shape[-1]) if X.ndim == 3 else X)
    names, at, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    N = X.shape[-2]
    if labels.shape != (N,) or len(names) < 2 or sizes.min() < 2:
        raise ValueError(f"labels give groups of {sizes.tolist()} for {N} rows: give two groups or more, of two rows.")
    distances = np.linalg.norm(X[..., :, None, :] - X[..., None, :, :], axis=-1)  # (..., N, N)
    to_groups = distances @ (at[:, None] == np.arange(len(names)))  # (..., N, G) sums
    rows = np.arange(N)
    own = to_groups[..., rows, at] / (sizes[at] - 1)  # (..., N), the row itself is no neighbour
    means = to_groups / sizes  # (..., N, G)
    means[..., rows, at] = np.inf
    nearest_other = means.min(axis=-1)  # (..., N)
    return (nearest_other - own) / np.maximum(np.maximum(own, nearest_other), np.finfo(float).tiny)


def procrustes(source, target):
    """The orthogonal R (D, D), a turn or a reflection, that minimises ||source R - target||.

    source, target: (N, D), row by row the same things. Schönemann 1966, "A generalized solution of the
    orthogonal Procrustes problem": R = W Zᵀ, where sourceᵀ target = W S Zᵀ.
    """
    source, target = checked_matrix(source, "source"), checked_matrix(target, "target")
    if source.shape != target.shape:
        raise ValueError(f"source has shape {source.shape} and target {target.shape}: give the same rows of both.")
    W, _, Zt = np.linalg.svd(source.T @ target)
    return W @ Zt  # (D, D)
