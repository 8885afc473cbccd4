"""The cells behind the figures, and what a cell shows on a figure."""

import re

import numpy as np
import pytest

from embedlab.corpora import small_corpus
from tests.browser.cells import SAMPLES, Cell
from tests.browser.conftest import NO_VIOLATIONS, Lab


def test_a_users_step_moves_the_dynamics_figure(lab):
    lab.open().ready()
    recorded = lab.column("dynamics-frames", "loss")
    lab.set("dynamics-player", "value", 42)
    Cell(lab, "behind-run").open().run()
    step = Cell(lab, "behind-step").open()
    assert "where the run above ended: True" in step.run()
    lab.page.wait_for_selector("[data-run=yours][aria-pressed=true]")
    lab.set("dynamics-player", "value", 300)
    assert lab.page.inner_text("#dynamics-steps") == "48,000"
    lab.page.click("#dynamics-step")
    assert "come from a cell" in lab.page.inner_text("#step-sentence")
    np.testing.assert_allclose(lab.column("dynamics-frames", "loss"), recorded, rtol=1e-6)  # the run it starts from
    lab.page.click("[data-run='1']")
    assert lab.column("dynamics-frames", "loss") == recorded
    lab.page.click("[data-run=yours]")
    np.testing.assert_allclose(lab.column("dynamics-frames", "loss"), recorded, rtol=1e-6)


def test_a_run_of_the_figure_takes_the_place_of_the_users_frames(lab):
    lab.open().ready()
    Cell(lab, "behind-run").open().run(
        "from lab import Frames\nf = Frames(['a', 'b'])\n"
        "for i in range(9): f.add([[i, 0], [0, i]], [[1, 1], [2, 2]], 9 - i)\nf"
    )
    assert lab.column("dynamics-points", "word") == ["a", "b"]
    lab.set("dynamics-epochs", "value", 2)
    lab.page.click("#dynamics-train-tab")
    lab.press("Train", "dynamics-training")
    lab.says("dynamics-message", "Trained")
    assert "cat" in lab.column("dynamics-points", "word") and lab.get("dynamics-player", "end") == 300


def test_the_trainer_behind_the_training_is_the_compiled_one(lab):
    printed = Cell(lab.open().ready(), "behind-trainer").open().run()
    assert "kernel: " in printed
    near = re.search(r"cat: (.*)", printed)[1]
    assert set(re.findall(r"[a-z]+", near)) == {
        word for word, kind in small_corpus().categories.items() if kind == "animals" and word != "cat"
    }


def test_the_vectors_behind_the_map(lab):
    assert "queen" in Cell(lab.open().ready(), "behind-questions").open().run()


def test_the_source_is_a_click_away(lab):
    lab.open_without_python()
    Cell(lab, "behind-run").open()
    with lab.page.context.expect_page() as opened:
        lab.page.get_by_role("link", name="gradients", exact=True).click()
    source = opened.value
    assert "def gradients(u, v_context, v_negatives):" in source.inner_text("pre")
    assert source.locator(":target").inner_text() == "gradients"


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_cells_that_have_run(browser, site, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 844}).open().ready()
    for name in SAMPLES:
        Cell(lab, name).open().run()
    Cell(lab, "lookup").run("1 / 0  # a comment\n'text', None", status="error")
    Cell(lab, "behind-run").open().at.locator(".cm-content").focus()
    assert lab.settled().violations() == NO_VIOLATIONS
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
    lab.close()
