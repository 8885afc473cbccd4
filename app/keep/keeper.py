"""Keeps the models of `sources` in the user's browser, and brings them back: each change of a model is written whole.

The page has the database (static/keep/store.js); what is to be written goes to it by the bridge.
"""

import numpy as np

from app.keep.packing import BadRecord, pack, unpack
from app.sources.vector_sets import GLOVE, Tables
from app.tasks.task import LoopTimer
from embedlab.numbers import sized
from embedlab.vectors import BadVectors, WordVectors

MODEL = "model"
FIELDS = ("name", "settings", "loss", "seconds", "columns", "table")  # of a Model, besides its numbers


class Keeper:
    """Follows the Sources. What else is kept, by `write`, is its owner's: a training under way."""

    def __init__(self, sources, bridge):
        self.sources, self.bridge = sources, bridge
        self._written = {}  # {id: identity} of the models as the browser has them
        sources.param.watch(lambda event: self._keep(event.new), ["added", "switched"], onlychanged=False)
        sources.param.watch(lambda event: self._keep(event.new[1]), "renamed", onlychanged=False)
        sources.param.watch(self._drop_removed, "removed", onlychanged=False)
        bridge.on("keep-open", self.open)
        bridge.on("keep-close", self.close)

    def write(self, kind, id, name, note, about, arrays):
        """Have the browser keep something under an id, in the place of what was there; note: what its list says."""
        self.bridge.keep(dict(kind=kind, id=id, name=name, note=note), pack(kind, about, arrays))

    def drop(self, id):
        """Have the browser keep something no more."""
        self.bridge.keep(dict(id=id), None)

    def _keep(self, name):
        model = self.sources.model(name)
        if name == GLOVE or self._written.get(model.id) == identity(model):
            return
        self._written[model.id] = identity(model)
        self.write(MODEL, model.id, name, sized(*model.shape), *fields_and_arrays(model))

    def _drop_removed(self, event):
        there = {model.id for model in self.sources.models}
        for id in self._written.keys() - there:
            del self._written[id]
            self.drop(id)

    async def open(self, files):
        """Bring models back out of UserFiles that are named by their ids; those that are here stay as they are."""
        timer = LoopTimer()
        for file in files:
            if file.name not in {model.id for model in self.sources.models}:
                try:
                    self._add(file.name, *unpack(await file.read(), MODEL))
                except (BadRecord, BadVectors, KeyError, TypeError, AttributeError, OSError) as error:
                    self.bridge.refuse(file.name, str(error) or type(error).__name__)
            await timer.yield_if_due()

    def _add(self, id, about, arrays):
        fields = {name: about[name] for name in FIELDS}
        name, words = self.sources.free_name(fields.pop("name")), arrays["words"].tobytes().decode().split("\n")
        vectors = WordVectors(words, arrays["vectors"])
        if "contexts" in arrays:
            fields["tables"] = Tables(vectors.words, vectors.matrix, WordVectors(words, arrays["contexts"]).matrix)
            vectors = fields["tables"].vectors(fields["table"])
        self._written[id] = (name, fields["table"], vectors)
        self.sources.add(name, vectors, id=id, **fields)

    def close(self, id):
        """Let go of a model that the user wants kept no more."""
        for model in self.sources.models:
            if model.id == id:
                self.sources.remove(model.name)


def identity(model):
    """What is another one whenever a Model has to be written again."""
    return model.name, model.table, model.vectors


def fields_and_arrays(model):
    """({field: value}, {name: array}) of a Model; `words` and `vectors` are what embedlab.arrayfiles reads, too."""
    tables = model.tables
    arrays = {
        "words": np.frombuffer("\n".join(model.vectors.words).encode(), np.uint8),
        "vectors": tables.U if tables else model.vectors.matrix,
    }
    return {name: getattr(model, name) for name in FIELDS}, arrays | ({"contexts": tables.V} if tables else {})
