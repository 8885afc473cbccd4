"""What build.py and its steps promise, also when things go wrong; without any network."""

import ast
import base64
import errno
import gzip
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path

import pytest

import build
from builder import archives, browsers, closure, downloads, environment, kernel, project, stamps, testing
from builder.project import DIST, ROOT, BuildError
from tests.copied import Project


@pytest.fixture
def cache(tmp_path, monkeypatch):
    for module in (downloads, kernel, stamps):
        monkeypatch.setattr(module, "CACHE", tmp_path)
    downloads.pyodide_wheel.cache_clear()
    yield tmp_path
    downloads.pyodide_wheel.cache_clear()


def test_a_wheel_with_another_hash_is_refused(cache, monkeypatch):
    for source in ("wheel_from_cdn", "wheel_from_carrier"):
        fake = lambda version, file: b"not the wheel"  # noqa: E731
        fake.__doc__ = source
        monkeypatch.setattr(downloads, source, fake)
    file = project.pyodide_lock()["packages"]["numpy"]["file_name"]
    (cache / file).write_bytes(b"damaged in the cache")
    with pytest.raises(BuildError) as refused:
        downloads.pyodide_wheel("numpy")
    assert str(refused.value).count("SHA-256") == 2 and file in str(refused.value)
    assert (cache / file).read_bytes() == b"damaged in the cache"


def test_no_wheel_to_be_had_names_both_sources(cache, monkeypatch):
    def nowhere(version, file):
        """nowhere"""
        raise OSError("no route to host")

    for source in ("wheel_from_cdn", "wheel_from_carrier"):
        monkeypatch.setattr(downloads, source, nowhere)
    with pytest.raises(BuildError, match="no route to host.*no route to host.*check the connection"):
        downloads.pyodide_wheel("numpy")
    assert list(cache.iterdir()) == []


def test_python_is_packed_after_the_wheel_that_it_is_packed_with(monkeypatch):
    """Side by side, each would fetch it, and one would sweep away what the other is fetching."""
    assert archives.STEP.needs(downloads.NUMPY)
    folders = []
    monkeypatch.setattr(downloads, "pip_download", lambda requirement, folder: folders.append(folder) or folder)
    for process in (1, 2):
        monkeypatch.setattr(downloads.os, "getpid", lambda process=process: process)
        downloads.carrier.__wrapped__()
    assert len(set(folders)) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    project.write_whole(path, b"old")
    (tmp_path / "file.part").symlink_to("/dev/full")
    monkeypatch.setattr(build, "main", lambda: project.write_whole(path, b"new"))
    with pytest.raises(SystemExit, match="The disk is full: free about 2 GB and run it again"):
        build.explained()
    assert path.read_bytes() == b"old"


def test_a_command_that_fails_for_want_of_room_says_so(monkeypatch):
    command = [sys.executable, "-c", "raise SystemExit(1)"]
    with pytest.raises(BuildError, match=r"Nothing was made \(status 1\)"):
        project.run(command, "nothing was made")
    monkeypatch.setattr(project, "LEAST_DISK", float("inf"))
    with pytest.raises(OSError) as full:
        project.run(command, "nothing was made")
    assert full.value.errno == errno.ENOSPC


def test_a_stamp_is_given_only_when_the_work_was_done(cache, monkeypatch):
    monkeypatch.setattr(stamps, "ROOT", cache)
    source, made = cache / "source", cache / "made"
    source.write_text("1")

    def fail():
        made.write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stamps.Step("work", fail, (made,), inputs=(source,)).run()
    step = stamps.Step("work", lambda: made.write_text("whole"), (made,), inputs=(source,))
    assert [step.run(), step.run()] == [True, False]
    source.write_text("2")
    assert step.stale() and step.run() and not step.stale()
    made.unlink()
    assert step.stale()


def test_an_old_python_is_named(monkeypatch):
    program = "import build, sys; print(*(getattr(m, '__file__', None) for m in sys.modules.values()), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    read = [file for file in done.stdout.splitlines() if Path(file).parent in (ROOT, ROOT / "py" / "builder")]
    assert len(read) >= 4
    for file in read:
        ast.parse(Path(file).read_text(), feature_version=(3, 8))  # so that an old one gets as far as saying it
    monkeypatch.setattr(environment.sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(environment.sys, "version", "3.10.4 (main)")
    with pytest.raises(BuildError, match=r"Python 3\.10\.4, but 3\.11 or newer is needed"):
        environment.set_up(for_tests=False)


def test_an_old_node_is_named(monkeypatch):
    class Finished:
        stdout = "v18.1.0\n"

    monkeypatch.setattr(environment.shutil, "which", lambda name: "/somewhere/node")
    monkeypatch.setattr(environment.subprocess, "run", lambda *args, **options: Finished)
    with pytest.raises(BuildError, match=r"Node v18\.1\.0.*20"):
        environment.check_node()


def test_the_pinned_pyodide_is_the_installed_one():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]["pyodide"]
    assert project.pyodide_lock()["info"]["version"] == wanted


def test_without_a_compiler_the_build_goes_on_and_says_what_it_costs(cache, capsys):
    library = cache / "kernel-emscripten-wasm32.bin"
    with kernel.compiler() as zig:
        kernel.compile_kernel(library, lambda *paths: [["cc", "--no-such-option"]], zig)
    assert list(cache.glob("*.bin*")) == []
    told = capsys.readouterr().out
    assert told.startswith("kernel-emscripten-wasm32.bin could not be compiled (") and told.endswith(
        "NumPy's slow path.\n"
    )
    assert told.count("\n") == 1


def test_a_kernel_is_compiled_aside_and_put_in_place(cache):
    library = cache / "kernel-emscripten-wasm32.bin"
    with kernel.compiler() as zig:
        kernel.compile_kernel(library, kernel.for_the_page, zig)
    assert (
        library.read_bytes().startswith(b"\0asm")
        and not library.with_name("kernel-emscripten-wasm32.bin.part").exists()
    )


def test_an_old_kernel_does_not_outlive_a_failure(cache, monkeypatch):
    monkeypatch.setattr(kernel, "KERNEL", cache)
    monkeypatch.setattr(kernel, "SOURCES", [cache / "kernel.c"])
    (cache / "kernel.c").write_text("this is not C")
    for machine in (kernel.PAGE, *kernel.TARGETS):
        kernel.library(machine).write_bytes(b"of yesterday")
    kernel.make()
    assert list(cache.glob("*.bin")) == []


@pytest.mark.page
def test_the_page_carries_the_kernel():
    packed = [gzip.decompress(archive.read_bytes()) for archive in (DIST / "runtime").glob("*.zip.bin")]
    names = [name for data in packed for name in zipfile.ZipFile(io.BytesIO(data)).namelist()]
    kernels = [name for name in names if name.startswith("embedlab/kernel/kernel-")]
    assert kernels == ["embedlab/kernel/kernel-emscripten-wasm32.bin"]


# -- what is made again ----------------------------------------------------------------------------------------

STALE = """
from builder import data, page
print(*(step.name for step in (*data.STEPS, *page.PARTS) if step.stale()))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project in which nothing is stale."""
    copy = Project(tmp_path_factory.mktemp("copy"))
    assert copy.run(STALE).split() == []
    return copy


@pytest.mark.page
@pytest.mark.parametrize(
    "file,stale",
    [
        ("app/ui/palette.py", "toy-run panels archives document contract drawings measured chapter"),
        ("app/panels/optimisers.py", "panels archives document"),
        ("app/sources/packaged.py", "glove panels archives document contract drawings measured chapter"),
        ("app/figures/dynamics/log.py", "archives document"),
        ("app/figures/dynamics/columns.py", "toy-run archives document drawings"),
        ("app/chapter/render.py", "source outputs chapter"),
        ("app/chapter/word2vec.md", "outputs chapter"),
        ("app/panels/pmi.html", "chapter"),
        ("app/panels/noise.py", "measured chapter"),
        ("py/embedlab/attention.py", "archives source outputs wheel"),
        (
            "py/embedlab/dictionary.py",
            "dictionary test-sets glove panels archives document contract drawings source outputs measured chapter "
            "wheel",
        ),
        ("py/embedlab/kernel/kernel.c", "kernel archives measured"),
        ("py/embedlab/kernel/common.h", "kernel archives measured"),
        ("py/embedlab/kernel/layout.c", "kernel archives"),
        ("py/exercises/cbow.py", "archives wheel"),
        ("py/lab/pictures.py", "archives outputs wheel"),
        ("py/builder/toy_run.py", "toy-run"),
        ("py/builder/server.py", ""),
        ("static/ui/plane.js", "static"),
        ("static/cells/pictures.js", "static bokehjs"),
        ("static/styles/widgets.css", "static archives document"),
        ("static/contract/planted.js", "static"),
        ("index.html", "chapter"),
    ],
)
def test_a_change_makes_stale_what_depends_on_it_and_nothing_else(copy, file, stale):
    path = copy.folder / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    path.write_bytes((before or b"") + b"\n")
    try:
        assert set(copy.run(STALE).split()) == set(stale.split())
    finally:
        path.write_bytes(before) if before else path.unlink()


@pytest.mark.page
def test_a_cell_runs_again_when_what_it_imports_has_changed(copy):
    program = """
from app.chapter.render import cells
from builder import outputs
every = {name: source for file in outputs.text_files() for name, source in cells(file.read_text()).items()}
for name in every: print(name, outputs.key(every, name), "embedlab.tying" in every[name])
"""
    before = copy.run(program).splitlines()
    copy.edit("py/embedlab/tying.py", '"""', '"""Planted. ')
    changed = set(copy.run(program).splitlines()) - set(before)
    copy.edit("py/embedlab/tying.py", '"""Planted. ', '"""')
    assert changed and all(line.endswith("True") for line in changed)
    assert len(changed) == sum(line.endswith("True") for line in before)


def test_imports_are_followed_wherever_they_stand(tmp_path, monkeypatch):
    monkeypatch.setattr(closure, "search_path", lambda: (tmp_path / "py", tmp_path))
    closure.located.cache_clear()
    for file, text in {
        "py/entry.py": "import json\ndef f():\n    from pack.sub import inner",
        "py/pack/__init__.py": "from . import beside",
        "py/pack/beside.py": "",
        "py/pack/sub/inner.py": "from ..other import x",
        "py/pack/other.py": "import numpy.linalg",
        "py/pack/never.py": "",
        "py/builder/step.py": "import pack.never",
        "py/builder/entry.py": "from builder import step",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    files, outside = closure.closure(["entry"])
    names = {file.relative_to(tmp_path / "py").as_posix() for file in files}
    assert names == {"entry.py", "pack/__init__.py", "pack/beside.py", "pack/sub/inner.py", "pack/other.py"}
    assert {"json", "numpy.linalg"} <= outside
    assert [file.name for file in closure.files("builder.entry")] == ["entry.py", "step.py"]  # a step of its own
    closure.located.cache_clear()


@pytest.mark.page
def test_a_build_that_is_cut_off_leaves_the_old_page(copy):
    copy.run("from builder import page; page.STEP.run()")
    done = copy.run("""
from builder import page
before = (page.DIST / "index.html").read_bytes()
def fail(*args): raise ZeroDivisionError
page.html = fail
page.STEP.stamp.write_text("of another time")
try: page.STEP.run()
except ZeroDivisionError: print((page.DIST / "index.html").read_bytes() == before, page.STEP.stamp.exists())
""")
    assert done.splitlines()[-1] == "True False"


# -- addresses, versions, locks --------------------------------------------------------------------------------


@pytest.mark.page
def test_every_file_of_the_runtime_has_its_hash_in_its_address():
    page = (DIST / "index.html").read_text(encoding="utf-8")
    runtime = json.loads(re.search(r'id="lab-runtime"[^>]*>(.*?)</script>', page)[1])
    loader = DIST / Path(runtime["pyodide"]["url"]).parent
    together = b"".join((loader / name).read_bytes() for name in ("pyodide.mjs", "pyodide.asm.js"))
    assert loader.name == f"pyodide-{sha256(together).hexdigest()[:12]}"
    assert {path.name for path in loader.iterdir()} == {"pyodide.mjs", "pyodide.asm.js"}
    addressed = dict(file["url"].split("?") for file in runtime.values() if "?" in file["url"])
    for path in [*(DIST / "runtime").glob("*.*"), *(DIST / "data").iterdir(), *(DIST / "static").glob("*worker.js")]:
        expected = addressed[path.relative_to(DIST).as_posix()]
        assert sha256(path.read_bytes()).hexdigest().startswith(expected) and len(expected) == 12


@pytest.mark.page
def test_the_page_knows_what_every_file_that_it_fetches_holds():
    page = (DIST / "index.html").read_text(encoding="utf-8")
    for name in ("lab-document", "lab-runtime"):
        crc, text = re.search(rf'id="{name}" data-crc="(\d+)">(.*?)</script>', page).groups()
        assert zlib.crc32(text.encode()) == int(crc)
    files = json.loads(text)
    named = {file["url"].split("?")[0] for file in files.values()}
    for file in files.values():
        data = (DIST / file["url"].split("?")[0]).read_bytes()
        assert (len(data), zlib.crc32(data)) == (file["bytes"], file["crc"])
    head = re.findall(r'(?:src|href)="(static/[^"?]+)[^"]*" integrity="sha256-([^"]+)"', page)
    for name, expected in head:
        assert base64.b64encode(sha256((DIST / name).read_bytes()).digest()).decode() == expected
    scripts = {f"static/{path.name}" for path in (DIST / "static").glob("*.js")} - {"static/before-paint.js"}
    assert scripts == {name for name, _ in head if name.endswith(".js")} | {
        n for n in named if n.startswith("static/") and n.endswith(".js")
    }


@pytest.mark.page
def test_the_scripts_and_the_style_sheet_have_their_hash_in_their_address():
    page = (DIST / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="(static/[^"/]+[.](?:js|css))([^"]*)"', page)
    named = [(name, query) for name, query in named if "/chunk-" not in name]  # their names carry it
    assert {name for name, _ in named} >= {
        "static/before-paint.js",
        "static/main.js",
        "static/page.css",
        "static/katex.css",
    }
    for name, query in named:
        assert query == f"?{sha256((DIST / name).read_bytes()).hexdigest()[:12]}"


def test_versions_are_written_once():
    oldest, pyodide = "{}.{}".format(*project.oldest_python()), project.pyodide_lock()["info"]["python"]
    code = [ROOT / "build.py", *(ROOT / "static").rglob("*.js"), *(ROOT / ".github").rglob("*.yml")]
    code += [path for kind in ("*.py", "*.mjs") for top in ("py", "app", "tests") for path in (ROOT / top).rglob(kind)]
    for path in code:
        text = path.read_text(encoding="utf-8")
        if path != Path(__file__):
            assert not re.search(r"python-?3\.?\d\d|py3\d\d|Python 3\.\d\d|[Nn]ode(\.js)? v?\d\d", text), path
    for path in [ROOT / "pyproject.toml", *ROOT.glob("*.md")]:
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"(?<!C)Python (3\.\d+)", text)) <= {oldest}, path
        assert set(re.findall(r"CPython (3\.\d+)", text)) <= {pyodide.rsplit(".", 1)[0]}, path
        assert set(re.findall(r"Node (\d+)", text)) <= {str(project.oldest_node())}, path


def test_the_locks_agree():
    pinned = [
        re.findall(r"^[a-z]\S*==\S+", path.read_text(), re.M) for path in (project.PYTHON_LOCK, project.TEST_LOCK)
    ]
    assert set(pinned[0]) < set(pinned[1])


# -- what a command needs --------------------------------------------------------------------------------------


def test_everything_after_test_goes_to_pytest():
    assert build.arguments(["test", "-k", "sgns"]).arguments == ["-k", "sgns"]
    assert build.arguments(["test", "--fast"]).arguments == ["--fast"]
    assert build.arguments(["serve", "--port", "1"]).port == 1
    with pytest.raises(SystemExit):
        build.arguments(["-k", "sgns"])


def test_a_name_without_a_path_is_looked_for_in_the_units():
    units = str(ROOT / "tests" / "unit")
    assert (
        testing.selection(["-k", "sgns"])
        == [units, "-k", "sgns"]
        == [units, *testing.selection([units, "-k", "sgns"])[1:]]
    )
    assert testing.selection(["-x"]) == [*testing.selection([]), "-x"] == [str(ROOT / "tests"), *testing.PARALLEL, "-x"]
    assert testing.selection(["tests/test_app.py::test_x", "-q"]) == ["tests/test_app.py::test_x", "-q"]


@pytest.mark.parametrize(
    "arguments,needed",
    [
        ([], True),
        (["--fast"], False),
        (["-k", "sgns"], False),
        (["tests/unit/test_sgns.py"], False),
        (["tests/browser/test_page.py"], True),
        (["tests/test_build.py", "-k", "kernel_does_not_outlive"], False),
        (["tests/test_build.py", "-k", "carries"], True),
    ],
)
def test_only_what_reads_the_page_needs_it(arguments, needed, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert testing.needs(testing.PAGE, arguments) is needed


@pytest.mark.parametrize("arguments,needed", [([], True), (["tests/browser"], False), (["tests/engines"], True)])
def test_only_the_tests_of_engines_need_all_browsers(arguments, needed, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert testing.needs(testing.ENGINES, arguments) is needed


@pytest.fixture
def machine(monkeypatch):
    """A machine where nobody is root: the programs that are there, and the commands that were run."""
    there, commands = {"chromium"}, []

    def run(command, **options):
        commands.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(browsers.shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    monkeypatch.setattr(browsers.subprocess, "run", run)
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 1000)
    return there, commands


def test_browsers_that_cannot_be_installed_are_named_in_a_line(machine, capsys):
    there, commands = machine
    there.add("WebKitWebDriver")  # without a screen
    browsers.install(engines=True)
    assert "in Firefox and WebKit are skipped" in capsys.readouterr().out and commands == []
    browsers.install()
    there |= {"firefox", "Xvfb"}
    browsers.install(engines=True)
    assert capsys.readouterr().out == "" and commands == []


def test_what_is_missing_is_installed_in_one_go_and_chromium_is_a_must(machine, monkeypatch):
    there, commands = machine
    there |= {"apt-get", "firefox-esr"}
    there.remove("chromium")
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 0)
    with pytest.raises(BuildError, match="no browser to test with"):
        browsers.install(engines=True)
    [install] = [command for command in commands if "install" in command and "apt-get" in command]
    assert {"chromium", "webkit2gtk-driver", "xvfb"} <= set(install) and "firefox-esr" not in install


def test_benchmarks_of_the_page_need_it():
    assert [testing.benchmark_needs_page(prefix) for prefix in ("", "page", "kernel", "kernel.v20k.chromium")] == [
        True
    ] * 4
    assert not testing.benchmark_needs_page("quality") and not testing.benchmark_needs_page("kernel.numpy")
