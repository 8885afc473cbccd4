"""Wires states and views into one document; also runs under `panel serve app/main.py`."""

from pathlib import Path

import panel as pn
from bokeh.document import Document
from bokeh.models import InlineStyleSheet, LayoutDOM, Plot
from panel.io.state import set_curdoc

from app.figures.dynamics.state import DynamicsState
from app.figures.dynamics.view import Dynamics
from app.figures.map.state import SpaceState
from app.figures.map.view import Space
from app.figures.models.compare import SideBySide
from app.figures.models.save_load import Keeping
from app.figures.models.scores import Scores
from app.figures.models.state import ModelsState
from app.figures.training.state import TrainingState
from app.figures.training.view import Training
from app.panels.charlm import CharLm, CharState
from app.panels.lens import Lens, LensState
from app.panels.optimisers import Optimisers, OptimiserState
from app.panels.pmi import Pmi, PmiState
from app.sources import packaged
from app.sources.corpora import Texts
from app.sources.projected import Ground
from app.sources.vector_sets import GLOVE, Sources
from app.tasks.task import Work
from app.ui.bridge import Bridge
from app.ui.stylesheets import OWN

WIDGETS_CSS = Path(__file__).parent.parent / "static" / "styles" / "widgets.css"


class App:
    """The page's live parts: their states, their views and, by place in index.html, their roots."""

    def __init__(self):
        self.bridge, self.sources = Bridge(), Sources(packaged.Glove())
        self.dynamics = Dynamics(DynamicsState(), packaged.toy_run(), self.bridge)
        glove = Ground(GLOVE, packaged.map_vectors(), packaged.neighbours(), packaged.GLOVE_WORDS)
        self.space = Space(SpaceState(), glove, self.sources, self.bridge)
        self.training = Training(TrainingState(), Texts(), self.sources, self.bridge)
        models, work = ModelsState(), Work()
        self.views = [
            self.dynamics,
            self.space,
            self.training,
            Keeping(models, work, self.sources, self.bridge),
            Scores(models, work, self.sources, packaged.test_sets()),
            SideBySide(models, work, self.sources, self.bridge),
            Optimisers(OptimiserState()),
            Pmi(PmiState()),
            Lens(LensState(), glove.vectors),
            CharLm(CharState()),
        ]
        self.roots = {place: root for view in self.views for place, root in view.roots().items()}

    def go_live(self):
        """Let the controls that need Python be used."""
        for view in self.views:
            view.state.live = True

    def document(self):
        """A Bokeh Document with all roots, and {place: id of its root}."""
        document, places = Document(), {}
        with set_curdoc(document), document.models.freeze():  # else each change walks through all models
            for place, root in self.roots.items():
                if isinstance(root, LayoutDOM):
                    document.add_root(root)
                else:
                    root.server_doc(document, location=False)
                places[place] = document.roots[-1].id
        with document.models.freeze():
            dress(document)
        return document, places


def dress(document):
    """Give models the names in their tags, and widgets the page's look in place of Panel's style sheets.

    Panel links its sheets from a CDN, and the page asks no other origin for anything.
    """
    sheet = InlineStyleSheet(css=WIDGETS_CSS.read_text())
    for model in sorted(document.models, key=lambda model: model.id):
        names = [tag for tag in model.tags if isinstance(tag, str)]
        if isinstance(model, LayoutDOM) and not isinstance(model, Plot):
            model.update(name=names[0] if names else model.name, margin=0)
            own = [css for css in model.stylesheets if isinstance(css, str) and css.startswith(OWN)]
            model.stylesheets = [sheet, *own]


if __name__.startswith("bokeh_app"):
    app = App()
    app.go_live()
    for root in app.roots.values():
        pn.panel(root).servable()
