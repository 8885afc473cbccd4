"""The page as a page: accessible, narrow, dark."""
from pathlib import Path

import pytest

from tests.browser.conftest import Lab

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser, site, scheme, width):
    lab = Lab(browser, site, color_scheme=scheme, viewport={"width": width, "height": 844}).open().ready()
    lab.set("dynamics-stepping", "active", True)
    lab.set("space-overlays", "active", [0, 1])
    lab.page.click("#status")
    lab.settled()                                   # the editors of cells that are near have come
    lab.page.add_script_tag(path=AXE)
    violations = lab.page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target + '')]))")
    assert violations == []
    lab.close()


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_scrolls_sideways(browser, site, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 800}).open_without_python()
    lab.set("dynamics-stepping", "active", True)
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
