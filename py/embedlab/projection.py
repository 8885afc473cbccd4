"""From D dimensions to the plane, and from one frame to the next without needless turning.

Axes: N rows, D dimensions, C components, F frames, V vocabulary.
"""
import numpy as np


def checked_matrix(X, name="X"):
    """X as a finite float64 array of two axes."""
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError(f"{name} has shape {X.shape}: give a matrix of rows and columns.")
    if not np.isfinite(X).all():
        row = np.flatnonzero(~np.isfinite(X).all(axis=1))[0]
        raise ValueError(f"row {row} of {name} holds a number that is not finite: leave it out or mend it.")
    return X


class PCA:
    """Principal components by singular value decomposition of the centred rows (Pearson 1901).

    After fit: mean (D,); axes (C, D), orthonormal, by falling variance, each turned so that its entry of
    largest size is positive; explained_variance_ratio (C,), all 0 if the rows are equal.
    """

    def __init__(self, components):
        self.components = components

    def fit(self, X):
        """Learn from X (N, D) and return self; raises ValueError if X is not finite or too small."""
        X = checked_matrix(X)
        most = min(len(X) - 1, X.shape[1])
        if not 1 <= self.components <= most:
            raise ValueError(f"{self.components} components of {X.shape[0]} rows by {X.shape[1]} columns: "
                             f"choose 1 to {most}, or give more rows.")
        self.mean = X.mean(axis=0)                                        # (D,)
        _, sizes, axes = np.linalg.svd(X - self.mean, full_matrices=False)
        axes = axes[:self.components]                                     # (C, D)
        largest = np.abs(axes).argmax(axis=1)                             # (C,)
        self.axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
        variance = sizes ** 2
        self.explained_variance_ratio = variance[:self.components] / (variance.sum() or 1)    # (C,)
        return self

    def transform(self, X):
        """Coordinates of X (N, D) on the axes: (N, C)."""
        X = checked_matrix(X)
        if X.shape[1] != len(self.mean):
            raise ValueError(f"X has {X.shape[1]} columns, but PCA was fitted to {len(self.mean)}: use the same space.")
        return (X - self.mean) @ self.axes.T                              # (N, C)


def procrustes(source, target):
    """The orthogonal R (D, D), a turn or a reflection, that minimises ||source R - target||.

    source, target: (N, D), row by row the same things. Schönemann 1966, "A generalized solution of the
    orthogonal Procrustes problem": R = W Zᵀ, where sourceᵀ target = W S Zᵀ.
    """
    source, target = checked_matrix(source, "source"), checked_matrix(target, "target")
    if source.shape != target.shape:
        raise ValueError(f"source has shape {source.shape} and target {target.shape}: give the same rows of both.")
    W, _, Zt = np.linalg.svd(source.T @ target)
    return W @ Zt                                                         # (D, D)


def align_frames(frames):
    """Turn each frame onto the aligned one before it, about the origin: (F, V, D) -> (F, V, D); the first stays.

    Lengths, angles and dot products within a frame are kept.
    """
    aligned = [checked_matrix(frames[0], "frame 0")]
    for f, frame in enumerate(frames[1:], start=1):
        frame = checked_matrix(frame, f"frame {f}")
        aligned.append(frame @ procrustes(frame, aligned[-1]))            # (V, D)
    return np.stack(aligned)
