"""The embedding map, before Python and with it: chips, arrows, planes."""

import numpy as np
import pytest

from app.sources import packaged
from app.sources.map_plane import CHOSEN, SPREAD, ends, planes_of, rows
from app.sources.map_words import ANALOGIES, CATEGORY_OF, START
from app.sources.other_words import OTHER_ANALOGIES, OTHER_CATEGORY_OF
from embedlab.projection import neighbour_recall, purity
from embedlab.vectors import mean_offset_cosine

OVERLAYS, CATEGORIES = "[data-root=space-overlays]", "#space-category-chips"


def chip(lab, place, name):
    return lab.page.locator(place).get_by_role("checkbox", name=name)


def shown_words(lab):
    """The words whose marks are on the plane."""
    return [word for word, on in zip(lab.column("space-words", "word"), lab.get("space-shown", "booleans")) if on]


def of_category(name):
    return [word for word in START if CATEGORY_OF[word] == name]


@pytest.fixture
def map_(still):
    """The page without Python as it was at the start."""
    for name, active in (("space-categories", range(10)), ("space-overlays", [0])):
        still.set(name, "active", list(active))
    still.page.get_by_role("radio", name="Chosen to show").check()
    still.page.uncheck("#space-chance")
    still.wait(f"model('space-shown').booleans.filter(Boolean).length === {len(START)}")
    return still


# -- chips -----------------------------------------------------------------------------------------------------


def test_categories_hide_and_show_their_words_and_none_and_all_are_undone(map_):
    categories = map_.page.locator(CATEGORIES)
    chip(map_, CATEGORIES, "food").uncheck()
    map_.wait("!model('space-words').get('word').some((w, i) => w === 'pizza' && model('space-shown').booleans[i])")
    categories.get_by_role("button", name="None").click()
    map_.wait("!model('space-shown').booleans.some(Boolean)")
    categories.get_by_role("button", name="Undo").click()
    map_.wait("model('space-shown').booleans.some(Boolean)")
    assert shown_words(map_) == [word for word in START if CATEGORY_OF[word] != "food"]
    categories.get_by_role("button", name="None").click()
    chip(map_, CATEGORIES, "animals").check()
    map_.wait("model('space-shown').booleans.some(Boolean)")
    assert shown_words(map_) == of_category("animals")
    assert not categories.get_by_role("button", name="Undo").is_visible()  # what it would undo is history
    categories.get_by_role("button", name="All").click()
    map_.wait("model('space-shown').booleans.every(Boolean)")


def test_one_group_is_on_at_the_start_and_its_numbers_are_on_its_chip(map_):
    assert [chip(map_, OVERLAYS, group).is_checked() for group in ANALOGIES] == [True, False, False, False]
    assert (
        list(zip(map_.column("space-analogies", "start"), map_.column("space-analogies", "end")))
        == (ANALOGIES["gender"])
    )
    vectors = packaged.map_vectors()
    axes = planes_of(vectors, START, CATEGORY_OF)[CHOSEN]
    map_.wait("performance.getEntriesByType('resource').some(({ name }) => name.includes('data/map-rows.json'))")
    for group, pairs in ANALOGIES.items():
        starts, stops = ends(vectors, pairs)
        full, plane = mean_offset_cosine(starts, stops), mean_offset_cosine(starts @ axes.T, stops @ axes.T)
        label = map_.page.locator(f"{OVERLAYS} label", has_text=group)
        assert f"50-d {full:.2f} · here {plane:.2f}" in label.inner_text()
    map_.page.check("#space-chance")
    label = map_.page.locator(f"{OVERLAYS} label", has_text="gender")
    assert label.inner_text().count("(") == 2


def test_arrows_end_at_marks_and_are_told_apart_without_colour(map_):
    for group in ANALOGIES:
        chip(map_, OVERLAYS, group).check()
    map_.wait(f"model('space-analogies').get('x0').length === {sum(map(len, ANALOGIES.values()))}")
    assert len(set(map_.column("space-analogies", "dash"))) == len(ANALOGIES)
    assert not set(map_.column("space-analogies", "colour")) & set(map_.column("space-words", "colour"))
    places = dict(zip(map_.column("space-words", "word"), zip(*[map_.column("space-words", axis) for axis in "xy"])))
    scale = map_.page.evaluate("""() => { const plane = Bokeh.documents[0].get_model_by_name('space-plane');
        return plane.inner_width / (plane.x_range.end - plane.x_range.start); }""")
    columns = [map_.column("space-analogies", name) for name in ("start", "end", "x0", "y0", "x1", "y1")]
    for start, end, x0, y0, x1, y1 in zip(*columns):
        assert (x0, y0) == pytest.approx(places[start])
        gap = np.subtract(places[end], (x1, y1)) * scale  # in pixels
        assert 5 < np.hypot(*gap) < 9  # the mark's radius
        along = np.subtract(places[end], (x0, y0))
        assert gap @ along == pytest.approx(np.hypot(*gap) * np.hypot(*along), rel=1e-4)  # on the line to the mark
    levels = map_.page.evaluate("""() => [...Bokeh.documents[0]._all_models.values()]
        .filter(({ type, source }) => type === 'Arrow' && /^space-/.test(source.name)).map(({ level }) => level)""")
    assert levels == ["underlay"] * 2  # labels are glyphs


def test_arrows_hide_with_their_words(map_):
    chip(map_, CATEGORIES, "people").uncheck()
    map_.wait("model('space-analogies').get('x0').length === 0")
    assert "4 arrows hidden" in map_.page.inner_text("#overlay-summary")


def test_pointing_at_a_chip_previews_it(map_):
    page = map_.page
    page.locator(f"{OVERLAYS} label", has_text="capitals").hover()
    map_.wait("model('space-analogies').get('group').includes('capitals')")
    assert map_.get("space-overlays", "active") == [0]
    page.locator(f"{CATEGORIES} label", has_text="food").hover()
    map_.wait("model('space-words').get('alpha').some((alpha) => alpha < 1)")
    bright = [w for w, a in zip(map_.column("space-words", "word"), map_.column("space-words", "alpha")) if a == 1]
    assert bright == of_category("food")
    page.mouse.move(0, 0)
    map_.wait("model('space-words').get('alpha').every((alpha) => alpha === 1)")
    map_.wait("!model('space-analogies').get('group').includes('capitals')")
    chip(map_, OVERLAYS, "royalty").focus()
    page.keyboard.press("Shift+Tab")  # by keyboard: the one that has the focus
    map_.wait("model('space-analogies').get('group').every((group) => group === 'gender')")
    page.keyboard.press("Tab")
    map_.wait("model('space-analogies').get('group').includes('royalty')")
    page.keyboard.press("Space")
    assert map_.get("space-overlays", "active") == [0, 1]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_chips_and_plane_are_in_sight_together(lab, size):
    lab.page.set_viewport_size({"width": size[0], "height": size[1]})
    lab.open_without_python()
    lab.page.evaluate("document.querySelector('.lab-space').scrollIntoView()")
    boxes = [lab.page.locator(place).bounding_box() for place in (CATEGORIES, OVERLAYS, "[data-root=space-plane]")]
    bar = lab.page.locator("header, .bar").first.bounding_box()
    assert boxes[0]["y"] >= bar["y"] + bar["height"]
    assert boxes[2]["y"] + boxes[2]["height"] <= size[1] and boxes[2]["height"] > 300
    chips = boxes[0]["height"] + boxes[1]["height"]
    assert boxes[2]["y"] - boxes[0]["y"] < chips + 40  # directly above the plane


# -- planes ----------------------------------------------------------------------------------------------------


def places(lab):
    """Where the marks are: {word: (x, y)}."""
    return dict(zip(lab.column("space-words", "word"), zip(*[lab.column("space-words", axis) for axis in "xy"])))


def expected_places(axes):
    return dict(zip(START, (rows(packaged.map_vectors(), START) @ axes.T).tolist()))


def assert_places(lab, axes):
    expected = expected_places(axes)
    x, y = expected[START[0]]
    lab.wait(f"Math.hypot(model('space-words').get('x')[0] - {x}, model('space-words').get('y')[0] - {y}) < 1e-5")
    assert places(lab) == {word: pytest.approx(xy, abs=1e-5) for word, xy in expected.items()}


@pytest.fixture(scope="module")
def planes():
    return planes_of(packaged.map_vectors(), START, CATEGORY_OF)


def test_the_planes_turn_into_one_another_before_python(map_, planes):
    page = map_.page
    page.get_by_role("radio", name="PCA").check()
    assert_places(map_, planes[SPREAD])
    page.get_by_role("radio", name="Analogy: gender").check()
    assert_places(map_, planes["gender"])
    chip(map_, OVERLAYS, "capitals").check()  # the group on show is the one that was switched on last
    assert_places(map_, planes["capitals"])
    page.get_by_role("radio", name="Chosen to show").check()
    assert_places(map_, planes[CHOSEN])


def test_the_slider_stops_a_turn_anywhere_at_a_true_projection(map_, planes):
    map_.page.get_by_role("radio", name="PCA").check()
    assert_places(map_, planes[SPREAD])
    before = map_.column("space-words", "x")[0]
    map_.page.locator("#plane-turn").fill("40")
    map_.wait(f"model('space-words').get('x')[0] !== {before}")
    xy = np.array(list(places(map_).values()))
    X = rows(packaged.map_vectors(), START)
    axes = np.linalg.lstsq(X, xy, rcond=None)[0].T  # the 52 places give the two axes in 50 dimensions
    np.testing.assert_allclose(X @ axes.T, xy, atol=1e-6)
    np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-6)
    assert not any(np.allclose(axes, plane, atol=1e-2) for plane in planes.values())
    pairs = list(zip(*[map_.column("space-pairs", name) for name in ("group", "x0", "y0", "x1", "y1", "plane")]))
    for group, words in ANALOGIES.items():
        mine = np.array([pair[1:] for pair in pairs if pair[0] == group], float)
        assert mine[0, 4] == pytest.approx(mean_offset_cosine(mine[:, :2], mine[:, 2:4]), abs=1e-6)
        starts = dict(zip(START, xy))
        np.testing.assert_allclose(mine[:, :2], [starts[start] for start, _ in words], atol=1e-6)
    map_.page.locator("#plane-turn").fill("0")
    assert_places(map_, planes[CHOSEN])


def test_two_directions_of_ones_own_before_python(map_):
    page = map_.page
    page.get_by_role("radio", name="Two directions").check()
    vectors = packaged.map_vectors()
    poor, rich, man, woman = rows(vectors, ["poor", "rich", "man", "woman"])
    across = (rich - poor) / np.linalg.norm(rich - poor)
    up = (woman - man) - across * (across @ (woman - man))
    assert_places(map_, np.stack([across, up / np.linalg.norm(up)]))
    labels = page.evaluate("""() => { const plane = Bokeh.documents[0].get_model_by_name('space-plane');
        return [plane.below[0].axis_label, plane.left[0].axis_label]; }""")
    assert labels == ["poor → rich", "man → woman"]
    page.fill("#plane-up", "poor -> rich")
    page.locator("#plane-up").press("Enter")
    assert "same" in page.inner_text("#plane-note")
    page.fill("#plane-up", "")
    page.locator("#plane-up").press("Enter")
    assert "as in poor → rich" in page.inner_text("#plane-note")
    page.fill("#plane-up", "king")  # a word is a direction too
    page.locator("#plane-up").press("Enter")
    king = rows(vectors, ["king"])[0]
    up = king - across * (across @ king)
    assert_places(map_, np.stack([across, up / np.linalg.norm(up)]))


def test_a_direction_of_any_words_with_python(live):
    page = live.page
    page.get_by_role("radio", name="Two directions").check()
    page.fill("#plane-across", "Summer → winterr")
    page.locator("#plane-across").press("Enter")
    live.says("space-plane-message", "“winterr” is not among the 50,000 known words")
    page.fill("#plane-across", "Summer → winter")
    page.locator("#plane-across").press("Enter")
    live.wait("model('space-plane').below[0].axis_label === 'Summer → winter'")
    live.wait("model('space-plane-message').text === ''")
    page.get_by_role("radio", name="Chosen to show").check()


def test_points_turn_in_many_small_steps(lab):
    lab.context.close()
    lab.__init__(lab.context.browser, lab.site, reduced_motion="no-preference")
    lab.open_without_python()
    lab.wait("performance.getEntriesByType('resource').some(({ name }) => name.includes('data/map-rows.json'))")
    lab.page.evaluate("""() => { window.seen = []; const words = Bokeh.documents[0].get_model_by_name('space-words');
        words.properties.data.change.connect(() => window.seen.push(words.get('x')[0])); }""")
    lab.page.get_by_role("radio", name="PCA").check()
    lab.wait("document.getElementById('plane-turn').value === '100' && new Set(window.seen).size > 4")


def test_what_the_plane_keeps_is_said_for_its_words_and_for_others(map_, planes):
    vectors = packaged.map_vectors()
    sets = [(START, CATEGORY_OF, ANALOGIES), (list(OTHER_CATEGORY_OF), OTHER_CATEGORY_OF, OTHER_ANALOGIES)]
    expected = []
    for words, category_of, groups in sets:
        X, labels = rows(vectors, words), [category_of[word] for word in words]
        for axes in (planes["gender"], planes[SPREAD]):
            sides = [[side @ axes.T for side in ends(vectors, pairs)] for pairs in groups.values()]
            arrows = np.mean([mean_offset_cosine(*side) for side in sides])
            kept = purity(X @ axes.T, labels).mean(), neighbour_recall(X, X @ axes.T, 5).mean()
            expected.append([f"{100 * kept[0]:.0f} %", f"{arrows:.2f}".replace("-", "−"), f"{100 * kept[1]:.0f} %"])
    map_.page.get_by_role("radio", name="Analogy: gender").check()
    table = (
        "[...document.querySelectorAll('#keeps-table tbody tr')]"
        ".map((row) => [...row.cells].slice(1).map((cell) => cell.textContent))"
    )
    rows_ = [list(row) for row in zip(*expected)]
    map_.wait(f"JSON.stringify({table}) === JSON.stringify(arg)", rows_)
    assert "150 others" in map_.page.inner_text("#keeps-others")


def test_the_others_can_be_shown_as_faint_marks(map_):
    map_.page.check("#space-others-on")
    map_.wait(f"model('space-others').get('x').length === {len(OTHER_CATEGORY_OF)}")
    chip(map_, CATEGORIES, "food").uncheck()
    map_.wait(f"model('space-others').get('x').length < {len(OTHER_CATEGORY_OF)}")
    assert not set(map_.column("space-others", "word")) & {"bread", "cheese"}
    map_.page.uncheck("#space-others-on")
    map_.wait("model('space-others').get('x').length === 0")


# -- words and questions ----------------------------------------------------------------------------------------


def test_the_mouse_finds_a_word_and_selects_it(map_):
    x, y = map_.on_screen("fish")
    map_.page.mouse.move(x - 30, y)
    map_.page.mouse.move(x, y, steps=3)
    box = map_.page.locator("[data-root=space-plane] .hover")
    box.wait_for()
    expected = ", ".join(f"{word} {cosine:.2f}" for word, cosine in packaged.neighbours()["fish"][:5])
    assert f"nearest in all dimensions: {expected}" in box.inner_text() and "animals" in box.inner_text()
    map_.page.mouse.click(x, y)
    map_.wait(f"model('space-words').selected.indices[0] === {START.index('fish')}")
    map_.set("space-words", "selected.indices", [])
