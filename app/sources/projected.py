"""What a map stands on: one set of word vectors, the plane fitted to them, the neighbours found so far."""

from app.sources.words import (
    CATEGORY_OF,
    NEIGHBOURS,
    known,
    known_pairs,
    offset_cosines,
    plane_of,
    random_pairs,
    rows,
    spelt,
)
from app.tasks.breath import Breath
from embedlab.words import UnknownWord


class Ground:
    """name: of the source; vectors: WordVectors; size: how many words it has; near: {word: [(neighbour, cosine)]}.

    near holds the words whose neighbours were asked for. chance: `offset_cosines` of random pairs.
    """

    def __init__(self, name, vectors, near=(), size=None):
        self.name, self.vectors, self.near, self.size = name, vectors, dict(near), size or len(vectors)
        self.plane = plane_of(vectors)
        self.chance = offset_cosines(vectors, self.plane, known_pairs(random_pairs(), vectors))

    @property
    def dim(self):
        return self.vectors.matrix.shape[1]

    def has(self, words):
        """Those of the words that it has."""
        return known(words, self.vectors)

    def lacks(self, words):
        """Those of the words that it has not."""
        return [word for word in words if not spelt(word, self.vectors)]

    def word(self, text):
        """A word of the reader's as the map calls it; raises UnknownWord."""
        found = spelt(text.strip(), self.vectors)
        if not found:
            raise UnknownWord(text.strip(), self.vectors.words)
        return found.lower() if found.lower() in CATEGORY_OF and self.spelling(found.lower()) == found else found

    def spelling(self, word):
        """A word of the map as the vectors spell it."""
        return spelt(word, self.vectors)

    def positions(self, words):
        """Coordinates of words on the plane: (W, 2)."""
        return self.plane.transform(rows(self.vectors, words))

    def pairs(self, pairs):
        """Those of the pairs that it has."""
        return known_pairs(pairs, self.vectors)

    def cosines(self, pairs):
        """`offset_cosines` of those of the pairs that it has."""
        return offset_cosines(self.vectors, self.plane, self.pairs(pairs))

    async def find_neighbours(self, words):
        """Fill `near` for words that it has."""
        breath = Breath()
        for word in words:
            if word not in self.near:
                await breath.taken()
                self.near[word] = self.vectors.neighbours(self.spelling(word), NEIGHBOURS)
