"""The first screen, and the figures that chips bring into the chapter and buttons put back."""

import pytest

from tests.browser.conftest import NO_VIOLATIONS, Lab
from tests.browser_setup import wait

SHOWN = "globalThis.shown = []; document.addEventListener('lab-show', ({ detail }) => shown.push(detail))"
K5 = ".chapter .chip[data-state='k=5']"
PHONE = dict(viewport={"width": 390, "height": 844}, has_touch=True)


@pytest.fixture
def page(lab):
    """A page without Python, with the chips' events in `shown` and a mark on the plane's canvas."""
    lab.open_without_python().page.evaluate(SHOWN)
    canvas(lab.page).evaluate("canvas => { canvas.mine = 'the same' }")
    return lab.page


def canvas(page):
    return page.locator("[data-root=dynamics-plane] canvas").first


def mine(page):
    return canvas(page).evaluate("canvas => canvas.mine")


def top(locator):
    return locator.bounding_box()["y"]


def below(page, place, chip):
    """Whether a place stands after a chip in the document."""
    return page.evaluate(
        "([place, chip]) => Boolean(document.querySelector(chip).compareDocumentPosition("
        "document.querySelector(place)) & Node.DOCUMENT_POSITION_FOLLOWING)",
        [place, chip],
    )


@pytest.mark.parametrize("width, height", [(1280, 800), (1366, 768), (390, 844)])
def test_the_first_screen_says_what_this_is_and_has_the_figure(browser, site, width, height):
    lab = Lab(browser, site, viewport={"width": width, "height": height}, has_touch=width < 500).open_without_python()
    for seen in ("h1", ".lead", "[data-root=dynamics-plane]", "[data-root=dynamics-player]"):
        box = lab.page.locator(seen).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= height, seen
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, seen
    assert lab.page.locator("[data-root=dynamics-plane]").bounding_box()["height"] >= 350
    lab.close()


@pytest.mark.parametrize("figure", ["dynamics", "map", "training", "models", "atlas"])
def test_the_figures_come_first_in_their_order_and_their_addresses_lead_there(lab, figure):
    lab.site = f"{lab.site}#{figure}"
    lab.open_without_python()
    order = lab.page.evaluate("[...document.querySelectorAll('main > section')].slice(0, 6).map(({ id }) => id)")
    assert order == ["dynamics", "map", "training", "models", "atlas", "why-embeddings"]
    assert 40 < top(lab.page.locator(f"#{figure} > hgroup")) < 200


def test_a_chip_brings_the_figure_itself_in_its_state_and_it_works_there(page, lab):
    lab.set("dynamics-player", "value", 42)
    page.click(K5)
    plane = page.locator("[data-root=dynamics-plane]")
    assert page.locator("[data-root=dynamics-plane]").count() == 1 and mine(page) == "the same"
    assert below(page, "[data-root=dynamics-plane]", K5) and page.locator(".chapter .lab-dynamics").count() == 1
    assert page.evaluate("shown") == [{"figure": "dynamics", "state": "k=5"}]
    assert 0 < top(page.locator(K5)) < top(plane) < 400
    assert page.evaluate("document.activeElement.className") == "visit"
    assert "Figure 1 is in the chapter now, in Word2vec." in page.inner_text("#dynamics .figure-away")
    assert lab.get("dynamics-player", "value") == 42
    plane.focus()
    page.keyboard.press("ArrowRight")
    assert lab.get("dynamics-player", "value") == 43 and lab.frame_shown() == 43


def test_the_way_back_leaves_the_user_at_the_chip(page):
    page.click(K5)
    before = top(page.locator(K5))
    page.click(".visit-head button")
    page.wait_for_timeout(300)
    assert abs(top(page.locator(K5)) - before) < 2
    assert page.evaluate("document.activeElement.dataset.state") == "k=5"
    assert page.locator("#dynamics > .lab-dynamics").count() == 1 and page.locator(".visit, .figure-away").count() == 0
    assert mine(page) == "the same"


def test_a_drawing_gives_its_place_to_the_figure_and_takes_it_back(page):
    small = page.locator(".small-figure", has_text="Figure 1")
    small.get_by_role("button").click()
    assert small.is_hidden() and page.evaluate("shown") == []
    page.click(K5)  # on to another place
    assert small.is_visible() and page.locator(".visit").count() == 1
    small.get_by_role("button").click()
    page.click(".visit-head button")
    assert small.is_visible() and page.evaluate("document.activeElement.textContent") == "Bring Figure 1 here"
    assert mine(page) == "the same"


@pytest.mark.parametrize("way", ["link", "address", "note"])
def test_who_goes_to_the_figures_own_place_finds_it_there(page, way):
    page.click(K5)
    if way == "link":
        page.evaluate("document.querySelector('.contents a[href=\"#dynamics\"]').click()")
    elif way == "address":
        page.evaluate("location.hash = '#dynamics'")
    else:
        page.click("#dynamics .figure-away button")
    page.wait_for_selector("#dynamics > .lab-dynamics")
    plane = page.locator("[data-root=dynamics-plane]")
    wait(page, "document.querySelector('[data-root=dynamics-plane]').getBoundingClientRect().top < 300")
    assert top(plane) > 0 and page.locator(".visit").count() == 0


def test_all_figures_can_be_away_at_once_and_the_note_leads_to_each(page):
    for figure in ("dynamics", "map", "training", "models"):
        page.locator(f".small-figure .chip[data-figure={figure}]").click()
    assert page.locator(".visit > .lab").count() == 4 and page.locator(".figure-away").count() == 4
    page.click("#map .figure-away a")
    wait(page, "document.getElementById('visit-map').getBoundingClientRect().top < innerHeight")
    assert page.locator(".visit .lab-space").count() == 1


def test_a_chip_is_pressed_and_taken_back_by_keyboard(page):
    page.focus(K5)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Put it back"
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.dataset.state") == "k=5"


def test_python_joins_a_figure_that_is_away(page, lab):
    page.click(K5)
    lab.set("dynamics-player", "value", 42)
    lab.let_python_in()
    assert lab.get("dynamics-player", "value") == 42 and mine(page) == "the same"
    assert lab.get("dynamics-train", "disabled") is False
    page.click(".visit-head button")
    page.click(K5)
    assert mine(page) == "the same" and len(page.evaluate("shown")) == 2
    assert lab.settled().violations() == NO_VIOLATIONS


def test_other_models_are_drawn_anew_where_the_figure_is(lab):
    lab.with_other_models()
    lab.open_without_python().page.click(K5)
    lab.let_python_in()
    assert "anew" in lab.page.locator("#log").text_content()
    lab.page.locator(".visit [data-root=dynamics-plane] canvas").first.wait_for()


def test_on_a_phone_the_figure_fits_where_it_is_brought(browser, site):
    lab = Lab(browser, site, **PHONE).open_without_python()
    lab.page.locator(K5).tap()
    for place in ("dynamics-plane", "dynamics-player"):
        box = lab.page.locator(f"[data-root={place}]").bounding_box()
        assert box["y"] > 0 and box["y"] + box["height"] <= 844, place
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 390
    lab.page.locator(".visit-head button").tap()
    assert lab.page.locator("#dynamics > .lab-dynamics").count() == 1
    lab.close()


def test_paper_has_the_drawings_and_the_figure_where_it_is(page):
    page.click(K5)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".small-figure .drawing").locator("visible=true").count() == 2
    assert page.locator(".visit .on-paper").locator("visible=true").count() == 2
    assert page.locator(K5).is_visible() and page.locator(".small-figure .chip").locator("visible=true").count() == 0
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_without_javascript_the_drawings_stand_in_the_chapter(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert page.locator(".small-figure .drawing").locator("visible=true").count() == 2
    assert page.locator("main > section > .lab").locator("visible=true").count() == page.locator(".panel").count()
    assert page.locator(".small-figure .chip").locator("visible=true").count() == 0
    context.close()


def test_a_chip_shows_what_it_says(lab):
    lab.open_without_python()
    lab.page.locator(".chapter .chip[data-state='k=5']").click()
    lab.page.wait_for_selector("[data-run='5'][aria-pressed=true]")
    lab.page.locator(".chapter .chip[data-state='on=capitals']").click()
    labels, active = lab.get("space-overlays", "labels"), lab.get("space-overlays", "active")
    assert [labels[i] for i in active] == ["capitals"]
