"""Imports go one way: build.py -> app -> py/embedlab <- py/exercises <- py/lab; vectors know nothing of training."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCIENCE = sys.stdlib_module_names | {"numpy", "embedlab"}  # all that embedlab may import
CHECKS = SCIENCE | {"exercises"}  # all that the checks of the exercises may import
APART = {
    "projection",
    "vectors",
    "evaluate",
    "compare",
    "words",
    "formats",
    "textfiles",
    "tying",
}  # know nothing of ...
TRAINING = {
    "text",
    "reader",
    "corpora",
    "dictionary",
    "embedding",
    "optim",
    "sgns",
    "cbow",
    "kernel",
    "minibatch",
    "word2vec",
    "history",
    "pmi",
    "softmax",
    "charlm",
    "names",
    "attention",
}


def imports(path):
    """Dotted names that a file imports; relative ones are given from embedlab."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ".".join(filter(None, ["embedlab" if node.level else "", node.module]))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def violations(root):
    """ "file imports name" for each import under root that goes the wrong way."""
    found = []
    for path in sorted((root / "py" / "embedlab").rglob("*.py")):
        for name in imports(path):
            package, _, inside = name.partition(".")
            wrong_layer = package not in SCIENCE
            wrong_side = path.stem in APART and package == "embedlab" and inside.split(".")[0] in TRAINING
            found += [f"{path.name} imports {name}"] * (wrong_layer or wrong_side)
    for path in sorted((root / "py" / "exercises").glob("*.py")):
        found += [f"{path.name} imports {name}" for name in imports(path) if name.split(".")[0] not in CHECKS]
    for layer, above in [("app", {"build"}), ("py/lab", {"build", "app", "panel", "bokeh", "param"})]:
        for path in sorted((root / layer).rglob("*.py")):
            found += [f"{path.name} imports {name}" for name in imports(path) if name.split(".")[0] in above]
    return found


def test_this_project_imports_one_way():
    assert violations(ROOT) == []


@pytest.mark.parametrize(
    "file,line,name",
    [
        ("py/embedlab/sgns.py", "import panel as pn", "panel"),
        ("py/embedlab/text.py", "from bokeh.models import Arrow", "bokeh.models.Arrow"),
        ("py/embedlab/vectors.py", "def f():\n    import js", "js"),
        ("py/embedlab/optim.py", "from pyodide.ffi import to_js", "pyodide.ffi.to_js"),
        ("py/embedlab/kernel/face.py", "from app import state", "app.state"),
        ("py/embedlab/history.py", "import build", "build"),
        ("py/embedlab/vectors.py", "from embedlab.text import Vocabulary", "embedlab.text.Vocabulary"),
        ("py/embedlab/projection.py", "from embedlab import sgns", "embedlab.sgns"),
        ("py/embedlab/evaluate.py", "import embedlab.cbow", "embedlab.cbow"),
        ("py/embedlab/words.py", "from .history import History", "embedlab.history.History"),
        ("py/embedlab/words.py", "from . import text", "embedlab.text"),
        ("py/embedlab/formats.py", "from embedlab.corpora import unpack", "embedlab.corpora.unpack"),
        ("app/main.py", "from build import pack", "build.pack"),
        ("py/lab/pictures.py", "import bokeh.models", "bokeh.models"),
        ("py/lab/cells.py", "from app import state", "app.state"),
        ("py/embedlab/sgns.py", "from lab import Frames", "lab.Frames"),
    ],
)
def test_a_planted_violation_is_caught(tmp_path, file, line, name):
    for good in ("py/embedlab/pmi.py", "app/views.py"):
        (tmp_path / good).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "py/embedlab/pmi.py").write_text("import json\nimport numpy\nfrom embedlab.text import tokenize")
    (tmp_path / "app/views.py").write_text("import panel\nfrom embedlab import sgns")
    assert violations(tmp_path) == []
    (tmp_path / file).parent.mkdir(exist_ok=True, parents=True)
    (tmp_path / file).write_text(line)
    assert violations(tmp_path) == [f"{Path(file).name} imports {name}"]
