"""Vectors to files and back: the user's own models, saved and loaded."""

import re
from functools import partial

import panel as pn

from app.ui.controls import column, field, message, progress_bar, runs, waiting
from embedlab.formats import reading, writing

ENDING = {"word2vec-text": ".txt", "word2vec-binary": ".bin", "npz": ".npz"}
MOST_BYTES = 300_000_000  # a file, its numbers and their unit vectors have to fit into the tab's 2 GB
PART = 1 << 22  # bytes read at a time


class SaveLoad:
    """The controls that save models and load others, bound to a ModelsState and its Task."""

    def __init__(self, state, task, sources, bridge):
        self.state, self.task, self.sources, self.bridge = state, task, sources, bridge
        self.saving = field(pn.widgets.Select, state.param.form, "models-form", waiting(state, task))
        stop = pn.widgets.Button(
            name="Stop", visible=runs(task, "files"), tags=["models-stop-file"], on_click=task.stop
        )
        self.progress = column(
            progress_bar(task, "models-file-progress", "files"),
            stop,
            message(state.param.file_message, "models-file-message"),
        )
        bridge.on("models-file", self.load)
        bridge.on("models-save", self.save)

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-saving": self.saving, "models-told": self.progress}

    def _say(self, text):
        self.state.file_message = text

    async def save(self, name):
        """Write a model in the chosen form."""
        await self.task.run("files", self._say, partial(self._save, name))

    async def _save(self, name):
        form = self.state.form
        self._say(f"Writing {name} …")
        vectors = await self.sources.vectors(name)
        pieces = []
        for piece in writing(vectors, form):
            pieces.append(piece)
            await self.task.yield_to_loop()
        data = b"".join(pieces)
        file = file_name(name) + ENDING[form]
        self.bridge.download(file, data)
        self._say(f"{name} is saved as {file}: {len(vectors):,} words, {len(data) / 1e6:.1f} MB.")

    async def load(self, file):
        """Add the vectors of a UserFile to the sources."""
        await self.task.run("files", self._say, partial(self._load, file))

    async def _load(self, file):
        if file.size > MOST_BYTES:
            raise ValueError(
                f"“{file.name}” has {file.size / 1e6:,.0f} MB and this page takes {MOST_BYTES / 1e6:.0f}: keep "
                f"its most frequent words, which come first, and choose that."
            )
        self._say(f"Reading {file.name} …")
        parts = []
        for start in range(0, file.size, PART):
            parts.append(await file.read(start, start + PART))
            await self.task.yield_to_loop()
        data = b"".join(parts)
        vectors = await self.task.follow(reading(data, f"“{file.name}”"))
        model = self.sources.add(file.name, vectors, settings="Loaded from a file")
        self._say(
            f"{model.name} is loaded: {len(vectors):,} words, {vectors.matrix.shape[1]} numbers each. It can be "
            f"chosen in the map too."
        )


def file_name(name):
    """A model's name as a file's, without the ending of the file that it came from."""
    without = re.sub(r"(?<=.)\.(txt|vec|bin|npz)$", "", name)
    return re.sub(r"[^\w.()-]+", "-", without)
