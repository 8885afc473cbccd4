"""A link lands, and back and forward return, on wide pages and narrow ones. Chromium: all links, in tests/browser."""

import pytest

NEAR = 8  # px
SIZES = [(1280, 800), (390, 844)]
FRAGMENTS = ["map", "training", "exercise-3", "geometry-why-subtraction-works", "cell-lookup"]

pytestmark = [
    pytest.mark.parametrize("engine", ["firefox", "webkit"], indirect=True, scope="module"),
    pytest.mark.parametrize("size", SIZES, ids=[str(width) for width, _ in SIZES]),
]


@pytest.fixture
def page(engine, size):
    """A window of this size, with nothing in it: else only the fragment would change."""
    engine.go("about:blank")
    engine.resize(*size)
    return engine


def whole(page):
    """Wait until everything is drawn and Python has joined."""
    page.interactive()
    page.ready()
    page.settled()


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_link_lands(page, site, fragment):
    page.go(f"{site}#{fragment}")
    whole(page)
    assert page.evaluate(f"probe.off('{fragment}')") == pytest.approx(0, abs=NEAR)


def test_back_and_forward_return(page, site):
    page.go(site)
    whole(page)
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
