"""What tasks and callbacks print and raise reaches the run that started them, also after it; nothing ends the loop."""

import asyncio

import pytest

from lab import output
from lab.background import Background

AFTER = 0.3  # seconds in which all of a test's tasks end


@pytest.fixture
def cells(page, loop):
    """Runs cells {run: source} one after the other, waits, and gives the page and the answers by run."""

    def run(sources):
        Background(loop, page.interpreter.run_of)

        async def every():
            with page.interpreter.routed():
                answers = {
                    id: await page.interpreter.run(source, id, f"Cell {id}", id) for id, source in sources.items()
                }
                await asyncio.sleep(AFTER)
            return answers

        return page, loop.run(every())

    return run


LATE = """
import asyncio
async def late():
    await asyncio.sleep(.1)
    print('late')
t = asyncio.create_task(late())
print('first')"""


def test_late_text_reaches_the_cell_that_started_it(cells):
    page, answers = cells({"one": LATE, "two": "print('other')", "three": "await asyncio.sleep(.2)\nprint('third')"})
    printed = ["".join(page.all("text", id)) for id in ("one", "two", "three")]
    assert printed == ["first\nlate\n", "other\n", "third\n"]
    assert [answer["error"] for answer in answers.values()] == [None] * 3
    assert page.all("tasks", "one") == [True, False] and page.all("tasks", "two") == []


@pytest.mark.parametrize(
    "start",
    [
        "t = asyncio.create_task(bad())",  # whether anybody holds the task or not
        "asyncio.create_task(bad());",
        "asyncio.ensure_future(bad());",
        "asyncio.get_running_loop().call_soon(broken);",
        "asyncio.get_running_loop().call_later(.05, broken);",
    ],
)
def test_an_error_in_the_background_is_told_once_in_lines_of_cells(cells, start):
    bad = "import asyncio\ndef broken():\n    1 / 0\nasync def bad():\n    await asyncio.sleep(.05)\n    broken()\n"
    page, answers = cells({"one": bad + start, "two": "5"})
    assert answers["one"]["error"] is None and answers["two"]["result"] == "5"
    (error,) = page.all("error")
    assert page.all("error", "one") == [error]
    assert "  Line 3 of “Cell one”, in broken" in error and "File" not in error
    assert error.endswith("ZeroDivisionError: division by zero")


@pytest.mark.parametrize(
    "wait",
    [
        "await t",
        "await asyncio.gather(t)",
        "await asyncio.wait([t])\nt.result()",
        "await asyncio.sleep(.3)\nawait t",
    ],
)
def test_an_error_that_the_cell_takes_is_not_told_again(cells, wait):
    page, answers = cells({"one": f"import asyncio\nasync def bad(): 1 / 0\nt = asyncio.create_task(bad())\n{wait}"})
    assert "ZeroDivisionError" in answers["one"]["error"] and page.all("error") == []
    page, answers = cells(
        {"one": f"try:\n    {wait.replace(chr(10), chr(10) + '    ')}\nexcept ZeroDivisionError: pass"}
    )
    assert page.all("error") == []


@pytest.mark.parametrize("how", ["exit()", "import sys; sys.exit(3)", "raise SystemExit", "raise KeyboardInterrupt"])
@pytest.mark.parametrize(
    "start", ["asyncio.create_task(stop())", "asyncio.get_running_loop().call_soon(stop_now)"], ids=["task", "callback"]
)
def test_a_task_that_ends_itself_ends_nothing_else(cells, how, start):
    source = f"import asyncio\nkeep = 1\nasync def stop(): {how}\ndef stop_now(): {how}\n{start};"
    page, answers = cells({"one": source, "two": "keep"})
    assert answers["two"]["result"] == "1"
    (error,) = page.all("error", "one")
    assert "KeyboardInterrupt" in error or "a task has ended itself; the interpreter goes on" in error


def test_an_endless_printer_is_cut(cells):
    page, _ = cells({"one": "import asyncio\nasync def on():\n    while True:\n        print('x' * 999)\n        "
                            "await asyncio.sleep(0)\nt = asyncio.create_task(on())",
                     "two": "await asyncio.sleep(.3)\nt.cancel();"})  # fmt: skip
    text = "".join(page.all("text", "one"))
    assert len(text) == output.MOST_OUTPUT + len(output.CUT) and text.endswith(output.CUT)
    assert len(page.sent) < 40 and page.all("tasks", "one") == [True, False]


def test_endless_errors_are_cut(cells):
    page, _ = cells({"one": "import asyncio\ndef again():\n    asyncio.get_running_loop().call_soon(again)\n    1 / 0\n"
                            "again_ = again\nasyncio.get_running_loop().call_soon(again);",
                     "two": "await asyncio.sleep(.3)\nagain = lambda: None"})  # fmt: skip
    assert sum(map(len, page.all("error"))) <= output.MOST_OUTPUT + len(output.CUT)


def test_a_pause_shows_what_was_printed_before_it(cells):
    page, _ = cells({"one": "import asyncio\nprint('a')\nprint('b')\nawait asyncio.sleep(.2)\nprint('c')"})
    assert "".join(page.all("text")[:2]) == "a\nb\n"


def test_logging_follows_the_run(cells):
    page, _ = cells({"one": "import logging\nlog = logging.Logger('mine')\nlog.addHandler(logging.StreamHandler())\n"
                            "log.warning('first')", "two": "log.warning('second')"})  # fmt: skip
    assert ["".join(page.all("text", id)) for id in ("one", "two")] == ["first\n", "second\n"]
