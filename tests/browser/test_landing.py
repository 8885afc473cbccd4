"""Links land where they say and stay there while the page is drawn; going back, forth and loading again return."""

import re

import pytest

from tests.browser.conftest import DIST, Lab

SIZES = {1280: {"width": 1280, "height": 800}, 390: {"width": 390, "height": 844}}
SHARES = 6
OFF = 8  # px that a target may be off its place
SHIFTS = """
    globalThis.shifted = 0;
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifted += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
# How far the target of the address is from where its style says that it belongs, and how much has been shifted
LANDED = """() => {
    const target = document.getElementById(location.hash.slice(1)), { scrollHeight } = document.documentElement;
    const wanted = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)
        + parseFloat(getComputedStyle(target).scrollMarginTop);
    const lowest = scrollY + innerHeight >= scrollHeight - 1;         // then it cannot come up to its place
    const off = target.getBoundingClientRect().top - wanted;
    return { off: lowest ? Math.min(off, 0) : off, shifted, height: target.getBoundingClientRect().height };
}"""


def fragments(site_text):
    """The addresses in the contents, and those of all cells."""
    ids = r'<(?:section|h3|figure)[^>]* id="([^"]+)"'
    inside = [found for found in re.findall(ids, site_text) if not found.endswith(("-panel", "-title"))]
    return [*dict.fromkeys(inside)]


def astray(found):
    """Those of {fragment: what LANDED says} that are not at their place, or have been shifted."""
    return {name: at for name, at in found.items() if abs(at["off"]) > OFF or at["shifted"] >= 0.1}


def landed(lab, fragment, python=False):
    """What LANDED says of a page that was loaded at a fragment, once all of it is drawn."""
    lab.page = lab.new_page()
    if not python:
        lab.page.route("**/static/worker.js*", lambda route: None)
    lab.page.add_init_script(SHIFTS)
    lab.open(f"#{fragment}")
    if python:
        lab.ready()
    found = lab.settled().page.evaluate(LANDED)
    lab.page.close()
    return found


def test_all_fragments_are_found():
    names = fragments((DIST / "index.html").read_text(encoding="utf-8"))
    assert {"map", "models", "glossary", "cell-order", "exercise-4", "panel-lens", "cell-behind-run"} <= set(names)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_fragment_lands_at_its_place_and_stays_there(browser, site, share):
    """By turns in one and the other width; in shares, for tests that run side by side."""
    names = fragments((DIST / "index.html").read_text(encoding="utf-8"))[share::SHARES]
    lab = Lab(browser, site, viewport=[*SIZES.values()][share % 2])
    found = {name: landed(lab, name) for name in names}
    lab.close()
    assert astray(found) == {}
    assert all(at["height"] for at in found.values())  # none is folded away


@pytest.mark.parametrize("fragment", ["training", "models", "geometry", "panel-pmi", "exercise-3"])
def test_python_that_joins_moves_nothing(browser, site, fragment):
    lab = Lab(browser, site, viewport=SIZES[390], has_touch=True)
    at = landed(lab, fragment, python=True)
    lab.close()
    assert abs(at["off"]) <= OFF and at["shifted"] < 0.1


DRAWN = """
    globalThis.drawn = [];          // the parts of the page in the order in which they are drawn
    new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) {
            const part = target.dataset?.root?.split("-")[0];
            if (!part || drawn.includes(part) || ![...addedNodes].some((node) => node.shadowRoot)) continue;
            drawn.push(part);
            if (drawn.length === 1) firstDrawn();
        }
    }).observe(document, { childList: true, subtree: true });
"""
STAY, LEAVE = (
    "const firstDrawn = () => {};",
    "const firstDrawn = () => document.querySelector('#panel-pmi').scrollIntoView();",
)


@pytest.mark.parametrize(
    "fragment, moves, first, later",
    [
        ("#models", STAY, "models", "pmi"),
        ("#panel-pmi", STAY, "pmi", "models"),
        ("", STAY, "models", "pmi"),
        ("", LEAVE, "pmi", "models"),
    ],
)
def test_what_is_near_the_window_or_comes_near_it_is_drawn_first(lab, fragment, moves, first, later):
    lab.page.add_init_script(moves + DRAWN)
    order = lab.open(fragment).settled().page.evaluate("drawn")
    assert order.index(first) < order.index(later)


HEIGHTS = """() => Object.fromEntries([...document.querySelectorAll(".lab")]
    .map((lab) => [lab.id || lab.querySelector("[id]").id, lab.offsetHeight]))"""


@pytest.mark.parametrize("width", [320, 390, 620, 1010, 1280])
def test_what_is_drawn_when_it_comes_near_has_its_place_already(browser, site, width):
    """Else what lies below moves away under the pointer."""
    lab = Lab(browser, site, viewport={"width": width, "height": 800})
    lab.page.route("**/static/worker.js*", lambda route: None)
    before = lab.open().settled().page.evaluate(HEIGHTS)
    for part in ("#atlas-figure", "#panel-pmi"):
        lab.page.locator(part).evaluate("part => part.scrollIntoView()")
        lab.settled()
    after = lab.page.evaluate(HEIGHTS)
    lab.close()
    assert {name: (before[name], height) for name, height in after.items() if abs(height - before[name]) > 2} == {}


@pytest.mark.parametrize("fragment", ["#nowhere", "#%E0%A4%A", "#a%20b"])
def test_a_fragment_that_leads_nowhere_leaves_the_page_at_its_top(lab, fragment):
    lab.open(fragment)
    assert lab.page.evaluate("scrollY") == 0


GROW = "document.querySelector('#top').style.paddingTop = '900px'"
TOP = "document.querySelector('#geometry').getBoundingClientRect().top"


def at_geometry(lab):
    """A page at #geometry whose browser holds nothing in place by itself, as Safari does not."""
    lab.open("#geometry").page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { overflow-anchor: none }");
        document.adoptedStyleSheets.push(sheet);
    }""")
    return lab.settled()


def test_what_grows_above_does_not_move_the_target(lab):
    at_geometry(lab)
    before = lab.page.evaluate(TOP)
    lab.page.evaluate(GROW)
    lab.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert abs(lab.page.evaluate(TOP) - before) < 1


@pytest.mark.parametrize("how", ["the wheel", "a script"])
def test_a_user_who_has_moved_is_left_alone(lab, how):
    at_geometry(lab)
    before = lab.page.evaluate("scrollY")
    if how == "the wheel":
        lab.page.mouse.wheel(0, 500)
    else:
        lab.page.evaluate("scrollBy(0, 500)")
    lab.wait(f"scrollY === {before} + 500")
    lab.page.evaluate(GROW)
    lab.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert lab.page.evaluate("scrollY") == before + 500


def test_back_and_forth_return_to_where_the_user_was(lab):
    lab.open()
    lab.page.locator("#contents a[href='#word2vec']").evaluate("link => link.click()")  # unmoved
    lab.wait("scrollY > 5000")
    lab.page.mouse.wheel(0, 700)
    lab.wait("Math.abs(document.querySelector('#word2vec').getBoundingClientRect().top + 630) < 20")
    left = lab.settled().page.evaluate("scrollY")
    lab.page.locator("#word2vec .onward a").first.evaluate("link => link.click()")
    lab.wait(f"Math.abs(scrollY - {left}) > 1000")
    lab.page.go_back()
    lab.wait(f"Math.abs(scrollY - {left}) <= {OFF}")
    lab.page.go_forward()
    lab.wait(f"Math.abs(scrollY - {left}) > 1000")
    lab.page.go_back()
    lab.wait(f"Math.abs(scrollY - {left}) <= {OFF}")
    lab.page.go_back()  # to where it began, which has no fragment
    lab.wait("scrollY < 10")


# Scrolls there and goes back before the new place is noted; all timers are due when the entry has changed but its
# fragment has not been told yet
HASTY = """async () => {
    const next = (type) => new Promise((done) => addEventListener(type, done, { once: true }));
    const { setTimeout, clearTimeout } = globalThis, due = new Map();
    globalThis.setTimeout = (call) => due.set(-1 - due.size, call).size * -1;
    globalThis.clearTimeout = (timer) => due.delete(timer) || clearTimeout(timer);
    const scrolled = next("scroll");
    document.querySelector("#contents a[href='#word2vec']").click();
    await scrolled;
    addEventListener("popstate", () => {
        for (const call of due.values()) call();
        Object.assign(globalThis, { setTimeout, clearTimeout });
    }, { once: true });
    const arrived = next("hashchange");
    history.back();
    await arrived;
}"""


def test_going_back_at_once_does_not_lose_the_place_left(lab):
    lab.open("#geometry")
    lab.settled().page.evaluate(HASTY)
    lab.wait("Math.abs(document.querySelector('#geometry').getBoundingClientRect().top) < 100")


@pytest.mark.parametrize("how", ["loading again", "going away and back"])
def test_coming_back_returns_to_where_the_user_was(lab, how):
    lab.open("#geometry").page.locator("#panel-lens").scroll_into_view_if_needed()
    lab.page.mouse.wheel(0, 333)
    top = "Math.round(document.querySelector('#panel-lens').getBoundingClientRect().top)"
    before = lab.settled().page.evaluate(top)
    if how == "loading again":
        lab.page.reload()
    else:
        lab.page.goto("about:blank")
        lab.page.go_back()
    lab.wait("performance.getEntriesByName('lab-drawn').length")
    assert abs(lab.settled().page.evaluate(top) - before) <= OFF


@pytest.mark.parametrize("fragment,waits", [("", True), ("#geometry", False)])
def test_what_is_below_waits_for_the_figures_where_the_page_opens_at_its_top(lab, fragment, waits):
    style = "getComputedStyle(document.querySelector('#geometry')).contentVisibility"
    held = []
    lab.page.route("**/static/bokeh.js*", lambda route: held.append(route))
    lab.page.goto(f"{lab.site}{fragment}", wait_until="commit")
    lab.wait("document.querySelector('#lab-document')")
    assert (lab.page.evaluate(style) == "auto") == waits
    held[0].continue_()
    lab.wait(f"performance.getEntriesByName('lab-drawn').length && {style} === 'visible'")
    lab.wait("!('below' in document.documentElement.dataset)")
