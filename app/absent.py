"""Parts of Panel and Bokeh, and what these need, that the page has no use for: empty modules stand in their place.

`import panel` imports all of Panel and of Bokeh's models: half as much again as the app needs of them, to download and
to execute. Only app/session.py leaves these modules out: under CPython the app has all, and gives the same models.
"""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

NAMES = frozenset(
    f"{package}.{name}".strip(".")
    for package, names in {
        "": "tqdm yaml",
        "panel": "chat custom interact pipeline template",
        "panel.io": "embed notebook profile pyodide save",  # pyodide needs eval, which is forbidden
        "panel.layout": "accordion card feed flex float grid gridstack modal spacer swipe tabs",
        "panel.models": "browser datetime_picker esm ipywidget location time_picker trend",
        "panel.pane": "alert deckgl echarts equation holoviews ipywidget media perspective placeholder plot plotly "
        "streamz textual vega vizzu vtk",
        "panel.theme": "bootstrap fast material",
        "panel.widgets": "codeeditor debugger file_selector misc player speech_to_text tables terminal text_to_speech "
        "texteditor widget",
        "bokeh": "protocol",
        "bokeh.embed": "server wrappers",
        "bokeh.io": "export",
        "bokeh.models": "graphs map_plots",
        "bokeh.models.renderers": "contour_renderer graph_renderer",
        "bokeh.models.widgets": "tables",
    }.items()
    for name in names.split()
)


class Empty(ModuleType):
    """A module in which every name is a class; to make an object of one raises NotImplementedError."""

    __all__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        found = type(name, (), {"__module__": self.__name__, "__new__": refuse})
        setattr(self, name, found)
        return found


def refuse(cls, *args, **kwargs):
    raise NotImplementedError(
        f"{cls.__module__}.{cls.__qualname__} is not in the page: take {cls.__module__} off NAMES in app/absent.py."
    )


class Finder:
    """Finds NAMES, and modules below them, before Python looks for their files."""

    def find_spec(self, name, path=None, target=None):
        parts = name.split(".")
        if any(".".join(parts[:end]) in NAMES for end in range(1, len(parts) + 1)):
            return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Empty(spec.name)

    def exec_module(self, module):
        """There is nothing in it."""


def leave_out():
    """From now on imports find empty modules; before the first import of Panel."""
    sys.meta_path.insert(0, Finder())
