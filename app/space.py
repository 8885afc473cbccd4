"""The embedding map: real word vectors in a plane, with analogies as arrows, and questions to all 50,000 words.

The models carry what is drawn; static/space.js shows and hides it, so that toggles and clicks need no Python.
"""
import json
from functools import partial
from math import nan

import numpy as np
import panel as pn
from bokeh.models import (Arrow, BooleanFilter, CDSView, ColumnDataSource, HoverTool, NormalHead, PanTool, Range1d,
                          ResetTool, Spinner, TapTool, TextInput,
                          WheelZoomTool)
from bokeh.plotting import figure

from app import palette
from app.mapdata import (ANALOGIES, CATEGORIES, CATEGORY_OF, NAMES, NEIGHBOURS, START, offset_cosines, plane_of,
                         random_pairs)
from app.dynamics import bare
from app.said import said
from app.sources import GLOVE
from app.tags import BUTTONS, FONT, INK

YOURS = "your pairs"
ANSWERS = 8
MOST_ADDED = 60


def shown_name(word):
    """The word as it is written on the map: GloVe's are all in lower case."""
    return NAMES.get(word, word)


def read_word(text):
    """The reader's input as GloVe would write it."""
    return text.strip().lower()


def read_pairs(text):
    """[(start, end)] out of "big → huge, hot : cold"; raises ValueError for anything else."""
    pairs = []
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        words = part.replace("->", "→").replace(":", "→").split("→")
        if len(words) != 2 or not all(map(read_word, words)):
            raise ValueError(f"“{part}” is not a pair: write two words with an arrow between them, as in hot → cold.")
        pairs.append(tuple(map(read_word, words)))
    if not pairs:
        raise ValueError("There is no pair yet: write two words with an arrow between them, as in hot → cold.")
    return pairs


class Space:
    """The map's models and widgets, bound to a SpaceState; `near` is {word: [(neighbour, cosine)]} for START."""

    def __init__(self, state, vectors, near, sources):
        self.state, self.sources = state, sources
        self.vectors, self.near = vectors, near             # of the words that were drawn so far, and their neighbours
        self.pca = plane_of(vectors)
        self.words = ColumnDataSource(name="space-words")
        self.pairs = ColumnDataSource(name="space-pairs")
        self.answers = ColumnDataSource(name="space-answers", data=dict(word=[], score=[]))
        self.sum = ColumnDataSource(name="space-sum", data=dict(x0=[], y0=[], x1=[], y1=[], label=[]))
        self.chance = offset_cosines(vectors, self.pca, random_pairs())
        self.plane = self._plane()
        self._widgets()
        self._past = []
        self.show()

    # -- figure ----------------------------------------------------------------------------------------------

    def _plane(self):
        xy = self.positions(START)
        middle, half = (xy.max(axis=0) + xy.min(axis=0)) / 2, (xy.max(axis=0) - xy.min(axis=0)) * 0.56
        ranges = [Range1d(m - h, m + h) for m, h in zip(middle, half)]
        plane = figure(name="space-plane", sizing_mode="stretch_both", toolbar_location="above", tools=[],
                       x_range=ranges[0], y_range=ranges[1], x_axis_label="first component",
                       y_axis_label="second component")
        plane.add_tools(PanTool(), WheelZoomTool(zoom_on_axis=False), ResetTool(), TapTool())
        plane.toolbar.update(logo=None, active_drag=None)       # a finger scrolls the page until Pan is chosen
        bare(plane)
        wanted = Spinner(name="space-wanted", value=0)      # the page sets it to 1 when the vectors will be needed soon
        wanted.on_change("value", lambda attribute, old, new: pn.state.execute(self.prepare))
        self.kept = TextInput(name="space-kept", value="")      # the page gives it back after Python was restarted
        self.kept.on_change("value", lambda attribute, old, new: pn.state.execute(partial(self.restore, new)))
        plane.tags = [self.pairs, self.answers, wanted, self.kept]
        links = ColumnDataSource(name="space-links", data=dict(x0=[], y0=[], x1=[], y1=[]))
        plane.segment("x0", "y0", "x1", "y1", source=links, line_color=palette.FAINT, line_width=1.5)
        near = ColumnDataSource(name="space-near", data=dict(x=[], y=[]))
        plane.scatter("x", "y", source=near, marker="circle", size=6, fill_color=palette.FAINT, line_color=None)
        shown = BooleanFilter(name="space-shown", booleans=None)
        marks = plane.scatter("x", "y", source=self.words, view=CDSView(filter=shown), marker="marker", size=11,
                              fill_color="colour", line_color="colour", line_width=1.5, name="space-marks")
        marks.nonselection_glyph = None
        labels = ColumnDataSource(name="space-labels",
                                  data=dict(x=[], y=[], text=[], dx=[], dy=[], align=[], baseline=[]))
        plane.text("x", "y", "text", source=labels, x_offset="dx", y_offset="dy", text_align="align",
                   text_baseline="baseline", text_font=FONT, text_font_size="13px",
                   text_color=palette.FAINT).glyph.tags = [INK]
        self._arrows(plane)
        plane.add_tools(HoverTool(renderers=[marks], tooltips=[
            ("", "@name"), ("category", "@category"), ("nearest in 50-d", "@near_text")]))
        return plane

    def _arrows(self, plane):
        arrows = ColumnDataSource(name="space-analogies",
                                  data=dict(x0=[], y0=[], x1=[], y1=[], colour=[], group=[], start=[], end=[]))
        plane.add_layout(Arrow(source=arrows, x_start="x0", y_start="y0", x_end="x1", y_end="y1", line_color="colour",
                               line_width=2.5, end=NormalHead(size=10, fill_color="colour", line_color="colour")))
        colour = palette.PUSH
        plane.add_layout(Arrow(source=self.sum, x_start="x0", y_start="y0", x_end="x1", y_end="y1", line_color=colour,
                               line_width=2.5, line_dash=[6, 4],
                               end=NormalHead(size=10, fill_color=colour, line_color=colour)))

    # -- widgets ---------------------------------------------------------------------------------------------

    def _widgets(self):
        state = self.state
        waiting = pn.bind(lambda live: not live, state.param.live)
        options = dict(disabled=waiting, sizing_mode="stretch_width")
        categories = [*CATEGORIES, "added"]
        self.categories = pn.widgets.CheckBoxGroup(
            options=categories, value=categories, tags=["space-categories"],
            stylesheets=[palette.legend_css(categories)])
        self.overlays = pn.widgets.CheckBoxGroup(options=[*ANALOGIES, YOURS], value=[], tags=["space-overlays"])
        self.own = pn.widgets.TextInput(name="Your own pairs", placeholder="hot → cold, big → small",
                                        tags=["space-own-pairs"], **options)
        add_pairs = pn.widgets.Button(name="Draw pairs", disabled=waiting, tags=["space-add-pairs"],
                                      on_click=self.add_pairs)
        self.word = pn.widgets.AutocompleteInput(name="A word, of 50,000", placeholder="volcano", tags=["space-word"],
                                                 restrict=False, min_characters=1, case_sensitive=False, options=[],
                                                 **options)
        buttons = [pn.widgets.Button(name=name, disabled=waiting, tags=[f"space-{name.lower()}"], on_click=action)
                   for name, action in [("Add", self.add), ("Remove", self.remove), ("Undo", self.undo),
                                        ("Reset", self.reset)]]
        buttons[0].button_type = "primary"
        message = said(state.param.message, "space-message")
        self.search = pn.Column(self.word, pn.Row(*buttons, stylesheets=[BUTTONS]), message,
                                sizing_mode="stretch_width")
        pairs_message = said(state.param.pairs_message, "space-pairs-message")
        self.own_pairs = pn.Column(self.own, pn.Row(add_pairs, stylesheets=[BUTTONS]), pairs_message, sizing_mode="stretch_width")
        terms = [pn.widgets.TextInput.from_param(state.param[name], name=label, tags=[f"space-{name}"], **options)
                 for name, label in [("a", "a"), ("b", "− b"), ("c", "+ c")]]
        method = pn.widgets.RadioButtonGroup.from_param(state.param.method, disabled=waiting, tags=["space-method"])
        keep = pn.widgets.Checkbox.from_param(state.param.keep_inputs, disabled=waiting, tags=["space-keep-inputs"])
        work_out = pn.widgets.Button(name="Work it out", button_type="primary", disabled=waiting,
                                     tags=["space-work-out"], on_click=self.work_out)
        clear = pn.widgets.Button(name="Clear", disabled=waiting, tags=["space-clear-sum"], on_click=self.clear_sum)
        sum_message = said(state.param.sum_message, "space-sum-message")
        self.arithmetic = pn.Column(*terms, method, keep, pn.Row(work_out, clear, stylesheets=[BUTTONS]), sum_message,
                                    sizing_mode="stretch_width")

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"space-plane": self.plane, "space-categories": self.categories, "space-overlays": self.overlays,
                "space-pairs": self.own_pairs, "space-search": self.search, "space-arithmetic": self.arithmetic}

    # -- what is drawn ---------------------------------------------------------------------------------------

    def positions(self, words):
        """Coordinates of words on the map: (n, 2)."""
        return self.pca.transform(np.array([self.vectors.vector(word) for word in words]))

    def on_map(self):
        """The words on the map: those of the start that are left, then the reader's."""
        return [word for word in START if word not in self.state.removed] + self.state.added

    def show(self):
        """Draw the words and the pairs of the state."""
        self.words.data = self._word_columns(self.on_map())
        self.pairs.data = self._pair_columns()
        self.kept.value = json.dumps(self._choice()) if self.state.added or self.state.removed else ""

    def _word_columns(self, words):
        xy = self.positions(words).astype(np.float32) if words else np.empty((0, 2), np.float32)
        near = [self.near[word] for word in words]
        near_xy = [self.positions([other for other, _ in others]).round(3) for others in near]
        categories = [CATEGORY_OF.get(word, "added") for word in words]
        return dict(
            word=words, name=[shown_name(word) for word in words], category=categories, x=xy[:, 0], y=xy[:, 1],
            colour=[palette.style(category)[0] for category in categories],
            marker=[palette.style(category)[1] for category in categories],
            near=[[shown_name(other) for other, _ in others] for others in near],
            near_cosine=[[round(cosine, 3) for _, cosine in others] for others in near],
            near_x=[xy[:, 0].tolist() for xy in near_xy], near_y=[xy[:, 1].tolist() for xy in near_xy],
            near_text=[", ".join(f"{shown_name(other)} {cosine:.2f}" for other, cosine in others) for others in near])

    def _pair_columns(self):
        """One row per pair; its group's mean cosine between offsets in full and on the map is NaN for a single pair."""
        groups = ANALOGIES | ({YOURS: self.state.pairs} if self.state.pairs else {})
        rows = []
        for group, pairs in groups.items():
            cosines = offset_cosines(self.vectors, self.pca, pairs) if len(pairs) > 1 else (nan, nan)
            ends = [self.positions(words) for words in zip(*pairs)]                       # (P, 2), (P, 2)
            rows += [(group, palette.GROUP_COLOURS[group], *pair, *start, *end, *cosines, *self.chance)
                     for pair, start, end in zip(pairs, *ends)]
        names = "group colour start end x0 y0 x1 y1 full plane chance_full chance_plane".split()
        return {name: list(column) for name, column in zip(names, zip(*rows))}

    # -- what the reader asks for ----------------------------------------------------------------------------

    async def load(self):
        """The 50,000 vectors; from then on their words complete what is typed."""
        if len(self.vectors) < len(self.word.options) or not self.word.options:
            self.state.message = "Loading 50,000 word vectors …"
            self.vectors = await self.sources.vectors(GLOVE)
            self.word.options = self.vectors.words
            self.state.message = ""
        return self.vectors

    async def prepare(self):
        """Load the vectors before they are asked for."""
        await self._answering(self._say, self.load())

    async def _known(self, words):
        """Make sure that words can be drawn, loading their vectors and neighbours; raises UnknownWord or OSError."""
        new = [word for word in words if word not in self.near]
        if new:
            vectors = await self.load()
            self.near |= {word: vectors.neighbours(word, NEIGHBOURS) for word in new}

    def _put(self, words, pairs=()):
        """Put known words and pairs on the map; raises ValueError if there would be too many."""
        state = self.state
        new = [word for word in dict.fromkeys(words) if word not in self.on_map()]
        added = [word for word in new if word not in START]
        if len(state.added) + len(added) > MOST_ADDED:
            raise ValueError(f"The map has room for {MOST_ADDED} added words: remove some first.")
        self._remember()
        state.param.update(added=state.added + added, removed=[word for word in state.removed if word not in new],
                           pairs=list(dict.fromkeys([*state.pairs, *pairs])))
        self.show()
        return new

    async def _answering(self, say, task):
        """Await a task, and `say` what a reader should know when it fails; returns its result, None after a failure."""
        try:
            return await task
        except ValueError as error:                 # an unknown word, a pair that is none, a full map
            say(str(error)[0].upper() + str(error)[1:])
        except OSError as error:
            say(f"The word vectors could not be loaded ({error}): check the connection and try again.")

    def _say(self, text):
        self.state.message = text

    async def add(self, event=None):
        """Put the word in the search box on the map."""
        await self._answering(self._say, self._add(read_word(self.word.value_input or self.word.value or "")))

    async def _add(self, word):
        if not word:
            raise ValueError("Type a word first.")
        await self._known([word])
        self._say(f"“{word}” is on the map." if self._put([word]) else f"“{word}” is on the map already.")

    async def remove(self, event=None):
        """Take the word in the search box off the map."""
        word, state = read_word(self.word.value_input or self.word.value or ""), self.state
        if word not in self.on_map():
            self._say(f"“{word}” is not on the map." if word else "Type a word first.")
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
        await self._answering(self._say_pairs, self._add_pairs())

    def _say_pairs(self, text):
        self.state.pairs_message = text

    async def _add_pairs(self):
        pairs = read_pairs(self.own.value_input or self.own.value or "")
        words = [word for pair in pairs for word in pair]
        await self._known(words)
        self._put(words, pairs)
        self.overlays.value = list(dict.fromkeys([*self.overlays.value, YOURS]))
        self._say_pairs(f"{len(self.state.pairs)} pair{'s' * (len(self.state.pairs) > 1)} of yours on the map.")

    def _choice(self):
        return {name: getattr(self.state, name) for name in ("added", "removed", "pairs")}

    def _remember(self):
        self._past.append(self._choice())

    async def restore(self, kept):
        """Put back the reader's words and pairs, as `kept` has them, when the page brings them to a new session."""
        if kept and kept != json.dumps(self._choice()):
            choice = json.loads(kept)
            pairs = [tuple(pair) for pair in choice["pairs"]]
            await self._answering(self._say, self._known(choice["added"]))
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

    async def work_out(self, event=None):
        """Answer a − b + c and draw the sum."""
        await self._answering(self._say_sum, self._work_out())

    def _say_sum(self, text):
        self.state.sum_message = text

    async def _work_out(self):
        state = self.state
        a, b, c = words = [read_word(word) for word in (state.a, state.b, state.c)]
        if not all(words):
            raise ValueError("Fill in all three words first.")
        self._say_sum("Loading 50,000 word vectors …")
        vectors = await self.load()
        answers = vectors.analogy(b, a, c, ANSWERS, state.method, state.keep_inputs)
        best = answers[0][0]
        await self._known([*words, best])
        self._put([*words, best])
        (xa, ya), (xb, yb), (xc, yc) = self.positions(words)
        tip = (xc + xa - xb, yc + ya - yb)
        self.sum.data = dict(x0=[xb, xc], y0=[yb, yc], x1=[xa, tip[0]], y1=[ya, tip[1]],
                             label=["", f"{a} − {b} + {c}"])
        self.answers.data = dict(word=[word for word, _ in answers], score=[score for _, score in answers])
        self._say_sum(f"{a} − {b} + {c} ≈ {best}")

    def clear_sum(self, event=None):
        """Take the sum and its answers away; the words stay on the map."""
        self.sum.data = dict(x0=[], y0=[], x1=[], y1=[], label=[])
        self.answers.data = dict(word=[], score=[])
        self._say_sum("")
