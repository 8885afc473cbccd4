"""Optimisers: how a gradient moves a weight."""
from embedlab.embedding import SparseGradient


class SGD:
    """weight -= learning_rate * gradient."""

    def __init__(self, learning_rate):
        if not 0 < learning_rate < float("inf"):
            raise ValueError(f"learning_rate is {learning_rate}: choose a number above 0 such as 0.05.")
        self.learning_rate = learning_rate

    def step(self, weight, gradient):
        """Move weight (V, D) in place; gradient: (V, D), or a SparseGradient, which touches only its rows."""
        if isinstance(gradient, SparseGradient):
            weight[gradient.rows] -= self.learning_rate * gradient.values
        else:
            weight -= self.learning_rate * gradient
