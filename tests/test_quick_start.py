"""The page's Python starts with less of Panel and Bokeh, and gives the same document; what is missing is named."""

import importlib.util
import json
import subprocess
import sys

import pytest

from app.absent import NAMES
from builder.project import python_path

OPENED = """
import json, sys, types
if "without" in sys.argv:
    from app import absent
    sys.modules["_pyodide"] = types.ModuleType("pyodide")  # by which Panel knows where it is
    absent.leave_out()
if "remembering" in sys.argv:
    from app import quicker
    quicker.remember_defaults()
from app.main import App
from bokeh.embed.util import standalone_docs_json_and_render_items
document, places = App().document()
[drawn] = standalone_docs_json_and_render_items(document.roots, suppress_callback_warning=True)[0].values()
print(json.dumps(dict(models=sorted([model.id, type(model).__qualified_model__] for model in document.models),
                      places=places, modules=list(sys.modules), roots=drawn["roots"])))
"""
NEEDED = """
from app import absent
absent.leave_out()
import panel as pn
try:
    pn.widgets.Player()
except NotImplementedError as error:
    print(error)
"""


def printed(program, *args):
    done = subprocess.run([sys.executable, "-c", program, *args], capture_output=True, text=True, env=python_path())
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def opened():
    """What an interpreter that starts so and so says of the document: {how: {models, places, modules, roots}}."""
    return {how: json.loads(printed(OPENED, how)) for how in ("whole", "without", "remembering")}


def test_the_models_are_the_same_with_and_without_what_is_left_out(opened):
    for what in ("models", "places"):
        assert opened["without"][what] == opened["whole"][what]


def test_all_that_is_named_exists_and_would_be_imported(opened):
    assert [name for name in sorted(NAMES) if not importlib.util.find_spec(name)] == []
    assert sorted(NAMES - set(opened["without"]["modules"])) == []


def test_the_document_is_the_same_where_defaults_are_remembered(opened):
    assert opened["remembering"]["roots"] == opened["whole"]["roots"]


def test_what_needs_something_that_is_left_out_is_told_where_it_is_named():
    told = "panel.widgets.player.Player is not in the page: take panel.widgets.player off NAMES in app/absent.py."
    assert told in printed(NEEDED)
