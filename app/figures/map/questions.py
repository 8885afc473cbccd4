"""Questions to the vectors of the map: a sum of words, the odd one out."""

import panel as pn
from bokeh.models import ColumnDataSource

from app.tasks.errors import reported
from app.ui.controls import button, buttons, column, field, message, waiting, widget

ANSWERS = 8


class Arithmetic:
    """a − b + c on a card of its own; the map draws the sum. map: a Map, which looks words up and puts them on it."""

    def __init__(self, state, map):
        self.state, self.map = state, map
        self.answers = ColumnDataSource(name="space-answers")
        self.sum = ColumnDataSource(name="space-sum")
        self.clear()
        disabled = waiting(state)
        terms = [
            field(pn.widgets.TextInput, state.param[name], f"space-{name}", disabled, name=label)
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

    async def ask(self, event=None):
        """Answer a − b + c and draw the sum."""
        with reported(self._say):
            await self._ask()

    def _say(self, text):
        self.state.sum_message = text

    async def _ask(self):
        state, texts = self.state, [self.state.a.strip(), self.state.b.strip(), self.state.c.strip()]
        if not all(texts):
            raise ValueError("Fill in all three words first.")
        a, b, c = words = await self.map.look_up(texts)
        projected = self.map.projected
        asked = [projected.spelling(word) for word in (b, a, c)]
        answers = projected.vectors.analogy(*asked, ANSWERS, state.method, state.keep_inputs)
        if not answers:
            raise ValueError("The vectors have no other words to answer with.")
        (best,) = await self.map.look_up([answers[0][0]])
        self.map.put([*words, best])
        self._draw(f"{a} − {b} + {c}", *projected.positions(words))
        self.answers.data = dict(word=[word for word, _ in answers], score=[score for _, score in answers])
        self._say(f"{a} − {b} + {c} ≈ {best}")

    def _draw(self, label, a, b, c):
        """The arrow from b to a, and the same one from c; a, b, c: (2,)."""
        tip = c + a - b
        self.sum.data = dict(x0=[b[0], c[0]], y0=[b[1], c[1]], x1=[a[0], tip[0]], y1=[a[1], tip[1]], label=["", label])

    def clear(self, event=None):
        """Take the sum and its answers away; the words stay on the map."""
        self.sum.data = dict(x0=[], y0=[], x1=[], y1=[], label=[])
        self.answers.data = dict(word=[], score=[])
        self._say("")


class OddOneOut:
    """Which of some words is least like the others, on a card of its own; map: a Map."""

    def __init__(self, state, map):
        self.state, self.map = state, map
        self.scores = ColumnDataSource(name="space-odd-scores")
        self.clear()
        disabled = waiting(state)
        self.card = column(
            field(pn.widgets.TextInput, state.param.odd, "space-odd-words", disabled),
            buttons(button("Find the odd one", "space-find-odd", self.ask, disabled, primary=True)),
            message(state.param.odd_message, "space-odd-message"),
        )

    async def ask(self, event=None):
        """Find the odd one; what was found before goes if there is none."""
        self.clear()
        with reported(self._say):
            await self._ask()

    def _say(self, text):
        self.state.odd_message = text

    async def _ask(self):
        texts = self.state.odd.replace(",", " ").replace(";", " ").split()
        if len(texts) < 3:
            raise ValueError("Write three words or more, with commas between them.")
        words, projected = await self.map.look_up(texts), self.map.projected
        odd, scores = projected.vectors.odd_one_out([projected.spelling(word) for word in words])
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        self.scores.data = dict(word=[word for word, _ in ranked], score=[score for _, score in ranked])
        self._say(f"The odd one out is {odd}.")

    def clear(self):
        """Take the answer away."""
        self.scores.data = dict(word=[], score=[])
        self._say("")
