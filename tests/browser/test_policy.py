"""All of the page works under the strict policy, with and without cross-origin isolation, and breaks it nowhere."""

import numpy as np
import pytest

from builder import hosting
from builder.server import serving
from embedlab.formats import read, write
from embedlab.vectors import WordVectors
from tests.browser.cells import Cell
from tests.browser.conftest import DIST, Lab, Reported

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'"
)


class Isolated(Reported):
    """The same with what makes a page cross-origin isolated."""

    def send_response(self, code, message=None):
        super().send_response(code, message)
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")


@pytest.fixture(scope="module", params=[Reported, Isolated])
def live(request, browser):
    """A live page, with the answers that it got."""
    with serving(DIST, handler=request.param) as url:
        lab = Lab(browser, url)
        lab.isolated, lab.answers = request.param is Isolated, []
        lab.page.on("response", lambda answer: lab.answers.append(answer))
        lab.open().ready()
        yield lab
        lab.close()


def test_the_page_is_isolated_where_it_is_to_be(live):
    assert live.page.evaluate("crossOriginIsolated") is live.isolated


def test_a_cell_is_edited_draws_and_is_stopped(live):
    cell = Cell(live, "lookup").open()
    assert "42" in cell.run("from lab import Plot, show\nshow(Plot('Line').line([0, 1], [1, 2]))\nprint(6 * 7)")
    cell.at.locator(".cell-picture canvas").first.wait_for()
    cell.write("while True: pass").press("Run").says("Running").press("Stop").says("Stopped")
    assert "6" in cell.run("sum([1, 2, 3])")


def test_an_exercise_is_checked(live):
    Cell(live, "exercise-intruder").open().press("Check")
    live.page.locator(".exercise[data-exercise=intruder] .exercise-verdict p").filter(has_text="Not yet.").wait_for()


def test_the_dynamics_play_step_and_train(live):
    live.page.locator("#dynamics-figure").scroll_into_view_if_needed()
    live.page.click("[data-run='5']")
    live.set("dynamics-player", "value", 0)
    live.press("Play", "dynamics-player")
    live.wait("model('dynamics-player').value > 5")
    live.page.click("#dynamics-step")
    live.wait("document.getElementById('step-sentence').textContent.startsWith('Step ')")
    live.page.click("#dynamics-train-tab")
    live.press("Train", "dynamics-training")
    live.says("dynamics-message", "Trained", timeout=60_000)


def test_the_map_answers_questions(live):
    live.set("space-overlays", "active", [0, 1])
    live.wait("model('space-analogies').get('x0').length")
    live.show_tab("odd")
    live.press("Find the odd one")
    live.says("space-odd-message", "cereal")
    live.page.get_by_role("radio", name="PCA").check()
    live.page.fill("#word-box", "volcano, lava")
    live.page.keyboard.press("Enter")
    live.wait("Array.from(model('space-words').get('word')).includes('volcano')")


def test_a_corpus_is_trained_on(live):
    live.page.locator("#training").get_by_role("button", name="Toy: 15 words", exact=True).click()
    live.wait("model('training-min_count').value === 1")
    live.press("Train", "training-actions")
    live.says("training-message", "Trained: 15 words", timeout=60_000)


def test_a_model_is_loaded_and_saved(live, tmp_path):
    words = ["cat", "dog", "red", "blue"]
    model = WordVectors(words, np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32))
    file = {"name": "mine.vec", "mimeType": "text/plain", "buffer": write(model, "word2vec-text")}
    live.page.set_input_files("input[data-file=models-file]", file)
    live.says("models-file-message", "mine.vec is loaded: 4 words")
    with live.page.expect_download() as download:
        live.press("Save mine.vec")
    download.value.save_as(tmp_path / "saved")
    assert read((tmp_path / "saved").read_bytes()).words == words


def test_every_part_is_drawn_in_both_themes_and_on_paper(live):
    for section in live.page.locator("main > section[id]").all():
        section.scroll_into_view_if_needed()
        live.settled()
    live.page.click("#theme")
    live.page.click(".small-figure .chip[data-figure=map]")
    live.page.wait_for_selector(".visit > .lab")
    live.page.locator(".term").first.click()
    live.page.click("#contents-button")
    live.page.fill("#find", "cosine")
    for event in ("beforeprint", "afterprint"):
        live.page.evaluate(f"dispatchEvent(new Event('{event}'))")
    live.page.click("#theme")


def test_every_answer_had_exactly_this_policy(live):
    assert hosting.POLICY == POLICY
    answers = {answer.url: answer.headers.get("content-security-policy") for answer in live.answers}
    served = {url.split("?")[0] for url in answers if url.startswith(live.site)}
    for name in ("", "static/worker.js", "static/cells-worker.js", "runtime/app.zip.bin", "data/toy-runs.json"):
        assert f"{live.site}{name}" in served
    assert {policy for url, policy in answers.items() if url.startswith(live.site)} == {POLICY}


PLANTED = "setTimeout(() => { try { eval('1') } catch { globalThis.refused = true } })"


@pytest.mark.parametrize("place", ["page", "worker"])
def test_what_breaks_the_policy_is_seen(browser, place):
    """Else the tests above would show nothing."""
    with serving(DIST, handler=Reported) as url:
        lab = Lab(browser, url).open_without_python()
        planted = PLANTED if place == "page" else f"new Worker(URL.createObjectURL(new Blob([{PLANTED!r}]))), 0"
        lab.page.evaluate(planted)
        while not Reported.reports:
            lab.page.wait_for_timeout(20)
        with pytest.raises(AssertionError, match="eval"):
            lab.close()
