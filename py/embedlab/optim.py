"""Optimisers: how a gradient moves a weight, and what becomes of the rows that were not looked up.

Adam is Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization"; AdamW is Loshchilov and Hutter 2019,
"Decoupled Weight Decay Regularization". An optimiser with a memory serves one weight only.

Axes: V vocabulary, D dimensions, R rows of a sparse gradient.
"""

import numpy as np

from embedlab.embedding import SparseGradient


def checked_rate(learning_rate):
    if not 0 < learning_rate < float("inf"):
        raise ValueError(f"learning_rate is {learning_rate}: choose a number above 0 such as 0.05.")
    return learning_rate


class SGD:
    """weight -= learning_rate * gradient. Rows that were not looked up stand still: their gradient is zero."""

    def __init__(self, learning_rate):
        self.learning_rate = checked_rate(learning_rate)

    def step(self, weight, gradient):
        """Move weight (V, D) in place; gradient: (V, D), or a SparseGradient, which touches only its rows."""
        if isinstance(gradient, SparseGradient):
            weight[gradient.rows] -= self.learning_rate * gradient.values
        else:
            weight -= self.learning_rate * gradient


class Adam:
    """Dense Adam: m and v, running means of the gradient and of its square, give each number a step of its own size.

    A row that is not looked up has gradient zero, but its m fades only by beta1 a step: it *drifts on* in its old
    direction, at first at nearly full speed. Every step reads and writes weight, m and v: 3 V D numbers.
    """

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.learning_rate = checked_rate(learning_rate)
        for name, beta in ("beta1", beta1), ("beta2", beta2):
            if not 0 <= beta < 1:
                raise ValueError(f"{name} is {beta}: choose a number from 0 to below 1 such as 0.9.")
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self.m = self.v = self.t = None  # made at the first step, for its weight

    def step(self, weight, gradient):
        """Move weight (V, D) in place; gradient: (V, D), or a SparseGradient, whose missing rows count as zeros."""
        self._remember(weight)
        self.t += 1
        if isinstance(gradient, SparseGradient):
            gradient = gradient.dense(len(weight))  # (V, D)
        weight -= self._move(self.m, self.v, gradient, self.t)

    def _remember(self, weight):
        """Make m, v and t, the count of each row's steps, for this weight, once."""
        if self.m is None:
            self.m, self.v = np.zeros_like(weight), np.zeros_like(weight)
            self.t = np.zeros((len(weight),) + (1,) * (weight.ndim - 1), dtype=np.int64)  # (V, 1)
        if self.m.shape != weight.shape:
            raise ValueError(
                f"this optimiser remembers a weight of shape {self.m.shape}, not {weight.shape}: "
                f"make one optimiser for each weight."
            )

    def _move(self, m, v, gradient, t):
        """What to subtract from the weight at step t (from 1 on); brings m and v up to date in place."""
        m += (1 - self.beta1) * (gradient - m)
        v += (1 - self.beta2) * (gradient**2 - v)
        m_hat, v_hat = m / (1 - self.beta1**t), v / (1 - self.beta2**t)  # both began at zero
        return self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)


class AdamW(Adam):
    """Adam with decoupled weight decay: before each step, weight *= 1 - learning_rate * decay.

    A row that is not looked up *drifts on* as with Adam and, besides, *shrinks towards zero* at every step: a word
    that is never met is forgotten all the same.
    """

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, decay=0.01):
        super().__init__(learning_rate, beta1, beta2, epsilon)
        if not 0 <= decay < float("inf"):
            raise ValueError(f"decay is {decay}: choose 0 or a small number above, such as 0.01.")
        self.decay = decay

    def step(self, weight, gradient):
        """As Adam's."""
        weight *= 1 - self.learning_rate * self.decay
        super().step(weight, gradient)


class RowwiseAdam(Adam):
    """Lazy Adam: each row is a weight of its own, with its own m, v and count of steps.

    A row that is not looked up *stands still*, and so do its m and v. A step costs 3 R D numbers, not 3 V D.
    (PyTorch's SparseAdam is lazy too, but divides by one count of steps for all rows.)
    """

    def step(self, weight, gradient):
        """Move the rows of a SparseGradient of weight (V, D) in place."""
        if not isinstance(gradient, SparseGradient):
            raise TypeError(
                "the gradient is not a SparseGradient, so which rows were looked up is not known: "
                "use Adam for a dense one."
            )
        self._remember(weight)
        rows = gradient.rows
        m, v = self.m[rows], self.v[rows]  # (R, D), copies
        self.t[rows] += 1
        weight[rows] -= self._move(m, v, gradient.values, self.t[rows])
        self.m[rows], self.v[rows] = m, v
