"""What a cell gives back: its last value, what it printed, its errors in its own lines."""

import pytest

from lab import errors, output, pictures, run


@pytest.mark.parametrize(
    "source,result",
    [
        ("1 + 1", "2"),
        ("x = 3", None),
        ("x = 3\nx", "3"),
        ("x = 3\nx;", None),
        ("None", None),
        ("'a'", "'a'"),
        ("", None),
        ("# only words", None),
        ("def f(): return 5\nf()", "5"),
        ("if True:\n    7", None),
        ("import asyncio\nawait asyncio.sleep(0)\n8", "8"),
        ("async def f(): return 9\nawait f()", "9"),
    ],
)
def test_the_last_expression_is_the_result(page, source, result):
    nothing_else = {"error": None, "line": None, "left_out": 0, "remarks": []}
    assert page.run(source) == {"result": result} | nothing_else


def test_cells_share_their_names(page):
    page.run("from dataclasses import dataclass\n@dataclass\nclass P:\n    x: 'int'\np = P(4)")
    assert page.run("p.x", "b")["result"] == "4"


def test_what_is_printed_comes_in_order(page):
    page.run("import sys\nprint('one')\nprint('two', file=sys.stderr)\nprint('three', end='')")
    assert page.stdout == "one\ntwo\nthree"


def test_a_traceback_has_the_readers_lines_only(page):
    page.run("import numpy as np\n\ndef half(x):\n    return 1 / x", "earlier")
    error = page.run("y = 0\n\nhalf(y)", "later")["error"].splitlines()
    assert [line for line in error if line.startswith("  Line")] == [
        "  Line 3 of “Cell later”",
        "  Line 4 of “Cell earlier”, in half",
    ]
    assert "    half(y)" in error and "    return 1 / x" in error
    assert error[-1] == "ZeroDivisionError: division by zero"
    inside = page.run("np.linalg.inv(np.zeros((2, 3)))", "b")["error"]
    assert (
        inside.count("  Line") == 1 and "File" not in inside and "LinAlgError" in inside and "linalg.py" not in inside
    )


def test_chained_errors_are_trimmed_too(page):
    error = page.run("try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('no') from e")["error"]
    lines = [line for line in error.splitlines() if line.startswith("  Line")]
    assert lines == ["  Line 2 of “Cell a”", "  Line 4 of “Cell a”"]
    assert "ZeroDivisionError" in error and error.endswith("ValueError: no")


def test_a_syntax_error_names_the_line(page):
    error = page.run("x = 1\ny = (")["error"]
    assert error.startswith("  Line 2 of “Cell a”") and "SyntaxError" in error
    assert page.run("x")["error"].endswith("NameError: name 'x' is not defined")


def test_exit_and_input_say_so_and_the_next_run_works(page):
    assert "goes on" in page.run("import sys\nsys.exit(3)")["error"]
    assert "no keyboard" in page.run("input('name? ')")["error"]
    assert page.run("def down(): return down()\ndown()")["error"].splitlines()[-1].startswith("RecursionError")
    assert page.run("6 * 7")["result"] == "42"


def test_a_repr_that_fails_is_an_error_of_the_cell(page):
    answer = page.run("class Bad:\n    def __repr__(self):\n        raise KeyError('x')\nBad()")
    assert answer["result"] is None and "Line 3 of “Cell a”, in __repr__" in answer["error"]


def test_output_is_capped_and_what_was_left_out_is_counted(page):
    answer = page.run("for i in range(100_000):\n    print('abcdefghi')")
    assert len(page.stdout) == output.MOST_OUTPUT and answer["left_out"] == 1_000_000 - output.MOST_OUTPUT
    assert len(page.sent) < 100  # in batches, not one message for each print
    assert page.run("print('x')")["left_out"] == 0 and page.stdout == "x\n"


def test_a_long_result_loses_its_middle(page):
    result = page.run("'a' * 1_000_000")["result"]
    assert len(result) < errors.MOST + 100 and "980,002 characters left out" in result
    assert result[0] == result[-1] == "'"


def test_pictures_are_plain_data(page):
    page.run(
        "from lab import Plot, show\nshow(Plot().line([1, 2], [3, float('nan')]))\n"
        "Plot('T', x='a', y='b', equal=True).scatter([1], [2], ['w'], name='n').bars(['p', 'q'], [1, 2])"
    )
    (kind, first), (_, second) = page.pictures
    assert kind == "plot" and first["layers"] == [{"kind": "line", "x": [1, 2], "y": [3, None], "name": ""}]
    assert second == {
        "title": "T",
        "x": "a",
        "y": "b",
        "equal": True,
        "layers": [
            {"kind": "scatter", "x": [1], "y": [2], "labels": ["w"], "name": "n"},
            {"kind": "bars", "x": ["p", "q"], "y": [1, 2], "name": ""},
        ],
    }


def test_pictures_stand_between_what_is_printed_before_and_after(page):
    page.run("from lab import Plot, show\nfor i in range(3): print(i)\nshow(Plot().line([0], [0]))\nprint(3)")
    assert "".join(value if type == "text" else type for _, type, value in page.sent) == "0\n1\n2\npicture3\n"


def test_a_plot_that_cannot_be_drawn_says_why(page):
    for call, why in [
        ("line([1, 2], [1])", "2 x, 1 y"),
        ("line([[1]], [1])", "(1, 1)"),
        ("scatter([1], [1], ['a', 'b'])", "2 labels"),
        ("line([], [])", "empty"),
        ("line([1], [float('nan')])", "empty"),
        ("line(range(6000), range(6000))", "6,000"),
    ]:
        assert why in page.run(f"from lab import Plot\nPlot().{call}")["error"]
    assert (
        f"{run.MOST_PICTURES} pictures"
        in page.run("from lab import show\nwhile True: show(Plot().line([0], [0]))")["error"]
    )


def test_frames_for_the_dynamics_figure(page):
    page.run(
        "import numpy as np\nfrom lab import Frames\nf = Frames(['a', 'b'])\nU = np.zeros((2, 2))\n"
        "for i in range(3):\n    f.add(U, U + 1, loss=i, step=10 * i)\n    U += 0.5\nf"
    )
    ((kind, data),) = page.pictures
    assert kind == "frames" and data["words"] == ["a", "b"] and data["steps"] == [0, 10, 20]
    assert data["losses"] == [0, 1, 2] and data["u"] == [0] * 4 + [0.5] * 4 + [1] * 4
    assert data["v"] == [1] * 4 + [1.5] * 4 + [2] * 4


def test_many_frames_are_thinned_to_what_the_figure_holds(page):
    page.run("from lab import Frames\nf = Frames(['a'])\nfor i in range(1000): f.add([[i, 0]], [[0, 0]], 1)\nf")
    data = page.pictures[-1][1]
    assert len(data["steps"]) == pictures.MOST_FRAMES and (data["steps"][0], data["steps"][-1]) == (0, 999)
    assert data["u"][::2] == list(data["steps"])


@pytest.mark.parametrize(
    "code,why",
    [
        ("Frames([])", "0 words"),
        ("Frames(['a'] * 61)", "61 words"),
        ("Frames(['a']).add([[1, 2, 3]], [[1, 2]], 0)", "(1, 3)"),
        ("Frames(['a']).add([[1, 2]], [[1, 1e999]], 0)", "V holds"),
        ("Frames(['a']).add([[1, 2]], [[1, 2]], float('nan'))", "loss"),
        ("Frames(['a']).add([[1, 2]], [[1, 2]], 0)", "1 frames"),
    ],
)
def test_frames_that_the_figure_cannot_show(page, code, why):
    assert why in page.run(f"from lab import Frames\n{code}")["error"]
