"""Words of the user's own on the map: the search box, categories, and which words are shown."""

import numpy as np
import pytest

from app.figures.map.shown import COMMON, MINE, NEAR, PAGE
from app.sources import packaged
from app.sources.map_words import START
from embedlab.formats import load_packed, write
from embedlab.vectors import WordVectors
from tests.browser.conftest import NO_VIOLATIONS, Lab

BOX, OPTIONS = "#word-box", "#word-list [role=option]"
PASTE = """([text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    const box = document.getElementById('word-box');
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    if (box.dispatchEvent(event)) box.setRangeText(text);
}"""


@pytest.fixture(scope="module")
def glove():
    return load_packed(packaged.DATA / packaged.GLOVE)


@pytest.fixture
def own(live):
    """The live page with the page's words only."""
    live.page.press(BOX, "Escape")
    live.page.fill(BOX, "")
    show(live, PAGE)
    live.page.click("#word-reset")
    live.says("space-message", "off the map")
    live.set("space-words", "selected.indices", [])
    live.page.click("#space-category-chips >> text=All")
    return live


def words(lab):
    return lab.column("space-words", "word")


def waits_for(lab, *some):
    """Wait until words are on the map."""
    for word in some:
        lab.wait(f"Array.from(model('space-words').get('word')).includes('{word}')")


def gone(lab, word):
    lab.wait(f"!Array.from(model('space-words').get('word')).includes('{word}')")


def selected(lab):
    return [words(lab)[i] for i in lab.get("space-words", "selected.indices")]


def add(lab, text):
    lab.page.fill(BOX, text)
    lab.page.press(BOX, "Enter")


def type_in(lab, text):
    """Type a text key by key, over what was there."""
    lab.page.fill(BOX, "")
    lab.page.type(BOX, text)


def show(lab, name):
    lab.page.locator("[data-root=space-source] select").nth(1).select_option(name)


def is_in_frame(lab, word):
    i = words(lab).index(word)
    return all(
        lab.get("space-plane", f"{axis}_range.start")
        < lab.column("space-words", axis)[i]
        < lab.get("space-plane", f"{axis}_range.end")
        for axis in "xy"
    )


# -- the search box ------------------------------------------------------------------------------------------


def test_before_python_the_box_completes_the_pages_words_and_goes_to_them(still):
    page = still.page
    type_in(still, "ti")
    page.wait_for_selector(OPTIONS)
    assert "tiger" in page.locator(OPTIONS).first.inner_text() and "on the map" in page.inner_text(OPTIONS)
    still.set("space-categories", "active", [1])
    for axis in "xy":
        page.evaluate(
            f"() => {{ const range = Bokeh.documents[0].get_model_by_name('space-plane').{axis}_range;"
            "range.setv({ start: 5, end: 6 }) }"
        )
    page.keyboard.press("ArrowDown")
    assert page.get_attribute(BOX, "aria-activedescendant") == page.locator(OPTIONS).first.get_attribute("id")
    page.keyboard.press("Enter")
    assert selected(still) == ["tiger"] and is_in_frame(still, "tiger")
    assert still.get("space-categories", "active") == [1, 0]
    assert page.locator("#word-list").is_hidden() and page.get_attribute(BOX, "aria-expanded") == "false"


def test_an_empty_enter_does_nothing(still):
    still.set("space-words", "selected.indices", [])
    for text in ("", "  "):
        add(still, text)
        assert still.get("space-message", "text") == "" and selected(still) == []


def test_words_asked_for_before_python_all_come_when_it_is_there(lab):
    lab.open_without_python()
    add(lab, "volcano")
    lab.says("space-message", "Python is still starting; the word comes as soon as it is there")
    add(lab, "lava")
    lab.page.click("#word-undo")
    add(lab, "crater")
    lab.let_python_in()
    waits_for(lab, "crater")
    assert len({"volcano", "lava", "crater"} & set(words(lab))) >= 2  # Undo need not wait for the vectors
    assert "starting" not in lab.get("space-message", "text")


def test_the_box_by_keyboard(own):
    page = own.page
    type_in(own, "volc")
    page.wait_for_selector(OPTIONS)
    own.wait("document.querySelector('#word-list').textContent.startsWith('volcano')")
    assert page.get_attribute(BOX, "aria-expanded") == "true" and page.locator(OPTIONS).count() <= 8
    page.keyboard.press("Escape")
    assert page.locator("#word-list").is_hidden() and page.input_value(BOX) == "volc"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    waits_for(own, "volcano")
    own.says("space-message", "“volcano” is on the map.")
    own.wait("model('space-words').selected.indices.length === 1")
    assert selected(own) == ["volcano"] and page.input_value(BOX) == "volcano"
    own.set("space-words", "selected.indices", [])
    page.keyboard.press("Enter")
    assert selected(own) == ["volcano"] and words(own).count("volcano") == 1


def test_a_finger_chooses_a_completion_and_the_buttons_stay_free(browser, site):
    lab = Lab(browser, site, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open().ready()
    page = lab.page
    page.locator(BOX).evaluate("box => box.scrollIntoView({ block: 'nearest' })")
    page.tap(BOX)
    lab.wait("model('space-vocabulary').get('word').length === 50000")
    page.type(BOX, "volca")
    page.wait_for_selector(OPTIONS)
    for button in ("#word-remove", "#word-undo", "#word-reset", "#word-form button"):
        box = page.locator(button).bounding_box()
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        found = "([[x, y], selector]) => document.elementFromPoint(x, y).matches(selector)"
        assert page.evaluate(found, [middle, button]) and box["height"] >= 24
    assert page.locator(OPTIONS).first.bounding_box()["height"] >= 24
    page.locator(OPTIONS).first.tap()
    waits_for(lab, "volcano")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    lab.close()


def test_the_mouse_chooses_a_completion_of_the_last_of_several(own):
    type_in(own, "lava, volc")
    own.page.wait_for_selector(OPTIONS)
    own.page.locator(OPTIONS).first.click()
    waits_for(own, "lava", "volcano")
    own.comes(lambda: selected(own), [])


def test_what_is_pasted_in_lines_is_several_words(own):
    own.page.focus(BOX)
    own.page.evaluate(PASTE, ["apple\tpear\r\nplum;cherry, qwzx\n"])
    assert own.page.input_value(BOX) == "apple, pear, plum;cherry, qwzx"
    own.page.press(BOX, "Enter")
    waits_for(own, "apple", "pear", "plum", "cherry")
    own.says("space-message", "4 words are on the map, 4 of them new: apple, pear, plum, cherry. Not among")
    assert "qwzx" in own.get("space-message", "text") and "qwzx" not in words(own)


def test_an_unknown_word_is_said_as_one_types_with_near_spellings(own):
    own.page.focus(BOX)
    own.wait("model('space-vocabulary').get('word').length === 50000")
    type_in(own, "volcanno")
    own.says("space-message", "did you mean volcano")
    own.page.locator("#said[role=status]", has_text="did you mean volcano").wait_for(state="attached")
    own.page.press(BOX, "Backspace")
    own.page.press(BOX, "Backspace")
    own.page.wait_for_selector(OPTIONS)
    own.comes(lambda: own.get("space-message", "text"), "")


def test_words_go_by_button_and_key_and_come_back_by_undo(own):
    page = own.page
    page.click("#word-remove")
    own.says("space-message", "Select a word on the map, or type one")
    page.fill(BOX, "Tiger")
    page.click("#word-remove")
    gone(own, "tiger")
    page.click("#word-undo")
    waits_for(own, "tiger")
    add(own, "horse")
    own.comes(lambda: selected(own), ["horse"])
    page.focus("#word-remove")
    page.keyboard.press("Delete")
    gone(own, "horse")
    page.keyboard.press("Control+z")
    waits_for(own, "horse")
    page.focus(BOX)
    page.keyboard.press("Control+z")  # of the text in the box
    own.page.click("#word-undo")
    own.says("space-message", "The last change is undone.")


def test_after_a_click_on_the_plane_its_keys_are_heard(own):
    plane = own.page.locator("[data-root=space-plane]")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    own.page.mouse.click(box["x"] + box["width"] - 80, box["y"] + 80)
    own.set("space-words", "selected.indices", [0])
    own.page.keyboard.press("Delete")
    gone(own, "cat")


def test_hundreds_of_words_turn(own, glove):
    many = [word for word in glove.words[500:1200] if word.isalpha()][:440]
    add(own, ", ".join(many))
    waits_for(own, many[-1])
    own.page.emulate_media(reduced_motion="no-preference")
    places = "Array.from(model('space-words').get('x'))"
    before = own.column("space-words", "x")
    own.page.evaluate("document.querySelector('[name=plane][value=pca]').click()")
    own.wait(f"{places}.every((x, i) => x !== arg[i])", before)  # all of them are on their way, or there
    own.page.emulate_media(reduced_motion="reduce")
    own.page.click("[name=plane][value=chosen]")
    assert len(own.column("space-labels", "text")) > 20
    add(own, ", ".join(word for word in glove.words[2000:2200] if word.isalpha()))
    own.says("space-message", "the map has room for 500")


# -- categories of one's own ---------------------------------------------------------------------------------


def draw(lab, text):
    lab.page.fill("#own-categories", text)
    lab.page.click("#draw-categories")


def test_categories_are_chips_and_marks_and_undone(own):
    draw(own, "fruit: apple, pear, plum, qwzx\npets: cat, rabbit")
    own.says("space-categories-message", "2 categories of yours, with 5 words. Not among the known words: qwzx.")
    category = dict(zip(words(own), own.column("space-words", "category")))
    assert (category["apple"], category["cat"], category["dog"]) == ("fruit", "pets", "animals")
    colour = dict(zip(words(own), own.column("space-words", "colour")))
    chip = own.page.get_by_role("checkbox", name="fruit")
    assert chip.is_checked() and own.page.get_by_role("checkbox", name="pets").is_checked()
    chip.uncheck()
    own.page.mouse.move(0, 0)  # off the chip, which shows its words while it is pointed at
    own.wait("!model('space-shown').booleans[Array.from(model('space-words').get('word')).indexOf('plum')]")
    draw(own, "pets: cat, rabbit\nberries: apple, pear, plum")
    own.wait("model('space-categories').labels.includes('berries')")
    assert dict(zip(words(own), own.column("space-words", "colour"))) == colour  # renamed, not recoloured
    draw(own, "berries apple")
    own.says("space-categories-message", "Line 1: “berries apple” has no colon")
    assert own.page.input_value("#own-categories") == "berries apple" and "plum" in words(own)
    own.page.click("#word-undo")
    own.wait("document.getElementById('own-categories').value.startsWith('fruit: apple, pear, plum, qwzx')")
    own.page.click("#word-undo")
    gone(own, "plum")
    own.wait("document.getElementById('own-categories').value === ''")


def load(lab, message, name, data):
    lab.page.set_input_files(
        f"input[data-file={message}]", {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def test_categories_from_a_file(own):
    load(own, "map-categories-file", "mine.csv", b'\xef\xbb\xbfword,category\r\n"apple",fruit\r\nsaw,tools\r\n')
    own.says("space-categories-message", "2 categories of yours, with 2 words.")
    own.wait("document.getElementById('own-categories').value === 'fruit: apple\\ntools: saw'")
    load(own, "map-categories-file", "bad.csv", b"apple,fruit\npear\n")
    own.says("space-categories-message", "“bad.csv”, line 2: “pear” has no category")
    assert {"apple", "saw"} <= set(words(own))


def test_words_and_categories_are_back_after_python_was_restarted(noisy_lab):
    lab = noisy_lab
    lab.open().ready()
    draw(lab, "fruit: apple, pear")
    add(lab, "volcano")
    waits_for(lab, "volcano", "pear")
    lab.page.click("#status")
    lab.page.evaluate("document.getElementById('retry').onclick()")
    lab.page.wait_for_selector("html[data-python=loading]")
    lab.ready()
    waits_for(lab, "volcano", "pear")
    assert lab.page.input_value("#own-categories") == "fruit: apple, pear"
    assert lab.page.get_by_role("checkbox", name="fruit").is_checked()
    add(lab, "tiger")  # the box belongs to the new figure
    assert selected(lab) == ["tiger"]


# -- Show ----------------------------------------------------------------------------------------------------


def test_the_words_on_show_are_chosen(own, glove):
    own.wait(f"model('space-show').value === '{PAGE}'")
    show(own, COMMON)
    own.wait("model('space-words').get('word').length === 300")
    own.comes(lambda: words(own), glove.words[:300])
    assert own.page.locator("[name=plane][value=pca]").is_checked()
    own.wait("['keeps-others', 'keeps-note'].every((id) => document.getElementById(id).hidden)")
    assert own.page.locator("#space-others-on").is_hidden()
    show(own, NEAR)
    own.says("space-source-message", "Select a word on the map, or type one")
    own.page.fill(BOX, "volcano")
    own.page.click("#near-this")
    own.says("space-source-message", "volcano and the 60 nearest")
    own.comes(lambda: words(own), ["volcano", *(word for word, _ in glove.neighbours("volcano", 60))])
    add(own, "lava")
    own.comes(lambda: selected(own), ["lava"])
    own.page.click("#near-this")
    own.says("space-source-message", "lava and the 60 nearest")
    show(own, MINE)
    own.says("space-source-message", "Your list is empty")
    add(own, "apple, pear")
    waits_for(own, "pear")
    own.comes(lambda: words(own), ["apple", "pear"])
    show(own, PAGE)
    waits_for(own, "tiger")
    own.comes(lambda: words(own), [*START, "apple", "pear"])
    assert own.page.locator("[name=plane][value=chosen]").is_checked()
    own.wait("!document.getElementById('keeps-others').hidden")


def test_a_small_model_shows_what_it_knows_and_glove_comes_back_as_it_was(own):
    before = {name: own.column("space-words", name) for name in ("word", "x", "y")}
    limits = [own.get("space-plane", f"{axis}_range.{end}") for axis in "xy" for end in ("start", "end")]
    known = [f"term{i}" for i in range(400)] + START[:8]
    model = WordVectors(known, np.random.default_rng(0).normal(size=(len(known), 20)))
    load(own, "models-file", "small.vec", write(model, "word2vec-text"))
    own.says("models-file-message", "small.vec is loaded")
    own.page.locator("[data-root=space-source] select").first.select_option("small.vec")
    own.says(
        "space-source-message", "Only 8 of the page’s 52 words are among them, so the map shows its 300 commonest."
    )
    own.comes(lambda: words(own), known[:300])
    own.comes(lambda: own.get("space-show", "value"), COMMON)
    own.wait("document.getElementById('word-label').textContent.includes('408')")
    xy = [own.column("space-words", axis) for axis in "xy"]
    assert np.isfinite(xy).all() and all(is_in_frame(own, word) for word in known[:300:50])
    type_in(own, "term39")
    own.wait(f"document.querySelectorAll('{OPTIONS}').length === 8")
    own.page.locator(OPTIONS).nth(1).click()
    own.wait("model('space-words').get('word').length === 301")
    own.page.click("#word-undo")
    own.page.locator("[data-root=space-source] select").first.select_option("GloVe")
    waits_for(own, "nyc")
    own.wait("document.querySelector('[name=plane][value=chosen]').checked")
    own.wait(f"Math.abs(model('space-plane').x_range.start - {limits[0]}) < 1e-4")
    own.comes(
        lambda: {name: own.column("space-words", name) for name in before},
        {name: values if name == "word" else pytest.approx(values, abs=1e-4) for name, values in before.items()},
    )
    own.comes(lambda: (own.get("space-show", "value"), own.get("space-source-message", "text")), (PAGE, ""))


def test_the_figure_is_accessible_with_all_of_it_on_show(own):
    draw(own, "fruit: apple, pear\ntools: saw")
    waits_for(own, "saw")
    type_in(own, "volc")
    own.page.wait_for_selector(OPTIONS)
    own.page.keyboard.press("ArrowDown")
    assert own.violations("#space-figure") == NO_VIOLATIONS
    own.page.emulate_media(color_scheme="light")
