"""What the text of the settings is read as: shown before anything is trained, and handed on as a Corpus."""

from app.sources.corpora import YOURS
from app.tasks.task import Task
from embedlab.numbers import counted

LISTED = 30  # phrases


class Understood:
    """Reads the text of a TrainingState in a Task of its own, whenever it changes, unless `training`, a Task, runs."""

    def __init__(self, state, corpora, training):
        self.state, self.corpora, self.training, self.task = state, corpora, training, Task()
        state.param.watch(self.show, ["corpus", "text", "min_count", "phrases_above"])

    async def show(self, *events):
        """Show what the user's text, or the phrases asked for, are read as."""
        state = self.state
        typed = isinstance(self.corpora.own, str)
        if state.corpus == YOURS and (state.text.strip() or not typed) or state.phrases_above:
            await self.task.run_latest("reading", self._say, self._read)
        else:
            state.param.update(understood="", phrases="")

    def stop(self):
        self.task.stop()

    def _say(self, text, part=None):
        if not self.training.busy:  # else that says it
            self.state.param.update(understood=text, phrases="")

    async def _read(self):
        await self.corpus(self.task, self._say)

    async def corpus(self, task, report):
        """The Corpus of the settings, read in a Task; shows what was understood."""
        state = self.state
        if state.corpus == YOURS and (state.text.strip() or isinstance(self.corpora.own, str)):
            self.corpora.own = state.text
        corpus = await self.corpora.corpus(state.corpus, state.min_count, state.phrases_above, task, report)
        state.param.update(
            understood=self.corpora.understood(corpus) if state.corpus == YOURS else "",
            phrases=phrases_in_words(corpus.phrases) if state.phrases_above else "",
        )
        return corpus


def phrases_in_words(phrases):
    """[(phrase, times)] as a list to read."""
    if not phrases:
        return "No phrases were found: lower the threshold."
    listed = ", ".join(f"{phrase} ({times:,})" for phrase, times in phrases[:LISTED])
    which = ", the commonest" if len(phrases) > LISTED else ""
    return f"{counted(len(phrases), 'phrase')} joined{which}: {listed}."
