"""The sets of word vectors that the user can question: GloVe, and what was trained or loaded, each a Model."""

import os
from dataclasses import dataclass, field

import numpy as np
import param

from app.sources.packaged import GLOVE_WORDS
from embedlab.vectors import WordVectors

GLOVE = "GloVe"
ABOUT_GLOVE = (
    f"6 billion tokens of text; the {GLOVE_WORDS:,} most frequent of 400,000 words; the sum of both its tables"
)
GLOVE_DIM = 50

CENTRES, CONTEXTS, SUM = "u", "v", "sum"
TABLES = {CENTRES: "centres u", CONTEXTS: "contexts v", SUM: "sum u + v"}


def new_id():
    """A name of its own among all tabs, for what is kept in the browser."""
    return os.urandom(8).hex()


def titled(name, table):
    """A model's name with the table that its vectors are of, unless that is the usual one."""
    return name if table == CENTRES else f"{name} · {TABLES[table]}"


@dataclass(frozen=True)
class Tables:
    """The two tables of a model that was trained here. U, V: (V, D) float32, the words as centres and as contexts."""

    words: list
    U: np.ndarray
    V: np.ndarray

    def vectors(self, table):
        """The WordVectors of one of TABLES; those of U and V share their memory, the sum has its own."""
        return WordVectors(self.words, self.U + self.V if table == SUM else {CENTRES: self.U, CONTEXTS: self.V}[table])


@dataclass(eq=False)
class Model:
    """A set of word vectors and what is known of it; it stays the same object when it is renamed.

    vectors: WordVectors, None for GloVe's, which are fetched; shape: (words, dimensions); settings: what it was made
    of, in words; loss: the last one of its training, in nats for each of the K + 1 terms; seconds: of training;
    columns: {name: a text for each word} of what is known beside; tables: Tables, None of what was not trained here;
    table: which of TABLES the vectors are; scores_of: {table: {test: PairScore or AnalogyScore}}; id: its name in the
    browser's storage.
    """

    name: str
    vectors: object
    shape: tuple
    settings: str = ""
    loss: float | None = None
    seconds: float | None = None
    columns: dict = field(default_factory=dict)
    tables: Tables | None = None
    table: str = CENTRES
    scores_of: dict = field(default_factory=dict)
    id: str = field(default_factory=new_id)

    @property
    def title(self):
        """Its name, with its table unless that is the usual one."""
        return titled(self.name, self.table)

    @property
    def scores(self):
        """{test: score} of the vectors that are chosen."""
        return self.scores_of.setdefault(self.table, {})

    @property
    def bytes(self):
        """What it takes once it has been questioned: its float32 numbers, and the chosen rows scaled to length 1."""
        words, dim = self.shape
        numbers = 2 + (self.table == SUM) if self.tables else 1
        return (numbers + 1) * 4 * words * dim


class Sources(param.Parameterized):
    """The Models by name; each name is there once, and a model is dropped by `remove` alone.

    Views draw their choices from `names`, and watch `added` (also set by `replace`), `switched`, `renamed` and
    `removed`, with onlychanged=False, since a name may come twice. While `renamed` is set, `names` has the old name and
    the new one, so that a view can change from one to the other; while `removed` is, the name is still there, but not
    the model.
    """

    names = param.List([GLOVE], item_type=str, doc="GloVe first, then in the order in which they were added.")
    added = param.String("", doc="The name that was last added, or whose vectors were replaced.")
    switched = param.String("", doc="The name of the model whose vectors were last made those of another table.")
    renamed = param.Tuple(("", ""), length=2, doc="The old and the new name of the model that was last renamed.")
    removed = param.String("", doc="The name that was last removed.")

    def __init__(self, glove):
        """glove: packaged.Glove, which is fetched when first asked for."""
        super().__init__()
        self._glove = glove
        self._models = [Model(GLOVE, None, (GLOVE_WORDS, GLOVE_DIM), ABOUT_GLOVE)]

    @property
    def models(self):
        """[Model], in the order of `names`."""
        return list(self._models)

    @property
    def bytes(self):
        """What all models take together."""
        return sum(model.bytes for model in self._models)

    def model(self, name):
        """The Model of a name; raises KeyError."""
        for model in self._models:
            if model.name == name:
                return model
        raise KeyError(name)

    async def vectors(self, name, progress=None):
        """The WordVectors of a name; raises KeyError for an unknown one, OSError if GloVe cannot be fetched.

        progress(received, total) is called while GloVe is on its way.
        """
        return await self._glove.vectors(progress) if name == GLOVE else self.model(name).vectors

    def free_name(self, name):
        """The name, with a number behind it if it is taken: "mine (2)"."""
        free, number = name, 1
        while free in self.names:
            number += 1
            free = f"{name} ({number})"
        return free

    def add(self, name, vectors, **about):
        """Add WordVectors under a free name; about: more fields of the Model. Returns the Model."""
        model = Model(self.free_name(name), vectors, vectors.matrix.shape, **about)
        self._models.append(model)
        self.names = self._listed()
        self.added = model.name
        return model

    def replace(self, model, tables, **about):
        """Give a Model other Tables, as a training that goes on does; its choice stays, its scores are forgotten."""
        model.tables, model.vectors, model.scores_of = tables, tables.vectors(model.table), {}
        for name, value in about.items():
            setattr(model, name, value)
        self.added = model.name

    def switch(self, name, table):
        """Make a trained model's vectors those of another of TABLES; each keeps its scores. Raises KeyError."""
        model = self.model(name)
        model.vectors, model.table = model.tables.vectors(table), table
        self.switched = name

    def rename(self, old, name):
        """Give a model another name, a number behind it if that is taken; raises ValueError for none, and for GloVe."""
        name = " ".join(name.split())
        if old == GLOVE or not name:
            raise ValueError(f"{GLOVE} keeps its name." if old == GLOVE else "A model needs a name: type one.")
        if name == old:
            return
        model = self.model(old)
        model.name = self.free_name(name)
        self.names = [*self._listed(), old]
        self.renamed = (old, model.name)
        self.names = self._listed()

    def remove(self, name):
        """Let go of a model; raises ValueError for GloVe, KeyError for an unknown name."""
        if name == GLOVE:
            raise ValueError(f"{GLOVE} stays.")
        self._models.remove(self.model(name))
        self.removed = name
        self.names = self._listed()

    def _listed(self):
        return [model.name for model in self._models]
