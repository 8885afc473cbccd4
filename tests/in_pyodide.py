"""Runs the unit tests inside Pyodide; py/runtime/node.mjs starts it."""

import sys

import pytest

sys.exit(int(pytest.main(["-q", "--capture=sys", "-p", "no:cacheprovider", *sys.argv[1:]])))
