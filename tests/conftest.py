"""Which tests are slow, in one place: the files that train, run every cell, or start Pyodide."""

import pytest

SLOW = {
    "test_in_pyodide.py",
    "test_training_text.py",
    "test_kernel_memory.py",
    "test_gensim.py",
    "test_chapter_text.py",
}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.name in SLOW:
            item.add_marker(pytest.mark.slow)
