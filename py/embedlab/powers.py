"""Powers that are the same on every machine, to the last bit.

The `exp` and `log` of processors and C libraries differ in their last bits, and so would a seed's draws from noise made
with them. Sums, products, quotients and roots are the same everywhere (IEEE 754), so these use nothing else.

Axes: N numbers.
"""

import numpy as np

LN2 = 0.6931471805599453
LOG_TERMS = range(21, 0, -2)  # odd powers of (m - 1) / (m + 1), which is below 0.18: what is left out is below 1e-17
EXP_TERMS = range(14, 0, -1)  # of exp(r) for |r| below 0.35: likewise
LOWEST = -1000.0  # its exp is 0


def relative_powers(x, exponent):
    """x ** exponent / its largest, (N,) float64, for x (N,) above 0; in logarithms, so that none overflows."""
    logs = exponent * log(x)  # (N,)
    return exp(logs - logs.max())


def log(x):
    """The natural logarithms of x (N,) above 0: of 2^e m, e log 2 + 2 artanh((m - 1) / (m + 1)); (N,) float64."""
    m, e = np.frexp(np.asarray(x, dtype=np.float64))  # (N,), 0.5 <= m < 1
    small = m < 0.7071067811865476
    m, e = np.where(small, 2 * m, m), e - small
    s = (m - 1) / (m + 1)
    square, total = s * s, np.zeros_like(s)
    for n in LOG_TERMS:
        total = total * square + 1 / n
    return e * LN2 + 2 * s * total


def exp(x):
    """exp of x (N,), none above 0: 2^n times the series of what is left; (N,) float64."""
    x = np.maximum(x, LOWEST)
    n = np.rint(x / LN2)
    r, total = x - n * LN2, np.ones_like(x)
    for k in EXP_TERMS:
        total = 1 + total * r / k
    return np.ldexp(total, n.astype(np.int32))
