"""The map's figure and widgets: word vectors in a plane, with analogies as arrows, and the neighbours of words.

The models carry what is drawn; static/figures/map/ projects, shows and hides it, so that toggles, planes and clicks
need no Python.
"""

import panel as pn
from bokeh.core.properties import field as column_of
from bokeh.models import BooleanFilter, CDSView, CheckboxGroup, ColumnDataSource, Range1d, Scatter, Segment

from app.figures.map.columns import YOURS
from app.figures.map.question_layers import add_odd, add_sum
from app.sources.map_words import ADDED, ANALOGIES, CATEGORIES, UNSORTED
from app.ui import palette
from app.ui.controls import column, field, message, waiting
from app.ui.planes import ENDS, NO_LINES, add_arrows, add_glyphs, add_labels, limits, word_plane

BORDER = 10  # px
NO_PLACES = dict(x=[], y=[])


class MapView:
    """The models and widgets, bound to a MapState; the controller fills the sources.

    names: the parameter that lists the sets of vectors; questions: the cards of questions.
    """

    def __init__(self, state, names, xy, questions):
        self.state, self.questions = state, questions
        self.words = ColumnDataSource(name="space-words")
        self.pairs = ColumnDataSource(name="space-pairs")
        self.planes = ColumnDataSource(name="space-planes")
        self.rows = ColumnDataSource(name="space-rows", data=dict(word=[], row=[]))  # those the page has not yet
        self.source = ColumnDataSource(name="space-source")
        self.choice = ColumnDataSource(name="space-choice")  # the page stores it while Python is restarted
        self.vocabulary = ColumnDataSource(name="space-vocabulary", data=dict(word=[]))  # what completes a typed word
        categories = [*CATEGORIES, ADDED, UNSORTED]
        self.categories = CheckboxGroup(name="space-categories", labels=categories, active=list(range(len(categories))))
        self.overlays = CheckboxGroup(name="space-overlays", labels=[*ANALOGIES, YOURS], active=[0])
        self.ranges = [Range1d(start, end) for start, end in limits(xy)]
        self.plane = self._plane()
        said = state.param.plane_message
        self.plane_message = message(said, "space-plane-message", visible=pn.bind(bool, said))
        self._choosers(names)
        self.messages = {
            "space-search": message(state.param.message, "space-message"),
            "space-own-categories": column(
                field(
                    pn.widgets.Select,
                    state.param.column,
                    "space-column",
                    waiting(state),
                    options=state.param.columns,
                    visible=pn.bind(lambda columns: len(columns) > 1, state.param.columns),
                ),
                message(state.param.categories_message, "space-categories-message"),
            ),
        }

    def _plane(self):
        plane = word_plane("space-plane", self.ranges)
        plane.axis.visible = plane.grid.visible = False  # the axes have a name only where the user has chosen them
        plane.min_border_left = BORDER
        sums, odd, _ = self.questions
        plane.tags = [  # not drawn
            *(self.pairs, self.planes, self.rows, self.source, self.choice, self.vocabulary),
            *(sums.sum, sums.answers, odd.scores, self.categories, self.overlays),
        ]
        self._faint_marks(plane)
        links = ColumnDataSource(name="space-links", data=NO_LINES)
        add_glyphs(plane, links, Segment(**ENDS, line_color=palette.FAINT, line_width=1.5))
        near = ColumnDataSource(name="space-near", data=NO_PLACES)
        dots = dict(marker="circle", size=6, fill_color=palette.FAINT, line_color=None)
        add_glyphs(plane, near, Scatter(x="x", y="y", **dots))
        self._marks(plane)
        add_odd(plane)
        add_sum(plane)
        add_labels(plane, "space-labels", alpha="alpha")
        arrows = NO_LINES | dict(colour=[], dash=[], group=[], start=[], end=[])
        look = dict(line_width=2.5, line_dash=column_of("dash"), level="underlay")
        add_arrows(plane, ColumnDataSource(name="space-analogies", data=arrows), **look)
        return plane

    def _faint_marks(self, plane):
        """Of the words that had no say in choosing the plane."""
        others = ColumnDataSource(name="space-others", data=NO_PLACES | dict(word=[], colour=[], marker=[]))
        faint = dict(fill_color="colour", line_color="colour", fill_alpha=0.35, line_alpha=0.35)
        add_glyphs(plane, others, Scatter(x="x", y="y", marker="marker", size=7, **faint))

    def _marks(self, plane):
        look = dict(size=11, fill_color="colour", line_color="colour", line_width=1.5)
        shown = CDSView(filter=BooleanFilter(name="space-shown", booleans=None))
        add_glyphs(plane, self.words, Scatter(x="x", y="y", marker="marker", **look), view=shown, name="space-marks")

    def _choosers(self, names):
        """Which vectors, and which of their words."""
        state = self.state
        self.source_choice = column(
            field(pn.widgets.Select, state.param.source, "space-vectors", waiting(state), options=names),
            field(pn.widgets.Select, state.param.show, "space-show", waiting(state)),
            message(state.param.source_message, "space-source-message"),
        )

    def offer(self, own):
        """Offer the user's categories beside the others; new ones are on, and the rest stays as it was."""
        before, on = self.categories.labels, self.categories_on()
        labels = [*CATEGORIES, ADDED, UNSORTED, *own]
        if labels != before:
            on |= {*labels} - {*before}
            self.categories.update(labels=labels, active=[i for i, label in enumerate(labels) if label in on])

    def categories_on(self):
        """The categories that are switched on."""
        labels = self.categories.labels
        return {labels[i] for i in self.categories.active if i < len(labels)}

    def switch_on(self, categories):
        """Switch categories on."""
        on = self.categories_on() | categories
        self.categories.active = [i for i, label in enumerate(self.categories.labels) if label in on]

    def roots(self):
        """{place in index.html: what is drawn there}."""
        sums, odd, pairs = self.questions
        return {
            "space-plane": self.plane,
            "space-plane-message": self.plane_message,
            "space-pairs": pairs.card,
            **self.messages,
            "space-source": self.source_choice,
            "space-arithmetic": sums.card,
            "space-odd": odd.card,
        }
