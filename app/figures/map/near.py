"""Neighbours of the map's words: more of them than the page has, two words compared, one put on the map."""

import json

from bokeh.models import ColumnDataSource, Segment

from app.tasks.errors import reported
from app.ui import palette
from app.ui.planes import ENDS, NO_LINES, add_glyphs

MOST = 50  # neighbours that are listed, and of which two words may share some
NO_LIST = dict(of=[], word=[], cosine=[])
NO_COMPARISON = dict(of=[], other=[], cosine=[], rank=[], back=[], shared=[])


class Near:
    """What the page asks of neighbours; map: a Map, which looks words up and puts them on it.

    neighbours: a row for the word last asked for, with the lists of its neighbours and their cosines; comparison: a
    row for the two words last compared: their cosine, which neighbour of the first the other is and the first of
    the other (rank, back), and those of their MOST neighbours that they share; problem: why there is no answer, if so.
    """

    def __init__(self, map, bridge):
        self.map = map
        self.neighbours = ColumnDataSource(name="space-neighbours")
        self.comparison = ColumnDataSource(name="space-comparison")
        self.problem = ColumnDataSource(name="space-near-problem")
        self.clear()
        bridge.on("map-near", self.list_neighbours)
        bridge.on("map-compare", self.compare)
        bridge.on("map-put", self.put)

    def draw_on(self, plane):
        """Give a plane the line between the two words compared, and the sources, which are not drawn."""
        line = ColumnDataSource(name="space-compared", data=NO_LINES)
        look = dict(line_color=palette.CENTRE, line_width=2.5)
        add_glyphs(plane, line, Segment(**ENDS, **look), level="underlay")
        plane.tags = [*plane.tags, self.neighbours, self.comparison, self.problem]

    def clear(self):
        """The vectors are others: have the page forget what it was told."""
        self.neighbours.data, self.comparison.data = NO_LIST, NO_COMPARISON
        self._say("")

    def _say(self, text):
        self.problem.data = dict(problem=[text])

    def nearest(self, word):
        """[(neighbour, cosine)] of a word among all words of the set, MOST or fewer, as the map calls them."""
        projected = self.map.projected
        found = projected.vectors.neighbours(projected.spelling(word), MOST)
        return [(projected.as_on_map(other), cosine) for other, cosine in found]

    async def list_neighbours(self, word):
        """Send the neighbours of a word on the map, with their vectors."""
        self._say("")
        with reported(self._say):
            (word,) = await self.map.look_up([word])
            near = self.nearest(word)
            others = [other for other, _ in near]
            self.map.send_rows([word, *others])
            self.neighbours.data = dict(of=[word], word=[others], cosine=[[cosine for _, cosine in near]])

    async def compare(self, text):
        """Compare a word on the map with one that the user chose or typed; text: JSON, a list of the two."""
        self._say("")
        self.comparison.data = NO_COMPARISON  # so that the page hears of the same answer again
        with reported(self._say):
            word, other = pair = await self.map.look_up(json.loads(text))
            projected = self.map.projected
            a, b = map(projected.spelling, pair)
            ranks = dict(rank=[projected.vectors.rank(a, b)], back=[projected.vectors.rank(b, a)])
            near, others = [[neighbour for neighbour, _ in self.nearest(word)] for word in pair]
            shared = [neighbour for neighbour in near if neighbour in others]
            self.map.send_rows(pair)
            cosine = projected.vectors.cosine(a, b)
            self.comparison.data = dict(of=[word], other=[other], cosine=[cosine], shared=[shared], **ranks)

    async def put(self, text):
        """Put words on the map that are not there; text: JSON, a list of them."""
        self._say("")
        with reported(self._say):
            words = await self.map.look_up(json.loads(text))
            if new := [word for word in words if word not in self.map.on_map()]:
                self.map.put(new)
