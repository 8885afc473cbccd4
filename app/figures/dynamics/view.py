"""Skip-gram dynamics: the toy run as a figure to scrub through, to take apart step by step, and to train again.

The models carry the run; static/figures/dynamics/dynamics.js moves the marks, so that scrubbing needs no Python.
"""

import asyncio
import time

import numpy as np
import panel as pn
from bokeh.models import (
    Arrow,
    ColumnDataSource,
    HoverTool,
    NormalHead,
    PanTool,
    Range1d,
    ResetTool,
    Span,
    WheelZoomTool,
)
from bokeh.plotting import figure

from app.figures.dynamics.steps import recorded_steps, step_columns
from app.ui import palette
from app.ui.messages import said
from app.ui.planes import add_labels, bare
from app.ui.stylesheets import BUTTONS, FIELDS
from embedlab.corpora import toy_corpus
from embedlab.history import Recorder
from embedlab.text import Vocabulary, tokenize

FRAMES = 301
MOST_WORDS = 60  # that the plane can show
MOST_STEPS = 400_000  # that a browser trains in about half a minute
BREATH = 0.1  # seconds of training between two turns of the event loop


def frame_columns(run):
    """A History as columns of one row per frame; u and v are (F, V * 2) int16, to be multiplied by `unit`.

    A coordinate is then off by 1/65,000 of the largest at most, which no screen shows, and half as long to load.
    """
    F = len(run.steps)
    unit = max(np.abs(run.U).max(), np.abs(run.V).max(), 1e-9) / np.iinfo(np.int16).max
    u, v = (np.rint(matrix / unit).astype(np.int16).reshape(F, -1) for matrix in (run.U, run.V))
    return dict(
        step=run.steps.astype(np.int32),
        epoch=run.epochs.astype(np.float32),
        loss=run.loss.astype(np.float32),
        unit=np.full(F, unit, np.float32),
        u=u,
        v=v,
    )


def word_columns(run, matrix):
    """The words at the last frame of `matrix` (F, V, 2), with their marks."""
    categories = toy_corpus().categories
    words = run.vocabulary.words
    styles = [palette.style(categories.get(word, "other")) for word in words]
    x, y = matrix[-1].T.astype(np.float32)
    return dict(
        word=words,
        category=[categories.get(word, "other") for word in words],
        x=x,
        y=y,
        colour=[colour for colour, _ in styles],
        marker=[marker for _, marker in styles],
    )


class Dynamics:
    """The figure's models and widgets, bound to a DynamicsState."""

    def __init__(self, state, run, bridge):
        self.state = state
        self.frames = ColumnDataSource(name="dynamics-frames")
        self.points = ColumnDataSource(name="dynamics-points")
        self.contexts = ColumnDataSource(name="dynamics-contexts")
        self.steps = ColumnDataSource(name="dynamics-steps", data=dict(step=[]))
        self.asked_step = ColumnDataSource(name="dynamics-asked", data=dict(step=[]))
        bridge.on("dynamics-step", self._explain)
        self.before = ColumnDataSource(name="dynamics-previous", data=dict(x=[], y=[], word=[]))
        self.before_loss = ColumnDataSource(name="dynamics-previous-loss", data=dict(step=[], loss=[]))
        self.plane = self._plane()
        self.loss = self._loss()
        self._widgets()
        self._draw(run)
        state.run = run

    # -- figures ---------------------------------------------------------------------------------------------

    def _plane(self):
        plane = figure(
            name="dynamics-plane",
            sizing_mode="stretch_both",
            toolbar_location="above",
            x_range=Range1d(-1, 1),
            y_range=Range1d(-1, 1),
            tools=[],
            output_backend="canvas",
        )
        plane.add_tools(PanTool(), WheelZoomTool(zoom_on_axis=False), ResetTool())
        plane.toolbar.update(logo=None, active_drag=None)  # a finger scrolls the page until Pan is chosen
        bare(plane)
        plane.tags = [self.frames, self.steps, self.asked_step]  # not drawn, but part of the document
        trails = ColumnDataSource(name="dynamics-trails", data=dict(xs=[], ys=[], colour=[]))
        plane.multi_line("xs", "ys", source=trails, line_color="colour", line_alpha=0.45, line_width=1.5)
        plane.scatter(
            "x",
            "y",
            source=self.before,
            marker="circle_cross",
            size=9,
            fill_color=None,
            line_color=palette.FAINT,
            line_alpha=0.7,
        )
        contexts = plane.scatter(
            "x",
            "y",
            source=self.contexts,
            marker="marker",
            size=11,
            fill_color=None,
            line_color="colour",
            line_width=2,
            name="dynamics-contexts-drawn",
        )
        centres = plane.scatter(
            "x",
            "y",
            source=self.points,
            marker="marker",
            size=11,
            fill_color="colour",
            line_color=None,
            name="dynamics-points-drawn",
        )
        contexts.visible = False
        add_labels(plane, "dynamics-labels")
        self._moves(plane)
        plane.add_tools(
            HoverTool(
                renderers=[centres, contexts],
                tooltips=[("", "@word"), ("category", "@category"), ("at", "(@x{0.00}, @y{0.00})")],
            )
        )
        return plane

    def _moves(self, plane):
        """The step mode's rings around those who take part, and the arrows of how their rows move."""
        actors = ColumnDataSource(name="dynamics-actors", data=dict(x=[], y=[], colour=[]))
        plane.scatter(
            "x", "y", source=actors, marker="circle", size=24, fill_color=None, line_color="colour", line_width=2.5
        )
        moves = ColumnDataSource(name="dynamics-moves", data=dict(x0=[], y0=[], x1=[], y1=[], colour=[]))
        plane.add_layout(
            Arrow(
                source=moves,
                x_start="x0",
                y_start="y0",
                x_end="x1",
                y_end="y1",
                line_width=3,
                line_color="colour",
                end=NormalHead(size=11, fill_color="colour", line_color="colour"),
            )
        )

    def _loss(self):
        loss = figure(
            name="dynamics-loss",
            sizing_mode="stretch_both",
            toolbar_location=None,
            tools=[],
            min_border_right=24,
            x_axis_label="step",
            y_axis_label="mean loss (nats)",
        )
        loss.xaxis.formatter.use_scientific = False
        bare(loss)
        loss.line("step", "loss", source=self.before_loss, line_color=palette.FAINT, line_width=1.5, line_dash="dashed")
        loss.line("step", "loss", source=self.frames, line_color=palette.CENTRE, line_width=2)
        loss.add_layout(
            Span(name="dynamics-cursor", dimension="height", location=0, line_width=2, line_color=palette.PUSH)
        )
        return loss

    # -- widgets ---------------------------------------------------------------------------------------------

    def _widgets(self):
        state = self.state
        self.player = pn.widgets.Player(
            name="Frame",
            start=0,
            end=FRAMES - 1,
            value=FRAMES - 1,
            interval=33,
            loop_policy="once",
            show_value=False,
            sizing_mode="stretch_width",
            tags=["dynamics-player"],
        )
        self.shown = pn.widgets.RadioButtonGroup(
            options=["Centre U", "Context V", "Both"], value="Centre U", tags=["dynamics-shown"]
        )
        self.trails = pn.widgets.Checkbox(name="Trails", value=False, tags=["dynamics-trails-on"])
        self.stepping = pn.widgets.Checkbox(name="Step mode", value=False, tags=["dynamics-stepping"])

        waiting = pn.bind(lambda live, training: not live or training, state.param.live, state.param.training)
        options = dict(disabled=waiting, sizing_mode="stretch_width")
        slider = {"learning_rate": dict(step=0.005, format="0.000"), "noise_exponent": dict(step=0.05)}
        sliders = [
            pn.widgets.IntInput.from_param(state.param.seed, tags=["dynamics-seed"], **options)
            if name == "seed"
            else kind.from_param(state.param[name], tags=[f"dynamics-{name}"], **slider.get(name, {}), **options)
            for name, kind in [
                ("learning_rate", pn.widgets.FloatSlider),
                ("negatives", pn.widgets.IntSlider),
                ("window", pn.widgets.IntSlider),
                ("noise_exponent", pn.widgets.FloatSlider),
                ("epochs", pn.widgets.IntSlider),
                ("seed", None),
            ]
        ]
        corpus = pn.widgets.TextAreaInput.from_param(
            state.param.corpus, rows=8, max_length=200_000, tags=["dynamics-corpus"], **options
        )
        train = pn.widgets.Button(
            name="Train", button_type="primary", disabled=waiting, tags=["dynamics-train"], on_click=self.train
        )
        stop = pn.widgets.Button(
            name="Stop",
            disabled=state.param.training.rx.not_(),
            tags=["dynamics-stop"],
            on_click=lambda event: setattr(state, "stopping", True),
        )
        no_way_back = pn.bind(
            lambda live, training, previous: not live or training or previous is None,
            state.param.live,
            state.param.training,
            state.param.previous,
        )
        undo = pn.widgets.Button(
            name="Back to the previous run", disabled=no_way_back, tags=["dynamics-undo"], on_click=self.swap
        )
        defaults = pn.widgets.Button(
            name="Defaults",
            disabled=waiting,
            tags=["dynamics-defaults"],
            on_click=lambda event: state.adopt(type(state)().config(), toy_corpus().text),
        )
        progress = pn.indicators.Progress(
            value=state.param.progress,
            max=100,
            visible=state.param.training,
            sizing_mode="stretch_width",
            tags=["dynamics-progress"],
        )
        message = said(state.param.message, "dynamics-message")
        self.training = pn.Column(
            pn.Row(*sliders, stylesheets=[FIELDS], sizing_mode="stretch_width"),
            corpus,
            pn.Row(train, stop, undo, defaults, stylesheets=[BUTTONS]),
            progress,
            message,
            sizing_mode="stretch_width",
            tags=["dynamics-training"],
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {
            "dynamics-plane": self.plane,
            "dynamics-loss": self.loss,
            "dynamics-player": self.player,
            "dynamics-shown": self.shown,
            "dynamics-trails": self.trails,
            "dynamics-stepping": self.stepping,
            "dynamics-training": self.training,
        }

    # -- a run on show ---------------------------------------------------------------------------------------

    def show(self, run):
        """Put a History on the figure, at its last frame."""
        self.steps.data = step_columns(run, recorded_steps(run)) if len(run.log) else dict(step=[])
        self._draw(run)

    def _draw(self, run):
        """The frames alone: the steps of the run that the page opens with are a file that it fetches when needed."""
        self.points.data = word_columns(run, run.U)
        self.contexts.data = word_columns(run, run.V)
        self.player.param.update(end=len(run.steps) - 1, value=len(run.steps) - 1)
        self.frames.data = frame_columns(run)  # last: the page draws the frame when these arrive

    def _explain(self, step):
        """Send the step that the page asked for, with all rows as they were before it."""
        run = self.state.run
        if 0 <= step < len(run.log):
            U, V = run.at(step)
            self.asked_step.data = step_columns(run, [step]) | dict(u=[U.ravel().tolist()], v=[V.ravel().tolist()])

    def _compare_with(self, run):
        """Draw where a run ended, and its loss, faintly under the one on show; None: nothing."""
        if run is None:
            self.before.data, self.before_loss.data = dict(x=[], y=[], word=[]), dict(step=[], loss=[])
        else:
            x, y = run.U[-1].T
            self.before.data = dict(x=x, y=y, word=run.vocabulary.words)
            self.before_loss.data = dict(step=run.steps, loss=run.loss)

    def swap(self, event=None):
        """Show the previous run with its settings; the one on show becomes the previous, so that twice is nothing."""
        state = self.state
        run, corpus = state.previous
        state.previous = (state.run, self._trained_on)
        self._trained_on = corpus
        state.run = run
        state.adopt(run.config, corpus)
        self._compare_with(state.previous[0])
        self.show(run)
        state.message = "This is the previous run, with its settings."

    async def train(self, event=None):
        """Train with the settings of the controls, showing the frames as they come; Stop keeps those so far."""
        state = self.state
        corpus = state.corpus
        try:
            recorder = self._recorder(corpus)
        except ValueError as error:
            state.message = str(error)
            return
        state.param.update(training=True, stopping=False, progress=0, message="Training …")
        kept = state.run
        self._compare_with(kept)
        try:
            await self._follow(recorder)
            run = recorder.history()
            self.show(run)
            state.previous, self._trained_on, state.run = (kept, self._trained_on), corpus, run
            state.message = (
                f"{'Stopped' if state.stopping else 'Trained'}: {len(run.log):,} of "
                f"{recorder.total:,} steps, loss {run.loss[-1]:.3f}."
            )
        except ValueError as error:  # the numbers diverged: nothing that was there is lost
            self._compare_with(state.previous and state.previous[0])
            self.show(kept)
            state.message = f"{str(error)[0].upper()}{str(error)[1:]}"
        finally:
            state.param.update(training=False, stopping=False, progress=0)

    def _recorder(self, corpus):
        """A Recorder of the settings; raises ValueError for a text or a run that the figure cannot take."""
        sentences = tokenize(corpus)
        vocabulary = Vocabulary.from_sentences(sentences)
        if len(vocabulary) > MOST_WORDS:
            raise ValueError(
                f"The corpus has {len(vocabulary)} different words and the plane has room for "
                f"{MOST_WORDS}: shorten the corpus."
            )
        recorder = Recorder(sentences, vocabulary, self.state.config(), FRAMES)
        if recorder.total > MOST_STEPS:
            raise ValueError(
                f"This would take {recorder.total:,} steps and the figure keeps at most {MOST_STEPS:,}: "
                f"lower the epochs or the window, or shorten the corpus."
            )
        return recorder

    async def _follow(self, recorder):
        """Train to the end or to Stop, giving the event loop its turn and the page a picture."""
        breath = time.monotonic()
        for chunk in recorder:
            if time.monotonic() - breath > BREATH:
                self.state.progress = int(100 * chunk.stop / chunk.total)
                self.points.data = word_columns(recorder, chunk.U[None])
                self.contexts.data = word_columns(recorder, chunk.V[None])
                await asyncio.sleep(0.001)
                breath = time.monotonic()
            if self.state.stopping:
                break

    _trained_on = toy_corpus().text
