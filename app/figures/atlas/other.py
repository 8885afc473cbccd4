"""The model that the atlas is laid beside: chosen, followed, and sent to the page."""

import numpy as np
import panel as pn

from app.figures.atlas.beside import AMONG, beside, movers
from app.figures.atlas.state import NO_OTHER
from app.tasks.errors import reported
from app.tasks.task import LoopTimer
from app.ui.packing import packed_positions
from embedlab.numbers import counted

NOTHING = dict(name=[], xy=[], scale=[], here=[])
NO_MOVERS = dict(word=[], distance=[], common=[])


class OtherModel:
    """The choice of another model for an Atlas; what the page gets of it is a row of `view.other`.

    asked: stands for what was asked last; None once it is void.
    """

    def __init__(self, atlas, sources):
        self.atlas, self.sources, self.asked = atlas, sources, None
        atlas.state.param.watch(self._choose, "other")
        sources.param.watch(self._offer, "names")
        sources.param.watch(self._rename, "renamed", onlychanged=False)
        sources.param.watch(self._follow, ["added", "switched"], onlychanged=False)

    @property
    def model(self):
        """The other Model; None if there is none."""
        name = self.atlas.state.other
        return None if name == NO_OTHER else self.sources.model(name)

    def _offer(self, event=None):
        """Offer all models but the one on show."""
        state = self.atlas.state
        others = [NO_OTHER, *(name for name in self.sources.names if name != state.source)]
        if state.other not in others:
            state.other = NO_OTHER
        state.others = others

    def follow(self):
        """Other words are on show, or other places of them."""
        self._offer()
        self._choose()

    def _rename(self, event):
        old, name = event.new
        if self.atlas.state.other == old:
            self.atlas.state.other = name

    def _follow(self, event):
        """The other model's vectors are others."""
        if event.new == self.atlas.state.other:
            self._choose()

    def _say(self, text):
        self.atlas.state.other_message = text

    def clear(self):
        """The page gets nothing of the other model until it is followed again."""
        self.asked = None
        self.atlas.view.other.data, self.atlas.view.movers.data = NOTHING, NO_MOVERS
        self._say("")

    def _choose(self, event=None):
        self.clear()
        pn.state.execute(self.compare)

    async def compare(self):
        """Send the page where the words on show lie in the other model, and which move furthest."""
        atlas, model, other = self.atlas, self.atlas.model, self.model
        if other is None or atlas.opened:
            return
        self.asked = asked = object()
        with reported(self._say):
            places = [await atlas.places(each) for each in (model, other)]
            if self.asked is not asked:  # the user has chosen again meanwhile
                return
            for each, positions in zip((model, other), places):
                if positions is None:
                    return self._say(missing(each, shown=each is model))
            vectors = [await atlas.vectors(each) for each in (model, other)]
            if self.asked is not asked:
                return
            found = beside(vectors[0], places[0], vectors[1], places[1])
            xy, scale = packed_positions(found.positions, around=places[0])  # as the page has the words on show
            atlas.view.other.data = dict(
                name=[other.title], xy=[xy.ravel()], scale=[scale], here=[found.here.astype(np.uint8)]
            )
            shared = f"{counted(int(found.here.sum()), 'word')} of {len(found.here):,} are in {other.title} too."
            timer = LoopTimer()
            for part, named in movers(*vectors, places[0], found.positions):
                if named is None and await timer.yield_if_due():
                    self._say(f"{shared} Comparing their neighbours: {part:.0%}")
                if self.asked is not asked:
                    return
            words, distances, common = map(list, zip(*named)) if named else ([], [], [])
            atlas.view.movers.data = dict(word=words, distance=distances, common=common)
            among = min(AMONG, int(found.here.sum()))
            none = "" if named else f" None of the {among:,} most frequent of them has changed much."
            self._say(shared + none)

    async def placed(self, vectors):
        """(rows (P,), places (P, 2)) of WordVectors' words that the other model has a place for; None without any."""
        other = self.model
        positions = None if other is None else await self.atlas.places(other)
        if positions is None:
            return None
        theirs = await self.atlas.vectors(other)
        shared = [word for word in vectors.words if word in theirs]
        return (vectors.indices(shared), positions[theirs.indices(shared)]) if shared else None


def missing(model, shown=True):
    """What to do about a Model that was not laid out; shown: it is the one on show."""
    where = "" if shown else "choose it above, and "
    return f"{model.title} has no places yet: {where}press “Lay out all words”."
