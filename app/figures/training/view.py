"""The figures and widgets of training on a real corpus: a map of words that settles, and the loss.

The models carry the frames; static/figures/training/training.js moves the marks, so that scrubbing needs no Python.
"""

import numpy as np
import panel as pn
from bokeh.models import ColumnDataSource, Line, Range1d, Scatter

from app.figures.training.chosen_words import CATEGORY_OF
from app.figures.training.settings import settings_card
from app.ui import palette
from app.ui.controls import (
    UNLIMITED,
    button,
    buttons,
    column,
    field,
    message,
    progress_bar,
    stop_button,
    waiting,
    widget,
)
from app.ui.planes import add_cursor, add_glyphs, add_labels, course_plot, frame_player, marks_apart, word_plane

QUALITY = {"pairs": palette.CENTRE, "analogies": palette.VOWEL}  # of the scores


class TrainingView:
    """The models and widgets, bound to a TrainingState and its Task; actions: {button: callback}."""

    def __init__(self, state, task, actions):
        self.frames = ColumnDataSource(name="training-frames", data=dict(done=[], epoch=[], loss=[], xy=[], near=[]))
        self.points = ColumnDataSource(
            name="training-points", data=dict(word=[], category=[], x=[], y=[], colour=[], marker=[])
        )
        self.probes = ColumnDataSource(name="training-probes", data=dict(word=[]))
        self.readout = ColumnDataSource(
            name="training-readout", data=dict(done=[], total=[], speed=[], left=[], loss=[])
        )
        self.result = ColumnDataSource(name="training-result", data=dict(name=[]))  # which the last run has become
        self.player = frame_player("training-player", last=1, value=0)
        self.scores = ColumnDataSource(name="training-scores", data=dict(epoch=[], pairs=[], analogies=[]))
        self.scored = ColumnDataSource(name="training-scored", data=dict(told=[]))
        self.plane, self.loss = self._plane(), self._loss()
        self.quality = self._quality()
        disabled = waiting(state, task)
        self._inputs(state, disabled)
        self.settings = settings_card(state, disabled, actions)
        self.actions = self._actions(state, task, disabled, actions)

    # -- figures ---------------------------------------------------------------------------------------------

    def _plane(self):
        plane = word_plane("training-plane")
        plane.tags = [
            self.frames,
            self.probes,
            self.readout,
            self.result,
            self.player,
        ]  # not drawn, but part of the document
        look = dict(size=10, fill_color="colour", line_color="colour")
        add_glyphs(plane, self.points, Scatter(x="x", y="y", marker="marker", **look))
        add_labels(plane, "training-labels")
        marks_apart(plane)
        return plane

    def _loss(self):
        ranges = Range1d(0, 5), Range1d(0, 5)  # static/figures/training/training.js fits them
        loss = course_plot("training-loss", "epoch", "mean loss (nats)", ranges)
        add_glyphs(loss, self.frames, Line(x="epoch", y="loss", line_color=palette.CENTRE, line_width=2))
        add_cursor(loss, "training-cursor")
        return loss

    def _quality(self):
        plot = course_plot("training-quality", "epoch", "score", (self.loss.x_range, Range1d(-0.05, 1)))
        plot.tags = [self.scored]  # not drawn, but part of the document
        for name, colour in QUALITY.items():
            add_glyphs(plot, self.scores, Line(x="epoch", y=name, line_color=colour, line_width=2))
            dots = dict(fill_color=colour, line_color=colour, size=5)
            add_glyphs(plot, self.scores, Scatter(x="epoch", y=name, **dots))
        add_cursor(plot, "training-quality-cursor")
        return plot

    # -- widgets ---------------------------------------------------------------------------------------------

    def _inputs(self, state, disabled):
        """The corpus, the user's text, the words on the map and in the list."""
        self.corpus = widget(pn.widgets.RadioButtonGroup, state.param.corpus, "training-corpus", disabled)
        self.text = field(
            pn.widgets.TextAreaInput,
            state.param.text,
            "training-text",
            disabled,
            rows=8,
            max_length=UNLIMITED,
            placeholder="Paste a few thousand words, or open a file.",
        )
        self.understood = message(
            state.param.understood,
            "training-understood-message",
            styles={"white-space": "pre-line", "overflow-wrap": "anywhere"},
        )
        self.chosen = column(
            *(
                field(pn.widgets.TextInput, parameter, tag, waiting(state), placeholder="chosen for you")
                for parameter, tag in [
                    (state.param.words, "training-words"),
                    (state.param.probes, "training-probe-words"),
                ]
            ),
            message(state.param.chosen_message, "training-chosen-message"),
        )

    def _actions(self, state, task, disabled, actions):
        finished = pn.bind(lambda wait, unfinished: wait or not unfinished, disabled, state.param.unfinished)
        return column(
            buttons(
                button("Train", "training-train", actions["Train"], disabled, primary=True),
                stop_button(task, "training-stop"),
                button("Continue", "training-continue", actions["Continue"], finished),
            ),
            progress_bar(task, "training-progress"),
            message(state.param.message, "training-message"),
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {
            "training-corpus": self.corpus,
            "training-text": self.text,
            "training-understood": self.understood,
            "training-settings": self.settings,
            "training-actions": self.actions,
            "training-plane": self.plane,
            "training-loss": self.loss,
            "training-quality": self.quality,
            "training-chosen": self.chosen,
        }

    # -- a run -----------------------------------------------------------------------------------------------

    def show_words(self, run):
        """Show the chosen words of a Run on the plane, its probes in the list, and what its scores are of."""
        recording = run.recording
        words, nowhere = recording.words, np.zeros(len(recording.words))
        self.scored.data = dict(told=[run.scores.told()])
        categories = [CATEGORY_OF.get(word, "other") for word in words]
        self.probes.data = dict(word=recording.probes)
        self.points.data = dict(
            word=words, category=categories, x=nowhere, y=nowhere, **palette.mark_columns(categories)
        )

    def show_model(self, name):
        """Offer what can be done with the model of a name; nothing for None."""
        self.result.data = dict(name=[name] if name else [])

    def show(self, run, new_frame):
        """Show how far a Run is, and its frames if there is a new one."""
        trainer = run.trainer
        self.readout.data = dict(
            done=[trainer.words_done],
            total=[trainer.words_total],
            speed=[run.speed],
            left=[run.seconds_left],
            loss=[run.loss],
        )
        if new_frame:
            self.scores.data = run.scores.columns()
            self.frames.data = run.recording.columns(trainer.words_total, trainer.config.epochs)
