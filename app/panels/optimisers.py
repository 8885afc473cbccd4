"""Four optimisers on a row that is never looked up again: how far it drifts, and what a step costs.

Axes: V vocabulary, D dimensions, R rows of a sparse gradient.
"""

import numpy as np
import param
from bokeh.models import ColumnDataSource, Line

from app.panels.shared import PanelState, lean_plot, slider
from app.sources import packaged
from app.ui import palette
from app.ui.controls import column, fields, message
from app.ui.planes import add_glyphs
from embedlab.embedding import SparseGradient
from embedlab.optim import SGD, Adam, AdamW, RowwiseAdam

WORKED, IDLE = 20, 200  # steps: the row is looked up in the first ones only
V, D = 8, 16
STYLES = {
    "SGD": (palette.FAINT, []),
    "Adam, dense": (palette.CENTRE, []),
    "AdamW, dense": (palette.PUSH, [8, 4]),
    "Adam, row by row": (palette.PULL, [2, 4]),
}
COST_V, COST_D, COST_R = 50_000, 768, 1_024  # the table, and the rows that 1,024 tokens look up at most


def optimisers(learning_rate, decay):
    """The four, new, by name."""
    return dict(
        zip(
            STYLES,
            (SGD(learning_rate), Adam(learning_rate), AdamW(learning_rate, decay=decay), RowwiseAdam(learning_rate)),
        )
    )


def row_zero(optimiser):
    """The course of row 0, looked up with all others in WORKED steps, then never again: (WORKED + IDLE + 1, D)."""
    rng = np.random.default_rng(0)
    weight, wanted = rng.normal(0, 1, (V, D)), rng.normal(0, 1, (V, D))
    course = [weight[0].copy()]
    for step in range(WORKED + IDLE):
        rows = np.arange(V) if step < WORKED else np.arange(1, V)
        optimiser.step(weight, SparseGradient(rows, weight[rows] - wanted[rows]))  # of half the squared distance
        course.append(weight[0].copy())
    return np.array(course)


def columns(learning_rate, decay):
    """{"lines", "table", "summary"} for these settings."""
    courses = {name: row_zero(optimiser) for name, optimiser in optimisers(learning_rate, decay).items()}
    drifts = {name: np.linalg.norm(course - course[WORKED], axis=1) for name, course in courses.items()}
    lengths = {name: np.linalg.norm(course, axis=1) for name, course in courses.items()}
    shown = np.r_[np.arange(WORKED, WORKED + 40, 2), np.arange(WORKED + 40, WORKED + IDLE + 1, 10)]
    shrunk = {name: lengths[name][-1] / lengths[name][WORKED] - 1 for name in courses}
    lines = dict(
        step=(shown - WORKED).tolist(), **{name: drift[shown].round(4).tolist() for name, drift in drifts.items()}
    )
    written = {"SGD": COST_R * COST_D, "Adam, row by row": 3 * COST_R * COST_D}
    table = dict(
        name=list(STYLES),
        drift=[f"{drift[-1]:.3f}" for drift in drifts.values()],
        length=[signed(shrunk[name]) for name in STYLES],
        written=[f"{written.get(name, 3 * COST_V * COST_D) / 1e6:.1f} million" for name in STYLES],
    )
    return dict(
        lines=lines,
        table=table,
        summary=summary(
            {name: drift[-1] for name, drift in drifts.items()}, shrunk, (1 - learning_rate * decay) ** IDLE - 1
        ),
    )


def summary(drifts, shrunk, faded):
    """What the figure shows, in words; faded: the change of length by weight decay alone."""
    stand = [name for name, drift in drifts.items() if drift == 0]
    decayed = (
        f"AdamW has moved it {drifts['AdamW, dense']:.2f}, because weight decay pulls it towards zero at every step as "
        f"well: that alone changes its length by {signed(faded)}, of {signed(shrunk['AdamW, dense'])} in all."
        if faded
        else "AdamW without weight decay is Adam, and does the same."
    )
    return (
        f"{IDLE} steps after its last look-up, the row has not moved at all under {', nor under '.join(stand)}. Dense "
        f"Adam has carried it {drifts['Adam, dense']:.2f} further, by leftover momentum. {decayed}"
    )


def signed(part):
    """0.05 as "+5%", 0 as "0%"."""
    return f"{100 * part:+.0f}%".replace("-", "−") if part else "0%"


class OptimiserState(PanelState):
    """The optimisers' settings."""

    learning_rate = param.Number(0.01, bounds=(0.001, 0.1), label="Learning rate")
    decay = param.Number(0.1, bounds=(0.0, 1.0), label="Weight decay of AdamW")


class Optimisers:
    """The panel's models and widgets, bound to an OptimiserState."""

    def __init__(self, state):
        self.state = state
        data = packaged.panels()["optimisers"]
        self.lines = ColumnDataSource(name="optimisers-lines", data=data["lines"])
        self.table = ColumnDataSource(name="optimisers-table", data=data["table"])
        state.summary = data["summary"]
        self.plot = lean_plot("optimisers-plot", "steps since the row was last looked up", "distance from where it was")
        self.plot.tags = [self.table]
        for name, (colour, dash) in STYLES.items():
            add_glyphs(self.plot, self.lines, Line(x="step", y=name, line_color=colour, line_dash=dash, line_width=2.5))
        self.controls = column(
            fields(
                slider(state, "optimisers", "learning_rate", step=0.001, format="0.000"),
                slider(state, "optimisers", "decay", step=0.01),
            ),
            message(state.param.summary, "optimisers-summary"),
        )
        state.param.watch(self._show, ["learning_rate", "decay"])

    def roots(self):
        """{place in the page: what is drawn there}."""
        return {"optimisers-plot": self.plot, "optimisers-controls": self.controls}

    def _show(self, *events):
        shown = columns(self.state.learning_rate, self.state.decay)
        self.lines.data, self.table.data, self.state.summary = shown["lines"], shown["table"], shown["summary"]


def recorded(state):
    """The panel as the page opens with it."""
    return columns(state.learning_rate, state.decay)
