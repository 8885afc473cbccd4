"""Runs the unit tests inside Pyodide; py/runtime/node.mjs starts it."""

import sys

import pytest

# Hypothesis is compiled code, and no unit needs it.
without = [option for plugin in ("cacheprovider", "hypothesispytest") for option in ("-p", f"no:{plugin}")]
sys.exit(int(pytest.main(["-q", "--capture=sys", *without, *sys.argv[1:]])))
