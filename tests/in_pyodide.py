"""Runs the unit tests inside Pyodide; py/runtime/node.mjs starts it."""

import sys

import pytest

# No unit needs these: Hypothesis is compiled code, rerunfailures wants sockets.
UNNEEDED = "cacheprovider", "hypothesispytest", "rerunfailures"
without = [option for plugin in UNNEEDED for option in ("-p", f"no:{plugin}")]
sys.exit(int(pytest.main(["-q", "--capture=sys", *without, *sys.argv[1:]])))
