"""The neighbours of several words in each of the chosen models, as a table that can be copied."""

from dataclasses import dataclass

from bokeh.models import ColumnDataSource

from app.sources.map_plane import spelling
from app.sources.vector_sets import Model
from app.ui.controls import button, buttons, column, message, stop_button, text_field, waiting

NEAREST = 10  # neighbours of a word
MOST_WORDS = 100


@dataclass
class Found:
    """A word as the user typed it, a Model with its table, and [(neighbour, cosine)] of the word there, or None."""

    word: str
    model: Model
    table: str
    near: list | None


class NeighbourTable:
    """The table and its controls, bound to a ModelsState and its Task."""

    def __init__(self, state, task, sources):
        self.state, self.task, self.sources, self.found = state, task, sources, []
        self.table = ColumnDataSource(name="models-neighbours")
        disabled = waiting(state, task)
        line = message(state.param.words_message, "models-words-message")
        line.tags = [*line.tags, self.table]  # not drawn, but part of the document
        self.card = column(
            text_field(state.param.words, "models-asked", disabled, self.list, placeholder="cat, king, paris"),
            buttons(
                button("List", "models-list", self.list, disabled, primary=True),
                stop_button(task, "models-stop-list", "neighbours"),
            ),
            line,
        )
        self._show()
        sources.param.watch(self._follow, ["added", "switched", "renamed", "removed"], onlychanged=False)

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-asking": self.card}

    def _say(self, text):
        self.state.words_message = text

    async def list(self, event=None):
        """List the neighbours of the words in the chosen models; what was listed before stays if that fails."""
        await self.task.run("neighbours", self._say, self._list)

    async def _list(self):
        words, models = words_in(self.state.words), self.state.chosen
        if not models:
            raise ValueError("Choose a model first: tick its box in the table of models.")
        found = []
        for model in models:
            self._say(f"Asking {model.title} …")
            vectors, table = await self.sources.vectors(model.name), model.table
            for word in words:
                await self.task.yield_to_loop()
                known = spelling(word, vectors)
                found.append(Found(word, model, table, vectors.neighbours(known, NEAREST) if known else None))
        if unknown := [word for word in words if not any(row.near for row in found if row.word == word)]:
            raise ValueError(f"No ticked model has {', '.join(f'“{word}”' for word in unknown)}: choose other words.")
        self.found = sorted(found, key=lambda row: words.index(row.word))
        self._show()
        self._say("")

    def _follow(self, event):
        """Models have other names, others are gone or have other vectors: those are listed no more."""
        models = self.sources.models
        replaced = event.new if event.name == "added" else None
        self.found = [row for row in self.found if row.model in models and row.model.name != replaced]
        self._show()

    def _show(self):
        """List the neighbours, but not those in a table that is no longer chosen."""
        self.found = [row for row in self.found if row.table == row.model.table]
        self.table.data = dict(
            word=[row.word for row in self.found],
            model=[row.model.title for row in self.found],
            near=[[word for word, _ in row.near or []] for row in self.found],
            cosine=[[cosine for _, cosine in row.near or []] for row in self.found],
        )


def words_in(text):
    """The words of a list with commas, or semicolons or spaces, between them, each once; raises ValueError."""
    words = list(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))
    if not 1 <= len(words) <= MOST_WORDS:
        raise ValueError(
            f"These are {len(words):,} words; {MOST_WORDS} can be listed: leave some out." if words else "Write a word."
        )
    return words
