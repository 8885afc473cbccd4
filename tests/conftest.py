"""Which tests are slow, in one place: the files that train, run every cell, or start Pyodide."""

import pytest

SLOW = set()


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.name in SLOW:
            item.add_marker(pytest.mark.slow)
