"""Scores of the chosen models: word pairs judged by people, and analogy questions, the page's and the user's own."""

from math import nan

from bokeh.models import ColumnDataSource

from app.sources.packaged import QUESTIONS, SIMLEX, WORDSIM
from app.tasks.errors import reported
from app.ui.controls import button, buttons, column, message, progress_bar, stop_button, waiting
from embedlab.evaluate import BadTestSet, PairScore, analogies, parse_test_set, word_pairs
from embedlab.numbers import counted
from embedlab.reader import TextDecoder

FILES = {"WordSim-353": WORDSIM, "SimLex-999": SIMLEX, "Analogies": QUESTIONS}
COLUMNS = dict(zip(("wordsim", "simlex", "analogies"), FILES))  # of the table of models
AUTOPSY = ("kept", "gives_b", "gives_c", "near_c")  # columns of an analogy score, counts of a Tally
MOST_TEST = 5_000_000  # bytes of a file
PICTURE = 0.4  # seconds between two pictures of a score that grows


def main_scores(scores):
    """Columns of a model's scores {test: score}: of the page's own tests, with the parts that they cover, or NaN."""
    columns = {}
    for name, test in COLUMNS.items():
        row = rows_of(test, scores[test])[0] if test in scores else dict(score=nan, of=nan, total=1)
        columns |= {name: row["score"], f"{name}_part": row["of"] / row["total"]}
    return columns


def rows_of(test, score):
    """A test's row, then those of its sections, as dicts; score NaN where there is none."""
    if isinstance(score, PairScore):
        row = dict(test=test, section="", pairs=True, score=nan if score.rho is None else score.rho)
        return [row | dict(of=score.covered, total=score.total) | dict.fromkeys(AUTOPSY, nan)]
    tallies = {"": score.overall} | score.categories
    return [dict(test=test, section=section, pairs=False, **shares(tally)) for section, tally in tallies.items()]


def shares(tally):
    """A Tally's columns: parts of the questions that were asked, NaN before the first."""
    counts = dict(score=tally.correct) | {name: getattr(tally, name) for name in AUTOPSY}
    parts = {name: tally.share(count) if tally.asked else nan for name, count in counts.items()}
    return parts | dict(of=tally.asked, total=tally.total)


def is_whole(score):
    """Whether all that a test asks was asked."""
    return isinstance(score, PairScore) or score is not None and score.overall.asked == score.overall.covered


class Scores:
    """The table and its button, bound to a ModelsState and its Task; test_sets: packaged.test_sets().

    table: the ModelTable, which shows the main scores too.
    """

    def __init__(self, state, task, sources, table, test_sets, bridge):
        self.state, self.task, self.sources, self.models, self.test_sets = state, task, sources, table, test_sets
        self.own = {}  # the user's tests: {name: pairs or {category: questions}}
        self.table = ColumnDataSource(name="models-scores")
        self._show()
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
        bridge.on("models-score", self.score_one)
        bridge.on("models-test", self.open_test)
        bridge.on("models-remove-test", self.remove_test)
        state.param.watch(self._show, "chosen")
        sources.param.watch(self._show, ["added", "switched", "renamed"], onlychanged=False)

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-scoring": self.card}

    def _say(self, text):
        self.state.score_message = text

    async def score_one(self, name):
        """Score a model, beside another one."""
        self.models.choose_with(name)
        await self.score()

    async def score(self, event=None):
        """Score the chosen models; what was scored before is not scored again."""
        await self.task.run("scores", self._say, self._score)

    async def _score(self):
        if not self.state.chosen:
            raise ValueError("Choose a model first: tick its box in the table of models.")
        self._say("Loading the tests …")
        tests = await self._tests()
        for model in self.state.chosen:
            self._say(f"Scoring {model.title} …")
            vectors, scores = await self.sources.vectors(model.name), model.scores
            for name, test in tests.items():
                if not is_whole(scores.get(name)):
                    await self._test(vectors, name, test, scores)
        self._say("")

    async def _tests(self):
        """{test: its pairs or its questions}, the user's first: they are the shorter ones."""
        texts = await self.test_sets.get()
        return self.own | {test: parse_test_set(texts[file]) for test, file in FILES.items()}

    async def _test(self, vectors, name, test, scores):
        """Fill in a test's score, showing it as it grows; raises Stopped."""

        def show(score):
            scores[name] = score
            self._show()
            self.models.refresh()

        if isinstance(test, list):
            show(word_pairs(vectors, test))
        else:
            steps = ((score.overall.asked / max(score.overall.covered, 1), score) for score in analogies(vectors, test))
            show(await self.task.follow(steps, show, PICTURE))

    def _show(self, *events):
        """One row for each model, test and section that has a score."""
        rows = [
            dict(model=model.title, own=test in self.own, **row)
            for model in self.state.chosen
            for test in [*FILES, *self.own]
            if test in model.scores
            for row in rows_of(test, model.scores[test])
        ]
        names = ("model", "own", "test", "section", "pairs", "score", *AUTOPSY, "of", "total")
        self.table.data = {name: [row[name] for row in rows] for name in names}

    # -- the user's tests ------------------------------------------------------------------------------------

    async def open_test(self, file):
        """Take the word pairs or analogies of a UserFile as a test, in place of those of a file of the same name."""
        with reported(self._say):
            if file.size > MOST_TEST:
                raise ValueError(
                    f"“{file.name}” has {counted(file.size, 'byte')}; a test may have {MOST_TEST:,}: cut it down."
                )
            text = TextDecoder().feed(await file.read(), final=True)
            try:
                test = parse_test_set(text)
            except BadTestSet as error:
                raise ValueError(f"“{file.name}”: {error}") from None
            name = f"{file.name} (yours)" if file.name in FILES else file.name
            self._forget(name)
            self.own[name] = test
            self._say(f"{name} is there: {described(test)}. Press Score to score the ticked models with it too.")

    def remove_test(self, name):
        """Let one of the user's tests go, with its scores."""
        self.own.pop(name, None)
        self._forget(name)
        self._say(f"{name} is removed.")

    def _forget(self, test):
        """Forget all scores of a test."""
        for model in self.sources.models:
            for scores in model.scores_of.values():
                scores.pop(test, None)
        self._show()


def described(test):
    """What a test holds, in words."""
    if isinstance(test, list):
        return counted(len(test), "word pair")
    questions = sum(map(len, test.values()))
    return f"{counted(questions, 'analogy', 'analogies')} in {counted(len(test), 'section')}"
