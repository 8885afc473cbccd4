"""The figures and widgets of skip-gram dynamics.

The models carry the run; static/figures/dynamics/dynamics.js moves the marks, so that scrubbing needs no Python.
"""

import panel as pn
from bokeh.models import ColumnDataSource, Line, MultiLine, Scatter

from app.ui import palette
from app.ui.controls import (
    UNLIMITED,
    button,
    buttons,
    column,
    field,
    fields,
    message,
    progress_bar,
    stop_button,
    waiting,
)
from app.ui.numbers import number_field
from app.ui.planes import (
    NO_LINES,
    add_arrows,
    add_cursor,
    add_glyphs,
    add_labels,
    add_leaders,
    course_plot,
    frame_player,
    marks_apart,
    word_plane,
)

FRAMES = 301
CURVES = dict(loss=palette.CENTRE, separation=palette.PULL)


class DynamicsView:
    """The models and widgets, bound to a DynamicsState and the Task of training; actions: {button: callback}."""

    def __init__(self, state, task, actions):
        self.frames = ColumnDataSource(name="dynamics-frames")
        self.points = ColumnDataSource(name="dynamics-points")
        self.contexts = ColumnDataSource(name="dynamics-contexts")
        self.run = ColumnDataSource(name="dynamics-run")
        self.log = ColumnDataSource(name="dynamics-log", data=dict(frame=[], ids=[]))
        self.player = frame_player("dynamics-player", last=FRAMES - 1, value=FRAMES - 1)
        self.plane = self._plane()
        self.loss = self._loss()
        self._display_options()
        self.training = self._training(state, task, actions)

    # -- figures ---------------------------------------------------------------------------------------------

    def _plane(self):
        plane = word_plane("dynamics-plane", output_backend="canvas")
        plane.tags = [self.frames, self.run, self.log, self.player]  # not drawn, but part of the document
        trails = ColumnDataSource(name="dynamics-trails", data=dict(xs=[], ys=[], colour=[]))
        add_glyphs(plane, trails, MultiLine(xs="xs", ys="ys", line_color="colour", line_alpha=0.45, line_width=1.5))
        add_leaders(plane, "dynamics-leaders")
        self._ghosts(plane)
        contexts = self._marks(
            plane, self.contexts, "dynamics-contexts-drawn", fill_color=None, line_color="colour", line_width=2
        )
        self._marks(plane, self.points, "dynamics-points-drawn", fill_color="colour", line_color=None)
        contexts.visible = False
        add_labels(plane, "dynamics-labels")
        self._acting(plane)
        marks_apart(plane)
        return plane

    def _marks(self, plane, source, name, **options):
        look = dict(size=11, fill_alpha="alpha", line_alpha="alpha")
        return add_glyphs(plane, source, Scatter(x="x", y="y", marker="marker", **look, **options), name=name)

    def _ghosts(self, plane):
        """Where the words of the run before are at this moment of it."""
        ghosts = ColumnDataSource(name="dynamics-ghosts", data=dict(x=[], y=[], marker=[]))
        look = dict(fill_color=None, line_color=palette.FAINT, line_alpha=0.8)
        add_glyphs(plane, ghosts, Scatter(x="x", y="y", marker="marker", size=9, **look))

    def _acting(self, plane):
        """Rings around the words of one step, and the arrows of moves and forces."""
        actors = ColumnDataSource(name="dynamics-actors", data=dict(x=[], y=[], colour=[]))
        look = dict(fill_color=None, line_color="colour", line_width=2.5)
        add_glyphs(plane, actors, Scatter(x="x", y="y", marker="circle", size=18, **look))
        arrows = NO_LINES | dict(colour=[], width=[])
        add_arrows(plane, ColumnDataSource(name="dynamics-arrows", data=arrows), head=10, line_width="width")

    def _loss(self):
        """Loss and separation of the run on show, and faintly of the one before."""
        plot = course_plot("dynamics-loss", "step")
        before = ColumnDataSource(name="dynamics-before", data=dict(step=[], loss=[], separation=[]))
        for name, colour in CURVES.items():
            faint = dict(line_color=palette.FAINT, line_width=1.5, line_dash="dashed")
            add_glyphs(plot, before, Line(x="step", y=name, **faint))
            add_glyphs(plot, self.frames, Line(x="step", y=name, line_color=colour, line_width=2))
        add_cursor(plot, "dynamics-cursor")
        return plot

    # -- widgets ---------------------------------------------------------------------------------------------

    def _display_options(self):
        self.shown = pn.widgets.RadioButtonGroup(
            options=["Centre U", "Context V", "Both"], value="Centre U", tags=["dynamics-shown"]
        )
        self.trails = pn.widgets.Checkbox(name="Trails", value=False, tags=["dynamics-trails-on"])

    def _training(self, state, task, actions):
        disabled = waiting(state, task)
        corpus = field(
            pn.widgets.TextAreaInput, state.param.corpus, "dynamics-corpus", disabled, rows=8, max_length=UNLIMITED
        )
        no_way_back = pn.bind(lambda wait, previous: wait or previous is None, disabled, state.param.previous)
        return column(
            fields(*self._settings(state, disabled)),
            corpus,
            buttons(
                button("Train", "dynamics-train", actions["Train"], disabled, primary=True),
                stop_button(task, "dynamics-stop"),
                button("Back to the previous run", "dynamics-undo", actions["Back to the previous run"], no_way_back),
                button("Defaults", "dynamics-defaults", actions["Defaults"], disabled),
                button("Toy corpus", "dynamics-toy-corpus", actions["Toy corpus"], disabled),
            ),
            progress_bar(task, "dynamics-progress"),
            message(state.param.message, "dynamics-message"),
            tags=["dynamics-training"],
        )

    def _settings(self, state, disabled):
        float_slider, int_slider = pn.widgets.FloatSlider, pn.widgets.IntSlider
        settings = [
            (float_slider, "learning_rate", dict(step=0.005, format="0.000")),
            (int_slider, "negatives", {}),
            (int_slider, "window", {}),
            (float_slider, "noise_exponent", dict(step=0.05)),
            (int_slider, "epochs", {}),
        ]
        sliders = [
            field(kind, state.param[name], f"dynamics-{name}", disabled, **options) for kind, name, options in settings
        ]
        return [*sliders, number_field(state.param.seed, "dynamics-seed", disabled)]

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {
            "dynamics-plane": self.plane,
            "dynamics-loss": self.loss,
            "dynamics-shown": self.shown,
            "dynamics-trails": self.trails,
            "dynamics-training": self.training,
        }
