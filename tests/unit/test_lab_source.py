"""What is typed or pasted: prompts, semicolons, IPython's commands; what is not here; lines and their titles."""

import sys

import numpy as np
import pytest

from lab import errors, missing, source


@pytest.mark.parametrize(
    "text,result",
    [
        ("1 + 1;", None),
        ("1 + 1  # a comment", "2"),
        ("1 + 1; # a comment", None),
        ("1 + 1 # no end;", "2"),
        ("1 + 1;\n\n# a comment\n", None),
        ("'a;'", "'a;'"),
        ("'''\n;'''", "'\\n;'"),
        ("1; 2", "2"),
        ("[1,\n 2\n];  ", None),
    ],
)
def test_a_semicolon_at_the_end_keeps_the_result_back(page, text, result):
    answer = page.run(text)
    assert answer["result"] == result and answer["error"] is None


@pytest.mark.parametrize(
    "text,result,remarks",
    [
        (">>> x = 2\n>>> x + 1\n3", "3", 1),
        ("\n>>> def f(a):\n...     return a\n...\n>>> f(7)\n7\n", "7", 1),
        ("    >>> 'indented'", "'indented'", 0),
        ("In [1]: x = 3\n\nIn [2]: def f():\n   ...:     return x\n   ...: \n\nIn [3]: f()\nOut[3]: 3", "3", 1),
        (">>> '''a\n... >>> b'''", "'a\\n>>> b'", 0),
        ("...", "Ellipsis", 0),
        ("x = '''\n>>> 1'''\nx", "'\\n>>> 1'", 0),
    ],
)
def test_prompts_are_taken_off(page, text, result, remarks):
    answer = page.run(text)
    assert answer["error"] is None and answer["result"] == result and len(answer["remarks"]) == remarks
    assert all("output and skipped: 1." in remark for remark in answer["remarks"])


def test_lines_of_a_pasted_session_keep_their_numbers(page):
    answer = page.run(">>> print(1)\n1\n>>> 1 / 0")
    assert answer["line"] == 3 and "Line 3 of “Cell a”\n    1 / 0" in answer["error"]


@pytest.mark.parametrize(
    "line,words",
    [
        ("!pip install pandas", "nothing can be installed"),
        ("%pip install pandas", "nothing can be installed"),
        ("pip install pandas==2.0", "nothing can be installed"),
        ("!ls", "no shell"),
        ("files = !ls *.txt", "no shell"),
        ("%matplotlib inline", "from lab import Plot"),
        ("%timeit sum(range(9))", "timeit.timeit"),
        ("%%time", "stands below its cell"),
        ("%%bash", "no shell"),
        ("%autoreload 2", "command of IPython"),
        ("?np.dot", "help(np.dot)"),
        ("np.dot?", "help(np.dot)"),
        ("np.dot??", "help(np.dot)"),
    ],
)
def test_a_line_of_ipython_is_answered(page, line, words):
    answer = page.run(f"x = 1\n{line}\ny = 2")
    assert answer["line"] == 2
    assert answer["error"].startswith(f"  Line 2 of “Cell a”\n    {line}\nNotPython: ") and words in answer["error"]
    assert "SyntaxError" not in answer["error"]


@pytest.mark.parametrize("text", ["x = = 1", "if x\n    1", "7 % 3 %", "a ! b", "def f(:"])
def test_other_slips_stay_syntax_errors(page, text):
    assert "SyntaxError" in page.run(text)["error"]


def test_percent_and_exclamation_within_python_are_python(page):
    assert page.run("7 \\\n%4")["result"] == "3" and page.run("'''\n!ls\n%time\n'''")["error"] is None


@pytest.mark.parametrize(
    "name,words",
    [
        ("pandas", "csv"),
        ("matplotlib.pyplot", "from lab import Plot"),
        ("torch", "embedlab trains"),
        ("tensorflow.keras", "embedlab trains"),
        ("sklearn.decomposition", "embedlab.projection"),
        ("scipy.spatial", "NumPy has linalg"),
        ("gensim.models", "embedlab.word2vec"),
        ("google.colab", "not Colab"),
        ("requests", "beside this page"),
        ("tkinter", "standard library that this page does without"),
        ("nobody_knows", "nothing can be installed"),
    ],
)
def test_a_module_that_is_not_here_has_something_in_its_place(name, words):
    error = ModuleNotFoundError(f"No module named {name!r}", name=name)
    text = errors.explained(error)
    assert text.startswith(f"ModuleNotFoundError: No module named '{name}'\n") and words in text
    assert errors.explained(error) == text  # said once


def test_what_a_cell_is_told_to_use_is_there():
    for words in [*missing.INSTEAD.values(), missing.HERE]:
        for name in ("sgns", "cbow", "word2vec", "embedding", "optim", "text", "vectors", "projection", "evaluate"):
            if f"embedlab.{name}" in words:
                __import__(f"embedlab.{name}")
    from lab import Plot, load_glove, show  # noqa: F401


def test_a_missing_module_in_a_cell(page):
    error = page.run("import nobody_knows")["error"]
    assert error.splitlines()[-1].startswith("nobody_knows is not in this page, and nothing can be installed.")
    assert "embedlab.nothing" in page.run("import embedlab.nothing")["error"]
    assert "installed" not in page.run("import embedlab.nothing")["error"]


def test_files_of_this_machine_are_not_here(page):
    assert "only files that a cell has written" in page.run("open('/nowhere/words.txt')")["error"]


def test_an_older_text_of_a_cell_keeps_its_lines(page):
    page.run("def f():\n    return 1 / 0", "old")
    error = page.run("# another\n# text\nx = 1\nf()", "old")["error"]
    assert "  Line 4 of “Cell old”" in error
    assert "  Line 2 of “Cell old” as it was before, in f\n    return 1 / 0" in error


def test_the_line_is_that_of_the_cell_which_ran(page):
    page.run("def f():\n\n    return 1 / 0", "other")
    assert page.run("x = 1\nf()")["line"] == 2
    assert page.run("x = (")["line"] == 1
    assert page.run("import numpy as np\nnp.linalg.inv(np.zeros((2, 3)))")["line"] == 2


def test_a_cell_without_a_title_has_lines(page):
    assert "“" not in errors.explained(ValueError("x"))
    coroutine = page.interpreter.run("1 / 0")
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    assert "  Line 1\n    1 / 0" in done.value.value["error"]


def test_a_warning_names_the_title():
    file = source.stored("x = 1", "b", "Cell b")
    assert errors.warned("careful", UserWarning, file, 1) == "Line 1 of “Cell b”: UserWarning: careful\n"
    assert errors.warned("careful", UserWarning, "/lib/numpy/x.py", 1) == "UserWarning: careful\n"


@pytest.mark.parametrize(
    "text,told",
    [
        ("np.array([1., 0]) / 0", True),
        ("print(np.float64(1) / 0)", True),
        ("print(np.log(np.zeros(2)))", True),
        ("np.ones(3)", False),
        ("print('infinite nanny')", False),
        ("print('a nan', repr('nan'))", True),
        ("repr('inf')", False),
        ("np.arange(3)", False),
    ],
)
def test_nan_and_inf_are_remarked_where_numpy_cannot_warn(page, monkeypatch, text, told):
    monkeypatch.setattr(sys, "platform", "emscripten")
    with np.errstate(all="ignore"):
        remarks = page.run(f"import numpy as np\n{text}")["remarks"]
    assert bool(remarks) == told and all("NumPy cannot warn" in remark for remark in remarks)


def test_where_there_was_a_warning_nothing_is_remarked(page, monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert page.run("print('RuntimeWarning: mean of empty slice')\nprint('nan')")["remarks"] == []
