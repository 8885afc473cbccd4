"""Wires figures and panels into one document; also runs under `panel serve app/main.py`."""

from pathlib import Path

import panel as pn
from bokeh.document import Document
from bokeh.models import InlineStyleSheet, LayoutDOM, Plot
from panel.io.state import set_curdoc

from app.figures.atlas.controller import Atlas
from app.figures.atlas.state import AtlasState
from app.figures.dynamics.controller import Dynamics
from app.figures.dynamics.state import DynamicsState
from app.figures.map.controller import Map
from app.figures.map.state import MapState
from app.figures.models.compare import Compare
from app.figures.models.neighbours import NeighbourTable
from app.figures.models.save_load import SaveLoad
from app.figures.models.scores import Scores
from app.figures.models.state import ModelsState
from app.figures.models.table import ModelTable
from app.figures.training.controller import Training
from app.figures.training.state import TrainingState
from app.keep.keeper import Keeper
from app.panels.charlm import CharLm, CharState
from app.panels.layouts import Layouts, LayoutsState
from app.panels.lens import Lens, LensState
from app.panels.optimisers import Optimisers, OptimiserState
from app.panels.pmi import Pmi, PmiState
from app.sources import packaged
from app.sources.corpora import Corpora
from app.sources.projected import ProjectedVectors
from app.sources.vector_sets import GLOVE, Sources
from app.tasks.task import Task
from app.ui.bridge import Bridge
from app.ui.stylesheets import OWN

WIDGETS_CSS = Path(__file__).parent.parent / "static" / "styles" / "widgets.css"


class App:
    """The page's live parts: figures and panels and, by place in index.html, their roots."""

    def __init__(self):
        self.bridge, self.sources = Bridge(), Sources(packaged.Glove())
        keeper = Keeper(self.sources, self.bridge)
        glove = ProjectedVectors(GLOVE, packaged.map_vectors(), packaged.neighbours(), packaged.GLOVE_WORDS)
        models, task, tests = ModelsState(), Task(), packaged.test_sets()
        table = ModelTable(models, self.sources, self.bridge)
        map_ = Map(MapState(), glove, self.sources, self.bridge)
        files = SaveLoad(models, task, self.sources, self.bridge)
        atlas = Atlas(AtlasState(), self.sources, map_.choice, files, self.bridge)
        map_.view.choice.on_change("data", atlas.follow_map)
        self.parts = [
            Dynamics(DynamicsState(), packaged.toy_run(), self.bridge),
            map_,
            Training(TrainingState(), Corpora(), self.sources, self.bridge, tests, keeper),
            table,
            files,
            Scores(models, task, self.sources, table, tests, self.bridge),
            NeighbourTable(models, task, self.sources),
            Compare(models, task, self.sources, table, self.bridge),
            atlas,
            Optimisers(OptimiserState()),
            Pmi(PmiState()),
            Layouts(LayoutsState(), self.sources),
            Lens(LensState(), glove.vectors),
            CharLm(CharState()),
        ]
        self.roots = {place: root for part in self.parts for place, root in part.roots().items()}

    def go_live(self):
        """Let the controls that need Python be used."""
        for part in self.parts:
            part.state.live = True

    def document(self):
        """A Bokeh Document with all roots, and {place: id of its root}."""
        document, places = Document(), {}
        with set_curdoc(document), document.models.freeze():  # one walk through all models, at the end
            for place, root in self.roots.items():
                if isinstance(root, LayoutDOM):
                    document.add_root(root)
                else:
                    root.server_doc(document, location=False)
                places[place] = document.roots[-1].id
            style(document.roots)
        return document, places


def style(roots):
    """Give widgets the names in their tags, and the page's look in place of Panel's style sheets.

    Panel links its sheets from a CDN, and the page asks no other origin for anything.
    """
    sheet = InlineStyleSheet(css=WIDGETS_CSS.read_text())
    for model in widgets(roots):
        names = [tag for tag in model.tags if isinstance(tag, str)]
        own = [css for css in model.stylesheets if isinstance(css, str) and css.startswith(OWN)]
        model.update(name=names[0] if names else model.name, margin=0, stylesheets=[sheet, *own])


def widgets(models):
    """Panel's models among some that are drawn, and those within them."""
    for model in models:
        if isinstance(model, LayoutDOM) and not isinstance(model, Plot):
            yield model
            yield from widgets(getattr(model, "children", ()))


if __name__.startswith("bokeh_app"):
    app = App()
    app.go_live()
    for root in app.roots.values():
        pn.panel(root).servable()
