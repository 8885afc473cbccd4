"""The atlas: all words of a model in the plane, and what is asked of them."""

import json
import time

import numpy as np

from app.figures.atlas.classes import classes_of
from app.figures.atlas.lay_out import check, estimate, packed_positions, steps
from app.figures.atlas.state import CLASSES
from app.figures.atlas.view import NO_COSINES, NO_FRAME, NO_KINDS, NO_NEAR, NO_WORDS, AtlasView
from app.sources.vector_sets import GLOVE
from app.tasks.errors import Stopped, reported
from app.tasks.task import Task
from embedlab.numbers import sized

NEAREST = 10  # neighbours that a word is asked for
BETWEEN = 0.15  # seconds between two frames that the page gets


class Atlas:
    """Callbacks of the atlas, bound to an AtlasState; sources: Sources.

    kept: {(Model, table): (positions (V, 2) int16, scale)} of what was laid out in this session.
    """

    def __init__(self, state, sources, bridge):
        self.state, self.sources, self.task, self.kept = state, sources, Task(), {}
        self.view = AtlasView(state, self.task, sources.param.names, {"Lay out": self.lay_out})
        self.roots = self.view.roots
        self._show_glove()
        bridge.on("atlas-near", self.near)
        bridge.on("atlas-cosines", self.cosines)
        bridge.on("atlas-odd", self.odd)
        state.param.watch(self._choose, "source")
        state.param.watch(self._classify, "column")
        sources.param.watch(self._follow, ["added", "switched"], onlychanged=False)
        sources.param.watch(self._rename, "renamed", onlychanged=False)
        sources.param.watch(self._leave, "removed", onlychanged=False)

    # -- which vectors ---------------------------------------------------------------------------------------

    @property
    def model(self):
        """The Model that is chosen."""
        return self.sources.model(self.state.source)

    def _choose(self, event):
        self._forget_answers()
        model = self.model
        self.state.param.update(columns=[CLASSES, *model.columns], column=CLASSES)
        if model.name == GLOVE:
            self._show_glove()
            return self._say("")
        laid_out = self.kept.get((model, model.table))
        self.view.words.data = dict(word=model.vectors.words)
        self._show(model, *(laid_out or (np.empty((0, 2), np.int16), 1.0)), 0, 0)
        self._say(self._about(model) if laid_out else f"{self._about(model)} Press “Lay out all words” to see them.")

    def _classify(self, event):
        """Send the page the classes that the words have by the chosen column."""
        self.view.kinds.data = NO_KINDS
        column = self.model.columns.get(self.state.column)
        if column is not None:
            with reported(self._say):
                kinds, numbers = classes_of(column)
                self.view.kinds.data = dict(kinds=[kinds], of=[numbers])

    def _follow(self, event):
        """The chosen model's vectors are others."""
        if event.new == self.state.source:
            self._choose(event)

    def _rename(self, event):
        old, name = event.new
        if self.state.source == old:
            self.state.source = name

    def _leave(self, event):
        """Go back to GloVe from a model that is removed; forget the layouts of what is gone."""
        self.kept = {key: kept for key, kept in self.kept.items() if key[0] in self.sources.models}
        if self.state.source == event.new:
            self.state.source = GLOVE

    def _show_glove(self):
        """GloVe's words and positions are in a file of the page's."""
        self.view.words.data, self.view.frame.data = NO_WORDS, NO_FRAME
        self.view.set.data = dict(set=[GLOVE], scale=[1.0], epoch=[0], epochs=[0])

    def _show(self, model, positions, scale, epoch, epochs):
        """Send the page positions (V, 2) int16 of its words; epochs: 0 of a layout that has been there before."""
        self.view.set.data = dict(set=[model.name], scale=[scale], epoch=[epoch], epochs=[epochs])
        self.view.frame.data = dict(xy=positions.ravel())

    def _about(self, model):
        return f"{model.title}: {sized(*model.vectors.matrix.shape)}."

    def _say(self, text):
        self.state.message = text

    # -- laying out ------------------------------------------------------------------------------------------

    async def lay_out(self, event=None):
        """Lay out all words of the chosen model, on the page as it settles; Stop keeps what there is."""
        await self.task.run("lay out", self._say, self._lay_out)

    async def _lay_out(self):
        model, table = self.model, self.model.table
        vectors = model.vectors
        check(vectors, model.title)
        self._say(f"Comparing {len(vectors):,} words with each other …{estimate(*vectors.matrix.shape)}")
        settling = None  # the last Frame
        try:
            async for frame in self._frames(vectors):
                if settling is None:
                    self._say("The words settle …")
                settling = frame
                if self.state.source == model.name:
                    self._show(model, *packed_positions(frame.positions), frame.epoch, frame.epochs)
        except Stopped:
            if settling is None:
                raise
            self._say(
                f"Stopped after {settling.epoch} of {settling.epochs} rounds: the words are where they were then."
            )
        else:
            self._say(self._about(model))
        if model in self.sources.models and model.vectors is vectors:
            self.kept[model, table] = packed_positions(settling.positions)

    async def _frames(self, vectors):
        """The Frames that the page is to see: every BETWEEN seconds, and the first and the last."""
        shown = None
        for part, frame in steps(vectors):
            if await self.task.yield_to_loop():
                self.task.progress = int(100 * part)
            if frame is None:
                continue
            now = time.monotonic()
            if shown is None or now - shown > BETWEEN or frame.epoch == frame.epochs:
                yield frame
                shown = now

    # -- questions -------------------------------------------------------------------------------------------

    def _forget_answers(self):
        self.view.near.data, self.view.cosines.data = NO_NEAR, NO_COSINES
        self.state.question_message = ""

    async def _vectors(self):
        """The WordVectors on show; raises ValueError if GloVe's cannot be fetched."""
        try:
            return await self.sources.vectors(self.state.source)
        except OSError as error:
            raise ValueError(
                f"The vectors could not be fetched ({error}): check the connection and ask again."
            ) from error

    def _tell(self, text):
        self.state.question_message = text

    async def near(self, word):
        """Send the NEAREST words to one, in all dimensions."""
        with reported(self._tell):
            vectors = await self._vectors()
            found = vectors.neighbours(word, min(NEAREST, len(vectors) - 1))
            self._tell("")
            self.view.near.data = dict(of=[word], word=[[w for w, _ in found]], cosine=[[c for _, c in found]])

    async def cosines(self, word):
        """Send the cosines of all words with one."""
        with reported(self._tell):
            vectors = await self._vectors()
            self.view.cosines.data = dict(of=[word], cosine=[vectors.cosines(word)])

    async def odd(self, text):
        """Say which of some words is the odd one out; text: JSON, a list of words."""
        with reported(self._tell):
            vectors = await self._vectors()
            words = json.loads(text)
            odd, scores = vectors.odd_one_out(words)
            self._tell(
                f"The odd one out of these {len(words)} is {odd}: its dot product with their mean is {scores[odd]:.2f}."
            )
