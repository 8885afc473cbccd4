"""What the page is for, once in each engine: from a figure to a saved model. The tests share a page, in their order."""

import numpy as np
import pytest

from app.sources import packaged
from app.sources.map_plane import SPREAD, planes_of, rows
from app.sources.map_words import CATEGORY_OF, START
from tests.browser.conftest import Reported

PLAYER, PLANE, OVERLAYS = "[data-root=dynamics-player]", "[data-root=space-plane]", "[data-root=space-overlays]"
CELL = "#cell-lookup"
TOY = 15  # words


@pytest.fixture(scope="module")
def drawn(engine, site):
    """The page with its figures; Python may still be starting."""
    engine.go(site)
    engine.interactive()
    return engine


@pytest.fixture
def page(drawn):
    """The same; it must not complain."""
    yield drawn
    assert drawn.complaints == Reported.reports == []
    assert not drawn.evaluate("document.getElementById('alert').checkVisibility()")


@pytest.fixture
def live(page):
    page.ready()
    return page


@pytest.mark.parametrize("figure", ["dynamics-plane", "space-plane"])
def test_a_figure_is_drawn(page, figure):
    page.wait(f"""(() => {{
        const canvas = probe.find("canvas", "", "[data-root={figure}]");
        const {{ data }} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size > 10;
    }})()""")


def readout(page):
    return int(page.text("#dynamics-steps").replace(",", ""))


def test_play_and_pause(page):
    page.click("button", "Play", PLAYER)
    page.wait("probe.find('.player-play', 'Pause')?.title")
    page.says("#dynamics-epoch", "0")  # it stood at its end
    first = readout(page)
    page.wait(f"probe.text('#dynamics-steps') !== '{first:,}'")
    page.click("button", "Pause", PLAYER)
    page.wait("probe.find('.player-play', 'Play')?.title")
    assert first < readout(page) < packaged.toy_run().steps[-1]


def test_the_scrubber_shows_the_recorded_steps(page):
    steps = packaged.toy_run().steps
    page.click("input[type=range]", "", PLAYER)
    assert readout(page) == pytest.approx(steps[len(steps) // 2], rel=0.05)
    page.keys("Home", *["ArrowRight"] * 17)
    assert readout(page) == steps[17]
    page.keys("End")
    assert readout(page) == steps[-1]


def across(page):
    """Where the map's plane begins on the left, and the size of a pixel."""
    plane = "probe.model('space-plane')"
    start, end, width = page.evaluate(f"[{plane}.x_range.start, {plane}.x_range.end, {plane}.inner_width]")
    return start, (end - start) / width


def test_a_drag_moves_the_map_with_the_pointer(page):
    x, y = page.point(".plane-glass", place=PLANE)
    start, pixel = across(page)
    page.mouse((x, y), "down", (x + 20, y), (x + 60, y), "up")
    assert across(page) == pytest.approx((start - 60 * pixel, pixel))
    page.click("button", "Reset view", PLANE)
    assert across(page) == pytest.approx((start, pixel))


def test_a_group_of_analogies_is_switched_on_and_off(page):
    groups = "[...new Set(probe.model('space-analogies').get('group'))].sort().join()"
    for expected in ("capitals,gender", "gender"):
        page.click("label", "capitals", OVERLAYS)
        page.mouse((1, 1))  # else it is a preview
        page.wait(f"{groups} === '{expected}'")
        checked = page.evaluate("probe.find('label', 'capitals').control.checked")
        assert checked is ("capitals" in expected)


def test_the_plane_of_the_map_turns(page):
    page.click("label", "PCA", "#plane-choices")
    X = rows(packaged.map_vectors(), START)
    expected = X @ planes_of(packaged.map_vectors(), START, CATEGORY_OF)[SPREAD].T
    words = "probe.model('space-words')"
    page.wait(f"Math.abs({words}.get('x')[0] - {expected[0, 0]}) < 1e-5")
    shown = page.evaluate(f"['x', 'y'].map((axis) => Array.from({words}.get(axis)))")
    np.testing.assert_allclose(np.transpose(shown), expected, atol=1e-5)
    page.click("label", "Chosen to show", "#plane-choices")


def test_python_joins(live):
    live.says("#status-text", "Python ready")


def train(page, epochs):
    page.evaluate(f"probe.model('training-epochs').value = {epochs}")
    page.click("button", "Train", "[data-root=training-actions]")


def test_training_is_stopped(live):
    train(live, 1000)  # of the dictionary: it takes minutes
    live.wait("parseInt(probe.text('#training-done')) >= 0")
    live.click("button", "Stop", "[data-root=training-actions]")
    live.says("#training", "Stopped at")


def test_a_toy_is_trained_and_saved(live):
    live.click("button", "Toy: 15 words", "#training")
    live.wait("probe.model('training-min_count').value === 1")
    train(live, 20)
    live.says("#training", "Trained: 15 words")
    live.says("#training-done", "100%")
    live.click("button", "Save", "#models-table tbody tr:last-child")
    live.says("[data-root=models-told]", "is saved as")
    head, *lines = live.evaluate("probe.saved.at(-1).text()").splitlines()
    assert head.split()[0] == str(TOY) == str(len(lines))
    saved = {word: np.array(numbers, float) for word, *numbers in map(str.split, lines)}
    assert {"cat", "dog", "red"} <= set(saved)
    assert all(np.isfinite(vector).all() and len(vector) == int(head.split()[1]) for vector in saved.values())


def press(page, words):
    page.click("button", words, CELL)


def test_a_cell_runs(page):
    page.evaluate(f"document.querySelector('{CELL}').scrollIntoView({{ block: 'center' }})")
    press(page, "Run:")
    page.says(f"{CELL} .cell-status", "Done")
    assert "(3,) -> (3, 3)  equal: True" in page.text(f"{CELL} .cell-output")


def test_a_loop_without_end_is_stopped(page):
    page.click(".cm-content", place=CELL)
    page.keys("a", control=True)
    page.keys(*"while True: pass")
    page.says(f"{CELL} .cm-content", "while True: pass")
    press(page, "Run:")
    page.says(f"{CELL} .cell-status", "Running")
    press(page, "Stop")
    page.says(f"{CELL} .cell-status", "Stopped")
    press(page, "Reset to the original")
    press(page, "Run:")
    page.says(f"{CELL} .cell-status", "Done")


def test_a_link_of_the_contents_leads_to_its_section(page):
    page.click("a", "Geometry", ".contents")
    page.wait("location.hash === '#geometry'")
    page.settled()
    assert page.evaluate("document.querySelector('#geometry h2').getBoundingClientRect().top") < 400


def test_the_theme_outlives_a_reload(page):
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    page.interactive()
    assert before != dark == page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == before
    page.ready()
