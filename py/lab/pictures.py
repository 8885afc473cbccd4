"""Pictures as plain data, which the page draws. They are shown where a cell ends in one, and by `show`.

Axes: F frames, V vocabulary, N points.
"""

import sys

import numpy as np

from lab.drawn import png

MOST_POINTS, MOST_LAYERS = 5_000, 40  # of one picture: what a page can draw without a pause
MOST_FRAMES, MOST_WORDS = 301, 60  # of the dynamics figure


def show(picture):
    """Show a Plot or Frames now, where the last line of a cell would show it at the end."""
    sys.displayhook(picture)


class Plot:
    """Axes with layers; each method adds one and returns the Plot, so that calls can be chained.

    Plot("Loss", x="step", y="nats").line(steps, losses).scatter(steps[-1:], losses[-1:])

    equal: one unit is as long across as up, as vectors want it.
    """

    def __init__(self, title="", x="", y="", equal=False):
        self._axes = {"title": str(title), "x": str(x), "y": str(y), "equal": bool(equal)}
        self._layers = []

    def line(self, x, y, name=""):
        """A line through N points: x, y (N,) numbers; one that is not finite leaves a gap."""
        return self._add("line", x=numbers(x, "x"), y=numbers(y, "y"), name=str(name))

    def scatter(self, x, y, labels=None, name=""):
        """N marks at x, y (N,), with a label beside each if there are labels."""
        labels = [] if labels is None else [str(label) for label in labels]
        return self._add("scatter", x=numbers(x, "x"), y=numbers(y, "y"), labels=labels, name=str(name))

    def bars(self, x, heights, name=""):
        """N bars: x (N,) numbers, or words to stand below them; heights (N,). Several layers stand side by side."""
        x = list(x)
        x = x if all(isinstance(label, str) for label in x) else numbers(x, "x")
        return self._add("bars", x=x, y=numbers(heights, "heights"), name=str(name))

    def _add(self, kind, **layer):
        sizes = {name: len(values) for name, values in layer.items() if isinstance(values, list) and values}
        if len(set(sizes.values())) > 1:
            counts = ", ".join(f"{n} {name}" for name, n in sizes.items())
            raise ValueError(f"{kind} got {counts}: give as many of each.")
        if len(layer["x"]) > MOST_POINTS or len(self._layers) == MOST_LAYERS:
            raise ValueError(
                f"a plot takes at most {MOST_LAYERS} layers of {MOST_POINTS:,} points and this one has "
                f"{len(layer['x']):,}: draw fewer, such as every tenth."
            )
        self._layers.append({"kind": kind, **layer})
        return self

    def __repr__(self):
        return f"<Plot {self._axes['title']!r} of {', '.join(layer['kind'] for layer in self._layers) or 'nothing'}>"

    def _repr_png_(self):
        """For Jupyter."""
        return png(self._axes, self._layers)

    def _to_page_(self):
        if all(value is None for layer in self._layers for value in layer["y"]):
            raise ValueError("the plot is empty: add a layer with a finite number, such as .line([0, 1], [0, 1]).")
        return "plot", {**self._axes, "layers": self._layers}


def numbers(values, name):
    """A list of N floats, None where one is not finite, from any (N,) of numbers."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError(f"{name} has shape {array.shape}: give a flat list of numbers.")
    return [value if np.isfinite(value) else None for value in array.tolist()]


class Frames:
    """States of the user's own training, for the dynamics figure: `add` some, then end the cell with it.

    frames = Frames(vocabulary.words)
    frames.add(U, V, loss, step)            # copies, so that training can go on in place
    """

    def __init__(self, words):
        self._words = [str(word) for word in words]
        if not 0 < len(self._words) <= MOST_WORDS:
            raise ValueError(
                f"there are {len(self._words)} words and the figure has room for {MOST_WORDS}: "
                f"use a smaller vocabulary."
            )
        self._frames = []

    @classmethod
    def of(cls, history):
        """The frames of an embedlab.history.History, with its loss per term."""
        frames, losses = cls(history.vocabulary.words), history.loss / (history.config.negatives + 1)
        for U, V, loss, step in zip(history.U, history.V, losses, history.steps):
            frames.add(U, V, loss, step)
        return frames

    def add(self, U, V, loss, step=None):
        """Store copies of U, V (V, 2), and the loss, best per term; step: how many were taken (default: the frames)."""
        if not np.isfinite(loss):
            raise ValueError(f"the loss of frame {len(self._frames)} is {loss}: lower the learning rate.")
        step = len(self._frames) if step is None else int(step)
        self._frames.append((step, float(loss), self._checked("U", U), self._checked("V", V)))
        return self

    def _checked(self, name, matrix):
        matrix = np.array(matrix, dtype=np.float64)  # (V, 2), a copy
        if matrix.shape != (len(self._words), 2):
            raise ValueError(
                f"{name} has shape {matrix.shape}: the plane shows {len(self._words)} words with two "
                f"numbers each, ({len(self._words)}, 2)."
            )
        if not np.isfinite(matrix).all():
            raise ValueError(
                f"{name} holds numbers that are not finite in frame {len(self._frames)}: lower the learning rate."
            )
        return matrix

    def __repr__(self):
        return f"<{len(self._frames)} frames of {len(self._words)} words>"

    def _to_page_(self):
        if len(self._frames) < 2:
            raise ValueError(f"there are {len(self._frames)} frames: add two or more, such as one each 100 steps.")
        shown = np.unique(np.linspace(0, len(self._frames) - 1, MOST_FRAMES).round().astype(int))  # (F,)
        steps, losses, U, V = zip(*(self._frames[i] for i in shown))
        return "frames", {
            "words": self._words,
            "steps": steps,
            "losses": losses,
            "u": np.ravel(U).round(5).tolist(),
            "v": np.ravel(V).round(5).tolist(),
        }
