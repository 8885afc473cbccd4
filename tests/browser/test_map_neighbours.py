"""The map's neighbours: the panel beside the plane, before Python and with it; by mouse, by finger and by keyboard."""

import re

import numpy as np
import pytest

from app.figures.map.near import MOST
from app.sources import packaged
from app.sources.map_words import START
from embedlab.formats import load_packed, write
from embedlab.vectors import WordVectors
from tests.browser.conftest import NO_VIOLATIONS, Lab

PHONE = dict(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
EMPTY = "Click a word, or search one, for its nearest neighbours."


@pytest.fixture(scope="module")
def glove():
    return load_packed(packaged.DATA / packaged.GLOVE)


def select(lab, word):
    """Select a word on the map afresh, none for an empty one, and wait until the panel tells of it."""
    lab.set("space-words", "selected.indices", [])
    about_is(lab, EMPTY)
    if word:
        lab.set("space-words", "selected.indices", [lab.column("space-words", "word").index(word)])
        about_is(lab, f"{name(lab, word)} (")


def drawn(lab):
    """Wait until the map is drawn as it is now."""
    lab.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def name(lab, word):
    return lab.column("space-words", "name")[lab.column("space-words", "word").index(word)]


def about_is(lab, start):
    lab.wait("document.getElementById('near-about').textContent.startsWith(arg)", start)


def listed(lab):
    """[(word, cosine)] of the panel, as it says them."""
    return lab.page.evaluate("""() => [...document.querySelectorAll('#near-list li')].map((row) =>
        [...row.querySelectorAll('.near-walk, .near-cosine')].map((part) => part.textContent))""")


def row(lab, word):
    """The row of a neighbour."""
    return lab.page.locator("#near-list li").filter(has=lab.page.get_by_role("button", name=word, exact=True))


def wait_for_rows(lab, count):
    lab.wait("document.querySelectorAll('#near-list li').length === arg", count)


def focused(lab):
    """The id of what has the focus, else its text."""
    return lab.page.evaluate("document.activeElement.id || document.activeElement.textContent")


def rank(vectors, word, other):
    """Which neighbour of a word another one is, by sorting all cosines."""
    unit = vectors.matrix / np.linalg.norm(vectors.matrix, axis=1, keepdims=True)
    order = np.argsort(-(unit @ unit[vectors.index(word)]), kind="stable")
    return [vectors.words[i] for i in order if vectors.words[i] != word].index(other) + 1


def two_digits(neighbours):
    return [[word, f"{cosine:.2f}".replace("-", "−")] for word, cosine in neighbours]


# -- before Python ---------------------------------------------------------------------------------------------------


def test_before_a_word_is_selected_the_panel_says_what_to_do(still):
    select(still, "")
    still.show_tab("near")
    assert still.page.inner_text("#space-selected").split("\n")[-1] == EMPTY
    assert still.page.locator("#space-selected button:visible").count() == 0


def test_all_words_of_the_start_list_ten_neighbours_with_the_cosines_as_computed(still):
    table = packaged.neighbours()
    for word in START:
        select(still, word)
        cosines = [cosine for _, cosine in listed(still)]
        assert cosines == [cosine for _, cosine in two_digits(table[word])], word
        assert [other.lower() for other, _ in listed(still)] == [other for other, _ in table[word]]


def test_bars_are_as_long_as_cosines(still):
    select(still, "cat")
    for (_, cosine), bar in zip(listed(still), still.page.locator(".near-bar").all()):
        part = bar.evaluate("bar => bar.firstChild.getBoundingClientRect().width / bar.getBoundingClientRect().width")
        assert part == pytest.approx(float(cosine), abs=0.01)


def test_lines_lead_to_the_ten_nearest_and_turn_with_the_plane(still):
    select(still, "cat")
    lines = {}
    for plane in ("PCA", "Chosen to show"):
        still.page.get_by_label(plane, exact=True).check()
        drawn(still)
        ends = [still.column("space-links", end) for end in ("x0", "y0", "x1", "y1")]
        words, *place = [still.column("space-words", name) for name in ("word", "x", "y")]
        cat, dog = [tuple(axis[words.index(word)] for axis in place) for word in ("cat", "dog")]
        lines[plane] = list(zip(*ends))
        assert len(lines[plane]) == 10 and lines[plane][0] == pytest.approx((*cat, *dog))  # dog is the nearest
        assert all(line[:2] == lines[plane][0][:2] for line in lines[plane])
    assert lines["PCA"][1] != pytest.approx(lines["Chosen to show"][1], abs=0.01)
    assert "rabbit" in still.column("space-labels", "text") and "rabbit" not in words
    select(still, "")
    assert still.column("space-links", "x1") == [] and still.column("space-near", "x") == []


def test_a_click_selects_a_word(still):
    select(still, "")
    still.page.mouse.click(*still.on_screen("pizza"))
    about_is(still, "pizza (food): its 10 nearest of 50,000 words")


def test_a_selection_moves_nothing_on_the_page(still):
    select(still, "")
    still.page.set_viewport_size({"width": 1280, "height": 800})
    places = "['.map-panels', '[data-root=space-source]', '#space-note']"
    tops = f"{places}.map((place) => document.querySelector(place).offsetTop)"
    before = still.page.evaluate(tops)
    select(still, "cat")
    assert still.page.evaluate(tops) == before
    sizes = "['.map-panels', '[data-root=space-plane]'].map((place) => document.querySelector(place).offsetHeight)"
    panel, plane = still.page.evaluate(sizes)
    assert panel == plane
    still.page.click("#near-compare")
    assert still.page.evaluate(tops) == before
    assert still.page.evaluate("document.querySelector('.near-scroll').scrollWidth <= 400")
    select(still, "")


def test_the_keyboard_walks_the_list_and_comes_back(still):
    press = still.page.keyboard.press
    select(still, "cat")
    still.page.focus("#near-about")
    press("Tab")
    assert focused(still) == "near-compare"
    press("Tab")
    assert focused(still) == "near-clear"
    press("Tab")
    assert focused(still) == "dog"
    press("ArrowDown")
    assert focused(still) == "rabbit"
    press("Tab")
    assert still.page.evaluate("document.activeElement.ariaLabel") == "Add rabbit to the map"
    press("ArrowUp")
    assert focused(still) == "dog"  # which is on the map already
    press("Enter")
    about_is(still, "dog (animals)")
    assert focused(still) == "near-about"
    press("Tab")
    assert focused(still) == "near-back"
    press("Enter")
    about_is(still, "cat (animals)")
    assert focused(still) == "near-about"
    press("Escape")
    about_is(still, EMPTY)
    assert focused(still) == "near-about"


def test_a_click_beside_the_words_clears(still):
    select(still, "pizza")
    x, y = still.on_screen("pizza")
    still.page.mouse.click(x + 150, y + 60)
    about_is(still, EMPTY)


def test_escape_clears_wherever_the_focus_is_in_the_figure_but_an_open_menu_has_it_first(still):
    select(still, "cat")
    still.page.focus("#space-chance")
    still.page.keyboard.press("Escape")
    about_is(still, EMPTY)
    select(still, "cat")
    still.page.click("#near-compare")
    field = still.page.locator("#compare-with")
    field.evaluate("field => { field.role = 'combobox'; field.ariaExpanded = 'true' }")
    field.press("Escape")
    assert field.is_visible()
    field.evaluate("field => { field.role = null; field.ariaExpanded = null }")
    field.press("Escape")
    assert not field.is_visible() and focused(still) == "near-compare"
    about_is(still, "cat")
    still.page.click("#near-clear")
    about_is(still, EMPTY)


def test_a_word_hidden_with_its_category_has_no_panel_until_it_is_shown(still):
    select(still, "cat")
    animals = still.page.locator("#space-category-chips").get_by_role("checkbox", name="animals")
    animals.uncheck()
    still.page.mouse.move(0, 0)  # a category under the pointer is previewed
    about_is(still, EMPTY)
    assert listed(still) == [] and still.column("space-links", "x1") == []
    animals.check()
    about_is(still, "cat (animals)")
    assert len(listed(still)) == 10


def test_only_a_short_sentence_is_read_aloud(still):
    select(still, "cat")
    live = still.page.locator("#space-selected :is([aria-live], [role=status])").all()
    assert max(len(part.inner_text()) for part in live) < 100
    assert not still.page.locator("[aria-live] #near-list, [role=status] #near-list").count()


def test_what_waits_for_python_is_said_and_done_once_it_is_there(lab, glove):
    lab.open_without_python()
    lab.wait("document.getElementById('stages').children.length")
    select(lab, "cat")
    lab.page.click("#near-more")
    note = lab.page.locator("#near-note")
    note.wait_for()
    assert note.inner_text() == "More need Python, which is still starting."
    for word in ("rabbit", "monkey"):
        row(lab, word).locator(".near-add").click()
    assert lab.page.inner_text("#near-put-note") == "Adding words needs Python, which is still starting."
    lab.page.click("#near-compare")
    lab.page.fill("#compare-with", "volcano")
    lab.page.keyboard.press("Enter")
    assert lab.page.inner_text("#compare-note") == "Comparing needs Python, which is still starting."
    lab.let_python_in()
    wait_for_rows(lab, 25)
    lab.wait("['rabbit', 'monkey'].every((word) => model('space-words').get('word').includes(word))")
    lab.page.locator("#compare-result p").first.wait_for()
    assert not any(lab.page.is_visible(note) for note in ("#near-note", "#near-put-note", "#compare-note"))
    assert listed(lab) == two_digits(glove.neighbours("cat", 25))


# -- with Python -----------------------------------------------------------------------------------------------------


def test_more_neighbours_and_fewer(live, glove):
    select(live, "horse")
    for button, count in [("More", 25), ("More", MOST), ("Fewer", 25), ("Fewer", 10)]:
        live.page.click(f"#near-{button.lower()}")
        wait_for_rows(live, count)
        about_is(live, f"horse (animals): its {count} nearest")
        assert listed(live) == two_digits(glove.neighbours("horse", count))
        assert focused(live) in ("near-more", "near-fewer")
        assert len(live.column("space-near", "x")) == count and len(live.column("space-links", "x1")) == 10


def test_to_walk_to_a_word_puts_it_on_the_map(live, glove):
    select(live, "king")
    at = [other for other, _ in glove.neighbours("king", 10)]
    stranger = next(word for word in at if word not in live.column("space-words", "word"))
    row(live, stranger).locator(".near-walk").focus()
    live.page.keyboard.press("Enter")
    about_is(live, f"{stranger} (added): its 10 nearest")
    assert stranger in live.column("space-words", "word") and focused(live) == "near-about"
    assert listed(live) == two_digits(glove.neighbours(stranger, 10))
    live.page.click("#near-back")
    about_is(live, "king (people)")
    assert row(live, stranger).locator(".near-there").get_attribute("aria-label") == "on the map"
    assert len(live.column("space-links", "x1")) == 10


def test_a_neighbour_added_keeps_the_focus_in_its_row(live):
    select(live, "red")
    button = live.page.locator(".near-add").first
    word = button.evaluate("button => button.closest('li').firstChild.textContent")
    button.focus()
    live.page.keyboard.press("Enter")
    live.wait("!document.activeElement.matches('.near-add')")
    assert focused(live) == word and word in live.column("space-words", "word")
    about_is(live, "red (")


def test_a_word_that_is_removed_takes_its_panel_with_it_and_another_stays(live):
    select(live, "fish")
    live.page.evaluate("() => document.getElementById('near-about').focus()")
    for word, start in [("cat", "fish (animals)"), ("fish", EMPTY)]:
        select(live, "fish")
        live.page.fill("#word-box", word)
        live.press("Remove")
        live.wait(f"!model('space-words').get('word').includes('{word}')")
        about_is(live, start)
    live.press("Reset")
    live.wait("model('space-words').get('word').includes('fish')")


def compare(live):
    """What the panel says of the two words, once it does."""
    live.page.locator("#compare-result p").first.wait_for()
    return live.page.inner_text("#compare-result")


def test_a_comparison_by_name_has_the_cosine_both_ranks_and_what_is_shared(live, glove):
    select(live, "cat")
    live.page.click("#near-compare")
    live.page.keyboard.type("Wolf")
    live.page.keyboard.press("Enter")
    said = compare(live)
    assert f"Cosine of cat and wolf: {glove.cosine('cat', 'wolf'):.2f}." in said
    ranks = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+)(?:st|nd|rd|th)", said)]
    assert ranks == [rank(glove, "cat", "wolf"), rank(glove, "wolf", "cat")]
    near, others = [{word for word, _ in glove.neighbours(word, MOST)} for word in ("cat", "wolf")]
    assert f"they share {len(near & others)}: " in said
    x, y = [live.column("space-words", axis)[live.column("space-words", "word").index("cat")] for axis in "xy"]
    assert (*live.column("space-compared", "x0"), *live.column("space-compared", "y0")) == pytest.approx((x, y))
    assert "wolf" in live.column("space-labels", "text") and "wolf" not in live.column("space-words", "word")
    live.page.click("#near-compare")
    live.wait("!model('space-compared').get('x0').length")
    assert live.page.inner_text("#compare-result") == ""


def test_a_comparison_with_a_word_on_the_map_or_in_the_list(live):
    select(live, "cat")
    live.page.click("#near-compare")
    live.page.mouse.click(*live.on_screen("pizza"))
    assert "Cosine of cat and pizza" in compare(live)
    about_is(live, "cat")
    live.page.mouse.click(*live.on_screen("burger"))  # the next click selects again
    about_is(live, "burger")
    assert live.page.inner_text("#compare-result") == "" and not live.page.is_visible("#compare-form")
    select(live, "cat")
    dog = dict(listed(live))["dog"]
    live.page.click("#near-compare")
    row(live, "dog").locator(".near-walk").click()
    assert f"Cosine of cat and dog: {dog}." in compare(live)
    live.page.click("#near-compare")


def test_an_unknown_word_is_told_and_the_text_stays(live):
    select(live, "cat")
    live.page.click("#near-compare")
    for text, why in [("horze", "did you mean horse"), ("cat", "no neighbour of itself")]:
        live.page.fill("#compare-with", text)
        live.page.keyboard.press("Enter")
        live.wait("document.getElementById('near-problem').textContent.includes(arg)", why)
        assert live.page.input_value("#compare-with") == text
    select(live, "dog")
    assert live.page.inner_text("#near-problem") == ""


def test_the_figure_has_no_violations_with_the_panel_and_a_comparison(live):
    select(live, "cat")
    live.page.click("#near-more")
    wait_for_rows(live, 25)
    live.page.click("#near-compare")
    live.page.keyboard.type("dog")
    live.page.keyboard.press("Enter")
    compare(live)
    assert live.violations("#space-figure") == NO_VIOLATIONS


def test_vectors_of_the_users_own(live):
    rng = np.random.default_rng(0)
    mine = WordVectors([*START[:20], "Qwzx", "zero"], [*rng.normal(size=(21, 12)), np.zeros(12)])
    select(live, "cat")
    data = write(mine, "word2vec-text")
    live.page.set_input_files(
        "input[data-file=models-file]", {"name": "own.vec", "mimeType": "text/plain", "buffer": data}
    )
    live.says("models-file-message", "own.vec is loaded")
    live.set("space-vectors", "value", "own.vec")
    live.wait("model('space-source').get('set')[0] === 'own.vec'")
    about_is(live, EMPTY)
    select(live, "cat")
    about_is(live, "cat (animals): its 10 nearest of 22 words")
    live.comes(
        lambda: [[word.lower(), cosine] for word, cosine in listed(live)],
        [[word.lower(), cosine] for word, cosine in two_digits(mine.neighbours("cat", 10))],
    )
    live.page.click("#near-more")
    wait_for_rows(live, 21)
    assert not live.page.is_visible("#near-more")
    live.page.click("#near-compare")
    live.page.fill("#compare-with", "qwzx")
    live.page.keyboard.press("Enter")
    assert "Cosine of cat and Qwzx: " in compare(live)
    live.page.fill("#compare-with", "zero")
    live.page.keyboard.press("Enter")
    live.wait("document.getElementById('compare-result').textContent.includes('and zero: 0.00')")
    lower = sum(cosine > 0 for _, cosine in mine.neighbours("cat", 21))
    assert f"zero is the {lower + 1}" in compare(live)
    live.set("space-vectors", "value", "GloVe")
    live.wait("model('space-source').get('set')[0] === 'GloVe'")
    select(live, "cat")
    live.comes(lambda: listed(live)[:1], [["dog", "0.92"]])


def test_a_finger_selects_walks_and_adds(browser, site):
    lab = Lab(browser, site, **PHONE).open().ready()
    lab.page.touchscreen.tap(*lab.on_screen("pizza"))
    about_is(lab, "pizza (food)")
    panel, plane = [lab.page.locator(place).bounding_box() for place in ("#space-selected", "[data-root=space-plane]")]
    assert panel["y"] > plane["y"] + plane["height"] and panel["x"] + panel["width"] <= 390
    small = lab.page.locator("#space-selected button:visible").evaluate_all(
        "buttons => buttons.filter((b) => b.offsetHeight < 24 || b.offsetWidth < 24).map((b) => b.textContent)"
    )
    assert small == []
    lab.page.locator(".near-add").first.tap()
    lab.wait("model('space-words').get('category').includes('added')")
    next_word = lab.page.locator(".near-walk").nth(3)
    word = next_word.inner_text()
    next_word.tap()
    about_is(lab, f"{word} (")
    lab.page.tap("#near-compare")
    lab.page.touchscreen.tap(*lab.on_screen("paris"))
    assert f"Cosine of {word} and paris" in compare(lab)
    lab.page.tap("#near-clear")
    about_is(lab, EMPTY)
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 390
    lab.close()
