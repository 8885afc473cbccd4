"""Every cell of the chapter in the browser: in reading order in one interpreter, each in a fresh one, as recorded."""

import pytest

from tests.browser.conftest import Lab

AFTER = {
    "exercise-cbow-compare": "exercise-cbow",
    "exercise-analogy-glove": "exercise-analogy",
    "behind-step": "behind-run",
}
CELLS = (
    "[...document.querySelectorAll('.cell')].map((cell) => [cell.id.slice(5), cell.querySelector('pre').textContent])"
)
RECORDED = """Object.fromEntries([...document.querySelectorAll(".cell-recorded")].map((output) => [
    output.closest(".cell").id.slice(5), output.querySelector("pre").textContent]))"""
UNSOLVED = {"exercise-cbow-compare", "exercise-analogy-glove"}  # these show what the user's own solution does


@pytest.fixture(scope="module")
def page(browser, site):
    lab = Lab(browser, site).open().ready()
    yield lab.page
    lab.close()


@pytest.fixture(scope="module")
def cells(page):
    """{name: source}, in reading order."""
    return dict(page.evaluate(CELLS))


@pytest.fixture(scope="module")
def recorded(page):
    """{name: what the page says that a cell has printed}."""
    return page.evaluate(RECORDED)


def run(page, source):
    return page.evaluate("source => lab.run(source)", source)


def test_all_cells_run_in_reading_order(page, cells):
    assert len(cells) > 35
    for name, source in cells.items():
        answer = run(page, source)
        assert name in UNSOLVED or answer["error"] is None, (name, answer["error"])


def test_each_cell_runs_in_a_fresh_interpreter_and_prints_what_is_recorded(page, cells, recorded):
    for name, source in cells.items():
        if name in UNSOLVED:
            continue
        page.evaluate("lab.stop()")
        if name in AFTER:
            run(page, cells[AFTER[name]])
        answer = run(page, source)
        assert answer["error"] is None, (name, answer["error"])
        if not name.startswith("exercise-") and "perf_counter" not in source:
            assert (answer["stdout"] + (answer["result"] or "")).rstrip("\n") == recorded.get(name, ""), name
        shown = answer["stdout"] or answer["result"] or "Plot" in source or "Frames" in source
        assert shown or name.startswith("exercise-"), name  # a template has nothing to show yet
