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
    assert still.get("dynamics-cursor", "location") == pytest.approx(run.epochs[frame])


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
