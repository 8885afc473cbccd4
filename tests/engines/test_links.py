"""A link lands, and back and forward return, on wide pages and narrow ones. Chromium: all links, in tests/browser."""

from itertools import cycle

import pytest

NEAR = 8  # px
SIZES = [(1280, 800), (390, 844)]
FRAGMENTS = ["map", "training", "exercise-3", "geometry-why-subtraction-works", "cell-lookup"]

pytestmark = pytest.mark.parametrize("engine", ["firefox", "webkit"], indirect=True, scope="module")


def load(page, size, address):
    """Load the page in an empty window of this size, else only the fragment would change; wait until all is drawn."""
    page.go("about:blank")
    page.resize(*size)
    page.go(address)
    page.interactive()
    page.settled()


@pytest.mark.parametrize("fragment, size", list(zip(FRAGMENTS, cycle(SIZES))))
def test_a_link_lands(engine, site, fragment, size):
    load(engine, size, f"{site}#{fragment}")
    assert engine.evaluate(f"probe.off('{fragment}')") == pytest.approx(0, abs=NEAR)


def test_back_and_forward_return(engine, site):
    page = engine
    load(page, SIZES[0], site)
    _, y = page.point("a", "Geometry", ".contents")
    page.click("a", "Geometry", ".contents")
    page.settled()
    assert page.evaluate("[location.hash, probe.off('geometry')]") == ["#geometry", pytest.approx(0, abs=NEAR)]
    page.back()
    page.settled()
    assert page.point("a", "Geometry", ".contents")[1] == pytest.approx(y, abs=NEAR)
    page.forward()
    page.settled()
    assert page.evaluate("[location.hash, probe.off('geometry')]") == ["#geometry", pytest.approx(0, abs=NEAR)]
