"""The atlas: all words of a model in the plane, coloured, laid out, opened from a file, laid beside another model."""

import time
from functools import partial

import numpy as np
import panel as pn

from app.figures.atlas.classes import classes_of, classes_of_map
from app.figures.atlas.lay_out import check, estimate, steps
from app.figures.atlas.other import OtherModel, missing
from app.figures.atlas.places import as_npz, read_places, unpacked_file
from app.figures.atlas.questions import Questions
from app.figures.atlas.state import CLASSES, OF_MAP
from app.figures.atlas.view import NO_FRAME, NO_KINDS, NO_WORDS, AtlasView
from app.sources import packaged
from app.sources.vector_sets import GLOVE
from app.tasks.errors import Stopped, reported
from app.tasks.task import Task
from app.ui.packing import packed_positions
from embedlab.numbers import counted, sized
from embedlab.vectors import WordVectors

COLUMN_OF_FILE = "the file’s classes"
BETWEEN = 0.15  # seconds between two frames that the page gets


class Atlas:
    """Callbacks of the atlas, bound to an AtlasState.

    sources: Sources; choice: the map's UserChoice; files: what loads models, with its load(UserFiles) and its `state`
    that says how it goes. shown: the Model on show; kept: {(Model, table): positions (V, 2) float32} of what was laid
    out in this session; opened: the Places of a file that are on show, None for the model's; known: the WordVectors of
    a file's words, once they were asked for; expecting: whether the next model that comes is to be shown, for it is
    loaded here.
    """

    def __init__(self, state, sources, choice, files, bridge):
        self.state, self.sources, self.choice, self.files, self.bridge = state, sources, choice, files, bridge
        self.task, self.kept, self.shown = Task(), {}, sources.model(state.source)
        self.opened, self.known, self.expecting = None, None, False
        self.glove_places = packaged.Large(packaged.ATLAS, unpacked_file)
        actions = {"Lay out": self.lay_out, "Close": self.close, "Save": self.save}
        self.view = AtlasView(state, self.task, sources.param.names, actions)
        self.roots = self.view.roots
        self._show_glove()
        self.questions, self.other = Questions(self, bridge), OtherModel(self, sources)
        bridge.on("atlas-file", self.open)
        bridge.on("atlas-source", self.show_all)
        bridge.on("atlas-vectors", self.load)
        files.state.param.watch(self._tell_of_files, ["file_message", "doubt_message"])
        state.param.watch(self._choose, "source")
        state.param.watch(lambda event: pn.state.execute(self.classify), "column")
        sources.param.watch(self._follow, ["added", "switched"], onlychanged=False)
        sources.param.watch(self._rename, "renamed", onlychanged=False)
        sources.param.watch(self._leave, "removed", onlychanged=False)

    # -- which vectors ---------------------------------------------------------------------------------------

    @property
    def model(self):
        """The Model that is chosen."""
        return self.sources.model(self.state.source)

    async def vectors(self, model):
        """The WordVectors of a Model; raises ValueError if GloVe's cannot be fetched."""
        return await self._fetched(self.sources.vectors(model.name), "vectors")

    async def places(self, model):
        """Where the words of a Model are, (V, 2); None if it was not laid out. Raises ValueError."""
        if model.name == GLOVE:
            return await self._fetched(self.glove_places.get(), "places")
        return self.kept.get((model, model.table))

    async def _fetched(self, coming, what):
        try:
            return await coming
        except OSError as error:
            raise ValueError(
                f"GloVe’s {what} could not be fetched ({error}): check the connection and try again."
            ) from error

    async def questioned(self):
        """The WordVectors that questions are about: those of the words on show that the model has."""
        vectors = await self.vectors(self.model)
        if self.opened is None:
            return vectors
        if self.known is None:
            words = [word for word in self.opened.words if word in vectors]
            if len(words) < 2:
                has = counted(len(words), "word")
                raise ValueError(f"{self.model.title} has {has} of this file: choose another model.")
            self.known = WordVectors(words, vectors.matrix[vectors.indices(words)])
        return self.known

    async def show_all(self, name):
        """Choose a Model by its name, with its first column, and lay its words out if they have no places yet."""
        if self.opened:
            self.close()
        self.state.source = name
        self.state.column = next(iter(self.model.columns), CLASSES)
        with reported(self._say):
            if await self.places(self.model) is None:
                await self.lay_out()

    def _choose(self, event=None):
        """Show the chosen model's words, those of a file no more; nothing if it has only another name."""
        model = self.model
        if event is not None and model is self.shown:
            return
        self._forget()
        self.opened, self.expecting, self.state.opened, self.shown = None, False, "", model
        self.state.param.update(columns=[CLASSES, OF_MAP, *model.columns], column=CLASSES)
        self.other.follow()
        if model.name == GLOVE:
            self._show_glove()
            return self._say("")
        laid_out = self.kept.get((model, model.table))
        self.view.words.data = dict(word=model.vectors.words)
        self._show(model.name, np.empty((0, 2)) if laid_out is None else laid_out)
        press = " Press “Lay out all words” to see them." if laid_out is None else ""
        self._say(f"{self._about(model)}{press}")

    def _follow(self, event):
        """A model has come, or the vectors of one are others."""
        if event.name == "added":  # or it was trained further
            self.kept = {key: kept for key, kept in self.kept.items() if key[0].name != event.new}
        if self.expecting and event.name == "added":
            pn.state.execute(partial(self.show_all, event.new))
        elif event.new == self.state.source and self.opened:
            self._forget_answers()
        elif event.new == self.state.source:
            self._choose()

    def _rename(self, event):
        """Call the model on show by its new name."""
        old, name = event.new
        if self.state.source == old:
            self.state.source = name
            if not self.opened:
                self.view.set.data = dict(self.view.set.data, set=[name])
                self._say(self._about(self.shown))

    def _leave(self, event):
        """Go back to GloVe from a model that is removed; forget the layouts of what is gone."""
        self.kept = {key: kept for key, kept in self.kept.items() if key[0] in self.sources.models}
        if self.state.source == event.new:
            self.task.stop()
            self.state.source = GLOVE

    def _forget(self):
        self.view.kinds.data = NO_KINDS
        self._forget_answers()

    def _forget_answers(self):
        """Other vectors are asked; the colours of a file's words stay."""
        self.known = None
        self.questions.forget()

    def _show_glove(self):
        """GloVe's words and positions are in a file of the page's."""
        self.view.words.data, self.view.frame.data = NO_WORDS, NO_FRAME
        self.view.set.data = dict(set=[GLOVE], file=[False], scale=[1.0], epoch=[0], epochs=[0])

    def _show(self, name, positions, epoch=0, epochs=0):
        """Send the page positions (V, 2) of its words; epochs: 0 of a layout that has been there before."""
        xy, scale = packed_positions(positions) if len(positions) else (np.empty((0, 2), np.int16), 1.0)
        self.view.set.data = dict(set=[name], file=[bool(self.opened)], scale=[scale], epoch=[epoch], epochs=[epochs])
        self.view.frame.data = dict(xy=xy.ravel())

    def _about(self, model):
        return f"{model.title}: {sized(*model.vectors.matrix.shape)}."

    def _say(self, text):
        self.state.message = text

    # -- colours ---------------------------------------------------------------------------------------------

    def follow_map(self, attribute, old, new):
        """The map's categories may be others."""
        if self.state.column == OF_MAP:
            pn.state.execute(self.classify)

    async def classify(self):
        """Send the page the classes that the words have by the chosen column."""
        self.view.kinds.data = NO_KINDS
        name, model = self.state.column, self.model
        if name == CLASSES:
            return
        with reported(self._say):
            if name == OF_MAP:
                words = self.opened.words if self.opened else (await self.vectors(model)).words
                classes = classes_of_map(words, self.choice)
            else:
                classes = classes_of(self.opened.classes if self.opened else model.columns[name])
            if (name, model) == (self.state.column, self.model):  # the user has not chosen again meanwhile
                self.view.kinds.data = dict(kinds=[classes[0]], of=[classes[1]])

    # -- laying out ------------------------------------------------------------------------------------------

    async def lay_out(self, event=None):
        """Lay out all words of the chosen model, on the page as it settles; Stop keeps what there is."""
        await self.task.run("lay out", self._say, self._lay_out)
        await self.other.compare()

    async def _lay_out(self):
        model, table = self.model, self.model.table
        vectors = model.vectors
        check(vectors, model.title)
        if self.opened:
            self.close()
        placed = await self.other.placed(vectors)
        self.other.clear()
        begin = f" They begin where they lie in {self.other.model.title}." if placed else ""
        self._say(f"Comparing {len(vectors):,} words with each other …{estimate(*vectors.matrix.shape)}{begin}")
        settling = positions = None  # the last Frame, and where the words were then
        told = self._about(model)
        try:
            async for frame in self._frames(vectors, placed):
                if settling is None and self._is_on_show(model):
                    self._say(f"The words settle …{begin}")
                settling, positions = frame, frame.positions.copy()
                if self._is_on_show(model):
                    self._show(model.name, positions, frame.epoch, frame.epochs)
        except Stopped:
            if settling is None:
                raise
            told = f"Stopped after {settling.epoch} of {settling.epochs} rounds: the words are where they were then."
        if self._is_on_show(model):
            self._say(told)
        if model in self.sources.models and model.vectors is vectors:
            self.kept[model, table] = positions

    def _is_on_show(self, model):
        return self.shown is model and not self.opened

    async def _frames(self, vectors, placed):
        """The Frames that the page is to see: every BETWEEN seconds, and the first and the last."""
        shown = None
        for part, frame in steps(vectors, placed):
            if await self.task.yield_to_loop():
                self.task.progress = int(100 * part)
            if frame is None:
                continue
            now = time.monotonic()
            if shown is None or now - shown > BETWEEN or frame.epoch == frame.epochs:
                yield frame
                shown = now

    # -- files -----------------------------------------------------------------------------------------------

    async def load(self, files):
        """Load the vectors of UserFiles, and show all words of the first that come."""
        self.expecting = True
        await self.files.load(files)
        self.expecting = False

    def _tell_of_files(self, event):
        """Say here too how loading goes; what is asked is answered where models are loaded."""
        if self.expecting and event.new:
            asked = " Answer below the models’ table, then choose it here." if event.name == "doubt_message" else ""
            self._say(f"{event.new}{asked}")

    async def open(self, file):
        """Show the places of a UserFile in the place of the model's, which answers questions all the same."""
        with reported(self._say):
            places = read_places(await file.read(), file.name)
            self._forget()
            self.opened, self.state.opened = places, file.name
            columns = [CLASSES, OF_MAP, *([COLUMN_OF_FILE] if places.classes else [])]
            self.state.param.update(columns=columns, column=CLASSES)
            self.other.follow()
            self.view.words.data = dict(word=places.words)
            self._show(f"“{file.name}”", places.positions)
            if places.classes and any(places.classes):
                self.state.column = COLUMN_OF_FILE
            self._say(
                f"“{file.name}”: {counted(len(places.words), 'word')} where the file has them. "
                f"Their neighbours are those of {self.model.title}."
            )

    def close(self, event=None):
        """Go back from a file to the chosen model."""
        self._choose()

    async def save(self, event=None):
        """Let the user save all places on show as .npz."""
        with reported(self._say):
            model = self.model
            positions = self.opened.positions if self.opened else await self.places(model)
            if positions is None:
                return self._say(missing(model))
            words = self.opened.words if self.opened else (await self.vectors(model)).words
            self.bridge.download("atlas.npz", as_npz(words, positions))
