"""Vectors to files and back: the reader's own models, saved and loaded."""

import panel as pn

from app.sources.vector_sets import GLOVE
from app.tasks.breath import Breath
from app.ui.messages import said
from app.ui.stylesheets import BUTTONS
from embedlab.formats import reading, writing

ENDING = {"word2vec-text": ".txt", "word2vec-binary": ".bin", "npz": ".npz"}
MOST_BYTES = 300_000_000  # a file, its numbers and their unit vectors have to fit into the tab's 2 GB
PART = 1 << 22  # bytes read at a time


class Keeping:
    """The controls that save the chosen vectors and load others, bound to a ModelsState and its Work."""

    def __init__(self, state, work, sources, bridge):
        self.state, self.work, self.sources, self.bridge = state, work, sources, bridge
        bridge.on("models-file", self.load)
        waiting = pn.bind(lambda live, busy: not live or bool(busy), state.param.live, work.param.busy)
        self.choice = pn.widgets.Select.from_param(
            state.param.source,
            options=sources.param.names,
            disabled=waiting,
            tags=["models-source"],
            sizing_mode="stretch_width",
        )
        form = pn.widgets.Select.from_param(
            state.param.form, disabled=waiting, tags=["models-form"], sizing_mode="stretch_width"
        )
        save = pn.widgets.Button(
            name="Save", button_type="primary", disabled=waiting, tags=["models-save"], on_click=self.save
        )
        self.saving = pn.Column(form, pn.Row(save, stylesheets=[BUTTONS]), sizing_mode="stretch_width")
        working = pn.bind(lambda busy: busy == "files", work.param.busy)
        progress = pn.indicators.Progress(
            value=work.param.progress,
            max=100,
            sizing_mode="stretch_width",
            visible=working,
            tags=["models-file-progress"],
        )
        stop = pn.widgets.Button(name="Stop", visible=working, tags=["models-stop-file"], on_click=work.stop)
        sources.param.watch(self._follow, "added", onlychanged=False)
        self.told = pn.Column(
            progress, stop, said(state.param.file_message, "models-file-message"), sizing_mode="stretch_width"
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-source": self.choice, "models-saving": self.saving, "models-told": self.told}

    def _follow(self, event):
        """Choose new vectors, unless the reader has chosen others than GloVe's."""
        if self.state.source == GLOVE:
            self.state.source = event.new

    def _say(self, text):
        self.state.file_message = text

    async def save(self, event=None):
        """Write the chosen vectors in the chosen form."""
        await self.work.do("files", self._say, self._save)

    async def _save(self):
        name, form = self.state.source, self.state.form
        self._say(f"Writing {name} …")
        vectors = await self.sources.vectors(name)
        breath, pieces = Breath(), []
        for piece in writing(vectors, form):
            pieces.append(piece)
            await breath.taken()
            self.work.check()
        data = b"".join(pieces)
        file = name.rpartition(".")[0] or name
        file = file.replace(" ", "-") + ENDING[form]
        self.bridge.download(file, data)
        self._say(f"{name} is saved as {file}: {len(vectors):,} words, {len(data) / 1e6:.1f} MB.")

    async def load(self, file):
        """Add the vectors of a UserFile to the sources, and choose them."""

        async def task():
            await self._load(file)

        await self.work.do("files", self._say, task)

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
            self.work.check()
        data = b"".join(parts)
        vectors = await self.work.follow(reading(data, f"“{file.name}”"))
        self.sources.add(file.name, vectors)
        self.state.source = file.name
        self._say(
            f"{file.name} is loaded: {len(vectors):,} words, {vectors.matrix.shape[1]} numbers each. It can be "
            f"chosen in the map too."
        )
