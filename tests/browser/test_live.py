"""The hand-over, and what Python does once it has joined."""

import numpy as np

from app.sources import packaged


def test_the_hand_over_keeps_the_page_and_the_readers_state(lab):
    lab.open_without_python()
    lab.page.locator("[data-root=dynamics-plane] canvas").first.evaluate("canvas => { canvas.dataset.mine = 'yes' }")
    before = {
        ("dynamics-player", "value"): 42,
        ("dynamics-trails-on", "active"): True,
        ("space-categories", "active"): [0, 4],
        ("space-overlays", "active"): [0],
    }
    for (name, attribute), value in before.items():
        lab.set(name, attribute, value)
    lab.set("space-words", "selected.indices", [2])
    lab.let_python_in()
    assert {key: lab.get(*key) for key in before} == before
    assert lab.get("space-words", "selected.indices") == [2]
    assert lab.page.locator("[data-root=dynamics-plane] canvas").first.get_attribute("data-mine") == "yes"
    assert "anew" not in lab.page.locator("#log").text_content()
    assert lab.get("dynamics-train", "disabled") is False
    assert lab.page.inner_text("#dynamics-training-note") == "Change a setting, then press Train."


def test_other_models_are_drawn_anew_with_the_readers_state(lab):
    def other_ids(route):
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('"id":"p1009"', '"id":"p9009"'))

    lab.page.route(lab.site, other_ids)
    lab.open_without_python()
    lab.set("dynamics-player", "value", 42)
    lab.set("space-categories", "active", [1])
    lab.let_python_in()
    assert "anew" in lab.page.locator("#log").text_content()
    assert lab.get("dynamics-player", "value") == 42 and lab.get("space-categories", "active") == [1]
    assert lab.page.inner_text("#dynamics-frame") == "42/300"


def test_training_again_stopping_and_going_back(live):
    recorded = live.column("dynamics-frames", "loss")
    live.set("dynamics-epochs", "value", 5)
    live.set("dynamics-seed", "value", 3)
    live.press("Train", "dynamics-training")
    live.says("dynamics-message", "Trained: 6,000 of 6,000 steps")
    assert live.column("dynamics-frames", "step")[-1] == 6000
    assert len(live.column("dynamics-previous", "x")) == 15
    live.press("Back to the previous run", "dynamics-training")
    live.says("dynamics-message", "previous run")
    assert live.column("dynamics-frames", "loss") == recorded and live.get("dynamics-epochs", "value") == 40
    live.press("Back to the previous run", "dynamics-training")
    live.wait("model('dynamics-epochs').value === 5")
    live.set("dynamics-epochs", "value", 100)
    live.press("Train", "dynamics-training")
    live.wait("model('dynamics-progress').value > 0")
    live.press("Stop", "dynamics-training")
    live.says("dynamics-message", "Stopped")
    assert 0 < live.column("dynamics-frames", "step")[-1] < 120_000


def test_a_bad_corpus_is_explained_and_the_run_stays(live):
    frames = live.column("dynamics-frames", "loss")
    corpus = live.get("dynamics-corpus", "value")
    many = " ".join(f"word{i}" for i in range(70))
    for text, explanation in [("", "words"), ("one one", "negatives"), (many, "room for 60")]:
        live.set("dynamics-corpus", "value", text)
        live.wait("!model('dynamics-train').disabled")
        live.press("Train", "dynamics-training")
        live.says("dynamics-message", explanation)
        assert live.column("dynamics-frames", "loss") == frames
    live.set("dynamics-corpus", "value", corpus)


def test_single_steps_are_those_of_the_run(lab):
    lab.open().ready()
    run = packaged.toy_run()
    lab.set("dynamics-player", "value", 50)
    lab.set("dynamics-stepping", "active", True)
    for button, step in [
        ("#step-forward", 8001),
        ("#step-forward", 8002),
        ("#step-back", 8001),
        ("#step-back", 8000),
        ("#step-back", 7999),
    ]:
        lab.page.click(button)
        lab.wait(f"document.getElementById('step-sentence').textContent.startsWith('Step {step + 1:,}:')")
        assert f"the centre {run.vocabulary.words[run.log.centre[step]]} " in lab.page.inner_text("#step-sentence")
        if step % 160:
            np.testing.assert_allclose(
                np.transpose([lab.column("dynamics-points", "x"), lab.column("dynamics-points", "y")]),
                run.at(step)[0],
                atol=1e-6,
            )


def answers(live, a, b, c):
    for name, word in zip("abc", (a, b, c)):
        live.set(f"space-{name}", "value", word)
    live.press("Work it out")
    live.says("space-sum-message", f"{a} − {b} + {c} ≈")
    return live.column("space-answers", "word")


def test_sums_of_words_on_the_real_vectors(live):
    assert answers(live, "king", "man", "woman")[0] == "queen"
    assert answers(live, "paris", "france", "italy")[0] == "rome"
    live.set("space-keep-inputs", "active", True)
    assert answers(live, "king", "man", "woman")[:2] == ["king", "queen"]
    assert "king" in live.page.locator("#space-answers li").first.inner_text()
    live.set("space-keep-inputs", "active", False)


def test_words_come_and_go_with_undo(live):
    box = live.page.locator("[data-root=space-search] input").first
    box.fill("kingg")
    live.press("Add")
    live.says("space-message", "did you mean king")
    box.fill("volcano")
    box.press("Escape")
    live.press("Add")
    live.wait("model('space-words').get('word').includes('volcano')")
    live.press("Undo")
    live.wait("!model('space-words').get('word').includes('volcano')")
    box.fill("cat")
    box.press("Escape")  # else the completions lie over the buttons
    live.press("Remove")
    live.wait("!model('space-words').get('word').includes('cat')")
    live.press("Reset")
    live.wait("model('space-words').get('word').includes('cat')")


def test_the_readers_own_pairs(live):
    box = live.page.locator("[data-root=space-pairs] input").first
    box.fill("hot cold")
    live.press("Draw pairs")
    live.says("space-pairs-message", "is not a pair")
    box.fill("hot → cold, big -> small")
    live.press("Draw pairs")
    live.wait("model('space-analogies').get('group').filter(group => group === 'your pairs').length === 2")


def test_what_is_asked_before_python_is_there_is_answered_when_it_is(lab):
    lab.open_without_python()
    lab.page.locator("[data-root=space-odd]").dispatch_event("focusin")  # its fields are still disabled
    lab.let_python_in()
    lab.wait("model('space-word').completions.length === 50000")


def test_the_users_words_and_pairs_are_back_after_python_was_restarted(noisy_lab):
    lab = noisy_lab
    lab.open().ready()
    lab.page.locator("[data-root=space-pairs] input").first.fill("hot → volcano")
    lab.press("Draw pairs")
    lab.wait("model('space-pairs').get('start').includes('hot')")
    lab.page.click("#status")
    lab.page.evaluate("document.getElementById('retry').onclick()")
    lab.page.wait_for_selector("html[data-python=loading]")
    lab.ready()
    lab.wait("model('space-pairs').get('start').includes('hot')")
    assert {"hot", "volcano"} <= set(lab.column("space-words", "word"))
