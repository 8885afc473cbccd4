"""The map's figure and widgets: word vectors in a plane, with analogies as arrows, and the neighbours of words.

The models carry what is drawn; static/figures/map/map.js shows and hides it, so that toggles and clicks need no Python.
"""

import panel as pn
from bokeh.models import BooleanFilter, CDSView, ColumnDataSource, Range1d

from app.figures.map.columns import YOURS
from app.sources.map_words import ADDED, ANALOGIES, CATEGORIES
from app.ui import palette
from app.ui.controls import button, buttons, column, field, message, waiting
from app.ui.planes import add_arrows, add_labels, limits, word_plane


class MapView:
    """The models and widgets, bound to a MapState; the controller fills the sources and sets what buttons do.

    names: the parameter that lists the sets of vectors; questions: the cards of questions; actions: {what: callback}.
    """

    def __init__(self, state, names, xy, questions, actions):
        self.state, self.questions = state, questions
        self.words = ColumnDataSource(name="space-words")
        self.pairs = ColumnDataSource(name="space-pairs")
        self.source = ColumnDataSource(name="space-source")
        self.choice = ColumnDataSource(name="space-choice")  # the page stores it while Python is restarted
        self.ranges = [Range1d(start, end) for start, end in limits(xy)]
        self.plane = self._plane()
        self._choosers(names)
        self._search(actions)
        self._own_pairs(actions)

    def _plane(self):
        plane = word_plane(
            "space-plane",
            self.ranges,
            x_axis_label="first component",
            y_axis_label="second component",
        )
        arithmetic, odd = self.questions
        plane.tags = [self.pairs, self.source, arithmetic.answers, odd.scores, self.choice]  # not drawn
        links = ColumnDataSource(name="space-links", data=dict(x0=[], y0=[], x1=[], y1=[]))
        plane.segment("x0", "y0", "x1", "y1", source=links, line_color=palette.FAINT, line_width=1.5)
        near = ColumnDataSource(name="space-near", data=dict(x=[], y=[]))
        plane.scatter("x", "y", source=near, marker="circle", size=6, fill_color=palette.FAINT, line_color=None)
        self._marks(plane)
        add_labels(plane, "space-labels")
        arrows = dict(x0=[], y0=[], x1=[], y1=[], colour=[], group=[], start=[], end=[])
        add_arrows(plane, ColumnDataSource(name="space-analogies", data=arrows), line_width=2.5)
        add_arrows(plane, arithmetic.sum, colour=palette.PUSH, line_width=2.5, line_dash=[6, 4])
        return plane

    def _marks(self, plane):
        marks = plane.scatter(
            "x",
            "y",
            source=self.words,
            view=CDSView(filter=BooleanFilter(name="space-shown", booleans=None)),
            marker="marker",
            size=11,
            fill_color="colour",
            line_color="colour",
            line_width=1.5,
            name="space-marks",
        )
        marks.nonselection_glyph = None

    def _choosers(self, names):
        """Which vectors, which categories, which analogies."""
        state = self.state
        self.source_choice = column(
            field(pn.widgets.Select, state.param.source, "space-vectors", waiting(state), options=names),
            message(state.param.source_message, "space-source-message"),
        )
        categories = [*CATEGORIES, ADDED]
        self.categories = pn.widgets.CheckBoxGroup(
            options=categories,
            value=categories,
            tags=["space-categories"],
            stylesheets=[palette.legend_css(categories)],
        )
        self.overlays = pn.widgets.CheckBoxGroup(options=[*ANALOGIES, YOURS], value=[], tags=["space-overlays"])

    def _search(self, actions):
        self.word = pn.widgets.AutocompleteInput(
            name="A word, of 50,000",
            placeholder="volcano",
            tags=["space-word"],
            restrict=False,
            min_characters=1,
            case_sensitive=False,
            options=[],
            disabled=waiting(self.state),
            sizing_mode="stretch_width",
        )
        names = ["Add", "Remove", "Undo", "Reset"]
        row = [
            button(name, f"space-{name.lower()}", actions[name], waiting(self.state), primary=name == "Add")
            for name in names
        ]
        self.search = column(self.word, buttons(*row), message(self.state.param.message, "space-message"))

    def _own_pairs(self, actions):
        self.pairs_text = pn.widgets.TextInput(
            name="Your own pairs",
            placeholder="hot → cold, big → small",
            tags=["space-own-pairs"],
            disabled=waiting(self.state),
            sizing_mode="stretch_width",
        )
        draw = button("Draw pairs", "space-add-pairs", actions["Draw pairs"], waiting(self.state))
        note = message(self.state.param.pairs_message, "space-pairs-message")
        self.own_pairs = column(self.pairs_text, buttons(draw), note)

    def roots(self):
        """{place in index.html: what is drawn there}."""
        arithmetic, odd = self.questions
        return {
            "space-plane": self.plane,
            "space-categories": self.categories,
            "space-overlays": self.overlays,
            "space-pairs": self.own_pairs,
            "space-search": self.search,
            "space-source": self.source_choice,
            "space-arithmetic": arithmetic.card,
            "space-odd": odd.card,
        }
