"""Python joins the page: nothing on screen is lost, and what was asked before is answered."""


def test_the_page_says_that_python_is_on_its_way(still):
    assert still.page.locator("html").get_attribute("data-python") == "loading"
    assert "need Python" in still.page.inner_text("#dynamics-training-note")
    for name in ("dynamics-train", "dynamics-epochs", "dynamics-corpus", "space-show", "space-work-out"):
        assert still.get(name, "disabled") is True


def test_the_hand_over_keeps_the_page_and_the_users_state(lab):
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


def test_other_models_are_drawn_anew_with_the_users_state(lab):
    lab.with_other_models()
    lab.open_without_python()
    lab.set("dynamics-player", "value", 42)
    lab.set("space-categories", "active", [1])
    lab.let_python_in()
    assert "anew" in lab.page.locator("#log").text_content()
    assert lab.get("dynamics-player", "value") == 42 and lab.get("space-categories", "active") == [1]
    assert lab.frame_shown() == 42


def test_what_is_asked_before_python_is_there_is_answered_when_it_is(lab):
    lab.open_without_python()
    lab.page.locator("[data-root=space-odd]").dispatch_event("focusin")  # its fields are still disabled
    lab.let_python_in()
    lab.wait("model('space-vocabulary').get('word').length === 50000")


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


TIME = """        // passes as `slept` says; `pings` are what is done every two seconds
    globalThis.slept = 0;
    globalThis.pings = [];
    const [now, every] = [performance.now.bind(performance), setInterval];
    performance.now = () => now() + slept;
    globalThis.setInterval = (action, ms) => {
        if (ms === 2000) pings.push(action);
        return every(action, ms);
    };
"""


def test_a_page_that_slept_is_still_live_and_one_whose_python_is_stuck_is_told(noisy_lab):
    lab = noisy_lab
    lab.page.add_init_script(TIME)
    lab.open().ready()
    for minutes in (2, 4, 6):  # in the background timers run once a minute; over a closed lid, not at all
        lab.page.evaluate(f"slept = {minutes} * 60_000; pings.at(-1)()")
        lab.page.evaluate("lab.run('1 + 1')")  # time for the answer
    assert lab.page.get_attribute("html", "data-python") == "ready"
    lab.page.evaluate("for (let i = 0; i <= 15; i += 1) pings.at(-1)()")  # no time for answers
    lab.failed()
    assert "has not answered for 30 seconds" in lab.page.inner_text("#alert")
