"""The atlas's widgets and what Python sends the page for it; static/figures/atlas/ draws."""

import numpy as np
import panel as pn
from bokeh.models import ColumnDataSource

from app.figures.atlas.other import NO_MOVERS, NOTHING
from app.figures.atlas.questions import NO_COSINES, NO_NEAR
from app.ui.controls import button, buttons, column, field, message, progress_bar, stop_button, waiting

NO_FRAME = dict(xy=np.empty(0, np.int16))
NO_WORDS = dict(word=[])
NO_KINDS = dict(kinds=[], of=[])


class AtlasView:
    """The models and widgets, bound to an AtlasState and its Task; the controller fills the sources.

    set: the set on show, of GloVe only its name: whether it is a file's, its `scale`, `epoch` of `epochs`; words: the
    words of any other set;
    frame: their positions, (V * 2,) int16; near: a row for the word last asked for, with its nearest and their cosines;
    kinds: a row if the words have other classes than WordNet's: [[name, colour]], and the number of each word's, (V,)
    uint8; cosines: a row for the word last asked for, with those of all words, (V,) float32; other: a row for the model
    that is laid beside, as beside.Beside has it: its name, where each word lies there, (V * 2,) int16 and the scale,
    and whether it is there, (V,) uint8; movers: the words that changed, as beside.movers names them. actions: the
    callbacks of the buttons.
    """

    def __init__(self, state, task, names, actions):
        self.words = ColumnDataSource(name="atlas-words", data=NO_WORDS)
        self.frame = ColumnDataSource(name="atlas-frame", data=NO_FRAME)
        self.near = ColumnDataSource(name="atlas-near", data=NO_NEAR)
        self.cosines = ColumnDataSource(name="atlas-cosines", data=NO_COSINES)
        self.kinds = ColumnDataSource(name="atlas-kinds", data=NO_KINDS)
        self.other = ColumnDataSource(name="atlas-other", data=NOTHING)
        self.movers = ColumnDataSource(name="atlas-movers", data=NO_MOVERS)
        self.set = ColumnDataSource(name="atlas-set")
        disabled = waiting(state, task)
        lay_out = button("Lay out all words", "atlas-lay-out", actions["Lay out"], disabled)
        stop = stop_button(task, "atlas-stop")
        for each in (lay_out, stop):  # GloVe's words have their places
            each.visible = pn.bind(lambda source: source != state.param.source.default, state.param.source)
        said = message(state.param.message, "atlas-message")
        sent = self.set, self.words, self.frame, self.kinds, self.near, self.cosines, self.other, self.movers
        said.tags = [*said.tags, *sent]  # not drawn, but part of the document
        self.choosing = column(
            field(pn.widgets.Select, state.param.source, "atlas-vectors", disabled, options=names),
            field(pn.widgets.Select, state.param.column, "atlas-column", disabled, options=state.param.columns),
            buttons(lay_out, stop),
            progress_bar(task, "atlas-progress"),
            said,
        )
        opened = pn.bind(bool, state.param.opened)
        close = pn.widgets.Button(
            name="Close the file", tags=["atlas-close"], on_click=actions["Close"], visible=opened, disabled=disabled
        )
        self.files = buttons(button("Save all as NPZ", "atlas-npz", actions["Save"], disabled), close)
        self.comparing = column(
            field(pn.widgets.Select, state.param.other, "atlas-beside", disabled, options=state.param.others),
            message(state.param.other_message, "atlas-other-message"),
        )
        self.answers = message(state.param.question_message, "atlas-question-message")

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {
            "atlas-source": self.choosing,
            "atlas-files": self.files,
            "atlas-other": self.comparing,
            "atlas-answers": self.answers,
        }
