"""Two models side by side: the same words on two planes, and the words whose neighbours changed most."""

import numpy as np
import panel as pn
from bokeh.models import ColumnDataSource, Range1d, Scatter

from app.figures.models.comparison import NO_WORDS, SHARED, SIDES, Comparison
from app.sources.projected import ProjectedVectors
from app.ui import palette
from app.ui.controls import button, buttons, column, field, message, progress_bar, stop_button, waiting
from app.ui.planes import add_labels, fit, word_plane
from embedlab.compare import neighbour_changes

AMONG = 3_000  # words, the most frequent shared ones, whose neighbours are compared ...
K = 10  # ... that many of each


class Compare:
    """The two planes, the table and their controls, bound to a ModelsState and its Task."""

    def __init__(self, state, task, sources, bridge):
        self.state, self.task, self.sources, self.comparison = state, task, sources, None
        self.words = ColumnDataSource(name="models-words", data=NO_WORDS)
        self.changes = ColumnDataSource(name="models-changes", data=dict(word=[], common=[], near_a=[], near_b=[]))
        self.titles = ColumnDataSource(name="models-titles", data=dict(a=[], b=[]))
        self.ranges = [Range1d(-1, 1), Range1d(-1, 1)]
        self.planes = {side: self._plane(side) for side in SIDES}
        self.planes["a"].tags = [self.changes, self.titles]  # not drawn, but part of the document
        disabled = waiting(state, task)
        self.choosing, self.adding = self._choosing(disabled), self._adding(disabled)
        bridge.on("models-word", self.select)
        sources.param.watch(lambda event: self._follow(event.new), "added", onlychanged=False)

    # -- figures and widgets ---------------------------------------------------------------------------------

    def _plane(self, side):
        name, x, y = f"models-{side}", f"x_{side}", f"y_{side}"
        plane = word_plane(name, self.ranges, x_axis_type=None, y_axis_type=None)
        marks = plane.scatter(
            x,
            y,
            source=self.words,
            marker="marker",
            size=10,
            fill_color="colour",
            line_color="colour",
            line_width=1.5,
            name=f"{name}-marks",
        )
        marks.nonselection_glyph = None
        marks.selection_glyph = Scatter(
            x=x, y=y, marker="marker", size=16, fill_color="colour", line_color=palette.PUSH, line_width=3
        )
        add_labels(plane, f"{name}-labels")
        return plane

    def _choosing(self, disabled):
        """Which two models."""
        state, names = self.state, self.sources.param.names
        selects = [
            field(pn.widgets.Select, state.param[side], f"models-{side}", disabled, options=names)
            for side in ("left", "right")
        ]
        return column(
            *selects,
            buttons(
                button("Compare", "models-compare", self.compare, disabled, primary=True),
                stop_button(self.task, "models-stop-compare", "compare"),
            ),
            progress_bar(self.task, "models-compare-progress", "compare"),
            message(state.param.compare_message, "models-compare-message"),
        )

    def _adding(self, disabled):
        """The user's own words."""
        state = self.state
        return column(
            field(pn.widgets.TextInput, state.param.own, "models-own", disabled, placeholder="river, bank"),
            buttons(button("Add words", "models-add", self.add, disabled)),
            message(state.param.own_message, "models-own-message"),
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {
            "models-a-plane": self.planes["a"],
            "models-b-plane": self.planes["b"],
            "models-choice": self.choosing,
            "models-adding": self.adding,
        }

    # -- comparing -------------------------------------------------------------------------------------------

    def _follow(self, name):
        """Offer the newest vectors for comparison; those under comparison stay as they are until Compare is pressed."""
        if self.comparison and name in [model.name for model in self.comparison.models]:
            self._say(f"{name} was replaced since: press Compare to see the new vectors.")
        elif self.state.left != name:
            self.state.right = name

    def _say(self, text):
        self.state.compare_message = text

    async def compare(self, event=None):
        """Put the two chosen models side by side; what was there before stays if that fails."""
        await self.task.run("compare", self._say, self._compare)

    async def _compare(self):
        names = self.state.left, self.state.right
        if names[0] == names[1]:
            raise ValueError("Choose two different models.")
        self._say("Turning the second onto the first …")
        models = tuple([ProjectedVectors(name, await self.sources.vectors(name)) for name in names])
        comparison = Comparison.of(models)
        k = max(1, min(K, (comparison.shared - 1) // 2))
        self._say("Comparing neighbours …")
        changes = await self.task.follow(neighbour_changes(*[model.vectors for model in models], k, AMONG))
        await comparison.find_neighbours()
        self.comparison = comparison
        self._draw()
        fit(self.ranges, np.vstack([comparison.positions(i) for i in range(2)]))  # (2 W, 2)
        self.titles.data = dict(zip(SIDES, [[name] for name in names]))
        self.changes.data = comparison.changes(changes)
        self._say(summary(comparison.shared, changes, k))

    def _draw(self):
        comparison = self.comparison
        self.words.data = comparison.columns()
        selected = comparison.selected
        self.words.selected.indices = [comparison.words().index(selected)] if selected else []

    async def select(self, word):
        """Show a word of the table on both planes."""
        if self.comparison and word in self.comparison.vectors[0]:
            self.comparison.selected = word
            await self.comparison.find_neighbours()
            self._draw()

    # -- the user's words ------------------------------------------------------------------------------------

    def _say_of_own(self, text):
        self.state.own_message = text

    async def add(self, event=None):
        """Put the user's words on both planes."""
        await self.task.run("words", self._say_of_own, self._add)

    async def _add(self):
        if not self.comparison:
            raise ValueError("Press Compare first.")
        new = self.comparison.add(self.comparison.words_of(self.state.own))
        await self.comparison.find_neighbours()
        self._draw()
        self._say_of_own(f"Added: {', '.join(new)}." if new else "On the planes already.")


def summary(shared, changes, k):
    """How many neighbours the models have in common, in words."""
    same = 1 - changes.change  # Jaccard, (S,): common / (2k - common)
    return (
        f"{shared:,} shared words{' or more' * (shared == SHARED)}. Of a word’s {k} nearest neighbours among "
        f"the {len(changes.words):,} most frequent, {np.mean(2 * k * same / (1 + same)):.1f} on average are the same "
        f"under both models."
    )
