"""Getting about: the contents, the search, the way from section to section, the glossary, figures as tables, paper."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Lab
from tests.browser_setup import wait

GLOSSARY = (Path(__file__).parents[2] / "app" / "chapter" / "glossary.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(browser, site):
    """A page without Python whose user has moved; shared by this file's tests."""
    lab = Lab(browser, site).open_without_python()
    lab.page.mouse.move(300, 300)
    lab.page.wait_for_selector("#sections a", state="attached")
    yield lab.page
    lab.close()


def open_contents(page):
    if not page.locator("#contents-panel").is_visible():
        page.click("#contents-button")
    page.locator("#contents-panel").wait_for(state="visible")
    page.fill("#find", "")


def test_the_contents_list_every_section_and_cell(page):
    open_contents(page)
    links = page.evaluate("[...document.querySelectorAll('#sections a')].map((link) => link.hash.slice(1))")
    held = page.evaluate(
        "[...document.querySelectorAll('main > section[id], .cell, .exercise')].map((place) => place.id)"
    )
    assert set(held) <= set(links) and all(
        page.evaluate("ids => ids.map((id) => Boolean(document.getElementById(id)))", links)
    )
    page.keyboard.press("Escape")
    assert page.locator("#contents-panel").is_hidden()
    assert page.evaluate("document.activeElement.id") == "contents-button"


@pytest.mark.parametrize("section", ["embedding-layer", "training", "modern-language-models"])
def test_the_current_section_is_marked(page, section):
    page.evaluate("id => document.getElementById(id).scrollIntoView()", section)
    page.wait_for_selector(f"#sections a[href='#{section}'][aria-current]", state="attached")
    assert page.locator("#sections [aria-current]").count() == 1
    assert page.get_attribute("#here", "href") == f"#{section}"


def test_the_contents_are_walked_by_keyboard(page):
    page.evaluate("document.getElementById('geometry').scrollIntoView()")
    page.wait_for_selector("#sections a[href='#geometry'][aria-current]", state="attached")
    page.focus("#contents-button")
    page.keyboard.press("Enter")
    wait(page, "document.activeElement.hash === '#geometry'")
    page.keyboard.press("ArrowDown")
    target = page.evaluate("document.activeElement.hash")
    assert target.startswith("#geometry-")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == target and page.locator("#contents-panel").is_hidden()


@pytest.mark.parametrize(
    "words,place",
    [
        ("loses words survives", "embedding-layer"),  # the text
        ("np.add.at wrong", "cell-repeats"),  # a cell's source
        ("HUFFMAN tree", "panel-cost"),
        ("Spearman’s ρ", "glossary"),
    ],
)
def test_the_search_finds_words_wherever_they_stand(page, words, place):
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.fill("#find", words)
    found = page.locator("#found a")
    found.first.wait_for()
    marks = page.locator("#found mark").all_inner_texts()
    assert any(words.split()[0].lower()[:4] in mark.lower() for mark in marks)
    inside = page.evaluate(
        "place => [...document.querySelectorAll('#found a')]"
        ".some((link) => document.getElementById(place)?.contains(link.place))",
        place,
    )
    assert inside, page.evaluate("[...document.querySelectorAll('#found a')].map((link) => link.hash)")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#contents-panel").is_hidden()
    seen = page.evaluate(
        "() => { const { top, bottom } = document.querySelector('.found').getBoundingClientRect();"
        " return bottom > 0 && top < innerHeight; }"
    )
    assert seen


def test_what_is_nowhere_is_said(page):
    open_contents(page)
    page.fill("#find", "xylophonist")
    assert "“xylophonist” is nowhere on this page" in page.inner_text("#find-state")
    page.fill("#find", "")
    assert page.locator("#sections").is_visible() and page.inner_text("#find-state") == ""


def test_the_way_leads_through_all_sections_and_back(page):
    ids = page.evaluate("[...document.querySelectorAll('main > section[id]')].map((section) => section.id)")
    steps = page.evaluate(
        "[...document.querySelectorAll('main > section[id]')].map((section) => "
        "['prev', 'next'].map((rel) => section.querySelector(`.onward [rel=${rel}]`)?.hash.slice(1)))"
    )
    assert [to for _, to in steps] == [*ids[1:], None] and [back for back, _ in steps] == [None, *ids[:-1]]


def test_reading_times_add_up(page):
    each = [int(re.search(r"(\d+) min", text)[1]) for text in page.locator(".minutes").all_text_contents()]
    total = int(re.search(r"(\d+) minutes to read", page.inner_text(".contents"))[1])
    assert len(each) > 8 and sum(each) == total


def test_the_glossary_holds_every_term_and_terms_lead_there(page):
    keys = re.findall(r"^## (.+)$", GLOSSARY, re.MULTILINE)
    for key in keys:
        text = page.locator(f"#term-{key}").text_content().strip()[:40]
        assert text in page.locator("#glossary").text_content()
    used = set(
        page.evaluate(
            "[...document.querySelectorAll('[popovertarget^=term-]')]"
            ".map((button) => button.getAttribute('popovertarget'))"
        )
    )
    assert used <= {f"term-{key}" for key in keys}


def test_the_dynamics_table_follows_the_frame(page):
    page.evaluate("document.querySelector('table[data-source=dynamics-points]').closest('details').open = true")
    row = "document.querySelector('table[data-source=dynamics-points] tbody tr').innerText"
    texts = []
    for frame in (0, 300):
        page.evaluate("frame => { Bokeh.documents[0].get_model_by_name('dynamics-player').value = frame }", frame)
        x = page.evaluate("Bokeh.documents[0].get_model_by_name('dynamics-points').get('x')[0]")
        wait(page, f"{row}.replace('−', '-').includes('{x:.2f}')")
        texts.append(page.evaluate(row))
    assert texts[0] != texts[1]


@pytest.mark.parametrize("source", ["space-words", "training-points", "dynamics-frames", "models-words"])
def test_every_figure_has_its_table_and_its_sentence(page, source):
    table = page.locator(f"table[data-source={source}]")
    assert (
        table.count() == 1
        and len(table.evaluate("table => [...table.tHead.rows[0].cells].map((cell) => cell.dataset.column)")) > 1
    )
    figure = {
        "space-words": "space-plane",
        "training-points": "training-plane",
        "dynamics-frames": "dynamics-plane",
        "models-words": "models-a-plane",
    }[source]
    about = page.get_attribute(f"[data-root={figure}]", "aria-describedby")
    assert all(len(page.locator(f"#{part}").text_content()) > 20 for part in about.split())


def test_on_paper_there_are_words_and_code_and_no_controls(page):
    page.emulate_media(media="print")
    for gone in (".bar", ".onward", ".cell-bar", "#training .training-settings"):
        assert page.locator(gone).first.is_hidden(), gone
    assert page.locator("#cell-repeats").is_visible() and page.locator("#why-embeddings p").nth(1).is_visible()
    page.emulate_media(media="screen")


@pytest.mark.parametrize("width", [320, 360, 390, 430])
def test_the_bar_has_room_for_the_state_of_python(browser, site, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 844}).open_without_python()
    lab.page.evaluate("document.getElementById('status-text').textContent = 'Starting Python… 99%'")
    right, left = [lab.page.locator(f"#{id}").bounding_box() for id in ("contents-button", "status")]
    assert right["x"] + right["width"] <= left["x"]
    lab.close()
