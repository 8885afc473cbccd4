"""The models as a table: one place where they are named, chosen and removed."""

import json
from math import nan

from bokeh.models import ColumnDataSource

from app.figures.models.scores import main_scores
from app.sources.vector_sets import GLOVE
from app.tasks.errors import reported
from app.ui.controls import message


class ModelTable:
    """The rows, bound to a ModelsState and Sources; those that are ticked are the state's `chosen`."""

    def __init__(self, state, sources, bridge):
        self.state, self.sources = state, sources
        self.rows = ColumnDataSource(name="models-table")
        self.line = message(state.param.table_message, "models-table-message")
        self.line.tags = [*self.line.tags, self.rows]  # not drawn, but part of the document
        state.chosen = [sources.model(GLOVE)]
        self.refresh()
        state.param.watch(self.refresh, "chosen", onlychanged=False)
        sources.param.watch(lambda event: self.choose_with(event.new), "added", onlychanged=False)
        sources.param.watch(self.refresh, ["switched", "renamed"], onlychanged=False)
        sources.param.watch(self._forget, "removed", onlychanged=False)
        bridge.on("models-tick", self.tick)
        bridge.on("models-rename", self.rename)
        bridge.on("models-switch", self.switch)
        bridge.on("models-remove", self.remove)

    def roots(self):
        """{place in index.html: what is drawn there}."""
        return {"models-listed": self.line}

    def refresh(self, event=None):
        """Show what is known of the models; NaN stands for nothing."""
        models, chosen = self.sources.models, self.state.chosen
        scores = [main_scores(model.scores) for model in models]
        self.rows.data = dict(
            name=[model.name for model in models],
            settings=[model.settings for model in models],
            table=[model.table if model.tables else "" for model in models],
            chosen=[model in chosen for model in models],
            loss=[nan if model.loss is None else model.loss for model in models],
            seconds=[nan if model.seconds is None else model.seconds for model in models],
            size=[model.shape[0] for model in models],
            dim=[model.shape[1] for model in models],
            bytes=[model.bytes for model in models],
            **{test: [row[test] for row in scores] for test in scores[0]},
        )

    # -- which are chosen ------------------------------------------------------------------------------------

    def tick(self, text):
        """Tick a model, or tick it no more; text: JSON, a list of its name and whether it is to be ticked."""
        name, ticked = json.loads(text)
        others = [model.name for model in self.state.chosen if model.name != name]
        self.choose([*others, name] if ticked else others)

    def choose(self, names):
        """Tick the models of these names and no others."""
        self.state.chosen = [model for model in self.sources.models if model.name in names]

    def choose_with(self, name):
        """Tick a model beside the first other one that is ticked, or beside GloVe."""
        others = [model.name for model in self.state.chosen if model.name != name]
        self.choose([name, *(others[:1] or [GLOVE])])

    def _forget(self, event):
        self.choose([model.name for model in self.state.chosen])

    # -- what is done with one -------------------------------------------------------------------------------

    def _say(self, text):
        self.state.table_message = text

    def rename(self, text):
        """Give a model another name; text: JSON, a list of its name and the new one."""
        old, new = json.loads(text)
        with reported(self._say):
            self.sources.rename(old, new)
            self._say("")

    def switch(self, text):
        """Choose a trained model's table; text: JSON, a list of its name and one of TABLES."""
        with reported(self._say):
            self.sources.switch(*json.loads(text))

    def remove(self, name):
        """Let a model go."""
        freed = self.sources.model(name).bytes
        with reported(self._say):
            self.sources.remove(name)
            self._say(f"{name} is removed, {freed / 1e6:.1f} MB are free again.")
