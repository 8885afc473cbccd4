"""The app's document as JSON, with {place: root id}, drawn in a fresh interpreter, so that ids count from the start."""

import json
import subprocess
import sys

from builder.archives import WIDGETS_CSS
from builder.project import CACHE, DATA, PYTHON_LOCK, python_path, run, write_whole
from builder.stamps import Step

MADE = CACHE / "document.json"


def make():
    program = "from builder.prerender import document; print(document())"
    out = run(
        [sys.executable, "-c", program], "the app could not be drawn", stdout=subprocess.PIPE, env=python_path()
    ).stdout
    write_whole(MADE, out.splitlines()[-1])


def document():
    """[the document, {place: root id}] as JSON text."""
    from bokeh.embed.util import standalone_docs_json_and_render_items

    from app.main import App

    drawn, places = App().document()
    docs, _ = standalone_docs_json_and_render_items(drawn.roots, suppress_callback_warning=True)
    return json.dumps([next(iter(docs.values())), places])


def read():
    """The document and {place: root id}."""
    return json.loads(MADE.read_bytes())


STEP = Step(
    "document",
    make,
    (MADE,),
    ("builder.prerender",),
    (DATA, WIDGETS_CSS, PYTHON_LOCK),
    "Drawing the figures",
)
