"""The embedding map: word vectors in a plane, with analogies as arrows, and the neighbours of words.

It begins with GloVe's and changes to other vectors (`Sources`) when the reader does. The models carry what is drawn;
static/figures/map/map.js shows and hides it, so that toggles and clicks need no Python.
"""

import json
from functools import partial

import numpy as np
import panel as pn
from bokeh.models import (
    Arrow,
    BooleanFilter,
    CDSView,
    ColumnDataSource,
    HoverTool,
    NormalHead,
    PanTool,
    Range1d,
    ResetTool,
    TapTool,
    WheelZoomTool,
)
from bokeh.plotting import figure

from app.figures.map.questions import Arithmetic, OddOneOut
from app.sources.projected import Ground
from app.sources.vector_sets import GLOVE
from app.sources.words import ANALOGIES, CATEGORIES, CATEGORY_OF, START, shown_name
from app.ui import palette
from app.ui.messages import said
from app.ui.planes import add_labels, bare
from app.ui.stylesheets import BUTTONS

YOURS = "your pairs"
MOST_COMPLETED = 50_000  # words that complete what is typed
MOST_ADDED = 60


def read_pairs(text):
    """[(start, end)] out of "big → huge, hot : cold"; raises ValueError for anything else."""
    pairs = []
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        words = part.replace("->", "→").replace(":", "→").split("→")
        if len(words) != 2 or not all(map(str.strip, words)):
            raise ValueError(f"“{part}” is not a pair: write two words with an arrow between them, as in hot → cold.")
        pairs.append(tuple(map(str.strip, words)))
    if not pairs:
        raise ValueError("There is no pair yet: write two words with an arrow between them, as in hot → cold.")
    return pairs


class Space:
    """The map's models and widgets, bound to a SpaceState; glove: a Ground of the words that are drawn at the start."""

    def __init__(self, state, glove, sources, bridge):
        self.state, self.sources = state, sources
        self.glove = self.ground = glove
        self.words = ColumnDataSource(name="space-words")
        self.pairs = ColumnDataSource(name="space-pairs")
        self.source = ColumnDataSource(name="space-source")
        self.choice = ColumnDataSource(name="space-choice")  # the page stores it while Python is restarted
        self.needed = False  # whether the page has said that all vectors will be needed soon
        bridge.on("map-vectors", self.expect)
        bridge.on("map-restore", self.restore)
        self.arithmetic, self.odd = Arithmetic(state, self), OddOneOut(state, self)
        self.plane = self._plane()
        self._widgets()
        self._past = []
        self.show()
        state.param.watch(lambda event: pn.state.execute(self.change), "source")
        sources.param.watch(lambda event: pn.state.execute(partial(self.follow, event.new)), "added", onlychanged=False)

    # -- figure ----------------------------------------------------------------------------------------------

    def _plane(self):
        self.ranges = [Range1d(start, end) for start, end in self._limits()]
        plane = figure(
            name="space-plane",
            sizing_mode="stretch_both",
            toolbar_location="above",
            tools=[],
            x_range=self.ranges[0],
            y_range=self.ranges[1],
            x_axis_label="first component",
            y_axis_label="second component",
        )
        plane.add_tools(PanTool(), WheelZoomTool(zoom_on_axis=False), ResetTool(), TapTool())
        plane.toolbar.update(logo=None, active_drag=None)  # a finger scrolls the page until Pan is chosen
        bare(plane)
        plane.tags = [self.pairs, self.source, self.arithmetic.answers, self.odd.scores, self.choice]
        links = ColumnDataSource(name="space-links", data=dict(x0=[], y0=[], x1=[], y1=[]))
        plane.segment("x0", "y0", "x1", "y1", source=links, line_color=palette.FAINT, line_width=1.5)
        near = ColumnDataSource(name="space-near", data=dict(x=[], y=[]))
        plane.scatter("x", "y", source=near, marker="circle", size=6, fill_color=palette.FAINT, line_color=None)
        shown = BooleanFilter(name="space-shown", booleans=None)
        marks = plane.scatter(
            "x",
            "y",
            source=self.words,
            view=CDSView(filter=shown),
            marker="marker",
            size=11,
            fill_color="colour",
            line_color="colour",
            line_width=1.5,
            name="space-marks",
        )
        marks.nonselection_glyph = None
        add_labels(plane, "space-labels")
        self._arrows(plane)
        plane.add_tools(
            HoverTool(
                renderers=[marks],
                tooltips=[("", "@name"), ("category", "@category"), ("nearest in all dimensions", "@near_text")],
            )
        )
        return plane

    def _arrows(self, plane):
        arrows = ColumnDataSource(
            name="space-analogies", data=dict(x0=[], y0=[], x1=[], y1=[], colour=[], group=[], start=[], end=[])
        )
        plane.add_layout(
            Arrow(
                source=arrows,
                x_start="x0",
                y_start="y0",
                x_end="x1",
                y_end="y1",
                line_color="colour",
                line_width=2.5,
                end=NormalHead(size=10, fill_color="colour", line_color="colour"),
            )
        )
        colour = palette.PUSH
        plane.add_layout(
            Arrow(
                source=self.arithmetic.sum,
                x_start="x0",
                y_start="y0",
                x_end="x1",
                y_end="y1",
                line_color=colour,
                line_width=2.5,
                line_dash=[6, 4],
                end=NormalHead(size=10, fill_color=colour, line_color=colour),
            )
        )

    # -- widgets ---------------------------------------------------------------------------------------------

    def _widgets(self):
        state = self.state
        waiting = pn.bind(lambda live: not live, state.param.live)
        options = dict(disabled=waiting, sizing_mode="stretch_width")
        self.source_choice = pn.Column(
            pn.widgets.Select.from_param(
                state.param.source, options=self.sources.param.names, tags=["space-vectors"], **options
            ),
            said(state.param.source_message, "space-source-message"),
            sizing_mode="stretch_width",
        )
        categories = [*CATEGORIES, "added"]
        self.categories = pn.widgets.CheckBoxGroup(
            options=categories,
            value=categories,
            tags=["space-categories"],
            stylesheets=[palette.legend_css(categories)],
        )
        self.overlays = pn.widgets.CheckBoxGroup(options=[*ANALOGIES, YOURS], value=[], tags=["space-overlays"])
        self.own = pn.widgets.TextInput(
            name="Your own pairs", placeholder="hot → cold, big → small", tags=["space-own-pairs"], **options
        )
        add_pairs = pn.widgets.Button(
            name="Draw pairs", disabled=waiting, tags=["space-add-pairs"], on_click=self.add_pairs
        )
        self.word = pn.widgets.AutocompleteInput(
            name="A word, of 50,000",
            placeholder="volcano",
            tags=["space-word"],
            restrict=False,
            min_characters=1,
            case_sensitive=False,
            options=[],
            **options,
        )
        buttons = [
            pn.widgets.Button(name=name, disabled=waiting, tags=[f"space-{name.lower()}"], on_click=action)
            for name, action in [("Add", self.add), ("Remove", self.remove), ("Undo", self.undo), ("Reset", self.reset)]
        ]
        buttons[0].button_type = "primary"
        message = said(state.param.message, "space-message")
        self.search = pn.Column(
            self.word, pn.Row(*buttons, stylesheets=[BUTTONS]), message, sizing_mode="stretch_width"
        )
        pairs_message = said(state.param.pairs_message, "space-pairs-message")
        self.own_pairs = pn.Column(
            self.own, pn.Row(add_pairs, stylesheets=[BUTTONS]), pairs_message, sizing_mode="stretch_width"
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {
            "space-plane": self.plane,
            "space-categories": self.categories,
            "space-overlays": self.overlays,
            "space-pairs": self.own_pairs,
            "space-search": self.search,
            "space-source": self.source_choice,
            "space-arithmetic": self.arithmetic.card,
            "space-odd": self.odd.card,
        }

    # -- what is drawn ---------------------------------------------------------------------------------------

    def _limits(self):
        """(start, end) of both axes, with room around the words."""
        words = self.on_map() or self.ground.vectors.words[: len(START)]
        xy = self.ground.positions(words)  # (W, 2)
        middle, half = (xy.max(axis=0) + xy.min(axis=0)) / 2, (xy.max(axis=0) - xy.min(axis=0)) * 0.56
        half = np.where(half > 0, half, half.max() or 1)
        return list(zip((middle - half).tolist(), (middle + half).tolist()))

    def on_map(self):
        """The words on the map: those of the start that are left, then the reader's, if the vectors have them."""
        return self.ground.has([word for word in START if word not in self.state.removed] + self.state.added)

    def show(self):
        """Draw the words and the pairs of the state."""
        self.words.data = self._word_columns(self.on_map())
        self.pairs.data = self._pair_columns()
        self.source.data = dict(words=[self.ground.size], dim=[self.ground.dim])
        choice = json.dumps(self._choice()) if self.state.added or self.state.removed else ""
        self.choice.data = dict(choice=[choice])

    def _word_columns(self, words):
        ground = self.ground
        xy = ground.positions(words).astype(np.float32) if words else np.empty((0, 2), np.float32)
        near = [ground.near[word] for word in words]
        near_xy = [ground.positions([other for other, _ in others]).round(3) for others in near]
        categories = [CATEGORY_OF.get(word, "added") for word in words]
        return dict(
            word=words,
            name=[shown_name(word) for word in words],
            category=categories,
            x=xy[:, 0],
            y=xy[:, 1],
            colour=[palette.style(category)[0] for category in categories],
            marker=[palette.style(category)[1] for category in categories],
            near=[[shown_name(other) for other, _ in others] for others in near],
            near_cosine=[[round(cosine, 3) for _, cosine in others] for others in near],
            near_x=[xy[:, 0].tolist() for xy in near_xy],
            near_y=[xy[:, 1].tolist() for xy in near_xy],
            near_text=[", ".join(f"{shown_name(other)} {cosine:.2f}" for other, cosine in others) for others in near],
        )

    def _pair_columns(self):
        """One row per pair; its group's mean cosine between offsets in full and on the map is NaN for a single pair."""
        groups = ANALOGIES | ({YOURS: self.state.pairs} if self.state.pairs else {})
        rows = []
        for group, pairs in groups.items():
            cosines = self.ground.cosines(pairs)
            for pair in self.ground.pairs(pairs):
                start, end = self.ground.positions(pair)  # (2,) each
                rows.append((group, palette.GROUP_COLOURS[group], *pair, *start, *end, *cosines, *self.ground.chance))
        names = [
            "group",
            "colour",
            "start",
            "end",
            "x0",
            "y0",
            "x1",
            "y1",
            "full",
            "plane",
            "chance_full",
            "chance_plane",
        ]
        return {name: list(column) for name, column in zip(names, zip(*rows))} or {name: [] for name in names}

    # -- which vectors ---------------------------------------------------------------------------------------

    async def load(self):
        """All WordVectors of the source on show; from then on its words complete what is typed."""
        ground = self.ground
        if len(ground.vectors) < ground.size:
            self.state.message = f"Loading {ground.size:,} word vectors …"
            ground.vectors = await self.sources.vectors(ground.name)
            self.state.message = ""
        if self.ground is ground:
            self.word.options = ground.vectors.words[:MOST_COMPLETED]
        return ground.vectors

    async def expect(self, value=None):
        """Load the vectors of this source and of those to come before they are asked for."""
        self.needed = True
        await self.prepare()

    async def prepare(self):
        """Load the vectors before they are asked for."""
        await self.answering(self._say, self.load())

    async def follow(self, name):
        """Draw the map anew if the vectors it uses were replaced."""
        if name == self.state.source:
            await self.change()

    async def change(self):
        """Stand the map on the vectors that the state names; the reader's words and pairs come along."""
        name = self.state.source
        ground = self.glove if name == GLOVE else Ground(name, await self.sources.vectors(name))
        await ground.find_neighbours(ground.has([*START, *self.state.added]))
        if name != self.state.source:  # the reader has chosen again meanwhile
            return
        self.ground = ground
        self.words.selected.indices = []
        self.arithmetic.clear()
        self.odd.clear()
        self.state.param.update(message="", pairs_message="")
        self.word.param.update(name=f"A word, of {ground.size:,}", options=[])
        self.show()
        for axis, (start, end) in zip(self.ranges, self._limits()):
            axis.update(start=start, end=end, reset_start=start, reset_end=end)
        self.state.source_message = self._about()
        if self.needed or name != GLOVE:
            await self.prepare()

    def _about(self):
        """What the reader should know of the vectors on show; nothing of GloVe's, which the text tells of."""
        ground, words = self.ground, [*START, *self.state.added]
        lacks = [shown_name(word) for word in ground.lacks(words)]
        if ground.name == GLOVE and not lacks:
            return ""
        about = f"{ground.size:,} words, {ground.dim} number{'s' * (ground.dim > 1)} each."
        if len(lacks) == len(words):
            return f"{about} None of the map’s words is among them: add words that are."
        return f"{about} Not among them, so not on the map: {', '.join(lacks)}." if lacks else about

    # -- what the reader asks for ----------------------------------------------------------------------------

    async def known(self, texts):
        """Words as the map calls them, their neighbours found; raises UnknownWord or OSError."""
        await self.load()
        words = [self.ground.word(text) for text in texts]
        await self.ground.find_neighbours(words)
        return words

    def put(self, words, pairs=()):
        """Put known words and pairs on the map; returns the new ones. Raises ValueError if there would be too many."""
        state = self.state
        new = [word for word in dict.fromkeys(words) if word not in self.on_map()]
        added = [word for word in new if word not in START and word not in state.added]
        if len(state.added) + len(added) > MOST_ADDED:
            raise ValueError(f"The map has room for {MOST_ADDED} added words: remove some first.")
        self._remember()
        state.param.update(
            added=state.added + added,
            removed=[word for word in state.removed if word not in new],
            pairs=list(dict.fromkeys([*state.pairs, *pairs])),
        )
        self.show()
        return new

    async def answering(self, say, task):
        """Await a task, and `say` what a reader should know when it fails; returns its result, None after a failure."""
        try:
            return await task
        except ValueError as error:  # an unknown word, a pair that is none, a full map
            say(str(error)[0].upper() + str(error)[1:])
        except OSError as error:
            say(f"The word vectors could not be loaded ({error}): check the connection and try again.")

    def _say(self, text):
        self.state.message = text

    def _typed(self):
        return (self.word.value_input or self.word.value or "").strip()

    async def add(self, event=None):
        """Put the word in the search box on the map."""
        await self.answering(self._say, self._add(self._typed()))

    async def _add(self, text):
        if not text:
            raise ValueError("Type a word first.")
        (word,) = await self.known([text])
        self._say(f"“{word}” is on the map." if self.put([word]) else f"“{word}” is on the map already.")

    async def remove(self, event=None):
        """Take the word in the search box off the map."""
        text, state = self._typed(), self.state
        word = next((word for word in self.on_map() if word.lower() == text.lower()), None)
        if not word:
            self._say(f"“{text}” is not on the map." if text else "Type a word first.")
            return
        self._remember()
        if word in state.added:
            state.added = [other for other in state.added if other != word]
        else:
            state.removed = [*state.removed, word]
        self.show()
        self._say(f"“{word}” is off the map.")

    async def add_pairs(self, event=None):
        """Draw the reader's pairs as a group of their own."""
        await self.answering(self._say_pairs, self._add_pairs())

    def _say_pairs(self, text):
        self.state.pairs_message = text

    async def _add_pairs(self):
        pairs = read_pairs(self.own.value_input or self.own.value or "")
        words = await self.known([word for pair in pairs for word in pair])
        self.put(words, zip(words[::2], words[1::2]))
        self.overlays.value = list(dict.fromkeys([*self.overlays.value, YOURS]))
        self._say_pairs(f"{len(self.state.pairs)} pair{'s' * (len(self.state.pairs) > 1)} of yours on the map.")

    def _choice(self):
        return {name: getattr(self.state, name) for name in ("added", "removed", "pairs")}

    def _remember(self):
        self._past.append(self._choice())

    async def restore(self, text):
        """Put the user's words and pairs back, as JSON in `text`, when the page brings them to a new session."""
        if text != json.dumps(self._choice()):
            choice = json.loads(text)
            pairs = [tuple(pair) for pair in choice["pairs"]]
            if choice["added"]:
                await self.answering(self._say, self.load())
            await self.ground.find_neighbours(self.ground.has(choice["added"]))
            self.state.param.update(added=choice["added"], removed=choice["removed"], pairs=pairs)
            self.show()

    async def undo(self, event=None):
        """Go back to the words and pairs before the last change."""
        if not self._past:
            self._say("There is nothing to undo.")
            return
        self.state.param.update(**self._past.pop())
        self.show()
        self._say("The last change is undone.")

    async def reset(self, event=None):
        """Show the words of the start again, and nothing else; Undo brings the rest back."""
        self._remember()
        self.state.param.update(added=[], removed=[], pairs=[])
        self.show()
        self._say("The map is as it was at the start. Undo brings your words back.")
