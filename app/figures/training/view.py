"""Training on a real corpus: settings, the run in pieces that let the page breathe, a map of words that settles.

The models carry the frames; static/figures/training/training.js moves the marks, so that scrubbing needs no Python.
"""

import asyncio
from dataclasses import replace
from functools import partial

import numpy as np
import panel as pn
from bokeh.models import ColumnDataSource, HoverTool, PanTool, Range1d, ResetTool, Span, WheelZoomTool
from bokeh.plotting import figure

from app.figures.training.recording import Recording
from app.figures.training.run import Run, measured_speed
from app.sources.corpora import DICTIONARY, TOYS, YOURS
from app.tasks.task import Work
from app.ui import palette
from app.ui.messages import said
from app.ui.planes import add_labels, bare
from app.ui.stylesheets import BUTTONS, HELP, NARROW_FIELDS
from embedlab.vectors import WordVectors
from embedlab.word2vec import Trainer, check_memory, why_slow

TRAINED, BEFORE = "Trained here", "Trained before"  # names of the models
MEMORY = 1_500_000_000  # bytes that a tab may be expected to have
MOST_WORDS, MOST_PROBES = 80, 8

FOR_CORPUS = {
    DICTIONARY: dict(dim=100, window=5, min_count=5, sample=1e-3, epochs=5, learning_rate=0.025),
    **dict.fromkeys(TOYS, dict(dim=10, window=3, min_count=1, sample=0.0, epochs=200, learning_rate=0.05)),
    YOURS: dict(dim=50, window=5, min_count=2, sample=1e-3, epochs=20, learning_rate=0.025),
}
WORDS = {
    "animals": "cat dog horse bird fish lion",
    "colours": "red blue green yellow black white",
    "countries": "france italy japan china india",
    "food": "bread cheese fruit meat wine",
    "professions": "doctor lawyer teacher engineer artist",
    "actions": "run walk jump swim fly",
}
PROBES = "cat red france bread doctor"
CATEGORY_OF = {word: name for toy in TOYS.values() for word, name in toy.categories.items()} | {
    word: name for name, words in WORDS.items() for word in words.split()
}

EXPLAINED = {
    "model": "Skip-gram: a centre predicts each of its context words. CBOW: their mean predicts the centre, and each of "
    "them takes the mean’s whole error, as in word2vec.c.",
    "dim": "Numbers in each vector. Time and memory grow with it.",
    "window": "Words on each side that count as context; each centre draws its own width from 1 up to this.",
    "negatives": "Noise words pushed away for each real pair.",
    "noise_exponent": "Counts to this power give the noise: 1 as in the text, 0 all words alike.",
    "min_count": "Words that occur less often are left out.",
    "sample": "Frequent words are dropped at random; the smaller, the more. 0 keeps all.",
    "epochs": "How often the whole text is read.",
    "learning_rate": "The size of a step; it falls to nearly nothing by the end.",
    "seed": "The same seed gives the same vectors, digit for digit.",
}


def read_words(text):
    """["cat", "dog"] out of "cat, dog" or lines; lower case, each once."""
    return list(dict.fromkeys(text.lower().replace(",", " ").split()))


def explanation(name):
    return pn.widgets.StaticText(value=EXPLAINED[name], stylesheets=[HELP], sizing_mode="stretch_width")


class Training:
    """The section's models and widgets, bound to a TrainingState; gives its models to `sources`."""

    def __init__(self, state, texts, sources, bridge):
        self.state, self.texts, self.sources, self.work = state, texts, sources, Work()
        bridge.on("training-corpus", self.open_file)
        self.run = None  # the last Run
        self._speeds = {}  # {what the speed depends on: running words a second}
        self.frames = ColumnDataSource(name="training-frames", data=dict(done=[], epoch=[], loss=[], xy=[], near=[]))
        self.points = ColumnDataSource(
            name="training-points", data=dict(word=[], category=[], x=[], y=[], colour=[], marker=[])
        )
        self.probes = ColumnDataSource(name="training-probes", data=dict(word=[]))
        self.readout = ColumnDataSource(
            name="training-readout", data=dict(done=[], total=[], speed=[], left=[], loss=[])
        )
        self.plane, self.loss = self._plane(), self._loss()
        self._widgets()
        state.param.watch(self._corpus_chosen, "corpus")
        state.param.watch(
            self._say_nothing_of_time,
            ["corpus", "text", "model", "dim", "window", "negatives", "min_count", "sample", "epochs"],
        )
        state.param.watch(self._say_why_slow, "live")

    # -- figures ---------------------------------------------------------------------------------------------

    def _plane(self):
        plane = figure(
            name="training-plane",
            sizing_mode="stretch_both",
            toolbar_location="above",
            tools=[],
            x_range=Range1d(-1, 1),
            y_range=Range1d(-1, 1),
        )
        plane.add_tools(PanTool(), WheelZoomTool(zoom_on_axis=False), ResetTool())
        plane.toolbar.update(logo=None, active_drag=None)
        bare(plane)
        plane.tags = [self.frames, self.probes, self.readout]
        marks = plane.scatter(
            "x", "y", source=self.points, marker="marker", size=10, fill_color="colour", line_color="colour"
        )
        add_labels(plane, "training-labels")
        plane.add_tools(HoverTool(renderers=[marks], tooltips=[("", "@word"), ("category", "@category")]))
        return plane

    def _loss(self):
        loss = figure(
            name="training-loss",
            sizing_mode="stretch_both",
            toolbar_location=None,
            tools=[],
            min_border_right=24,
            x_axis_label="epoch",
            y_axis_label="mean loss (nats)",
            x_range=Range1d(0, 5),
            y_range=Range1d(0, 5),
        )  # static/figures/training/training.js fits them
        bare(loss)
        loss.line("epoch", "loss", source=self.frames, line_color=palette.CENTRE, line_width=2)
        loss.add_layout(
            Span(name="training-cursor", dimension="height", location=0, line_width=2, line_color=palette.PUSH)
        )
        return loss

    # -- widgets ---------------------------------------------------------------------------------------------

    def _widgets(self):
        state = self.state
        busy = self.work.param.busy
        waiting = pn.bind(lambda live, busy: not live or bool(busy), state.param.live, busy)
        working = pn.bind(bool, busy)
        options = dict(disabled=waiting, sizing_mode="stretch_width")
        self.corpus = pn.widgets.RadioButtonGroup.from_param(
            state.param.corpus, disabled=waiting, tags=["training-corpus"]
        )
        self.text = pn.widgets.TextAreaInput.from_param(
            state.param.text,
            rows=8,
            max_length=5_000_000,
            placeholder="Paste a few thousand words, or open a file.",
            tags=["training-text"],
            **options,
        )
        model = pn.widgets.RadioButtonGroup.from_param(state.param.model, disabled=waiting, tags=["training-model"])
        fields = [self._explained(name, options) for name in EXPLAINED if name != "model"]
        presets = [
            pn.widgets.Button(
                name=name,
                disabled=waiting,
                tags=[f"training-preset-{seconds}"],
                on_click=partial(self.fit_into, seconds),
            )
            for name, seconds in [("20 seconds", 20), ("1 minute", 60)]
        ]
        defaults = pn.widgets.Button(
            name="Defaults", disabled=waiting, tags=["training-defaults"], on_click=self.defaults
        )
        estimate = pn.widgets.Button(
            name="Estimate the time", disabled=waiting, tags=["training-estimate"], on_click=self.estimate
        )
        self.settings = pn.Column(
            model,
            explanation("model"),
            pn.Row(*presets, defaults, estimate, stylesheets=[BUTTONS]),
            said(state.param.estimate, "training-estimate-message"),
            pn.Row(*fields, stylesheets=[NARROW_FIELDS], sizing_mode="stretch_width"),
            sizing_mode="stretch_width",
        )
        train = pn.widgets.Button(
            name="Train", button_type="primary", disabled=waiting, tags=["training-train"], on_click=self.train
        )
        stop = pn.widgets.Button(
            name="Stop", disabled=pn.bind(lambda busy: not busy, busy), tags=["training-stop"], on_click=self.work.stop
        )
        no_more = pn.bind(
            lambda live, busy, unfinished: not live or bool(busy) or not unfinished,
            state.param.live,
            busy,
            state.param.unfinished,
        )
        go_on = pn.widgets.Button(name="Continue", disabled=no_more, tags=["training-continue"], on_click=self.go_on)
        self.actions = pn.Column(
            pn.Row(train, stop, go_on, stylesheets=[BUTTONS]),
            pn.indicators.Progress(
                value=self.work.param.progress,
                max=100,
                visible=working,
                sizing_mode="stretch_width",
                tags=["training-progress"],
            ),
            said(state.param.message, "training-message"),
            sizing_mode="stretch_width",
        )
        self.player = pn.widgets.Player(
            name="Frame",
            start=0,
            end=1,
            value=0,
            interval=100,
            loop_policy="once",
            show_value=False,
            sizing_mode="stretch_width",
            tags=["training-player"],
        )
        self.chosen = pn.Column(
            pn.widgets.TextInput.from_param(
                state.param.words, placeholder="chosen for you", tags=["training-words"], **options
            ),
            pn.widgets.TextInput.from_param(
                state.param.probes, placeholder="chosen for you", tags=["training-probe-words"], **options
            ),
            sizing_mode="stretch_width",
        )

    def _explained(self, name, options):
        """A setting's input with its line of explanation."""
        parameter = self.state.param[name]
        kind = pn.widgets.IntInput if isinstance(getattr(self.state, name), int) else pn.widgets.FloatInput
        bounds = dict(start=parameter.bounds[0], end=parameter.bounds[1])
        return pn.Column(
            kind.from_param(parameter, tags=[f"training-{name}"], **bounds, **options),
            explanation(name),
            sizing_mode="stretch_width",
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {
            "training-corpus": self.corpus,
            "training-text": self.text,
            "training-settings": self.settings,
            "training-actions": self.actions,
            "training-plane": self.plane,
            "training-loss": self.loss,
            "training-player": self.player,
            "training-chosen": self.chosen,
        }

    # -- settings --------------------------------------------------------------------------------------------

    def _corpus_chosen(self, event):
        self.state.param.update(**FOR_CORPUS[event.new])

    def defaults(self, event=None):
        """The settings that suit the corpus."""
        state = self.state
        state.param.update(
            **{name: state.param[name].default for name in ("model", "negatives", "noise_exponent", "seed")}
        )
        state.param.update(**FOR_CORPUS[state.corpus])

    def _say_nothing_of_time(self, *events):
        self._say_why_slow()

    def _say_why_slow(self, event=None):
        reason = why_slow()
        self.state.estimate = reason and f"Training takes the slow path here, NumPy instead of compiled code: {reason}"

    async def open_file(self, file):
        """Make a file of the reader's the text to train on."""
        self.texts.own = file
        self.state.param.update(
            corpus=YOURS, text="", message=f"{file.name} ({file.size / 1e6:.2f} MB) will be read when you press Train."
        )

    # -- work: one thing at a time, told and stoppable -------------------------------------------------------

    async def _work(self, task):
        """Run a coroutine function with the controls locked; what goes wrong is said, and nothing is lost by it."""
        await self.work.do("training", self._say, task)

    def _say(self, text):
        self.state.message = text

    def _tell(self, sentence, part):
        self.state.message, self.work.progress = sentence, min(100, int(100 * part))

    async def _corpus(self):
        """The Corpus of the settings; raises TooLarge before anything big is allocated."""
        state = self.state
        if state.corpus == YOURS and (state.text.strip() or isinstance(self.texts.own, str)):
            self.texts.own = state.text
        corpus = await self.texts.corpus(state.corpus, state.min_count, self._tell, self.work.check)
        check_memory(len(corpus.vocabulary), state.dim, len(corpus.tokens), MEMORY)
        return corpus

    async def _words_a_second(self, corpus, config):
        """Running words a second, measured by a short training of its own unless these settings were measured before."""
        key = (
            corpus.running_words,
            len(corpus.vocabulary),
            config.model,
            config.dim,
            config.window,
            config.negatives,
            config.sample,
        )
        if key not in self._speeds:
            self._tell("Measuring the speed …", 0.5)
            await asyncio.sleep(0.001)
            self._speeds[key] = await measured_speed(Trainer(corpus, replace(config, epochs=10)))
        return self._speeds[key]

    async def estimate(self, event=None):
        """Say how long the training would take here."""
        await self._work(self._estimate)

    async def _estimate(self):
        corpus, config = await self._corpus(), self.state.config()
        speed = await self._words_a_second(corpus, config)
        self._say_time(corpus, config, speed)
        self.state.message = ""

    def _say_time(self, corpus, config, speed):
        seconds = corpus.running_words * config.epochs / speed
        self.state.estimate = (
            f"{corpus.running_words:,} running words, a vocabulary of {len(corpus.vocabulary):,}: "
            f"about {spoken(seconds)} on this machine"
            f"{' by NumPy, the slow path' if why_slow() else ''}."
        )

    async def fit_into(self, seconds, event=None):
        """Choose as many epochs as fit into so many seconds here."""
        await self._work(partial(self._fit_into, seconds))

    async def _fit_into(self, seconds):
        corpus = await self._corpus()
        speed = await self._words_a_second(corpus, self.state.config())
        self.state.epochs = int(np.clip(seconds * speed / corpus.running_words, 1, 1000))
        self._say_time(corpus, self.state.config(), speed)
        self.state.message = ""

    # -- training --------------------------------------------------------------------------------------------

    async def train(self, event=None):
        """Train with the settings of the controls; the model that was there becomes the one before."""
        await self._work(self._train)

    async def _train(self):
        corpus, config = await self._corpus(), self.state.config()
        words, probes = self._on_map(corpus.vocabulary), self._listed(corpus.vocabulary)
        await self._follow(Run(Trainer(corpus, config), Recording(words, probes)))

    async def go_on(self, event=None):
        """Go on with the training that was stopped, exactly as if it had not been."""
        await self._work(partial(self._follow, self.run))

    def _on_map(self, vocabulary):
        """The words to draw: the reader's, else ours as far as the text has them, else its commonest longer ones."""
        ours = [word for words in WORDS.values() for word in words.split() if word in vocabulary]
        common = [word for word in vocabulary.words if len(word) > 3][:40]
        return (
            known(self.state.words, vocabulary) or (ours if len(ours) > 8 else common or vocabulary.words)[:MOST_WORDS]
        )

    def _listed(self, vocabulary):
        """The words whose neighbours are listed, chosen likewise."""
        ours = [word for word in PROBES.split() if word in vocabulary]
        return (known(self.state.probes, vocabulary) or ours or self._on_map(vocabulary))[:MOST_PROBES]

    async def _follow(self, run):
        """Train to the end or to Stop, showing frames on the way, then hand the model on."""
        state, trainer = self.state, run.trainer
        state.message = "Training …"
        self._put_on_plane(run)
        await run.go(lambda new_frame: self._show(run, new_frame), lambda: self.work.stopping)
        await self._hand_on(run)
        state.unfinished = not trainer.done
        what = "Trained" if trainer.done else f"Stopped at {trainer.words_done / trainer.words_total:.0%}"
        state.message = (
            f"{what}: {len(trainer.corpus.vocabulary):,} words, {trainer.config.dim} dimensions, "
            f"{run.speed:,.0f} running words a second, loss {run.loss:.3f}."
        )

    async def _hand_on(self, run):
        """Make a run's model one of the sources; that of another run becomes the one before."""
        if run is not self.run and TRAINED in self.sources.names:
            self.sources.add(BEFORE, await self.sources.vectors(TRAINED))
        self.sources.add(TRAINED, WordVectors(run.trainer.corpus.vocabulary.words, run.trainer.U.copy()))
        self.run = run

    def _put_on_plane(self, run):
        """The chosen words and probes of a run, with their marks."""
        words = run.recording.words
        categories = [CATEGORY_OF.get(word, "other") for word in words]
        styles = [palette.style(category) for category in categories]
        self.probes.data = dict(word=run.recording.probes)
        self.points.data = dict(
            word=words,
            category=categories,
            x=np.zeros(len(words)),
            y=np.zeros(len(words)),
            colour=[colour for colour, _ in styles],
            marker=[marker for _, marker in styles],
        )
        self._show(run, True)

    def _show(self, run, new_frame):
        """Tell the page how the run goes; a new frame is shown."""
        trainer = run.trainer
        self.work.progress = int(100 * trainer.words_done / trainer.words_total)
        self.readout.data = dict(
            done=[trainer.words_done],
            total=[trainer.words_total],
            speed=[run.speed],
            left=[run.seconds_left],
            loss=[run.loss],
        )
        if new_frame:
            self.frames.data = run.recording.columns(trainer.words_total, trainer.config.epochs)
            last = len(run.recording.done) - 1
            self.player.param.update(end=max(1, last), value=last)


def known(text, vocabulary):
    """The words that a reader typed; raises UnknownWord for one that the vocabulary lacks."""
    words = read_words(text)
    for word in words:
        vocabulary.index(word)
    return words


def spoken(seconds):
    """A duration in words."""
    if seconds < 90:
        return f"{max(1, round(seconds))} second{'s' * (round(seconds) > 1)}"
    return f"{seconds / 60:.0f} minutes"
