"""Imports go one way: build.py -> builder -> app -> lab, exercises, browser -> embedlab; rooms of app never meet."""

import ast
import re
import sys
from pathlib import Path

import pytest

import embedlab

ROOT = Path(__file__).resolve().parents[2]
OURS = {"app", "browser", "build", "builder", "embedlab", "exercises", "lab", "runtime", "tests"}
OTHERS = "any package that is not ours"
SHARED = {OTHERS, "embedlab", "app.ui", "app.tasks", "app.sources", "app.keep"}  # what every room of app may use
ROOMS = {"app.figures", "app.panels"}

# What the files of a layer may import besides the standard library; the first pattern that fits counts. {room} is the
# part of the path that the pattern's group takes.
LAYERS = {
    r"py/embedlab/(?:kernel/)?\w+": {"numpy", "embedlab"},
    r"py/browser/\w+": {"browser", "js", "pyodide"},
    r"py/exercises/\w+": {"numpy", "embedlab", "exercises"},
    r"py/lab/outside": {"pyodide"},
    r"py/lab/drawn": {"matplotlib"},
    r"py/lab/\w+": {"numpy", "embedlab", "exercises", "browser", "lab"},
    r"py/runtime/\w+": {OTHERS, "app", "embedlab", "lab"},  # run inside Pyodide by the build: they rehearse the app
    r"py/builder/\w+": {OTHERS, "app", "embedlab", "lab", "exercises", "browser", "builder"},
    r"app/figures/(\w+)/\w+": SHARED | {"app.figures.{room}"},
    r"app/panels/shared": SHARED,
    r"app/panels/(\w+)": SHARED | {"app.panels.shared", "app.panels.{room}"},
    r"app/ui/\w+": {OTHERS, "embedlab.numbers", "app.ui"},
    r"app/tasks/\w+": {OTHERS, "app.tasks"},
    r"app/sources/\w+": {OTHERS, "embedlab", "browser", "app.tasks", "app.sources"},
    r"app/keep/\w+": {OTHERS, "embedlab", "app.tasks", "app.sources", "app.keep"},
    r"app/chapter/\w+": {OTHERS, "app.chapter"},
    r"app/contract": SHARED | ROOMS,
    r"app/(absent|quicker)": {OTHERS},
    r"app/(main|session)": SHARED | ROOMS | {"app.main", "app.session", "app.absent", "app.quicker", "app.contract"},
}
EXCEPTIONS = {  # "file imports name": why
    f"py/builder/testing.py imports tests.{name}": "the command `bench` runs the benchmarks, which lie with the tests"
    for name in (
        "bench",
        *(f"bench_{part}" for part in ("files", "kernel", "layout", "offline", "quality", "training")),
    )
}

# embedlab's modules that know nothing of training, and those that the others may import.
APART = {
    *("compare", "evaluate", "gradients", "isotropy", "kernel", "nearest", "numbers", "projection", "tying", "vectors"),
    *("weat", "words", "graph", "layout"),
    *("arrayfiles", "binaryfiles", "foreign", "formats", "loaded", "projector", "textfiles", "textlayout"),
}
TRAINING = {
    *("text", "wordbreak", "phrases", "corpora", "content", "reader", "dictionary", "names"),
    *(
        "embedding",
        "optim",
        "sgns",
        "cbow",
        "softmax",
        "history",
        "pmi",
        "objective",
        "word2vec",
        "minibatch",
        "powers",
        "commandline",
        "__main__",
    ),
    *("charlm", "subword", "attention"),
}


def imports(path, package):
    """Dotted names that a file imports; relative ones are resolved from its package, such as app/ui."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split("/")[: len(package.split("/")) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_in(name, packages):
    """Whether a dotted name is one of the packages or inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def allowed_to(file):
    """What a file may import, from LAYERS; None if it is in no layer."""
    for pattern, packages in LAYERS.items():
        if found := re.fullmatch(pattern, file.removesuffix(".py")):
            return {package.format(room="".join(found.groups())) for package in packages}
    return None


def violations(root):
    """ "file imports name" for each import under app/ and py/ that goes the wrong way, "file is in no layer"."""
    found = []
    for path in sorted([*(root / "app").rglob("*.py"), *(root / "py").rglob("*.py")]):
        file = path.relative_to(root).as_posix()
        allowed = allowed_to(file)
        if allowed is None:
            found.append(f"{file} is in no layer")
            continue
        for name in imports(path, file.removeprefix("py/").rpartition("/")[0]):
            ours = is_in(name, OURS)
            right = is_in(name, sys.stdlib_module_names | allowed) or (OTHERS in allowed and not ours)
            apart = file.startswith("py/embedlab/") and path.stem in APART
            right &= not (apart and is_in(name, {f"embedlab.{module}" for module in TRAINING}))
            found += [f"{file} imports {name}"] * (not right)
    return found


def test_this_project_imports_one_way():
    assert [violation for violation in violations(ROOT) if violation not in EXCEPTIONS] == []


def test_every_exception_is_needed():
    assert set(EXCEPTIONS) - set(violations(ROOT)) == set()


def modules():
    """The names of embedlab's modules."""
    folder = ROOT / "py" / "embedlab"
    return {path.stem for path in folder.glob("*.py")} - {"__init__"} | {p.parent.name for p in folder.glob("*/*.py")}


def test_each_module_of_embedlab_is_on_one_side():
    assert modules() == APART | TRAINING and not APART & TRAINING


def test_the_reading_order_names_each_module_once_with_a_few_words():
    listed = re.findall(r"^    (\w+) +\S+ \S+", embedlab.__doc__, re.MULTILINE)
    assert sorted(listed) == sorted(modules())


PLANTED = [
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
    ("py/embedlab/sgns.py", "from lab import Frames", "lab.Frames"),
    ("py/embedlab/sgns.py", "from browser.fetch import fetch", "browser.fetch.fetch"),
    ("py/browser/fetch.py", "from embedlab import text", "embedlab.text"),
    ("py/exercises/cbow.py", "import lab.cells", "lab.cells"),
    ("py/lab/pictures.py", "import bokeh.models", "bokeh.models"),
    ("py/lab/cells.py", "from app import state", "app.state"),
    ("py/lab/data.py", "import js", "js"),
    ("app/main.py", "from build import pack", "build.pack"),
    ("app/main.py", "from builder import page", "builder.page"),
    ("app/main.py", "from app.chapter import render", "app.chapter.render"),
    ("app/main.py", "from tests import report", "tests.report"),
    (
        "app/figures/map/view.py",
        "from app.figures.models.state import ModelState",
        "app.figures.models.state.ModelState",
    ),
    ("app/figures/map/view.py", "from ..models import state", "app.figures.models.state"),
    ("app/figures/map/view.py", "from app import main", "app.main"),
    ("app/figures/map/view.py", "from app.panels import shared", "app.panels.shared"),
    ("app/figures/map/view.py", "from app.figures import mapping", "app.figures.mapping"),
    ("app/figures/map/view.py", "def f():\n    from lab import Plot", "lab.Plot"),
    ("app/panels/pmi.py", "from app.panels import lens", "app.panels.lens"),
    ("app/panels/pmi.py", "from app.figures.map import state", "app.figures.map.state"),
    ("app/panels/shared.py", "from . import pmi", "app.panels.pmi"),
    ("app/ui/palette.py", "from app.sources import map_words", "app.sources.map_words"),
    ("app/ui/palette.py", "from embedlab import text", "embedlab.text"),
    ("app/tasks/task.py", "from app.ui import controls", "app.ui.controls"),
    ("app/sources/map_words.py", "from app.ui import palette", "app.ui.palette"),
    ("app/sources/map_words.py", "from app.figures.map import view", "app.figures.map.view"),
    ("app/chapter/render.py", "from app.panels import noise", "app.panels.noise"),
    ("app/chapter/render.py", "from embedlab import text", "embedlab.text"),
    ("app/session.py", "import lab", "lab"),
    ("py/builder/page.py", "from tests.server import serving", "tests.server.serving"),
    ("py/builder/page.py", "import build", "build"),
    ("py/runtime/pack.py", "from builder import project", "builder.project"),
]
GOOD = {
    "py/embedlab/pmi.py": "import json\nimport numpy\nfrom embedlab.text import tokenize\nfrom . import sgns",
    "py/browser/fetch.py": "from js import URL\nimport pyodide.http",
    "py/lab/cells.py": "from browser.fetch import fetch\nfrom exercises import checking\nfrom .data import load_glove",
    "py/builder/page.py": "from app.main import App\nimport bokeh\nfrom builder import stamps",
    "app/main.py": "import panel\nfrom app.figures.map import view\nfrom app.panels import pmi, shared",
    "app/figures/map/view.py": "import panel\nfrom . import state\nfrom app.ui import palette\nimport embedlab.sgns",
    "app/panels/lens.py": "from app.panels.shared import slider\nfrom .shared import control",
    "app/sources/packaged.py": "from browser.fetch import fetch\nfrom app.tasks import task",
}


def plant(root, files):
    for file, source in files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(source)


@pytest.mark.parametrize("file,line,name", PLANTED)
def test_a_planted_violation_is_caught(tmp_path, file, line, name):
    plant(tmp_path, GOOD)
    assert violations(tmp_path) == []
    plant(tmp_path, {file: line})
    assert violations(tmp_path) == [f"{file} imports {name}"]


@pytest.mark.parametrize(
    "file",
    ["app/new.py", "app/rooms/view.py", "app/figures/view.py", "app/panels/pmi/view.py", "py/new.py", "py/new/a.py"]
    + ["py/__init__.py", "py/embedlab/models/sgns.py", "app/figures/map/deep/view.py"],
)
def test_a_file_in_an_unknown_place_is_caught(tmp_path, file):
    plant(tmp_path, GOOD | {file: ""})
    assert violations(tmp_path) == [f"{file} is in no layer"]
