"""By keyboard alone: what has the focus is seen, single keys can be off, Escape closes; the wheel scrolls the page."""

import pytest

from tests.browser.conftest import Lab
from tests.browser.everyone import PHONE, WIDE, walk

# Of what has the focus: its name, and whether a part of it in the window is uncovered; null at the page's end.
FOCUSED = """
const element = active();
if (element === document.body) return null;
if (element.matches('.skip')) return ['skip', true];
const points = [...element.getClientRects()].flatMap((box) => {
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (left >= right || top >= bottom) return [];
  const shares = [0.2, 0.4, 0.6, 0.8];
  return shares.flatMap((i) => shares.map((j) => [left + (right - left) * i, top + (bottom - top) * j]));
});
return [named(element), points.some(([x, y]) => hits(element, x, y))];
"""
WAYS = {  # where the keyboard begins, its key, and how many stops of it are looked at
    "from the top": (None, "Tab", 110),
    "back from the chapter": ("#contents nav a", "Shift+Tab", 110),
    "on through word2vec": ("#word2vec a", "Tab", 60),
    "on through the geometry": ("#geometry a", "Tab", 60),
    "back from the glossary": ("#glossary .terms a, #glossary h2 a", "Shift+Tab", 60),
}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize("way", WAYS)
def test_what_has_the_focus_is_never_hidden(browser, site, size, way):
    start, key, stops = WAYS[way]
    lab = Lab(browser, site, viewport=size).open_without_python()
    if start:
        lab.page.mouse.wheel(0, 1)
        lab.page.locator("#sections a").first.wait_for(state="attached")
        lab.page.locator(start).first.focus()
    hidden, names = [], set()
    for _ in range(stops):
        lab.page.keyboard.press(key)
        name, is_seen = walk(lab, FOCUSED) or ("the page's end", True)
        names.add(name)
        hidden += [] if is_seen else [name]
    assert hidden == [] and len(names) > stops / 2
    lab.close()


def test_the_focus_stays_above_the_alert(still):
    still.page.evaluate("""() => {
        document.getElementById('alert-message').textContent = 'Something could not be loaded. Is the connection up?';
        document.getElementById('alert').hidden = false;
    }""")
    still.page.locator("#contents nav a").first.focus()
    hidden = []
    for _ in range(25):
        still.page.keyboard.press("Tab")
        name, is_seen = walk(still, FOCUSED)
        hidden += [] if is_seen else [name]
    still.page.locator("#alert-close").click()
    assert hidden == []


def test_no_control_is_out_of_the_order_of_the_page(still):
    assert walk(still, "return [...deep()].filter((element) => element.tabIndex > 0).map(named)") == []


def test_what_has_the_focus_has_a_name_or_a_role(still):
    """Bokeh gives each plot's canvas a place in the order, without a name and without a use for any key."""
    bare = """return [...deep()].filter((element) => element.tabIndex >= 0 && seen(element)
        && !element.matches(CONTROLS) && !element.ariaLabel && !element.role && !element.getAttribute('aria-labelledby')
        && !element.matches('pre, .cm-content, figure, iframe, html, body')).map(named)"""
    assert walk(still, bare) == []


# -- single keys -----------------------------------------------------------------------------------------------------


def switch(lab):
    lab.page.locator("#contents-button").click()
    lab.page.get_by_label("Single keys").click()
    lab.page.keyboard.press("Escape")


def in_full_screen(lab):
    return lab.page.locator("#dynamics-figure.full-screen").count() == 1


def test_single_keys_can_be_switched_off_and_stay_so(lab):
    lab.open_without_python()
    panel, hint = lab.page.locator("#contents-panel"), lab.page.locator("#dynamics .keys").get_by_text("full screen")
    assert hint.is_visible()
    lab.page.keyboard.press("/")
    panel.wait_for()
    lab.page.keyboard.press("Escape")

    for reload in (False, True):
        if reload:
            lab.open_without_python()
        else:
            switch(lab)
        hint.wait_for(state="hidden")
        lab.page.locator("#dynamics-step").focus()
        for key in ("f", "/"):
            lab.page.keyboard.press(key)
        lab.page.mouse.wheel(0, 1)
        lab.page.locator("#sections a").first.wait_for(state="attached")
        lab.page.keyboard.press("/")
        assert panel.is_hidden() and not in_full_screen(lab)

    switch(lab)
    hint.wait_for()
    lab.page.locator("#dynamics-step").focus()
    lab.page.keyboard.press("f")
    lab.page.locator("#dynamics-figure.full-screen").wait_for()
    lab.page.keyboard.press("Escape")


def test_keys_of_what_has_the_focus_stay_when_single_keys_are_off(still):
    switch(still)
    before = still.get("space-plane", "x_range.end")
    still.page.locator("[data-root=space-plane]").press("+")
    assert still.get("space-plane", "x_range.end") != before
    still.page.locator("[data-root=space-plane]").press("0")
    switch(still)


# -- Escape ----------------------------------------------------------------------------------------------------------

OPENS = {
    "contents": ("#contents-button", "#contents-panel"),
    "status": ("#status", "#status-panel"),
    "a definition": ("#dynamics-runs .term", "#term-negative"),
}


@pytest.mark.parametrize("what", OPENS)
def test_escape_closes_what_is_open_and_the_focus_returns(still, what):
    button, panel = [still.page.locator(one) for one in OPENS[what]]
    button.focus()
    still.page.keyboard.press("Enter")
    panel.wait_for()
    still.page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert button.evaluate("button => button === document.activeElement")


def test_the_search_for_words_holds_nobody(still):
    box, options = still.page.locator("#word-box"), still.page.locator("#word-list")
    box.focus()
    still.page.keyboard.type("ki")
    options.wait_for()
    still.page.keyboard.press("ArrowDown")
    still.page.keyboard.press("Escape")
    options.wait_for(state="hidden")
    still.page.keyboard.type("n")
    options.wait_for()
    still.page.keyboard.press("Tab")
    options.wait_for(state="hidden")
    assert walk(still, "return active().textContent") == "Add"
    box.fill("")


# -- the wheel -------------------------------------------------------------------------------------------------------

PLOTS = """
const plots = [...Bokeh.index].filter((view) => view.renderer_views && view.el.checkVisibility());
const ranges = (view) => [view.model.x_range, view.model.y_range].flatMap(({ start, end }) => [start, end]);
const place = (view) => view.el.parentElement;
"""


@pytest.fixture(scope="module")
def plots(browser, site):
    """A live page with every plot: those of the figures and panels, of two models, and one that a cell has drawn."""
    lab = Lab(browser, site).open().ready()
    lab.page.evaluate("document.getElementById('models-pair').hidden = false")
    lab.page.locator("#cell-vowels").scroll_into_view_if_needed()
    lab.page.locator("#cell-vowels .cell-run").click()
    lab.page.locator("#cell-vowels .cell-picture canvas").first.wait_for(timeout=60_000)
    lab.settled()
    lab.count = walk(lab, f"{PLOTS} return plots.length")
    yield lab
    lab.close()


def turn(lab, i, amount, *, click=False, key=None):
    """Turn the wheel over plot i, after a click into it or a key: [caught, ranges changed, page scrolled]."""
    x, y = walk(
        lab,
        f"""{PLOTS} place(plots[{i}]).scrollIntoView({{ block: 'center', behavior: 'instant' }});
        await frames();
        const box = plots[{i}].el.getBoundingClientRect();
        return [box.left + box.width * 0.8, box.top + box.height * 0.3]""",
    )
    lab.page.mouse.move(5, 5)
    lab.page.mouse.move(x, y)
    if click:
        lab.page.mouse.click(x, y)
    if key:
        lab.page.keyboard.press(key)
    state = f"{PLOTS} return [JSON.stringify(ranges(plots[{i}])), scrollY]"
    before = walk(lab, state)
    lab.page.evaluate("""() => { window.turned = new Promise((done) => addEventListener('wheel', (event) =>
        setTimeout(() => done(event.defaultPrevented), 50), { once: true, passive: true })) }""")
    lab.page.mouse.wheel(0, amount)
    caught = lab.page.evaluate("window.turned")
    if not caught:
        lab.wait(f"scrollY !== {before[1]}")
    after = walk(lab, state)
    return [caught, after[0] != before[0], after[1] != before[1]]


CAUGHT, SCROLLS = [True, True, False], [False, False, True]


def test_the_wheel_scrolls_the_page_over_every_plot(plots):
    assert plots.count >= 15
    for i in range(plots.count):
        assert turn(plots, i, 40) == SCROLLS, i


def test_a_plot_that_zooms_does_so_with_ctrl_or_entered_and_until_it_is_left(plots):
    zooming = [
        i
        for i in range(plots.count)
        if walk(plots, f"{PLOTS} return Boolean(place(plots[{i}]).querySelector('.plane-glass'))")
    ]
    assert len(zooming) == 5
    for i in range(plots.count):
        if i not in zooming:
            assert turn(plots, i, 40, click=True) == SCROLLS, i
            continue
        plots.page.keyboard.down("Control")  # so does a pinch on a touchpad
        assert turn(plots, i, -40) == CAUGHT, i
        plots.page.keyboard.up("Control")
        assert turn(plots, i, 40) == SCROLLS, i
        assert turn(plots, i, 40, click=True) == CAUGHT, i
        assert turn(plots, i, 40) == SCROLLS, i  # it has been left meanwhile
        assert turn(plots, i, 40, click=True, key="Escape") == SCROLLS, i


def test_a_plot_that_zooms_says_how_in_a_hint(plots):
    for i in range(plots.count):
        turn(plots, i, 40)
        hint = walk(plots, f"{PLOTS} return place(plots[{i}]).querySelector('.plane-hint')?.textContent ?? null")
        assert hint in (None, "Ctrl + wheel zooms, or click into the figure first")
