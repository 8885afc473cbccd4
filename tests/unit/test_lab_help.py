"""help() tells of builtins, NumPy, the user's own names and embedlab's."""

import pytest

from lab import help

OWN = '''
def twice(x, times=2):
    """x, taken twice."""
    return x * times
class Thing:
    """A thing of mine."""
    def turn(self, by):
        """Turn it."""
'''


@pytest.mark.parametrize(
    "asked,lines",
    [
        ("len", ["len(obj, /)", "Return the number of items in a container."]),
        ("np.dot", ["dot(", "Dot product of two arrays."]),
        ("twice", ["twice(x, times=2)", "x, taken twice."]),
        ("Thing", ["class Thing()", "A thing of mine.", "    turn(self, by)", "        Turn it."]),
        ("Thing()", ["An object of class Thing()", "    turn(self, by)"]),
        ("vectors.unit_rows", ["unit_rows(", ", of embedlab.vectors"]),
        ("vectors", ["module embedlab.vectors", "    unit_rows("]),
        ("lab", ["module lab", "    Plot("]),
        ("3", ["An object of class int"]),
        ("'len'", ["without quotation marks: help(len)"]),
        ("", ["put one between the brackets"]),
    ],
)
def test_help_tells(page, asked, lines):
    answer = page.run(f"import lab\nimport numpy as np\nfrom embedlab import vectors\n{OWN}\nhelp({asked})")
    assert answer["error"] is None and answer["result"] is None
    assert all(line in page.stdout for line in lines), page.stdout


def test_the_docstrings_of_embedlab_are_told(page):
    from embedlab import vectors

    page.run("from embedlab import vectors\nhelp(vectors.unit_rows)")
    assert vectors.unit_rows.__doc__.splitlines()[0] in page.stdout


def test_help_without_brackets_says_how(page):
    assert "put one between the brackets" in page.run("help")["result"]


@pytest.mark.parametrize(
    "module,name,words",
    [
        ("json", "dumps", "docs.python.org/3/library/json.html"),
        (
            "numpy",
            "mean",
            "The mean along an axis.\n\nThe arguments: numpy.org/doc/stable/reference/generated/numpy.mean",
        ),
        ("numpy.linalg", "inv", "The arguments: numpy.org/doc/stable/reference/generated/numpy.linalg.inv.html"),
        ("__main__", "mine", "Nothing is written of it here."),
    ],
)
def test_what_has_no_docstring_says_where_to_read(page, monkeypatch, tmp_path, module, name, words):
    """As in the page, where NumPy and the standard library have lost theirs."""
    packed = tmp_path / "numpy-help.json"
    packed.write_text('{"numpy.mean": "The mean along an axis."}')
    monkeypatch.setattr(help, "NUMPY", packed)
    page.run(f"def {name}(x): pass\n{name}.__module__ = {module!r}\nhelp({name})")
    assert page.stdout.startswith(f"{name}(x)") and words in page.stdout
