"""A character bigram model, trained in the page: its loss against the counts', its letters in a plane, its bias.

Axes: V letters, D dimensions.
"""

import numpy as np
import panel as pn
import param
from bokeh.models import ColumnDataSource, HoverTool, Line, Scatter

from app.panels.shared import LearningState, control, lean_plot, slider, train_visibly, training_controls
from app.sources import packaged
from app.tasks.task import Task
from app.ui import palette
from app.ui.controls import column, fields, message, waiting
from app.ui.numbers import number_field
from app.ui.planes import add_glyphs, add_labels
from embedlab.charlm import END, CharConfig, bigram_counts, conditional_entropy, letters_of, train
from embedlab.names import NAMES
from embedlab.numbers import counted, decimal
from embedlab.projection import PCA, parting_line

A_BIT = 15  # steps
VOWELS = "aeiou"
STYLES = {
    "vowel": (palette.VOWEL, "triangle"),
    "consonant": (palette.CENTRE, "circle"),
    "y, or the end": (palette.FAINT, "diamond"),
}


def kind(letter):
    """What the colours tell; y is now the one, now the other."""
    return "vowel" if letter in VOWELS else "y, or the end" if letter in ("y", END) else "consonant"


def letter_columns(letters, model, counts):
    """One row a letter: its place in the plane of the embedding, its bias, the logarithm of its frequency."""
    plane = PCA(2).fit(model.E).transform(model.E) if model.E.shape[1] > 2 else model.E  # (V, 2)
    styles = [STYLES[kind(letter)] for letter in letters]
    frequency = counts.sum(axis=0) / counts.sum()  # (V,)
    return dict(
        letter=letters,
        kind=[kind(letter) for letter in letters],
        x=plane[:, 0].round(2).tolist(),
        y=plane[:, 1].round(2).tolist(),
        bias=model.b.round(2).tolist(),
        log=np.log(frequency).round(2).tolist(),
        colour=[colour for colour, _ in styles],
        marker=[marker for _, marker in styles],
    )


def parted(letters, columns):
    """(right, of): letters on their side of the straight line that best parts vowels from consonants in the plane."""
    told = [i for i, letter in enumerate(letters) if columns["kind"][i] in ("vowel", "consonant")]
    points = np.transpose([columns["x"], columns["y"]])[told]  # (25, 2)
    return parting_line(points, np.array([letters[i] in VOWELS for i in told]))[2], len(told)


def summary(letters, columns, chunk, best):
    """What the figures show, in words."""
    model, D = chunk.model, chunk.model.E.shape[1]
    right, of = parted(letters, columns)
    correlation = np.corrcoef(model.b, columns["log"])[0, 1]
    rng = np.random.default_rng(0)
    written = ", ".join(filter(None, (model.write(letters, rng) for _ in range(5))))
    plane = "the plane" if D == 2 else f"the two principal components of {D}"
    return (
        f"{'Tied' if model.P is model.E else 'Untied'}, {model.parameters():,} parameters, "
        f"after {counted(chunk.step, 'step')}: loss {chunk.loss:.3f} nats a letter, {decimal(chunk.loss - best, 3)} "
        f"above the counts’ {best:.3f}, which no bigram model can beat. In {plane}, the best straight line has "
        f"{right} of {of} letters right, vowels on one side and consonants on the other; nobody told it which is which."
        f" The bias correlates with the logarithm of the "
        f"letters’ frequency at {decimal(correlation, 2)}. It writes: {written}."
    )


class CharState(LearningState):
    """The character model; its hidden layer is always there, for a tied one needs it."""

    tied = param.Selector(objects={"Untied": False, "Tied": True}, default=False, label="Projection")
    dim = param.Integer(2, bounds=(2, 27), label="Dimensions D")
    seed = param.Integer(0, bounds=(0, 999), label="Seed")

    def config(self):
        """The CharConfig that the controls describe."""
        return CharConfig(dim=self.dim, hidden=True, tied=self.tied, learning_rate=0.02, steps=600, seed=self.seed)


class CharLm:
    """The panel's models and widgets, bound to a CharState."""

    def __init__(self, state):
        self.state, self.task = state, Task()
        self.letters = letters_of(NAMES)
        self.counts = bigram_counts(NAMES, self.letters)
        data = packaged.panels()["charlm"]
        self.points = ColumnDataSource(name="charlm-letters", data=data["letters"])
        self.course = ColumnDataSource(name="charlm-course", data=data["course"])
        self.before = ColumnDataSource(name="charlm-before", data=dict(step=[], loss=[]))
        state.summary = data["summary"]
        self.plane = self._scatter("charlm-plane-plot", "x", "y", "", "", same_scale=True)
        self.bias = self._scatter("charlm-bias-plot", "log", "bias", "log of the letter’s frequency", "bias")
        self.loss = self._loss()
        self.controls = column(
            control(pn.widgets.RadioButtonGroup, state, "charlm", "tied"),
            fields(
                slider(state, "charlm", "dim"),
                number_field(state.param.seed, "charlm-seed", waiting(state)),
            ),
            *training_controls(state, self.task, "charlm", self.train, ["tied", "dim", "seed"]),
            message(state.param.summary, "charlm-summary"),
        )

    def _scatter(self, name, x, y, x_label, y_label, same_scale=False):
        plot = lean_plot(name, x_label, y_label, same_scale)
        marks = add_glyphs(
            plot, self.points, Scatter(x=x, y=y, marker="marker", size=9, fill_color="colour", line_color=None)
        )
        add_labels(plot, name.replace("plot", "labels"))
        plot.add_tools(
            HoverTool(
                renderers=[marks], tooltips=[("", "@letter (@kind)"), ("bias", "@bias"), ("log frequency", "@log")]
            )
        )
        return plot

    def _loss(self):
        plot = lean_plot("charlm-loss-plot", "step", "loss (nats a letter)")
        add_glyphs(plot, self.before, Line(x="step", y="loss", line_color=palette.FAINT, line_width=2))
        add_glyphs(plot, self.course, Line(x="step", y="loss", line_color=palette.CENTRE, line_width=2))
        add_glyphs(
            plot, self.course, Line(x="step", y="best", line_color=palette.PUSH, line_dash="dashed", line_width=2)
        )
        return plot

    def roots(self):
        """{place in the page: what is drawn there}."""
        return {
            "charlm-plane-plot": self.plane,
            "charlm-bias-plot": self.bias,
            "charlm-loss-plot": self.loss,
            "charlm-controls": self.controls,
        }

    async def train(self, *events):
        """Train with the settings of the controls, bit by bit."""
        await self.task.run_latest("training", self._say, self._train)

    def _say(self, text):
        self.state.message = text

    async def _train(self):
        self._say("Training …")
        taken = []
        self.before.data = {name: self.course.data[name] for name in ("step", "loss")}
        ended = await train_visibly(
            self.task, parts_of(self.counts, self.state.config(), taken), lambda: self._show(taken)
        )
        self._say(f"{'Trained' if ended else 'Stopped'} after {taken[-1].step:,} of {taken[-1].total:,} steps.")

    def _show(self, taken):
        shown = columns(self.letters, self.counts, taken)
        self.points.data, self.course.data, self.state.summary = shown["letters"], shown["course"], shown["summary"]


def parts_of(counts, config, taken):
    """Train bit by bit, appending each Chunk to `taken`; yields the part that is done."""
    for chunk in train(counts, config, A_BIT):
        taken.append(chunk)
        yield chunk.step / chunk.total


def columns(letters, counts, taken):
    """{"letters", "course", "summary"} of the Chunks so far."""
    points = letter_columns(letters, taken[-1].model, counts)
    best = conditional_entropy(counts)
    course = dict(
        step=[chunk.step for chunk in taken],
        loss=[round(chunk.loss, 3) for chunk in taken],
        best=[round(best, 3)] * len(taken),
    )
    return dict(letters=points, course=course, summary=summary(letters, points, taken[-1], best))


def recorded(state):
    """The panel as the page opens with it: a finished training with the defaults."""
    letters, taken = letters_of(NAMES), []
    counts = bigram_counts(NAMES, letters)
    for _ in parts_of(counts, state.config(), taken):
        pass
    return columns(letters, counts, taken)
