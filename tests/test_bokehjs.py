"""bokeh.js holds the models that the page draws with; one that it cannot have ends the build."""

import ast
import json
import re

import pytest

from builder import bokehjs, prerender
from builder.project import ROOT, BuildError

BASES = {"LayoutDOM"}  # that Python imports to tell what a model is


def test_what_the_app_may_make_later_is_in_the_document():
    """Only what is in the document is packed."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "app").rglob("*.py")]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {name.name for node in imports if node.module == "bokeh.models" for name in node.names}
    assert names - BASES <= bokehjs.in_document(prerender.read()[0])
    assert "GlyphRenderer" in bokehjs.in_document(prerender.read()[0])


def test_the_models_of_the_cells_pictures_are_found(tmp_path):
    assert bokehjs.quoted_in(bokehjs.PICTURES) >= {"VBar", "Dodge", "CategoricalAxis", "BasicTicker", "LegendItem"}
    module = tmp_path / "module.js"
    module.write_text('model("Wedge", { font: "Inter", glyph: Circle })')
    assert bokehjs.quoted_in(module) == {"Wedge"}
    elsewhere = [
        path for path in (ROOT / "static").rglob("*.js") if 'type: "object"' in path.read_text(encoding="utf-8")
    ]
    assert elsewhere == [bokehjs.PICTURES]


def test_a_model_is_imported_from_where_it_is():
    script = bokehjs.entry({"Div", "Span", "InlineStyleSheet", "panel.models.widgets.TextInput", "DocumentConfig"})
    found = dict(re.findall(r'import { (\w+) as m\d } from "(.+)"', script))
    assert found == {
        "Div": "@bokehjs/models/widgets",
        "Span": "@bokehjs/models",
        "InlineStyleSheet": "@bokehjs/models/dom",
        "TextInput": "@panel/models/text_input",
    }
    assert "register_models([m0, m1, m2, m3])" in script


@pytest.mark.parametrize("name", ["Nonesuch", "panel.models.widgets.Nonesuch"])
def test_a_model_that_is_not_known_ends_the_build(name):
    with pytest.raises(BuildError, match="has no model Nonesuch"):
        bokehjs.entry({"Plot", name})


def test_a_model_that_only_python_has_ends_the_build(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(bokehjs, "known", lambda: {"Nonesuch": type})
    with pytest.raises(BuildError, match="BokehJS could not be packed"):
        bokehjs.pack({"Nonesuch"}, tmp_path / "bokeh.js")
    assert "Nonesuch" in capfd.readouterr().err


def test_bokehjs_is_of_the_version_of_bokeh():
    from bokeh import __version__

    assert json.loads((ROOT / "package.json").read_text())["dependencies"]["@bokeh/bokehjs"] == __version__


def test_no_style_sets_a_variable_that_bokeh_is_not_let_to_ask_for():
    sheets = [*(ROOT / "static").rglob("*.css"), *(ROOT / "app").rglob("*.py"), *(ROOT / "static").rglob("*.js")]
    assert [path for path in sheets if "--bk-" in path.read_text(encoding="utf-8")] == []
