"""Vectors to files and back: the user's own models, saved and loaded."""

from functools import partial

import panel as pn

from app.sources.vector_sets import GLOVE
from app.ui.controls import button, buttons, column, field, message, progress_bar, runs, waiting
from embedlab.formats import reading, writing

ENDING = {"word2vec-text": ".txt", "word2vec-binary": ".bin", "npz": ".npz"}
MOST_BYTES = 300_000_000  # a file, its numbers and their unit vectors have to fit into the tab's 2 GB
PART = 1 << 22  # bytes read at a time


class SaveLoad:
    """The controls that save the chosen vectors and load others, bound to a ModelsState and its Task."""

    def __init__(self, state, task, sources, bridge):
        self.state, self.task, self.sources, self.bridge = state, task, sources, bridge
        disabled = waiting(state, task)
        self.source = field(
            pn.widgets.Select, state.param.source, "models-source", disabled, options=sources.param.names
        )
        self.saving = column(
            field(pn.widgets.Select, state.param.form, "models-form", disabled),
            buttons(button("Save", "models-save", self.save, disabled, primary=True)),
        )
        stop = pn.widgets.Button(
            name="Stop", visible=runs(task, "files"), tags=["models-stop-file"], on_click=task.stop
        )
        self.progress = column(
            progress_bar(task, "models-file-progress", "files"),
            stop,
            message(state.param.file_message, "models-file-message"),
        )
        bridge.on("models-file", self.load)
        sources.param.watch(self._follow, "added", onlychanged=False)

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-source": self.source, "models-saving": self.saving, "models-told": self.progress}

    def _follow(self, event):
        """Choose new vectors, unless the user has chosen others than GloVe's."""
        if self.state.source == GLOVE:
            self.state.source = event.new

    def _say(self, text):
        self.state.file_message = text

    async def save(self, event=None):
        """Write the chosen vectors in the chosen form."""
        await self.task.run("files", self._say, self._save)

    async def _save(self):
        name, form = self.state.source, self.state.form
        self._say(f"Writing {name} …")
        vectors = await self.sources.vectors(name)
        pieces = []
        for piece in writing(vectors, form):
            pieces.append(piece)
            await self.task.yield_to_loop()
        data = b"".join(pieces)
        file = name.rpartition(".")[0] or name
        file = file.replace(" ", "-") + ENDING[form]
        self.bridge.download(file, data)
        self._say(f"{name} is saved as {file}: {len(vectors):,} words, {len(data) / 1e6:.1f} MB.")

    async def load(self, file):
        """Add the vectors of a UserFile to the sources, and choose them."""
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
        self.sources.add(file.name, vectors)
        self.state.source = file.name
        self._say(
            f"{file.name} is loaded: {len(vectors):,} words, {vectors.matrix.shape[1]} numbers each. It can be "
            f"chosen in the map too."
        )
