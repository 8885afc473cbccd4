"""One figure alone, in frames of another page: three of them work side by side, each leads to the whole page."""

import pytest

from tests.browser.conftest import Lab

FRAMES = {"dynamics": "k=5&frame=120", "map": "on=capitals&plane=pca", "training": "dim=20"}
SIZES = {"dynamics": (760, 560), "map": (900, 560), "training": (1200, 600)}


def framing(site):
    """A page with a frame for each figure, as “Embed” gives it."""
    return "".join(
        '<iframe name="{0}" src="{1}?only={0}#{0}?{2}" width="{3}" height="{4}"></iframe>'.format(
            name, site, state, *SIZES[name]
        )
        for name, state in FRAMES.items()
    )


@pytest.fixture
def frames(browser, site):
    """(lab, {name: frame}) of a page with three frames, all of them drawn."""
    lab = Lab(browser, site)
    lab.page.route("**/frames.html", lambda route: route.fulfill(body=framing(site), content_type="text/html"))
    lab.page.goto(f"{site}frames.html")
    found = {name: lab.page.frame(name) for name in FRAMES}
    for frame in found.values():
        frame.wait_for_selector(".lab .plane-tools", state="attached")
    yield lab, found
    lab.close()


def test_a_page_with_three_frames_shows_each_figure_alone_in_its_state_and_its_frame(frames):
    lab, frames = frames
    for name, frame in frames.items():
        assert (
            frame.evaluate("lab.state()")[name].items()
            >= dict(pair.split("=") for pair in FRAMES[name].split("&")).items()
        )
        visible = frame.evaluate(
            "[...document.querySelectorAll('main > section')].filter((one) => one.offsetParent).map(({ id }) => id)"
        )
        assert visible == [name]
        plane = frame.locator("[data-root$=-plane] >> visible=true").first
        assert plane.evaluate("({ offsetHeight }) => offsetHeight") >= 220
        inside = plane.evaluate(
            "(plane) => { const { top, bottom } = plane.getBoundingClientRect(); return [top, bottom]; }"
        )
        bar = frame.locator(".bar").evaluate("(bar) => bar.getBoundingClientRect().top")
        assert inside[0] >= 0 and inside[1] <= bar, name
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not frame.locator(".opening, .contents, footer").first.is_visible()


def test_each_leads_to_the_whole_page_with_the_figure_as_it_is(frames):
    lab, frames = frames
    frame = frames["map"]
    frame.locator("#space-category-chips").get_by_label("food").uncheck()
    with lab.context.expect_page() as opened:
        frame.click(".wordmark")
    assert opened.value.url == f"{lab.site}#map?on=capitals&off=food&plane=pca"
    opened.value.close()


def test_python_starts_in_the_frame_that_is_used(frames):
    lab, frames = frames
    assert {frame.evaluate("document.getElementById('stages').children.length") for frame in frames.values()} == {0}
    frames["map"].locator("#word-box").fill("volcano")
    frames["map"].locator("#word-box").press("Enter")
    frames["map"].wait_for_selector("html[data-python=ready]", timeout=60_000)
    frames["map"].wait_for_selector("#space-category-chips :text('added')")
    others = [frames[name] for name in ("dynamics", "training")]
    assert {frame.evaluate("document.getElementById('stages').children.length") for frame in others} == {0}


def test_python_starts_at_once_where_the_address_needs_it(browser, site):
    lab = Lab(browser, site).open("?only=map#map?words=volcano").ready()
    lab.wait("model('space-words').get('word').includes('volcano')")
    lab.close()


def test_a_figure_that_is_not_there_leaves_the_whole_page(browser, site):
    lab = Lab(browser, site)
    lab.page.route("**/static/worker.js*", lambda route: None)
    lab.open("?only=nothing")
    assert lab.page.is_visible(".opening") and lab.page.is_visible("#contents-button")
    lab.close()


def test_embed_gives_the_frame_of_the_figure_as_it_is(browser, site):
    lab = Lab(browser, site, permissions=["clipboard-read", "clipboard-write"])
    lab.page.route("**/static/worker.js*", lambda route: None)
    lab.open("#map?plane=pca")
    lab.page.click("#map [data-take=embed]")
    panel = lab.page.get_by_role("dialog", name="Embed “Embedding map”")
    html = panel.get_by_label("HTML of the frame").input_value()
    assert html.startswith(f'<iframe src="{site}?only=map#map?plane=pca" title="Embedding map" width="100%"')
    panel.get_by_role("button", name="Copy").click()
    panel.get_by_text("Copied.").wait_for()
    assert lab.page.evaluate("navigator.clipboard.readText()") == html
    lab.page.keyboard.press("Escape")
    panel.wait_for(state="detached")
    lab.close()
