"""Coordinates on their way to the page, in 16 bits; static/ui/positions.js unpacks them."""

import numpy as np

INT16_MAX = int(np.iinfo(np.int16).max)


def packed_positions(positions, around=None):
    """Positions (V, 2) as ((V, 2) int16, scale): centred, a coordinate is its int16 times scale / INT16_MAX.

    around: other positions, in whose middle the origin is to be; None for these.
    """
    framed = positions if around is None else around
    centred = positions - (framed.min(axis=0) + framed.max(axis=0)) / 2
    scale = float(np.abs(centred).max()) or 1.0
    return np.rint(centred * (INT16_MAX / scale)).astype(np.int16), scale
