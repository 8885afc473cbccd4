"""Two models side by side: the same words on two planes, and the words whose neighbours changed most."""

from dataclasses import dataclass, field

import numpy as np
import panel as pn
from bokeh.models import (
    ColumnDataSource,
    HoverTool,
    PanTool,
    Range1d,
    ResetTool,
    Scatter,
    TapTool,
    WheelZoomTool,
)
from bokeh.plotting import figure

from app.sources.projected import Ground
from app.sources.words import CATEGORY_OF, START, Plane, known, plane_of, rows, shown_name, spelt
from app.ui import palette
from app.ui.messages import said
from app.ui.planes import add_labels, bare
from app.ui.stylesheets import BUTTONS
from embedlab.compare import aligned, neighbour_changes

SHARED = 20_000  # words that the second model is turned by
AMONG = 3_000  # words, the most frequent shared ones, whose neighbours are compared ...
K = 10  # ... that many of each
MOST_CHANGED = 15  # rows of the table
FEW = 30  # shared words that are drawn where the map's are missing
MOST_OWN = 40
SIDES = ("a", "b")


@dataclass
class Pair:
    """Two models under comparison.

    grounds: a Ground for each; vectors: WordVectors of the shared words for each, the second turned onto the first.
    """

    grounds: tuple
    vectors: tuple
    plane: Plane
    own: list = field(default_factory=list)
    picked: str = ""

    def words(self):
        """Those on the planes: the map's that both have, then the reader's."""
        shared = self.vectors[0]
        start = known(START, shared) or shared.words[:FEW]
        return list(dict.fromkeys([*start, *self.own, *filter(None, [self.picked])]))


class SideBySide:
    """The two planes, the table and their controls, bound to a ModelsState and its Work."""

    def __init__(self, state, work, sources, bridge):
        self.state, self.work, self.sources, self.pair = state, work, sources, None
        self.words = ColumnDataSource(name="models-words", data=self._columns([]))
        self.changes = ColumnDataSource(name="models-changes", data=dict(word=[], common=[], near_a=[], near_b=[]))
        self.titles = ColumnDataSource(name="models-titles", data=dict(a=[], b=[]))
        self.ranges = [Range1d(-1, 1), Range1d(-1, 1)]
        self.planes = {side: self._plane(side) for side in SIDES}
        bridge.on("models-word", self.pick)
        self.planes["a"].tags = [self.changes, self.titles]
        self._widgets()
        sources.param.watch(lambda event: self._follow(event.new), "added", onlychanged=False)

    def _plane(self, side):
        plane = figure(
            name=f"models-{side}",
            sizing_mode="stretch_both",
            toolbar_location="above",
            tools=[],
            x_range=self.ranges[0],
            y_range=self.ranges[1],
            x_axis_type=None,
            y_axis_type=None,
        )
        plane.add_tools(PanTool(), WheelZoomTool(zoom_on_axis=False), ResetTool(), TapTool())
        plane.toolbar.update(logo=None, active_drag=None)  # a finger scrolls the page until Pan is chosen
        bare(plane)
        marks = plane.scatter(
            f"x_{side}",
            f"y_{side}",
            source=self.words,
            marker="marker",
            size=10,
            fill_color="colour",
            line_color="colour",
            line_width=1.5,
            name=f"models-{side}-marks",
        )
        marks.nonselection_glyph = None
        marks.selection_glyph = Scatter(
            x=f"x_{side}",
            y=f"y_{side}",
            marker="marker",
            size=16,
            fill_color="colour",
            line_color=palette.PUSH,
            line_width=3,
        )
        add_labels(plane, f"models-{side}-labels")
        plane.add_tools(
            HoverTool(
                renderers=[marks],
                tooltips=[("", "@name"), ("category", "@category"), ("nearest here", f"@near_{side}")],
            )
        )
        return plane

    def _widgets(self):
        state, work = self.state, self.work
        waiting = pn.bind(lambda live, busy: not live or bool(busy), state.param.live, work.param.busy)
        working = pn.bind(lambda busy: busy == "compare", work.param.busy)
        selects = [
            pn.widgets.Select.from_param(
                state.param[side],
                options=self.sources.param.names,
                disabled=waiting,
                tags=[f"models-{side}"],
                sizing_mode="stretch_width",
            )
            for side in ("left", "right")
        ]
        start = pn.widgets.Button(
            name="Compare", button_type="primary", disabled=waiting, tags=["models-compare"], on_click=self.compare
        )
        stop = pn.widgets.Button(
            name="Stop",
            disabled=pn.bind(lambda working: not working, working),
            tags=["models-stop-compare"],
            on_click=work.stop,
        )
        progress = pn.indicators.Progress(
            value=work.param.progress,
            max=100,
            visible=working,
            sizing_mode="stretch_width",
            tags=["models-compare-progress"],
        )
        self.choice = pn.Column(
            *selects,
            pn.Row(start, stop, stylesheets=[BUTTONS]),
            progress,
            said(state.param.compare_message, "models-compare-message"),
            sizing_mode="stretch_width",
        )
        own = pn.widgets.TextInput.from_param(
            state.param.own,
            placeholder="river, bank",
            disabled=waiting,
            tags=["models-own"],
            sizing_mode="stretch_width",
        )
        add = pn.widgets.Button(name="Add words", disabled=waiting, tags=["models-add"], on_click=self.add)
        self.adding = pn.Column(
            own,
            pn.Row(add, stylesheets=[BUTTONS]),
            said(state.param.own_message, "models-own-message"),
            sizing_mode="stretch_width",
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {
            "models-a-plane": self.planes["a"],
            "models-b-plane": self.planes["b"],
            "models-choice": self.choice,
            "models-adding": self.adding,
        }

    def _follow(self, name):
        """Offer the newest vectors for comparison; those under comparison stay as they are until Compare is pressed."""
        if self.pair and name in [ground.name for ground in self.pair.grounds]:
            self.state.compare_message = f"{name} was replaced since: press Compare to see the new vectors."
        elif self.state.left != name:
            self.state.right = name

    # -- comparing -------------------------------------------------------------------------------------------

    async def compare(self, event=None):
        """Put the two chosen models side by side; what was there before stays if that fails."""
        await self.work.do("compare", self._say, self._compare)

    def _say(self, text):
        self.state.compare_message = text

    async def _compare(self):
        names = self.state.left, self.state.right
        if names[0] == names[1]:
            raise ValueError("Choose two different models.")
        self._say("Turning the second onto the first …")
        grounds = tuple([Ground(name, await self.sources.vectors(name)) for name in names])
        vectors = aligned(*[ground.vectors for ground in grounds], SHARED)
        shared = len(vectors[0])
        k = max(1, min(K, (shared - 1) // 2))
        self._say("Comparing neighbours …")
        changes = await self.work.follow(neighbour_changes(*[ground.vectors for ground in grounds], k, AMONG))
        pair = Pair(grounds, vectors, plane_of(vectors[0]))
        await self._find_neighbours(pair)
        self.pair = pair
        self._draw()
        self._fit()
        self.titles.data = dict(zip(SIDES, [[name] for name in names]))
        same = 1 - changes.change  # Jaccard, (S,): common / (2k - common)
        self.changes.data = self._table(changes)
        self._say(
            f"{shared:,} shared words{' or more' * (shared == SHARED)}. Of a word’s {k} nearest neighbours among "
            f"the {len(changes.words):,} most frequent, {np.mean(2 * k * same / (1 + same)):.1f} on average are the same "
            f"under both models."
        )

    def _table(self, changes):
        """The words that changed most; of those that changed alike, first the ones that lie farthest apart."""
        S = len(changes.words)
        A, B = [vectors.unit[:S] for vectors in self.pair.vectors]  # (S, D): shared words come in the same order
        order = np.lexsort([(A * B).sum(axis=1), -changes.change])[:MOST_CHANGED]
        names = [[[changes.words[j] for j in near[i]] for i in order] for near in (changes.near_a, changes.near_b)]
        return dict(
            word=[changes.words[i] for i in order],
            near_a=names[0],
            near_b=names[1],
            common=[len(set(a) & set(b)) for a, b in zip(*names)],
        )

    async def _find_neighbours(self, pair):
        for ground in pair.grounds:
            await ground.find_neighbours(pair.words())

    def _columns(self, words):
        """One row per word: its place and its nearest under each model."""
        columns = dict(
            word=words,
            name=[shown_name(word) for word in words],
            category=[CATEGORY_OF.get(word, "added") for word in words],
        )
        styles = [palette.style(category) for category in columns["category"]]
        columns |= dict(colour=[colour for colour, _ in styles], marker=[marker for _, marker in styles])
        for i, side in enumerate(SIDES):
            xy = self._positions(i, words) if words else np.empty((0, 2))
            near = [self.pair.grounds[i].near[word] for word in words]
            columns |= {
                f"x_{side}": xy[:, 0].astype(np.float32),
                f"y_{side}": xy[:, 1].astype(np.float32),
                f"near_{side}": [
                    ", ".join(f"{shown_name(other)} {cosine:.2f}" for other, cosine in others) for others in near
                ],
            }
        return columns

    def _positions(self, i, words):
        """Coordinates of shared words under model i: (W, 2)."""
        return self.pair.plane.transform(rows(self.pair.vectors[i], words))

    def _draw(self):
        words = self.pair.words()
        self.words.data = self._columns(words)
        self.words.selected.indices = [words.index(self.pair.picked)] if self.pair.picked else []

    def _fit(self):
        """Give both planes the ranges that hold all their words."""
        xy = np.vstack([self._positions(i, self.pair.words()) for i in range(2)])  # (2 W, 2)
        middle, half = (xy.max(axis=0) + xy.min(axis=0)) / 2, (xy.max(axis=0) - xy.min(axis=0)) * 0.56
        for axis, m, h in zip(self.ranges, middle.tolist(), half.tolist()):
            start, end = m - (h or 1), m + (h or 1)
            axis.update(start=start, end=end, reset_start=start, reset_end=end)

    # -- the reader's words ----------------------------------------------------------------------------------

    async def pick(self, word):
        """Show a word of the table on both planes."""
        if self.pair and word in self.pair.vectors[0]:
            self.pair.picked = word
            await self._find_neighbours(self.pair)
            self._draw()

    async def add(self, event=None):
        """Put the reader's words on both planes."""
        await self.work.do("words", self._say_own, self._add)

    def _say_own(self, text):
        self.state.own_message = text

    async def _add(self):
        if not self.pair:
            raise ValueError("Press Compare first.")
        words = [self._shared(text) for text in self.state.own.replace(",", " ").replace(";", " ").split()]
        if not words:
            raise ValueError("Write a word first.")
        new = [word for word in dict.fromkeys(words) if word not in self.pair.words()]
        if len(self.pair.own) + len(new) > MOST_OWN:
            raise ValueError(f"There is room for {MOST_OWN} added words; compare again to begin anew.")
        self.pair.own += new
        await self._find_neighbours(self.pair)
        self._draw()
        self._say_own(f"Added: {', '.join(new)}." if new else "On the planes already.")

    def _shared(self, text):
        """A word as both models spell it; raises ValueError, which names the model without it."""
        for ground in self.pair.grounds:
            if not ground.spelling(text):
                raise ValueError(f"“{text}” is not among the words of {ground.name}: choose another word.")
        word = spelt(text, self.pair.vectors[0])
        if not word:
            raise ValueError(
                f"“{text}” is not among the {SHARED:,} most frequent words that both models spell alike: "
                f"choose another word."
            )
        return word.lower() if word.lower() in CATEGORY_OF else word
