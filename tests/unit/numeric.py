"""Central differences, against which every gradient is checked."""

import numpy as np


def numeric_gradient(f, x, h=1e-6):
    """df/dx of a scalar f() that reads the float64 array x, by central differences; same shape as x."""
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        above = f()
        x[i] = kept - h
        below = f()
        x[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
