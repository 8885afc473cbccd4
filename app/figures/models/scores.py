"""Scores of the chosen vectors beside GloVe's: word pairs judged by people, and analogy questions."""

from math import nan

from bokeh.models import ColumnDataSource

from app.sources.vector_sets import GLOVE
from app.ui.controls import button, buttons, column, message, progress_bar, stop_button, waiting
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
    """The table and its button, bound to a ModelsState and its Task; test_sets: packaged.test_sets()."""

    def __init__(self, state, task, sources, test_sets):
        self.state, self.task, self.sources, self.test_sets = state, task, sources, test_sets
        self.table = ColumnDataSource(name="models-scores")
        self._glove = {}
        self._show("", {})
        line = message(state.param.score_message, "models-score-message")
        line.tags = [*line.tags, self.table]  # not drawn, but part of the document
        self.card = column(
            buttons(
                button("Score", "models-score", self.score, waiting(state, task), primary=True),
                stop_button(task, "models-stop-score", "scores"),
            ),
            progress_bar(task, "models-score-progress", "scores"),
            line,
        )

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-scoring": self.card}

    def _say(self, text):
        self.state.score_message = text

    async def score(self, event=None):
        """Score the chosen vectors, then GloVe's, which are scored only once."""
        await self.task.run("scores", self._say, self._score)

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

        def show_so_far(score):
            rows.update(rows_of(pairs, score))
            show()

        steps = (
            (score.overall.asked / max(score.overall.covered, 1), score)
            for score in analogies(vectors, parse_analogies(texts[QUESTIONS]))
        )
        show_so_far(await self.task.follow(steps, show_so_far, PICTURE))

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
