"""Scores of the chosen vectors beside GloVe's: word pairs judged by people, and analogy questions."""

import time
from math import nan

import panel as pn
from bokeh.models import ColumnDataSource

from app.sources.vector_sets import GLOVE
from app.tasks.breath import Breath
from app.ui.messages import said
from app.ui.stylesheets import BUTTONS
from embedlab.evaluate import analogies, parse_analogies, parse_pairs, word_pairs

PAIRS = {"WordSim-353": "wordsim353.tsv", "SimLex-999": "simlex999.txt"}
ANALOGIES, QUESTIONS = "Analogies", "questions-words.txt"
PICTURE = 0.4  # seconds between two pictures of a score that grows


def rows_of(pair_scores, analogy_score):
    """{row's name: (score, covered, total)}: the tests, then the categories of the analogies."""
    rows = {name: (score.rho, score.covered, score.total) for name, score in pair_scores.items()}
    if analogy_score:
        tallies = {ANALOGIES: analogy_score.overall} | analogy_score.categories
        rows |= {name: (tally.accuracy, tally.asked, tally.total) for name, tally in tallies.items()}
    return rows


class Scores:
    """The table and its button, bound to a ModelsState and its Work; test_sets: packaged.test_sets()."""

    def __init__(self, state, work, sources, test_sets):
        self.state, self.work, self.sources, self.test_sets = state, work, sources, test_sets
        self.table = ColumnDataSource(name="models-scores")
        self._glove = {}
        self._show("", {})
        waiting = pn.bind(lambda live, busy: not live or bool(busy), state.param.live, work.param.busy)
        working = pn.bind(lambda busy: busy == "scores", work.param.busy)
        start = pn.widgets.Button(
            name="Score", button_type="primary", disabled=waiting, tags=["models-score"], on_click=self.score
        )
        stop = pn.widgets.Button(
            name="Stop",
            disabled=pn.bind(lambda working: not working, working),
            tags=["models-stop-score"],
            on_click=work.stop,
        )
        progress = pn.indicators.Progress(
            value=work.param.progress,
            max=100,
            visible=working,
            sizing_mode="stretch_width",
            tags=["models-score-progress"],
        )
        message = said(state.param.score_message, "models-score-message")
        message.tags = [*message.tags, self.table]  # not drawn, but part of the document
        self.card = pn.Column(
            pn.Row(start, stop, stylesheets=[BUTTONS]), progress, message, sizing_mode="stretch_width"
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-scoring": self.card}

    def _say(self, text):
        self.state.score_message = text

    async def score(self, event=None):
        """Score the chosen vectors, then GloVe's, which are scored only once."""
        await self.work.do("scores", self._say, self._score)

    async def _score(self):
        name, mine = self.state.source, {}
        self._say("Loading the tests …")
        texts = await self.test_sets.get()
        vectors = await self.sources.vectors(name)
        if name != GLOVE:
            self._say(f"Scoring {name} …")
            await self._test(vectors, texts, mine, lambda: self._show(name, mine))
        if not self._glove:
            self._say(f"Scoring {GLOVE} …")
            glove = {}
            await self._test(await self.sources.vectors(GLOVE), texts, glove, lambda: self._show(name, mine, glove))
            self._glove = glove
        self._show(name, mine, self._glove)
        self._say("")

    async def _test(self, vectors, texts, rows, show):
        """Fill rows with `rows_of` of the vectors, showing them as they grow; raises Stopped."""
        pairs = {test: word_pairs(vectors, parse_pairs(texts[file])) for test, file in PAIRS.items()}
        breath, drawn = Breath(), time.monotonic()
        for score in analogies(vectors, parse_analogies(texts[QUESTIONS])):
            if await breath.taken():
                self.work.check()
                self.work.progress = int(100 * score.overall.asked / max(score.overall.covered, 1))
                if time.monotonic() - drawn > PICTURE:
                    rows |= rows_of(pairs, score)
                    show()
                    drawn = time.monotonic()
        rows |= rows_of(pairs, score)
        show()

    def _show(self, name, mine, glove=None):
        """Put what is known so far in the table; NaN where there is no score."""
        glove, nothing = glove or {}, (None, 0, 0)
        names = list(mine or glove)
        scores = [[rows.get(row, nothing) for row in names] for rows in (mine, glove)]
        self.table.data = dict(
            row=names,
            name=[name] * len(names),
            total=[max(a[2], b[2]) for a, b in zip(*scores)],
            mine=[nan if score is None else score for score, _, _ in scores[0]],
            mine_of=[of for _, of, _ in scores[0]],
            glove=[nan if score is None else score for score, _, _ in scores[1]],
            glove_of=[of for _, of, _ in scores[1]],
        )
