"""What a cell shows in the page: a terminal's text, help(), and words where something is not here."""

import pytest

from tests.browser.cells import Cell
from tests.browser.conftest import Lab


@pytest.fixture(scope="module")
def cell(browser, site):
    lab = Lab(browser, site).open_without_python()
    yield Cell(lab, "lookup").open()
    lab.close()


def test_a_progress_line_is_written_over_across_batches(cell):
    output = cell.run(
        "import time\nfor i in range(4):\n    print(f'\\r{25 * i + 25:4}%', end='', flush=True)\n    time.sleep(.07)\n"
        "print()\nprint('done')"
    )
    assert output.split() == ["100%", "done"]


def test_colours_are_classes_and_other_sequences_are_dropped(cell):
    assert cell.run("print('a\\x1b[1;31mred\\x1b[0m\\x1b[2Jb')").strip() == "aredb"
    assert cell.at.locator(".ansi-red.ansi-bold").inner_text() == "red"


def test_html_in_printed_text_is_text(cell):
    assert "<b>x</b>" in cell.run("print('<b>x</b>\\r')")


@pytest.mark.parametrize(
    "source,words",
    [
        ("help(len)", "Return the number of items in a container."),
        ("import numpy as np\nhelp(np.dot)", "Dot product of two arrays."),
        ("import numpy as np\nhelp(np.mean)", "Compute the arithmetic mean along the specified axis."),
        ("import numpy as np\nhelp(np.random.default_rng().normal)", "Draw random samples from a normal"),
        ("def mine(a):\n    'My own.'\nhelp(mine)", "mine(a)\n\nMy own."),
        ("from embedlab import sgns\nhelp(sgns.train)", "Train on sentences"),
        ("import lab\nhelp(lab.Plot)", "Axes with layers"),
        ("help()", "put one between the brackets"),
    ],
)
def test_help(cell, source, words):
    assert words in cell.run(source)


def test_what_is_not_here_says_what_to_do(cell):
    for source, words in {
        "import pandas as pd": "csv and collections hold tables",
        "from google.colab import drive": "this is not Colab",
        "x = 1\n!pip install gensim": "nothing can be installed",
        "%matplotlib inline": "from lab import Plot",
    }.items():
        assert words in cell.run(source, status="error") and "pyodide.org" not in cell.output


def test_a_pasted_session_runs(cell):
    assert cell.run(">>> x = 2\n>>> x * 3\n6").splitlines()[0] == "6"
    assert "Lines without a prompt were taken for output and skipped: 1." in cell.output


def test_numpy_cannot_warn_of_a_division_by_zero_and_the_cell_says_so(cell):
    output = cell.run("import numpy as np\nnp.ones(2) / 0")
    assert output.startswith("array([inf, inf])") and "WebAssembly does not record them" in output
    assert "WebAssembly" not in cell.run("import numpy as np\nnp.ones(2) / 1")
    assert "WebAssembly" not in cell.run("import numpy as np\nprint(np.mean([]))")  # of which NumPy itself warns


def test_a_warning_names_the_cell(cell):
    assert cell.run("import warnings\nwarnings.warn('careful')").startswith(
        "Line 2 of “Looking up rows”: UserWarning: careful"
    )
