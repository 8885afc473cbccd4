"""Runs the unit tests inside Pyodide; py/runtime/node.mjs starts it."""

import sys

import pytest

UNNEEDED = "cacheprovider", "hypothesispytest"  # no unit needs these, and Hypothesis is compiled code
without = [option for plugin in UNNEEDED for option in ("-p", f"no:{plugin}")]
sys.exit(int(pytest.main(["-q", "--capture=sys", *without, *sys.argv[1:]])))
