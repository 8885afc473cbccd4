"""The odd one out of some words: the card; the page marks the words on the map."""

from bokeh.models import ColumnDataSource

from app.figures.map.questions import Question
from app.sources.map_words import shown_name
from app.sources.typed import split_words
from app.ui.controls import button, buttons, column, message, text_field, waiting


class OddOneOut(Question):
    """The card of the question which of some words is least like the others; map: a Map."""

    def __init__(self, state, map):
        super().__init__(state, map, "odd")
        self.scores = ColumnDataSource(name="space-odd-scores")
        self.clear()
        disabled = waiting(state)
        self.card = column(
            text_field(state.param.odd, "space-odd-words", disabled, self.ask),
            buttons(
                button("Find the odd one", "space-find-odd", self.ask, disabled, primary=True),
                button("Clear", "space-clear-odd", self.clear, disabled),
            ),
            message(state.param.odd_message, "space-odd-message"),
        )

    def _say(self, text):
        self.state.odd_message = text

    async def _find(self):
        """([(word, score)], text), the odd one last."""
        texts = split_words(self.state.odd)
        if len(texts) < 3:
            raise ValueError("Write three words or more, with commas between them.")
        words, projected = await self.map.look_up(texts), self.map.projected
        _, scores = projected.vectors.odd_one_out([projected.spelling(word) for word in words])
        ranked = sorted(zip(words, scores.values()), key=lambda item: -item[1])
        return ranked, f"The odd one out is {shown_name(ranked[-1][0])}."

    def _show(self, ranked, text):
        words = [word for word, _ in ranked or ()]
        self.scores.data = dict(word=words, name=[*map(shown_name, words)], score=[score for _, score in ranked or ()])
        self._say(text)
