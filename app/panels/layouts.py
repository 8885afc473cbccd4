"""One layout twice, from two starts: what neighbours and spread keep of 2,000 words, and what they bend.

Axes: N words, D dimensions, P pairs.
"""

import time

import numpy as np
import param
from bokeh.models import ColumnDataSource

from app.panels.shared import LearningState, slider
from app.sources.vector_sets import GLOVE
from app.tasks.task import Task, completed
from app.ui.controls import button, buttons, column, fields, message, progress_bar, stop_button, waiting
from app.ui.packing import packed_positions
from embedlab.evaluate import spearman
from embedlab.graph import graph_steps
from embedlab.layout import layout
from embedlab.projection import neighbour_recall

WORDS = 2_000  # the most frequent
STARTS = 0, 1  # seeds
EPOCHS = 200
LISTED = 10  # nearest, of which it is told how many stay
SEARCH = 0.2  # of the time, that the neighbours take
BETWEEN = 0.1  # seconds between two pictures on the way
MARKED = ("monday", "friday", "france", "spain", "father", "mother", "music", "book", "oil", "gas")
NO_PICTURES = dict(xy=[], scale=[])


def parts(unit, k, spread):
    """Lay unit rows (N, D) out twice, side by side: yields (part done, None), then (part done, [positions (N, 2)]).

    k: neighbours of each row; spread: how strongly others push. Each run starts at places of its own, at random.
    """
    searching, graph = graph_steps(unit, k), None
    while graph is None:
        try:
            yield SEARCH * next(searching), None
        except StopIteration as end:
            graph = end.value
    runs = [
        layout(graph, np.random.default_rng(seed).normal(0, 5, (len(unit), 2)), EPOCHS, repulsion=spread, seed=seed)
        for seed in STARTS
    ]
    for frames in zip(*runs):
        part = SEARCH + (1 - SEARCH) * frames[0].epoch / EPOCHS
        yield part, [frame.positions for frame in frames]


def measured(unit, pictures):
    """{"kept", "near", "any", "runs_near", "runs_any"} of two layouts of unit rows (N, D).

    kept: of each row's LISTED nearest, the part that stays, in the first; near, any: the rank correlation of distances
    in the first with those in D dimensions, over rows and their nearest and over any two; runs_near, runs_any: with
    those in the second.
    """
    N = len(unit)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -np.inf)
    heads = np.repeat(np.arange(N), LISTED)  # (P,)
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :LISTED].ravel()
    others = (heads + np.random.default_rng(2).integers(1, N, heads.size)) % N
    found = {"kept": float(neighbour_recall(unit, pictures[0], k=LISTED).mean())}
    for name, tails in (("near", nearest), ("any", others)):
        full = 1 - cosines[heads, tails]
        one, other = (np.linalg.norm(xy[heads] - xy[tails], axis=1) for xy in pictures)
        found[name], found[f"runs_{name}"] = spearman(one, full), spearman(one, other)
    return found


def summary(found, k, spread):
    """What the pictures keep, in words."""
    return (
        f"With k = {k} and spread {spread:g}: of ten nearest, {10 * found['kept']:.1f} stay among the ten nearest. "
        f"Distances go with those in fifty dimensions at a rank correlation of {found['near']:.2f} between a word and "
        f"its nearest, {found['any']:.2f} between any two words; in the two pictures they go with each other at "
        f"{found['runs_near']:.2f} and {found['runs_any']:.2f}."
    )


class LayoutsState(LearningState):
    """The settings of the two layouts."""

    k = param.Integer(15, bounds=(5, 50), label="Neighbours k")
    spread = param.Number(4.0, bounds=(0.5, 8.0), label="Spread")


class Layouts:
    """The panel's models and widgets, bound to a LayoutsState; sources: has GloVe.

    words: the words, once they are here; pictures: a row for each start, xy (N * 2,) int16 and its scale.
    """

    def __init__(self, state, sources):
        self.state, self.sources, self.task = state, sources, Task()
        self.words = ColumnDataSource(name="layouts-words", data=dict(word=[]))
        self.pictures = ColumnDataSource(name="layouts-pictures", data=NO_PICTURES)
        start = button("Lay out twice", "layouts-start", self.lay_out, waiting(state, self.task), primary=True)
        said = message(state.param.message, "layouts-message")
        said.tags = [*said.tags, self.words, self.pictures]  # not drawn, but part of the document
        self.controls = column(
            fields(
                slider(state, "layouts", "k"),
                slider(state, "layouts", "spread", step=0.5, format="0.0"),
            ),
            buttons(start, stop_button(self.task, "layouts-stop")),
            progress_bar(self.task, "layouts-progress"),
            said,
            message(state.param.summary, "layouts-summary"),
        )
        state.param.watch(self.lay_out, ["k", "spread"])

    def roots(self):
        """{place in the page: what is drawn there}."""
        return {"layouts-controls": self.controls}

    async def lay_out(self, *events):
        """Lay out with the settings of the controls, on the page as it settles."""
        await self.task.run_latest("layouts", self._say, self._lay_out)

    def _say(self, text):
        self.state.message = text

    async def _lay_out(self):
        k, spread = self.state.k, self.state.spread
        self._say("Fetching the vectors …")
        glove = await self.task.wait(self.sources.vectors(GLOVE))
        if not self.words.data["word"]:
            self.words.data = dict(word=glove.words[:WORDS])
        self._say("The words settle …")
        unit, laid_out = glove.unit[:WORDS], []
        ended = await completed(self._follow(unit, k, spread, laid_out))
        if laid_out:
            self._show(laid_out[-1])
            self.state.summary = summary(measured(unit, laid_out[-1]), k, spread)
        self._say("Laid out." if ended else "Stopped: the words are where they were then.")

    async def _follow(self, unit, k, spread, laid_out):
        """Lay out; laid_out: gets the pictures, the same arrays each time."""
        shown = time.monotonic()
        for part, pictures in parts(unit, k, spread):
            if await self.task.yield_to_loop():
                self.task.progress = int(100 * part)
            if pictures:
                laid_out[:] = [pictures]
            if pictures and time.monotonic() - shown > BETWEEN:
                self._show(pictures)
                shown = time.monotonic()

    def _show(self, pictures):
        packed = [packed_positions(positions) for positions in pictures]
        self.pictures.data = dict(xy=[xy.ravel() for xy, _ in packed], scale=[scale for _, scale in packed])
