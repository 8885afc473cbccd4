"""What the page does while no Python has been let in."""

import numpy as np
import pytest

from app.sources import packaged
from app.sources.map_plane import NEIGHBOURS, offset_cosines, plane_of, random_pairs
from app.sources.map_words import ANALOGIES


@pytest.fixture(scope="module")
def run():
    return packaged.toy_run()


def test_the_page_says_that_python_is_on_its_way(still):
    assert still.page.locator("html").get_attribute("data-python") == "loading"
    assert "need Python" in still.page.inner_text("#dynamics-training-note")
    for name in ("dynamics-train", "dynamics-epochs", "dynamics-corpus", "space-word", "space-work-out"):
        assert still.get(name, "disabled") is True


@pytest.mark.parametrize("place", ["dynamics-plane", "dynamics-loss", "space-plane"])
def test_a_figure_is_drawn(still, place):
    canvas = still.page.locator(f"[data-root={place}] canvas").first
    assert canvas.evaluate("""canvas => {
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels.some((x, i) => i % 4 === 3 && x > 0);
    }""")


def off(run):
    """How far a coordinate in the page may be off: half of a 32,767th of the largest."""
    return 0.501 * max(np.abs(run.U).max(), np.abs(run.V).max()) / 32_767


@pytest.mark.parametrize("frame", [0, 17, 300])
def test_scrubbing_shows_the_recorded_frames(still, run, frame):
    still.set("dynamics-player", "value", frame)
    for source, matrix in [("dynamics-points", run.U), ("dynamics-contexts", run.V)]:
        xy = np.transpose([still.column(source, "x"), still.column(source, "y")])
        np.testing.assert_allclose(xy, matrix[frame], atol=off(run))
    assert still.page.inner_text("#dynamics-step") == f"{run.steps[frame]:,}"
    assert float(still.page.inner_text("#dynamics-loss-value")) == pytest.approx(run.loss[frame], abs=1e-3)
    assert still.get("dynamics-cursor", "location") == run.steps[frame]


def test_the_keyboard_scrubs(still):
    still.set("dynamics-player", "value", 10)
    still.page.locator("[data-root=dynamics-plane]").focus()
    for key, frame in [("ArrowRight", 11), ("ArrowLeft", 10), ("End", 300), ("ArrowRight", 300), ("Home", 0)]:
        still.page.keyboard.press(key)
        assert still.get("dynamics-player", "value") == frame, key


def test_play_starts_again_at_the_end_and_pauses(still):
    still.set("dynamics-player", "value", 300)
    still.press("Play", "dynamics-player")
    still.wait("model('dynamics-player').value > 2 && model('dynamics-player').value < 200")
    still.press("Pause", "dynamics-player")
    assert still.get("dynamics-player", "direction") == 0


def test_play_is_slow_where_the_system_asks_for_less_motion(lab):
    lab.page.emulate_media(reduced_motion="reduce")
    lab.open_without_python()
    assert lab.get("dynamics-player", "interval") == 500
    lab.set("dynamics-player", "value", 0)
    seen = lab.page.evaluate("""() => new Promise((done) => {
        const player = Bokeh.documents[0].get_model_by_name('dynamics-player'), seen = [];
        player.properties.value.change.connect(() => {
            seen.push([player.value, performance.now()]);
            if (seen.length === 3) done(seen);
        });
        player.direction = 1;
    })""")
    assert [value for value, _ in seen] == [1, 2, 3] and seen[2][1] - seen[0][1] > 900
    assert lab.page.evaluate("getComputedStyle(document.querySelector('.dot')).animationName") == "none"


def test_the_wish_for_less_motion_is_followed_while_the_page_is_open(lab):
    lab.open_without_python()
    assert lab.get("dynamics-player", "interval") == 33
    lab.page.emulate_media(reduced_motion="reduce")
    lab.wait("model('dynamics-player').interval === 500")


def test_dragging_on_the_loss_curve_moves_the_frame(still):
    still.set("dynamics-player", "value", 300)
    still.page.locator("[data-root=dynamics-loss]").scroll_into_view_if_needed()
    box = still.page.locator("[data-root=dynamics-loss]").bounding_box()
    middle = box["y"] + box["height"] / 2
    still.page.mouse.move(box["x"] + box["width"] * 0.8, middle)
    still.page.mouse.down()
    still.page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=4)
    still.page.mouse.up()
    still.wait("model('dynamics-player').value > 60 && model('dynamics-player').value < 200")


def test_what_is_drawn_can_be_chosen(still):
    for label, centres, contexts in [("Context V", False, True), ("Both", True, True), ("Centre U", True, False)]:
        still.press(label)
        assert still.get("dynamics-points-drawn", "visible") is centres
        assert still.get("dynamics-contexts-drawn", "visible") is contexts


def test_trails_follow_the_words(still, run):
    still.set("dynamics-player", "value", 20)
    still.set("dynamics-trails-on", "active", True)
    xs = still.column("dynamics-trails", "xs")
    np.testing.assert_allclose(xs[3], run.U[:21, 3, 0], atol=off(run))
    still.set("dynamics-trails-on", "active", False)
    assert still.column("dynamics-trails", "xs") == []


def test_step_mode_takes_a_recorded_step_apart(still, run):
    still.set("dynamics-player", "value", 50)
    still.set("dynamics-stepping", "active", True)
    record = run.explain(int(run.steps[50]))
    still.page.wait_for_selector("#step-table tbody td")
    rows = [row.split("\t") for row in still.page.inner_text("#step-table tbody").splitlines()]
    assert [row[1] for row in rows] == [run.vocabulary.words[i] for i in record.rows]
    for column, expected in [(2, record.dots), (3, record.sigmoids), (4, record.gradient_sizes)]:
        np.testing.assert_allclose([float(row[column].replace("−", "-")) for row in rows], expected, atol=0.006)
    moves = np.transpose([still.column("dynamics-moves", name) for name in ("x0", "y0", "x1", "y1")])
    drawn = (moves[0, 2:] - moves[0, :2]) / np.linalg.norm(moves[0, 2:] - moves[0, :2])
    real = record.u_after - record.u_before
    np.testing.assert_allclose(drawn, real / np.linalg.norm(real), atol=1e-2)
    still.page.click("#step-forward")
    assert f"{run.steps[51] + 1:,}" in still.page.inner_text("#step-sentence")
    still.page.click("#step-back")
    assert f"{run.steps[50] + 1:,}" in still.page.inner_text("#step-sentence")
    still.set("dynamics-stepping", "active", False)
    assert still.page.locator("#step-table").is_hidden() and still.column("dynamics-moves", "x0") == []


def test_categories_hide_and_show_their_words(still):
    words, categories = still.column("space-words", "word"), still.column("space-words", "category")
    still.page.click("#categories-none")
    assert not any(still.get("space-shown", "booleans"))
    still.page.get_by_role("checkbox", name="animals").check()
    shown = [word for word, on in zip(words, still.get("space-shown", "booleans")) if on]
    assert shown == [word for word, category in zip(words, categories) if category == "animals"]
    still.page.click("#categories-all")
    assert all(still.get("space-shown", "booleans"))


def test_analogies_are_arrows_with_honest_cosines(still):
    still.page.click("#categories-all")
    still.page.get_by_role("checkbox", name="gender").check()
    still.page.get_by_role("checkbox", name="capitals").check()
    still.wait("document.getElementById('overlay-summary').textContent === 'Showing 2 groups.'")
    assert (
        list(zip(still.column("space-analogies", "start"), still.column("space-analogies", "end")))
        == ANALOGIES["gender"] + ANALOGIES["capitals"]
    )
    vectors = packaged.map_vectors()
    pca = plane_of(vectors)
    expected = {
        group: offset_cosines(vectors, pca, pairs)
        for group, pairs in [
            ("gender", ANALOGIES["gender"]),
            ("capitals", ANALOGIES["capitals"]),
            ("random pairs", random_pairs()),
        ]
    }
    rows = still.page.evaluate(
        "[...document.querySelectorAll('#overlay-table :is(tbody, tfoot) tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert {row[0]: (float(row[1]), float(row[2])) for row in rows} == {
        group: pytest.approx(cosines, abs=0.0051) for group, cosines in expected.items()
    }
    still.page.get_by_role("checkbox", name="people").uncheck()
    assert "4 arrows hidden" in still.page.inner_text("#overlay-summary")
    still.page.click("#categories-all")
    still.set("space-overlays", "active", [])
    assert still.column("space-analogies", "start") == []


def test_a_click_draws_lines_to_the_five_neighbours(still):
    near = packaged.neighbours()["tiger"]
    still.page.locator("[data-root=space-plane]").scroll_into_view_if_needed()
    still.set("space-words", "selected.indices", [still.column("space-words", "word").index("tiger")])
    assert len(still.column("space-links", "x1")) == NEIGHBOURS
    text = still.page.inner_text("#space-selected")
    assert "animals" in text
    assert all(f"{word} {cosine:.2f}" in text for word, cosine in near)
    still.set("space-words", "selected.indices", [])
    assert still.column("space-links", "x1") == [] and still.page.inner_text("#space-selected") == ""


def on_screen(lab, word):
    """Where a word's mark is in the window: (x, y) in pixels."""
    lab.page.locator("[data-root=space-plane]").scroll_into_view_if_needed()
    return lab.page.evaluate(
        """word => {
        const model = (name) => Bokeh.documents[0].get_model_by_name(name);
        const [words, plane] = [model('space-words'), model('space-plane')];
        const { frame, el } = [...Bokeh.index].find((view) => view.model === plane);
        const [i, box] = [Array.from(words.get('word')).indexOf(word), el.getBoundingClientRect()];
        return [box.left + frame.x_scale.compute(words.get('x')[i]),
                box.top + frame.y_scale.compute(words.get('y')[i])];
    }""",
        word,
    )


def test_the_mouse_finds_a_word_and_its_neighbours(still):
    still.page.click("#categories-all")
    x, y = on_screen(still, "fish")
    still.page.mouse.move(x - 30, y)
    still.page.mouse.move(x, y, steps=3)
    tooltip = still.page.locator(".bk-tooltip-content").first
    tooltip.wait_for()
    expected = ", ".join(f"{word} {cosine:.2f}" for word, cosine in packaged.neighbours()["fish"])
    assert expected in tooltip.inner_text() and "animals" in tooltip.inner_text()
    still.page.mouse.click(x, y)
    still.wait("model('space-links').get('x1').length === 5")
    assert still.page.inner_text("#space-selected").startswith("fish (animals)")
    still.set("space-words", "selected.indices", [])
