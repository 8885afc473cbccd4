"""Two models under comparison: the words on the planes, where they lie, and the words that changed most.

Axes: W words on the planes, S shared words whose neighbours are compared, D dimensions.
"""

from dataclasses import dataclass, field

import numpy as np

from app.sources.map_plane import present, rows, spelling, spread_plane
from app.sources.map_words import CATEGORY_OF, START, category_of, shown_name
from app.sources.typed import split_words
from app.ui import palette
from embedlab.compare import aligned, coincide, identical
from embedlab.numbers import counted, decimal

SHARED = 20_000  # words that the second model is turned by
MOST_CHANGED = 15  # rows of the table
FEW = 30  # shared words that are drawn where the map's are missing
MOST_OWN = 40
NEAR = 5  # neighbours that a word's tooltip lists
SIDES = ("a", "b")


@dataclass
class Comparison:
    """models: two ProjectedVectors; vectors: of the shared words for each, the second turned onto the first.

    own: words that the user added; selected: the word of the table that the user chose.
    """

    models: tuple
    vectors: tuple
    axes: np.ndarray  # (2, D): PCA of the first model's words
    own: list = field(default_factory=list)
    selected: str = ""

    @classmethod
    def of(cls, models):
        """Raises NothingShared."""
        vectors = aligned(*[model.vectors for model in models], SHARED)
        return cls(models, vectors, spread_plane(rows(vectors[0], _drawn(vectors[0]))))

    @property
    def shared(self):
        """How many words both models have, SHARED at most."""
        return len(self.vectors[0])

    def words(self):
        """Those on the planes: the map's that both models have, then the user's."""
        shared = self.vectors[0]
        return list(dict.fromkeys([*_drawn(shared), *self.own, *filter(None, [self.selected])]))

    async def find_neighbours(self):
        """Of the words on the planes, in each of the models."""
        for model in self.models:
            await model.find_neighbours(self.words())

    def words_of(self, text):
        """The words of a text, or the whole if that is a word; raises ValueError if there is none."""
        whole, words = " ".join(text.split()), split_words(text)
        if not words:
            raise ValueError("Write a word first.")
        return [whole] if all(model.spelling(whole) for model in self.models) else words

    def add(self, texts):
        """Put words that the user typed on the planes; returns the new ones. Raises ValueError."""
        new = [word for word in dict.fromkeys(map(self._look_up, texts)) if word not in self.words()]
        if len(self.own) + len(new) > MOST_OWN:
            raise ValueError(f"There is room for {MOST_OWN} added words; compare again to begin anew.")
        self.own += new
        return new

    def _look_up(self, text):
        """A word as both models spell it; raises ValueError, which names the model without it."""
        for model in self.models:
            if not model.spelling(text):
                raise ValueError(f"“{text}” is not among the words of {model.title}: choose another word.")
        word = spelling(text, self.vectors[0])
        if not word:
            raise ValueError(
                f"“{text}” is not among the {SHARED:,} most frequent words that both models spell alike: "
                f"choose another word."
            )
        return word.lower() if word.lower() in CATEGORY_OF else word

    def positions(self, i):
        """Coordinates of the words under model i: (W, 2)."""
        return rows(self.vectors[i], self.words()) @ self.axes.T

    def columns(self):
        """One row per word: its mark, its place and its nearest under each model."""
        words = self.words()
        places = [self.positions(i).astype(np.float32) for i in range(2)]  # (W, 2) each
        near = [[neighbours_text(model.near[word][:NEAR]) for word in words] for model in self.models]
        return word_columns(words, places, near)

    def sameness(self):
        """That the two models are the same, in a sentence; nothing if they are not."""
        if identical(*[model.vectors for model in self.models]):
            words = counted(len(self.models[0].vectors), "word")
            return f"The two models are identical: the same {words}, the same numbers."
        if coincide(*self.vectors):
            return f"The two models are the same but for a turn: their {self.shared:,} shared words lie on one another."
        return ""

    def changes(self, changes):
        """The words that changed most, as a table; of those that changed alike, first those that lie farthest apart.

        A word that has all its neighbours under both models has not changed.
        """
        S = len(changes.words)
        A, B = [vectors.unit[:S] for vectors in self.vectors]  # (S, D): shared words come in the same order
        order = np.lexsort([(A * B).sum(axis=1), -changes.change])
        order = order[changes.change[order] > 0][:MOST_CHANGED]
        names = [[[changes.words[j] for j in near[i]] for i in order] for near in (changes.near_a, changes.near_b)]
        return dict(
            word=[changes.words[i] for i in order],
            near_a=names[0],
            near_b=names[1],
            common=[len(set(a) & set(b)) for a, b in zip(*names)],
        )


def _drawn(shared):
    """The words that are on the planes at the start, of WordVectors that both have."""
    return present(START, shared) or shared.words[:FEW]


def word_columns(words, places, near):
    """Columns of words; places: (W, 2) for each side; near: texts for each side."""
    categories = [category_of(word) for word in words]
    columns = dict(word=words, name=[shown_name(word) for word in words], category=categories)
    columns |= palette.mark_columns(categories)
    for side, xy, texts in zip(SIDES, places, near):
        columns |= {f"x_{side}": xy[:, 0], f"y_{side}": xy[:, 1], f"near_{side}": texts}
    return columns


NO_WORDS = word_columns([], [np.empty((0, 2), np.float32)] * 2, [[], []])


def neighbours_text(neighbours):
    """[("dog", 0.92), ...] as "dog 0.92, ..."."""
    return ", ".join(f"{shown_name(word)} {decimal(cosine, 2)}" for word, cosine in neighbours)
