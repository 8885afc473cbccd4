"""A test in a browser has more tries, each with fixtures of its own; one that never passes fails."""

import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).with_name("conftest.py")
TESTS = """
import pytest

made = []

@pytest.fixture(scope="module")
def page():
    made.append("page")
    yield made.count("page")
    if made.count("closed") < 1:
        made.append("closed")
        raise RuntimeError("the page complains")

@pytest.fixture
def ready(page):
    made.append("ready")
    if made.count("ready") == 1:
        raise RuntimeError("too slow")
    return page

def test_setup(ready):
    assert ready == 2

def test_call(ready):
    assert ready == 4

def test_never(ready):
    assert not ready
"""


def tried(tmp_path, *options):
    (tmp_path / "browser").mkdir()
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "browser" / "test_page.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout", "100", *options, "."]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout


def says_all(said):
    assert "1 failed, 2 passed, 5 rerun" in said
    assert "FAILED browser/test_page.py::test_never" in said
    assert said.count("tried again: browser/test_page.py::test_never") == 2 and "too slow" in said


def test_tries_have_fixtures_of_their_own(tmp_path):
    says_all(tried(tmp_path))


def test_tries_in_processes_side_by_side(tmp_path):
    says_all(tried(tmp_path, "-n", "2", "--dist", "loadfile"))
