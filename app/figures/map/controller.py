"""The embedding map: what the user asks for, put on the figure.

It begins with GloVe's vectors and changes to other sets (`Sources`) when the user does.
"""

import json
from functools import partial

import numpy as np
import panel as pn

from app.figures.map.columns import YOURS, pair_columns, plane_columns, word_columns
from app.figures.map.near import Near
from app.figures.map.odd import OddOneOut
from app.figures.map.pairs import OwnPairs
from app.figures.map.shown import PAGE, Shown
from app.figures.map.state import NO_COLUMN
from app.figures.map.sums import Sums
from app.figures.map.user_choice import UserChoice
from app.figures.map.view import MapView
from app.figures.map.words import Words
from app.sources.map_words import START
from app.sources.other_words import OTHER_CATEGORY_OF
from app.sources.projected import projected_vectors
from app.sources.vector_sets import GLOVE
from app.tasks.errors import reported

MOST_COMPLETED = 50_000  # words that complete what is typed


class Map:
    """Callbacks of the map; glove: ProjectedVectors of the words that are drawn at the start."""

    def __init__(self, state, glove, sources, bridge):
        self.state, self.sources, self.choice = state, sources, UserChoice()
        self.glove = self.projected = glove
        self.known = self.in_the_page = frozenset(glove.vectors.words)  # whose rows the page has, of GloVe in a file
        self.edition = 0  # of the vectors on show: sets of the same name may replace one another
        self.needed = False  # whether the page has said that all vectors will be needed soon
        self.planes = None, []  # those that the page has, and the user's pairs of which it has one
        self.sums, self.odd, self.pairs = Sums(state, self), OddOneOut(state, self), OwnPairs(state, self)
        xy = self._positions_to_fit()
        self.view = MapView(state, sources.param.names, xy, (self.sums, self.odd, self.pairs))
        self.roots = self.view.roots
        self.words = Words(state, self, bridge)
        self.shown = Shown(state, self, bridge)
        self.near = Near(self, bridge)
        self.near.draw_on(self.view.plane)
        self.show()
        bridge.on("map-vectors", self.expect)
        bridge.on("map-rows", self.look_up_rows)
        bridge.on("map-restore", self.restore)
        bridge.on("map-sum", self.sums.ask)
        bridge.on("map-odd", self.odd.ask)
        bridge.on("map-pairs", self.pairs.add)
        bridge.on("map-keep", self.sums.keep)
        bridge.on("map-remove-pair", self.pairs.remove)
        bridge.on("map-source", self.choose_source)
        state.param.watch(self._choose, "source")
        sources.param.watch(self._rename, "renamed", onlychanged=False)
        sources.param.watch(self._leave, "removed", onlychanged=False)
        sources.param.watch(
            lambda event: pn.state.execute(partial(self.follow, event.new)), ["added", "switched"], onlychanged=False
        )

    # -- what is drawn ---------------------------------------------------------------------------------------

    def on_map(self):
        """The words on the map: the first ones that were not removed, then the user's that the vectors have."""
        first = [word for word in self.first if word not in self.choice.removed]
        return list(dict.fromkeys([*first, *self.projected.present(self.choice.own_words())]))

    def show(self):
        """Draw the words and the pairs; the planes too if they are to be chosen for other words."""
        view, projected, page = self.view, self.projected, self.shown.kind == PAGE
        self.first = self.shown.first_words()
        words = self.on_map()
        about = dict(set=[projected.name], words=[projected.size], dim=[projected.dim], page=[page])
        view.source.data = about | dict(edition=[self.edition])
        self.send_rows([*words, *(projected.present(OTHER_CATEGORY_OF) if page else [])])
        self._choose_planes()
        view.words.data = word_columns(projected, words, self.shown.names(words), self.choice)
        view.pairs.data = pair_columns(projected, self.choice.pairs, None if page else words)
        view.offer([name for name in self.choice.slots if name])
        view.choice.data = dict(choice=[self.choice.to_text()])

    def _choose_planes(self):
        """Choose the planes for the first words; the page stays as it is if it has them."""
        projected = self.projected
        projected.choose_planes(self.first, self.shown.plane_categories(self.first))
        planes, pairs = self.planes
        if projected.planes is not planes or self.choice.pairs != pairs:
            self.planes = projected.planes, self.choice.pairs
            self.view.planes.data = plane_columns(projected, self.choice.pairs)

    def select(self, word):
        """Select a word on the map, which the page then brings into view."""
        self.view.words.selected.indices = [self.on_map().index(word)]

    def unselect(self):
        """Let no word be selected."""
        self.view.words.selected.indices = []

    def uncover(self, words):
        """Switch on the categories of words."""
        self.view.switch_on({self.choice.category_of(word) for word in words})

    def send_rows(self, words):
        """Let the page have the vectors of words, of length 1; those that it has are not sent again."""
        new = [word for word in dict.fromkeys(words) if word not in self.known]
        if new:
            self.view.rows.data = dict(word=new, row=self.projected.rows(new).astype(np.float32))  # (W, D)
            self.known |= frozenset(new)

    async def look_up_rows(self, text):
        """Send the vectors of words that the user has typed, under the words as they were typed; text: JSON."""
        with reported(self._say_of_plane):
            texts = json.loads(text)
            words = await self.look_up(texts)
            self._say_of_plane("")
            self.view.rows.data = dict(word=texts, row=self.projected.rows(words).astype(np.float32))  # (W, D)

    def _say_of_plane(self, text):
        self.state.plane_message = text

    def _positions_to_fit(self):
        """Coordinates of what the plane has to hold: (W, 2)."""
        return self.projected.positions(self.projected.present(START) or self.projected.vectors.words[: len(START)])

    # -- which vectors ---------------------------------------------------------------------------------------

    @property
    def loaded(self):
        """Whether all vectors of the set on show are there."""
        return len(self.projected.vectors) >= self.projected.size

    async def load(self):
        """All WordVectors of the set on show; from then on its words complete what is typed. Raises ValueError."""
        projected = self.projected
        if not self.loaded:
            self._say(f"Loading {projected.size:,} word vectors …")
            try:
                projected.vectors = await self.sources.vectors(projected.name)
            except OSError as error:
                raise ValueError(
                    f"The word vectors could not be loaded ({error}): check the connection and try again."
                ) from error
            self._say("")
        if self.projected is projected and not self.view.vocabulary.data["word"]:
            self.view.vocabulary.data = dict(word=projected.vectors.words[:MOST_COMPLETED])
        return projected.vectors

    async def prepare(self):
        """Load the vectors before they are asked for."""
        with reported(self._say):
            await self.load()

    async def expect(self, value=None):
        """Prepare the vectors of this set, and later those of the sets chosen after it."""
        self.needed = True
        await self.prepare()

    def choose_source(self, name):
        """Choose a model's vectors."""
        self.state.source = self.sources.model(name).name

    def _choose(self, event):
        """Draw the vectors that were chosen, unless they are on show, perhaps under another name until now."""
        if event.new != self.projected.name:
            pn.state.execute(self.change)

    def _rename(self, event):
        """Follow the chosen model to its new name."""
        old, name = event.new
        if self.projected.name == old:
            self.projected.name = name
            self.shown.tell()
        if self.state.source == old:
            self.state.source = name

    def _leave(self, event):
        """Go back to GloVe from a model that is removed."""
        if self.state.source == event.new:
            self.state.source = GLOVE

    async def follow(self, name):
        """Draw the map anew if the vectors it uses were replaced."""
        if name == self.state.source:
            await self.change()

    async def change(self):
        """Draw the vectors that the state names; the user's words and pairs come along."""
        name = self.state.source
        drawn = self.glove if name == GLOVE else await projected_vectors(self.sources, name)
        if name != self.state.source:  # the user has chosen again meanwhile
            return
        self.projected = drawn
        self.edition += 1
        self.known = self.in_the_page if name == GLOVE else frozenset()
        self.unselect()
        self.view.vocabulary.data = dict(word=[])
        self.sums.clear()
        self.odd.clear()
        self.state.param.update(message="", pairs_message="", categories_message="", column=NO_COLUMN)
        self.state.columns = [NO_COLUMN, *self.sources.model(name).columns]
        self.shown.follow_set()
        if self.needed or name != GLOVE or self.shown.needs_all:
            await self.prepare()
        self.show()
        self.near.clear()
        self.shown.tell()

    # -- words -----------------------------------------------------------------------------------------------

    async def look_up(self, texts):
        """Words as the map calls them; raises UnknownWord or ValueError."""
        await self.load()
        return [self.projected.look_up(text) for text in texts]

    def put(self, words, pairs=()):
        """Put words that were looked up, and pairs, on the map; raises ValueError if there would be too many."""
        self.choice.put(words, pairs)
        self.show()

    def _say(self, text):
        self.state.message = text

    async def restore(self, text):
        """Put what is the user's back, as `UserChoice.to_text` gave it, in a new session."""
        with reported(self._say):
            self.choice.restore(text)
            if self.choice.own_words():
                await self.prepare()
            self.show()

    # -- pairs -----------------------------------------------------------------------------------------------

    def show_pairs(self):
        """Switch the user's pairs on, as the last group that was."""
        overlays, yours = self.view.overlays, self.view.overlays.labels.index(YOURS)
        overlays.active = [*(i for i in overlays.active if i != yours), yours]

    def take_pairs(self, pairs):
        """Take some of the user's pairs off the map; their words stay."""
        self.choice.take_pairs(pairs)
        self.show()
