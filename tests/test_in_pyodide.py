"""The unit tests again, where the page runs them: in Pyodide."""

import re
import subprocess
import sys
import sysconfig

from builder.downloads import pyodide_wheel
from builder.project import ROOT


def run(command):
    return subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True)


def test_the_units_pass_in_pyodide_too():
    collected = run([sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/unit"]).stdout
    expected = int(re.search(r"(\d+) tests collected", collected)[1])
    inside = run(
        [
            "node",
            "py/runtime/node.mjs",
            pyodide_wheel("numpy"),
            ROOT,
            sysconfig.get_paths()["purelib"],
            "tests/in_pyodide.py",
            "tests/unit",
        ]
    )
    assert f"{expected} passed" in inside.stdout, inside.stdout[-3000:] + inside.stderr[-3000:]
    assert inside.returncode == 0
