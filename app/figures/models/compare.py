"""Two models side by side: the same words on two planes, and the words whose neighbours changed most."""

import numpy as np
import panel as pn
from bokeh.models import ColumnDataSource, Range1d, Scatter

from app.figures.models.comparison import NO_WORDS, SHARED, SIDES, Comparison
from app.sources.projected import projected_vectors
from app.ui import palette
from app.ui.controls import button, buttons, column, field, message, progress_bar, stop_button, waiting
from app.ui.planes import add_glyphs, add_labels, fit, word_plane
from embedlab.compare import neighbour_changes
from embedlab.numbers import counted

AMONG = 3_000  # words, the most frequent shared ones, whose neighbours are compared ...
K = 10  # ... that many of each
NO_CHANGES = dict(word=[], common=[], near_a=[], near_b=[])
NO_TITLES = dict(a=[], b=[])


class Compare:
    """The two planes, the table and their controls, bound to a ModelsState and its Task; table: the ModelTable.

    compared: the two Models side by side.
    """

    def __init__(self, state, task, sources, table, bridge):
        self.state, self.task, self.sources, self.table = state, task, sources, table
        self.comparison, self.compared = None, ()
        self.words = ColumnDataSource(name="models-words", data=NO_WORDS)
        self.changes = ColumnDataSource(name="models-changes", data=NO_CHANGES)
        self.titles = ColumnDataSource(name="models-titles", data=NO_TITLES)
        self.ranges = [Range1d(-1, 1), Range1d(-1, 1)]
        self.planes = {side: self._plane(side) for side in SIDES}
        self.planes["a"].tags = [self.changes, self.titles]  # not drawn, but part of the document
        disabled = waiting(state, task)
        self.choosing, self.adding = self._choosing(disabled), self._adding(disabled)
        bridge.on("models-word", self.select)
        bridge.on("models-compare", self.compare_one)
        sources.param.watch(self._follow, ["added", "switched", "renamed", "removed"], onlychanged=False)

    # -- figures and widgets ---------------------------------------------------------------------------------

    def _plane(self, side):
        name, x, y = f"models-{side}", f"x_{side}", f"y_{side}"
        plane = word_plane(name, self.ranges, axes=False)
        mark = dict(x=x, y=y, marker="marker", fill_color="colour")
        usual = Scatter(**mark, size=10, line_color="colour", line_width=1.5)
        selected = Scatter(**mark, size=16, line_color=palette.PUSH, line_width=3)
        add_glyphs(plane, self.words, usual, selection_glyph=selected, name=f"{name}-marks")
        add_labels(plane, f"{name}-labels")
        return plane

    def _choosing(self, disabled):
        return column(
            buttons(
                button("Compare", "models-compare", self.compare, disabled, primary=True),
                stop_button(self.task, "models-stop-compare", "compare"),
            ),
            progress_bar(self.task, "models-compare-progress", "compare"),
            message(self.state.param.compare_message, "models-compare-message"),
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

    def _follow(self, event):
        """What was compared stays on show when its vectors are replaced or it is renamed, not when it is removed."""
        if event.name == "renamed":
            self._show_names()
        elif event.name == "removed" and any(model not in self.sources.models for model in self.compared):
            self.comparison, self.compared = None, ()
            self.words.data, self.changes.data, self.titles.data = NO_WORDS, NO_CHANGES, NO_TITLES
            self._say("")
        elif event.name == "added" and event.new in [model.name for model in self.compared]:
            self._say(f"{event.new} was replaced since: press Compare to see the new vectors.")
        elif event.name == "switched" and event.new in [model.name for model in self.compared]:
            self._say(f"{self.sources.model(event.new).title}: press Compare to see these vectors.")

    def _show_names(self):
        if self.compared:
            for projected, model in zip(self.comparison.models, self.compared):
                projected.name = model.name
            self.titles.data = dict(zip(SIDES, [[projected.title] for projected in self.comparison.models]))

    def _say(self, text):
        self.state.compare_message = text

    async def compare_one(self, name):
        """Put a model beside another one."""
        self.table.choose_with(name)
        await self.compare()

    async def compare(self, event=None):
        """Put the two chosen models side by side; what was there before stays if that fails."""
        await self.task.run("compare", self._say, self._compare)

    async def _compare(self):
        chosen = self.state.chosen
        if len(chosen) != 2:
            raise ValueError(f"Choose two models: tick their boxes in the table. Now {len(chosen)} are ticked.")
        self._say("Turning the second onto the first …")
        models = tuple([await projected_vectors(self.sources, model.name) for model in chosen])
        comparison = Comparison.of(models)
        said, changed = comparison.sameness(), NO_CHANGES
        if not said:
            said, changed = await self._compare_neighbours(comparison)
        await comparison.find_neighbours()
        self.comparison, self.compared = comparison, tuple(chosen)
        self._draw()
        fit(self.ranges, np.vstack([comparison.positions(i) for i in range(2)]))  # (2 W, 2)
        self._show_names()
        self.changes.data = changed
        self._say(said)

    async def _compare_neighbours(self, comparison):
        """(what they have in common, in words; the words that changed most) of two models that are not the same."""
        k = max(1, min(K, (comparison.shared - 1) // 2))
        self._say("Comparing neighbours …")
        vectors = [model.vectors for model in comparison.models]
        changes = await self.task.follow(neighbour_changes(*vectors, k, AMONG))
        return summary(comparison.shared, changes, k), comparison.changes(changes)

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
    shared_words = f"{counted(shared, 'shared word')}{' or more' * (shared == SHARED)}."
    among = f"among the {len(changes.words):,} most frequent"
    if not changes.change.any():
        return f"{shared_words} No word’s neighbours changed: {among}, its {k} nearest are the same under both models."
    same = 1 - changes.change  # Jaccard, (S,): common / (2k - common)
    return (
        f"{shared_words} Of a word’s {k} nearest neighbours {among}, {np.mean(2 * k * same / (1 + same)):.1f} on "
        f"average are the same under both models."
    )
