"""A sum of words, a − b + c, and the words nearest to it: the card, and what the map draws of it."""

import json

import panel as pn
from bokeh.models import ColumnDataSource

from app.figures.map.questions import Question
from app.sources.map_words import shown_name
from app.tasks.errors import reported
from app.ui.controls import button, buttons, column, message, text_field, waiting, widget

ANSWERS = 5
NO_SUM = dict(words=[], names=[], label=[], method=[])
QUESTION = ["a", "b", "c", "method", "keep_inputs"]  # the state's parameters that an answer depends on


class Sums(Question):
    """The card of a − b + c; the page draws its parallelogram. map: a Map, which looks words up and puts them on it."""

    def __init__(self, state, map):
        super().__init__(state, map, QUESTION)
        self.answers = ColumnDataSource(name="space-answers")
        self.sum = ColumnDataSource(name="space-sum")
        self.clear()
        disabled = waiting(state)
        terms = [
            text_field(state.param[name], f"space-{name}", disabled, self.ask, name=label)
            for name, label in [("a", "a"), ("b", "− b"), ("c", "+ c")]
        ]
        self.card = column(
            *terms,
            widget(pn.widgets.RadioButtonGroup, state.param.method, "space-method", disabled),
            widget(pn.widgets.Checkbox, state.param.keep_inputs, "space-keep-inputs", disabled),
            buttons(
                button("Work it out", "space-work-out", self.ask, disabled, primary=True),
                button("Clear", "space-clear-sum", self.clear, disabled),
            ),
            message(state.param.sum_message, "space-sum-message"),
        )

    async def keep(self, text):
        """Put words of the sum on the map for good; text: a JSON list of them."""
        with reported(self._say):
            words = await self.map.look_up(json.loads(text))
            self.map.put(words)
            self._say(f"On the map: {', '.join(map(shown_name, words))}. Undo, beside the map, takes them off.")

    def _say(self, text):
        self.state.sum_message = text

    async def _find(self):
        """((words, method, [(answer, score)]), text)."""
        state = self.state
        texts, method, keep_inputs = [state.a, state.b, state.c], state.method, state.keep_inputs
        for name, text in zip("abc", texts):
            if not text.strip():
                raise ValueError(f"There is no word for {name} yet: fill in all three.")
        a, b, c = await self.map.look_up(texts)
        projected = self.map.projected
        asked = [projected.spelling(word) for word in (b, a, c)]
        found = projected.vectors.analogy(*asked, ANSWERS, method, keep_inputs)
        if not found:
            raise ValueError("The vectors have no other words to answer with: keep the inputs among the answers.")
        answers = [(projected.as_on_map(word), score) for word, score in found]
        return ((a, b, c), method, answers), f"{_label(a, b, c)} ≈ {shown_name(answers[0][0])}"

    def _show(self, answer, text):
        words, method, answers = answer or ((), "", ())
        best = [word for word, _ in answers]
        self.map.send_rows([*words, *best])
        self.answers.data = dict(word=best, name=[*map(shown_name, best)], score=[score for _, score in answers])
        self.sum.data = _sum_columns(words, method) if answer else NO_SUM
        self._say(text)


def _sum_columns(words, method):
    """One row: the three words, and what the sum is called."""
    return dict(words=[list(words)], names=[[*map(shown_name, words)]], label=[_label(*words)], method=[method])


def _label(a, b, c):
    return f"{shown_name(a)} − {shown_name(b)} + {shown_name(c)}"
