"""Runs a script of the project inside Pyodide under Node; node.mjs has mounted /project and /site."""

import importlib
import os
import runpy
import sys
import traceback


def main(argv):
    """Run argv[0] with the rest as its arguments; returns the process's exit status."""
    os.chdir("/project")
    sys.path.append("/site")  # last: NumPy must be Pyodide's own, not CPython's
    importlib.invalidate_caches()
    sys.argv = list(argv)
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0
