"""What the other steps run in: checks of Python and Node, the virtual environment, the npm packages.

Whatever is imported here must be readable by old Pythons, so that they get as far as being named.
"""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

from builder import together
from builder.project import (
    NPM_LOCK,
    PYODIDE,
    PYTHON_LOCK,
    TEST_LOCK,
    VENV,
    BuildError,
    oldest_node,
    oldest_python,
    run,
)
from builder.stamps import Step

VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def check_python():
    if sys.version_info < oldest_python():
        raise BuildError(
            f"This is Python {sys.version.split()[0]}, but {'.'.join(map(str, oldest_python()))} or newer is "
            f"needed: run build.py with a newer python3."
        )


def check_node():
    node = shutil.which("node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip() if node else ""
    if not version:
        raise BuildError(f"Node is not installed: install Node {oldest_node()} or newer, with npm, and run it again.")
    if int(version.lstrip("v").split(".")[0]) < oldest_node():
        raise BuildError(f"This is Node {version}, but {oldest_node()} or newer is needed: install a newer one.")


def make_venv():
    shutil.rmtree(VENV, ignore_errors=True)
    run(
        [sys._base_executable, "-m", "venv", VENV],  # sys.executable may be the one that is gone now
        "the virtual environment could not be made: install Python's venv module (on Debian: apt install python3-venv)",
    )
    TEST_PACKAGES.stamp.unlink(missing_ok=True)
    install(PYTHON_LOCK)


def install(lock):
    """Install what a lock file lists, no more; modules are compiled when they are imported, which few of them are."""
    run(
        [VENV_PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--no-compile", "--require-hashes", "-r", lock],
        "the Python packages could not be installed: check the connection and run it again",
    )


def install_npm_packages():
    run(
        ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        "the npm packages could not be installed: check the connection and run it again",
    )


BUILD_PACKAGES = Step(
    "venv", make_venv, (VENV_PYTHON,), (), (PYTHON_LOCK,), "Installing the Python packages into .venv"
)
TEST_PACKAGES = Step(
    "venv-test",
    partial(install, TEST_LOCK),
    (VENV_PYTHON,),
    (),
    (BUILD_PACKAGES.stamp, TEST_LOCK),
    "Installing the packages of the tests",
)
NPM_PACKAGES = Step("npm", install_npm_packages, (PYODIDE,), (), (NPM_LOCK,), "Installing the npm packages")


def set_up(for_tests):
    """The virtual environment and the npm packages; returns only inside the virtual environment."""
    check_python()
    check_node()
    together.run([BUILD_PACKAGES, *([TEST_PACKAGES] if for_tests else []), NPM_PACKAGES])
    if Path(sys.prefix).resolve() != VENV.resolve():
        sys.exit(subprocess.run([VENV_PYTHON, *sys.argv], cwd=os.getcwd()).returncode)
