"""Single steps, the runs of each K, and the word that is moved by hand: the page does them without Python."""

import gzip
import json

import numpy as np
import pytest

from app.sources import packaged
from embedlab import sgns
from embedlab.corpora import toy_corpus
from embedlab.objective import expected_gradients, expected_loss
from embedlab.pmi import cooccurrence
from embedlab.text import tokenize
from tests.browser.conftest import Lab

FRAME = 60


@pytest.fixture(scope="module")
def run():
    return packaged.toy_run()


def made(K):
    """(columns of the frames, log of the steps) of the run with K negatives, as the page fetches them."""
    runs = json.loads((packaged.DATA / "toy-runs.json").read_text())
    log = np.frombuffer(gzip.decompress((packaged.DATA / f"toy-log-{K}.bin").read_bytes()), np.uint8)
    return runs[str(K)], log.reshape(-1, 2 + K)


def places(lab, source):
    return np.transpose([lab.column(source, "x"), lab.column(source, "y")])


def show_frame(lab, frame):
    """The run with K = 1 at a frame, nothing of a step or a move."""
    lab.page.click("#dynamics-run-tab")
    lab.page.click("[data-run='1']")
    lab.set("dynamics-player", "value", frame - 1)
    lab.set("dynamics-player", "value", frame)


def rested(lab, step):
    """Wait until a step is on show and its marks have come to rest; reduced motion takes them there at once."""
    lab.wait(f"document.getElementById('step-sentence').textContent.startsWith('Step {step + 1:,} ')")


def take(lab, step, button="#dynamics-step"):
    lab.page.click(button)
    rested(lab, step)


@pytest.fixture(scope="module", autouse=True)
def less_motion(still):
    still.page.emulate_media(reduced_motion="reduce")


def test_one_step_is_that_of_the_run_and_moves_the_words(still, run):
    show_frame(still, FRAME)
    first = int(run.steps[FRAME])
    for step in (first, first + 1, first + 2):
        take(still, step)
        U, V = run.at(step + 1)
        np.testing.assert_allclose(places(still, "dynamics-points"), U, atol=2e-4)
        np.testing.assert_allclose(places(still, "dynamics-contexts"), V, atol=2e-4)
    take(still, first + 1, "#step-back")
    np.testing.assert_allclose(places(still, "dynamics-points"), run.at(first + 2)[0], atol=2e-4)
    words = run.vocabulary.words
    sentence = still.page.inner_text("#step-sentence")
    assert f"centre {words[run.log.centre[first + 1]]} and its context {words[run.log.context[first + 1]]}," in sentence


def test_the_table_and_the_arithmetic_have_the_very_numbers(still, run):
    show_frame(still, FRAME)
    step = int(run.steps[FRAME])
    take(still, step)
    record = run.explain(step)
    rows = [row.split("\t") for row in still.page.inner_text("#step-table tbody").splitlines()]
    assert [row[1] for row in rows] == [run.vocabulary.words[i] for i in record.rows]
    numbers = np.array([[float(x.replace("−", "-")) for x in row[2:]] for row in rows])
    label = np.arange(len(rows)) == 0
    errors = np.where(record.skipped, 0, record.sigmoids - label)
    np.testing.assert_allclose(numbers, np.transpose([record.dots, record.sigmoids, errors]), atol=0.006)
    still.page.get_by_text("The arithmetic of this step").click()
    told = still.page.inner_text("#step-arithmetic")
    assert f"Loss {record.loss:.3f}" in told and f"{record.loss / len(rows):.3f} per term" in told
    still.page.get_by_text("The arithmetic of this step").click()


def test_the_arrows_point_where_the_words_move_and_their_length_is_told(still, run):
    show_frame(still, FRAME)
    take(still, int(run.steps[FRAME]))
    record = run.explain(int(run.steps[FRAME]))
    sentence = still.page.inner_text("#step-sentence")
    times = int(sentence.split("drawn ")[1].split(" times")[0].replace(",", ""))
    arrows = np.transpose([still.column("dynamics-arrows", name) for name in ("x0", "y0", "x1", "y1")])
    drawn = {tuple(arrow[:2].round(3)): arrow[2:] - arrow[:2] for arrow in arrows}
    move = record.u_after - record.u_before
    np.testing.assert_allclose(drawn[tuple(record.u_before.round(3))], times * move, atol=0.01)
    assert np.linalg.norm(arrows[:, 2:] - arrows[:, :2], axis=1).max() > 0.05
    assert len(still.column("dynamics-actors", "x")) >= 2 and min(still.column("dynamics-points", "alpha")) < 0.5


def test_at_the_end_of_the_run_steps_are_shown_from_where_they_are_large(still, run):
    show_frame(still, 300)
    still.page.click("#dynamics-step")
    still.wait("document.getElementById('step-sentence').textContent.startsWith('Step ')")
    assert still.get("dynamics-player", "value") < 200
    assert len(still.column("dynamics-arrows", "x0")) >= 1


def test_a_step_lights_up_with_its_row(still, run):
    show_frame(still, FRAME)
    take(still, int(run.steps[FRAME]))
    assert set(still.column("dynamics-arrows", "width")) == {3}
    widths = set()
    for row in still.page.locator("#step-table tbody tr").all():
        row.hover()
        widths |= set(still.column("dynamics-arrows", "width"))
    still.page.mouse.move(0, 0)
    assert widths <= {3, 7}


def test_a_row_lights_up_with_its_arrow(still, run):
    show_frame(still, FRAME)
    first = int(run.steps[FRAME])
    for step in range(first, first + 12):  # until a row of V moves far enough for an arrow
        take(still, step)
        arrows = list(zip(*(still.column("dynamics-arrows", name) for name in ("x0", "y0", "x1", "y1", "colour"))))
        if len(arrows) > 1:
            break
    x0, y0, x1, y1, colour = arrows[-1]
    still.page.locator("[data-root=dynamics-plane]").scroll_into_view_if_needed()
    still.page.mouse.move(*pixels(still, (x0 + x1) / 2, (y0 + y1) / 2), steps=2)
    still.page.wait_for_selector("#step-table .lit")
    still.page.mouse.move(0, 0)


@pytest.mark.parametrize("K", [2, 5, 15])
def test_each_K_is_a_run_of_its_own_before_python(still, K):
    show_frame(still, 300)
    before = places(still, "dynamics-points")
    still.page.click(f"[data-run='{K}']")
    still.page.wait_for_selector(f"[data-run='{K}'][aria-pressed=true]")
    columns, log = made(K)
    u = np.array(columns["u"]).reshape(301, 15, 2) * columns["unit"][0]
    np.testing.assert_allclose(places(still, "dynamics-points"), u[300], atol=1e-4)
    ghosts = places(still, "dynamics-ghosts")
    assert len(ghosts) == 15 and not np.allclose(ghosts, u[300], atol=0.05)
    np.testing.assert_allclose(np.linalg.norm(ghosts, axis=1), np.linalg.norm(before, axis=1), atol=1e-4)
    assert "K = 1" in still.page.inner_text("#dynamics-legend")
    still.set("dynamics-player", "value", 30)
    assert not np.allclose(places(still, "dynamics-ghosts"), ghosts, atol=0.05)  # they move together
    take(still, columns["step"][30])
    rows = [row.split("\t")[1] for row in still.page.inner_text("#step-table tbody").splitlines()]
    words = packaged.toy_run().vocabulary.words
    assert rows == [words[i] for i in log[columns["step"][30]][1:]]


def test_a_run_that_cannot_be_fetched_is_told(noisy_lab):
    noisy_lab.page.route("**/toy-runs.json*", lambda route: route.fulfill(status=404))
    noisy_lab.open_without_python()
    noisy_lab.page.click("[data-run='5']")
    noisy_lab.wait("document.getElementById('dynamics-runs-note').textContent.includes('404')")
    assert noisy_lab.page.get_attribute("[data-run='1']", "aria-pressed") == "true"
    noisy_lab.page.unroute("**/toy-runs.json*")
    noisy_lab.page.click("[data-run='5']")
    noisy_lab.page.wait_for_selector("[data-run='5'][aria-pressed=true]")


# -- be the gradient ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def objective(run):
    """(counts, noise) of the toy corpus."""
    counts = cooccurrence(run.vocabulary.encode(tokenize(toy_corpus().text)), 15, run.config.window)
    return counts, sgns.noise_distribution(run.vocabulary.counts, run.config.noise_exponent)


def pixels(lab, x, y):
    """Where a point of the plane is on the screen."""
    return lab.page.evaluate(
        """([x, y]) => {
            const plane = Bokeh.documents[0].get_model_by_name("dynamics-plane"), view = Bokeh.index.get_one(plane);
            const box = view.canvas_view.el.getBoundingClientRect(), { left, top } = view.frame.bbox;
            const across = (x - plane.x_range.start) / (plane.x_range.end - plane.x_range.start);
            const up = (y - plane.y_range.start) / (plane.y_range.end - plane.y_range.start);
            return [box.left + left + across * plane.inner_width, box.top + top + (1 - up) * plane.inner_height];
        }""",
        [float(x), float(y)],
    )


def test_a_word_is_dragged_and_the_forces_change_as_it_moves(still, run, objective):
    show_frame(still, 300)
    U, V = run.U[300].copy(), run.V[300]
    still.page.locator("[data-root=dynamics-plane]").scroll_into_view_if_needed()
    still.page.mouse.move(*pixels(still, *U[3]))
    still.page.mouse.down()
    assert still.page.get_attribute("#dynamics-move-tab", "aria-selected") == "true"
    losses = []
    for target in ([0.5, 0.5], [0.9, -0.2]):
        still.page.mouse.move(*pixels(still, *target), steps=3)
        losses.append(float(still.page.inner_text("#move-loss")))
    still.page.mouse.up()
    moved = places(still, "dynamics-points")
    np.testing.assert_allclose(moved[3], [0.9, -0.2], atol=0.02)
    np.testing.assert_allclose(np.delete(moved, 3, axis=0), np.delete(U, 3, axis=0), atol=1e-4)
    U[3] = moved[3]
    counts, noise = objective
    assert losses[1] == pytest.approx(expected_loss(U, V, counts, noise, 1) / 2, abs=2e-4) and losses[0] != losses[1]
    gradients = expected_gradients(U, V, counts, noise, 1)
    share = counts[3].sum() / counts.sum()
    for name, gradient in [("pull", gradients.pull_u), ("push", gradients.push_u)]:
        told = float(still.page.inner_text(f"#move-{name}-value"))
        assert told == pytest.approx(np.linalg.norm(gradient[3]) / share, abs=2e-3)


def test_let_go_it_settles_where_pull_and_push_are_equal(still):
    show_frame(still, 300)
    still.page.click("#dynamics-move-tab")
    start = float(still.page.inner_text("#move-loss"))
    still.page.locator("#move-x").focus()
    for _ in range(30):
        still.page.keyboard.press("ArrowLeft")
    away = float(still.page.inner_text("#move-loss"))
    assert away != start
    still.page.click("#move-one")
    one = float(still.page.inner_text("#move-loss"))
    still.page.click("#move-ten")
    ten = float(still.page.inner_text("#move-loss"))
    assert ten <= one <= away
    still.page.click("#move-settle")
    still.wait("document.getElementById('move-settle').textContent === 'Until it settles'")
    assert float(still.page.inner_text("#move-loss")) <= ten
    assert "equally strong" in still.page.inner_text("#move-sentence")
    still.page.click("#move-back")
    assert float(still.page.inner_text("#move-loss")) == start


def test_what_to_try_is_done_by_its_button(still):
    still.page.get_by_role("button", name="Do it: K = 5").click()
    still.page.wait_for_selector("[data-run='5'][aria-pressed=true]")
    still.page.get_by_role("button", name="Do it: one step").click()
    still.wait("document.getElementById('step-sentence').textContent.startsWith('Step ')")
    assert still.page.get_attribute("[data-run='1']", "aria-pressed") == "true"


def test_steps_of_a_run_of_ones_own_and_a_colour_among_the_animals(lab):
    lab.page.emulate_media(reduced_motion="reduce")
    lab.open().ready()
    lab.page.get_by_role("button", name="Do it: red among the animals").click()
    lab.says("dynamics-message", "Trained", timeout=60_000)
    lab.page.wait_for_selector("[data-run=yours][aria-pressed=true]")
    words = lab.column("dynamics-points", "word")
    at = dict(zip(words, places(lab, "dynamics-points")))
    animals, colours = (
        np.mean([at[w] for w in group], axis=0) for group in (["cat", "dog", "bird"], ["blue", "green"])
    )
    assert np.linalg.norm(at["red"] - animals) < np.linalg.norm(at["red"] - colours)
    lab.set("dynamics-player", "value", 50)
    lab.page.click("#dynamics-step")
    lab.wait("document.getElementById('step-sentence').textContent.startsWith('Step ')")
    lab.page.click("#dynamics-train-tab")
    lab.set("dynamics-window", "value", 5)
    lab.wait("document.getElementById('dynamics-training-note').textContent.includes('window 5 (the run has 3)')")


def test_a_finger_drags_a_word_and_the_page_stays(browser, site):
    lab = Lab(browser, site, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    lab.open_without_python()
    touch = lab.page.context.new_cdp_session(lab.page)

    def swipe(start, end):
        for kind, at in [("touchStart", start), ("touchMove", end), ("touchEnd", None)]:
            points = [{"x": at[0], "y": at[1]}] if at else []
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before, scrolled = places(lab, "dynamics-points"), lab.page.evaluate("scrollY")
    swipe(pixels(lab, *before[0]), pixels(lab, 0.4, 0.9))
    lab.wait("document.getElementById('move-loss').textContent")
    np.testing.assert_allclose(places(lab, "dynamics-points")[0], [0.4, 0.9], atol=0.06)
    assert lab.page.evaluate("scrollY") == scrolled
    lab.close()


def test_steps_runs_and_moves_work_with_python_too(live, run):
    live.page.emulate_media(reduced_motion="reduce")
    frames = live.column("dynamics-frames", "loss")
    show_frame(live, FRAME)
    take(live, int(run.steps[FRAME]))
    np.testing.assert_allclose(places(live, "dynamics-points"), run.at(int(run.steps[FRAME]) + 1)[0], atol=2e-4)
    live.page.click("[data-run='5']")
    live.wait("model('dynamics-negatives').value === 5")
    assert "Change a setting" in live.page.text_content("#dynamics-training-note")
    live.page.click("#dynamics-move-tab")
    live.page.locator("#move-y").press("ArrowUp")
    live.page.click("#move-ten")
    live.page.click("[data-run='1']")
    assert live.column("dynamics-frames", "loss") == frames
    live.page.click("#dynamics-run-tab")
    live.set("dynamics-player", "value", 300)
    np.testing.assert_allclose(places(live, "dynamics-points"), run.U[300], atol=1e-4)
