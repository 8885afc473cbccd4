"""The exercises in the page: templates fail helpfully, solutions pass, hints open in turn, progress is kept."""

import pytest

from tests.browser.cells import Cell
from tests.browser.conftest import NO_VIOLATIONS, Lab
from tests.unit.test_checks import SOLUTIONS, TEMPLATES

NAMES = list(SOLUTIONS)
MISSING = {
    "separation": ["Not yet. separation gives nothing back yet"],
    "intruder": [
        "None of the 3 functions holds.",
        *(f"{name} gives nothing back yet" for name in ("average_cosines", "intruder", "averages_from_mean")),
    ],
    "cbow": ["None of the 2 functions holds.", "The gradient for the context is not right", "row 0 of U is not where"],
    "analogy": ["What unit_rows gives is not right"],
}


class Exercise(Cell):
    """An exercise of a page, by name."""

    def __init__(self, lab, name):
        super().__init__(lab, f"exercise-{name}")
        self.all = lab.page.locator(f".exercise[data-exercise={name}]")
        self.open()

    def solve(self, name):
        self.write(f"{TEMPLATES[name]}\n{SOLUTIONS[name]}")
        return self.check()

    def check(self):
        """Press Check and wait for the verdict; its text."""
        self.press("Check")
        return self.verdict()

    def verdict(self):
        self.all.locator(".exercise-verdict p").first.wait_for(timeout=60_000)
        return self.all.locator(".exercise-verdict").inner_text()

    def folds(self):
        """The hints and the solution that can be seen: {their line: are they open}."""
        return dict(
            self.all.locator(".exercise-help > details:not([hidden])").evaluate_all(
                "folds => folds.map((fold) => [fold.querySelector('summary').innerText, fold.open])"
            )
        )


@pytest.fixture(scope="module")
def shared(browser, site):
    """A page that tests of single exercises share; each uses an exercise of its own."""
    lab = Lab(browser, site).open_without_python()
    yield lab
    lab.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_template_fails_helpfully_and_the_solution_passes(shared, name):
    exercise = Exercise(shared, name)
    message = exercise.check()
    assert message.startswith("Not yet.") and all(part in message for part in MISSING[name]), message
    assert exercise.all.get_by_text("For example, with").first.is_visible()
    assert exercise.all.locator(".exercise-inputs dt").count() >= 1 and "`" not in message
    assert not exercise.all.locator(".exercise-solved").is_visible()
    assert exercise.solve(name).startswith("Right.")
    assert exercise.all.locator(".exercise-solved").is_visible()


def test_the_verdict_names_what_holds(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    exercise.write(f"{TEMPLATES['analogy']}\n{SOLUTIONS['analogy']}\ndef unit_rows(matrix): return matrix")
    message = exercise.check()
    assert message.startswith("Not yet. 1 of 2 holds: analogy.") and "What unit_rows gives is not right." in message
    assert exercise.all.locator(".exercise-fault").count() == 1


def test_hints_open_one_at_a_time(lab):
    exercise = Exercise(lab.open_without_python(), "separation")
    assert exercise.folds() == {"Hint 1 of 3": False}
    for i in (1, 2, 3):
        line = exercise.all.get_by_text(f"Hint {i} of 3")
        line.focus()
        lab.page.keyboard.press("Enter")
        if i < 3:
            exercise.all.get_by_text(f"Hint {i + 1} of 3", exact=True).wait_for()
        assert list(exercise.folds()) == [f"Hint {j} of 3" for j in range(1, min(i + 1, 3) + 1)]


def test_the_solution_opens_after_an_attempt_that_differs_from_the_template(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    told = exercise.all.get_by_text("The solution opens once you have checked an attempt of your own.")
    assert list(exercise.folds()) == ["Hint 1 of 3"] and told.is_visible()
    exercise.check()
    assert list(exercise.folds()) == ["Hint 1 of 3"]
    exercise.write(f"# only a comment and a line\n\n{TEMPLATES['analogy']}")
    exercise.check()
    assert list(exercise.folds()) == ["Hint 1 of 3"]
    exercise.write(f"{TEMPLATES['analogy']}\ndef unit_rows(matrix): return matrix * 2")
    exercise.check()
    assert exercise.folds() == {"Hint 1 of 3": False, "Solution": False} and not told.is_visible()


def test_progress_survives_a_reload_and_can_be_cleared(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    exercise.all.get_by_text("Hint 1 of 3").click()
    assert "1 of 4 exercises solved" in exercise.solve("analogy")
    lab.page.reload()
    exercise = Exercise(lab, "analogy")
    assert exercise.all.locator(".exercise-solved").is_visible()
    assert list(exercise.folds()) == ["Hint 1 of 3", "Hint 2 of 3", "Solution"]
    progress = exercise.all.locator(".exercise-progress")
    assert "1 of 4 exercises solved" in progress.inner_text()
    assert progress.get_by_role("link", name="Exercise 4, Search for an analogy, solved").is_visible()

    progress.get_by_role("button", name="Clear progress").click()
    assert "0 of 4 exercises solved" in progress.inner_text()
    assert lab.page.evaluate("document.activeElement.textContent") == "Bring it back"
    assert list(exercise.folds()) == ["Hint 1 of 3"] and not exercise.all.locator(".exercise-solved").is_visible()
    assert all(line in exercise.text for line in SOLUTIONS["analogy"].splitlines())
    progress.get_by_role("button", name="Bring it back").click()
    assert "1 of 4 exercises solved" in progress.inner_text()

    progress.get_by_role("button", name="Clear progress").click()
    lab.page.reload()
    exercise = Exercise(lab, "analogy")
    assert "0 of 4 exercises solved" in exercise.all.locator(".exercise-progress").inner_text()
    assert not exercise.all.get_by_role("button", name="Clear progress").is_visible()


def test_errors_are_shown_as_the_users(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    exercise.write("def unit_rows(matrix):\n    return matrix / nothing")
    message = exercise.check()
    assert message.startswith("Not yet. None of the 2 functions holds.\n")
    assert "Your unit_rows ended with an error." in message and "Line 2 of “Your search”, in unit_rows" in message
    assert "checking.py" not in message
    error = exercise.all.locator(".exercise-verdict .cell-error").inner_text()
    assert error.endswith("NameError: name 'nothing' is not defined")
    assert "matrix\n[[" in message.split("This happened when the check called it with")[1]
    exercise.write("1 / 0")
    assert "before it could be checked" in exercise.check()
    assert "ZeroDivisionError" in exercise.output


def test_a_check_without_end_can_be_stopped(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    exercise.write("def unit_rows(matrix):\n    while True: pass")
    exercise.press("Check").says("Checking…")
    exercise.press("Stop").says("Stopped")
    assert exercise.all.locator(".exercise-verdict").inner_text() == ""
    assert exercise.solve("analogy").startswith("Right.")


def test_a_full_storage_is_told(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    lab.page.evaluate(
        "() => { IDBFactory.prototype.open = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    message = exercise.check()
    assert "storage is full or switched off" in message
    exercise.all.get_by_text("Hint 1 of 3").click()
    exercise.all.get_by_text("Hint 2 of 3").click()
    assert exercise.verdict().count("storage is full") == 1


def test_damaged_progress_is_no_progress(lab):
    lab.page.add_init_script("localStorage.exercises = '[1'")
    exercise = Exercise(lab.open_without_python(), "analogy")
    assert "0 of 4 exercises solved" in exercise.all.locator(".exercise-progress").inner_text()


def test_all_by_keyboard(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    exercise.at.locator(".cm-content").focus()
    lab.page.keyboard.press("Control+Enter")
    exercise.says("Done")
    assert exercise.all.locator(".exercise-verdict").inner_text() == ""  # it runs, as everywhere
    lab.page.keyboard.type("x = 1 ")
    assert "Ctrl + Shift + Enter checks" in exercise.at.locator(".cell-help").inner_text()
    lab.page.keyboard.press("Control+Shift+Enter")
    assert exercise.verdict().startswith("Not yet.")
    lab.page.keyboard.press("Escape")
    reached = []
    for _ in range(12):
        lab.page.keyboard.press("Tab")
        reached.append(lab.page.evaluate("document.activeElement.innerText.split('\\n')[0]"))
    assert reached.index("Run") < reached.index("Check") < reached.index("Hint 1 of 3") < reached.index("Solution")


def test_a_verdict_is_a_live_region_and_axe_is_content(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    assert exercise.all.locator(".exercise-verdict").get_attribute("role") == "status"
    exercise.write(f"{TEMPLATES['analogy']}\nx = 1")
    exercise.check()
    exercise.all.get_by_text("Hint 1 of 3").click()
    exercise.all.get_by_text("Solution", exact=True).click()
    assert lab.violations(".exercise") == NO_VIOLATIONS


def test_the_users_search_finds_the_queen_among_400_000_words(lab):
    exercise = Exercise(lab.open_without_python(), "analogy")
    assert exercise.solve("analogy").startswith("Right.")
    cell = Cell(lab, "exercise-analogy-glove").open()
    assert "king − man + woman: queen" in cell.run()
    assert "Fetching 22 MB: 2 4 6" in cell.output
    assert cell.run().startswith("king"), "it was fetched twice"


FETCH = "from lab import load_glove\nlen(await load_glove(400_000))"


def test_fetching_400_000_words_can_be_stopped_and_done_again(lab):
    cell = Cell(lab.open_without_python(), "exercise-analogy-glove").open()
    held = []
    lab.page.route("**/glove-400k.npz*", lambda route: held.append(route))
    with lab.page.expect_request("**/glove-400k.npz*"):
        cell.write(FETCH).press("Run")
    cell.press("Stop").says("Stopped")
    lab.page.unroute_all(behavior="ignoreErrors")
    assert "400000" in cell.run()


def test_a_fetch_that_fails_says_so(noisy_lab):
    cell = Cell(noisy_lab.open_without_python(), "exercise-analogy-glove").open()
    noisy_lab.page.route("**/glove-400k.npz*", lambda route: route.abort())
    message = cell.run(FETCH, status="Ended with an error")
    assert (
        "glove-400k.npz could not be fetched" in message
        and "is the connection up?" in message
        and "Line 2 of" in message
    )
    noisy_lab.page.unroute_all(behavior="ignoreErrors")
    noisy_lab.page.route("**/glove-400k.npz*", lambda route: route.fulfill(status=404))
    assert "404" in cell.run(FETCH, status="Ended with an error")
    noisy_lab.page.unroute_all(behavior="ignoreErrors")
    assert "choose 50_000 or 400_000" in cell.run(
        "from lab import load_glove\nawait load_glove(7)", status="Ended with an error"
    )


def test_the_comparison_runs_with_the_users_step(lab):
    assert Exercise(lab.open_without_python(), "cbow").solve("cbow").startswith("Right.")
    message = Cell(lab, "exercise-cbow-compare").open().run()
    assert "CBOW" in message and "skip-gram  17,280 steps" in message
