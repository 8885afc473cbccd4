"""The page as others have it: at three sizes, light and dark, in forced colours, with more contrast, without motion."""

import re

import pytest

from tests.browser.conftest import Lab
from tests.browser.everyone import NARROW, PHONE, WIDE, tabs, unfold, walk

RULES = "{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }"  # WCAG 2.2's is off by default


def violations(lab, within="html"):
    """What axe finds wrong inside an element."""
    run = f"within => axe.run(within, {RULES})"
    said = "({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => String(target))])"
    return lab.page.evaluate(f"async (within) => ({said})(await ({run})(within))", within)


SIZES = {"1280 light": (WIDE, "light"), "390 dark": (PHONE, "dark"), "320 light": (NARROW, "light")}


@pytest.fixture(params=SIZES, scope="module", name="sized")
def sized_page(request, browser, site):
    """The page without Python at a size, with axe."""
    size, scheme = SIZES[request.param]
    lab = Lab(browser, site, viewport=size, color_scheme=scheme).open_without_python()
    lab.bring_axe()
    yield lab
    lab.close()


def test_axe_finds_nothing_in_what_opens(sized):
    page = sized.page
    page.locator("#contents-button").click()
    page.locator("#sections a").first.wait_for()
    assert violations(sized, "#contents-panel") == []
    page.locator("#find").fill("vector")
    page.locator("#found a").first.wait_for()
    assert violations(sized, "#contents-panel") == []
    page.locator("#find").fill("")
    page.keyboard.press("Escape")
    for tab in tabs(sized, "dynamics"):
        assert violations(sized, "#dynamics-figure .lab-side") == [], tab
    page.locator("#word-box").fill("ki")
    page.locator("#word-list li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(sized, "#word-form") == []
    page.locator("#word-box").fill("")
    sized.set("space-words", "selected.indices", [0])
    page.locator("#near-compare").click()
    for tab in tabs(sized, "space"):
        assert violations(sized, "#space-figure .map-panels") == [], tab
    page.locator("#dynamics-runs .term").click()
    assert violations(sized, "#term-negative") == []
    page.keyboard.press("Escape")


def test_axe_finds_nothing_in_full_screen(sized):
    page = sized.page
    page.locator("#dynamics-figure").get_by_role("button", name="Full screen").click()
    page.locator("#dynamics-figure.full-screen").wait_for()
    assert violations(sized, "#dynamics-figure") == []
    page.keyboard.press("Escape")
    page.locator("#dynamics-figure:not(.full-screen)").wait_for()


def test_axe_finds_nothing_in_all_that_is_folded(sized):
    unfold(sized).page.locator("#status").click()
    assert violations(sized) == []
    sized.page.keyboard.press("Escape")


@pytest.mark.parametrize("way", ["1280 dark", "390 light"])
def test_axe_finds_nothing_when_python_has_answered(browser, site, way):
    size, scheme = {"1280 dark": (WIDE, "dark"), "390 light": (PHONE, "light")}[way]
    lab = Lab(browser, site, viewport=size, color_scheme=scheme).open().ready()
    lab.bring_axe()
    exercise = lab.page.locator(".exercise").first
    exercise.scroll_into_view_if_needed()
    exercise.locator(".exercise-check").first.click()
    exercise.locator(".exercise-verdict:not(:empty)").first.wait_for(timeout=60_000)
    lab.page.evaluate("""() => {
        document.getElementById('alert-message').textContent = 'Something could not be loaded.';
        document.getElementById('alert').hidden = false;
    }""")
    assert violations(lab) == []
    lab.close()


# -- forced colours --------------------------------------------------------------------------------------------------

LOOK = """
const PARTS = ['color', 'backgroundColor', 'borderColor', 'borderStyle', 'borderWidth', 'outlineStyle', 'outlineColor'];
const ground = getComputedStyle(document.body).backgroundColor;       // which what is transparent lies on
const look = (element) => JSON.stringify(PARTS.map((part) => getComputedStyle(element)[part]))
  .replaceAll('rgba(0, 0, 0, 0)', ground);
const one = (selector) => document.querySelector(selector);
"""
PAIRS = {  # two of a kind that have to look different: chosen or not
    "a run": ("#dynamics-runs [data-run='1']", "#dynamics-runs [data-run='2']"),
    "a tab": ("#dynamics-run-tab", "#dynamics-step-tab"),
    "a category": (".toggle-chip:has(:checked)", ".toggle-chip:not(:has(:checked))"),
    "a plane": (".pill:has(:checked)", ".pill:has(:enabled:not(:checked))"),
    "a word of the list": ("#word-list [aria-selected=true]", "#word-list li:not([aria-selected=true])"),
}


@pytest.fixture(params=["light", "dark"], scope="module")
def forced(request, browser, site):
    lab = Lab(browser, site, forced_colors="active", color_scheme=request.param).open_without_python()
    assert lab.page.evaluate("matchMedia('(forced-colors: active)').matches")
    yield lab
    lab.close()


@pytest.mark.parametrize("kind", PAIRS)
def test_what_is_chosen_is_seen_in_forced_colours(forced, kind):
    if "word" in kind:
        forced.page.locator("#word-box").fill("ki")
        forced.page.locator("#word-list li").nth(1).wait_for()
        forced.page.keyboard.press("ArrowDown")
    chosen, other = PAIRS[kind]
    assert walk(forced, f"{LOOK} return look(one({chosen!r})) !== look(one({other!r}))")
    forced.page.locator("#word-box").fill("")


def test_a_button_that_is_on_in_a_widget_is_seen_in_forced_colours(forced):
    on, off = (
        "[...deep(one('[data-root=dynamics-shown]').firstElementChild.shadowRoot)]",
        ".filter((e) => e.matches('.bk-btn'))",
    )
    assert walk(forced, f"{LOOK} const [on, off] = {on}{off}; return look(on) !== look(off)")


def test_tracks_of_sliders_and_progress_are_seen_in_forced_colours(forced):
    forced.page.locator("#dynamics-train-tab").click()
    tracks = walk(
        forced,
        """return [...deep()].filter((element) => element.matches('.noUi-target, progress, #progress'))
            .map((element) => getComputedStyle(element).outlineStyle)""",
    )
    assert len(tracks) > 8 and set(tracks) == {"solid"}
    forced.page.locator("#dynamics-run-tab").click()


def test_steppers_are_signs_not_squares_of_borders(forced):
    borders = walk(
        forced,
        """return [...deep()].filter((element) => element.matches('.bk-spin-btn'))
            .map((element) => getComputedStyle(element, '::before').borderWidth)""",
    )
    assert len(borders) > 8 and set(borders) == {"0px"}


def luminance(colour):
    """WCAG's relative luminance of #rrggbb or rgb(r, g, b)."""
    hexes = re.fullmatch("#(..)(..)(..)", colour)
    channels = [int(x, 16) for x in hexes.groups()] if hexes else [float(x) for x in re.findall(r"[\d.]+", colour)[:3]]
    r, g, b = (x / 3294.6 if x <= 10.3 else ((x / 255 + 0.055) / 1.055) ** 2.4 for x in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(lab, place):
    """Between the ink of a plot, which is on a canvas, and the ground of its place."""
    themed = "[...Bokeh.documents[0]._all_models.values()].find((model) => model.tags.includes('ink')).text_color"
    ink = lab.page.evaluate(f"(({{ value }}, plain) => value ?? plain)(Object({themed}), {themed})")
    ground = lab.page.locator(f"[data-root={place}]").evaluate("place => getComputedStyle(place).backgroundColor")
    darker, lighter = sorted(map(luminance, (ink, ground)))
    return (lighter + 0.05) / (darker + 0.05)


def test_plots_can_be_read_in_forced_colours_and_either_theme(forced):
    for _ in range(2):
        for place in ("dynamics-plane", "dynamics-loss", "space-plane", "pmi-plot"):
            assert contrast(forced, place) > 7
        forced.page.locator("#theme").click()


def test_marks_keep_their_colours_in_forced_colours(forced):
    colours = forced.page.locator("#dynamics-legend span").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).color)"
    )
    assert len(set(colours)) >= 4
    curves = forced.page.locator(".curves span").evaluate_all(
        "all => all.map((one) => getComputedStyle(one, '::before').borderTopColor)"
    )
    assert curves[0] != curves[1]


def test_the_focus_is_seen_in_forced_colours(forced):
    for place in ("#dynamics-step", "[data-root=space-plane]", "#status", "#word-box"):
        forced.page.locator(place).focus()
        forced.page.keyboard.press("Shift")
        assert forced.page.locator(place).evaluate("one => getComputedStyle(one).outlineStyle") != "none", place


# -- contrast, motion ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_is_given_where_it_is_asked_for(browser, site, scheme):
    lab = Lab(browser, site, contrast="more", color_scheme=scheme).open_without_python()
    token = "(name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    tokens = f"['--ink', '--ink-soft', '--control'].map({token})"
    ink, soft, control = lab.page.evaluate(tokens)
    assert ink == soft == control
    lab.close()


MOVES = """
const roots = [document, ...[...deep()].map((one) => one.shadowRoot).filter(Boolean)];
return roots.flatMap((root) => root.getAnimations()).length;
"""


def test_nothing_moves_where_less_motion_is_wanted(browser, site):
    lab = Lab(browser, site, reduced_motion="no-preference").open_without_python()
    assert walk(lab, MOVES) > 0  # the dot that says that Python is starting
    lab.page.emulate_media(reduced_motion="reduce")
    assert walk(lab, MOVES) == 0
    slow = """return [...deep()].filter((one) => seen(one) && (parseFloat(getComputedStyle(one).transitionDuration) > 0
        || getComputedStyle(one).scrollBehavior === 'smooth')).map(named)"""
    assert walk(lab, slow) == []
    lab.close()
