"""The page as a page: accessible, narrow, dark, on paper."""

import pytest

from tests.browser.conftest import NO_VIOLATIONS, Lab


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser, site, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 844}).open().ready()
    lab.page.click("#dynamics-step")
    lab.page.wait_for_selector("#step-table tbody td")
    lab.set("space-overlays", "active", [0, 1])
    lab.page.click("#status")
    assert lab.settled().violations() == NO_VIOLATIONS  # the editors of cells that are near have come
    lab.close()


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_scrolls_sideways(browser, site, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 800}).open_without_python()
    lab.page.click("#dynamics-step")
    lab.page.wait_for_selector("#step-table tbody td")
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
    lab.close()


def test_the_theme_reaches_the_figures_and_is_remembered(lab):
    lab.open_without_python()
    colour = "[...Bokeh.documents[0]._all_models.values()].find(m => m.tags.includes('ink')).text_color"
    light = lab.page.evaluate(f"JSON.stringify({colour})")
    lab.page.click("#theme")
    assert lab.page.evaluate(f"JSON.stringify({colour})") != light
    lab.open()
    assert lab.page.locator("html").get_attribute("data-theme") == "dark"


A4 = {"width": 794, "height": 1123}  # in CSS pixels
CONTROLS = "button:not(.term, .chip), input, select, textarea, summary, .bk-Toolbar, .bk-Canvas"


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_paper_holds_all_and_no_controls(browser, site, scheme, width):
    lab = Lab(browser, site, color_scheme=scheme, viewport={"width": width, "height": 844}).open_without_python()
    lab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    lab.page.emulate_media(media="print")
    lab.page.set_viewport_size(A4)
    wide = "(element) => element.scrollWidth <= element.clientWidth"
    assert lab.page.locator("html").evaluate(wide)
    assert lab.page.locator(".cell > pre").evaluate_all(f"all => all.every({wide})")
    assert lab.page.locator(CONTROLS).locator("visible=true").count() == 0

    plots = lab.page.locator(".on-paper").locator("visible=true")
    assert plots.count() == 10
    assert all(plot.bounding_box()["width"] <= A4["width"] for plot in plots.all())
    assert lab.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    inks = lab.page.evaluate("[...document.querySelectorAll('.on-paper text')].map((t) => t.getAttribute('fill'))")
    assert "#171b1e" in inks or "rgb(23,27,30)" in inks
    assert not {"#e8ecec", "rgb(232,236,236)", "#a3adb2"} & set(inks)

    lab.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert plots.count() == 0
    lab.close()


def test_paper_has_what_is_open_and_what_cells_printed(lab):
    lab.open_without_python()
    lab.page.emulate_media(media="print")
    assert lab.page.locator("#cell-ids .cell-recorded").is_visible()
    hints = lab.page.locator(".exercise-help").first.locator("details").first
    assert not hints.is_visible()
    hints.evaluate("(details) => { details.open = true }")
    assert hints.locator("p").first.is_visible()


def test_a_button_that_is_switched_on_and_off_keeps_its_listeners(lab):
    lab.open_without_python()
    session = lab.page.context.new_cdp_session(lab.page)
    session.send("Performance.enable")

    def listeners():
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in metrics}["JSEventListeners"]

    def switch(times):
        lab.page.evaluate(
            """async (times) => {
            const button = Bokeh.documents[0].get_model_by_name("training-train");
            const frame = () => new Promise(requestAnimationFrame);
            for (let i = 0; i < times; i++) { button.disabled = !button.disabled; await frame(); await frame(); }
        }""",
            times,
        )

    switch(4)
    before = listeners()
    switch(20)
    assert listeners() - before < 10
