"""Training on a real corpus: reads it, measures, trains, and hands the model on."""

from dataclasses import replace
from functools import partial

import numpy as np

from app.figures.training.checkpoint import Checkpoints, resumed
from app.figures.training.chosen_words import chosen
from app.figures.training.naming import about_training, model_name, name_of_text
from app.figures.training.recording import Recording, TooRare
from app.figures.training.run import NothingTrained, Run, measured_speed
from app.figures.training.sample_scores import SampleScores
from app.figures.training.settings import FOR_CORPUS
from app.figures.training.understood import Understood
from app.figures.training.view import TrainingView
from app.sources.corpora import YOURS, size_in_words
from app.sources.vector_sets import CENTRES, Tables
from app.tasks.errors import Stopped
from app.tasks.task import Task
from embedlab.numbers import counted
from embedlab.sgns import DivergedError
from embedlab.word2vec import TooLarge, Trainer, check_memory, why_slow
from embedlab.words import UnknownWord

MEMORY = 1_500_000_000  # bytes that a tab may be expected to have


class Training:
    """Callbacks of the section, bound to a TrainingState; gives its models to `sources`."""

    def __init__(self, state, corpora, sources, bridge, test_sets, keeper):
        self.state, self.corpora, self.sources, self.task = state, corpora, sources, Task()
        self._understood = Understood(state, corpora, self.task)
        self.test_sets, self._checkpoints = test_sets, Checkpoints(keeper)
        self.shown = None  # the Run on show
        self.run, self.model = None, None  # the last Run, and the Model that it has become
        self._speeds = {}  # {what the speed depends on: running words a second}
        actions = {
            "Train": self.train,
            "Continue": self.go_on,
            "Defaults": self.defaults,
            "Estimate the time": self.estimate,
            "20 seconds": partial(self.fit_into, 20),
            "1 minute": partial(self.fit_into, 60),
        }
        self.view = TrainingView(state, self.task, actions)
        self.roots = self.view.roots
        self._watch()
        bridge.on("training-corpus", self.open_file)
        bridge.on("training-resume", self.resume)
        sources.param.watch(self._follow_model, ["renamed", "removed"], onlychanged=False)

    def _watch(self):
        state = self.state
        state.param.watch(lambda event: state.param.update(**FOR_CORPUS[event.new]), "corpus")
        what_time_depends_on = [
            "corpus",
            "text",
            "model",
            "dim",
            "window",
            "negatives",
            "min_count",
            "phrases_above",
            "sample",
            "epochs",
        ]
        state.param.watch(self._clear_estimate, [*what_time_depends_on, "live"])
        state.param.watch(self.choose, ["words", "probes"])

    # -- settings --------------------------------------------------------------------------------------------

    def defaults(self, event=None):
        """The settings that suit the corpus; the text stays."""
        state = self.state
        names = ("model", "negatives", "noise_exponent", "phrases_above", "seed")
        state.param.update(**{name: state.param[name].default for name in names})
        state.param.update(**FOR_CORPUS[state.corpus])

    def _clear_estimate(self, *events):
        """Take the estimate away; if training is slow here, say why instead."""
        reason = why_slow()
        self.state.estimate = reason and f"Training takes the slow path here, NumPy instead of compiled code: {reason}"

    async def open_file(self, file):
        """Make a UserFile the text to train on."""
        self.corpora.own = file
        message = f"{file.name} ({size_in_words(file.size)}) is the text to train on."
        self.state.param.update(corpus=YOURS, text="", message=message)
        await self._understood.show()

    # -- reading and measuring -------------------------------------------------------------------------------

    async def _run(self, work):
        await self.task.run("training", self._say, work)

    def _say(self, text):
        self.state.message = text

    def _say_progress(self, sentence, part):
        self.state.message, self.task.progress = sentence, min(100, int(100 * part))

    async def _corpus(self):
        """The Corpus of the settings; raises TooLarge before anything big is allocated."""
        self._understood.stop()
        corpus = await self._understood.corpus(self.task, self._say_progress)
        self._check_memory(corpus)
        return corpus

    def _check_memory(self, corpus):
        """Raise TooLarge if a training does not fit beside the models that are there."""
        taken = self.sources.bytes
        try:
            check_memory(len(corpus.vocabulary), self.state.dim, len(corpus.tokens), MEMORY - taken)
        except TooLarge as error:
            raise TooLarge(f"{error} The models that are here take {taken / 1e6:,.0f} MB: remove some.") from None

    async def _words_a_second(self, corpus, config):
        """Running words a second, measured by a short training of its own unless measured before."""
        settings = (config.model, config.dim, config.window, config.negatives, config.sample)
        key = (corpus.running_words, len(corpus.vocabulary), *settings)
        if key not in self._speeds:
            self._say_progress("Measuring the speed …", 0.5)
            await self.task.yield_to_loop(every=0)
            self._speeds[key] = await measured_speed(Trainer(corpus, replace(config, epochs=10)), self.task)
        return self._speeds[key]

    async def estimate(self, event=None):
        """Say how long the training would take here."""
        await self._run(self._estimate)

    async def _estimate(self):
        corpus, config = await self._corpus(), self.state.config()
        self._say_time(corpus, config, await self._words_a_second(corpus, config))

    def _say_time(self, corpus, config, speed):
        seconds = corpus.running_words * config.epochs / speed
        self.state.estimate = (
            f"{counted(corpus.running_words, 'running word')}, a vocabulary of {len(corpus.vocabulary):,}: "
            f"about {duration(seconds)} on this machine"
            f"{' by NumPy, the slow path' if why_slow() else ''}."
        )
        self._say("")

    async def fit_into(self, seconds, event=None):
        """Choose as many epochs as fit into so many seconds here."""
        await self._run(partial(self._fit_into, seconds))

    async def _fit_into(self, seconds):
        corpus = await self._corpus()
        speed = await self._words_a_second(corpus, self.state.config())
        most, wanted = self.state.param.epochs.bounds[1], seconds * speed / corpus.running_words
        self.state.epochs = int(np.clip(wanted, 1, most))
        self._say_time(corpus, self.state.config(), speed)
        if wanted < 1 or wanted > most:
            self.state.estimate += (
                f" {'Even the most epochs take less.' if wanted > most else 'One epoch takes longer.'}"
            )

    # -- training --------------------------------------------------------------------------------------------

    async def train(self, event=None):
        """Train a new model with the settings of the controls."""
        await self._run(self._train)

    async def _train(self):
        state, corpus = self.state, await self._corpus()
        trainer = Trainer(corpus, state.config())
        words, probes = chosen(corpus, state.corpus, state.words, state.probes)
        name = model_name(name_of_text(state.corpus, self.corpora.own), trainer.config)
        scores = SampleScores(trainer, await self._tests())
        await self._follow(Run(trainer, Recording(trainer, words, probes), scores, name, state.corpus))

    async def _tests(self):
        """The test sets by file, None if they cannot be had."""
        self._say("Loading the tests …")
        try:
            return await self.task.wait(self.test_sets.get())
        except OSError:
            return None

    def choose(self, *events):
        """Show the words that the user chose, in the frames so far too."""
        state, run = self.state, self.shown
        state.chosen_message = ""
        if not run:
            return
        try:
            run.recording.choose(*chosen(run.trainer.corpus, run.choice, state.words, state.probes))
        except (UnknownWord, TooRare) as error:
            state.chosen_message = str(error)
        else:
            self.view.show_words(run)
            self._show(run, True)

    async def go_on(self, event=None):
        """Go on with the training that was stopped, exactly as if it had not been."""
        await self._run(partial(self._follow, self.run))

    async def resume(self, files):
        """Go on with a training that was kept, exactly as it would have gone; files: its state and its corpus."""
        await self._run(partial(self._resume, files))

    async def _resume(self, files):
        self._say("Reading what was kept …")
        run, id = resumed(*[await file.read() for file in files], await self._tests())
        for model in self.sources.models:
            if model.id == id:
                self.run, self.model = run, model
        await self._follow(run)

    async def _follow(self, run):
        """Train to the end or to Stop, showing frames and keeping checkpoints on the way, then hand the model on."""
        state, trainer = self.state, run.trainer
        self.shown = run
        self._checkpoints.begin()
        self._say("Training …")
        self.view.show_words(run)
        self._show(run, True)
        try:
            await run.train(self.task, partial(self._show, run))
        except DivergedError:
            self._checkpoints.drop(run)
            raise
        if not run.pairs and not trainer.done:
            raise Stopped
        if not run.pairs:
            raise NothingTrained(
                "Nothing was trained, and no model was made: subsampling left no two words side by side. Raise it, or "
                "set it to 0, which keeps all words."
            )
        self._hand_on(run)
        if trainer.done:
            self._checkpoints.drop(run)
        else:
            self._checkpoints.take(run, self.model)
        state.unfinished = not trainer.done
        what = "Trained" if trainer.done else f"Stopped at {trainer.words_done / trainer.words_total:.0%}"
        self._say(
            f"{what}: {counted(len(trainer.corpus.vocabulary), 'word')}, {counted(trainer.config.dim, 'dimension')}, "
            f"{run.speed:,.0f} running words a second, loss {run.loss:.3f}."
        )

    def _show(self, run, new_frame):
        self.task.progress = int(100 * run.trainer.words_done / run.trainer.words_total)
        self.view.show(run, new_frame)
        if not run.trainer.done:
            self._checkpoints.take_if_due(run, self.model if run is self.run else None)

    def _hand_on(self, run):
        """Make a run's model one of the sources; after Continue it is there already."""
        trainer = run.trainer
        U, V = [table if trainer.done else table.copy() for table in (trainer.U, trainer.V)]  # it may go on in place
        tables, about = Tables(trainer.corpus.vocabulary.words, U, V), about_training(run)
        if run is self.run:
            self.sources.replace(self.model, tables, **about)
        else:
            self.run = run
            self.model = self.sources.add(run.name, tables.vectors(CENTRES), tables=tables, **about)
        self.view.show_model(self.model.name)

    def _follow_model(self, event):
        """Say the last run's model's new name; once it is removed, let go of the run too."""
        if self.model and self.model not in self.sources.models:
            self._checkpoints.drop(self.run)
            self.run, self.shown, self.model, self.state.unfinished = None, None, None, False
        self.view.show_model(self.model and self.model.name)


def duration(seconds):
    """A duration in words."""
    if seconds < 90:
        return counted(max(1, round(seconds)), "second")
    return counted(round(seconds / 60), "minute")
