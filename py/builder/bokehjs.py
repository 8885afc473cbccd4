"""bokeh.js: BokehJS and Panel's models, only those that the page draws with; a model that they lack ends the build."""

import re
import shutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from builder import contract, prerender
from builder.project import CACHE, NPM_LOCK, PYTHON_LOCK, ROOT, BuildError, run
from builder.stamps import Step

FOLDER, NAME = CACHE / "bokehjs", "bokeh.js"
PICTURES = ROOT / "static" / "cells" / "pictures.js"
PACKER, QUICKER = (Path(__file__).with_name(name) for name in ("bokehjs.mjs", "bokeh-quicker.js"))
PANEL = Path(find_spec("panel").submodule_search_locations[0]) / "dist" / "lib"  # without importing it
LISTS = {  # modules of Bokeh in Python, and of BokehJS
    "bokeh.models.widgets": "@bokehjs/models/widgets",
    "bokeh.models.css": "@bokehjs/models/dom",
    "bokeh.models.dom": "@bokehjs/models/dom",
}
HEAD = """\
import * as Bokeh from "@bokehjs/index";
import { register_models } from "@bokehjs/base";
import { ViewManager } from "@bokehjs/core/view_manager";
import { Document } from "@bokehjs/document";
import "./py/builder/bokeh-quicker.js";"""
FOOT = "globalThis.Bokeh = { ...Bokeh, Document, ViewManager };"
BY_ITSELF = {"DocumentConfig"}  # registered by BokehJS's documents


def make():
    shutil.rmtree(FOLDER, ignore_errors=True)
    document, _ = prerender.read()
    pack(in_document(document) | quoted_in(PICTURES), FOLDER / NAME)


def in_document(document):
    """The names of the models in a document's JSON."""
    return {model["name"] for model in contract.models(document).values()}


def quoted_in(path):
    """The names of Bokeh's models that a module of static/ has in quotes."""
    return {name for name in re.findall(r'"(\w+)"', path.read_text(encoding="utf-8")) if name in known()}


def known():
    """{name: class} of Bokeh's models."""
    import_module("bokeh.plotting")  # all of them
    from bokeh.model import Model

    return Model.model_class_reverse_map


def pack(names, out):
    """Write the script with the models of these names, which are those of documents.

    Raises BuildError if there is no such model.
    """
    run(
        ["node", PACKER, PANEL, out],
        "BokehJS could not be packed: is there a model that it does not have?",
        input=entry(names).encode(),
    )


def entry(names):
    """A script that imports models and makes the global Bokeh that has them."""
    lines, models = [HEAD], sorted(names - BY_ITSELF)
    for i, name in enumerate(models):
        lines.append(f'import {{ {name.split(".")[-1]} as m{i} }} from "{list_with(name)}";')
    registered = ", ".join(f"m{i}" for i in range(len(models)))
    return "\n".join([*lines, f"register_models([{registered}]);", FOOT])


def list_with(name):
    """The module that exports a model, of BokehJS or of Panel."""
    if name.startswith("panel."):
        return "@panel/models/" + file_of(name.split(".")[-1])
    if name not in known():
        raise BuildError(f"Bokeh has no model {name}, which the page draws with.")
    module = known()[name].__module__
    return next((there for part, there in LISTS.items() if module.startswith(part)), "@bokehjs/models")


def file_of(name):
    """The file of Panel's that exports a model: its list imports more than is packed here, which is not installed."""
    found = re.search(rf'export {{ {name} }} from "./(\w+)"', (PANEL / "models" / "index.js").read_text())
    if not found:
        raise BuildError(f"Panel has no model {name} in its JavaScript, which the page draws with.")
    return found[1]


STEP = Step(
    "bokehjs",
    make,
    (FOLDER,),
    ("builder.bokehjs",),
    (prerender.MADE, PICTURES, PACKER, QUICKER, NPM_LOCK, PYTHON_LOCK),
    "Packing BokehJS",
)
