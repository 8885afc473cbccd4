"""The player's row of the dynamics figure: by mouse, keyboard and finger, in time, once by itself."""

import pytest

from tests.browser.conftest import Lab

ROW = "[data-root=dynamics-player]"


@pytest.fixture
def moving(browser, site):
    """A page of a reader who did not ask for less motion, with the figure in sight."""
    lab = Lab(browser, site, reduced_motion="no-preference").open_without_python()
    lab.page.locator("[data-root=dynamics-plane]").scroll_into_view_if_needed()
    yield lab
    lab.close()


def value(lab):
    return lab.get("dynamics-player", "value")


def playing(lab):
    return lab.page.locator(ROW).get_by_role("button", name="Pause", exact=True).count() == 1


def test_it_plays_once_by_itself(moving):
    moving.wait("model('dynamics-player').value < 200")
    assert playing(moving)
    moving.wait("model('dynamics-player').value === 300")
    moving.wait("document.querySelector('.player-play').title === 'Play'")


@pytest.mark.parametrize("touch", ["plane", "key", "scrubber", "pause", "from outside"])
def test_any_touch_takes_over(moving, touch):
    moving.wait("model('dynamics-player').value < 200")
    if touch == "plane":
        moving.page.locator("[data-root=dynamics-plane]").click()
    elif touch == "key":
        moving.page.locator("[data-root=dynamics-plane]").press("ArrowRight")
    elif touch == "scrubber":
        moving.page.locator(".player-scrubber").first.click()
    elif touch == "pause":
        moving.press("Pause", "dynamics-player")
    else:
        moving.set("dynamics-player", "value", 42)
    assert not playing(moving)
    frame = value(moving)
    moving.page.wait_for_timeout(300)
    assert value(moving) == frame
    assert {"from outside": 42}.get(touch, frame) == frame


@pytest.mark.parametrize("address, frame", [("#map", 300), ("#dynamics?k=5&frame=120", 120)])
def test_it_does_not_play_where_the_address_asks_for_something_else(browser, site, address, frame):
    lab = Lab(browser, site + address, reduced_motion="no-preference").open()
    lab.page.locator("[data-root=dynamics-plane]").scroll_into_view_if_needed()
    lab.page.wait_for_timeout(500)
    assert value(lab) == frame and not playing(lab)
    lab.context.close()


def test_it_stands_at_its_end_and_plays_slowly_where_the_system_asks_for_less_motion(lab):
    lab.open_without_python()
    lab.page.locator("[data-root=dynamics-plane]").scroll_into_view_if_needed()
    lab.page.wait_for_timeout(500)
    assert value(lab) == 300 and not playing(lab)
    seen = lab.page.evaluate("""() => new Promise((done) => {
        const player = Bokeh.documents[0].get_model_by_name('dynamics-player'), seen = [];
        player.properties.value.change.connect(() => {
            seen.push([player.value, performance.now()]);
            if (seen.length === 4) done(seen);
        });
        document.querySelector('.player-play').click();
    })""")
    assert [frame for frame, _ in seen] == [0, 1, 2, 3] and seen[3][1] - seen[1][1] > 900
    assert lab.page.evaluate("getComputedStyle(document.querySelector('.dot')).animationName") == "none"


def test_speed_and_loop(still):
    still.page.emulate_media(reduced_motion="no-preference")
    still.set("dynamics-player", "value", 200)
    row = still.page.locator(ROW)
    row.get_by_label("Speed").select_option("4×")
    row.get_by_role("button", name="Loop").click()
    assert row.get_by_role("button", name="Loop").get_attribute("aria-pressed") == "true"
    still.page.evaluate("""() => {
        window.seen = [];
        const player = Bokeh.documents[0].get_model_by_name('dynamics-player');
        player.properties.value.change.connect(() => { seen.push(player.value) });
    }""")
    still.press("Play", "dynamics-player")
    still.wait("seen.includes(300) && seen.some((frame) => frame < 100)")
    still.press("Pause", "dynamics-player")
    row.get_by_role("button", name="Loop").click()
    row.get_by_label("Speed").select_option("1×")
    still.page.emulate_media(reduced_motion="reduce")


def test_the_row_by_keyboard_and_in_words(still):
    still.set("dynamics-player", "value", 120)
    scrubber = still.page.locator(f"{ROW} input[type=range]")
    assert scrubber.get_attribute("aria-valuetext").startswith("frame 120 of 300, epoch ")
    for key, frame in [("ArrowRight", 121), ("Home", 0), ("End", 300), ("ArrowLeft", 299)]:
        scrubber.press(key)
        assert value(still) == frame, key
    still.press("Previous frame", "dynamics-player")
    still.press("Next frame", "dynamics-player")
    still.press("Next frame", "dynamics-player")
    still.press("Next frame", "dynamics-player")
    assert value(still) == 300
    scrubber.press(" ")
    assert playing(still)
    scrubber.press(" ")
    assert not playing(still)


def test_epochs_are_marked_where_they_begin(still):
    texts = still.page.locator(f"{ROW} .player-marks span").all_inner_texts()
    assert texts[0] == "epoch 0" and {"10", "20", "30"} <= set(texts)
    lefts = still.page.locator(f"{ROW} .player-marks span").evaluate_all("all => all.map((span) => span.offsetLeft)")
    assert all(right - left >= 5 for left, right in zip(lefts, lefts[1:]))


def test_a_finger_finds_the_controls_on_a_narrow_page(browser, site):
    lab = Lab(browser, site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    lab.open_without_python()
    for control in lab.page.locator(f"{ROW} :is(button, select, input)").all():
        box = control.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    lab.close()


def test_playing_sends_nothing_to_python(lab):
    lab.open().ready()
    lab.page.evaluate("""() => {
        window.changes = 0;
        Bokeh.documents[0].on_change((event) => { if (event.sync !== false) window.changes += 1 }, false);
    }""")
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.press("Play", "dynamics-player")
    lab.wait("model('dynamics-player').value > 10 && model('dynamics-player').value < 299")
    lab.press("Pause", "dynamics-player")
    assert lab.page.evaluate("window.changes") == 0


def test_frame_speed_and_loop_survive_a_restart_of_python(noisy_lab):
    lab = noisy_lab
    lab.open().ready()
    row = lab.page.locator(ROW)
    row.get_by_label("Speed").select_option("2×")
    row.get_by_role("button", name="Loop").click()
    lab.page.locator("[data-root=dynamics-plane]").press("Home")
    lab.page.locator("[data-root=dynamics-plane]").press("ArrowRight")
    lab.page.click("#status")
    lab.page.evaluate("document.getElementById('retry').onclick()")
    lab.page.wait_for_selector("html[data-python=loading]")
    lab.ready()
    assert value(lab) == 1 and lab.frame_shown() == 1
    assert row.get_by_label("Speed").input_value() == "2"
    assert row.get_by_role("button", name="Loop").get_attribute("aria-pressed") == "true"
    assert row.locator(".player").count() == 1
