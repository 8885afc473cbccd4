"""Gradient checks: a formula's gradient beside the one measured by central differences.

With h = 1e-6 in float64 the two agree to a relative error below 1e-6 if the formula is right.
"""

import numpy as np


def numeric_gradient(f, x, h=1e-6):
    """df/dx of a scalar f() that reads the float64 array x, by central differences: float64, of the shape of x.

    x is changed one number at a time while f() is called, and is as before at the end.
    """
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        before = x[i]
        x[i] = before + h
        above = f()
        x[i] = before - h
        below = f()
        x[i] = before
        gradient[i] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    """||a - b|| / (||a|| + ||b||) of two arrays of one shape, not both zero: 0 for equal ones, at most 1."""
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
