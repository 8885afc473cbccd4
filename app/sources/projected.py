"""A set of word vectors with the planes it can be drawn in: what a map is drawn from."""

from app.sources.map_plane import NEIGHBOURS, offset_cosines, planes_of, present, present_pairs, rows, spelling
from app.sources.map_words import CATEGORY_OF, START
from app.sources.vector_sets import CENTRES, titled
from app.tasks.task import LoopTimer
from embedlab.words import UnknownWord


async def projected_vectors(sources, name):
    """The ProjectedVectors of a name of `Sources`, by the table that is chosen; raises what its `vectors` raises."""
    vectors = await sources.vectors(name)
    return ProjectedVectors(name, vectors, table=sources.model(name).table)


class ProjectedVectors:
    """name: of the set; vectors: WordVectors; size: how many words it has; near: {word: [(neighbour, cosine)]}.

    near holds the words whose neighbours were looked for; planes: {name: axes (2, D)}, the first is the default;
    table: which of the `TABLES` of a model trained here the vectors are.
    """

    def __init__(self, name, vectors, near=(), size=None, table=CENTRES):
        self.name, self.vectors, self.near, self.size = name, vectors, dict(near), size or len(vectors)
        self.table = table
        self._chosen_for = None
        self.choose_planes(self.present(START), CATEGORY_OF)

    def choose_planes(self, words, category_of):
        """Take the planes that `planes_of` gives for these words; for the same as before they are the same object."""
        if self._chosen_for != (words, category_of):
            self._chosen_for = words, category_of
            self.planes = planes_of(self.vectors, words, category_of)

    @property
    def title(self):
        """The name, with the table unless that is the usual one."""
        return titled(self.name, self.table)

    @property
    def axes(self):
        """Of the default plane: (2, D)."""
        return next(iter(self.planes.values()))

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
        return self.as_on_map(found)

    def as_on_map(self, word):
        """A word of the vectors as the map calls it: those of the start in lower case."""
        return word.lower() if word.lower() in CATEGORY_OF and self.spelling(word.lower()) == word else word

    def rows(self, words):
        """The vectors of words, of length 1: (W, D)."""
        return rows(self.vectors, words)

    def positions(self, words):
        """Coordinates of words on the default plane: (W, 2)."""
        return self.rows(words) @ self.axes.T

    def present_pairs(self, pairs):
        """Those of the pairs that it has."""
        return present_pairs(pairs, self.vectors)

    def offset_cosines(self, pairs):
        """`map_plane.offset_cosines` on the default plane, of those of the pairs that it has."""
        return offset_cosines(self.vectors, self.axes, self.present_pairs(pairs))

    async def find_neighbours(self, words):
        """Fill `near` for words that it has."""
        timer = LoopTimer()
        for word in words:
            if word not in self.near:
                await timer.yield_if_due()
                self.near[word] = self.vectors.neighbours(self.spelling(word), NEIGHBOURS)
