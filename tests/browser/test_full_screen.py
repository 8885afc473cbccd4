"""Any figure in full screen: by the browser's own, and covering the page where the browser has none."""

import pytest

from tests.browser.conftest import NO_VIOLATIONS, Lab

NONE = "delete Element.prototype.requestFullscreen"
SIZES = """() => {
    const model = (name) => Bokeh.documents[0].get_model_by_name(name), plane = model('dynamics-plane');
    const of = (source) => plane.renderers.find((drawn) => drawn.data_source === model(source)).glyph;
    const widget = document.querySelector('[data-root=dynamics-shown] > *').shadowRoot.querySelector('button');
    return [of('dynamics-labels').text_font_size.value, of('dynamics-points').size.value,
            plane.below[0].major_label_text_font_size, getComputedStyle(widget).fontSize,
            getComputedStyle(document.querySelector('#dynamics-figure select')).fontSize].map(parseFloat);
}"""


@pytest.fixture(params=["the browser's", "covering the page"])
def wide(browser, site, request):
    """A page of a lecture hall, without Python."""
    lab = Lab(browser, site, viewport={"width": 1920, "height": 1080})
    lab.covers = request.param == "covering the page"
    if lab.covers:
        lab.context.add_init_script(NONE)
    lab.open_without_python()
    yield lab
    lab.close()


def enter(lab, figure):
    lab.page.locator(f"#{figure}").get_by_role("button", name="Full screen", exact=True).click()
    lab.page.wait_for_selector(f"#{figure}.full-screen")


def left(lab):
    lab.wait("!document.querySelector('.full-screen') && !document.fullscreenElement")


def test_type_and_marks_are_larger_and_escape_brings_all_back(wide):
    page, plane = wide.page, wide.page.locator("[data-root=dynamics-plane]")
    plane.scroll_into_view_if_needed()
    before, box = page.evaluate(SIZES), plane.bounding_box()
    enter(wide, "dynamics-figure")
    assert page.evaluate("document.fullscreenElement?.id ?? null") == (None if wide.covers else "dynamics-figure")
    sizes = page.evaluate(SIZES)
    assert 20 <= sizes[0] <= 22 and all(large > small * 1.3 for large, small in zip(sizes, before))
    figure = page.locator("#dynamics-figure").bounding_box()
    assert (figure["x"], figure["width"]) == (0, 1920)
    wide.wait("model('dynamics-plane').inner_height > 800")
    assert plane.bounding_box()["height"] > 900
    page.keyboard.press("Escape")
    left(wide)
    assert page.evaluate(SIZES) == before
    assert page.evaluate("document.activeElement.title") == "Full screen"
    wide.settled()
    assert plane.bounding_box() == pytest.approx(box, abs=2)
    assert not page.locator("[inert]").count()


@pytest.mark.parametrize("figure", ["dynamics-figure", "space-figure", "training-figure", "models-figure"])
def test_every_figure_has_it_by_button_and_by_key(wide, figure):
    enter(wide, figure)
    button = wide.page.locator(f"#{figure}").get_by_role("button", name="Leave full screen")
    assert button.is_visible()
    button.click()
    left(wide)
    wide.page.keyboard.press("f")
    wide.page.wait_for_selector(f"#{figure}.full-screen")
    wide.page.keyboard.press("f")
    left(wide)


def test_f_is_a_letter_where_one_types(wide):
    enter(wide, "models-figure")
    wide.page.keyboard.press("Escape")
    left(wide)
    wide.page.evaluate("document.querySelector('#dynamics-figure select').focus()")
    wide.page.keyboard.press("f")
    wide.page.keyboard.press("Control+f")
    wide.page.wait_for_timeout(200)
    left(wide)


def test_axe_finds_nothing_in_full_screen(wide):
    enter(wide, "dynamics-figure")
    assert wide.settled().violations("#dynamics-figure") == NO_VIOLATIONS


def test_on_a_telephone_it_covers_the_page_and_the_button_ends_it(browser, site):
    lab = Lab(browser, site, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    lab.context.add_init_script(NONE)
    lab.open_without_python()
    enter(lab, "dynamics-figure")
    assert lab.page.locator("#dynamics-figure").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    button = lab.page.get_by_role("button", name="Leave full screen")
    box = button.bounding_box()
    assert box["width"] >= 44 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    button.tap()
    left(lab)
    lab.close()
