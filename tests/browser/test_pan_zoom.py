"""Planes are moved and zoomed by mouse, wheel, fingers and keys; the page's scroll is never caught by surprise."""

import numpy as np
import pytest

from tests.browser.conftest import NO_VIOLATIONS, Lab

PLANES = ["dynamics-plane", "space-plane", "training-plane"]
PHONE = dict(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
RUN = """(frames) => {     // the first frames, of two, of a training run, as Python would send them
    const model = (name) => Bokeh.documents[0].get_model_by_name(name), two = (one) => [one, one];
    const first = { done: [0, 1], epoch: [0, 1], loss: [2, 1], near: [[], []], xy: [[0, 0, 1, 1], [0, 0, 3, 2]] };
    for (const name of Object.keys(first)) first[name].length = frames;
    model('training-points').setv({ data: { word: ['cat', 'dog'], category: two('animals'), colour: two('#0077bb'),
                                            marker: two('circle'), x: two(0), y: two(0) } }, { sync: false });
    model('training-frames').setv({ data: first }, { sync: false, check_eq: false });
}"""


def ranges(lab, plane):
    """[[start, end] of x, of y]."""
    return np.array([[lab.get(plane, f"{axis}_range.{end}") for end in ("start", "end")] for axis in "xy"])


def sizes(lab, plane):
    return np.diff(ranges(lab, plane)).ravel()


def at(lab, plane, across=0.8, down=0.25):
    """A point of a plane in the middle of the window, of shares of its frame; there is no word at the usual one."""
    return lab.page.evaluate(
        """([place, across, down]) => {
            const plane = Bokeh.documents[0].get_model_by_name(place);
            document.querySelector(`[data-root=${place}]`).scrollIntoView({ block: 'center', behavior: 'instant' });
            const { frame, canvas_view } = Bokeh.index.get_one(plane), box = canvas_view.el.getBoundingClientRect();
            return [box.left + frame.bbox.left + across * plane.inner_width,
                    box.top + frame.bbox.top + down * plane.inner_height].map(Math.round);
        }""",
        [plane, across, down],
    )


def reset(lab, plane):
    return lab.page.locator(f"[data-root={plane}]").get_by_role("button", name="Reset view")


def scrolled(lab):
    return lab.page.evaluate("scrollY")


@pytest.fixture(autouse=True)
def fitted(request):
    """The shared page's planes as the figures fit them, after each test too."""
    if "still" not in request.fixturenames:
        yield
        return
    lab = request.getfixturevalue("still")
    lab.page.mouse.move(0, 0)
    yield
    for plane in PLANES:
        if reset(lab, plane).is_visible():
            reset(lab, plane).click()


def cursor(lab, x, y):
    return lab.page.evaluate("([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor", [x, y])


@pytest.mark.parametrize("plane", PLANES)
def test_a_drag_moves_the_plane_with_the_pointer(still, plane):
    before, (x, y) = ranges(still, plane), at(still, plane)
    shape = [still.get(plane, "inner_width"), -still.get(plane, "inner_height")]
    still.page.mouse.move(x, y)
    assert cursor(still, x, y) == "grab"
    still.page.mouse.down()
    still.page.mouse.move(x - 40, y + 30, steps=4)
    assert cursor(still, x, y) == "grabbing"
    still.page.mouse.move(x - 120, y + 370, steps=4)  # outside the plane
    still.page.mouse.up()
    moved = np.array([120, -370]) / shape * np.diff(before).ravel()
    np.testing.assert_allclose(ranges(still, plane), before + moved[:, None], rtol=1e-6, atol=1e-9)
    assert still.page.evaluate("getSelection().toString()") == ""
    still.page.mouse.move(x, y, steps=2)
    np.testing.assert_allclose(ranges(still, plane), before + moved[:, None], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("plane", PLANES)
def test_the_wheel_scrolls_the_page_and_a_hint_says_how_to_zoom(still, plane):
    still.page.mouse.move(*at(still, plane))
    before, top = ranges(still, plane), scrolled(still)
    still.page.mouse.wheel(0, 40)
    still.wait(f"scrollY > {top}")
    hint = still.page.locator(f"[data-root={plane}] .plane-hint")
    hint.wait_for()
    assert hint.inner_text() == "Ctrl + wheel zooms, or click into the figure first"
    assert np.array_equal(ranges(still, plane), before)
    hint.wait_for(state="hidden")


def wheel(lab, plane, amount):
    """Turn the wheel where the pointer is; whether the page was kept from scrolling."""
    lab.page.evaluate(
        "window.kept = new Promise((done) => addEventListener('wheel', (event) => "
        "done(event.defaultPrevented), { once: true, passive: true })); 0"
    )
    lab.page.mouse.wheel(0, amount)
    return lab.page.evaluate("window.kept")


@pytest.mark.parametrize("plane", PLANES)
def test_the_wheel_with_ctrl_zooms_about_the_pointer(still, plane):
    across, down = 0.8, 0.25
    still.page.mouse.move(*at(still, plane, across, down))
    before, shares = ranges(still, plane), np.array([across, 1 - down])
    there = before[:, 0] + shares * np.diff(before).ravel()
    for key, amount in [("Control", -100), ("Meta", -100), ("Control", 300)]:
        start = sizes(still, plane)
        still.page.keyboard.down(key)
        assert wheel(still, plane, amount) is True
        still.page.keyboard.up(key)
        times = sizes(still, plane) / start
        assert (times < 1).all() if amount < 0 else (times > 1).all()
        assert times[0] == pytest.approx(times[1])
        now = ranges(still, plane)
        np.testing.assert_allclose(now[:, 0] + shares * np.diff(now).ravel(), there, atol=2e-2 * sizes(still, plane)[0])


def test_after_a_click_the_wheel_zooms_until_the_pointer_leaves(still):
    plane = "space-plane"
    x, y = at(still, plane)
    still.page.mouse.click(x, y)
    before = sizes(still, plane)
    assert wheel(still, plane, -100) is True and (sizes(still, plane) < before).all()
    still.page.mouse.move(x, 10)
    still.page.mouse.move(x, y)
    before = sizes(still, plane)
    assert wheel(still, plane, -100) is False and np.array_equal(sizes(still, plane), before)


@pytest.mark.parametrize("way", ["Escape", "Tab", "a drag"])
def test_what_else_ends_it(still, way):
    plane = "space-plane"
    x, y = at(still, plane)
    if way == "a drag":
        still.page.mouse.move(x, y)
        still.page.mouse.down()
        still.page.mouse.move(x + 20, y, steps=3)
        still.page.mouse.up()
    else:
        still.page.mouse.click(x, y)
        still.page.keyboard.press(way)
    assert wheel(still, plane, -100) is False


@pytest.mark.parametrize("plane", PLANES)
def test_keys_zoom_and_move_the_plane_that_has_the_focus(still, plane):
    still.page.locator(f"[data-root={plane}]").focus()
    start, size = ranges(still, plane), sizes(still, plane)
    middle = start.mean(axis=1)
    still.page.keyboard.press("+")
    np.testing.assert_allclose(sizes(still, plane), size / 1.25)
    still.page.keyboard.press("-")
    still.page.keyboard.press("-")
    np.testing.assert_allclose(sizes(still, plane), size * 1.25)
    np.testing.assert_allclose(ranges(still, plane).mean(axis=1), middle, atol=1e-9)
    still.page.keyboard.press("0")
    assert np.array_equal(ranges(still, plane), start) and reset(still, plane).is_hidden()
    for key, way in {"Right": [1, 0], "Up": [0, 1], "Left": [-1, 0], "Down": [0, -1]}.items():
        still.page.keyboard.press(f"Shift+Arrow{key}")
        np.testing.assert_allclose(ranges(still, plane), start + (size * way / 8)[:, None], atol=1e-9)
        still.page.keyboard.press("0")


def test_arrows_alone_move_a_plane_without_frames_and_change_the_frame_of_others(still):
    before = ranges(still, "space-plane")
    still.page.locator("[data-root=space-plane]").press("ArrowRight")
    assert (ranges(still, "space-plane")[0] > before[0]).all()
    still.set("dynamics-player", "value", 20)
    before, plane = ranges(still, "dynamics-plane"), still.page.locator("[data-root=dynamics-plane]")
    plane.press("ArrowRight")
    assert still.get("dynamics-player", "value") == 21 and np.array_equal(ranges(still, "dynamics-plane"), before)
    plane.press("Shift+ArrowRight")
    assert still.get("dynamics-player", "value") == 21 and not np.array_equal(ranges(still, "dynamics-plane"), before)


def test_keys_of_a_button_over_the_plane_are_not_the_planes(still):
    before = ranges(still, "space-plane")
    still.page.locator("[data-root=space-plane]").get_by_role("button", name="Full screen").press("+")
    assert np.array_equal(ranges(still, "space-plane"), before)


def test_a_plane_is_one_stop_of_the_keyboard_and_says_its_keys(still):
    plane = still.page.locator("[data-root=space-plane]")
    plane.focus()
    still.page.keyboard.press("Tab")
    assert still.page.evaluate("document.activeElement.title") == "Full screen"
    still.page.keyboard.press("Shift+Tab")
    assert still.page.evaluate("document.activeElement.dataset.root") == "space-plane"
    hint = plane.locator(".plane-hint")
    hint.wait_for()
    assert "arrows move" in hint.inner_text() and "ArrowUp" in plane.get_attribute("aria-keyshortcuts")
    assert plane.evaluate("place => getComputedStyle(place).outlineStyle") == "solid"
    plane.blur()
    assert hint.is_hidden()


@pytest.mark.parametrize("plane", PLANES)
def test_reset_is_there_once_the_view_was_moved_and_brings_it_back(still, plane):
    before, (x, y) = ranges(still, plane), at(still, plane)
    assert reset(still, plane).is_hidden()
    still.page.mouse.move(x, y)
    still.page.mouse.down()
    still.page.mouse.move(x - 50, y, steps=3)
    still.page.mouse.up()
    reset(still, plane).click()
    np.testing.assert_allclose(ranges(still, plane), before)
    assert reset(still, plane).is_hidden()
    assert still.page.evaluate("document.activeElement.dataset.root") == plane


def test_frames_leave_a_moved_view_as_it_is_and_a_new_run_is_fitted(still):
    still.page.evaluate(RUN, 2)
    still.set("training-player", "value", 1)
    plane, large = still.page.locator("[data-root=training-plane]"), sizes(still, "training-plane")
    plane.press("ArrowLeft")
    assert (sizes(still, "training-plane") < large).all()
    plane.press("+")
    before = ranges(still, "training-plane")
    plane.press("ArrowRight")
    assert still.get("training-player", "value") == 1 and np.array_equal(ranges(still, "training-plane"), before)
    reset(still, "training-plane").click()
    np.testing.assert_allclose(sizes(still, "training-plane"), large)
    plane.press("+")
    still.page.evaluate(RUN, 1)
    assert reset(still, "training-plane").is_hidden()
    still.page.locator("[data-root=dynamics-plane]").press("+")
    still.page.click("[data-run='5']")
    reset(still, "dynamics-plane").wait_for(state="hidden")


def test_a_moved_view_keeps_its_scales_and_middle_in_another_window(still):
    plane = still.page.locator("[data-root=dynamics-plane]")
    plane.press("+")
    plane.press("Shift+ArrowRight")
    before, width = ranges(still, "dynamics-plane"), still.get("dynamics-plane", "inner_width")
    still.page.set_viewport_size({"width": 1100, "height": 800})
    still.wait(f"model('dynamics-plane').inner_width < {width}")
    still.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shape = [still.get("dynamics-plane", f"inner_{side}") for side in ("width", "height")]
    scale = sizes(still, "dynamics-plane") / shape
    assert scale[0] == pytest.approx(scale[1], rel=1e-6)
    np.testing.assert_allclose(ranges(still, "dynamics-plane").mean(axis=1), before.mean(axis=1))
    still.page.set_viewport_size({"width": 1280, "height": 800})
    still.wait(f"model('dynamics-plane').inner_width === {width}")


def test_there_are_no_tools_of_bokehs_and_axe_finds_nothing(still):
    for plane in PLANES:
        assert still.get(plane, "toolbar.tools.length") == 0
    still.page.locator("[data-root=space-plane]").press("+")
    assert still.settled().violations("#space-figure") == NO_VIOLATIONS


# -- the box beside marks, and clicks --------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["fish", "paris", "pasta", "girl"])  # at the left, the right, the top, the bottom
def test_the_box_is_as_wide_as_its_words_beside_the_mark_and_inside_the_plane(still, word):
    x, y = still.on_screen(word)
    still.page.mouse.move(x, y)
    box = still.page.locator("[data-root=space-plane] .hover")
    box.wait_for()
    shown, around = box.bounding_box(), still.page.locator("[data-root=space-plane]").bounding_box()
    assert shown["x"] > x + 5 or shown["x"] + shown["width"] < x - 5
    for start, length in (("x", "width"), ("y", "height")):
        assert shown[start] >= around[start] and shown[start] + shown[length] <= around[start] + around[length]
    right, padding = box.evaluate("""box => {
        const text = document.createRange();
        text.selectNodeContents(box);
        return [Math.max(...[...text.getClientRects()].map((rect) => rect.right)), getComputedStyle(box).paddingRight];
    }""")
    assert shown["x"] + shown["width"] - right <= float(padding.rstrip("px")) + 2
    assert shown["width"] <= 18 * 16


def test_a_box_of_one_line_is_no_wider_than_that(still):
    still.page.evaluate(RUN, 2)
    x, y = still.page.evaluate("""() => {
        const plane = Bokeh.documents[0].get_model_by_name('training-plane');
        document.querySelector('[data-root=training-plane]').scrollIntoView({ block: 'center', behavior: 'instant' });
        const { frame, canvas_view } = Bokeh.index.get_one(plane), box = canvas_view.el.getBoundingClientRect();
        return [box.left + frame.x_scale.compute(0), box.top + frame.y_scale.compute(0)];
    }""")
    still.page.mouse.move(x, y)
    box = still.page.locator("[data-root=training-plane] .hover")
    box.wait_for()
    assert box.inner_text().split() == ["cat", "animals"] and box.bounding_box()["width"] < 150


def test_no_box_while_the_plane_is_dragged_and_a_drag_is_no_click(still):
    x, y = still.on_screen("fish")
    box = still.page.locator("[data-root=space-plane] .hover")
    still.page.mouse.move(x, y)
    box.wait_for()
    still.page.mouse.down()
    still.page.mouse.move(x + 30, y, steps=3)
    assert box.is_hidden()
    still.page.mouse.up()
    assert still.get("space-words", "selected.indices") == []


def test_a_click_on_a_mark_selects_it_and_one_on_the_plane_none(still):
    x, y = still.on_screen("fish")
    before, i = ranges(still, "space-plane"), still.column("space-words", "word").index("fish")
    still.page.mouse.move(x, y)
    still.page.mouse.down()
    still.page.mouse.move(x + 2, y)  # a hand is not that still
    still.page.mouse.up()
    assert still.get("space-words", "selected.indices") == [i] and np.array_equal(ranges(still, "space-plane"), before)
    still.page.mouse.click(x, y - 60)
    assert still.get("space-words", "selected.indices") == []


def test_hidden_words_are_not_found(still):
    x, y = still.on_screen("fish")
    still.page.click("#space-category-chips >> text=None")
    still.page.mouse.click(x, y)
    assert still.get("space-words", "selected.indices") == []
    assert still.page.locator("[data-root=space-plane] .hover").is_hidden()
    still.page.click("#space-category-chips >> text=All")


# -- fingers ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def phone(browser, site):
    """A page on a telephone without Python; `touch(kind, *points)` puts fingers on it."""
    lab = Lab(browser, site, **PHONE).open_without_python()
    session = lab.context.new_cdp_session(lab.page)
    lab.touch = lambda kind, *points: session.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]},
    )
    yield lab
    lab.close()


@pytest.mark.parametrize("plane", PLANES)
def test_one_finger_scrolls_the_page(phone, plane):
    x, y = at(phone, plane)
    before, top = ranges(phone, plane), scrolled(phone)
    phone.touch("touchStart", (x, y))
    for up in range(20, 140, 20):
        phone.touch("touchMove", (x, y - up))
    phone.touch("touchEnd")
    phone.wait(f"scrollY > {top} + 60")
    assert np.array_equal(ranges(phone, plane), before)


@pytest.mark.parametrize("plane", PLANES)
def test_two_fingers_zoom_and_move_about_their_middle_and_the_page_stays(phone, plane):
    left, right = at(phone, plane, 0.6, 0.3), at(phone, plane, 0.8, 0.3)
    before, top, apart = ranges(phone, plane), scrolled(phone), right[0] - left[0]
    there = before[:, 0] + np.array([0.7, 0.7]) * np.diff(before).ravel()  # 0.7 from the left, 0.3 from the top
    phone.touch("touchStart", left)
    phone.touch("touchStart", left, right)
    for step in range(1, 6):  # twice as far apart, and 50 px down
        wider = apart / 2 * step / 5
        phone.touch("touchMove", (left[0] - wider, left[1] + 10 * step), (right[0] + wider, right[1] + 10 * step))
    np.testing.assert_allclose(sizes(phone, plane), np.diff(before).ravel() / 2, rtol=1e-6)
    now, down = ranges(phone, plane), 0.3 + 50 / phone.get(plane, "inner_height")
    pixel = sizes(phone, plane)[0] / phone.get(plane, "inner_width")
    np.testing.assert_allclose(now[:, 0] + np.array([0.7, 1 - down]) * np.diff(now).ravel(), there, atol=pixel)
    phone.touch("touchEnd", left)
    phone.touch("touchMove", (left[0], left[1] - 30))
    phone.touch("touchEnd")
    assert np.array_equal(ranges(phone, plane), now)
    assert scrolled(phone) == top and phone.page.evaluate("visualViewport.scale") == 1


def test_two_fingers_zoom_where_the_first_would_drag_a_word(phone):
    word = phone.page.evaluate("""() => {
        const model = (name) => Bokeh.documents[0].get_model_by_name(name), plane = model('dynamics-plane');
        const { frame, canvas_view } = Bokeh.index.get_one(plane), box = canvas_view.el.getBoundingClientRect();
        const [x, y] = ['x', 'y'].map((name) => model('dynamics-points').get(name)[0]);
        return [box.left + frame.x_scale.compute(x), box.top + frame.y_scale.compute(y)];
    }""")
    before, places = sizes(phone, "dynamics-plane"), phone.column("dynamics-points", "x")
    phone.touch("touchStart", word)
    phone.touch("touchStart", word, (word[0], word[1] + 50))
    phone.touch("touchMove", (word[0] - 30, word[1]), (word[0] + 30, word[1] + 80))
    phone.touch("touchEnd")
    assert (sizes(phone, "dynamics-plane") < before).all()
    assert phone.column("dynamics-points", "x") == pytest.approx(places, abs=1e-3)


def test_a_tap_shows_the_box_and_selects(phone):
    x, y = phone.on_screen("fish")
    phone.page.touchscreen.tap(x, y)
    phone.page.locator("[data-root=space-plane] .hover").wait_for()
    assert phone.get("space-words", "selected.indices") == [phone.column("space-words", "word").index("fish")]


def test_the_tools_are_large_enough_for_a_finger(phone):
    phone.page.locator("[data-root=space-plane]").press("+")
    for button in phone.page.locator("[data-root=space-plane] .plane-tools button").all():
        box = button.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44
