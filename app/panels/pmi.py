"""What SGNS converges to: each pair's u·v against its target, while it trains; and counting's factors beside it.

Axes: V vocabulary, D dimensions.
"""

from dataclasses import replace

import numpy as np
import param
from bokeh.models import ColumnDataSource, FixedTicker, HoverTool, Range1d, Scatter, Slope

from app.panels.shared import LearningState, lean_plot, slider, train_visibly, training_controls
from app.sources import packaged
from app.tasks.task import Task
from app.ui import palette
from app.ui.controls import column, fields, message
from app.ui.planes import add_glyphs
from embedlab.corpora import unmixed_corpus
from embedlab.numbers import counted, decimal
from embedlab.pmi import agreement, cooccurrence, factorise, sgns_target, sppmi
from embedlab.reader import CorpusReader
from embedlab.vectors import unit_rows
from embedlab.word2vec import TrainConfig, Trainer

CONFIG = TrainConfig(window=3, sample=0.0, learning_rate=0.05, epochs=2000)
EPOCHS_A_BIT = 5


class Corpus:
    """A corpus of 15 words in numbers: `text`, a text.Corpus; counts (V, V) of pairs; kinds (V,) of words."""

    def __init__(self):
        reader, toy = CorpusReader(), unmixed_corpus()
        reader.feed(toy.text)
        self.text = reader.finish()
        self.words = self.text.vocabulary.words
        self.kinds = np.array([toy.categories[word] for word in self.words])
        ends = np.flatnonzero(self.text.tokens < 0)
        sentences = [sentence[sentence >= 0] for sentence in np.split(self.text.tokens, ends)]
        self.counts = cooccurrence(sentences, len(self.words), CONFIG.window, dynamic=True)

    def target_for(self, negatives):
        """What u·v of each pair should be under word2vec.c's conventions: (V, V), nan where a pair has no count."""
        return sgns_target(self.counts, self.text.vocabulary.counts, negatives, CONFIG.noise_exponent)

    def likeness(self, vectors):
        """(within, across, right): mean cosine within a category, across two; words whose nearest is of their own."""
        words = np.flatnonzero(self.kinds != "connector")
        kinds, unit = self.kinds[words], unit_rows(vectors[words])
        cosines, alike = unit @ unit.T, kinds[:, None] == kinds  # (12, 12) each
        other = ~np.eye(len(words), dtype=bool)
        closest = np.where(other, cosines, -np.inf)
        right = (kinds[closest.argmax(axis=1)] == kinds) & (closest.max(axis=1) > 0)  # all 0: nothing is near
        return cosines[alike & other].mean(), cosines[~alike].mean(), int(right.sum())


def window_on(target):
    """(least, most, strip): the range of both axes, and the place on x of the pairs that have no target."""
    least, most = np.floor(2 * np.nanmin(target)) / 2, np.ceil(2 * np.nanmax(target)) / 2
    return least - 1.5, most + 0.5, least - 1


def cell_columns(corpus, products, target):
    """One row a pair: where it is drawn, at the edge if it lies beyond; and what the table says of it."""
    met = np.isfinite(target).ravel()
    least, most, strip = window_on(target)
    words = [str(word) for word in corpus.words]
    return dict(
        centre=[a for a in words for _ in words],
        context=words * len(words),
        count=corpus.counts.ravel().round(1).tolist(),
        target=[decimal(x, 2) if ok else "no count" for x, ok in zip(target.ravel(), met)],
        product=products.ravel().round(2).tolist(),
        x=np.where(met, target.ravel(), strip).round(2).tolist(),
        y=products.clip(least + 0.06, most - 0.06).ravel().round(2).tolist(),
        marker=np.where(met, "circle", "x").tolist(),
        colour=np.where(met, palette.CENTRE, palette.FAINT).tolist(),
    )


def beside_columns(corpus, U, dim, negatives):
    """SGNS, SPPMI + SVD with the same shift log K and without, by what becomes of the categories; one row a measure."""
    columns = dict(
        what=[
            "cells above 0 in what is factorised",
            "mean cosine, same category",
            "mean cosine, two categories",
            "nearest word is of the same category",
        ]
    )
    matrices = {"sgns": (corpus.target_for(negatives), U)} | {
        name: (M := sppmi(corpus.counts, K), factorise(M, dim)[0]) for name, K in [("sppmi", negatives), ("ppmi", 1)]
    }
    for name, (matrix, vectors) in matrices.items():
        within, across, right = corpus.likeness(vectors)
        columns[name] = (
            [f"{(matrix > 0).sum()}", decimal(within, 2), decimal(across, 2), f"{right} of 12"]
            if vectors.any()
            else ["0", "–", "–", "–"]
        )
    return columns


def summary(products, target, dim, epochs):
    """What the figure shows, in words."""
    met = np.isfinite(target)
    correlation, _ = agreement(products, target)
    error = float(np.sqrt(((products - target)[met] ** 2).mean()))
    V = len(target)
    limit = (
        f"D sets a limit: a {V} × {V} table of products has rank D = {dim} at most, and the smaller D, the "
        f"further from the line even the best vectors stay."
        if dim < V
        else f"With D = {dim} any table of products can be had."
    )
    return (
        f"After {counted(epochs, 'epoch')}: over the {met.sum()} pairs that occur, u·v and its target correlate at "
        f"{decimal(correlation, 2)} and differ by {error:.2f} (root mean square). {limit} The other {(~met).sum()} "
        f"pairs, crosses, never occur: their target is −∞, and u·v is at "
        f"{decimal(products[~met].mean(), 1)} on average."
    )


class PmiState(LearningState):
    """What SGNS converges to: the settings of the training."""

    dim = param.Integer(10, bounds=(1, 15), label="Dimensions D")
    negatives = param.Integer(2, bounds=(1, 15), label="Negatives K")


class Pmi:
    """The panel's models and widgets, bound to a PmiState."""

    def __init__(self, state):
        self.state, self.task, self.corpus = state, Task(), Corpus()
        data = packaged.panels()["pmi"]
        self.cells = ColumnDataSource(name="pmi-cells", data=data["cells"])
        self.beside = ColumnDataSource(name="pmi-beside", data=data["beside"])
        state.summary = data["summary"]
        self.across, self.up, self.ticker = Range1d(), Range1d(), FixedTicker()
        self.plot = self._plot()
        self._fit()
        self.controls = column(
            fields(*(slider(state, "pmi", name) for name in ("dim", "negatives"))),
            *training_controls(state, self.task, "pmi", self.train, ["dim", "negatives"]),
            message(state.param.summary, "pmi-summary"),
        )

    def _plot(self):
        plot = lean_plot("pmi-plot", "target (nats)", "u·v", ranges=(self.across, self.up))
        plot.tags = [self.beside]  # not drawn, but part of the document
        plot.below[0].ticker = self.ticker
        plot.add_layout(Slope(gradient=1, y_intercept=0, line_color=palette.PUSH, line_width=1.5))
        marks = add_glyphs(
            plot,
            self.cells,
            Scatter(x="x", y="y", marker="marker", size=8, fill_color="colour", line_color="colour", fill_alpha=0.35),
        )
        plot.add_tools(
            HoverTool(
                renderers=[marks],
                tooltips=[
                    ("", "@centre, @context"),
                    ("met, nearer ones counting more", "@count"),
                    ("target", "@target"),
                    ("u·v", "@product"),
                ],
            )
        )
        return plot

    def _fit(self):
        """Ranges and ticks for the targets of the state's K: those of a training stand still."""
        least, most, strip = window_on(self.corpus.target_for(self.state.negatives))
        for side in (self.across, self.up):
            side.update(start=least, end=most)
        self.ticker.ticks = [strip, *np.arange(strip + 1, most, 0.5)]
        self.plot.below[0].major_label_overrides = {strip: "−∞"}

    def roots(self):
        """{place in the page: what is drawn there}."""
        return {"pmi-plot": self.plot, "pmi-controls": self.controls}

    async def train(self, *events):
        """Train with the settings of the controls; the cells move as it goes on."""
        await self.task.run_latest("training", self._say, self._train)

    def _say(self, text):
        self.state.message = text

    async def _train(self):
        self._say("Training …")
        self._fit()
        trainer = new_trainer(self.corpus, self.state.dim, self.state.negatives)
        ended = await train_visibly(self.task, epochs_of(trainer), lambda: self._show(trainer))
        self._say(f"{'Trained' if ended else 'Stopped'} after {trainer.epoch:,} of {counted(CONFIG.epochs, 'epoch')}.")

    def _show(self, trainer):
        shown = columns(self.corpus, trainer)
        self.cells.data, self.beside.data, self.state.summary = shown["cells"], shown["beside"], shown["summary"]


def new_trainer(corpus, dim, negatives):
    return Trainer(corpus.text, replace(CONFIG, dim=dim, negatives=negatives))


def epochs_of(trainer):
    """Train bit by bit; yields the part that is done."""
    while not trainer.done:
        trainer.advance(EPOCHS_A_BIT * trainer.corpus.running_words)
        yield trainer.words_done / trainer.words_total


def columns(corpus, trainer):
    """{"cells", "beside", "summary"} of a Trainer as it is now."""
    config, products = trainer.config, trainer.U @ trainer.V.T  # (V, V)
    target = corpus.target_for(config.negatives)
    return dict(
        cells=cell_columns(corpus, products, target),
        beside=beside_columns(corpus, trainer.U, config.dim, config.negatives),
        summary=summary(products, target, config.dim, trainer.epoch),
    )


def recorded(state):
    """The panel as the page opens with it: a finished training with the defaults."""
    corpus = Corpus()
    trainer = new_trainer(corpus, state.dim, state.negatives)
    for _ in epochs_of(trainer):
        pass
    return columns(corpus, trainer)
