"""Skip-gram dynamics, before Python and with it."""

import numpy as np
import pytest

from app.sources import packaged


@pytest.fixture(scope="module")
def run():
    return packaged.toy_run()


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
    assert still.page.inner_text("#dynamics-steps") == f"{run.steps[frame]:,}"
    per_term = run.loss[frame] / (run.config.negatives + 1)
    assert float(still.page.inner_text("#dynamics-loss-value")) == pytest.approx(per_term, abs=1e-3)
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
    frame = still.get("dynamics-player", "value")
    still.page.wait_for_timeout(700)
    assert still.get("dynamics-player", "value") == frame


def test_dragging_on_the_loss_curve_moves_the_frame(still):
    still.set("dynamics-player", "value", 300)
    still.page.locator("[data-root=dynamics-loss]").scroll_into_view_if_needed()
    box = still.page.locator("[data-root=dynamics-loss]").bounding_box()
    middle = box["y"] + box["height"] / 2
    still.page.mouse.move(box["x"] + box["width"] * 0.8, middle)
    still.page.mouse.down()
    still.page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=4)
    still.page.mouse.up()
    still.wait("model('dynamics-player').value > 120 && model('dynamics-player').value < 230")  # half the steps: 189


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


def test_marks_that_coincide_share_a_label_and_labels_further_off_have_lines(still):
    words, fewest = still.column("dynamics-points", "word"), 15
    for frame in (0, 6, 30, 300):
        still.set("dynamics-player", "value", frame)
        labels = still.column("dynamics-labels", "text")
        assert sorted(", ".join(labels).split(", ")) == sorted(words)
        fewest = min(fewest, len(labels))
        far = [dy for dy in still.column("dynamics-labels", "dy") if abs(dy) > 12]
        assert len(still.column("dynamics-leaders", "x")) == len(far)
    assert fewest < 15


AT_FIRST_POINT = """() => {
    const model = (name) => Bokeh.documents[0].get_model_by_name(name);
    const plane = model('dynamics-plane'), points = model('dynamics-points');
    const view = Bokeh.index.roots.find((root) => root.model === plane);
    const canvas = view.canvas_view.el.getBoundingClientRect(), frame = view.frame.bbox;
    const part = (range, x) => (x - range.start) / (range.end - range.start);
    return [canvas.left + frame.left + frame.width * part(plane.x_range, points.get('x')[0]),
            canvas.top + frame.top + frame.height * (1 - part(plane.y_range, points.get('y')[0]))];
}"""


def test_one_box_beside_a_place_lists_its_words(still):
    still.set("dynamics-player", "value", 300)
    still.page.locator("[data-root=dynamics-plane]").scroll_into_view_if_needed()
    x, y = still.page.evaluate(AT_FIRST_POINT)
    still.page.mouse.move(x - 60, y - 60)
    still.page.mouse.move(x, y, steps=3)
    box = still.page.locator("[data-root=dynamics-plane] .hover")
    box.wait_for(state="visible")
    listed = box.locator("b").all_inner_texts()
    assert still.column("dynamics-points", "word")[0] in listed and len(set(listed)) == len(listed)
    assert still.column("dynamics-points", "category")[0] in box.inner_text()
    around = box.bounding_box()
    assert around["x"] > x + 5 or around["x"] + around["width"] < x - 5
    still.page.mouse.move(x - 150, y - 150)
    box.wait_for(state="hidden")


def test_training_again_stopping_and_going_back(live):
    recorded = live.column("dynamics-frames", "loss")
    live.set("dynamics-epochs", "value", 5)
    live.set("dynamics-seed", "value", 3)
    live.page.click("#dynamics-train-tab")
    live.press("Train", "dynamics-training")
    live.says("dynamics-message", "Trained: 7,500 of 7,500 steps")
    assert live.column("dynamics-frames", "step")[-1] == 7500
    assert len(live.column("dynamics-ghosts", "x")) == 15
    live.press("Back to the previous run", "dynamics-training")
    live.says("dynamics-message", "previous run")
    assert live.column("dynamics-frames", "loss") == recorded and live.get("dynamics-epochs", "value") == 32
    live.press("Back to the previous run", "dynamics-training")
    live.wait("model('dynamics-epochs').value === 5")
    live.set("dynamics-epochs", "value", 100)
    live.press("Train", "dynamics-training")
    live.wait("model('dynamics-progress').value > 0")
    live.press("Stop", "dynamics-training")
    live.says("dynamics-message", "Stopped")
    assert 0 < live.column("dynamics-frames", "step")[-1] < 150_000


def test_a_bad_corpus_is_explained_and_the_run_stays(live):
    frames = live.column("dynamics-frames", "loss")
    corpus = live.get("dynamics-corpus", "value")
    many = " ".join(f"word{i}" for i in range(70))
    live.page.click("#dynamics-train-tab")
    for text, explanation in [("", "words"), ("one one", "negatives"), (many, "room for 60")]:
        live.set("dynamics-corpus", "value", text)
        live.wait("!model('dynamics-train').disabled")
        live.press("Train", "dynamics-training")
        live.says("dynamics-message", explanation)
        assert live.column("dynamics-frames", "loss") == frames
    live.set("dynamics-corpus", "value", corpus)


def test_steps_are_written_on_the_axis_as_everywhere_on_the_page(still):
    texts = still.page.evaluate(
        "[...[...Bokeh.index].find((view) => view.model.name === 'dynamics-loss').export('svg', false).canvas"
        ".querySelectorAll('text')].map(({ textContent }) => textContent)"
    )
    assert "10,000" in texts and "10000" not in texts
