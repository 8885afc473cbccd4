"""Every cell of the chapter in the browser: in reading order in one interpreter, and each in a fresh one."""
import pytest

from tests.browser.conftest import Lab

AFTER = {"exercise-cbow-compare": "exercise-cbow", "exercise-analogy-glove": "exercise-analogy", "behind-step": "behind-run"}
CELLS = "[...document.querySelectorAll('.cell')].map((cell) => [cell.id.slice(5), cell.querySelector('pre').textContent])"
UNSOLVED = {"exercise-cbow-compare", "exercise-analogy-glove"}      # these show what the reader's own solution does


@pytest.fixture(scope="module")
def page(browser, site):
    lab = Lab(browser, site).open().ready()
    yield lab.page
    lab.close()


@pytest.fixture(scope="module")
def cells(page):
    """{name: source}, in reading order."""
    return dict(page.evaluate(CELLS))


def run(page, source):
    return page.evaluate("source => lab.run(source)", source)


def test_all_cells_run_in_reading_order(page, cells):
    assert len(cells) > 35
    for name, source in cells.items():
        answer = run(page, source)
        assert name in UNSOLVED or answer["error"] is None, (name, answer["error"])


def test_each_cell_runs_in_a_fresh_interpreter(page, cells):
    for name, source in cells.items():
        if name in UNSOLVED:
            continue
        page.evaluate("lab.stop()")
        answer = run(page, f"{cells[AFTER[name]]}\n{source}" if name in AFTER else source)
        assert answer["error"] is None, (name, answer["error"])
        shown = answer["stdout"] or answer["result"] or "Plot" in source or "Frames" in source
        assert shown or name.startswith("exercise-"), name          # a template has nothing to show yet
