"""Cells taken away: as notebooks that Jupyter runs with the wheel of the page, as scripts, and as a user's work."""

import base64
import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from builder.outputs import text_files
from builder.wheel import WHEEL
from tests import same_vectors
from tests.browser.cells import Cell
from tests.browser.conftest import NO_VIOLATIONS
from tests.browser.test_exercises import Exercise
from tests.installed import environment, install, run


@pytest.fixture(scope="module")
def sources():
    """{name: source} of all cells."""
    from app.chapter.render import cells

    return {name: code for file in text_files() for name, code in cells(file.read_text(encoding="utf-8")).items()}


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """A Python with what Jupyter brings and without the project, and a kernel of it called python3."""
    folder = tmp_path_factory.mktemp("jupyter")
    python = environment(folder / "python")
    kernel = {"argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"], "display_name": "Python 3"}
    (folder / "kernels" / "python3").mkdir(parents=True)
    (folder / "kernels" / "python3" / "kernel.json").write_text(json.dumps(kernel | {"language": "python"}))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"JUPYTER_PATH": folder, "IPYTHONDIR": folder / "ipython", "PIP_NO_INDEX": 1}.items():
            patch.setenv(name, str(value))
        patch.delenv("PYTHONPATH", raising=False)
        yield python


def execute(book, folder):
    """Run all cells of a notebook in order; the first error fails."""
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    return book


def saved(page, press, folder):
    """The Path of the file that pressing something hands over."""
    with page.expect_download() as download:
        press()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def press_all(page, kind):
    return lambda: page.locator(f"[data-cells={kind}]").click()


def press_one(page, name, words):
    """Save, then the kind, of a cell that need not be in view."""

    def press():
        page.evaluate("name => document.querySelector(`#cell-${name} .cell-save`).click()", name)
        page.evaluate(
            "([name, words]) => [...document.querySelectorAll(`#cell-${name} .cell-note button`)]"
            ".find((one) => one.textContent === words).click()",
            [name, words],
        )

    return press


def notebook(path):
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    return book


def text_of(output):
    return output.get("text") or output.get("data", {}).get("text/plain", "")


@pytest.fixture(scope="module")
def ready(still):
    """A page without Python whose cells are there."""
    Cell(still, "ids").open()
    return still


TAKEN = """async (names) => {        // the browser itself refuses so many files in a row
    const { createObjectURL } = URL, links = HTMLAnchorElement.prototype, { click } = links, files = {};
    for (const name of names) {
        const blob = new Promise((resolve) => { URL.createObjectURL = (blob) => (resolve(blob), "about:blank"); });
        const file = new Promise((resolve) => { links.click = function () { resolve(this.download); }; });
        const cell = document.getElementById(`cell-${name}`);
        cell.querySelector(".cell-save").click();
        [...cell.querySelectorAll(".cell-note button")].find((one) => one.textContent === "Python (.py)").click();
        files[await file] = await (await blob).text();
    }
    Object.assign(URL, { createObjectURL });
    links.click = click;
    return files;
}"""


# -- as they come ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_chapter_as_a_notebook_runs_in_jupyter_with_the_wheel_of_the_page(ready, sources, jupyter, tmp_path):
    book = notebook(saved(ready.page, press_all(ready.page, "notebook"), tmp_path))
    assert f"%pip install -q {ready.site}{WHEEL.name} matplotlib" in book.cells[1].source
    found = {cell.id.removeprefix("cell-"): cell.source for cell in book.cells if cell.id.startswith("cell-")}
    assert found == {name: source.rstrip() for name, source in sources.items()}
    headings = [cell.source.partition("\n")[0] for cell in book.cells if cell.id.startswith("heading")]
    assert headings[0] == "## Why embeddings" and len(set(headings)) == len(headings) > 20
    execute(book, tmp_path)
    checks = {cell.metadata.embedlab.exercise: cell for cell in book.cells if cell.id.startswith("check-")}
    assert checks.keys() == {"separation", "intruder", "cbow", "analogy"}
    assert all(text_of(cell.outputs[0]).startswith("Not yet.") for cell in checks.values())  # they are unsolved
    plots = [
        output for cell in book.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
    ]
    assert len(plots) == sum(code.count("Plot(") for code in sources.values())


@pytest.mark.slow
def test_the_chapter_as_a_script_runs_as_a_whole(ready, jupyter, tmp_path):
    path = saved(ready.page, press_all(ready.page, "script"), tmp_path)
    assert path.name == "embedding-lab.py"
    install(jupyter)
    printed = run(jupyter, path, cwd=tmp_path)
    assert printed.count("Not yet.") == 4 and "<Plot" in printed


@pytest.mark.slow
def test_every_cell_runs_alone_as_a_script(ready, sources, jupyter, tmp_path):
    """In one process, which imports and fetches once, but each with names of its own."""
    install(jupyter)
    scripts = ready.page.evaluate(TAKEN, list(sources))
    assert list(scripts) == [f"{name}.py" for name in sources]
    for name, script in scripts.items():
        (tmp_path / name).write_text(script, encoding="utf-8")
    each = "import runpy, sys\nfor path in sys.argv[1:]: print(path); runpy.run_path(path, run_name='__main__')"
    run(jupyter, "-c", each, *scripts, cwd=tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["analogies", "behind-step", "exercise-separation"])
def test_a_cell_runs_alone_as_a_notebook(ready, sources, jupyter, tmp_path, name):
    book = notebook(saved(ready.page, press_one(ready.page, name, "Notebook (.ipynb)"), tmp_path))
    assert book.cells[-2 if name.startswith("exercise") else -1].source == sources[name].rstrip()
    execute(book, tmp_path)


@pytest.mark.slow
def test_a_script_runs_within_jupyter_too(ready, jupyter, tmp_path):
    install(jupyter)
    path = saved(ready.page, press_one(ready.page, "analogies", "Python (.py)"), tmp_path)
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"%run {path.name}")])
    assert "queen" in text_of(execute(book, tmp_path).cells[0].outputs[0])


def test_the_page_offers_the_wheel(ready, tmp_path):
    path = saved(ready.page, lambda: ready.page.click("#wheel"), tmp_path)
    assert path.name == WHEEL.name and path.read_bytes() == WHEEL.read_bytes()


def test_what_takes_cells_away_can_be_used_by_everyone(ready):
    ready.page.evaluate("document.querySelector('#cell-ids .cell-save').click()")
    assert ready.page.evaluate("document.activeElement.textContent") == "Notebook (.ipynb)"
    assert ready.violations("#take-along") == NO_VIOLATIONS and ready.violations("#cell-ids") == NO_VIOLATIONS


# -- as the user left them ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_users_work_has_their_code_its_outputs_and_the_verdicts(lab, jupyter, tmp_path):
    lab.open()
    exercise = Exercise(lab, "separation")
    assert exercise.solve("separation").startswith("Right.")
    Exercise(lab, "analogy").check()
    Cell(lab, "ids").open().run("print('a' * 3)\nfor i in range(2):\n    print(i)\n[1, 2]")
    Cell(lab, "stamps").open().run("1 / 0", status="Ended with an error")
    Cell(lab, "touched").open().run()
    Cell(lab, "lookup").open().write("edited = 1")
    lab.page.fill("#work-name", "Ada <b>Lovelace</b>")
    path = saved(lab.page, press_all(lab.page, "work"), tmp_path)
    assert path.name == "embedding-lab-Ada-b-Lovelace-b-work.ipynb"
    book = notebook(path)
    cells = {cell.id: cell for cell in book.cells}
    assert [dict(output) for output in cells["cell-ids"].outputs] == [
        {"output_type": "stream", "name": "stdout", "text": "aaa\n0\n1\n"},
        {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": {"text/plain": "[1, 2]"}},
    ]
    (error,) = cells["cell-stamps"].outputs
    assert (error.ename, error.evalue) == ("ZeroDivisionError", "division by zero")
    picture = base64.b64decode(cells["cell-touched"].outputs[-1].data["image/png"])
    assert picture.startswith(b"\x89PNG") and len(picture) > 5000
    assert cells["cell-lookup"].source == "edited = 1"
    assert cells["cell-lookup"].outputs == []  # what we printed is not theirs
    given = {name: cells[f"check-{name}"] for name in ("separation", "analogy", "cbow")}
    verdict = given["separation"].metadata.embedlab.verdict
    assert verdict.passed and not verdict.edited and verdict.words == text_of(given["separation"].outputs[0])
    assert not given["analogy"].metadata.embedlab.verdict.passed and given["cbow"].metadata.embedlab.verdict is None
    about = book.metadata.embedlab
    assert about.name == "Ada <b>Lovelace</b>" and re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", about.saved)
    assert about.exercises["separation"].solved and about.exercises["analogy"].solved is False

    book.cells = [cells[name] for name in ("set-up", "cell-exercise-separation", "check-separation")]
    execute(book, tmp_path)
    assert text_of(book.cells[-1].outputs[0]) == verdict.words  # word by word what the page said


def test_a_verdict_on_other_code_says_so(lab, tmp_path):
    lab.open()
    exercise = Exercise(lab, "separation")
    exercise.solve("separation")
    exercise.write("pass")
    book = notebook(saved(lab.page, press_all(lab.page, "work"), tmp_path))
    (check,) = (cell for cell in book.cells if cell.id == "check-separation")
    assert check.metadata.embedlab.verdict.edited and "name" not in book.metadata.embedlab


# -- the same seed -----------------------------------------------------------------------------------------------


def test_the_page_gives_the_same_vectors_for_a_seed_as_python_here(lab):
    lab.open()
    source = Path(same_vectors.__file__).read_text(encoding="utf-8").replace('__name__ == "__main__"', "True")
    answer = lab.page.evaluate("source => lab.run(source)", source)
    assert answer["error"] is None and json.loads(answer["stdout"]) == same_vectors.digests()
