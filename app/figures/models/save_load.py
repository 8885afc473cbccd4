"""Vectors to files and back: the user's own models, saved and loaded."""

import io
import re
from contextlib import aclosing
from functools import partial

import panel as pn

from app.figures.models.pairing import paired
from app.sources.unpacking import content_of
from app.tasks.errors import reported
from app.ui.controls import buttons, column, field, message, progress_bar, runs, waiting
from embedlab.arrayfiles import load_npz
from embedlab.formats import Reading, memory, writing
from embedlab.numbers import counted, sized
from embedlab.projector import labelled

ENDING = {"word2vec-text": ".txt", "word2vec-binary": ".bin", "npz": ".npz"}
MOST_BYTES = 1_500_000_000  # of the numbers: with their unit vectors, which questions need, 3 of the tab's 4 GB


class SaveLoad:
    """The controls that save models and load others, bound to a ModelsState and its Task.

    queue: pairs of files that wait to be loaded, as `paired` gives them; done: what was said of those before them;
    doubted: [(name, Loaded)] that the user is asked about.
    """

    def __init__(self, state, task, sources, bridge):
        self.state, self.task, self.sources, self.bridge = state, task, sources, bridge
        self.queue, self.done, self.doubted = [], [], []
        self.saving = field(pn.widgets.Select, state.param.form, "models-form", waiting(state, task))
        self.told = self._told()
        bridge.on("models-file", self.load)
        bridge.on("models-save", self.save)
        task.param.watch(lambda event: event.new or pn.state.execute(self._work), "busy")

    def _told(self):
        """What loads, what waits, and what is asked."""
        state, task = self.state, self.task
        loads = runs(task, "files")
        waits, asks = pn.bind(bool, state.param.queue_message), pn.bind(bool, state.param.doubt_message)
        stop, use, leave = [
            pn.widgets.Button(name=name, tags=[tag], on_click=action, visible=visible)
            for name, tag, action, visible in [
                ("Stop", "models-stop-file", self.stop, loads),
                ("Use it", "models-use", self.use, asks),
                ("Leave it", "models-leave", self.leave, asks),
            ]
        ]
        return column(
            progress_bar(task, "models-file-progress", "files"),
            stop,
            message(state.param.file_message, "models-file-message", styles={"white-space": "pre-line"}),
            message(state.param.queue_message, "models-queue", visible=waits),
            message(state.param.doubt_message, "models-doubt", visible=asks),
            buttons(use, leave),
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-saving": self.saving, "models-told": self.told}

    def _say(self, text):
        """Say how it is now, after what was said of the files before."""
        self.state.file_message = "\n".join([*self.done, text]).strip()

    def _tell(self, text):
        """Say something for good."""
        self.done.append(text)
        self._say("")

    # -- saving ----------------------------------------------------------------------------------------------

    async def save(self, name):
        """Write a model in the chosen form."""
        self.done = []
        await self.task.run("files", self._say, partial(self._save, name))

    async def _save(self, name):
        form, title = self.state.form, self.sources.model(name).title
        self._say(f"Writing {title} …")
        vectors = await self.sources.vectors(name)
        pieces = []
        for piece in writing(vectors, form):
            pieces.append(piece)
            await self.task.yield_to_loop()
        data = b"".join(pieces)
        file = file_name(title) + ENDING[form]
        self.bridge.download(file, data)
        self._say(f"{title} is saved as {file}: {counted(len(vectors), 'word')}, {len(data) / 1e6:.1f} MB.")

    # -- loading ---------------------------------------------------------------------------------------------

    async def load(self, files):
        """Add the vectors of UserFiles to the sources, one after the other; what comes meanwhile waits."""
        if not self.queue and self.task.busy != "files":
            self.done = []
        with reported(self._tell):
            self.queue += await paired(files)
        self._show_queue()
        await self._work()

    async def _work(self):
        while self.queue and not self.task.busy:
            file, metadata = self.queue.pop(0)
            self._show_queue()
            await self.task.run("files", self._tell, partial(self._load, file, metadata))

    def _show_queue(self):
        waiting = ", ".join(file.name for file, _ in self.queue)
        self.state.queue_message = f"Waiting: {waiting}." if waiting else ""

    def stop(self, event=None):
        """Stop what is saved or loaded; of what waits nothing is loaded."""
        left, self.queue = ", ".join(file.name for file, _ in self.queue), []
        self.state.queue_message = f"Not loaded: {left}." if left else ""
        self.task.stop()

    async def _load(self, file, metadata):
        self._say(f"Reading {file.name} …")
        content = await content_of(file)
        loaded = await (self._read_arrays(content) if content.arrays else self._read(content, bare=bool(metadata)))
        if metadata:
            loaded = labelled(loaded, await metadata.read(), f"“{metadata.name}”")
        if loaded.doubts:
            self.doubted.append((content.name, loaded))
            self._ask()
            self._tell(f"{content.name} is read, and waits for your answer.")
        else:
            self._take(content.name, loaded)

    async def _read(self, content, bare):
        """A Loaded of Content, read in pieces: no more of it is held than a piece and the vectors."""
        reading, done = Reading(f"“{content.name}”", content.size, bare, MOST_BYTES), 0
        async with aclosing(content.pieces()) as pieces:
            async for piece in pieces:
                known = reading.shape
                reading.feed(piece)
                if reading.shape != known:
                    self._say(f"Reading {content.name}: {needs(reading.shape)} …")
                done += len(piece)
                self.task.progress = min(100, int(100 * done / content.size))
                await self.task.yield_to_loop()
        return reading.finish()

    async def _read_arrays(self, content):
        if content.size > MOST_BYTES / 2:  # for once it is held twice
            raise ValueError(f"“{content.name}” has {content.size / 1e9:.1f} GB: save it in word2vec’s binary format.")
        pieces = [piece async for piece in content.pieces()]
        return load_npz(io.BytesIO(b"".join(pieces)), f"“{content.name}”")

    def _take(self, name, loaded):
        """Add what a file held to the sources, beside what has the same name."""
        vectors = loaded.vectors
        model = self.sources.add(name, vectors, settings="Loaded from a file", columns=loaded.columns)
        about = f"{model.name} is loaded: {sized(*vectors.matrix.shape)}."
        columns = ", ".join(f"“{column}”" for column in loaded.columns)
        beside = [f"The map can take its categories from {columns}."] if columns else []
        self._tell(" ".join([about, *loaded.notes, *beside, "It can be chosen in the map too."]))

    # -- asking ----------------------------------------------------------------------------------------------

    def _ask(self):
        """Ask about the first file that may not hold what was meant."""
        doubted = [f"{name}: {' '.join(loaded.doubts)} Is it to be used all the same?" for name, loaded in self.doubted]
        self.state.doubt_message = doubted[0] if doubted else ""

    def use(self, event=None):
        """Add the vectors that are asked about."""
        self._take(*self.doubted.pop(0))
        self._ask()

    def leave(self, event=None):
        """Forget them."""
        name, _ = self.doubted.pop(0)
        self._tell(f"{name} was left out.")
        self._ask()


def needs(shape):
    """What a file holds and takes, in words."""
    V, D = shape
    size = memory(shape) / 1e6
    return (
        f"about {counted(V, 'word')} of {counted(D, 'number')}, which take {size:,.0f} MB, and as much again once "
        f"they are questioned"
    )


def file_name(name):
    """A model's name as a file's, without the ending of the file that it came from."""
    without = re.sub(r"(?<=.)\.(txt|vec|bin|npz|tsv|csv)$", "", name)
    return re.sub(r"[^\w.()-]+", "-", without)
