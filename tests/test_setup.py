"""What is fetched, of which source, and steps side by side: without any network, but a server of this machine."""

import functools
import http.server
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from builder import closure, data, dictionary, downloads, glove, kernel, origins, page, project, stamps
from builder.project import ROOT, BuildError

WORDS = ["the", "naïve", "ﬁ", "1/2"]
MATRIX = np.array([[0.418, -2.9e-05], [1, 0.1], [-0.00066023, 2], [3, 4]], np.float32)
WORDNET = "".join(f"  {i} Licence \n" for i in (1, 2)) + "00001740 03 n 01 entity 0 000 | that which is \n"


class Ranges(http.server.SimpleHTTPRequestHandler):
    """Sends parts of files; notes what was asked for."""

    asked, ranges = [], True

    def log_message(self, *args):
        pass

    def end_headers(self):
        if self.ranges:
            self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def do_GET(self):
        self.asked.append(self.headers["Range"])
        if not self.headers["Range"]:
            return super().do_GET()
        first, last = map(int, re.findall(r"\d+", self.headers["Range"]))
        part = Path(self.translate_path(self.path)).read_bytes()[first : last + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)


@pytest.fixture
def site(tmp_path):
    """(a folder, its address, the handler)."""
    folder = tmp_path / "site"
    folder.mkdir()
    handler = type("Handler", (Ranges,), {"asked": []})
    served = functools.partial(handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), served) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}", handler
        server.shutdown()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    folder.mkdir()
    for module in (downloads, kernel, stamps, glove):
        monkeypatch.setattr(module, "CACHE", folder)
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    return folder


# -- second sources --------------------------------------------------------------------------------------------


@pytest.fixture
def stanford(site, cache, monkeypatch):
    """A server with an archive like Stanford's, and no package on PyPI."""
    folder, address, handler = site
    lines = "".join(f"{word} {' '.join(f'{x:.5g}' for x in row.tolist())}\n" for word, row in zip(WORDS, MATRIX))
    with zipfile.ZipFile(folder / "glove.zip", "w") as archive:
        archive.writestr("glove.6B.300d.txt", os.urandom(300_000))
        archive.writestr(glove.MEMBER, lines)
        archive.writestr("glove.6B.100d.txt", os.urandom(300_000))
    monkeypatch.setattr(glove, "ARCHIVE", f"{address}/glove.zip")
    monkeypatch.setattr(glove, "CONTENT", glove.content((WORDS, np.asfortranarray(MATRIX))))
    monkeypatch.setattr(glove, "FETCHED", cache / "glove.npz")
    monkeypatch.setattr(glove, "pip_download", lambda requirement, folder: None)
    return handler


def test_glove_comes_from_stanford_where_pypi_has_it_no_more_and_is_the_same(stanford, capsys):
    glove.fetch()
    with np.load(glove.FETCHED) as fetched:
        assert fetched["words"].tobytes().decode().split("\n") == WORDS
        assert fetched["matrix"].dtype == np.float32 and np.array_equal(fetched["matrix"], MATRIX)
    told = capsys.readouterr().out.splitlines()[1:]
    assert len(told) == 1 and re.search(r"taken from Stanford's.*PyPI's kumo.*pip found no wheel", told[0])


def test_of_an_archive_only_the_parts_that_are_read_are_fetched(stanford, monkeypatch):
    with origins.remote_zip(glove.ARCHIVE, piece=10_000) as archive:
        assert archive.read(glove.MEMBER).decode().split()[0] == WORDS[0]
    parts = [tuple(map(int, re.findall(r"\d+", part))) for part in stanford.asked]
    assert parts and sum(last + 1 - first for first, last in parts) < 60_000
    stanford.ranges = False
    with pytest.raises(OSError, match="ranges"):
        origins.remote_zip(glove.ARCHIVE)


def test_other_vectors_are_refused_and_nothing_is_kept(stanford, monkeypatch):
    monkeypatch.setattr(glove, "from_package", lambda: (WORDS, MATRIX + np.float32(1e-6)))
    monkeypatch.setattr(glove, "from_archive", lambda: (WORDS[::-1], MATRIX))
    with pytest.raises(BuildError) as refused:
        glove.fetch()
    assert str(refused.value).count("SHA-256") == 2 and "Stanford's" in str(refused.value)
    assert not glove.FETCHED.exists()


def test_where_both_are_gone_one_sentence_names_both_and_the_remedy(stanford, monkeypatch):
    monkeypatch.setattr(glove, "ARCHIVE", glove.ARCHIVE + ".gone")
    with pytest.raises(BuildError, match="PyPI's kumo.*Stanford's.*404.*check the connection and run it again"):
        glove.fetch()


@pytest.fixture
def princeton(site, monkeypatch, tmp_path):
    """A server with an archive like Princeton's, and no npm package."""
    folder, address, _ = site
    with tarfile.open(folder / "wn.tar.gz", "w:gz") as archive:
        for file in dictionary.FILES:
            text = WORDNET.replace("\n", "\r\n").encode()
            about = tarfile.TarInfo(file)
            about.size = len(text)
            archive.addfile(about, io.BytesIO(text))
    monkeypatch.setattr(dictionary, "ARCHIVE", f"{address}/wn.tar.gz")
    monkeypatch.setattr(dictionary, "WORDNET", tmp_path / "none")
    monkeypatch.setattr(dictionary, "CONTENT", dictionary.content([WORDNET] * 4))
    for name in ("SENTENCES", "LICENCE"):
        monkeypatch.setattr(dictionary, name, tmp_path / name)


def test_wordnet_comes_from_princeton_where_npm_has_it_no_more(princeton, capsys):
    from embedlab.dictionary import unpack

    dictionary.make()
    assert b"".join(unpack(dictionary.SENTENCES.read_bytes())).decode() == "\n".join(["entity that which is"] * 4)
    assert dictionary.LICENCE.read_text() == "Licence\nLicence\n"
    assert "WordNet: taken from Princeton's" in capsys.readouterr().out


def test_another_wordnet_is_refused(princeton, monkeypatch):
    monkeypatch.setattr(dictionary, "CONTENT", "0" * 64)
    with pytest.raises(BuildError, match="npm's.*Princeton's.*SHA-256.*run it again"):
        dictionary.make()
    assert not dictionary.SENTENCES.exists()


def test_the_installed_wordnet_is_the_expected_one():
    texts = dictionary.from_package(dictionary.FILES)
    assert dictionary.content(texts) == dictionary.CONTENT
    assert "WordNet 3.1 Copyright 2011" in dictionary.licence(texts[0])


# -- fetched, not installed ------------------------------------------------------------------------------------


@pytest.fixture
def wheel(cache, monkeypatch):
    """pip, which brings a wheel with these bytes; the lock that names it."""
    lock = cache / "fetched.lock"
    monkeypatch.setattr(downloads, "FETCHED_LOCK", lock)

    def brings(content, locked):
        lock.write_text(
            f"thing==1.0 ; python_version > '3' \\\n    --hash=sha256:{'0' * 64} \\\n    --hash=sha256:{locked}\n"
        )

        def pip(requirement, folder):
            assert requirement == "thing==1.0"
            folder.mkdir(exist_ok=True)
            (folder / "thing-1.0-any.whl").write_bytes(content)
            return folder / "thing-1.0-any.whl"

        monkeypatch.setattr(downloads, "pip_download", pip)

    return brings


def test_a_fetched_wheel_is_held_to_its_lock(wheel, cache, monkeypatch):
    wheel(b"good", stamps.sha256(b"good"))
    path = downloads.locked_wheel("thing")
    assert path == cache / "thing-1.0.whl" and path.read_bytes() == b"good"
    monkeypatch.setattr(downloads, "pip_download", lambda *args: None)
    assert downloads.locked_wheel("thing") == path  # from the cache
    path.write_bytes(b"damaged")
    with pytest.raises(BuildError, match="thing 1.0 could not be had.*run it again"):
        downloads.locked_wheel("thing")
    wheel(b"evil", stamps.sha256(b"good"))
    with pytest.raises(BuildError, match="thing-1.0-any.whl.*another SHA-256.*do not trust"):
        downloads.locked_wheel("thing")


def test_zig_is_unpacked_for_the_time_of_compiling_only(cache, monkeypatch):
    monkeypatch.setattr(kernel, "find_spec", lambda name: None)
    with zipfile.ZipFile(cache / "zig.whl", "w") as archive:
        for name in ("zig", "zig.exe", "lib/std/std.zig", "lib/libcxx/big.h"):
            archive.writestr(f"ziglang/{name}", "")
    monkeypatch.setattr(kernel, "locked_wheel", lambda name: cache / "zig.whl")
    folder = cache / "ziglang"
    (folder / "half").mkdir(parents=True)  # of a build that was cut off
    with pytest.raises(ZeroDivisionError), kernel.compiler() as command:
        assert os.access(command[0], os.X_OK) and not (folder / "half").exists()
        assert (folder / "ziglang/lib/std/std.zig").exists() and not (folder / "ziglang/lib/libcxx").exists()
        raise ZeroDivisionError
    assert not folder.exists()


def test_the_locks_of_what_is_fetched_and_of_the_tests_agree():
    build, fetched, tests = (
        set(re.findall(r"^[a-z]\S*==\S+", lock.read_text(), re.M))
        for lock in (project.PYTHON_LOCK, project.FETCHED_LOCK, project.TEST_LOCK)
    )
    names = {package.split("==")[0] for package in build}
    assert fetched <= tests and not names & {"gensim", "pandas", "pyarrow", "scipy", "ziglang"}


# -- side by side ----------------------------------------------------------------------------------------------


WORK = """
import subprocess, sys, time
from functools import partial
from pathlib import Path

from builder import together
from builder.project import CACHE, BuildError
from builder.stamps import Step

A, B, C = (CACHE / name for name in "abc")


def write(path, after=()):
    assert all(file.exists() for file in after)
    path.write_text("made")


def meet(path, other):
    write(path)
    while not other.exists():  # so both have to run at one time
        time.sleep(0.01)


def fail(path, other):
    meet(path, other)
    raise BuildError("The flux is missing: add it.")


def run_for_ever(path):
    program = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"
    subprocess.run([sys.executable, "-c", program, path.with_name("started")], check=True)


FOR_EVER = Step("for-ever", partial(run_for_ever, B), (B,))
"""


@pytest.fixture
def small(tmp_path):
    """A project that is only py/builder and WORK: a function that starts a program in it; its cache."""
    shutil.copytree(ROOT / "py" / "builder", tmp_path / "py" / "builder")
    (tmp_path / "py" / "work.py").write_text(WORK)
    (tmp_path / ".cache").mkdir()
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "py"), "PYTHONDONTWRITEBYTECODE": "1"}

    def start(program):
        command = [sys.executable, "-c", f"from work import *\n{program}"]
        piped = subprocess.PIPE
        return subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=piped, stderr=piped, text=True)

    return start, tmp_path / ".cache"


def test_steps_run_side_by_side_and_after_what_they_need(small):
    start, cache = small
    out, error = start("""
steps = [
    Step("a", partial(meet, A, B), (A,)),
    Step("b", partial(meet, B, A), (B,)),
    Step("c", partial(write, C, (A, CACHE / "b.stamp")), (C,), inputs=(A, CACHE / "b.stamp")),
]
together.run(steps)
print([step.stale() for step in steps])
A.write_text("another")
print([step.stale() for step in steps])
together.run(steps)
print([step.stale() for step in steps])
""").communicate(timeout=120)
    assert error == ""
    assert out.splitlines() == [str([False] * 3), str([False, False, True]), str([False] * 3)]


def gone(pid):
    """Whether a process has ended, or does so within some seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes as Linux shows them")
def test_an_error_ends_the_others_with_their_commands_and_stamps_nothing(small):
    start, cache = small
    out, error = start("""
try:
    together.run([Step("a", partial(fail, A, CACHE / "started"), (A,)), FOR_EVER])
except BuildError as error:
    print(error)
""").communicate(timeout=120)
    assert (out, error) == ("The flux is missing: add it.\n", "")
    assert gone(int((cache / "started").read_text())) and not list(cache.glob("*.stamp"))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes as Linux shows them")
def test_ctrl_c_ends_all(small):
    start, cache = small
    started = cache / "started"
    build = start("""
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background job does not have
together.run([FOR_EVER])
""")
    end = time.monotonic() + 60
    while not (started.exists() and started.read_text()):
        assert time.monotonic() < end and build.poll() is None
        time.sleep(0.02)
    build.send_signal(signal.SIGINT)
    error = build.communicate(timeout=60)[1]
    assert "KeyboardInterrupt" in error and gone(int(started.read_text())) and not list(cache.glob("*.stamp"))


def test_what_uses_the_kernel_or_the_data_waits_for_them():
    steps = {step.name: step for step in (*data.STEPS, *page.PARTS)}
    needs = lambda name: {other.name for other in steps.values() if steps[name].needs(other)} - {name}  # noqa: E731
    for name, step in steps.items():
        if kernel.KERNEL / "__init__.py" in closure.files(*step.modules):
            assert "kernel" in needs(name), name
    assert {"kernel", "dictionary", "test-sets", "glove"} <= needs("measured")
    assert {"map", "toy-run", "panels"} <= needs("document") and "document" in needs("contract")
    assert {"outputs", "drawings", "measured"} <= needs("chapter") and "contract" in needs("static")
    assert "glove-source" in needs("glove") and "gensim-wheel" in needs("test-sets")
    assert not needs("measured") & {"outputs", "drawings", "archives"}  # beside them
