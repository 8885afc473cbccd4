"""Questions to the vectors that the map stands on: a sum of words, the odd one out."""

import panel as pn
from bokeh.models import ColumnDataSource

from app.ui.messages import said
from app.ui.stylesheets import BUTTONS

ANSWERS = 8


class Arithmetic:
    """a − b + c on a card of its own; the map draws the sum. map: the Space, which knows and places words."""

    def __init__(self, state, map):
        self.state, self.map = state, map
        self.answers = ColumnDataSource(name="space-answers")
        self.sum = ColumnDataSource(name="space-sum")
        self.clear()
        waiting = pn.bind(lambda live: not live, state.param.live)
        terms = [
            pn.widgets.TextInput.from_param(
                state.param[name], name=label, tags=[f"space-{name}"], disabled=waiting, sizing_mode="stretch_width"
            )
            for name, label in [("a", "a"), ("b", "− b"), ("c", "+ c")]
        ]
        method = pn.widgets.RadioButtonGroup.from_param(state.param.method, disabled=waiting, tags=["space-method"])
        keep = pn.widgets.Checkbox.from_param(state.param.keep_inputs, disabled=waiting, tags=["space-keep-inputs"])
        ask = pn.widgets.Button(
            name="Work it out", button_type="primary", disabled=waiting, tags=["space-work-out"], on_click=self.ask
        )
        clear = pn.widgets.Button(name="Clear", disabled=waiting, tags=["space-clear-sum"], on_click=self.clear)
        self.card = pn.Column(
            *terms,
            method,
            keep,
            pn.Row(ask, clear, stylesheets=[BUTTONS]),
            said(state.param.sum_message, "space-sum-message"),
            sizing_mode="stretch_width",
        )

    async def ask(self, event=None):
        """Answer a − b + c and draw the sum."""
        await self.map.answering(self._say, self._ask())

    def _say(self, text):
        self.state.sum_message = text

    async def _ask(self):
        state, texts = self.state, [self.state.a.strip(), self.state.b.strip(), self.state.c.strip()]
        if not all(texts):
            raise ValueError("Fill in all three words first.")
        a, b, c = words = await self.map.known(texts)
        ground = self.map.ground
        asked = [ground.spelling(word) for word in (b, a, c)]
        answers = ground.vectors.analogy(*asked, ANSWERS, state.method, state.keep_inputs)
        if not answers:
            raise ValueError("The vectors have no other words to answer with.")
        (best,) = await self.map.known([answers[0][0]])
        self.map.put([*words, best])
        (xa, ya), (xb, yb), (xc, yc) = ground.positions(words)
        tip = (xc + xa - xb, yc + ya - yb)
        self.sum.data = dict(x0=[xb, xc], y0=[yb, yc], x1=[xa, tip[0]], y1=[ya, tip[1]], label=["", f"{a} − {b} + {c}"])
        self.answers.data = dict(word=[word for word, _ in answers], score=[score for _, score in answers])
        self._say(f"{a} − {b} + {c} ≈ {best}")

    def clear(self, event=None):
        """Take the sum and its answers away; the words stay on the map."""
        self.sum.data = dict(x0=[], y0=[], x1=[], y1=[], label=[])
        self.answers.data = dict(word=[], score=[])
        self._say("")


class OddOneOut:
    """Which of some words is least like the others, on a card of its own; map: the Space."""

    def __init__(self, state, map):
        self.state, self.map = state, map
        self.scores = ColumnDataSource(name="space-odd-scores")
        self.clear()
        waiting = pn.bind(lambda live: not live, state.param.live)
        words = pn.widgets.TextInput.from_param(
            state.param.odd, disabled=waiting, tags=["space-odd-words"], sizing_mode="stretch_width"
        )
        ask = pn.widgets.Button(
            name="Find the odd one", button_type="primary", disabled=waiting, tags=["space-find-odd"], on_click=self.ask
        )
        self.card = pn.Column(
            words,
            pn.Row(ask, stylesheets=[BUTTONS]),
            said(state.param.odd_message, "space-odd-message"),
            sizing_mode="stretch_width",
        )

    async def ask(self, event=None):
        """Find the odd one; what was found before goes if there is none."""
        self.clear()
        await self.map.answering(self._say, self._ask())

    def _say(self, text):
        self.state.odd_message = text

    async def _ask(self):
        texts = self.state.odd.replace(",", " ").replace(";", " ").split()
        if len(texts) < 3:
            raise ValueError("Write three words or more, with commas between them.")
        words = await self.map.known(texts)
        odd, scores = self.map.ground.vectors.odd_one_out([self.map.ground.spelling(word) for word in words])
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        self.scores.data = dict(word=[word for word, _ in ranked], score=[score for _, score in ranked])
        self._say(f"The odd one out is {odd}.")

    def clear(self):
        """Take the answer away."""
        self.scores.data = dict(word=[], score=[])
        self._say("")
