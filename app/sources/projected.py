"""A set of word vectors with its projection to a plane, and the neighbours found so far: what a map is drawn from."""

from app.sources.map_plane import (
    NEIGHBOURS,
    offset_cosines,
    plane_of,
    present,
    present_pairs,
    random_pairs,
    rows,
    spelling,
)
from app.sources.map_words import CATEGORY_OF
from app.tasks.task import LoopTimer
from embedlab.words import UnknownWord


class ProjectedVectors:
    """name: of the set; vectors: WordVectors; size: how many words it has; near: {word: [(neighbour, cosine)]}.

    near holds the words whose neighbours were looked for. chance: `offset_cosines` of random pairs.
    """

    def __init__(self, name, vectors, near=(), size=None):
        self.name, self.vectors, self.near, self.size = name, vectors, dict(near), size or len(vectors)
        self.plane = plane_of(vectors)
        self.chance = self.offset_cosines(random_pairs())

    @property
    def dim(self):
        return self.vectors.matrix.shape[1]

    def present(self, words):
        """Those of the words that it has."""
        return present(words, self.vectors)

    def missing(self, words):
        """Those of the words that it has not."""
        return [word for word in words if not self.spelling(word)]

    def spelling(self, word):
        """A word as the vectors spell it, None if they have it in no spelling."""
        return spelling(word, self.vectors)

    def look_up(self, text):
        """A word that the user typed, as the map calls it; raises UnknownWord."""
        found = self.spelling(text.strip())
        if not found:
            raise UnknownWord(text.strip(), self.vectors.words)
        return found.lower() if found.lower() in CATEGORY_OF and self.spelling(found.lower()) == found else found

    def positions(self, words):
        """Coordinates of words on the plane: (W, 2)."""
        return self.plane.transform(rows(self.vectors, words))

    def present_pairs(self, pairs):
        """Those of the pairs that it has."""
        return present_pairs(pairs, self.vectors)

    def offset_cosines(self, pairs):
        """`map_plane.offset_cosines` of those of the pairs that it has."""
        return offset_cosines(self.vectors, self.plane, self.present_pairs(pairs))

    async def find_neighbours(self, words):
        """Fill `near` for words that it has."""
        timer = LoopTimer()
        for word in words:
            if word not in self.near:
                await timer.yield_if_due()
                self.near[word] = self.vectors.neighbours(self.spelling(word), NEIGHBOURS)
